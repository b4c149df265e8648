/** Light or dark: as the system says, until somebody says otherwise. */

import { el } from "./dom.js";
import { icon } from "./icons.js";

const KEY = "workspace-theme";
const dark = matchMedia("(prefers-color-scheme: dark)");

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function keep(theme) {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows what was asked for.
  }
}

export function themeButton() {
  const button = el("button", { type: "button", class: "round top-tool" });
  let theme = kept();
  const show = () => {
    const now = theme ?? (dark.matches ? "dark" : "light");
    document.documentElement.dataset.theme = now;
    button.replaceChildren(icon(now === "dark" ? "sun" : "moon"));
    button.setAttribute("aria-label", now === "dark" ? "Light mode" : "Dark mode");
    button.title = button.getAttribute("aria-label");
  };
  button.addEventListener("click", () => {
    theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    keep(theme);
    show();
  });
  dark.addEventListener("change", show);
  show();
  return button;
}
