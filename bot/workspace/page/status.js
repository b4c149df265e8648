/** Whether the page is connected. It says so only when it is not. */

import { el } from "./dom.js";

const TRIES = 4;
const STOPPED = "The workspace has stopped. This page comes back when it is started again.";
const LOST = "Connection lost. Reconnecting …";
const MOVED = "If it was started over, its address has changed: see the terminal.";

export function showStatus(app) {
  const bar = document.getElementById("status");
  let stopping = false;
  let timer = null;
  let failed = 0;
  const say = (text) => {
    if (bar.textContent === text) return;
    bar.replaceChildren(...(text ? [el("span", { class: "status-dot" }), el("span", {}, text)] : []));
    bar.classList.toggle("on", Boolean(text));
  };
  app.live.addEventListener("status", ({ detail }) => {
    clearTimeout(timer);
    if (detail.state === "open") {
      stopping = false;
      failed = 0;
      say("");
    } else if (detail.state === "lost") {
      failed += 1;
      const words = stopping ? STOPPED : LOST;
      // A blink is not worth a word.
      timer = setTimeout(() => say(failed > TRIES ? `${words} ${MOVED}` : words), stopping ? 0 : 250);
    }
  });
  app.store.on("gone", () => {
    stopping = true;
  });
}
