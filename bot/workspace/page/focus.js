/** Keeps the keyboard where it was while a place is drawn again. */

export function keepFocus(place, draw) {
  const on = place.contains(document.activeElement) ? document.activeElement : null;
  const key = on?.dataset.key;
  const at = on && "selectionStart" in on ? [on.selectionStart, on.selectionEnd] : null;
  draw();
  if (!on || on.isConnected) {
    if (on && document.activeElement !== on) on.focus({ preventScroll: true });
    return;
  }
  const again = key && place.querySelector(`[data-key="${CSS.escape(key)}"]`);
  (again || place.closest("[tabindex]"))?.focus({ preventScroll: true });
  if (again && at?.[0] !== null && at && again.setSelectionRange && again.type !== "date") again.setSelectionRange(...at);
}
