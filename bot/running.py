"""Runs a command of the command line: the one place that wires settings, store, clock and screens."""

from __future__ import annotations

import argparse
import gc
import json
import os
import select
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.settings import Settings
from models.base import Refusal
from models.partnership import NONE_HELD, Partnership
from models.people import Person
from models.store import Store

if TYPE_CHECKING:
    from bot.exchange import Exchange
    from commands.reply import Reply

Options = argparse.Namespace
PIPED = 0.2  # seconds that a pipe has to say something


def run(options: Options, settings: Settings | None = None) -> int:
    """Run one command; what is refused is said in its own words, with exit code 2."""
    try:
        return COMMANDS[options.command](options, settings or Settings.read())
    except Refusal as refusal:
        from bot.terminal import console

        console(stderr=True).print(refusal.words, style="red", markup=False)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read what is printed has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def open_store(settings: Settings, making: bool = False) -> Store:
    """The database, brought up to date; only `making` one begins a file.

    What is imported by now stays, and is never looked through for garbage again.
    """
    gc.freeze()
    gc.enable()
    file = settings.database_url.removeprefix("sqlite:///")
    if not making and file != settings.database_url and Path(file).parent.is_dir() and not Path(file).exists():
        raise Refusal(f"{NONE_HELD} (DATABASE_URL is {settings.database_url}.)")
    store = Store(settings.database_url, settings.public_url.rstrip("/"))
    store.bring_up_to_date()
    return store


def the_partnership(store: Store, options: Options) -> Partnership:
    with store.session() as session:
        return Partnership.named(session, getattr(options, "partnership", None))


def clock(text: str, zone: str) -> Callable[[], datetime]:
    """The real clock; or one that stands at the time given, in the partnership's own zone unless it says another."""
    if not text:
        return lambda: datetime.now(UTC)
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise Refusal(f"{text!r} is no time. Expected a date, or a date and time, such as 2025-06-01 or 2025-06-01T09:00.") from None
    at = at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
    return lambda: at


def _ask(options: Options, settings: Settings) -> int:
    store = open_store(settings)
    partnership = the_partnership(store, options)
    now = clock(options.at, partnership.timezone)
    line = with_what_is_piped(" ".join(options.words))
    if options.shape == "text":
        exchange = _at_a_terminal(store, partnership, options, now)
        reply = exchange.ask(line)
        if exchange.withheld and somebody_there():
            exchange.screen.print("Your shell may keep the line you typed in its history: delete it there.", style="yellow")
    else:
        reply = _asked(store, partnership, options, line, now)
        _print_as_data(reply, options.shape)
    return 2 if reply.refused or reply.form else 0


def _asked(store: Store, partnership: Partnership, options: Options, line: str, now: Callable[[], datetime]) -> Reply:
    from bot.asking import Asked, ask

    return ask(store, partnership.id, lambda session: Person.named(options.person, session), Asked(line, now()))


def with_what_is_piped(line: str) -> str:
    """The line, and below it what is piped in: where it ends with "-", or would otherwise be answered with a form."""
    from commands.routing import opens_a_form

    said = line.removesuffix("-").rstrip() if line.endswith(" -") else ""
    if sys.stdin.isatty() or not (said or (opens_a_form(line) and _something_is_piped())):
        return line
    piped = sys.stdin.read().strip()
    return f"{said or line}\n{piped}" if piped else said or line


def _something_is_piped() -> bool:
    try:
        return bool(select.select([sys.stdin], [], [], PIPED)[0])
    except (OSError, ValueError):  # no input, or none that can be looked at
        return False


def _at_a_terminal(store: Store, partnership: Partnership, options: Options, now: Callable[[], datetime]) -> Exchange:
    """What is asked here; what is missing is asked for where somebody is there to type it."""
    from bot.exchange import Exchange
    from bot.filling import plainly
    from bot.terminal import console

    return Exchange(store, partnership.id, options.person, now, console(), plainly if somebody_there() else None)


def somebody_there() -> bool:
    """Whether a person is at the terminal, who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def agreed(question: str) -> bool:
    """Whether somebody is there, and says yes."""
    if not somebody_there():
        return False
    try:
        return input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def _print_as_data(reply: Reply, shape: str) -> None:
    if shape == "json":
        print(json.dumps(reply.as_json(), ensure_ascii=False, indent=2))
        return
    from bot.blockkit import draw as draw_blocks

    for message in draw_blocks(reply)[0]:
        print(json.dumps({"blocks": message["blocks"]}, ensure_ascii=False, indent=2))


def _chat(options: Options, settings: Settings) -> int:
    from bot.chat import converse

    store = open_store(settings)
    partnership = the_partnership(store, options)
    return converse(store, partnership, options.person, clock(options.at, partnership.timezone))


def _demo(options: Options, settings: Settings) -> int:
    from bot.demo.running import demo

    gc.enable()
    return demo(options, settings)


def _workspace(options: Options, settings: Settings) -> int:
    from bot.demo.alone import serve_alone

    store = open_store(settings)
    return serve_alone(store, the_partnership(store, options), options)


def _init(options: Options, settings: Settings) -> int:
    from bot.founding import ask_for_one, make_the_example

    store = open_store(settings, making=True)
    if options.example:
        make_the_example(store)
    else:
        ask_for_one(store, options)
    return 0


def _load(options: Options, settings: Settings) -> int:
    from bot.loading import load

    store = open_store(settings)
    return load(store, the_partnership(store, options), options, settings)


def _export(options: Options, settings: Settings) -> int:
    from bot.calendars import export_calendar
    from bot.exporting import export_actions, export_paper

    store = open_store(settings)
    does = {"actions": export_actions, "calendar": export_calendar}.get(options.kind, export_paper)
    return does(store, the_partnership(store, options), options)


def _rehearse(options: Options, settings: Settings) -> int:
    from bot.rehearsing import print_rehearsal

    store = open_store(settings)
    return print_rehearsal(store, the_partnership(store, options), options)


def _run(options: Options, settings: Settings) -> int:
    from bot.serving import serve

    store = open_store(settings)
    return serve(store, the_partnership(store, options), settings, options.http, options.host)


def _doctor(options: Options, settings: Settings) -> int:
    from bot.doctor import doctor

    gc.enable()
    return doctor(options, settings)


def _manifest(options: Options, settings: Settings) -> int:
    from bot.manifest import manifest

    json.dump(manifest(settings.public_url, options.prefix, options.jag_alone), sys.stdout, indent=2)
    print()
    return 0


COMMANDS: dict[str, Callable[[Options, Settings], int]] = {
    "ask": _ask,
    "chat": _chat,
    "demo": _demo,
    "doctor": _doctor,
    "export": _export,
    "init": _init,
    "load": _load,
    "manifest": _manifest,
    "rehearse": _rehearse,
    "run": _run,
    "workspace": _workspace,
}
