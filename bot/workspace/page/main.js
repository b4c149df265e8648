/** Begins: puts the parts in their places and connects. */

import { App } from "./app.js";
import { el } from "./dom.js";
import { FaultMenu } from "./faults.js";
import { movesBetweenParts, skipLinks } from "./keys.js";
import { showStatus } from "./status.js";
import { themeButton } from "./theme.js";

const live = new URL("live", location.href);
live.protocol = location.protocol === "https:" ? "wss:" : "ws:";
live.hash = "";

const app = new App(live.href);
const team = el("span", { class: "team" });
app.store.on("became", () => {
  team.textContent = app.store.team.name;
});

const brand = el(
  "div",
  { class: "brand" },
  el("img", { src: "icon.svg", alt: "", width: 28, height: 28 }),
  el("div", { class: "brand-words" }, team, el("span", { class: "note" }, "A local workspace, not Slack")),
);
document.getElementById("top").append(brand, app.clock.node, el("div", { class: "top-tools" }, new FaultMenu(app).button, themeButton()), app.clock.strip);
document.getElementById("side").append(app.sidebar.node, app.people.node);
skipLinks(document.querySelector(".skips"), [
  ["Skip to the messages", () => document.querySelector(".main .log, .main .home")?.focus()],
  ["Skip to writing", () => document.querySelector(".main .composer-field")?.focus()],
  ["Skip to the people to act as", () => app.people.search.focus()],
]);
movesBetweenParts();
showStatus(app);
app.live.connect();
