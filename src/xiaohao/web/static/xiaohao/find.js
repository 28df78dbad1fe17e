// Narrows the choices of a [data-find] block to those that hold the words typed in its search field. Without this script all of them are shown.
"use strict";
document.addEventListener("input", (event) => {
  const block = event.target.closest("[data-find]");
  if (!block || event.target.type !== "search") { return; }
  const words = event.target.value.trim().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const group of block.querySelectorAll("details")) {
    let shown = 0;
    for (const choice of group.querySelectorAll("label.choice")) {
      const hit = words.every((word) => choice.textContent.includes(word)) || choice.querySelector("input").checked;
      choice.hidden = !hit;
      shown += hit ? 1 : 0;
    }
    group.hidden = !shown;
    found += shown;
    if (words.length) { group.open = shown > 0; }
  }
  block.querySelector("[data-none]").hidden = found > 0;
});
