/** The common part of Markdown, for the `markdown` block: headings, lists, quotes, code, and marks within a line. */

import { el } from "./dom.js";
import { link } from "./links.js";

// The address of a link may have brackets, one within another no deeper than that.
const MARK = /`([^`]+)`|\*\*(.+?)\*\*|__(.+?)__|\*(.+?)\*|(?<!\w)_(.+?)_(?!\w)|~~(.+?)~~|\[([^\]]+)\]\(((?:[^()\s]|\([^()\s]*\))+)\)/g;
const TAGS = [null, "code", "strong", "strong", "em", "em", "s"];

const KINDS = [
  ["heading", /^(#{1,6})\s+(.*)$/],
  ["bullet", /^\s*[-*+]\s+(.*)$/],
  ["number", /^\s*\d+[.)]\s+(.*)$/],
  ["quote", /^>\s?(.*)$/],
];

export function markdown(text) {
  return String(text)
    .split(/```[^\n]*\n?/)
    .flatMap((piece, i) => (i % 2 ? [el("pre", { tabindex: "0", role: "group", "aria-label": "Preformatted text" }, piece)] : runs(piece)));
}

function read(line) {
  for (const [kind, pattern] of KINDS) {
    const found = pattern.exec(line);
    if (found) return { kind, text: found.at(-1) };
  }
  return { kind: line.trim() ? "text" : "gap", text: line };
}

function runs(piece) {
  const gathered = [];
  for (const { kind, text } of piece.split("\n").map(read)) {
    const last = gathered.at(-1);
    if (last?.kind === kind && kind !== "heading") last.lines.push(text);
    else gathered.push({ kind, lines: [text] });
  }
  return gathered.filter(({ kind }) => kind !== "gap").map(drawn);
}

function drawn({ kind, lines }) {
  const items = () => lines.map((line) => el("li", {}, marks(line)));
  const broken = () => lines.flatMap((line, i) => (i ? [el("br"), ...marks(line)] : marks(line)));
  if (kind === "heading") return el("p", { class: "block-title" }, marks(lines[0]));
  if (kind === "bullet") return el("ul", {}, items());
  if (kind === "number") return el("ol", {}, items());
  if (kind === "quote") return el("blockquote", {}, broken());
  return el("p", {}, broken());
}

function marks(text) {
  const nodes = [];
  let from = 0;
  for (const found of text.matchAll(MARK)) {
    nodes.push(text.slice(from, found.index));
    const at = found.slice(1, 7).findIndex(Boolean) + 1;
    if (found[8]) nodes.push(link(found[8], found[7]));
    else nodes.push(el(TAGS[at], {}, at === 1 ? found[at] : marks(found[at])));
    from = found.index + found[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}
