/** What can be done with a message: one toolbar, which goes to whichever message is pointed at or focused. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { reactButton } from "./reactions.js";
import { spokenText } from "./mrkdwn.js";

export function attachToolbar(app, list, { channel, find, inThread }) {
  let over = null;
  const show = (event) => {
    const row = event.target.closest?.(".message");
    if (!row || row === over?.row || over?.bar.querySelector("[aria-expanded=true]")) return;
    const message = find(row.dataset.ts);
    if (!message) return;
    over?.bar.remove();
    over = { row, bar: toolbar(app, channel, message, inThread) };
    row.append(over.bar);
  };
  list.addEventListener("pointerover", show);
  list.addEventListener("focusin", show);
}

function toolbar(app, channel, message, inThread) {
  const tool = (label, name, run) =>
    el("button", { type: "button", class: "tool", "aria-label": label, title: label, on: { click: run } }, icon(name));
  const usable = !message.ephemeral;
  const root = message.thread_ts ?? message.ts;
  return el(
    "div",
    { class: "tools", role: "group", "aria-label": "Message actions" },
    usable ? reactButton(app, channel, message, "tool", "React") : null,
    usable && !inThread ? tool("Reply in thread", "reply", () => app.openThread(channel, root, true)) : null,
    menuButton({ class: "tool", "aria-label": "More actions", title: "More actions" }, icon("more"), () => more(app, channel, message)),
  );
}

function more(app, channel, message) {
  const { can, shortcuts, app: bot } = app.store;
  const offered = can.shortcuts && !message.ephemeral ? shortcuts : [];
  const copied = () => navigator.clipboard?.writeText(spokenText(message.text, app.store)).catch(() => {});
  return [
    ...offered.map(({ name, callback_id }) => ({
      label: name,
      description: bot.name,
      run: () => app.ask("shortcut", { callback_id, channel, ts: message.ts }, channel),
    })),
    { label: "Copy text", run: copied },
    ...(message.ephemeral ? [{ label: "Dismiss message", run: () => app.ask("dismiss", { channel, ts: message.ts }, channel) }] : []),
  ];
}
