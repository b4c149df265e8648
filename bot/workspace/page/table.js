/** table blocks: the first row is the headings; columns align as their settings say. */

import { el, uid } from "./dom.js";
import { richText } from "./richtext.js";

const WHOLE = [
  /^[A-Z]{2,12}-\d\d-\d{3,4}$/, // a reference
  /^([A-Z][a-z]+ )?\d{1,2} [A-Z][a-z]+( \d{4})?(, \d\d:\d\d)?$/, // 2 September 2013
  /^\d{1,4}([./-])\d{1,2}\1\d{2,4}$/,
];
const SHORT = { first: 28, other: 18 };
const WORDY = 40;

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
  const region = el("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-labelledby": caption }, made);
  region.addEventListener("scroll", () => cue(region), { passive: true });
  sized.observe(region);
  return el("div", {}, region);
}

const sized = new ResizeObserver((regions) => regions.forEach(({ target }) => cue(target)));

/** Where there is more to the right, its edge fades. */
function cue(region) {
  region.classList.toggle("more-right", region.scrollWidth - region.clientWidth - region.scrollLeft > 2);
}

function line(cell, at, className, people) {
  const node = at === 0 ? el("th", { scope: "row", class: className }) : el("td", { class: className });
  node.append(...[content(cell, people)].flat());
  const text = node.textContent.trim();
  if (whole(text, at === 0 ? SHORT.first : SHORT.other)) node.classList.add("unwrapped");
  else if (text.length > WORDY) node.classList.add("wordy");
  return node;
}

/** Whether it is read in one piece: a reference, a date, or a few words that are no sentence. */
function whole(text, most) {
  return WHOLE.some((each) => each.test(text)) || (text.length <= most && !/[.!?;:]\s|[.!?]$|\n/.test(text));
}

function content(cell, people) {
  if (cell?.type === "rich_text") return richText(cell, people);
  return cell?.text ?? String(cell?.value ?? "");
}
