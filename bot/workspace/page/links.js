/** Only addresses that lead somewhere harmless become links. */

import { el } from "./dom.js";

const HARMLESS = ["http:", "https:", "mailto:"];

export function safe(address) {
  try {
    const url = new URL(address);
    return HARMLESS.includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, ...label) {
  const href = safe(address);
  if (!href) return el("span", {}, ...label);
  return el("a", { href, target: "_blank", rel: "noopener noreferrer" }, ...label);
}

/** An address of our own origin, or null: the page asks nobody else for anything. */
export function ours(address) {
  try {
    const url = new URL(address, location.href);
    return url.origin === location.origin ? url.href : null;
  } catch {
    return null;
  }
}
