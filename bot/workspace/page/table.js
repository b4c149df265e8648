/** table blocks: the first row is the headings; columns align as their settings say. */

import { el, uid } from "./dom.js";
import { richText } from "./richtext.js";

export function table(block, title, people) {
  const [headings = [], ...rows] = block.rows ?? [];
  const aligned = (at) =>
    `to-${block.column_settings?.[at]?.align ?? "left"}${block.column_settings?.[at]?.is_wrapped === false ? " unwrapped" : ""}`;
  const head = headings.map((cell, at) => el("th", { scope: "col", class: aligned(at) }, content(cell, people)));
  const body = rows.map((row) =>
    el(
      "tr",
      {},
      row.map((cell, at) => line(cell, at, aligned(at), people)),
    ),
  );
  return tableRegion(title, el("thead", {}, el("tr", {}, head)), el("tbody", {}, body));
}

/** A table in a region that can be scrolled with the keyboard where it is wider than its place. */
export function tableRegion(title, ...parts) {
  const caption = uid("caption");
  const made = el("table", {}, el("caption", { class: "unseen", id: caption }, title || "Table"), parts);
  return el("div", {}, el("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-labelledby": caption }, made));
}

function line(cell, at, className, people) {
  return at === 0
    ? el("th", { scope: "row", class: className }, content(cell, people))
    : el("td", { class: className }, content(cell, people));
}

function content(cell, people) {
  if (cell?.type === "rich_text") return richText(cell, people);
  return cell?.text ?? String(cell?.value ?? "");
}
