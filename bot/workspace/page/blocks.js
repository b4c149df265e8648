/** Block Kit's blocks as DOM nodes. */

import { el, uid } from "./dom.js";
import { chart } from "./chart.js";
import { drawElement, fieldId, image } from "./elements.js";
import { fileCard } from "./files.js";
import { icon } from "./icons.js";
import { markdown } from "./markdown.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { ours } from "./links.js";
import { richText } from "./richtext.js";
import { table } from "./table.js";

/** `errors`: {block_id: words}. `heading` is the tag of a header block. */
export function drawBlocks(blocks, surface, { errors = {}, heading = "h2", files = [] } = {}) {
  const drawing = { surface, errors, heading, files, title: "", above: "" };
  return blocks.map((block) => {
    const node = drawBlock(block, drawing);
    drawing.above = node.textContent;
    return node;
  });
}

export function drawBlock(block, drawing) {
  const draw = DRAW[block.type] ?? unknown;
  const node = draw(block, drawing);
  node.classList.add("block", `block-${block.type}`);
  if (block.block_id) node.dataset.block = block.block_id;
  return node;
}

const DRAW = {
  header,
  section,
  context,
  actions,
  divider,
  table: aTable,
  data_table: aTable,
  data_visualization: aChart,
  input,
  image: picture,
  rich_text: rich,
  markdown: marked,
  file,
  video,
};

function textOf(text, surface) {
  if (!text) return [];
  if (text.type === "mrkdwn") return [mrkdwn(text.text, surface.store, text.verbatim)];
  return [plain(text.text, text.emoji !== false)];
}

function header(block, drawing) {
  drawing.title = block.text.text;
  return el(drawing.heading, {}, plain(block.text.text, block.text.emoji !== false));
}

function section(block, drawing) {
  const { surface } = drawing;
  const words = block.text ? el("div", { class: "section-text prose", id: uid("said") }, textOf(block.text, surface)) : null;
  if (words && words.textContent.length < 150) drawing.title = words.textContent;
  const fields = block.fields
    ? el(
        "div",
        { class: "fields" },
        block.fields.map((each) => el("div", { class: "prose" }, textOf(each, surface))),
      )
    : null;
  const beside = block.accessory
    ? drawElement(block.accessory, { block, surface, instant: true, label: words?.textContent ?? "", required: true })
    : null;
  const small = ["button", "overflow", "image"].includes(block.accessory?.type);
  return el(
    "div",
    { class: small ? "with-small" : beside ? "with-wide" : "" },
    el("div", { class: "section-words" }, words, fields),
    beside ? el("div", { class: "accessory" }, beside) : null,
  );
}

function context(block, { surface }) {
  return el(
    "div",
    {},
    block.elements.map((each) =>
      each.type === "image" ? image(each, "context-image") : el("span", { class: "prose" }, textOf(each, surface)),
    ),
  );
}

function actions(block, { surface, title }) {
  return el(
    "div",
    {},
    block.elements.map((element) =>
      drawElement(element, { block, surface, instant: true, label: element.placeholder?.text ?? title, required: true }),
    ),
  );
}

function divider() {
  return el("hr");
}

function aTable(block, drawing) {
  return table(block, drawing.title, drawing.surface.store);
}

function aChart(block, drawing) {
  return chart(block, drawing.above);
}

function input(block, drawing) {
  const { surface, errors } = drawing;
  const [labelId, hintId, errorId, id] = [uid("label"), uid("hint"), uid("error"), fieldId()];
  const wrong = errors[block.block_id];
  const group = ["checkboxes", "radio_buttons"].includes(block.element.type) || block.element.type.startsWith("multi_");
  const hint = block.hint ? el("div", { class: "hint", id: hintId }, plain(block.hint.text)) : null;
  const error = wrong ? el("div", { class: "wrong", id: errorId }, icon("alert"), wrong) : null;
  const place = {
    block,
    surface,
    id,
    labelId,
    describedBy: [wrong && errorId, hint && hintId].filter(Boolean).join(" "),
    invalid: Boolean(wrong),
    required: !block.optional,
    instant: block.dispatch_action,
  };
  const words = [
    el("span", { id: labelId }, plain(block.label.text)),
    block.optional ? el("span", { class: "optional" }, " (optional)") : null,
  ];
  return el(
    "div",
    {},
    group ? el("div", { class: "label" }, words) : el("label", { class: "label", for: id }, words),
    drawElement(block.element, place),
    error,
    hint,
  );
}

function picture(block, { files, surface }) {
  const kept = block.slack_file?.id;
  const known =
    files.find((each) => each.id === kept)?.url ??
    (kept ? `files/${kept}/image?as=${surface.store.me?.id}` : (block.slack_file?.url ?? block.image_url));
  const title = block.title ? el("figcaption", {}, plain(block.title.text)) : null;
  const address = ours(known);
  const shown = address
    ? el("img", { src: address, alt: block.alt_text ?? "", loading: "lazy" })
    : el("p", { class: "block-away" }, icon("file"), block.alt_text || "An image kept elsewhere");
  return el("figure", {}, title, shown);
}

function rich(block, { surface }) {
  return el("div", { class: "prose" }, richText(block, surface.store));
}

function marked(block) {
  return el("div", { class: "prose" }, markdown(block.text));
}

function file(block, { files }) {
  const known = files.find((each) => each.id === block.external_id || each.id === block.file_id);
  return known ? fileCard(known) : el("p", { class: "block-away" }, icon("file"), "A file");
}

function video(block) {
  return el("p", { class: "block-away" }, icon("file"), plain(block.title?.text ?? block.alt_text));
}

function unknown(block) {
  return el("p", { class: "unknown" }, icon("alert"), `A block of the kind “${block.type}” is not drawn here.`);
}
