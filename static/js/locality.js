// The commune that a reader chose, kept on this device and nowhere else. Without this module the form still leads to its page.

const KEY = "dia-ban";

/** @returns {string} the slug kept here; "" where there is none, or where the browser keeps nothing */
function kept() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} slug what to keep; "" forgets */
function keep(slug) {
  try {
    if (slug) localStorage.setItem(KEY, slug);
    else localStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

/** @param {HTMLFormElement} form an element with `data-locality` */
export function enhance(form) {
  const choice = form.querySelector("select");
  const forget = form.querySelector("[data-locality-forget]");
  if (!choice || !forget || form.dataset.locality === "on") return;
  form.dataset.locality = "on";

  const before = kept();
  if ([...choice.options].some((option) => option.value && option.value === before)) {
    choice.value = before;
    forget.hidden = false;
  }

  form.addEventListener("submit", () => keep(choice.value));
  forget.addEventListener("click", () => {
    keep("");
    choice.value = "";
    forget.hidden = true;
    choice.focus();
  });
}

document.querySelectorAll("[data-locality]").forEach(enhance);
