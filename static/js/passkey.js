// Shows what a passkey is needed for only where the browser has passkeys, and says what failed.
const show = (name, shown) => document.querySelectorAll(`[data-passkey="${name}"]`).forEach((part) => { part.hidden = !shown; });

if (window.webauthnJSON.supported()) {
  show("possible", true);
  show("impossible", false);
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("failed", true);
});
