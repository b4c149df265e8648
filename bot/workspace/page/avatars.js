/** A person's initials on their colour; the app's own mark. */

import { el } from "./dom.js";

export function avatar(person, size = "") {
  if (person.is_bot) return el("img", { class: `avatar ${size}`, src: "icon.svg", alt: "", width: 36, height: 36 });
  return el("span", { class: `avatar hue-${(person.colour ?? 0) % 12} ${size}`, "aria-hidden": "true" }, person.initials ?? "?");
}
