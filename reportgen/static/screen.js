// Asks whether the device has been paired; and loads the page anew before its code is too old.
"use strict";

const began = Date.now();

(async function loop() {
  for (;;) {
    await new Promise((wake) => setTimeout(wake, 3000));
    try {
      const answer = await (await fetch("/screen/state")).json();
      if (answer.paired || Date.now() - began > 9.5 * 60 * 1000) window.location.reload();
    } catch {
      document.getElementById("code").classList.add("soft");
    }
  }
})();
