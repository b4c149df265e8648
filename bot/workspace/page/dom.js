/** Builds elements. Whatever people typed goes in as text nodes, so that it stays inert. */

const SVG = "http://www.w3.org/2000/svg";

let made = 0;

export function uid(name = "id") {
  made += 1;
  return `${name}-${made}`;
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [kind, heard] of Object.entries(value)) node.addEventListener(kind, heard);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

export function el(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

/** Words for a screen reader alone. */
export function unseen(text) {
  return el("span", { class: "unseen" }, text);
}

export function fragment(...children) {
  const made = document.createDocumentFragment();
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

export const nextFrame = () => new Promise((resolve) => requestAnimationFrame(() => resolve()));
