"""Runs the demo: workspace, bot and clock in one process, a page in the browser, and what to try in the terminal."""

from __future__ import annotations

import argparse
import asyncio
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.demo.clock import BEGINS, DemoClock
from bot.demo.making import MADE, make
from bot.demo.moving import Moving, said
from bot.feeds import Feed
from bot.manifest import manifest
from bot.serving import RECOVERING, WORKERS, connected, keep_secrets, stopping
from bot.settings import Settings
from bot.slack import Slack
from bot.terminal import console
from bot.workspace.core import Workspace
from bot.workspace.running import Served, listening, serving
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
    ("JAG-12-001 at risk: gates reordered, rest no change", "to jagbot itself, as housing-officer: many at once"),
    ("Home", "of jagbot, under Apps: what is mine, with an answer to choose for each"),
    ("Act as …", "anybody: csag-chair sees #csag, vehicle-lead does not"),
    ("To the next event", "moves the demo's date: owners are asked, agendas drafted and posted; +1 day and +1 week too"),
    ("/meeting plan until christmas", "as coordinator: everything that will be sent"),
    ("/agenda jag", "the next agenda as it stands"),
)


def demo(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the demo until told to stop."""
    stop = stopping()
    screen = console(stderr=True)
    keep_secrets("ERROR" if settings.log_level == "INFO" else settings.log_level)
    files = _there(options.real or ())  # what is refused is refused before anything is touched
    listening(options.port).close()
    state = _state(options)
    real = _on_real_figures(state, options)
    clock = DemoClock(state)
    workspace = Workspace(state, manifest(), (lambda: datetime.now(UTC)) if real else clock)
    store = Store(f"sqlite:///{DATABASE}")
    workspace.calendars = Feed(store, workspace.clock).at
    with serving(workspace, options.port) as served:
        store.address = served.address
        partnership = _made(store, workspace, files, screen)
        with _bot(store, partnership, workspace, settings) as due:
            if not real:
                workspace.mover = moving = Moving(clock, store, partnership, workspace, due)
                asyncio.run_coroutine_threadsafe(moving.go_by(), served.loop)
            _invite(served, workspace, partnership, console(), options.no_browser)
            stop.wait()
            console().print("\nStopping …")  # Slack's client takes some seconds to leave
    clock.keep()
    state.close()
    return 0


def _state(options: argparse.Namespace) -> State:
    """The demo's workspace as it was left; a new one to start over with, also where the making of the last did not come to its end."""
    state = State(WORKSPACE)
    if options.fresh or state.get("kept", MADE) is None:
        state.close()
        _start_over()
        state = State(WORKSPACE)
    return state


def _on_real_figures(state: State, options: argparse.Namespace) -> bool:
    """Whether this demo has real figures, and so today's date; refuses to put them into one that has the simulated spread."""
    made = state.get("kept", MADE)
    if made and options.real:
        raise Refusal("There is a demo here already. To make it of these files, start it over: jagbot demo --fresh --real …")
    return bool(options.real or (made and made["real"]))


def _start_over() -> None:
    for name in (DATABASE, WORKSPACE):
        for path in (Path(name), Path(f"{name}-wal"), Path(f"{name}-shm")):
            path.unlink(missing_ok=True)


def _there(paths: Sequence[str]) -> list[Path]:
    """Files to load; refuses one that is not there."""
    for path in map(Path, paths):
        if not path.exists():
            raise Refusal(f"There is no {path}. Expected police.uk street files or zips, and look-ups of places. Nothing was made.")
    return [Path(path) for path in paths]


def _made(store: Store, workspace: Workspace, real: Sequence[Path], screen: Console) -> Partnership:
    store.bring_up_to_date()
    with screen.status("Getting the example ready: its figures, and the year behind it …"):
        return make(store, workspace, real, workspace.clock() if real else BEGINS)


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
    clockwork = Clockwork(slack.tick)
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
        screen.print(f"  [cyan]{what:<52}[/cyan] {how}")
    screen.print("\nCtrl-C stops it; the next start goes on from here, and --fresh starts over.")
    if not quiet:
        webbrowser.open(served.page)
