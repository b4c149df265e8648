/** The Home tab of the app. */

import { Surface } from "./surface.js";
import { announce } from "./announce.js";
import { drawBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { keepFocus } from "./focus.js";

const PATIENCE = 3000; // milliseconds that the app has to draw its page

export class Home {
  constructor(app) {
    this.app = app;
    this.node = el("div", { class: "home", tabindex: "0", role: "region", "aria-label": `Home of ${app.store.app.name}` });
    this.page = el("div", { class: "home-page" });
    this.wrong = el("div", { class: "home-wrong" });
    this.node.append(this.wrong, this.page);
    this.surface = new Surface(app, { home: true }, (words) => app.notices.add(words));
    this.draw(null);
  }

  async load() {
    const said = await this.app.ask("home");
    if (!said) return;
    this.draw(said.view);
    if (!said.view) this.waiting = setTimeout(() => this.late(), PATIENCE);
  }

  draw(view) {
    clearTimeout(this.waiting);
    this.surface.state = view?.state?.values ?? {};
    if (view?.blocks?.length) keepFocus(this.page, () => this.page.replaceChildren(...drawBlocks(view.blocks, this.surface)));
    else this.say("Nothing is here yet. The app draws this page when you open it.");
  }

  late() {
    const words = `${this.app.store.app.name} has not answered. It draws this page once it does.`;
    this.say(words);
    if (this.node.offsetParent) announce(words);
  }

  say(words) {
    this.page.replaceChildren(el("p", { class: "calm" }, words));
  }
}
