/** data_visualization blocks: a chart in inline SVG, with its series in words and as a table. */

import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { number } from "./scale.js";
import { drawPlot, swatch } from "./plot.js";
import { tableRegion } from "./table.js";

const DRAWN = ["line", "bar", "area"];

/** `above` is what stands right above it: a title that says the same again is for a screen reader alone. */
export function chart(block, above = "") {
  const said = read(block);
  const title = uid("chart");
  const plot = el("div", { class: "plot" });
  const grid = chartTable(said);
  const asTable = !DRAWN.includes(said.type);
  const toggle = el("button", { type: "button", class: "button quiet", "aria-pressed": "false" }, icon("table"), "Show as table");
  const legend = el(
    "ul",
    { class: "legend" },
    said.series.map((series, at) => el("li", {}, swatch(at, said.type === "bar"), series.name)),
  );
  const show = (table) => {
    plot.hidden = table;
    legend.hidden = table || said.series.length < 2;
    grid.hidden = !table;
    toggle.setAttribute("aria-pressed", String(table));
  };
  toggle.addEventListener("click", () => show(toggle.getAttribute("aria-pressed") !== "true"));
  show(asTable);
  if (!asTable) whenSized(plot, (width) => plot.replaceChildren(drawPlot(said, width, inWords(said))));
  return el(
    "figure",
    { "aria-labelledby": title },
    el(
      "figcaption",
      {},
      el("span", { class: repeats(said.title, above) ? "unseen" : "block-title", id: title }, said.title),
      asTable ? null : toggle,
    ),
    plot,
    legend,
    grid,
  );
}

function read(block) {
  const { chart: shape = {} } = block;
  const parts = shape.series ?? [{ name: block.title ?? "", data: shape.segments ?? [] }];
  const categories = shape.axis_config?.categories ?? parts[0]?.data?.map((point) => point.label) ?? [];
  const series = parts.map(({ name, data }) => ({
    name,
    values: categories.map((label) => data.find((point) => point.label === label)?.value ?? null),
  }));
  return { title: block.title ?? "", type: shape.type, categories, series, x: shape.axis_config?.x_label, y: shape.axis_config?.y_label };
}

// A title has room for 50 characters, so that what was longer ends in an ellipsis.
function repeats(title, above) {
  const words = title.replace(/\s*…$/, "");
  return words !== "" && above.startsWith(words);
}

function whenSized(box, draw) {
  let last = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.round(entry.contentRect.width);
    if (!width || width === last) return;
    last = width;
    requestAnimationFrame(() => draw(width));
  }).observe(box);
}

function inWords({ title, type, categories, series }) {
  const told = series.map(({ name, values }) => {
    const known = values.map((value, at) => ({ value, at })).filter(({ value }) => value !== null);
    if (!known.length) return `${name}: no figures.`;
    const low = known.reduce((a, b) => (b.value < a.value ? b : a));
    const high = known.reduce((a, b) => (b.value > a.value ? b : a));
    const at = (point) => `${number(point.value)} in ${categories[point.at]}`;
    return `${name}: ${at(known[0])} to ${at(known.at(-1))}; lowest ${at(low)}, highest ${at(high)}.`;
  });
  return `${type === "bar" ? "Bar" : "Line"} chart. ${title}. ${told.join(" ")}`;
}

function chartTable({ title, categories, series }) {
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, "Period"),
    series.map(({ name }) => el("th", { scope: "col", class: "to-right" }, name)),
  );
  const row = (label, at) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      series.map(({ values }) => el("td", { class: "to-right" }, number(values[at]))),
    );
  const region = tableRegion(title, el("thead", {}, head), el("tbody", {}, categories.map(row)));
  region.classList.add("block-table");
  return region;
}
