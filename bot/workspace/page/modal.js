/** The app's modals: a stack, the topmost on show. What was typed is kept when a view is drawn again. */

import { Surface } from "./surface.js";
import { alarm } from "./announce.js";
import { drawBlock } from "./blocks.js";
import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { keepFocus } from "./focus.js";
import { plain } from "./mrkdwn.js";

export class Modals {
  constructor(app) {
    this.app = app;
    this.stack = [];
    this.back = null;
    app.store.on("views", () => this.follow(app.store.views));
    app.store.on("late", (said) => said.view && this.stack.find((modal) => modal.view.id === said.view)?.fail(said.text));
  }

  /** Make what is on show the same as the stack that the workspace tells of. */
  follow(views) {
    if (!this.stack.length && views.length) this.back = document.activeElement;
    const wanted = new Set(views.map((view) => view.id));
    for (const modal of this.stack.filter((each) => !wanted.has(each.view.id))) modal.leave();
    this.stack = views.map((view, depth) => {
      const known = this.stack.find((modal) => modal.view.id === view.id) ?? new Modal(this.app, view, depth);
      known.show(view, depth === views.length - 1);
      return known;
    });
    if (!views.length && this.back) {
      if (this.back.isConnected && this.back !== document.body) this.back.focus();
      else this.app.focusComposer();
      this.back = null;
    }
  }
}

class Modal {
  constructor(app, view, depth) {
    Object.assign(this, { app, view, depth, blocks: new Map(), said: "" });
    const title = uid("title");
    this.title = el("h2", { class: "modal-title", id: title, tabindex: "-1" });
    this.failure = el("div", { class: "modal-wrong", role: "alert", hidden: true });
    this.body = el("div", { class: "modal-body" });
    this.foot = el("div", { class: "modal-foot" });
    const back = depth
      ? el("button", { type: "button", class: "round", "aria-label": "Back", on: { click: () => this.close(false) } }, icon("back"))
      : null;
    const shut = el(
      "button",
      { type: "button", class: "round", "aria-label": "Close dialog", on: { click: () => this.close(true) } },
      icon("close"),
    );
    const mark = el("img", { class: "modal-mark", src: "icon.svg", alt: "", width: 24, height: 24 });
    this.form = el(
      "form",
      { novalidate: true },
      el("div", { class: "modal-head" }, back, mark, this.title, shut),
      this.failure,
      this.body,
      this.foot,
    );
    this.dialog = el("dialog", { class: "modal", "aria-labelledby": title, "aria-modal": "true" }, this.form);
    this.surface = new Surface(app, { view: view.id }, (words) => this.fail(words));
    this.listen();
  }

  listen() {
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(false);
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
  }

  show(view, top) {
    const fresh = !this.dialog.isConnected;
    const said = JSON.stringify([view.title, view.submit, view.close, view.blocks, view.errors]);
    if (said !== this.said) this.draw(view, said);
    this.view = view;
    this.dialog.classList.toggle("under", !top);
    if (!fresh) return;
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.begin();
  }

  draw(view, said) {
    const same = this.said !== "";
    this.said = said;
    this.view = view;
    this.surface.state = view.state?.values ?? {};
    this.surface.keepOnly(view.blocks);
    this.title.textContent = plain(view.title?.text ?? "");
    this.failure.hidden = true;
    keepFocus(this.dialog, () => {
      this.body.replaceChildren(...this.drawn(view.blocks, view.errors ?? {}));
      this.foot.replaceChildren(...this.buttons(view));
    });
    this.busy(false);
    if (view.errors && Object.keys(view.errors).length) this.firstWrong();
    else if (same && this.dialog.open && (document.activeElement === this.title || !this.dialog.contains(document.activeElement)))
      this.begin();
  }

  /** Blocks that have not changed keep their nodes, and so the caret and what is typed. */
  drawn(blocks, errors) {
    const drawing = { surface: this.surface, errors, heading: "h3", files: [], title: "" };
    const kept = new Map();
    const nodes = blocks.map((block, at) => {
      const key = JSON.stringify([block.block_id ?? at, block, errors[block.block_id] ?? ""]);
      const node = this.blocks.get(key) ?? drawBlock(block, drawing);
      kept.set(key, node);
      return node;
    });
    this.blocks = kept;
    return nodes;
  }

  buttons({ close, submit }) {
    const away = el(
      "button",
      { type: "button", class: "button", on: { click: () => this.close(false) } },
      plain(close?.text ?? (submit ? "Cancel" : "Close")),
    );
    this.send = submit ? el("button", { type: "submit", class: "button primary" }, plain(submit.text)) : null;
    return [away, this.send].filter(Boolean);
  }

  begin() {
    const first = this.body.querySelector("[autofocus]") ?? this.body.querySelector("input, textarea, select") ?? this.title;
    first.focus();
  }

  async submit() {
    if (!this.send || this.form.getAttribute("aria-busy") === "true") return;
    const missing = this.missing();
    if (Object.keys(missing).length) {
      this.mark(missing);
      return;
    }
    this.failure.hidden = true;
    this.busy(true);
    try {
      const said = await this.app.live.ask("submit", { view: this.view.id, state: this.surface.said() });
      if (said.errors) this.mark(said.errors);
    } catch (error) {
      this.fail(error.message);
    }
    this.busy(false);
  }

  missing() {
    const said = this.surface.said();
    const empty = (value) => value === null || value === undefined || value === "" || value.length === 0;
    const inputs = this.view.blocks.filter((block) => block.type === "input" && !block.optional);
    return Object.fromEntries(
      inputs
        .filter((block) => empty(said[block.block_id]?.[block.element.action_id]))
        .map((block) => [block.block_id, "Please complete this required field."]),
    );
  }

  mark(errors) {
    this.body.replaceChildren(...this.drawn(this.view.blocks, errors));
    this.said = "";
    this.firstWrong();
  }

  firstWrong() {
    const first = this.body.querySelector(".wrong")?.closest(".block");
    first?.querySelector("input, textarea")?.focus();
    alarm([...this.body.querySelectorAll(".wrong")].map((each) => each.textContent).join(" "));
  }

  fail(words) {
    this.busy(false);
    this.failure.replaceChildren(icon("alert"), el("span", {}, words));
    this.failure.hidden = false;
    this.failure.scrollIntoView({ block: "nearest" });
  }

  busy(on) {
    this.form.setAttribute("aria-busy", String(on));
    this.send?.toggleAttribute("disabled", false);
    this.send?.setAttribute("aria-disabled", String(on));
  }

  async close(all) {
    await this.app.live.ask("close", { view: this.view.id, all }).catch((error) => this.fail(error.message));
  }

  leave() {
    this.dialog.close();
    this.dialog.remove();
  }
}
