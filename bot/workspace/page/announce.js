/** Says things to a screen reader. */

export function announce(text) {
  say(document.getElementById("announcer"), text);
}

export function alarm(text) {
  say(document.getElementById("alerter"), text);
}

function say(region, text) {
  const line = document.createElement("p");
  line.textContent = text.slice(0, 300);
  region.append(line);
  while (region.childElementCount > 4) region.firstElementChild.remove();
  setTimeout(() => line.remove(), 10000);
}
