/** Who is in a channel, and adding somebody. */

import { avatar } from "./avatars.js";
import { el, uid } from "./dom.js";
import { icon } from "./icons.js";
import { picker } from "./picker.js";
import { roleOf } from "./people.js";

export function showMembers(app, channel, ids) {
  const { store } = app;
  const title = uid("title");
  const name = store.called(channel);
  const people = ids.map((id) => store.person(id));
  const rows = people.map((person) =>
    el(
      "li",
      { class: "member" },
      avatar(person, "small"),
      el(
        "span",
        { class: "person-words" },
        el("span", { class: "person-name" }, person.name),
        el("span", { class: "person-title" }, person.is_bot ? "App" : roleOf(person)),
      ),
    ),
  );
  const shut = el(
    "button",
    { type: "button", class: "round", "aria-label": "Close dialog", on: { click: () => dialog.close() } },
    icon("close"),
  );
  const dialog = el(
    "dialog",
    { class: "modal", "aria-labelledby": title, "aria-modal": "true" },
    el(
      "form",
      { method: "dialog" },
      el("div", { class: "modal-head" }, el("h2", { class: "modal-title", id: title, tabindex: "-1" }, `Members of ${name}`), shut),
      el(
        "div",
        { class: "modal-body" },
        adding(app, channel, ids, () => dialog.close()),
        el("ul", { class: "members" }, rows),
      ),
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  dialog.querySelector("h2").focus();
}

function adding(app, channel, ids, done) {
  if (!["channel", "private"].includes(channel.kind) || channel.member === false) return null;
  const others = [...app.store.people.values(), app.store.person(app.store.app.id)].filter(
    (person) => person.id && !ids.includes(person.id) && person.kind !== "deactivated",
  );
  const unique = [...new Map(others.map((person) => [person.id, person])).values()];
  if (!unique.length) return null;
  const invite = async (user) => {
    await app.ask("invite", { channel: channel.id, user }, channel.id);
    done();
    app.show(channel.id);
  };
  const options = unique.map((person) => ({ value: person.id, label: person.name, description: person.title }));
  return el(
    "div",
    { class: "block" },
    picker({ options, placeholder: "Add somebody …", onChoose: invite, attributes: { "aria-label": "Add somebody" } }),
  );
}
