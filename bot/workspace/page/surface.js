/** Where blocks stand (a message, a modal, the Home tab): keeps what is typed in them and tells the app what is pressed. */

export class Surface {
  /** `where` as the protocol has it: {channel, ts}, {view} or {home: true}. `failed(words)` shows what went wrong. */
  constructor(app, where, failed) {
    this.app = app;
    this.store = app.store;
    this.where = where;
    this.failed = failed;
    this.values = new Map();
    this.touched = new Set();
    this.state = {};
  }

  key(block, action) {
    return `${block}\u0000${action}`;
  }

  put(block, action, value, typed) {
    this.values.set(this.key(block, action), { block, action, value });
    if (typed) this.touched.add(this.key(block, action));
  }

  /** What somebody typed here before the blocks were drawn again. */
  kept(block, action) {
    const key = this.key(block, action);
    return this.touched.has(key) ? this.values.get(key)?.value : undefined;
  }

  held(block, action) {
    return this.state[block]?.[action];
  }

  said() {
    const state = {};
    for (const { block, action, value } of this.values.values()) (state[block] ??= {})[action] = value;
    return state;
  }

  /** Forget the fields that a new set of blocks no longer has. */
  keepOnly(blocks) {
    const within = (block) => [block.element, block.accessory, ...(block.elements ?? [])].filter(Boolean);
    const there = new Set(blocks.flatMap((block) => within(block).map((element) => this.key(block.block_id, element.action_id))));
    for (const key of [...this.values.keys()]) if (!there.has(key)) this.forget(key);
  }

  forget(key) {
    this.values.delete(key);
    this.touched.delete(key);
  }

  async act(block, element, value) {
    const settle = this.app.notices.settled();
    try {
      await this.app.live.ask("act", { in: this.where, block_id: block.block_id, action_id: element.action_id, value, state: this.said() });
      settle();
    } catch (error) {
      this.failed(error.message);
    }
  }
}
