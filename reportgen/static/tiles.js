// Fills the tiles of one's own boards, each on its own rhythm, and lets the views of a wallboard take turns.
"use strict";

const board = document.getElementById("own-board");
const status = board.querySelector(".age");

async function fill(tile) {
  try {
    const response = await fetch(tile.dataset.source, { redirect: "manual" });
    if (response.type === "opaqueredirect") {
      window.location.assign("/sign-in");
      return;
    }
    if (response.status === 404) {
      window.location.reload();
      return;
    }
    const text = await response.text();
    if (!response.ok) throw new Error(response.statusText);
    tile.innerHTML = text;
    tile.classList.remove("lost");
    if (status) status.textContent = "";
  } catch {
    tile.classList.add("lost");
    if (status) {
      status.textContent = board.dataset.lost;
      status.classList.add("old");
    }
  }
}

async function keepFilled(tile) {
  for (;;) {
    // A page out of sight does not ask.
    if (!document.hidden) await fill(tile);
    await new Promise((wake) => setTimeout(wake, Number(tile.dataset.seconds) * 1000));
  }
}

document.querySelectorAll(".own-tile .content").forEach(keepFilled);

const views = [...document.querySelectorAll(".view")];
const buttons = [...document.querySelectorAll("button[data-view]")];
let turn = 0;
let next = null;

function show(place) {
  turn = place;
  views.forEach((view, at) => view.classList.toggle("now", at === place));
  buttons.forEach((button, at) => button.classList.toggle("now", at === place));
  const frame = views[place].querySelector("iframe[data-page]");
  // Only what is looked at is loaded, once.
  if (frame && !frame.src) frame.src = frame.dataset.page;
  clearTimeout(next);
  if (views.length > 1) {
    next = setTimeout(() => show((turn + 1) % views.length), Number(views[place].dataset.seconds) * 1000);
  }
}

if (views.length) {
  show(0);
  buttons.forEach((button, at) => button.addEventListener("click", () => show(at)));
}

const clock = document.getElementById("clock");
if (clock) {
  const tick = () => {
    clock.textContent = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
  };
  tick();
  setInterval(tick, 1000);
}
