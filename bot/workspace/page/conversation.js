/** A channel, a direct message or the app: its head, its messages, and where one writes. */

import { Composer } from "./composer.js";
import { Home } from "./home.js";
import { Messages } from "./messages.js";
import { avatar } from "./avatars.js";
import { el, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { roleOf } from "./people.js";
import { showMembers } from "./members.js";
import { tabs } from "./tabs.js";

const PAGE = 50;

export class Conversation {
  constructor(app, channel) {
    Object.assign(this, { app, channel, members: [] });
    const { store } = app;
    this.name = store.called(channel);
    this.messages = new Messages(app, {
      channel: channel.id,
      label: `Messages in ${this.name}`,
      fetchOlder: (ts) => app.live.ask("open", { channel: channel.id, before: ts, limit: PAGE }),
      opening: () => this.opening(),
    });
    this.composer = new Composer(app, { channel: channel.id, label: `Message ${this.name}` });
    this.write = el("div", { class: "write" }, app.notices.node, channel.member === false ? this.joining() : this.composer.node);
    this.count = el("span", {});
    this.node = el("div", { class: "conversation" });
    const talk = el("div", { class: "talk" }, this.messages.node, this.write);
    this.composer.drops(talk);
    app.notices.show(channel.id);
    if (channel.kind === "app") this.withTabs(talk);
    else this.node.append(this.head(null), talk);
  }

  withTabs(talk) {
    const { store } = this.app;
    this.home = new Home(this.app);
    this.tabs = tabs(
      `${this.name}`,
      [...(store.can.home === false ? [] : [["Home", this.home.node]]), ["Messages", talk]],
      this.app.tab ?? "Messages",
      (name) => this.showTab(name),
    );
    this.node.append(this.head(this.tabs.list), ...this.tabs.panes);
  }

  showTab(name) {
    this.app.tab = name;
    this.shown = name;
    if (name === "Home") this.home.load();
    // A notice stands where one looks: on the Home tab as well.
    if (name === "Home") this.home.wrong.append(this.app.notices.node);
    else this.write.prepend(this.app.notices.node);
    if (name === "Messages") this.messages.toLatest();
  }

  head(more) {
    const { channel } = this;
    const { store } = this.app;
    const person =
      channel.kind === "im" || channel.kind === "app" ? store.person(channel.kind === "app" ? store.app.id : channel.user) : null;
    const mark = person ? avatar(person, "small") : icon(channel.kind === "private" ? "lock" : "hash");
    const about = channel.topic || (channel.kind === "app" ? store.app.description : person ? roleOf(person) : "");
    const who = person
      ? null
      : el(
          "button",
          {
            type: "button",
            class: "button quiet members-button",
            on: { click: () => showMembers(this.app, store.channels.get(channel.id) ?? channel, this.members) },
          },
          icon("people"),
          this.count,
          unseen(" members"),
        );
    const title = el(
      "h1",
      { class: "place-name", tabindex: "-1" },
      mark,
      el("span", {}, store.channelName(channel)),
      channel.kind === "app" ? el("span", { class: "badge" }, "APP") : null,
    );
    return el(
      "div",
      { class: "pane-head" },
      this.app.drawer.button,
      el("div", { class: "place" }, title, about ? el("p", { class: "topic" }, about) : null),
      more,
      who,
    );
  }

  opening() {
    const { channel, name } = this;
    const words =
      channel.kind === "app"
        ? `This is the beginning of your messages with ${name}. Type / to see its commands, or just ask in your own words.`
        : channel.kind === "im"
          ? `This is the beginning of your messages with ${name}.`
          : `This is the beginning of ${name}. Type / to see what the app can do.`;
    return [el("p", { class: "beginning-name" }, name), el("p", {}, words)];
  }

  joining() {
    const join = async () => {
      if (await this.app.ask("join", { channel: this.channel.id }, this.channel.id)) this.app.show(this.channel.id, true);
    };
    return el(
      "div",
      { class: "join" },
      el("p", {}, `You are looking at ${this.name}.`),
      el("button", { type: "button", class: "button primary", on: { click: join } }, "Join channel"),
    );
  }

  async load() {
    const unread = this.channel.unread ?? 0;
    const said = await this.app.ask("open", { channel: this.channel.id, before: null, limit: PAGE }, this.channel.id);
    if (!said) return;
    this.members = said.members ?? [];
    this.count.textContent = String(this.members.length);
    const pinned = new Set(said.pinned ?? []);
    const messages = said.messages.map((message) => (pinned.has(message.ts) ? { ...message, pinned: true } : message));
    const drawing = this.messages.open(messages, said.more, unread);
    this.tabs?.begin();
    await drawing;
  }

  /** Whether a message stands in the channel itself, and not in a thread alone. */
  holds(message) {
    return !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast";
  }

  close() {
    this.messages.close();
  }
}
