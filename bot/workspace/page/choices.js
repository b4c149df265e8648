/** Radio buttons and check boxes. */

import { el, uid } from "./dom.js";

export function choices(options, single, value, changed, attributes) {
  const name = uid("choice");
  const chosen = (option) => (single ? option.value === value : value.includes(option.value));
  const { id, "data-key": key, ...described } = attributes;
  const group = el("div", { class: "choices", role: single ? "radiogroup" : "group", ...named(described, single) });
  const read = () => {
    const on = [...group.querySelectorAll("input:checked")].map((input) => options[Number(input.dataset.at)].value);
    changed(single ? (on[0] ?? null) : on);
  };
  options.forEach((option, at) => {
    const input = el("input", {
      type: single ? "radio" : "checkbox",
      name,
      checked: chosen(option),
      "data-at": at,
      id: at ? null : id,
      "data-key": at ? null : key,
      on: { change: read },
    });
    const more = option.description ? el("span", { class: "choice-more" }, option.description) : null;
    group.append(el("label", { class: "choice" }, input, el("span", {}, option.label, more)));
  });
  return group;
}

// "group" takes neither aria-invalid nor aria-required.
function named(described, single) {
  const { "aria-invalid": invalid, "aria-required": required, ...rest } = described;
  return single ? { ...rest, "aria-invalid": invalid, "aria-required": required } : rest;
}
