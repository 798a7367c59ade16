// Lists that follow what is typed: <input data-typeahead="#list"> in a GET form. The address follows too, so that
// reloading or sharing it shows the same list.
document.addEventListener("input", (event) => {
  const input = event.target;
  const list = input.dataset?.typeahead && document.querySelector(input.dataset.typeahead);
  if (!list || !input.form) return;
  clearTimeout(input.typeahead);
  input.typeahead = setTimeout(async () => {
    input.pending?.abort();
    const pending = (input.pending = new AbortController());
    const address = new URL(input.form.action, location.href);
    address.search = new URLSearchParams(new FormData(input.form));
    list.classList.add("busy");
    const page = await window.regulars.fetchPage(address, { signal: pending.signal });
    if (pending.signal.aborted) return;
    list.classList.remove("busy");
    if (!page) return;
    window.regulars.replace(list, page);
    history.replaceState(history.state, "", address);
  }, 180);
});
