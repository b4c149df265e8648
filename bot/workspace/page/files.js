/** Files: as they stand in a message, and on their way there. */

import { el } from "./dom.js";
import { icon } from "./icons.js";
import { ours } from "./links.js";

const SHOWN = ["image/png", "image/jpeg", "image/gif", "image/webp"];

// In the units of the limit: a megabyte is 2 to the 20 bytes.
export function size(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const kilobytes = Math.round(bytes / 1024);
  return kilobytes < 1024 ? `${kilobytes} kB` : `${Number((bytes / 2 ** 20).toFixed(1))} MB`;
}

export function fileCard(file) {
  const address = ours(file.url);
  if (SHOWN.includes(file.mimetype) && address) {
    const shown = el("img", { src: address, alt: file.name, loading: "lazy" });
    return el(
      "figure",
      { class: "file-image" },
      el("figcaption", {}, file.name),
      el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, shown),
    );
  }
  const words = [
    el("span", { class: "file-icon" }, icon("file")),
    el(
      "span",
      { class: "file-words" },
      el("span", { class: "file-name" }, file.name),
      el("span", { class: "file-more" }, kind(file), " · ", size(file.size ?? 0)),
    ),
  ];
  return address ? el("a", { class: "file-card", href: address, download: file.name }, words) : el("div", { class: "file-card" }, words);
}

function kind(file) {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(file.name)?.[1];
  return ending ? ending.toUpperCase() : file.mimetype || "File";
}

/** Send one file to the workspace: what it is known as there. */
async function upload(file) {
  const answer = await fetch(`upload?name=${encodeURIComponent(file.name || "pasted.png")}`, {
    method: "POST",
    body: file,
    headers: { "Content-Type": file.type || "application/octet-stream" },
  }).catch(() => null);
  if (!answer) throw new Error(`“${file.name}” could not be sent: no connection to the workspace.`);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok || !said.file) throw new Error(said.error ?? `“${file.name}” was not taken (${answer.status}).`);
  return said.file;
}

// Nobody may ask for a file before it is shared, so it is shown from here.
function preview(file) {
  const address = URL.createObjectURL(file);
  return el("img", { src: address, alt: "", on: { load: () => URL.revokeObjectURL(address) } });
}

/** What waits to be sent with a message, each with a way to take it off again. */
export class Tray {
  constructor(failed) {
    this.failed = failed;
    this.node = el("ul", { class: "tray", "aria-label": "Files to send", hidden: true });
    this.waiting = new Map();
  }

  get ids() {
    return [...this.waiting.values()].filter((file) => file).map((file) => file.id);
  }

  get busy() {
    return [...this.waiting.values()].includes(null);
  }

  get empty() {
    return this.waiting.size === 0;
  }

  async add(files) {
    await Promise.all([...files].map((file) => this.one(file)));
  }

  async one(file) {
    const state = el("span", { class: "file-more" }, "Sending …");
    const picture = el("span", { class: "file-icon" }, icon("file"));
    const off = el(
      "button",
      { type: "button", class: "round", "aria-label": `Take off ${file.name}`, on: { click: () => this.drop(chip) } },
      icon("close"),
    );
    const chip = el(
      "li",
      { class: "chip" },
      picture,
      el("span", { class: "file-words" }, el("span", { class: "file-name" }, file.name), state),
      off,
    );
    this.waiting.set(chip, null);
    this.node.append(chip);
    this.node.hidden = false;
    try {
      const kept = await upload(file);
      if (!this.waiting.has(chip)) return;
      this.waiting.set(chip, kept);
      state.textContent = size(file.size);
      if (SHOWN.includes(kept.mimetype)) picture.replaceChildren(preview(file));
    } catch (error) {
      this.drop(chip);
      this.failed(error.message);
    }
  }

  drop(chip) {
    this.waiting.delete(chip);
    chip.remove();
    this.node.hidden = this.empty;
  }

  clear() {
    for (const chip of [...this.waiting.keys()]) this.drop(chip);
  }
}

/** Files dropped anywhere on a place. */
export function dropZone(place, take) {
  let depth = 0;
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  const show = () => place.classList.toggle("dropping", depth > 0);
  place.addEventListener("dragenter", (event) => {
    if (!carries(event)) return;
    depth += 1;
    show();
  });
  place.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    show();
  });
  place.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  place.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    depth = 0;
    show();
    take(event.dataTransfer.files);
  });
}
