/** The messages of a channel or a thread. However many there are, only a window of them is in the page. */

import { announce } from "./announce.js";
import { attachToolbar } from "./toolbar.js";
import { el, nextFrame } from "./dom.js";
import { icon } from "./icons.js";
import { inShort } from "./message.js";
import { drawEntry } from "./entry.js";
import { keepPlace, walk } from "./reading.js";

const PAGE = 50;
const MOST = 120;
const BUDGET = 3; // milliseconds of drawing in a frame; layout and paint take several times that
const NEAR = 1200;
const ABOVE = 18;
const TOGETHER = 1500; // milliseconds within which the messages of one answer come

export class Messages {
  /** `fetchOlder(ts)` gives {messages, more}; `inThread` draws no thread links. */
  constructor(app, { channel, label, fetchOlder = null, inThread = false, opening = null }) {
    Object.assign(this, {
      app,
      channel,
      fetchOlder,
      inThread,
      items: [],
      rows: new Map(),
      low: 0,
      high: 0,
      more: false,
      stuck: true,
      unseenCount: 0,
      drawn: 0,
      drawing: false,
      newFrom: null,
      answer: null,
      lastTop: 0,
      lastHeight: 0,
    });
    this.opening = opening;
    this.list = el("div", { class: "message-list" });
    this.log = el("div", { class: "log", role: "log", "aria-label": label, "aria-live": "off", tabindex: "0" }, this.list);
    this.jump = el(
      "button",
      { type: "button", class: "jump", hidden: true, on: { click: () => this.toLatest() } },
      icon("down"),
      el("span", {}, "Jump to the latest message"),
    );
    this.node = el("div", { class: "log-frame" }, this.log, this.jump);
    attachToolbar(app, this.list, { channel, inThread, find: (ts) => this.items.find((each) => each.ts === ts) });
    this.log.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.log.addEventListener("keydown", (event) => walk(event, this.log));
    // Heights settle late, as pictures load.
    this.sized = new ResizeObserver(() => this.stuck && (this.answering ? this.toAnswer() : this.toBottom()));
    this.sized.observe(this.list);
    this.sized.observe(this.log);
  }

  close() {
    this.drawn += 1;
    this.sized.disconnect();
  }

  async open(messages, more = false, unread = 0) {
    this.items = messages;
    this.more = more;
    this.newFrom = unread ? (messages.at(-Math.min(unread, messages.length))?.ts ?? null) : null;
    await this.drawLatest();
  }

  /** The newest first, the rest a few a frame, so that no frame takes long. */
  async drawLatest() {
    this.drawn += 1;
    const turn = this.drawn;
    this.drawing = true;
    this.rows.clear();
    this.list.replaceChildren();
    this.high = this.items.length;
    this.low = this.high;
    this.stuck = true;
    this.unseenCount = 0;
    this.showJump();
    const goal = Math.max(0, this.high - PAGE);
    do {
      this.reveal(goal);
      if (this.stuck) this.toBottom();
      await nextFrame();
    } while (turn === this.drawn && this.low > goal);
    if (turn !== this.drawn) return;
    this.drawing = false;
    this.scrolled();
  }

  /** Rows above those that are there, towards `goal`, as many as a frame has time for. */
  reveal(goal) {
    const rows = [];
    const end = performance.now() + BUDGET;
    let to = this.low;
    while (to > goal && (to === this.low || performance.now() < end)) rows.unshift(this.row((to -= 1)));
    this.list.prepend(...(to === 0 && !this.more && this.opening ? [el("div", { class: "beginning" }, this.opening())] : []), ...rows);
    const next = this.low;
    this.low = to;
    if (next < this.high && next > 0) this.redraw(next);
  }

  row(at) {
    const message = this.items[at];
    const oldest = at === 0 && !this.more;
    const entry = drawEntry(this.app, this.channel, message, this.items[at - 1], {
      first: message.ts === this.newFrom,
      oldest,
      inThread: this.inThread,
    });
    this.rows.set(message.ts, entry);
    return entry;
  }

  redraw(at) {
    const old = this.rows.get(this.items[at]?.ts);
    if (!old?.isConnected) return;
    const key = old.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
    const held = key !== undefined || old.contains(document.activeElement);
    const fresh = this.row(at);
    old.replaceWith(fresh);
    if (held)
      (fresh.querySelector(`[data-key="${CSS.escape(key ?? "")}"]`) ?? fresh.querySelector(".message")).focus({ preventScroll: true });
  }

  /** A new message, or one that has changed. */
  put(message, { quiet = false } = {}) {
    const at = this.items.findIndex((each) => each.ts === message.ts);
    if (at >= 0) {
      this.items[at] = message;
      this.keepPlace(() => this.redraw(at));
      return;
    }
    if (quiet) return;
    this.insert(message);
  }

