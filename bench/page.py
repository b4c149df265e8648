"""What the workspace and its page add to the bot's own time, from a key to a paint, beside a bare page that does the same two hops."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from bench.asked import Watched, watched
from bench.bare import bare
from bench.browser import chromium, enter, opened
from bench.databases import Databases
from bench.measured import Measured, side_by_side
from bench.visitor import COMMAND, WHERE, WHO, WORDS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

QUESTION, ANSWER, TEXT = ".composer-field", ".message.ephemeral", ".answer"


def measure(databases: Databases) -> list[Measured]:
    """`/hotspots asb`, typed to drawn, less what the bot took."""
    with chromium() as browser:
        return [_added(browser, databases)] if browser else []


def _added(browser: Browser, databases: Databases) -> Measured:
    own: list[float] = []
    with watched(databases.scratch()) as (served, sockets):
        address = f"{served.page}#{WHO}/{WHERE}"
        sent, said = _said(browser, address)
        with bare(said) as other:
            page, plain = opened(browser, address), opened(browser, other)
            clocks = partial(_ours, page, sockets, own), partial(_bare, plain, sent)
            ours, theirs = side_by_side(*clocks, times=60, warm=5)
    note = f"beside the bot's own {sorted(own)[len(own) // 2] * 1e3:.0f} ms"
    return Measured("/hotspots asb in Chromium: what page and workspace add, typed to drawn ÷ a bare page", ours, theirs, 3, note=note)


def _ours(page: Page, sockets: Watched, own: list[float]) -> float:
    page.locator(QUESTION).fill(f"{COMMAND} {WORDS}")
    page.keyboard.press("Escape")  # the menu of commands takes the first Enter
    took = enter(page, ANSWER)
    own.append(sockets.took)
    return took - sockets.took


def _bare(page: Page, sent: str) -> float:
    page.locator("input").fill(sent)
    return enter(page, TEXT)


def _said(browser: Browser, address: str) -> tuple[str, str]:
    """The question and the answer as they go over the page's socket."""
    sent, heard = list[str](), list[str]()
    page = browser.new_page()

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", lambda text: sent.append(text))
        socket.on("framereceived", lambda text: heard.append(text))

    page.on("websocket", listen)
    page.goto(address)
    page.locator(QUESTION).fill(f"{COMMAND} {WORDS}")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.locator(ANSWER).wait_for()
    page.close()
    return next(each for each in sent if COMMAND in each), next(each for each in heard if '"ephemeral": true' in each)
