// Long work: an element with data-progress="<seconds>" is fetched again until it says data-done, which also loads
// the page anew where data-done="reload". And how far an upload has come, in the form's own progress bar.
(() => {
  function follow(part) {
    const seconds = Number(part.dataset.progress) || 2;
    setTimeout(async function again() {
      if (!part.isConnected) return;
      if (!document.hidden) {
        const page = await window.regulars.fetchPage(part.dataset.src || location.href);
        const fresh = page && (part.id ? page.getElementById(part.id) : page.querySelector("[data-progress]"));
        if (page && (!fresh || fresh.dataset.done === "reload")) return location.reload();
        if (fresh) window.regulars.replace(part, page);
        if (fresh?.dataset.done !== undefined) return;
      }
      setTimeout(again, seconds * 1000);
    }, seconds * 1000);
  }
  document.querySelectorAll("[data-progress]:not([data-done])").forEach(follow);

  // Without this the form is sent as always, and the browser shows its own progress.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    const bar = form.querySelector("progress[data-upload]");
    if (!bar || event.defaultPrevented || !window.XMLHttpRequest) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const buttons = form.querySelectorAll("button");
    const settle = (busy) => { bar.hidden = !busy; buttons.forEach((button) => { button.disabled = busy; }); };
    request.upload.onprogress = (sent) => {
      if (sent.lengthComputable) { bar.max = sent.total; bar.value = sent.loaded; }
    };
    // The answer to a redirect is the page it led to; its address is where we go. A refusal is shown as it came.
    request.onload = () => {
      if (request.status < 400) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      document.querySelector("main").replaceChildren(...(page.querySelector("main")?.childNodes || []));
      document.querySelector("main").focus();
    };
    request.onerror = () => { settle(false); form.submit(); };
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    const body = new FormData(form);
    settle(true);
    request.send(body);
  });

  // Files dropped on a .drop land in its file field.
  document.querySelectorAll(".drop").forEach((place) => {
    const input = place.querySelector("input[type=file]");
    if (!input) return;
    const over = (is) => (event) => { event.preventDefault(); place.classList.toggle("over", is); };
    place.addEventListener("dragover", over(true));
    place.addEventListener("dragleave", over(false));
    place.addEventListener("drop", (event) => {
      over(false)(event);
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  });
})();
