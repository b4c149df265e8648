/** Reactions under a message, and the menu they are picked from. */

import { OFFERED, emoji, spoken } from "./emoji.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

export function reactions(app, channel, message) {
  if (!message.reactions?.length) return null;
  const chips = message.reactions.map((each) => chip(app, channel, message, each));
  return el("div", { class: "reactions" }, chips, reactButton(app, channel, message, "reaction add", "Add a reaction"));
}

function chip(app, channel, message, { name, users, count }) {
  const mine = users.includes(app.store.me?.id);
  const who = users.map((id) => app.store.person(id).name).join(", ");
  return el(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "aria-label": `${count} ${spoken(name)}: ${who}`,
      title: who,
      on: { click: () => react(app, channel, message, name) },
    },
    el("span", { "aria-hidden": "true" }, emoji(name) ?? `:${name}:`),
    el("span", {}, String(count ?? users.length)),
  );
}

export function reactButton(app, channel, message, className, label) {
  const items = () => OFFERED.map((name) => ({ label: spoken(name), node: emoji(name), run: () => react(app, channel, message, name) }));
  return menuButton({ class: className, "aria-label": label, title: label }, icon("smile"), items, { grid: true });
}

function react(app, channel, message, name) {
  return app.ask("react", { channel, ts: message.ts, name }, channel);
}
