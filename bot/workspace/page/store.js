/** What the page knows: who I am, people, channels, the app and the clock. Others listen to what changes in it. */

const EMPTY = { me: null, app: { id: "", name: "" }, commands: [], shortcuts: [], can: {}, clock: null, team: { name: "" }, views: [] };

export class Store {
  constructor() {
    Object.assign(this, EMPTY, { people: new Map(), channels: new Map(), heard: new Map() });
  }

  on(kind, listener) {
    this.heard.set(kind, [...(this.heard.get(kind) ?? []), listener]);
  }

  tell(kind, detail) {
    for (const listener of this.heard.get(kind) ?? []) listener(detail);
  }

  /** All of it, as the answer to `become` says. */
  became(said) {
    for (const name of Object.keys(EMPTY)) this[name] = said[name] ?? EMPTY[name];
    this.people = new Map(said.people.map((person) => [person.id, person]));
    this.channels = new Map(said.channels.map((channel) => [channel.id, channel]));
    this.tell("became");
    this.tell("clock");
    this.tell("views");
  }

  news(said) {
    if (said.news === "channel") this.channels.set(said.channel.id, said.channel);
    if (said.news === "person") this.people.set(said.person.id, said.person);
    if (said.news === "clock") this.clock = said.clock;
    if (said.news === "views") this.views = said.views;
    this.tell(said.news, said);
  }

  person(id) {
    if (id && id === this.app.id)
      return { kind: "app", title: "", initials: "jb", colour: 0, ...this.people.get(id), ...this.app, is_bot: true };
    return this.people.get(id) ?? { id, name: id ? "Somebody" : "Workspace", title: "", initials: "?", colour: 11, kind: "member" };
  }

  channelName(channel) {
    if (!channel) return "";
    if (channel.kind === "app") return this.app.name || "App";
    if (channel.kind === "im") return this.person(channel.user).name;
    return channel.name;
  }

  /** As it is written in a sentence: #jag, or somebody's name. */
  called(channel) {
    const name = this.channelName(channel);
    return channel?.kind === "channel" || channel?.kind === "private" ? `#${name}` : name;
  }

  channelsOf(...kinds) {
    const some = [...this.channels.values()].filter((channel) => kinds.includes(channel.kind));
    return some.sort((a, b) => this.channelName(a).localeCompare(this.channelName(b)));
  }
}
