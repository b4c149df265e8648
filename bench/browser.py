"""A real Chromium, which measures itself: no clock of ours stands between a key and what is drawn."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
DESK = {"width": 1280, "height": 800}
TIMING = """
window.timing = (selector) => {
  const there = document.querySelectorAll(selector).length;
  const pressed = new Promise((resolve) =>
    addEventListener("keydown", () => resolve(performance.now()), { capture: true, once: true }));
  const drawn = new Promise((resolve) => {
    const painted = () => {
      const { port1, port2 } = new MessageChannel();  // heard after the frame that is under way is laid out and painted
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    };
    const watching = new MutationObserver(() => {
      if (document.querySelectorAll(selector).length <= there) return;
      watching.disconnect();
      requestAnimationFrame(painted);
    });
    watching.observe(document.body, { childList: true, subtree: true });
  });
  window.took = Promise.all([pressed, drawn]).then(([from, to]) => to - from);
};
"""


@contextmanager
def chromium() -> Iterator[Browser | None]:
    """A running Chromium; None, and a line that says so, where there is none."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        print("There is no Chromium here, so the page is not measured: install the package chromium.", file=sys.stderr)
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])])
        try:
            yield browser
        finally:
            browser.close()


def opened(browser: Browser, address: str, script: str = TIMING) -> Page:
    """A page at an address, in a window of its own, with a script that runs before its own."""
    page = browser.new_context(viewport=DESK).new_page()
    page.add_init_script(script)
    page.goto(address)
    return page


def enter(page: Page, selector: str) -> float:
    """Seconds from Enter, pressed in what has the focus, to the paint in which one more element of this kind stands."""
    page.evaluate("selector => new Promise(requestAnimationFrame).then(() => timing(selector))", selector)
    page.keyboard.press("Enter")
    took: Any = page.evaluate("took")
    return float(took) / 1e3
