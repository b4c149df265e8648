/** rich_text blocks as DOM nodes. */

import { el } from "./dom.js";
import { emoji } from "./emoji.js";
import { link } from "./links.js";
import { mention } from "./mrkdwn.js";
import { slackDate } from "./dates.js";

export function richText(block, people) {
  return (block.elements ?? []).map((each) => outer(each, people));
}

function outer(each, people) {
  const within = () => (each.elements ?? []).map((one) => inner(one, people));
  switch (each.type) {
    case "rich_text_list":
      return list(each, people);
    case "rich_text_quote":
      return el("blockquote", {}, within());
    case "rich_text_preformatted":
      return el("pre", { tabindex: "0", role: "group", "aria-label": "Preformatted text" }, within());
    default:
      return el("div", { class: "prose" }, within());
  }
}

function list(each, people) {
  const items = (each.elements ?? []).map((one) =>
    el(
      "li",
      {},
      (one.elements ?? []).map((piece) => inner(piece, people)),
    ),
  );
  const kind = each.style === "ordered" ? "ol" : "ul";
  return el(
    kind,
    { class: `indent-${Math.min(each.indent ?? 0, 4)}`, start: kind === "ol" && each.offset ? each.offset + 1 : null },
    items,
  );
}

function inner(one, people) {
  switch (one.type) {
    case "text":
      return styled(one.text, one.style);
    case "link":
      return link(one.url, styled(one.text || one.url, one.style));
    case "user":
      return mention(`@${people.person(one.user_id).name}`, one.user_id === people.me?.id);
    case "channel":
      return mention(`#${people.channels.get(one.channel_id)?.name ?? "private-channel"}`);
    case "broadcast":
      return mention(`@${one.range}`, true);
    case "emoji":
      return emoji(one.name) ?? `:${one.name}:`;
    case "date":
      return el("time", {}, slackDate(one.timestamp, one.format ?? "{date_long}"));
    default:
      return one.text ?? one.value ?? "";
  }
}

function styled(text, style = {}) {
  const tags = { code: "code", strike: "s", italic: "em", bold: "strong" };
  return Object.entries(tags).reduce((node, [name, tag]) => (style[name] ? el(tag, {}, node) : node), document.createTextNode(text));
}
