// Suggestions under the search field: WAI-ARIA's editable combobox with a list. Without this module the form still searches.

const WAIT_MS = 150;
const KEPT = 60;
let number = 0;

/** @param {HTMLFormElement} form an element with `data-suggest` (the address that answers) */
export function enhance(form) {
  const field = form.querySelector('input[type="search"]');
  if (!field || field.disabled || field.getAttribute("role") === "combobox") return;
  const list = document.createElement("ul");
  const status = document.createElement("p");
  /** @type {Map<string, Array<{text: string, url: string, kind: string}>>} */
  const kept = new Map();
  const kinds = JSON.parse(form.dataset.suggestKinds || "{}");
  let asking = new AbortController();
  let timer = 0;
  let active = -1;
  let typed = field.value;

  list.id = `goi-y-${++number}`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestLabel || "");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  field.autocomplete = "off";
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }

  const options = () => [...list.children];

  function close() {
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    active = index;
    options().forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
    const option = options()[index];
    if (option) {
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      field.removeAttribute("aria-activedescendant");
    }
  }

  function show(suggestions) {
    list.replaceChildren(
      ...suggestions.map((suggestion, place) => {
        const option = document.createElement("li");
        const text = document.createElement("span");
        const kind = document.createElement("span");
        option.id = `${list.id}-${place}`;
        option.className = "suggestions__option";
        option.dataset.url = suggestion.url;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        text.textContent = suggestion.text;
        kind.className = "suggestions__kind";
        kind.textContent = kinds[suggestion.kind] || "";
        option.append(text, kind);
        return option;
      }),
    );
    if (!suggestions.length || document.activeElement !== field) {
      close();
      status.textContent = "";
      return;
    }
    active = -1;
    field.removeAttribute("aria-activedescendant");
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    status.textContent = (form.dataset.suggestCount || "").replace("0", String(suggestions.length));
  }

  async function ask() {
    const words = field.value.trim();
    asking.abort();
    if (!words) {
      show([]);
      return;
    }
    if (kept.has(words)) {
      show(kept.get(words));
      return;
    }
    asking = new AbortController();
    try {
      const address = new URL(form.dataset.suggest, location.href);
      address.searchParams.set("q", words);
      const response = await fetch(address, { signal: asking.signal, headers: { Accept: "application/json" } });
      if (!response.ok) return;
      const { suggestions } = await response.json();
      if (kept.size >= KEPT) kept.delete(kept.keys().next().value);
      kept.set(words, suggestions);
      if (field.value.trim() === words) show(suggestions);
    } catch {
      // Cancelled, offline or refused: the field goes on as a field.
    }
  }

  function go(option) {
    location.assign(option.dataset.url);
  }

  field.addEventListener("input", () => {
    typed = field.value;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) {
        if (count && event.key === "ArrowDown") show(kept.get(field.value.trim()) ?? []);
        if (list.hidden) return;
      }
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      // One place beyond the ends is the field itself.
      mark(((active + 1 + step + count + 1) % (count + 1)) - 1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
      field.value = typed;
    } else if (event.key === "Tab") {
      close();
    }
  });

  // The field keeps the focus while an option is pressed.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asking.abort();
    close();
  });
}

document.querySelectorAll("form[data-suggest]").forEach(enhance);
