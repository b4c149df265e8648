/** One message, as it stands in a channel or a thread. */

import { Surface } from "./surface.js";
import { avatar } from "./avatars.js";
import { drawBlocks } from "./blocks.js";
import { el, unseen } from "./dom.js";
import { fileCard } from "./files.js";
import { full, short, time } from "./dates.js";
import { icon } from "./icons.js";
import { mrkdwn, spokenText } from "./mrkdwn.js";
import { reactions } from "./reactions.js";

/** `follows`: the one before is by the same author and recent, so the author is not named again. */
export function messageRow(app, channel, message, { follows = false, inThread = false } = {}) {
  const author = app.store.person(message.user);
  const article = el(
    "article",
    {
      class: `message${follows ? " follows" : ""}${message.ephemeral ? " ephemeral" : ""}`,
      tabindex: "-1",
      "data-ts": message.ts,
      "aria-label": `${author.name}, ${full(message.ts)}`,
    },
    el("div", { class: "gutter" }, follows ? stamp(message, "gutter-time") : avatar(author)),
    el(
      "div",
      { class: "message-main" },
      message.ephemeral ? el("div", { class: "only-you" }, icon("eye"), "Only visible to you") : null,
      message.pinned ? el("div", { class: "pinned" }, icon("pin"), "Pinned") : null,
      follows ? unseen(`${author.name} `) : byline(author, message),
      body(app, channel, message, inThread),
      message.ephemeral ? dismiss(app, channel, message) : null,
      message.ephemeral ? null : reactions(app, channel, message),
      inThread || !message.reply_count ? null : replies(app, channel, message),
    ),
  );
  return article;
}

function byline(author, message) {
  return el(
    "div",
    { class: "byline" },
    el("span", { class: "author" }, author.name),
    author.is_bot ? el("span", { class: "badge" }, "APP") : null,
    outsider(author),
    stamp(message, "stamp"),
  );
}

function outsider(author) {
  const said = { partner: "External", guest: "Guest", "guest without commands": "Guest", deactivated: "Deactivated" }[author.kind];
  return said ? el("span", { class: "badge soft" }, said) : null;
}

function stamp(message, className) {
  return el(
    "time",
    { class: className, datetime: new Date(Number.parseFloat(message.ts) * 1000).toISOString(), title: full(message.ts) },
    time(message.ts),
  );
}

function body(app, channel, message, inThread) {
  const surface = new Surface(app, { channel, ts: message.ts }, (words) => app.notices.add(words, channel));
  const files = message.files ?? [];
  const inBlocks = JSON.stringify(message.blocks ?? []);
  const words = message.blocks?.length
    ? drawBlocks(message.blocks, surface, { files, heading: inThread ? "h3" : "h2" })
    : [text(app, message)];
  const rest = files.filter((file) => !inBlocks.includes(`"${file.id}"`)).map(fileCard);
  return el("div", { class: "body" }, words, rest.length ? el("div", { class: "files" }, rest) : null);
}

function text(app, message) {
  if (!message.text) return null;
  const edited = message.edited ? el("span", { class: "edited" }, " (edited)") : null;
  const calm = message.subtype && /^(channel|group)_/.test(message.subtype) ? " calm" : "";
  return el("div", { class: `prose${calm}` }, mrkdwn(message.text, app.store), edited);
}

function dismiss(app, channel, message) {
  const press = () => app.ask("dismiss", { channel, ts: message.ts }, channel);
  return el("button", { type: "button", class: "link-button", on: { click: press } }, "Dismiss");
}

function replies(app, channel, message) {
  const who = (message.reply_users ?? []).slice(0, 4).map((id) => avatar(app.store.person(id), "tiny"));
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  const last = message.latest_reply ? el("span", { class: "replies-last" }, `Last reply ${short(message.latest_reply)}`) : null;
  return el(
    "button",
    { type: "button", class: "replies", on: { click: () => app.openThread(channel, message.ts) } },
    who,
    el("span", { class: "replies-count" }, count),
    last,
  );
}

/** A message in a few words, for an announcement. */
export function inShort(app, message) {
  const only = message.ephemeral ? "Only visible to you. " : "";
  return `${app.store.person(message.user).name}: ${only}${spokenText(message.text, app.store) || "a message with blocks"}`;
}
