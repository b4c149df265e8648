/** Asks "are you sure?" with the words an element brings. */

import { el, uid } from "./dom.js";

export function confirmed(said) {
  const words = (text, otherwise) => text?.text ?? otherwise;
  const title = uid("title");
  const dialog = el(
    "dialog",
    { class: "modal small", "aria-labelledby": title },
    el(
      "form",
      { method: "dialog" },
      el("h2", { class: "modal-title", id: title }, words(said.title, "Are you sure?")),
      el("div", { class: "modal-body" }, el("p", {}, words(said.text, ""))),
      el(
        "div",
        { class: "modal-foot" },
        el("button", { class: "button", value: "no" }, words(said.deny, "Cancel")),
        el("button", { class: said.style === "danger" ? "button danger" : "button primary", value: "yes" }, words(said.confirm, "Yes")),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}
