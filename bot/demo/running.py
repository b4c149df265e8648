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
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.demo.clock import BEGINS, DemoClock
from bot.demo.kept import keep_no_other, the_demo
from bot.demo.making import MADE, make
from bot.demo.moving import Moving, said
from bot.demo.trying import to_try
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

if TYPE_CHECKING:
    from bot.demo.given import Given

ALREADY = "There is a demo here already{}. To make it of these files, start it over: jagbot demo --fresh --real …"


def demo(options: argparse.Namespace, settings: Settings) -> int:
    """Serve the demo until told to stop."""
    stop = stopping()
    screen = console(stderr=True)
    keep_secrets("ERROR" if settings.log_level == "INFO" else settings.log_level)
    files = _there(options.real or ())
    listening(options.port).close()
    with the_demo(options.fresh) as (state, store):
        given = _given(files, state)
        real = given or _on_real_figures(state)
        clock = DemoClock(state)
        workspace = Workspace(state, manifest(), (lambda: datetime.now(UTC)) if real else clock)
        workspace.calendars = Feed(store, workspace.clock).at
        with serving(workspace, options.port) as served:
            store.address = served.address
            partnership = _made(store, workspace, given, screen)
            keep_no_other()
            with _bot(store, partnership, workspace, settings) as due:
                if not real:
                    workspace.mover = moving = Moving(clock, store, partnership, workspace, due)
                    asyncio.run_coroutine_threadsafe(moving.go_by(), served.loop)
                _invite(served, store, partnership, console(), options.no_browser)
                stop.wait()
                console().print("\nStopping …")  # Slack's client takes some seconds to leave
        clock.keep()
    return 0


def _there(paths: Sequence[str]) -> list[Path]:
    """Files and folders to load from; refuses one that is not there before anything is touched."""
    for path in map(Path, paths):
        if not path.exists():
            raise Refusal(f"There is no {path}. Expected police.uk street files or zips, and look-ups of places. Nothing was made.")
    return [Path(path) for path in paths]


def _given(paths: Sequence[Path], state: State) -> Given | None:
    """The real files to make the demo of; refuses to put them into one that is not made of them."""
    if not paths:
        return None
    from bot.demo.given import Given

    kept = state.get("kept", MADE)
    if kept and not kept["real"]:
        raise Refusal(ALREADY.format(""))
    given = Given.at(paths)
    if kept and kept["real"] != given.hash:
        raise Refusal(ALREADY.format(", of other files"))
    return given


def _on_real_figures(state: State) -> bool:
    """Whether the demo that is here has real figures, and so today's date."""
    return bool((state.get("kept", MADE) or {}).get("real"))


def _made(store: Store, workspace: Workspace, given: Given | None, screen: Console) -> Partnership:
    store.bring_up_to_date()
    with screen.status("Getting the example ready: its figures, and the year behind it …"):
        return make(store, workspace, given, workspace.clock() if given else BEGINS)


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


def _invite(served: Served, store: Store, partnership: Partnership, screen: Console, quiet: bool) -> None:
    """Say where the page is and what to try there."""
    workspace = served.workspace
    screen.print(f"jagbot's demo: [bold]{served.page}[/bold]", soft_wrap=True)
    now = said(workspace.clock(), ZoneInfo(partnership.timezone))
    screen.print(f"It is {now} there. {partnership.name}, as an example; all of it on this machine.\n")
    with store.session(partnership.id) as session:
        for what, how in to_try(workspace.mover is not None, session):
            screen.print(f"  [cyan]{what:<52}[/cyan] {how}")
    screen.print("\nCtrl-C stops it; the next start goes on from here, and --fresh starts over.")
    if not quiet:
        webbrowser.open(served.page)
