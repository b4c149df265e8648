/** Holds the page together: who is acting, what is open, and what news means for it. */

import { ClockBar } from "./clockbar.js";
import { Conversation } from "./conversation.js";
import { Drawer, Sidebar } from "./sidebar.js";
import { Live, OFFLINE } from "./live.js";
import { Modals } from "./modal.js";
import { Notices } from "./notices.js";
import { People } from "./people.js";
import { Store } from "./store.js";
import { Thread } from "./thread.js";
import { route, settle } from "./route.js";
import { setZone } from "./dates.js";

export class App {
  constructor(address) {
    this.live = new Live(address);
    this.store = new Store();
    this.notices = new Notices();
    this.drawer = new Drawer();
    this.clock = new ClockBar(this);
    this.people = new People(this);
    this.sidebar = new Sidebar(this);
    this.thread = new Thread(this);
    this.modals = new Modals(this);
    this.channel = null;
    this.here = null;
    this.main = document.getElementById("main");
    this.listen();
  }

  listen() {
    this.live.addEventListener("news", ({ detail }) => this.store.news(detail));
    this.live.addEventListener("status", ({ detail }) => detail.state === "open" && this.connected());
    window.addEventListener("hashchange", () => this.followAddress());
    const { store } = this;
    store.on("clock", () => setZone(store.clock));
    store.on("message", (said) => this.heard(said));
    store.on("changed", (said) => said.channel === this.channel && this.here.messages.put(said.message, { quiet: true }));
    store.on("deleted", (said) => said.channel === this.channel && this.here.messages.remove(said.ts));
    store.on("home", (said) => this.here?.home?.draw(said.view));
    store.on("late", (said) => said.view || this.notices.add(said.text, said.channel ?? null));
    store.on("channel", (said) => this.channelChanged(said.channel));
  }

  now() {
    return this.store.clock ? new Date(this.store.clock.now) : new Date();
  }

  /** Ask the workspace; what goes wrong is said above the composer, and the answer is then null. */
  async ask(what, more = {}, channel = null) {
    try {
      return await this.live.ask(what, more);
    } catch (error) {
      this.notices.add(error.message, channel);
      return null;
    }
  }

  connected() {
    for (const notices of [this.notices, this.thread.open?.notices]) notices?.clear(({ text }) => text === OFFLINE);
    this.become(route().user ?? this.store.me?.id ?? null);
  }

  async become(user) {
    const again = user === this.store.me?.id;
    const said = (await this.live.ask("become", { user }).catch(() => null)) ?? (user ? await this.ask("become", { user: null }) : null);
    if (!said) return;
    if (!again) this.leavePerson();
    const atApp = this.store.channels.get(this.channel)?.kind === "app";
    this.store.became(said);
    const wanted = this.channel ?? route().channel;
    const near = (atApp && this.store.channelsOf("app")[0]?.id) || this.firstChannel();
    await this.show(this.store.channels.has(wanted) ? wanted : near, true);
    if (again && this.thread.open) await this.thread.load();
  }

  leavePerson() {
    this.notices.clear();
    if (this.thread.open) this.thread.close();
  }

  firstChannel() {
    const { store } = this;
    const joined = store.channelsOf("channel", "private").filter((channel) => channel.member !== false);
    return (joined.find((channel) => channel.name === "jag") ?? joined[0] ?? store.channelsOf("app", "im", "channel")[0])?.id ?? null;
  }

  followAddress() {
    const { user, channel } = route();
    if (user && user !== this.store.me?.id) {
      this.channel = channel;
      this.become(user);
    } else if (channel && this.store.channels.has(channel)) {
      this.drawer.set(false);
      this.show(channel);
    }
  }

  async show(id, again = false) {
    const channel = this.store.channels.get(id);
    if (!channel || (id === this.channel && !again && this.here)) return;
    if (this.thread.open && this.thread.open.channel !== id) this.thread.close();
    const writing = document.activeElement === document.body || document.activeElement?.closest?.(".main, .channels");
    this.channel = id;
    settle(this.store.me?.id, id);
    this.here?.close();
    this.here = new Conversation(this, channel);
    this.main.replaceChildren(this.here.node);
    this.main.setAttribute("aria-label", this.store.called(channel));
    this.store.tell("opened");
    const loading = this.here.load();
    if (writing && !document.querySelector("dialog[open]")) this.focusComposer();
    await loading;
  }

  heard({ channel, message }) {
    if (channel === this.channel && this.here.holds(message)) this.here.messages.put(message);
  }

  channelChanged(channel) {
    if (channel.id !== this.channel) return;
    const joined = channel.member !== this.here.channel.member;
    this.here.channel = channel;
    if (joined) this.show(channel.id, true);
  }

  openThread(channel, ts, write = false) {
    return this.thread.show(channel, ts, write);
  }

  focusComposer() {
    if (matchMedia("(hover: hover)").matches && this.here?.composer.node.isConnected)
      this.here.composer.field.focus({ preventScroll: true });
  }
}
