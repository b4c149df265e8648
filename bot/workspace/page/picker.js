/** A list to choose one from: a field that narrows the list as one types in it. */

import { el, uid } from "./dom.js";
import { openPopup } from "./popup.js";

/** `options`: [{value, label, description?, group?}]. `onChoose(value)` hears each choice. The element's `chosen` is the value, or null. */
export function picker({ options, chosen = null, placeholder = "Choose …", onChoose = () => {}, attributes = {}, clearable = false }) {
  const state = { options, chosen, shown: [], at: -1, open: null, list: null };
  const input = el("input", {
    type: "text",
    class: "picker-input",
    role: "combobox",
    autocomplete: "off",
    spellcheck: "false",
    placeholder,
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-haspopup": "listbox",
    ...attributes,
  });
  const clear = el("button", { type: "button", class: "picker-clear", "aria-label": "Clear the choice", tabindex: "-1" }, "×");
  const box = el("div", { class: "picker" }, input, clearable ? clear : null);
  const labelled = (value) => state.options.find((option) => option.value === value)?.label ?? "";
  const settle = () => {
    input.value = labelled(state.chosen);
    clear.hidden = state.chosen === null;
  };
  const choose = (value) => {
    state.chosen = value;
    settle();
    state.open?.close();
    onChoose(value);
  };
  clear.addEventListener("click", () => choose(null));
  listen(input, state, choose, settle);
  settle();
  Object.defineProperty(box, "chosen", { get: () => state.chosen });
  return box;
}

function listen(input, state, choose, settle) {
  const show = (words) => openList(input, state, words, choose, settle);
  input.addEventListener("click", () => (state.open ? null : (input.select(), show(""))));
  input.addEventListener("input", () => show(input.value));
  input.addEventListener("blur", () => {
    state.open?.close();
    settle();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!state.open) show("");
      else move(input, state, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      if (!state.open) show("");
      else if (state.shown[state.at]) choose(state.shown[state.at].value);
    } else if (event.key === "Escape" && state.open) {
      state.open.close();
      settle();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function openList(input, state, words, choose, settle) {
  const wanted = words.trim().toLocaleLowerCase();
  state.shown = state.options.filter((option) => !wanted || option.label.toLocaleLowerCase().includes(wanted));
  state.list ??= el("div", {
    class: "popup listbox",
    role: "listbox",
    id: uid("list"),
    "aria-label": input.getAttribute("aria-label") ?? "Choices",
  });
  state.list.replaceChildren(...entries(state, choose));
  if (!state.open) {
    state.open = openPopup(input, state.list, {
      wide: true,
      onClose: () => {
        state.open = null;
        input.setAttribute("aria-expanded", "false");
        input.removeAttribute("aria-activedescendant");
        input.removeAttribute("aria-controls");
      },
    });
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", state.list.id);
  } else state.open.place();
  state.at =
    Math.max(
      0,
      state.shown.findIndex((option) => option.value === state.chosen),
    ) - 1;
  move(input, state, 1);
}

function entries(state, choose) {
  let group = null;
  return state.shown.length
    ? state.shown.flatMap((option) => {
        const title =
          option.group && option.group !== group ? [el("div", { class: "listbox-group", role: "presentation" }, option.group)] : [];
        group = option.group;
        const pressed = (event) => {
          event.preventDefault();
          choose(option.value);
        };
        const more = option.description ? el("span", { class: "menu-more" }, option.description) : null;
        const chosen = String(option.value === state.chosen);
        option.id = uid("option");
        const entry = el(
          "div",
          {
            role: "option",
            id: option.id,
            "aria-selected": chosen,
            on: { pointerdown: (event) => event.preventDefault(), click: pressed },
          },
          el("span", {}, option.label),
          more,
        );
        return [...title, entry];
      })
    : [el("div", { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "listbox-none" }, "Nothing matches")];
}

function move(input, state, by) {
  if (!state.shown.length) return;
  state.at = (state.at + by + state.shown.length) % state.shown.length;
  for (const entry of state.list.querySelectorAll(".at")) entry.classList.remove("at");
  const entry = document.getElementById(state.shown[state.at].id);
  entry.classList.add("at");
  entry.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", entry.id);
}
