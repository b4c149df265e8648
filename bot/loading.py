"""Loads files at the terminal, with a progress bar and a report of what was taken, skipped and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.loaded import report
from bot.settings import Settings
from bot.terminal import console, draw
from commands.permissions import must
from models.base import Refusal
from models.partnership import Partnership
from models.people import Person
from models.sources.taking import Progress as Watch
from models.sources.taking import Taken
from models.store import Store

NEEDS = {"actions": "load actions", "meetings": "load meetings"}


def load(store: Store, partnership: Partnership, options: argparse.Namespace, settings: Settings) -> int:
    """Load areas, figures or actions for somebody who may."""
    with store.session(partnership.id) as session:
        must(Person.named(options.person, session), NEEDS.get(options.kind, "load figures"), session)
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.is_file():
            raise Refusal(f"There is no {'file' if path.exists() else ''} {path}. Nothing was loaded.".replace("  ", " "))
    if options.kind == "actions":
        from bot.logs import load_actions

        return load_actions(store, partnership, options, paths[0])
    if options.kind == "meetings":
        from bot.calendars import load_meetings

        return load_meetings(store, partnership, options, paths[0])
    if not paths and options.from_police_uk is None:
        raise Refusal("Load which figures? Give street files or a workbook, or --from-police-uk.")
    with watching() as watch:
        taken = _load(store, partnership, options, paths, settings, watch)
    console().print(draw(report(taken))[0])
    return 0


def _load(
    store: Store, partnership: Partnership, options: argparse.Namespace, paths: list[Path], settings: Settings, watch: Watch
) -> list[Taken]:
    at = datetime.now(UTC)
    if options.kind == "areas":
        from models.sources.areas import load_areas

        return load_areas(store, partnership, paths, at, watch)
    if options.from_police_uk is not None:
        from models.sources.police_uk import load_from_police_uk

        return [load_from_police_uk(store, partnership, settings.police_uk_url, options.from_police_uk, at, watch)]
    from models.sources.recognised import load_figures

    return load_figures(store, partnership, paths, at, watch, options.measure, options.definition, options.marking)


@contextmanager
def watching() -> Iterator[Watch]:
    """A progress bar on the error stream, so that what is printed stays clean."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total, label: bar.update(task, completed=done, total=total or None, description=label[-48:])
