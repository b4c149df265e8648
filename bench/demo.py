"""The demo: from its start to a page that answers, beside the bot alone in the same workspace."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter

from bench.asked import CONNECTED, settings
from bench.databases import Databases
from bench.measured import Measured, side_by_side
from bench.servers import ending, says, started
from bench.visitor import Visitor
from bot.demo.kept import DATABASE, WORKSPACE
from bot.manifest import manifest
from bot.workspace.core import Workspace
from bot.workspace.running import Served, serving
from bot.workspace.state import State

DEMO = ["-m", "bot", "demo", "--no-browser", "--port", "0"]
PAGE = r"http://\S+"


def measure(databases: Databases) -> list[Measured]:
    """`jagbot demo`, as it was left, to its first answer; `jagbot run` to its first; and how long the demo took to be made."""
    folder = databases.scratch()
    made = _demo_answers(folder)
    with _workspace(folder) as served:
        demo, run = side_by_side(partial(_demo_answers, folder), partial(_run_answers, folder, served), times=5)
    note = f"the very first start, which makes the example and its year, {made:.1f} s"
    return [Measured("jagbot demo, start to a page that answers ÷ jagbot run to its first answer", demo, run, 3, note=note)]


def _demo_answers(folder: Path) -> float:
    begin = perf_counter()
    with ending(started(DEMO, folder)) as demo:
        Visitor(says(demo, PAGE)[0]).answered()
        took = perf_counter() - begin
        demo.send_signal(signal.SIGINT)  # it is to be left as people leave it
        demo.wait()
    return took


def _run_answers(folder: Path, served: Served) -> float:
    begin = perf_counter()
    with ending(started(["-m", "bot", "run"], folder, **settings(served, f"sqlite:///{folder / DATABASE}"))) as run:
        says(run, CONNECTED)
        Visitor(served.page).answered()
        return perf_counter() - begin


@contextmanager
def _workspace(folder: Path) -> Iterator[Served]:
    """The demo's workspace, by itself: a copy of it, as the demo's own is in use."""
    kept = folder / "alone.db"
    with closing(State(str(folder / WORKSPACE))) as state:
        state.db.execute("vacuum into ?", (str(kept),))
    with closing(State(str(kept))) as state, serving(Workspace(state, manifest(), limited=False)) as served:
        yield served
