// The form of a listing keeps what is typed as a draft, and shows pictures as soon as they are there.
const form = document.getElementById("listing-form");
const said = document.getElementById("draft-said");
const pause = 3000; // milliseconds without a keystroke
let timer, inFlight, leaving = false, dirty = false;

const say = (words) => { said.textContent = words; };

const showPicture = (name, { kept, url, error }) => {
  const field = form.querySelector(`[data-picture="${name}"]`);
  const problem = field.querySelector(".picture-field__error");
  problem.textContent = error ?? "";
  problem.classList.toggle("field__error", Boolean(error));
  form.elements[name].value = "";
  if (error) return;
  form.elements[`kept_${name}`].value = kept;
  const image = Object.assign(document.createElement("img"), { src: url, alt: "" });
  field.querySelector(".picture-field__shown").replaceChildren(image);
};

const send = async () => {
  dirty = false;
  say(form.dataset.saving);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    if (!answer.headers.get("Content-Type")?.includes("json")) {
      say(answer.redirected ? form.dataset.again : form.dataset.failed);
      return;
    }
    const { said: words, pictures } = await answer.json();
    for (const [name, picture] of Object.entries(pictures)) showPicture(name, picture);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { timeStyle: "short" });
    say(`${words}, ${time}`);
  } catch {
    dirty = true;
    say(form.dataset.failed);
  }
};

// One at a time, so that an older draft never comes after a newer one.
const keep = () => {
  clearTimeout(timer);
  if (!dirty) return;
  const sent = Promise.resolve(inFlight).then(send).finally(() => {
    if (inFlight === sent) inFlight = undefined;
  });
  inFlight = sent;
};

const later = ({ target }) => {
  if (leaving) return;
  dirty = true;
  clearTimeout(timer);
  timer = setTimeout(keep, target.type === "file" ? 0 : pause);
};
form.addEventListener("input", later);
form.addEventListener("change", later);

// What is sent by a button needs no draft, and a draft on its way must not come after it.
form.addEventListener("submit", (event) => {
  clearTimeout(timer);
  dirty = false;
  if (leaving || !inFlight) {
    leaving = true;
    return;
  }
  event.preventDefault();
  const { submitter } = event;
  leaving = true;
  inFlight.finally(() => form.requestSubmit(submitter));
});

// On the way to another page or app.
const leave = () => {
  if (!dirty || leaving) return;
  dirty = false;
  const data = new FormData(form);
  for (const name of ["logo", "photo"]) data.delete(name); // too large for a beacon
  navigator.sendBeacon(form.dataset.draft, data);
};
addEventListener("pagehide", leave);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") leave();
});
// Back to this page from the browser's memory.
addEventListener("pageshow", ({ persisted }) => { if (persisted) leaving = false; });

// One more row for an offer or a need, without a way to the server.
document.getElementById("add-offering").addEventListener("click", (event) => {
  event.preventDefault();
  const total = form.elements["offerings-TOTAL_FORMS"];
  const number = Number(total.value);
  const row = document.getElementById("offering-row").innerHTML.replaceAll("__prefix__", number);
  const rows = document.getElementById("offerings");
  rows.insertAdjacentHTML("beforeend", row);
  total.value = number + 1;
  rows.lastElementChild.querySelector("select").focus();
});
for (const button of form.querySelectorAll(".no-script")) button.hidden = true;
