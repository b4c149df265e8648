"""Runs the demo: workspace, bot and clock in one process, a page in the browser, and what to try in the terminal."""

from __future__ import annotations

import argparse
import webbrowser
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.demo.clock import BEGINS, DemoClock
from bot.demo.making import make
from bot.demo.moving import Moving, said
from bot.manifest import manifest
from bot.serving import RECOVERING, WORKERS, connected, keep_secrets, stopping
from bot.settings import Settings
from bot.slack import Slack
from bot.terminal import console
from bot.workspace.core import Workspace
from bot.workspace.running import Served, serving
from bot.workspace.state import State
from models.base import Refusal
from models.partnership import Partnership
from models.store import Store
from scheduler.clockwork import Clockwork

DATABASE, WORKSPACE = "demo.db", "demo-workspace.db"
TRY = (
    ("/hotspots asb", "in #jag, then press Share here"),
    ("/priority burglary", "a card for a lead or a chair"),
    ("/action add", "fill in the form; press Undo"),
    ("10 on track: four more, rest no change", "to jagbot itself, as fire-officer: news of many actions in one line"),
    ("Home", "of jagbot, under Apps: what is mine, with answers that take one press"),
    ("Act as …", "anybody: csag-chair sees #csag, an owner does not"),
    ("+1 week", "moves the demo's date; +1 day and to the next event too"),
)


def demo(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the demo until told to stop."""
    stop = stopping()
    screen = console(stderr=True)
    keep_secrets("ERROR" if settings.log_level == "INFO" else settings.log_level)
    if options.fresh:
        _start_over()
    state = State(WORKSPACE)
    clock = DemoClock(state, datetime.now(UTC)) if options.real else DemoClock(state)
    workspace = Workspace(state, manifest(), now_of(clock, options))
    store = Store(f"sqlite:///{DATABASE}")
    with serving(workspace, options.port) as served:
        partnership = _made(store, workspace, options, clock, screen)
        with _bot(store, partnership, workspace, settings) as due:
            if not options.real:
                workspace.mover = Moving(clock, store, partnership, workspace, due)
            _invite(served, workspace, partnership, console(), options.no_browser)
            stop.wait()
    clock.keep()
    state.close()
    return 0


def now_of(clock: DemoClock, options: argparse.Namespace) -> Callable[[], datetime]:
    """The demo's own time; on real figures the real one."""
    return (lambda: datetime.now(UTC)) if options.real else clock


def _start_over() -> None:
    for name in (DATABASE, WORKSPACE):
        for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm")):
            path.unlink(missing_ok=True)


def _made(store: Store, workspace: Workspace, options: argparse.Namespace, clock: DemoClock, screen: Console) -> Partnership:
    real = [Path(path) for path in options.real or ()]
    for path in real:
        if not path.exists():
            raise Refusal(f"There is no {path}. Expected police.uk street files or zips, and look-ups of places. Nothing was made.")
    store.bring_up_to_date()
    with screen.status("Getting the example ready: its figures, and the year behind it …"):
        return make(store, workspace, real, clock() if real else BEGINS)


@contextmanager
def _bot(store: Store, partnership: Partnership, workspace: Workspace, settings: Settings) -> Iterator[Callable[[], None]]:
    """The bot, connected by Socket Mode as to Slack; what does all that is due by its clock."""
    to = replace(
        settings,
        slack_bot_token=workspace.bot_token,
        slack_app_token=workspace.app_token,
        slack_signing_secret=workspace.signing_secret,
        slack_api_url=f"{workspace.address}/api/",
    )
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
    slack = Slack(store, partnership.id, to, workspace.clock, workers)
    clockwork = Clockwork(store, workspace.clock)
    with connected(slack, to):
        clockwork.start()
        clockwork.ring("recover", slack.recover, RECOVERING)
        try:
            yield clockwork.all_due
        finally:
            clockwork.stop()
    workers.shutdown(wait=True, cancel_futures=False)


def _invite(served: Served, workspace: Workspace, partnership: Partnership, screen: Console, quiet: bool) -> None:
    """Say where the page is and what to try there."""
    screen.print(f"jagbot's demo: [bold]{served.page}[/bold]", soft_wrap=True)
    now = said(workspace.clock(), ZoneInfo(partnership.timezone))
    screen.print(f"It is {now} there. {partnership.name}, as an example; all of it on this machine.\n")
    for what, how in TRY:
        screen.print(f"  [cyan]{what:<38}[/cyan] {how}")
    screen.print("\nCtrl-C stops it; the next start goes on from here, and --fresh starts over.")
    if not quiet:
        webbrowser.open(served.page)
