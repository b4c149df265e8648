/** Whether the page is connected. It says so only when it is not. */

import { el } from "./dom.js";

export function showStatus(app) {
  const bar = document.getElementById("status");
  let stopping = false;
  let timer = null;
  const say = (text) => {
    bar.replaceChildren(...(text ? [el("span", { class: "status-dot" }), el("span", {}, text)] : []));
    bar.classList.toggle("on", Boolean(text));
  };
  app.live.addEventListener("status", ({ detail }) => {
    clearTimeout(timer);
    if (detail.state === "open") {
      stopping = false;
      say("");
    } else if (detail.state === "lost") {
      // A blink is not worth a word.
      timer = setTimeout(
        () =>
          say(stopping ? "The workspace has stopped. This page comes back when it is started again." : "Connection lost. Reconnecting …"),
        stopping ? 0 : 250,
      );
    }
  });
  app.store.on("gone", () => {
    stopping = true;
  });
}
