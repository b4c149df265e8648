/** The drawing of a chart. Series differ by colour, dash and mark, so that none of the three is needed alone. */

import { svg } from "./dom.js";
import { number, ticks } from "./scale.js";

const DASHES = ["", "7 4", "2 4", "10 4 2 4", "14 5", "4 3"];
const HEIGHT = 260;
const TOP = 14;
const BOTTOM = 34;
const RIGHT = 18;
const LETTER = 6.8;

export function swatch(at, bars) {
  if (bars)
    return svg(
      "svg",
      { class: "swatch", viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" },
      svg("rect", { class: `fill-${at}`, x: 1, y: 1, width: 12, height: 12, rx: 2 }),
    );
  return svg(
    "svg",
    { class: "swatch", viewBox: "0 0 36 14", width: 36, height: 14, "aria-hidden": "true" },
    svg("line", { class: `stroke-${at}`, x1: 1, y1: 7, x2: 35, y2: 7, "stroke-dasharray": DASHES[at % 6] }),
    mark(at, 18, 7),
  );
}

function mark(at, x, y, words) {
  const title = words ? svg("title", {}, words) : null;
  const r = 3.6;
  const paths = [
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
    `M${x - 3.2} ${y - 3.2}h6.4v6.4h-6.4z`,
    `M${x} ${y - 4.6}l4.600 4.600-4.600 4.600-4.600-4.600z`,
    `M${x} ${y - 4.4}l4.400 7.600h-8.800z`,
    `M${x} ${y + 4.4}l4.400-7.600h-8.800z`,
    `M${x - 4} ${y - 1.5}h8v3h-8z`,
  ];
  return svg("path", { class: `point fill-${at}`, d: paths[at % 6] }, title);
}

export function drawPlot(said, width, words) {
  const known = said.series.flatMap((series) => series.values).filter((value) => value !== null);
  const marks = ticks(Math.max(...known, 0), 5, Math.min(...known, 0));
  const left = Math.max(...marks.map((value) => number(value).length)) * LETTER + 16;
  const bars = said.type === "bar";
  const inner = width - left - RIGHT;
  const slot = inner / (bars ? said.categories.length : Math.max(said.categories.length - 1, 1));
  const x = (at) => left + at * slot + (bars ? slot / 2 : 0);
  const low = marks[0];
  const y = (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (marks.at(-1) - low));
  const frame = { width, left, x, y, slot, marks, said };
  return svg(
    "svg",
    { class: "chart", role: "img", "aria-label": words, width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` },
    grid(frame),
    labels(frame),
    said.series.map((series, at) => (bars ? columns(series, at, frame) : lines(series, at, frame))),
  );
}

function grid({ left, width, y, marks }) {
  return marks.map((value) => [
    svg("line", {
      class: value === 0 ? "axis" : "gridline",
      x1: left,
      x2: width - RIGHT + 6,
      y1: Math.round(y(value)) + 0.5,
      y2: Math.round(y(value)) + 0.5,
    }),
    svg("text", { class: "tick", x: left - 8, y: y(value) + 4, "text-anchor": "end" }, number(value)),
  ]);
}

/** As many labels as stand clear of one another, the last always among them. */
function labels({ said, x, slot }) {
  const { categories } = said;
  const widest = Math.max(...categories.map((label) => label.length)) * LETTER + 14;
  const every = Math.max(1, Math.ceil(widest / slot));
  const last = categories.length - 1;
  return categories.map((label, at) => {
    if ((last - at) % every) return null;
    const anchor = at === last && every > 0 && slot * 0.5 < widest / 2 - RIGHT ? "end" : "middle";
    return svg("text", { class: "tick", x: anchor === "end" ? x(at) + 12 : x(at), y: HEIGHT - 10, "text-anchor": anchor }, label);
  });
}

function lines({ name, values }, at, { said, x, y }) {
  const points = values.map((value, i) => ({ value, i })).filter(({ value }) => value !== null);
  const path = points
    .map(({ value, i }, n) => `${n && points[n - 1].i === i - 1 ? "L" : "M"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`)
    .join("");
  const shade =
    said.type === "area" && points.length > 1
      ? svg("path", { class: `area fill-${at}`, d: `${path}L${x(points.at(-1).i)} ${y(0)}L${x(points[0].i)} ${y(0)}z` })
      : null;
  const dots = points.map(({ value, i }) => mark(at, x(i), y(value), `${said.categories[i]}, ${name}: ${number(value)}`));
  return svg("g", {}, shade, svg("path", { class: `line stroke-${at}`, d: path, "stroke-dasharray": DASHES[at % 6] }), dots);
}

function columns({ name, values }, at, { said, x, y, slot }) {
  const each = (slot * 0.7) / said.series.length;
  return values.map((value, i) =>
    value === null
      ? null
      : svg(
          "rect",
          {
            class: `bar fill-${at}`,
            x: x(i) - slot * 0.35 + at * each,
            y: Math.min(y(value), y(0)),
            width: Math.max(each - 1, 1),
            height: Math.abs(y(0) - y(value)),
          },
          svg("title", {}, `${said.categories[i]}, ${name}: ${number(value)}`),
        ),
  );
}
