/** A message with the lines that stand above it: a new day's, and the one above what is new. */

import { dayKey, dayName, moment } from "./dates.js";
import { el } from "./dom.js";
import { messageRow } from "./message.js";

const TOGETHER = 300; // seconds in which one author's messages stand together

/** `before` is the message above it; `first` the first unread one; `oldest` the first there ever was. */
export function drawEntry(app, channel, message, before, { first, oldest, inThread }) {
  const newDay = !before || dayKey(moment(before.ts)) !== dayKey(moment(message.ts));
  const follows = !newDay && !first && sameHand(before, message);
  return el(
    "div",
    { class: "entry" },
    newDay && (before || oldest) ? el("div", { class: "day" }, el("span", {}, dayName(message.ts, app.now()))) : null,
    first ? el("div", { class: "new-line" }, el("span", {}, "New")) : null,
    messageRow(app, channel, message, { follows, inThread }),
  );
}

function sameHand(before, message) {
  const close = Number.parseFloat(message.ts) - Number.parseFloat(before.ts) < TOGETHER;
  return close && before.user === message.user && !message.ephemeral && !before.ephemeral && !message.pinned && !message.subtype;
}
