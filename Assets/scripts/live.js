// Keeps pages current. One stream of events for the whole browser tab; when something happens, every element
// with data-live="<topic>" is fetched again from the page it stands on (or from data-src) and put in place.
// data-live="events" listens to every topic.
(() => {
  const path = document.body.dataset.events;
  if (!path || !window.EventSource) return;
  const waiting = new Set();
  let timer = null;

  const isEdited = (part) =>
    part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");

  async function refresh() {
    timer = null;
    const parts = [...waiting].filter((part) => part.isConnected && !isEdited(part));
    waiting.clear();
    const bySource = Map.groupBy
      ? Map.groupBy(parts, (part) => part.dataset.src || location.href)
      : parts.reduce((map, part) => {
          const source = part.dataset.src || location.href;
          return map.set(source, [...(map.get(source) || []), part]);
        }, new Map());
    for (const [source, parts] of bySource) {
      const page = await window.regulars.fetchPage(source);
      if (page) parts.forEach((part) => window.regulars.replace(part, page));
    }
  }

  function changed(topic) {
    document.querySelectorAll("[data-live]").forEach((part) => {
      const topics = part.dataset.live.split(" ");
      if (topic === "reload" || topics.includes("events") || topics.includes(topic)) waiting.add(part);
    });
    if (waiting.size && !timer) timer = setTimeout(refresh, 250 + Math.random() * 500);
  }

  let stream = null;
  function open() {
    if (stream || document.hidden || !document.querySelector("[data-live]")) return;
    stream = new EventSource(path);
    stream.onmessage = (event) => {
      const { topic } = JSON.parse(event.data);
      if (topic !== "hello") changed(topic);
    };
  }

  // A hidden page needs no line of its own: browsers have six to a site. It catches up when it is seen again.
  let leaving = null;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(leaving);
    if (!document.hidden) {
      if (!stream) changed("reload");
      return open();
    }
    leaving = setTimeout(() => { stream?.close(); stream = null; }, 30_000);
  });
  addEventListener("pagehide", () => { stream?.close(); stream = null; });
  addEventListener("pageshow", open);
  open();
})();
