// Copying and printing a page. Without this module the address is a link and the letter still goes.

/** @param {HTMLElement} share an element with `data-share` */
export function enhance(share) {
  const address = share.querySelector("[data-share-address]");
  const copy = share.querySelector("[data-share-copy]");
  const print = share.querySelector("[data-share-print]");

  if (copy && address && navigator.clipboard && copy.hidden) {
    copy.hidden = false;
    address.hidden = true;
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(address.href);
        copy.textContent = copy.dataset.done;
      } catch {
        // Refused by the browser: the link comes back, to be copied by hand.
        copy.hidden = true;
        address.hidden = false;
      }
    });
  }

  if (print && print.hidden) {
    print.hidden = false;
    print.addEventListener("click", () => window.print());
  }
}

document.querySelectorAll("[data-share]").forEach(enhance);

// On paper every answer is open. Where the style sheet cannot do it (print.css), they are opened while the page is printed.
if (!CSS.supports("selector(::details-content)")) {
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("main details:not([open])")];
    folded.forEach((details) => (details.open = true));
  });
  addEventListener("afterprint", () => folded.forEach((details) => (details.open = false)));
}
