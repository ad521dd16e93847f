// Small comforts of the workspace; every page works without them.

// All boxes of the form with one tap instead of a new page, and how many are ticked.
const boxes = (form) => [...form.querySelectorAll('[name="mitra"]')];
const tell = (form) => {
  const ticked = boxes(form).filter((box) => box.checked).length;
  const count = form.querySelector("[data-ticked]");
  count.textContent = ticked ? `${count.dataset.ticked} ${ticked}` : "";
};
document.addEventListener("click", (event) => {
  const all = event.target.closest("[data-tick-all]");
  if (!all) return;
  event.preventDefault();
  const form = all.closest("form");
  const isAll = boxes(form).every((box) => box.checked);
  for (const box of boxes(form)) box.checked = !isAll;
  tell(form);
});
document.addEventListener("change", ({ target }) => {
  if (target.name === "mitra") tell(target.form);
});
