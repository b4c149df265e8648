/** F6 goes from part to part of the page, Shift+F6 back. */

const PARTS = [
  "#top",
  ".channels",
  ".act-as",
  ".main .log, .main .home",
  ".main .composer-field",
  ".thread .log",
  ".thread .composer-field",
];
const FOCUSABLE = "a[href], button, input, textarea, [tabindex='0']";

export function movesBetweenParts() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F6" || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    const parts = PARTS.map((each) =>
      [...document.querySelectorAll(each)].find((node) => node.checkVisibility() && !node.closest("[inert]")),
    ).filter(Boolean);
    const at = parts.findIndex((part) => part.contains(document.activeElement));
    const next = parts.at((at + (event.shiftKey ? -1 : 1) + (at < 0 && event.shiftKey ? 1 : 0)) % parts.length);
    (next.matches(FOCUSABLE)
      ? next
      : (next.querySelector("[aria-current], [aria-pressed=true]") ?? next.querySelector(FOCUSABLE))
    )?.focus();
  });
}

export function skipLinks(place, goals) {
  place.append(
    ...goals.map(([label, go]) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = label;
      button.addEventListener("click", go);
      return button;
    }),
  );
}
