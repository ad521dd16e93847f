// Small comforts; every page works without them.
const wide = matchMedia("(min-width: 60rem)");
const filters = document.querySelector("[data-open-when-wide]");
if (filters) {
  const follow = () => { filters.open = wide.matches; };
  follow();
  wide.addEventListener("change", follow);
}

// After a swap: the text field shows what the address says, and focus never falls to the ground.
document.addEventListener("htmx:afterSettle", () => {
  const text = document.getElementById("q");
  if (text && document.activeElement !== text) {
    text.value = new URLSearchParams(location.search).get("q") ?? "";
  }
  if (document.activeElement === document.body) {
    document.getElementById("count")?.focus({ preventScroll: true });
  }
});
