/** For the curious: make the workspace fail, and see what the app does. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

const NAME = "Break something";
const FAULTS = [
  [null, "Everything works", "Stop breaking things"],
  ["slow", "Answer the app slowly", "The app’s next call takes seconds"],
  ["429", "Too many requests", "The app is told to wait"],
  ["500", "Server error", "The app’s next call fails"],
  ["drop before", "Drop the connection before the work", "Nothing is done, and the app is not told"],
  ["drop after", "Drop the connection after the work", "It is done, and the app is not told"],
  ["time-out", "Time out", "The app waits in vain"],
  ["disconnect", "Disconnect the app’s socket", "It has to come back by itself"],
];
const UNDONE = new Set(["429", "500", "drop before"]); // what the app sees fail, and may try again

export class FaultMenu {
  constructor(app) {
    Object.assign(this, { app, planned: [], views: 0 });
    this.badge = el("span", { class: "top-badge", hidden: true, "aria-hidden": "true" });
    this.button = menuButton({ class: "round top-tool", "aria-label": NAME }, [icon("fault"), this.badge], () => this.items());
    const { store } = app;
    for (const kind of ["message", "changed"]) store.on(kind, ({ message }) => message.user === store.app.id && this.came());
    store.on("home", () => this.came());
    store.on("views", () => this.viewed());
    store.on("gone", () => this.plan([]));
    this.plan([]);
  }

  items() {
    return FAULTS.map(([fault, label, description]) => ({ label, description, run: () => this.chosen(fault, label) }));
  }

  async chosen(fault, label) {
    if (!(await this.app.ask("break", { fault }))) return;
    if (fault === "disconnect") this.say(label);
    else this.plan(fault === null ? [] : [...this.planned, [fault, label]]);
  }

  plan(planned) {
    this.planned = planned;
    this.badge.hidden = !planned.length;
    this.badge.textContent = String(planned.length);
    const name = planned.length ? `${NAME}. Planned: ${planned.map(([, label]) => label.toLowerCase()).join(", ")}` : NAME;
    this.button.setAttribute("aria-label", name);
    this.button.title = name;
  }

  viewed() {
    const { length } = this.app.store.views;
    if (length > this.views) this.came();
    this.views = length;
  }

  // The workspace does not tell when a fault is used: something of the app’s that has come was called for,
  // and so were the calls before it that failed.
  came() {
    const through = this.planned.findIndex(([fault]) => !UNDONE.has(fault));
    const used = this.planned.slice(0, through < 0 ? this.planned.length : through + 1);
    if (!used.length) return;
    this.plan(this.planned.slice(used.length));
    for (const [, label] of used) this.say(label);
  }

  say(label) {
    this.app.notices.add(`It has happened, as you asked: ${label.toLowerCase()}.${this.planned.length ? "" : " Everything works again."}`);
  }
}
