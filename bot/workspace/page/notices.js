/** What went wrong, said just above the composer to me alone. */

import { alarm } from "./announce.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class Notices {
  constructor() {
    this.node = el("div", { class: "notices" });
    this.kept = [];
    this.channel = null;
  }

  /** `channel` null: wherever one is. */
  add(text, channel = null) {
    // The same failure comes as an answer and as news.
    this.kept = [...this.kept.filter((each) => each.text !== text), { text, channel }].slice(-8);
    this.draw();
    alarm(text);
  }

  show(channel) {
    this.channel = channel;
    this.draw();
  }

  /** All of them, or those alone that `old` says. */
  clear(old = () => true) {
    this.kept = this.kept.filter((each) => !old(each));
    this.draw();
  }

  /** What stands here now is of no use once something has gone well; what is added meanwhile is. */
  settled() {
    const before = new Set(this.kept);
    return () => this.clear((each) => before.has(each));
  }

  draw() {
    const here = this.kept.filter((each) => each.channel === null || each.channel === this.channel).slice(-3);
    this.node.replaceChildren(...here.map((each) => this.line(each)));
  }

  line(each) {
    const off = () => {
      this.kept = this.kept.filter((other) => other !== each);
      this.draw();
    };
    return el(
      "div",
      { class: "notice" },
      el("span", { class: "notice-mark" }, icon("alert")),
      el("div", {}, el("div", { class: "only-you" }, icon("eye"), "Only visible to you"), el("div", { class: "notice-text" }, each.text)),
      el("button", { type: "button", class: "button quiet", on: { click: off } }, "Dismiss"),
    );
  }
}
