/** The demo's clock: its date, and ways to move it on. */

import { announce } from "./announce.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class ClockBar {
  constructor(app) {
    this.app = app;
    this.node = el("section", { class: "clock", "aria-label": "The demo’s clock", hidden: true });
    this.strip = el("button", { type: "button", class: "clock-strip", hidden: true, "aria-expanded": "false" });
    this.strip.addEventListener("click", () =>
      this.strip.setAttribute("aria-expanded", String(this.strip.getAttribute("aria-expanded") === "false")),
    );
    this.said = "";
    app.store.on("clock", () => this.draw());
  }

  draw() {
    const { clock } = this.app.store;
    this.node.hidden = !clock;
    this.strip.hidden = !clock?.note;
    this.strip.textContent = clock?.note || "";
    this.strip.title = clock?.note || "";
    if (!clock) return;
    const held = this.node.contains(document.activeElement) ? document.activeElement.dataset.by : null;
    const parts = [
      el("span", { class: "clock-now" }, icon("calendar"), el("span", { class: "clock-words" }, clock.words)),
      el(
        "div",
        { class: "clock-moves" },
        this.move("day", "+1 day", "move the clock by one day"),
        this.move("week", "+1 week", "move the clock by one week"),
        clock.next ? this.next(clock.next) : null,
      ),
      clock.moving ? el("span", { class: "clock-note moving" }, "Moving …") : null,
    ];
    this.node.replaceChildren(...parts.filter(Boolean));
    if (held) this.node.querySelector(`[data-by="${held}"]`)?.focus();
    const said = clock.moving ? "" : clock.words;
    if (said && this.said && said !== this.said) announce(`It is now ${said}.`);
    if (said) this.said = said;
  }

  next(next) {
    const button = this.move("event", "", `to the next event: ${next.name}`, next.at);
    button.title = `${next.name}, ${next.words}`;
    button.setAttribute("aria-label", `Move the clock to the next event: ${next.name}, ${next.words}`);
    button.append(
      el("span", { class: "next-lead" }, "To the next event: "),
      el("span", { class: "next-name" }, next.name),
      el("span", { class: "next-when" }, next.words),
    );
    button.classList.add("next");
    return button;
  }

  move(by, words, label, to = null) {
    return el(
      "button",
      {
        type: "button",
        class: "clock-move",
        "data-by": by,
        "aria-disabled": String(Boolean(this.app.store.clock.moving)),
        "aria-label": words ? `${words}: ${label}` : null,
        on: { click: () => this.press(by, to) },
      },
      words,
    );
  }

  /** Said to move at once: what is due on the way takes its time. Where it came to is news, to whoever is acted as by then. */
  async press(by, to) {
    const { store } = this.app;
    if (store.clock.moving) return;
    this.moving(true);
    if (!(await this.app.ask("move", { by, to }))) this.moving(false);
  }

  moving(moving) {
    const { store } = this.app;
    store.news({ news: "clock", clock: { ...store.clock, moving } });
  }
}
