/** The menus of a text field: commands after "/", people after "@", channels after "#". */

import { announce } from "./announce.js";
import { avatar } from "./avatars.js";
import { el, uid } from "./dom.js";
import { openPopup } from "./popup.js";

const MOST = 8;

/** `sources(kind, words)` gives [{label, insert, title, more, person?}]; `picked(entry)` hears what was taken. */
export class Suggest {
  constructor(field, sources, picked) {
    Object.assign(this, { field, sources, picked, entries: [], at: 0, open: null });
    this.list = el("div", {
      class: "popup listbox suggest",
      role: "listbox",
      id: uid("suggest"),
      tabindex: "0", // it may scroll
      "aria-label": "Suggestions",
      on: { pointerdown: (event) => event.preventDefault() },
    });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-haspopup", "listbox");
    field.addEventListener("input", () => this.look());
    field.addEventListener("click", () => this.look());
    field.addEventListener("blur", () => this.close());
  }

  /** The word at the caret that asks for a menu. */
  word() {
    const { value, selectionStart: end } = this.field;
    const before = value.slice(0, end);
    const slash = /^\/([\w-]*)$/.exec(before);
    if (slash) return { kind: "/", words: slash[1], from: 0, end };
    const found = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(before);
    return found ? { kind: found[1], words: found[2], from: end - found[2].length - 1, end } : null;
  }

  look() {
    const word = this.word();
    const entries = word ? this.sources(word.kind, word.words.toLocaleLowerCase()).slice(0, MOST) : [];
    if (!entries.length) {
      this.close();
      return;
    }
    if (!this.open || entries.length !== this.entries.length)
      announce(`${entries.length} ${entries.length === 1 ? "suggestion" : "suggestions"}. Arrow keys choose.`);
    this.entries = entries;
    this.shown();
    this.mark(0);
  }

  shown() {
    this.list.replaceChildren(...this.entries.map((entry, at) => this.option(entry, at)));
    if (this.open) {
      this.open.place();
      return;
    }
    this.open = openPopup(this.field.closest(".composer") ?? this.field, this.list, {
      above: true,
      wide: true,
      onClose: () => this.closed(),
    });
    this.field.setAttribute("aria-controls", this.list.id);
  }

  option(entry, at) {
    const take = (event) => {
      event.preventDefault();
      this.take(at);
    };
    return el(
      "div",
      {
        role: "option",
        id: `${this.list.id}-${at}`,
        "aria-selected": "false",
        on: { pointerdown: (event) => event.preventDefault(), click: take },
      },
      entry.person ? avatar(entry.person, "tiny") : null,
      el("span", { class: "suggest-title" }, entry.title),
      entry.usage ? el("span", { class: "suggest-usage" }, entry.usage) : null,
      entry.more ? el("span", { class: "menu-more" }, entry.more) : null,
    );
  }

  mark(at) {
    this.at = (at + this.entries.length) % this.entries.length;
    [...this.list.children].forEach((option, each) => {
      option.classList.toggle("at", each === this.at);
      option.setAttribute("aria-selected", String(each === this.at));
    });
    const option = this.list.children[this.at];
    option.scrollIntoView({ block: "nearest" });
    this.field.setAttribute("aria-activedescendant", option.id);
  }

  take(at) {
    const entry = this.entries[at];
    const word = this.word();
    if (!word) return;
    this.field.setRangeText(entry.insert, word.from, word.end, "end");
    this.close();
    this.picked(entry);
    this.field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Whether the key was meant for the menu. */
  heard(event) {
    if (!this.open) return false;
    if (event.key === "ArrowDown") this.mark(this.at + 1);
    else if (event.key === "ArrowUp") this.mark(this.at - 1);
    else if (event.key === "Escape") this.close();
    else if ((event.key === "Enter" && !event.shiftKey) || event.key === "Tab") return this.entered(event);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  // A command typed out in full is sent by Enter, not completed.
  entered(event) {
    const word = this.word();
    const whole = word?.kind === "/" && this.entries[this.at].label === `/${word.words}`;
    if (whole && event.key === "Enter") {
      this.close();
      return false;
    }
    event.preventDefault();
    this.take(this.at);
    return true;
  }

  close() {
    this.open?.close();
  }

  closed() {
    this.open = null;
    this.field.removeAttribute("aria-activedescendant");
    this.field.removeAttribute("aria-controls");
  }
}
