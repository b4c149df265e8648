/** Tabs: one of several panes at a time. Arrow keys go from one to the next. */

import { el, uid } from "./dom.js";

/** `panes`: [[name, node]]; `chosen(name)` hears what is shown. */
export function tabs(label, panes, first, chosen = () => {}) {
  const entries = panes.map(([name, node]) => {
    const id = uid("tab");
    const pane = el("div", { class: "tab-pane", role: "tabpanel", "aria-labelledby": id, id: `${id}-pane` }, node);
    return {
      name,
      pane,
      tab: el("button", { type: "button", class: "tab", role: "tab", id, "aria-controls": pane.id, on: { click: () => show(name) } }, name),
    };
  });
  const show = (name, focus = false) => {
    for (const { name: each, tab, pane } of entries) {
      tab.setAttribute("aria-selected", String(each === name));
      tab.tabIndex = each === name ? 0 : -1;
      pane.hidden = each !== name;
      if (focus && each === name) tab.focus();
    }
    chosen(name);
  };
  const list = el(
    "div",
    { class: "tabs", role: "tablist", "aria-label": label },
    entries.map(({ tab }) => tab),
  );
  list.addEventListener("keydown", (event) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    const at = entries.findIndex(({ tab }) => tab === document.activeElement);
    show(entries.at((at + by) % entries.length).name, true);
  });
  return { list, panes: entries.map(({ pane }) => pane), begin: () => show(first), show };
}
