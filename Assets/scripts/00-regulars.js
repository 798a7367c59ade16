// What the other scripts share. Pages work without any of this.
window.regulars = {
  // The page at an address, parsed; null where it could not be had. Nothing in it runs.
  async fetchPage(address, options = {}) {
    try {
      const answer = await fetch(address, {
        headers: { Accept: "text/html" }, credentials: "same-origin", redirect: "follow", ...options,
      });
      if (answer.status === 401) location.reload();
      if (!answer.ok) return null;
      return new DOMParser().parseFromString(await answer.text(), "text/html");
    } catch {
      return null;
    }
  },

  // Puts the part with the same id (or the same data-live) from a fetched page in place of this one.
  replace(part, page) {
    const all = (root) => [...root.querySelectorAll(`[data-live="${CSS.escape(part.dataset.live || "")}"]`)];
    const fresh = part.id ? page.getElementById(part.id) : all(page)[all(document).indexOf(part)];
    const content = fresh || (page.body.querySelector("main") ? null : page.body);
    if (!content || content.innerHTML === part.innerHTML) return;
    const focused = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    part.replaceChildren(...[...content.childNodes].map((node) => document.importNode(node, true)));
    if (focused) part.querySelector(`[href="${CSS.escape(focused)}"]`)?.focus();
    part.dispatchEvent(new CustomEvent("regulars:replaced", { bubbles: true }));
  },

  isTyping: (target) => target.closest?.("input, textarea, select, [contenteditable]") != null,
};
