// Says under each limited field how many characters are used; the server checks all the same.
addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("textarea[maxlength], input.vTextField[maxlength]")) {
    const count = document.createElement("output");
    count.className = "help";
    const tell = () => { count.textContent = `${field.value.length} / ${field.maxLength}`; };
    field.addEventListener("input", tell);
    field.after(count);
    tell();
  }
});
