"""A real Chromium, and the workspace's page in it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright
from tools import missing

AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
PATIENCE = 60_000  # milliseconds before a test gives up waiting
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A running Chromium."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None:
        missing("there is no Chromium here: install the package chromium")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=[*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])])
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Tab:
    """One page of the workspace, in which somebody acts; `heard` is what its console said, `asked` the addresses it went to."""

    page: Page
    address: str
    heard: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def open(self) -> Tab:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: self.heard.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.goto(self.address)
        expect(self.composer).to_be_visible()
        return self

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("combobox", name=re.compile("^Message")).or_(
            self.page.get_by_role("textbox", name=re.compile("^Message"))
        )

    def act_as(self, handle: str) -> None:
        self.page.get_by_role("button", name=re.compile(rf"^Act as {handle}\b(?!-)")).click()
        expect(self.page.get_by_role("region", name="Act as")).to_contain_text(re.compile(rf"You are acting as\s*{handle}"))

    def go(self, name: str) -> None:
        """To a channel, or to the app."""
        self.page.get_by_role("navigation", name="Channels").get_by_role("link", name=re.compile(rf"^#?{name}( ?,|$)")).click()

    def type(self, words: str) -> None:
        """Type something and send it."""
        self.composer.fill(words)
        self.composer.press("Escape")
        self.composer.press("Enter")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log").first

    def press(self, name: str) -> None:
        """The last button of this name in the messages."""
        self.log.get_by_role("button", name=name, exact=True).last.click()

    def says(self, words: str) -> None:
        expect(self.log.get_by_text(words).last).to_be_visible()

    def bring(self, words: str) -> None:
        """Scroll to a message; where it is drawn anew meanwhile, once more."""
        for _ in range(5):
            try:
                return self.log.get_by_text(words).last.scroll_into_view_if_needed()
            except Error as error:
                if "not attached" not in str(error):
                    raise
        raise AssertionError(f"it never stands still: {words}")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")


SETTLED = """() => Promise.allSettled(
    document.getAnimations().filter((each) => each.effect.getComputedTiming().endTime < Infinity).map((each) => each.finished))"""


def faults_found(page: Page, axe: str) -> list[Any]:
    """What axe-core finds wrong with the page as it stands: (rule, what it is about)."""
    page.evaluate(axe)
    page.evaluate(SETTLED)  # what fades in is read once it is there
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", tags)
    return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found["violations"]]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        missing("axe-core is not here: npm install --prefix tests/node")
    return AXE.read_text(encoding="utf-8")


def opened(browser: Browser, address: str, **how: Any) -> Iterator[Tab]:
    """A tab on a page, in a context of its own (`how`: its size, its scheme …)."""
    context = browser.new_context(**how)
    yield Tab(context.new_page(), address).open()
    context.close()
