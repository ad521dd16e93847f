// Suggestions while somebody types, for each input[data-suggest]: an ARIA combobox with a list.
// A field with a name searches, or takes the value of an option; one without finds an option
// of its facet and ticks it.
const PAUSE = 150; // milliseconds
const SHORTEST = 2; // letters

function upgrade(input) {
  const list = document.createElement("div");
  const said = document.createElement("p");
  let active = null;
  let timer;
  let request;

  function mark(option) {
    active?.setAttribute("aria-selected", "false");
    active = option ?? null;
    active?.setAttribute("aria-selected", "true");
    active?.scrollIntoView({ block: "nearest" });
    if (active) input.setAttribute("aria-activedescendant", active.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function close() {
    clearTimeout(timer);
    request?.abort();
    mark(null);
    list.replaceChildren();
    said.textContent = "";
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-controls");
  }

  function show(html) {
    mark(null);
    list.innerHTML = html;
    const box = list.firstElementChild;
    if (!box) return close();
    box.id = `${input.id}-list`;
    options().forEach((option, i) => { option.id = `${input.id}-option-${i}`; });
    said.textContent = box.dataset.said;
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", box.id);
  }

  const options = () => [...list.querySelectorAll("[role=option]")];

  async function ask() {
    request?.abort();
    const { signal } = (request = new AbortController());
    try {
      const answer = await fetch(address(), { signal });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted) show(html);
    } catch {
      if (!signal.aborted) close(); // no network: nothing to suggest
    }
  }

  function address() {
    const url = new URL(input.dataset.suggest, location.href);
    for (const [name, value] of new FormData(input.form)) {
      if (value) url.searchParams.append(name, value);
    }
    if (!input.name) url.searchParams.append("cari", input.value);
    return url;
  }

  function askSoon() {
    mark(null);
    clearTimeout(timer);
    if (input.value.trim().length < SHORTEST) close();
    else timer = setTimeout(ask, PAUSE);
  }

  function move(step) {
    const all = options();
    if (!all.length) return askSoon();
    // One place before the first and after the last option is the field itself.
    const place = all.indexOf(active) + 1 + step + all.length + 1;
    mark(all[(place % (all.length + 1)) - 1]);
  }

  function press(event) {
    if (event.isComposing) return;
    const isOpen = list.hasChildNodes();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter") {
      const chosen = active ?? (input.name ? null : options()[0]);
      if (chosen || !input.name) event.preventDefault();
      if (chosen) chosen.click();
      else close();
    }
  }

  function choose(event) {
    const option = event.target.closest("[data-value]");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!input.name) tick(option.dataset.value);
    input.value = input.name ? option.dataset.value : "";
    close();
    input.form.requestSubmit();
  }

  function tick(value) {
    const name = new URL(input.dataset.suggest, location.href).searchParams.get("faset");
    const found = document.getElementById(`${name}-${value}`);
    const box = found ?? document.createElement("input");
    if (!found) {
      Object.assign(box, { type: "checkbox", name, value, hidden: true });
      input.after(box); // the answer brings the visible one
    }
    box.checked = true;
  }

  list.className = "suggest";
  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps focus
  list.addEventListener("click", choose);
  said.className = "hidden-visually";
  said.setAttribute("role", "status");
  input.type = "text"; // a search field may not be a combobox
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.addEventListener("input", askSoon);
  input.addEventListener("keydown", press);
  input.addEventListener("blur", close);
  addEventListener("pagehide", close); // whoever comes back finds it closed
  // What is looked for in a facet is no change of the search.
  if (!input.name) input.addEventListener("change", (event) => event.stopPropagation());
  input.parentElement.append(list, said);
  // The field of a facet comes anew, focused, and perhaps in another place.
  if (input === document.activeElement) input.scrollIntoView({ block: "nearest" });
}

function upgradeAll() {
  document.querySelectorAll("[data-suggest]:not([role])").forEach((input) => upgrade(input));
}

upgradeAll();
document.addEventListener("htmx:load", upgradeAll); // facets come anew with each answer
