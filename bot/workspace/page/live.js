/** The one WebSocket: questions with their answers, news as it comes, and a new connection when it is lost. */

const FIRST_WAIT = 400;
const LONGEST_WAIT = 5000;

const LOST = "The connection to the workspace was lost before the answer came. Look whether it was done before you try again.";
export const OFFLINE = "Not connected to the workspace. Nothing was sent; try again in a moment.";

export class Live extends EventTarget {
  constructor(address) {
    super();
    this.address = address;
    this.asked = new Map();
    this.number = 0;
    this.lastAsked = 0;
    this.wait = FIRST_WAIT;
    this.socket = null;
  }

  connect() {
    this.tell("status", { state: "connecting" });
    this.socket = new WebSocket(this.address);
    this.socket.addEventListener("open", () => this.opened());
    this.socket.addEventListener("message", (event) => this.heard(JSON.parse(event.data)));
    this.socket.addEventListener("close", () => this.closed());
  }

  get connected() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** The answer to one question; rejects with words that a person can read. */
  ask(what, more = {}) {
    if (!this.connected) return Promise.reject(new Error(OFFLINE));
    this.number += 1;
    this.lastAsked = performance.now();
    const n = this.number;
    return new Promise((resolve, reject) => {
      this.asked.set(n, { resolve, reject });
      this.socket.send(JSON.stringify({ ...more, n, do: what }));
    });
  }

  opened() {
    this.wait = FIRST_WAIT;
    this.tell("status", { state: "open" });
  }

  heard(said) {
    if (said.n === undefined) {
      this.tell("news", said);
      return;
    }
    const waiting = this.asked.get(said.n);
    this.asked.delete(said.n);
    if (said.ok === false) waiting?.reject(new Error(said.error || "That did not work."));
    else waiting?.resolve(said);
  }

  closed() {
    for (const { reject } of this.asked.values()) reject(new Error(LOST));
    this.asked.clear();
    this.tell("status", { state: "lost" });
    setTimeout(() => this.connect(), this.wait);
    this.wait = Math.min(this.wait * 1.7, LONGEST_WAIT);
  }

  tell(kind, detail) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
