// Acts that cannot be undone ask first: <form data-confirm="Erase Ada for good?">. Without a script the form's own
// page asks. And no form is sent twice by two clicks.
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (question && !window.confirm(question)) return event.preventDefault();
    if (form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 4000);
  }, true);

  // Coming back to a page must not find its forms locked.
  addEventListener("pageshow", () =>
    document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));
})();
