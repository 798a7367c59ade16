// Fills in the browser's own time zone where a form asks for one and nobody has typed anything yet.
for (const place of document.querySelectorAll("[data-guess-zone]")) {
  const field = document.getElementById(place.dataset.guessZone);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (field && !field.value && zone) field.value = zone;
}
