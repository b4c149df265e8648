/** Something that opens beside its anchor, above everything else, and closes on Escape or a press elsewhere. */

const GAP = 4;
const EDGE = 8;

export function openPopup(anchor, popup, { onClose = () => {}, above = false, wide = false } = {}) {
  popup.popover = "manual";
  // In the anchor's own part of the page: a modal dialog makes all inert that is outside of it.
  (anchor.closest("dialog, nav, main, aside, header, section") ?? document.body).append(popup);
  popup.showPopover();
  place(anchor, popup, above, wide);
  const close = () => {
    if (!popup.isConnected) return;
    popup.remove();
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    document.removeEventListener("scroll", scrolled, true);
    onClose();
  };
  const outside = (event) => {
    if (!popup.contains(event.target) && !anchor.contains(event.target)) close();
  };
  const scrolled = (event) => {
    if (!popup.contains(event.target) && event.target.contains?.(anchor)) place(anchor, popup, above, wide);
  };
  document.addEventListener("pointerdown", outside, true);
  document.addEventListener("scroll", scrolled, true);
  window.addEventListener("resize", close);
  return { close, place: () => place(anchor, popup, above, wide) };
}

function place(anchor, popup, above, wide) {
  const box = anchor.getBoundingClientRect();
  if (wide) popup.style.width = `${box.width}px`;
  const { width, height } = popup.getBoundingClientRect();
  const below = box.bottom + GAP;
  const over = box.top - GAP - height;
  const wanted = above || below + height > innerHeight - EDGE ? over : below;
  popup.style.left = `${Math.max(EDGE, Math.min(box.left, innerWidth - width - EDGE))}px`;
  popup.style.top = `${Math.max(EDGE, Math.min(wanted < EDGE ? below : wanted, innerHeight - height - EDGE))}px`;
}
