// Small comforts; every page works without them.
const wide = matchMedia("(min-width: 60rem)");
const fold = () => {
  for (const filters of document.querySelectorAll("[data-open-when-wide]")) {
    filters.open = wide.matches;
  }
};
fold();
wide.addEventListener("change", fold);
document.addEventListener("htmx:historyRestore", fold);

// A swap folds the further options of a facet: what somebody unfolded stays so.
let unfolded = [];
document.addEventListener("htmx:beforeSwap", () => {
  unfolded = [...document.querySelectorAll("#facets details[open]")].map((each) => each.id);
});

// After a swap: the text field shows what the address says, and focus never falls to the ground.
document.addEventListener("htmx:afterSettle", () => {
  for (const id of unfolded) {
    document.getElementById(id)?.setAttribute("open", "");
  }
  const text = document.getElementById("q");
  if (text && document.activeElement !== text) {
    text.value = new URLSearchParams(location.search).get("q") ?? "";
  }
  if (document.activeElement === document.body) {
    document.getElementById("count")?.focus({ preventScroll: true });
  }
});

// What stands in the text field on the way to a search is nobody's search yet. And an address that
// people share tells only what was asked for; kilometres are told from a place.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.triggeringEvent?.target.id === "q") detail.headers["X-Half-Typed"] = "1";
  if (detail.elt.id !== "search") return;
  if (!detail.parameters.dekat) delete detail.parameters.radius;
  for (const [name, value] of Object.entries(detail.parameters)) {
    if (!value.length) delete detail.parameters[name];
  }
});

// No answer, or an error: say so where news is announced, and leave all else as it is.
for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, ({ detail }) => {
    const save = detail.elt.closest(".save");
    const status = document.getElementById(save ? "said" : "count");
    if (!status) return;
    status.textContent = status.dataset.failed;
    if (save) save.dataset.failed = status.dataset.failed;
  });
}

// A page that comes back from the browser's memory does not know what was saved since.
const kept = () => document.getElementById("shortlist-count")?.textContent;
addEventListener("pagehide", () => { sessionStorage.kept = kept(); });
addEventListener("pageshow", (event) => {
  if (event.persisted && sessionStorage.kept !== kept()) location.reload();
});

// Copy buttons only where the browser lets a page copy.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.querySelector(button.dataset.copy);
    field.select();
    await navigator.clipboard.writeText(field.value);
    button.textContent = document.getElementById("said").textContent = button.dataset.done;
  });
}

// A print button only where it works.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
