/** The thread beside a channel. */

import { Composer } from "./composer.js";
import { Messages } from "./messages.js";
import { Notices } from "./notices.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class Thread {
  constructor(app) {
    this.app = app;
    this.panel = document.getElementById("thread");
    this.open = null;
    this.panel.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && this.close());
    app.store.on("message", (said) => this.has(said) && this.open.messages.put(said.message));
    app.store.on("changed", (said) => this.open?.channel === said.channel && this.open.messages.put(said.message, { quiet: true }));
    app.store.on("deleted", (said) => this.open?.channel === said.channel && this.open.messages.remove(said.ts));
  }

  has({ channel, message }) {
    return this.open?.channel === channel && message.thread_ts === this.open.ts;
  }

  async show(channel, ts, write = false) {
    if (this.open?.channel !== channel || this.open.ts !== ts) await this.draw(channel, ts);
    if (write) this.open?.composer.field.focus();
    else this.panel.querySelector("h2")?.focus();
  }

  async draw(channel, ts) {
    this.leave();
    const { store } = this.app;
    const name = store.called(store.channels.get(channel));
    const messages = new Messages(this.app, { channel, label: `Thread in ${name}`, inThread: true });
    const notices = new Notices();
    notices.show(channel);
    const composer = new Composer(this.app, { channel, thread: ts, label: "Reply in thread", send: "Send reply", notices });
    this.open = { channel, ts, messages, composer, notices, back: document.activeElement };
    const close = el(
      "button",
      { type: "button", class: "round", "aria-label": "Close thread", on: { click: () => this.close() } },
      icon("close"),
    );
    this.panel.replaceChildren(
      el("div", { class: "pane-head" }, el("h2", { tabindex: "-1" }, "Thread"), el("span", { class: "pane-where" }, name), close),
      messages.node,
      el("div", { class: "write" }, notices.node, composer.node),
    );
    this.panel.hidden = false;
    document.body.classList.add("has-thread");
    await this.load();
  }

  async load() {
    const { channel, ts, messages } = this.open;
    const said = await this.app.ask("thread", { channel, ts }, channel);
    if (said && this.open?.messages === messages) await messages.open(said.messages);
  }

  leave() {
    this.open?.messages.close();
    this.open = null;
  }

  close() {
    const back = this.open?.back;
    this.leave();
    this.panel.hidden = true;
    this.panel.replaceChildren();
    document.body.classList.remove("has-thread");
    if (back?.isConnected) back.focus();
    else this.app.focusComposer();
  }
}
