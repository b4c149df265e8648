/** Where one writes: text, commands, names, files. */

import { Suggest } from "./suggest.js";
import { Tray, dropZone } from "./files.js";
import { el, uid } from "./dom.js";
import { icon } from "./icons.js";

const drafts = new Map();

export class Composer {
  /** `thread` is the ts that replies go to, or null. */
  constructor(app, { channel, thread = null, label, send = "Send", notices = app.notices }) {
    Object.assign(this, { app, channel, thread, notices, picks: new Map(), key: `${app.store.me?.id}/${channel}/${thread ?? ""}` });
    const usage = uid("usage");
    this.field = el("textarea", {
      class: "composer-field",
      rows: 1,
      "aria-label": label,
      "aria-describedby": usage,
      placeholder: label,
      autocomplete: "off",
      spellcheck: "true",
    });
    this.usage = el("div", { class: "composer-usage", id: usage });
    this.tray = new Tray((words) => notices.add(words, channel));
    this.button = el("button", { type: "submit", class: "send", "aria-label": send, title: send }, icon("send"));
    this.node = el("form", { class: "composer" }, this.usage, this.field, this.tray.node, this.foot());
    this.suggest = new Suggest(
      this.field,
      (kind, words) => this.sources(kind, words),
      (entry) => entry.token && this.picks.set(entry.insert.trim(), entry.token),
    );
    this.listen();
    this.restore(drafts.get(this.key) ?? { text: "", picks: [] });
  }

  foot() {
    const input = el("input", { type: "file", multiple: true, hidden: true, "aria-hidden": "true", tabindex: "-1" });
    input.addEventListener("change", () => {
      this.tray.add(input.files);
      input.value = "";
    });
    const attach = el(
      "button",
      { type: "button", class: "round", "aria-label": "Attach files", title: "Attach files", on: { click: () => input.click() } },
      icon("plus"),
    );
    const slash = el(
      "button",
      { type: "button", class: "round", "aria-label": "Commands", title: "Commands", on: { click: () => this.begin("/") } },
      el("span", { class: "glyph", "aria-hidden": "true" }, "/"),
    );
    const at = el(
      "button",
      { type: "button", class: "round", "aria-label": "Mention somebody", title: "Mention somebody", on: { click: () => this.begin("@") } },
      el("span", { class: "glyph", "aria-hidden": "true" }, "@"),
    );
    const hint = el("span", { class: "composer-keys", "aria-hidden": "true" }, "Enter sends · Shift+Enter for a new line");
    return el("div", { class: "composer-foot" }, input, attach, this.app.store.commands.length ? slash : null, at, hint, this.button);
  }

  listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.send();
    });
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.field.addEventListener(
      "paste",
      (event) => event.clipboardData.files.length && (event.preventDefault(), this.tray.add(event.clipboardData.files)),
    );
  }

  drops(place) {
    dropZone(place, (files) => this.tray.add(files));
  }

  pressed(event) {
    // While an input method composes a character, Enter belongs to it.
    if (event.isComposing || this.suggest.heard(event)) return;
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    this.send();
  }

  begin(mark) {
    const before = mark === "/" ? "" : this.field.value && !/\s$/.test(this.field.value) ? `${this.field.value} ` : this.field.value;
    this.field.value = before + mark;
    this.field.focus();
    this.field.dispatchEvent(new Event("input"));
  }

  changed() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 260)}px`;
    drafts.set(this.key, { text: this.field.value, picks: [...this.picks] });
    const command = this.command();
    this.usage.replaceChildren(...(command?.usage ? [el("code", {}, command.command), " ", command.usage] : []));
  }

  command() {
    const [word] = this.field.value.split(/\s/, 1);
    return this.field.value.includes(" ") ? this.app.store.commands.find((each) => each.command === word) : null;
  }

  restore({ text, picks }) {
    this.field.value = text;
    this.picks = new Map(picks);
    requestAnimationFrame(() => this.changed());
  }

  sources(kind, words) {
    const { store } = this.app;
    const fits = (...texts) =>
      texts.some(
        (text) =>
          text
            ?.toLocaleLowerCase()
            .split(/[\s-]+/)
            .some((part) => part.startsWith(words)) || text?.toLocaleLowerCase().startsWith(words),
      );
    if (kind === "/")
      return this.thread
        ? []
        : store.commands
            .filter((each) => fits(each.command.slice(1)))
            .sort((a, b) => a.command.localeCompare(b.command))
            .map(commandEntry);
    if (kind === "#")
      return store
        .channelsOf("channel", "private")
        .filter((each) => fits(each.name))
        .map((each) => ({ title: `#${each.name}`, insert: `#${each.name} `, token: `<#${each.id}|${each.name}>`, more: each.topic }));
    const people = [...store.people.values()].filter(
      (each) => each.kind !== "deactivated" && (fits(each.name) || (words && fits(each.title))),
    );
    return people.map((person) => ({
      title: person.name,
      insert: `@${person.name} `,
      token: `<@${person.id}>`,
      more: person.title,
      person,
    }));
  }

  /** Names that were picked from a menu, as Slack wants them; what was only typed stays as typed. */
  tokens(text) {
    const picked = [...this.picks].sort(([a], [b]) => b.length - a.length);
    return picked.reduce(
      (done, [label, token]) =>
        done
          .split(label)
          .map((piece, at, all) => (at < all.length - 1 ? piece + (/^[\w-]/.test(all[at + 1]) ? label : token) : piece))
          .join(""),
      text,
    );
  }

  async send() {
    const text = this.field.value.trim();
    if ((!text && this.tray.empty) || this.tray.busy) return;
    const kept = { text: this.field.value, picks: [...this.picks] };
    const asked = this.said(this.tokens(text));
    this.restore({ text: "", picks: [] });
    const settle = this.notices.settled();
    try {
      await this.app.live.ask(...asked);
      settle();
      if (asked[0] === "say") this.tray.clear();
    } catch (error) {
      if (!this.field.value) this.restore(kept);
      this.notices.add(error.message, this.channel);
    }
  }

  said(text) {
    const command = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(text);
    const place = { channel: this.channel, thread: this.thread };
    if (command && this.tray.empty) return ["command", { ...place, command: command[1], text: command[2] ?? "" }];
    return ["say", { ...place, text, files: this.tray.ids }];
  }
}

function commandEntry({ command, usage, description }) {
  return { label: command, title: command, insert: `${command} `, usage, more: description };
}
