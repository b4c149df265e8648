"""A channel of a thousand messages: opened, scrolled to its top and back; the longest task on the page's main thread meanwhile."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.asked import watched
from bench.browser import chromium, opened
from bench.databases import Databases
from bench.measured import Measured
from bench.visitor import WHERE, WHO
from bot.asking import Asked, ask
from bot.blockkit import draw
from bot.demo.clock import BEGINS
from bot.workspace.core import BOT, BOT_ID, Workspace
from models.partnership import Partnership
from models.people import Person
from models.store import Store

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHANNEL, MESSAGES, LONGEST = "CGENERAL", 1_000, 0.1
ASKED = (
    "/hotspots asb",
    "/figures trend burglary",
    "/priority asb",
    "/action list",
    "/figures rank asb",
    "/figures compare asb Highfield and Grovehill",
    "/jag",
)
SPOKEN = (
    "Can somebody look at the gate by the *underpass* before Friday? It has been _open_ since the weekend.",
    "Done: <@UHOUSINGOFFICER> has written to all residents of the block, and the letter is in the shared folder.",
    "> three visits, two referrals\nThat is all for this week.\n• the bus station\n• Gadebridge Park\n• the youth centre `at night`",
    "Thanks.",
)
APART = timedelta(minutes=7)
STEP, TURNS = 1_200, 1_000  # pixels of one turn of the wheel, and how many of them are enough
WATCHING = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((each) => each.duration)))
  .observe({ type: "longtask", buffered: true });
"""
STANDING = """
new Promise(requestAnimationFrame).then(() => {
  const log = document.querySelector(".log");
  const below = log.scrollHeight - log.clientHeight - log.scrollTop;
  return { beginning: log.scrollTop === 0 && !!log.querySelector(".beginning"), end: below < 2 && document.querySelector(".jump").hidden };
})
"""


def measure(databases: Databases) -> list[Measured]:
    """The longest task as the page is told of it; and in another pass, traced, the most that one took of the processor."""
    with chromium() as browser:
        if browser is None:
            return []
        with watched(databases.scratch(), _talk) as (served, _):
            address = f"{served.page}#{WHO}/{WHERE}"
            seen = [_seen(browser, address) for _ in range(3)]
            wall, processor = _traced(browser, address)
    note = f"the median of {_said(seen)}; traced {wall * 1e3:.0f} ms, and at most {processor * 1e3:.0f} ms on the processor"
    name = f"A channel of {MESSAGES:,} messages opens and scrolls to its top and back: longest task, against {LONGEST * 1e3:g} ms"
    return [Measured.limit(name, median(seen), LONGEST, "ms", note)]


def _said(seconds: list[float]) -> str:
    return ", ".join(f"{each * 1e3:.0f}" for each in seconds) + " ms"


def _seen(browser: Browser, address: str) -> float:
    """Seconds of the longest task that the page itself was told of; those under 50 ms it is not."""
    page = opened(browser, address, WATCHING)
    _ready(page)
    page.evaluate("tasks.length = 0")
    _through(page)
    tasks: list[float] = page.evaluate("tasks")
    page.context.close()
    return max(tasks, default=50) / 1e3


def _traced(browser: Browser, address: str) -> tuple[float, float]:
    """(wall, processor) seconds: the most that any task on the page's main thread took of each."""
    page = opened(browser, address)
    _ready(page)
    browser.start_tracing(page=page, categories=["toplevel", "disabled-by-default-devtools.timeline"])
    _through(page)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    page.context.close()
    named = [each for each in events if each["name"] == "thread_name"]
    main = {(each["pid"], each["tid"]) for each in named if each["args"]["name"] == "CrRendererMain"}
    tasks = [each for each in events if each["name"].endswith("RunTask") and (each["pid"], each["tid"]) in main and "tdur" in each]
    return max(each["dur"] for each in tasks) / 1e6, max(each["tdur"] for each in tasks) / 1e6


def _ready(page: Page) -> None:
    """Another channel is open, and all is quiet."""
    page.locator(".message").last.wait_for()
    page.wait_for_timeout(500)


def _through(page: Page) -> None:
    """Open the channel; up to its beginning, turn by turn of the wheel, and down to its end again."""
    page.locator(f"nav a[href$='{CHANNEL}']").click()
    page.locator(".log[aria-label$='#general'] .message").last.wait_for()
    page.mouse.move(700, 400)
    for way, there in ((-STEP, "beginning"), (STEP, "end")):
        for _ in range(TURNS):
            page.mouse.wheel(0, way)
            if page.evaluate(STANDING)[there]:
                break
        else:
            raise TimeoutError(f"the {there} of the channel never came")


def _talk(store: Store, partnership: Partnership, workspace: Workspace) -> None:
    """A channel in which the bot's answers are shared, and people speak between them, some minutes apart."""
    people = [each["id"] for each in workspace.state.all("person") if each["id"] != BOT]
    shared, spoken, who = itertools.cycle(_drawn(store, partnership)), itertools.cycle(SPOKEN), itertools.cycle(people)
    clock, at = workspace.clock, BEGINS
    for number in range(MESSAGES):
        at += APART
        workspace.clock = lambda at=at: at  # type: ignore[misc]
        bots = number % 3 == 1
        workspace.post(CHANNEL, {"user": BOT, "bot_id": BOT_ID, **next(shared)} if bots else {"user": next(who), "text": next(spoken)})
    workspace.clock = clock


def _drawn(store: Store, partnership: Partnership) -> Iterator[Any]:
    """The bot's answers, as it draws them."""
    for line in ASKED:
        reply = ask(store, partnership.id, lambda session: Person.named("coordinator", session), Asked(line, BEGINS))
        assert not reply.refused, reply.summary
        yield from draw(reply)[0]
