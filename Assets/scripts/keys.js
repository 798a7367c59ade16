// Ctrl/Cmd-K reaches every place, `?` shows the keys, j and k walk through a list, o opens, / finds.
(() => {
  const palette = document.getElementById("palette");
  const keys = document.getElementById("keys");
  if (!palette) return;
  const input = palette.querySelector("input");
  const list = palette.querySelector("ul");
  let chosen = 0;

  const places = () =>
    [...document.querySelectorAll("#rail nav a, #rail .me-menu a")].map((link) => ({
      name: (link.querySelector(".rail-name") || link).textContent.trim(), href: link.href,
    }));

  function show(items) {
    list.replaceChildren(...items.map((item, index) => {
      const row = document.createElement("li");
      const link = document.createElement("a");
      row.setAttribute("role", "presentation");
      link.setAttribute("role", "option");
      link.id = `palette-${index}`;
      link.href = item.href;
      link.tabIndex = -1;
      link.textContent = item.name;
      if (item.detail) {
        const detail = document.createElement("span");
        detail.className = "faint";
        detail.textContent = item.detail;
        link.append(detail);
      }
      row.append(link);
      return row;
    }));
    choose(0);
  }

  function choose(index) {
    const rows = [...list.children];
    chosen = rows.length ? (index + rows.length) % rows.length : 0;
    rows.forEach((row, at) => row.firstElementChild.setAttribute("aria-selected", at === chosen));
    rows[chosen]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", rows[chosen]?.firstElementChild.id || "");
  }

  let turn = 0;
  async function look() {
    const words = input.value.trim().toLowerCase();
    const mine = ++turn;
    const found = places().filter((place) => place.name.toLowerCase().includes(words));
    show(found);
    if (!input.dataset.search || words.length < 2) return;
    const address = new URL(input.dataset.search, location.href);
    address.searchParams.set("q", input.value.trim());
    const page = await window.regulars.fetchPage(address);
    if (!page || mine !== turn) return;
    const links = [...page.querySelectorAll("[data-results] a[href], table.rows td:first-child a[href]")];
    const seen = new Set(found.map((place) => place.href));
    const more = links.slice(0, 8).map((link) => ({ name: link.textContent.trim(), href: link.href }));
    show([...found, ...more.filter((item) => item.name && !seen.has(item.href))]);
  }

  let delay = null;
  input.addEventListener("input", () => { clearTimeout(delay); delay = setTimeout(look, 120); });
  palette.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Enter") list.children[chosen]?.firstElementChild.click();
    else return;
    event.preventDefault();
  });
  palette.addEventListener("click", (event) => { if (event.target === palette) palette.close(); });

  // The links j and k walk through: the first of each row.
  const rows = () => [...document.querySelectorAll("main table.rows tbody tr, main [data-rows] > *")]
    .map((row) => (row.matches("a") ? row : row.querySelector("a[href]"))).filter(Boolean);

  function walk(step) {
    const links = rows();
    if (!links.length) return;
    const at = links.indexOf(document.activeElement);
    links[Math.min(Math.max(at + step, 0), links.length - 1)].focus();
  }

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) return palette.close();
      input.value = "";
      palette.showModal();
      return look();
    }
    if (event.ctrlKey || event.metaKey || event.altKey || window.regulars.isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    switch (event.key) {
      case "?": keys?.showModal(); break;
      case "j": walk(1); break;
      case "k": walk(-1); break;
      case "o": if (rows().includes(document.activeElement)) document.activeElement.click(); break;
      case "/": document.querySelector("main input[type=search]")?.focus(); break;
      default: return;
    }
    event.preventDefault();
  });
})();