  insert(message) {
    let at = this.items.length;
    while (at > 0 && Number.parseFloat(this.items[at - 1].ts) > Number.parseFloat(message.ts)) at -= 1;
    const whole = this.high === this.items.length;
    this.items.splice(at, 0, message);
    const mine = message.user === this.app.store.me?.id;
    announce(inShort(this.app, message));
    if (at < this.low) {
      this.low += 1;
      this.high += 1;
    } else if (whole || at < this.high) {
      this.high += 1;
      const after = this.rows.get(this.items[at + 1]?.ts);
      if (after?.isConnected) after.before(this.row(at));
      else this.list.append(this.row(at));
      if (at + 1 < this.high) this.redraw(at + 1);
    }
    if (mine) this.toLatest();
    else if (message.ephemeral && at === this.items.length - 1) this.answered(message.ts);
    else if (this.stuck) this.toBottom();
    else this.unseenCount += 1;
    this.showJump();
    this.trim("top");
  }

  remove(ts) {
    const at = this.items.findIndex((each) => each.ts === ts);
    if (at < 0) return;
    const row = this.rows.get(ts);
    const held = row?.contains(document.activeElement);
    const beside = row?.previousElementSibling ?? row?.nextElementSibling;
    row?.remove();
    this.rows.delete(ts);
    this.items.splice(at, 1);
    if (at < this.low) this.low -= 1;
    if (at < this.high) this.high -= 1;
    if (at >= this.low && at < this.high) this.redraw(at);
    if (held) (beside?.querySelector(".message") ?? this.log).focus({ preventScroll: true });
  }

  keepPlace(change) {
    if (this.stuck) {
      change();
      this.toBottom();
    } else keepPlace(this.log, this.list, (ts) => this.rows.get(ts), change);
  }

  scrolled() {
    const { scrollTop, clientHeight, scrollHeight } = this.log;
    const below = scrollHeight - clientHeight - scrollTop;
    // What grows at the end is not somebody scrolling away from it.
    const up = scrollTop < this.lastTop - 1 && scrollHeight >= this.lastHeight;
    if (below < 30 && this.high === this.items.length) this.stuck = true;
    else if (up) this.stuck = false;
    this.lastTop = scrollTop;
    this.lastHeight = scrollHeight;
    if (this.stuck) this.unseenCount = 0;
    this.showJump();
    if (scrollTop < NEAR) this.older();
    if (below < NEAR && this.high < this.items.length) this.newer();
  }

  async older() {
    if (this.busy || this.drawing || (this.low === 0 && !this.more)) return;
    this.busy = true;
    try {
      if (this.low === 0) await this.fetch();
      const goal = Math.max(0, this.low - PAGE);
      const turn = this.drawn;
      while (turn === this.drawn && this.low > goal) {
        this.keepPlace(() => this.reveal(goal));
        await nextFrame();
      }
      if (turn === this.drawn) this.trim("bottom");
    } finally {
      this.busy = false;
    }
  }

  async fetch() {
    const { messages, more } = await this.fetchOlder(this.items[0].ts).catch(() => ({ messages: [], more: false }));
    const known = new Set(this.items.map((each) => each.ts));
    const fresh = messages.filter((each) => !known.has(each.ts));
    this.items = [...fresh, ...this.items];
    this.low += fresh.length;
    this.high += fresh.length;
    this.more = more;
  }

  newer() {
    const end = performance.now() + BUDGET;
    for (; this.high < this.items.length && performance.now() < end; this.high += 1) this.list.append(this.row(this.high));
    this.keepPlace(() => this.trim("top"));
  }

  trim(side) {
    if (this.high - this.low <= MOST) return;
    if (side === "bottom") while (this.high - this.low > MOST) this.drop((this.high -= 1));
    else if (this.stuck || this.log.scrollTop > NEAR * 2) {
      this.list.querySelector(".beginning")?.remove();
      while (this.high - this.low > MOST) this.drop((this.low += 1) - 1);
    }
  }

  drop(at) {
    const { ts } = this.items[at];
    this.rows.get(ts)?.remove();
    this.rows.delete(ts);
  }

  toBottom() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  get answering() {
    const { answer, app } = this;
    return answer !== null && performance.now() - answer.at < TOGETHER && answer.at > app.live.lastAsked;
  }

  /** What comes close together after one question is one answer, which begins with the first of it. */
  answered(ts) {
    this.answer = { ts: this.answering ? this.answer.ts : ts, at: performance.now() };
    this.toAnswer();
  }

  /** An answer is read from its beginning, also when it is longer than the page is high. */
  toAnswer() {
    const { answer } = this;
    this.toLatest();
    this.answer = answer;
    const row = this.rows.get(answer.ts);
    if (!row?.isConnected) return;
    const { top } = row.getBoundingClientRect();
    if (this.list.getBoundingClientRect().bottom - top <= this.log.clientHeight) return;
    this.stuck = false;
    this.log.scrollTop += top - this.log.getBoundingClientRect().top - ABOVE;
    this.showJump();
  }

  toLatest() {
    if (this.high < this.items.length) this.drawLatest();
    this.answer = null;
    this.stuck = true;
    this.unseenCount = 0;
    this.toBottom();
    this.showJump();
  }

  showJump() {
    this.jump.hidden = this.stuck || this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop < 300;
    const fresh = this.unseenCount ? ` (${this.unseenCount} new)` : "";
    this.jump.lastElementChild.textContent = `Jump to the latest message${fresh}`;
  }
}
