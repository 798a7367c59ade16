// Light or dark at once; the form keeps the choice for the next page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form.theme");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form));
  body.set("theme", event.submitter.value);
  document.documentElement.dataset.theme = event.submitter.value;
  form.querySelectorAll("button").forEach((button) =>
    button.setAttribute("aria-pressed", button === event.submitter));
  delete form.dataset.sent;
  fetch(form.action, { method: "POST", body, redirect: "manual", credentials: "same-origin" });
});

// The browser knows its own time zone: <div data-guess-zone="field-zone"> fills that field while nobody has.
document.querySelectorAll("[data-guess-zone]").forEach((place) => {
  const field = document.getElementById(place.dataset.guessZone);
  if (field && !field.value) field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
});

// On a phone the menu closes when a place in it has been chosen, and with Escape.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#rail") location.hash = "#main";
});

// The place one is at is seen in a rail longer than the window.
document.querySelector("#rail [aria-current]")?.scrollIntoView({ block: "nearest" });
