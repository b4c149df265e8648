/** Who I am, and everybody else to act as. */

import { announce } from "./announce.js";
import { avatar } from "./avatars.js";
import { el, unseen } from "./dom.js";
import { icon } from "./icons.js";

const KINDS = { guest: "guest", "guest without commands": "guest, no commands", partner: "external partner" };

export class People {
  constructor(app) {
    this.app = app;
    this.words = "";
    this.me = el("div", { class: "acting" });
    this.search = el("input", {
      type: "search",
      class: "people-search",
      "aria-label": "Find a person to act as",
      placeholder: "Find a person or a role",
      autocomplete: "off",
      on: { input: () => this.list() },
    });
    this.all = el("ul", { class: "people", "aria-label": "People" });
    this.search.addEventListener("keydown", (event) => event.key === "Enter" && this.all.querySelector("button")?.click());
    this.all.addEventListener("keydown", (event) => this.steer(event));
    this.node = el(
      "section",
      { class: "act-as", "aria-label": "Act as" },
      this.me,
      el("div", { class: "search" }, icon("search"), this.search),
      this.all,
    );
    app.store.on("became", () => this.draw());
    app.store.on("person", () => this.draw());
  }

  draw() {
    const { me } = this.app.store;
    if (!me) return;
    this.me.replaceChildren(
      avatar(me),
      el(
        "div",
        { class: "person-words" },
        el("span", { class: "acting-label" }, "You are acting as"),
        el("span", { class: "person-name" }, me.name),
        el("span", { class: "person-title" }, roleOf(me)),
      ),
    );
    this.list();
  }

  list() {
    const words = this.search.value.trim().toLocaleLowerCase();
    const people = [...this.app.store.people.values()].filter((person) => person.can_act && !person.is_bot);
    const found = people.filter((person) => `${person.name} ${person.title} ${person.kind}`.toLocaleLowerCase().includes(words));
    this.all.replaceChildren(
      ...(found.length
        ? found.map((person) => el("li", {}, this.entry(person)))
        : [el("li", { class: "people-none" }, "Nobody is called that.")]),
    );
  }

  entry(person) {
    const on = person.id === this.app.store.me?.id;
    const act = async () => {
      if (on) return;
      this.search.value = "";
      await this.app.become(person.id);
      announce(`You are now acting as ${person.name}.`);
      this.all.querySelector("[aria-pressed=true]")?.focus({ preventScroll: true });
    };
    return el(
      "button",
      { type: "button", class: "person", "aria-pressed": String(on), "data-user": person.id, on: { click: act } },
      avatar(person, "small"),
      el(
        "span",
        { class: "person-words" },
        unseen("Act as "),
        el("span", { class: "person-name" }, person.name),
        unseen(", "),
        el("span", { class: "person-title" }, roleOf(person)),
      ),
      on ? icon("check") : null,
    );
  }

  steer(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const buttons = [...this.all.querySelectorAll("button")];
    buttons[buttons.indexOf(document.activeElement) + by]?.focus();
  }
}

export function roleOf(person) {
  return [person.title, KINDS[person.kind]].filter(Boolean).join(" · ");
}
