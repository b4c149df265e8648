/** Slack's mrkdwn as DOM nodes. */

import { el, fragment } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { slackDate } from "./dates.js";

const STYLES = { "*": "strong", _: "em", "~": "s" };
const PART = new RegExp(
  [
    "<([^<>\\n]+)>",
    "`([^`\\n]+)`",
    "(?<![\\w*])\\*(?=\\S)([^*\\n]*?\\S)\\*(?![\\w*])",
    "(?<![\\w])_(?=\\S)([^_\\n]*?\\S)_(?!\\w)",
    "(?<![\\w~])~(?=\\S)([^~\\n]*?\\S)~(?![\\w~])",
    ":([a-z0-9_+\\-]+(?:::[a-z0-9-]+)?):",
    "(https?:\\/\\/[^\\s<>*_~`|]+[^\\s<>*_~`|.,;:!?)'\"])",
  ].join("|"),
  "g",
);

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** `people` names a user's and a channel's id; `verbatim` leaves bare addresses alone. */
export function mrkdwn(text, people, verbatim = false) {
  const pieces = String(text ?? "").split("```");
  if (pieces.length % 2 === 0) pieces.push(`\`\`\`${pieces.splice(-1)}`);
  const around = (piece, i) => piece.replace(i ? /^\n/ : "", "").replace(i < pieces.length - 1 ? /\n$/ : "", "");
  return fragment(pieces.map((piece, i) => (i % 2 ? pre(piece) : quoted(around(piece, i), people, verbatim))));
}

function pre(text) {
  return el(
    "pre",
    { tabindex: "0", role: "group", "aria-label": "Preformatted text" },
    unescape(text.replace(/^\n/, "").replace(/\n$/, "")),
  );
}

function quoted(text, people, verbatim) {
  const nodes = [];
  let plain = [];
  let quote = [];
  const close = () => {
    if (plain.length && plain.join("")) nodes.push(inline(plain.join("\n"), people, verbatim));
    if (quote.length) nodes.push(el("blockquote", {}, inline(quote.join("\n"), people, verbatim)));
    plain = [];
    quote = [];
  };
  for (const line of text.split("\n")) {
    const found = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (Boolean(found) !== quote.length > 0) close();
    if (found) quote.push(found[1]);
    else plain.push(line);
  }
  close();
  return nodes;
}

function inline(text, people, verbatim) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(PART)) {
    nodes.push(unescape(text.slice(from, found.index)));
    nodes.push(part(found, people, verbatim));
    from = found.index + found[0].length;
  }
  nodes.push(unescape(text.slice(from)));
  return nodes;
}

function part(found, people, verbatim) {
  const [whole, angled, code, bold, italic, struck, named, bare] = found;
  if (angled) return reference(angled, whole, people);
  if (code) return el("code", {}, unescape(code));
  const styled = bold ?? italic ?? struck;
  if (styled) return el(STYLES[whole[0]], {}, inline(styled, people, verbatim));
  if (named) return emoji(named) ?? whole;
  return verbatim ? unescape(bare) : link(unescape(bare), unescape(bare));
}

function reference(inner, whole, people) {
  const [target, ...rest] = inner.split("|");
  const label = rest.join("|");
  if (/^@[UWB]/.test(target)) return mention(`@${people.person(target.slice(1)).name}`, target.slice(1) === people.me?.id);
  if (/^#[CG]/.test(target)) return mention(`#${label || people.channels.get(target.slice(1))?.name || "private-channel"}`);
  if (target.startsWith("!date^")) return dated(target, label);
  if (target.startsWith("!subteam^")) return mention(label || "@group");
  if (target.startsWith("!")) return mention(`@${target.slice(1)}`, true);
  return link(unescape(target), unescape(label || target.replace(/^mailto:/, "")));
}

export function mention(text, mine = false) {
  return el("span", { class: mine ? "mention mine" : "mention" }, text);
}

function dated(target, fallback) {
  const [, seconds, pattern, address] = target.split("^");
  const words = Number(seconds) ? slackDate(seconds, pattern ?? "") : fallback;
  return address ? link(address, words) : el("time", { title: fallback }, words);
}

export function plain(text, withEmoji = true) {
  return withEmoji ? String(text ?? "").replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name) ?? whole) : String(text ?? "");
}

/** The words of a message without their marks, for a screen reader's announcement. */
export function spokenText(text, people) {
  const box = el("div", {}, mrkdwn(text, people));
  return box.textContent.replace(/\s+/g, " ").trim();
}
