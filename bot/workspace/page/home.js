/** The Home tab of the app. */

import { Surface } from "./surface.js";
import { drawBlocks } from "./blocks.js";
import { el } from "./dom.js";
import { keepFocus } from "./focus.js";

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
    if (said) this.draw(said.view);
  }

  draw(view) {
    this.surface.state = view?.state?.values ?? {};
    const blocks = view?.blocks?.length
      ? drawBlocks(view.blocks, this.surface)
      : [el("p", { class: "calm" }, "Nothing is here yet. The app draws this page when you open it.")];
    keepFocus(this.page, () => this.page.replaceChildren(...blocks));
  }
}
