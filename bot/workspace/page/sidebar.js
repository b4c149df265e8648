/** Channels, the app and direct messages. */

import { address } from "./route.js";
import { avatar } from "./avatars.js";
import { el, uid, unseen } from "./dom.js";
import { icon } from "./icons.js";
import { menuButton } from "./menu.js";

export class Sidebar {
  constructor(app) {
    this.app = app;
    this.node = el("nav", { class: "channels", "aria-label": "Channels" });
    this.node.addEventListener("keydown", (event) => this.steer(event));
    for (const kind of ["became", "channel", "person", "opened"]) app.store.on(kind, () => this.draw());
  }

  draw() {
    const { store } = this.app;
    const held = document.activeElement?.closest?.(".channels") ? document.activeElement.getAttribute("href") : null;
    const groups = [
      ["Channels", store.channelsOf("channel", "private")],
      ["Apps", store.channelsOf("app")],
      ["Direct messages", store.channelsOf("im"), this.begin()],
    ];
    this.node.replaceChildren(...groups.filter(([, channels, more]) => channels.length || more).map((group) => this.group(...group)));
    if (held) this.node.querySelector(`[href="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
    const unread = [...store.channels.values()].reduce((sum, each) => sum + (each.id === this.app.channel ? 0 : each.unread || 0), 0);
    document.title = `${unread ? `(${unread}) ` : ""}${store.called(store.channels.get(this.app.channel)) || "Workspace"} – ${store.team.name || "local workspace"}`;
  }

  /** A way to write to somebody for the first time. */
  begin() {
    const { store } = this.app;
    const open = async (user) => {
      const said = await this.app.ask("open", { channel: user, before: null, limit: 1 });
      if (said) this.app.show(said.channel);
    };
    const others = [...store.people.values()].filter(
      (person) => !person.is_bot && person.kind !== "deactivated" && person.id !== store.me?.id,
    );
    return menuButton({ class: "group-more", "aria-label": "New direct message", title: "New direct message" }, icon("plus"), () =>
      others.map((person) => ({ label: person.name, description: person.title, run: () => open(person.id) })),
    );
  }

  group(name, channels, more = null) {
    const id = uid("group");
    return el(
      "section",
      { "aria-labelledby": id },
      el("div", { class: "group-head" }, el("h2", { class: "group-name", id }, name), more),
      el(
        "ul",
        {},
        channels.map((channel) => el("li", {}, this.link(channel))),
      ),
    );
  }

  link(channel) {
    const { store } = this.app;
    const here = channel.id === this.app.channel;
    const unread = here ? 0 : channel.unread;
    const away = channel.member === false ? " away" : "";
    return el(
      "a",
      {
        class: `channel${unread ? " unread" : ""}${away}`,
        href: address(store.me?.id, channel.id),
        "aria-current": here ? "page" : null,
      },
      this.mark(channel),
      el("span", { class: "channel-name" }, store.channelName(channel), unseen(this.spoken(channel, unread))),
      unread ? el("span", { class: "count" }, unread > 99 ? "99+" : String(unread)) : null,
      unread ? unseen(" unread") : null,
    );
  }

  /** What the eye sees otherwise: after the name, ", private" or the like. */
  spoken(channel, unread) {
    const kind = { private: "private", app: "app" }[channel.kind];
    const said = [kind, channel.member === false && "not joined"].filter(Boolean).map((each) => `, ${each}`);
    return said.join("") + (unread ? ", " : "");
  }

  mark(channel) {
    if (channel.kind === "channel") return icon("hash");
    if (channel.kind === "private") return icon("lock");
    return avatar(this.app.store.person(channel.kind === "app" ? this.app.store.app.id : channel.user), "tiny");
  }

  steer(event) {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const links = [...this.node.querySelectorAll("a")];
    links[links.indexOf(document.activeElement) + by]?.focus();
  }
}

/** On a narrow screen the sidebar is a drawer. */
export class Drawer {
  constructor() {
    this.side = document.getElementById("side");
    this.shade = document.getElementById("shade");
    this.narrow = matchMedia("(max-width: 760px)");
    this.button = el(
      "button",
      {
        type: "button",
        class: "round drawer-button",
        "aria-label": "Channels and people",
        "aria-expanded": "false",
        on: { click: () => this.set(!this.open) },
      },
      icon("menu"),
    );
    this.shade.addEventListener("click", () => this.set(false));
    this.side.addEventListener("keydown", (event) => event.key === "Escape" && this.open && this.set(false, true));
    this.narrow.addEventListener("change", () => this.set(false));
    this.set(false);
  }

  set(open, back = false) {
    this.open = open && this.narrow.matches;
    this.side.classList.toggle("open", this.open);
    this.side.inert = this.narrow.matches && !this.open;
    document.getElementById("main").inert = this.open;
    this.shade.hidden = !this.open;
    this.button.setAttribute("aria-expanded", String(this.open));
    if (this.open) this.side.querySelector("a[aria-current], a, button")?.focus();
    else if (back) this.button.focus();
  }
}
