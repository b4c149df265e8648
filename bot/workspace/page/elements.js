/** Block Kit's interactive elements. */

import { el, uid } from "./dom.js";
import { beginning, holdsValue } from "./values.js";
import { choices } from "./choices.js";
import { confirmed } from "./confirm.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";
import { ours, safe } from "./links.js";
import { picker } from "./picker.js";
import { plain } from "./mrkdwn.js";

/**
 * An element as a node. `place` is where it stands: {block, surface, label, labelId, describedBy, invalid, instant}.
 * The surface keeps what is typed (`put`, `kept`) and tells the app of a press or a choice (`act`).
 */
export function drawElement(element, place) {
  if (holdsValue(element)) return field(element, place);
  if (element.type === "button") return button(element, place);
  if (element.type === "overflow") return overflow(element, place);
  if (element.type === "image") return image(element);
  return el("span", { class: "unknown" }, `(${element.type} is not drawn here)`);
}

export function image(element, className = "block-thumb") {
  const address = ours(element.image_url);
  if (address) return el("img", { class: className, src: address, alt: element.alt_text ?? "", loading: "lazy" });
  return el("span", { class: "block-away" }, icon("file"), element.alt_text || "An image kept elsewhere");
}

async function acting(control, element, place, value) {
  if (element.confirm && !(await confirmed(element.confirm))) return;
  control.setAttribute("aria-busy", "true");
  try {
    await place.surface.act(place.block, element, value);
  } finally {
    control.removeAttribute("aria-busy");
  }
}

function button(element, place) {
  const style = ["primary", "danger"].includes(element.style) ? `button ${element.style}` : "button";
  const label = plain(element.text?.text, element.text?.emoji !== false);
  const key = `${place.block.block_id}/${element.action_id}`;
  const href = element.url ? safe(element.url) : null;
  const made = href
    ? el("a", { class: style, href, target: "_blank", rel: "noopener noreferrer", "data-key": key }, label, icon("external"))
    : el(
        "button",
        { type: "button", class: style, "aria-label": element.accessibility_label ?? null, "data-key": key },
        el("span", {}, label),
      );
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-busy") !== "true") acting(made, element, place, element.value ?? null);
  });
  return made;
}

function overflow(element, place) {
  const items = () =>
    element.options.map((option) => ({
      label: plain(option.text.text),
      description: option.description?.text,
      run: () => {
        if (option.url && safe(option.url)) window.open(safe(option.url), "_blank", "noopener,noreferrer");
        acting(made, element, place, option.value);
      },
    }));
  const made = menuButton(
    { class: "button square", "aria-label": "More choices", "data-key": `${place.block.block_id}/${element.action_id}` },
    icon("more"),
    items,
  );
  return made;
}

const SELECTS = {
  static_select: (element) => listed(element),
  users_select: (_, store) =>
    [...store.people.values()].filter((p) => p.kind !== "deactivated").map((p) => ({ value: p.id, label: p.name, description: p.title })),
  channels_select: (_, store) => store.channelsOf("channel").map((c) => ({ value: c.id, label: store.called(c) })),
  conversations_select: (_, store) => [...store.channels.values()].map((c) => ({ value: c.id, label: store.called(c) })),
};

function listed(element) {
  const one = (option, group) => ({
    value: option.value,
    label: plain(option.text.text, option.text.emoji !== false),
    description: option.description?.text,
    group,
  });
  if (element.option_groups) return element.option_groups.flatMap((group) => group.options.map((option) => one(option, group.label.text)));
  return (element.options ?? []).map((option) => one(option));
}

function field(element, place) {
  const { surface, block } = place;
  const kept = surface.kept(block.block_id, element.action_id);
  const value = kept === undefined ? beginning(element, surface.held(block.block_id, element.action_id)) : kept;
  surface.put(block.block_id, element.action_id, value, false);
  const changed = (now) => {
    surface.put(block.block_id, element.action_id, now, true);
    if (place.instant) acting(made, element, place, now);
  };
  const attributes = {
    id: place.id,
    "aria-labelledby": place.labelId ?? null,
    "aria-label": place.labelId ? null : place.label || element.placeholder?.text || "Choose",
    "aria-describedby": place.describedBy || null,
    "aria-invalid": place.invalid ? "true" : null,
    "aria-required": place.required ? "true" : null,
    "data-key": `${block.block_id}/${element.action_id}`,
  };
  const made = control(element, place, value, changed, attributes);
  return made;
}

function control(element, place, value, changed, attributes) {
  const multi = element.type.startsWith("multi_");
  const kind = element.type.replace("multi_", "");
  if (["radio_buttons", "checkboxes"].includes(kind)) return choices(listed(element), kind === "radio_buttons", value, changed, attributes);
  if (kind in SELECTS) {
    const options = SELECTS[kind](element, place.surface.store);
    if (multi) return choices(options, false, value, changed, attributes);
    return picker({
      options,
      chosen: value,
      placeholder: element.placeholder?.text,
      onChoose: changed,
      attributes,
      clearable: !place.required && !place.instant,
    });
  }
  return typedIn(element, place, value ?? "", changed, attributes);
}

const TYPES = { datepicker: "date", timepicker: "time", email_text_input: "email", url_text_input: "url", number_input: "number" };

function typedIn(element, place, value, changed, attributes) {
  const chosen = element.type in { datepicker: 1, timepicker: 1 };
  const shared = {
    ...attributes,
    class: "input",
    placeholder: element.placeholder?.text,
    autocomplete: "off",
    autofocus: element.focus_on_load,
  };
  const made = element.multiline
    ? el("textarea", { ...shared, rows: 4, maxlength: element.max_length })
    : el("input", {
        ...shared,
        type: TYPES[element.type] ?? "text",
        maxlength: element.max_length,
        min: element.min_value,
        max: element.max_value,
        step: element.is_decimal_allowed ? "any" : null,
      });
  made.value = value;
  made.addEventListener(chosen ? "change" : "input", () =>
    chosen ? changed(made.value || null) : place.surface.put(place.block.block_id, element.action_id, made.value, true),
  );
  if (!chosen && place.instant)
    made.addEventListener("keydown", (event) => event.key === "Enter" && !element.multiline && changed(made.value));
  return made;
}

export const fieldId = () => uid("field");
