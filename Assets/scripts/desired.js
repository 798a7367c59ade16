// Puts handles on the picture of the desired profile: each is pulled with the mouse or a finger, or moved with the
// arrow keys, and says its number to the field beside it. Without this the fields do the same.
(() => {
  const picture = document.querySelector("svg[data-desired]");
  if (!picture) return;
  const scale = Number(picture.dataset.scale);
  const limit = Number(picture.dataset.limit);
  const [, , width] = picture.getAttribute("viewBox").split(" ").map(Number);
  const middle = width / 2;
  const drawn = picture.namespaceURI;

  // To two digits, since nobody wishes for 1,237 people.
  function round(count) {
    const step = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(count, 1))) - 1);
    return Math.min(limit, Math.max(0, Math.round(count / step) * step));
  }

  for (const band of picture.querySelectorAll("[data-level]")) {
    const field = document.querySelector(`input[name="${band.dataset.level}"]`);
    const outline = band.querySelector("[data-outline]");
    if (!field || !outline) continue;
    const top = Number(outline.getAttribute("y"));
    const height = Number(outline.getAttribute("height"));
    const handle = document.createElementNS(drawn, "g");
    handle.setAttribute("class", "desired-handle");
    handle.setAttribute("role", "slider");
    handle.setAttribute("tabindex", "0");
    handle.setAttribute("aria-label", band.dataset.label);
    handle.setAttribute("aria-orientation", "horizontal");
    handle.setAttribute("aria-valuemin", "0");
    handle.setAttribute("aria-valuemax", String(limit));
    const grip = document.createElementNS(drawn, "circle");
    grip.setAttribute("r", "11");
    const reach = document.createElementNS(drawn, "circle");
    reach.setAttribute("r", "24");
    reach.setAttribute("class", "desired-reach");
    const words = document.createElementNS(drawn, "text");
    words.setAttribute("class", "figure-words desired-value");
    handle.append(reach, grip);
    band.append(handle, words);

    function show() {
      const count = Math.min(limit, Math.max(0, Math.round(Number(field.value) || 0)));
      const half = Math.min((count * scale) / 2, middle - 12);
      const y = top + height / 2;
      outline.setAttribute("x", String(middle - half));
      outline.setAttribute("width", String(half * 2));
      for (const circle of [grip, reach]) {
        circle.setAttribute("cx", String(middle + half));
        circle.setAttribute("cy", String(y));
      }
      const spelled = count.toLocaleString(document.documentElement.lang || "en");
      words.textContent = spelled;
      words.setAttribute("x", String(width - 8));
      words.setAttribute("y", String(top - 6));
      words.setAttribute("text-anchor", "end");
      handle.setAttribute("aria-valuenow", String(count));
      handle.setAttribute("aria-valuetext", spelled);
    }

    function set(count) {
      field.value = String(Math.min(limit, Math.max(0, Math.round(count))));
      show();
    }

    function step() {
      const count = Number(field.value) || 0;
      return Math.max(1, 10 ** (Math.floor(Math.log10(Math.max(count, 1))) - 1));
    }

    handle.addEventListener("keydown", (event) => {
      const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };
      if (event.key === "Home") set(0);
      else if (moves[event.key]) set((Number(field.value) || 0) + moves[event.key] * step());
      else return;
      event.preventDefault();
    });
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      event.preventDefault();
      handle.focus();
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = picture.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * width;
      set(round((Math.max(0, x - middle) * 2) / scale));
    });
    field.addEventListener("input", show);
    show();
  }
})();
