// Keys for the desk: "/" goes to the search field, the arrows walk through the rows of a list. Everything works without it.
"use strict";
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) { return; }
  const at = document.activeElement;
  const typing = at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
  const field = document.getElementById("seek");
  if (event.key === "/" && !typing && field) {
    event.preventDefault();
    field.focus();
    field.select();
    return;
  }
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") { return; }
  const rows = [...document.querySelectorAll("[data-rows] a.t")];
  const here = rows.indexOf(at);
  if (!rows.length || (typing && at !== field) || (here < 0 && at !== field && at !== document.body)) { return; }
  const next = event.key === "ArrowDown" ? here + 1 : here - 1;
  if (next < 0) { if (field && here === 0) { event.preventDefault(); field.focus(); } return; }
  if (next < rows.length) { event.preventDefault(); rows[next].focus(); }
});
