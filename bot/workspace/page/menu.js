/** A button that opens a menu of things to do. */

import { el } from "./dom.js";
import { openPopup } from "./popup.js";

/** `items()` is asked at each opening: [{label, description?, node?, disabled?, run}]. */
export function menuButton(attributes, content, items, { label, grid = false } = {}) {
  let open = null;
  const button = el("button", { type: "button", "aria-haspopup": "menu", "aria-expanded": "false", ...attributes }, content);
  const close = (back) => {
    open?.close();
    if (back) button.focus();
  };
  const show = (last) => {
    if (open) {
      close(true);
      return;
    }
    const menu = menuOf(items(), label ?? attributes["aria-label"], grid, close);
    open = openPopup(button, menu, {
      onClose: () => {
        open = null;
        button.setAttribute("aria-expanded", "false");
      },
    });
    button.setAttribute("aria-expanded", "true");
    const entries = [...menu.querySelectorAll("[role=menuitem]")];
    (last ? entries.at(-1) : entries[0])?.focus();
  };
  button.addEventListener("click", () => show(false));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    // Within a row of messages the arrows move from one to the next.
    event.stopPropagation();
    show(event.key === "ArrowUp");
  });
  return button;
}

function menuOf(items, label, grid, close) {
  const entries = items.map((item) => {
    const words = item.node ?? [
      el("span", { class: "menu-label" }, item.label),
      item.description ? el("span", { class: "menu-more" }, item.description) : null,
    ];
    const run = () => {
      close(true);
      item.run();
    };
    return el(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: "-1",
        "aria-label": item.node ? item.label : null,
        disabled: item.disabled,
        on: { click: run },
      },
      words,
    );
  });
  entries[0]?.setAttribute("tabindex", "0");
  const menu = el("div", { class: grid ? "popup menu grid" : "popup menu", role: "menu", "aria-label": label }, entries);
  menu.addEventListener("keydown", (event) => steer(event, entries, close));
  return menu;
}

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

function steer(event, entries, close) {
  const at = entries.indexOf(document.activeElement);
  if (event.key in STEPS) entries.at((at + STEPS[event.key]) % entries.length).focus();
  else if (event.key === "Home") entries[0].focus();
  else if (event.key === "End") entries.at(-1).focus();
  else if (event.key === "Escape") close(true);
  else if (event.key === "Tab") close(false);
  else return;
  if (event.key !== "Tab") event.preventDefault();
  event.stopPropagation();
}
