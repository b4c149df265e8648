"""Loads files at the terminal, with a progress bar and a report of what was taken, skipped and why."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.settings import Settings
from bot.terminal import console, draw
from commands.permissions import must
from commands.reply import Reply, Table, counted
from models.base import Refusal
from models.partnership import Partnership
from models.people import Person
from models.sources.taking import Progress as Watch
from models.sources.taking import Taken
from models.store import Store


def load(store: Store, partnership: Partnership, options: argparse.Namespace, settings: Settings) -> int:
    """Load areas or figures for somebody who may."""
    with store.session(partnership.id) as session:
        must(Person.named(options.person, session), "load figures", session)
    paths = [Path(path) for path in options.paths]
    for path in paths:
        if not path.exists():
            raise Refusal(f"There is no {path}. Nothing was loaded.")
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


def report(loads: list[Taken]) -> Reply:
    """What was taken, skipped and why, a section a file."""
    changed = any(each.changed for each in loads)
    rows = [[each.file, each.taken, each.skipped, "kept" if each.changed else "nothing new"] for each in loads]
    said = [sentence for each in loads for sentence in each.said]
    return Reply(
        "Loaded" if changed else "Nothing new: what is held stays as it is",
        Table(["File", "Taken", "Skipped", "Outcome"], rows),
        *said,
        summary=f"{counted(len(loads), 'file')}: {' '.join(said)}",
    )
