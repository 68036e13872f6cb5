// Lets columns be put in another order: the form sends them as they stand.
"use strict";

for (const list of document.querySelectorAll("ol.columns")) {
  for (const item of list.children) {
    item.append(mover("←", list.dataset.up, () => item.previousElementSibling?.before(item)));
    item.append(mover("→", list.dataset.down, () => item.nextElementSibling?.after(item)));
  }
}

function mover(sign, title, move) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "mover";
  button.textContent = sign;
  button.title = title;
  button.setAttribute("aria-label", title);
  button.addEventListener("click", () => {
    move();
    button.focus();
  });
  return button;
}
