// Fetches the tiles again and again. A page out of sight does not ask.
"use strict";

const live = document.getElementById("live");

async function refresh() {
  if (document.hidden) return;
  try {
    const response = await fetch(live.dataset.source, { redirect: "manual" });
    if (response.type === "opaqueredirect") {
      window.location.assign("/sign-in");
      return;
    }
    if (!response.ok) throw new Error(response.statusText);
    live.innerHTML = await response.text();
  } catch {
    const age = live.querySelector(".age");
    if (age) {
      age.textContent = live.dataset.lost;
      age.classList.add("old");
    }
  }
}

(async function loop() {
  for (;;) {
    await new Promise((wake) => setTimeout(wake, Number(live.dataset.seconds) * 1000));
    await refresh();
  }
})();
