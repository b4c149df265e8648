"""Databases to measure on: the example partnership in the made county, with as many reports as wanted, by the real loader."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import county
from models.partnership import Partnership
from models.people import Person
from models.sources.areas import load_areas
from models.sources.founding import make_example
from models.sources.street import load_street
from models.store import Store

NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)
USER = "U0BENCH"  # the coordinator, in chat
AT_A_TIME = 12  # files on disk at once


@dataclass(frozen=True)
class Held:
    """A store, with the example partnership in it and somebody of it who asks."""

    store: Store
    partnership: Partnership
    person: Person


class Databases:
    """SQLite files in a folder. Each size is loaded once a run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.numbers = folder, itertools.count(1)
        self.made: dict[tuple[int, int], Held] = {}
        self._founded: Path | None = None

    def scratch(self) -> Path:
        """A new empty folder."""
        path = self.folder / f"scratch-{next(self.numbers)}"
        path.mkdir()
        return path

    def founded(self) -> Held:
        """A new store with the partnership and its areas, and no months."""
        if self._founded is None:
            self._founded = self._found(self.folder / "founded.db")
        path = self.folder / f"{next(self.numbers)}.db"
        shutil.copyfile(self._founded, path)
        return opened(path)

    def holding(self, months: int, rows: int) -> Held:
        """A store with so many reports over so many months."""
        if (months, rows) not in self.made:
            held = self.made[months, rows] = self.founded()
            for start in range(0, months, AT_A_TIME):
                folder = self.scratch()
                numbers = range(start, min(start + AT_A_TIME, months))
                paths = [county.street_file(folder, county.FIRST + i, rows // months, i) for i in numbers]
                load_street(held.store, held.partnership, paths, NOW)
                shutil.rmtree(folder)
        return self.made[months, rows]

    def _found(self, path: Path) -> Path:
        store = Store(f"sqlite:///{path}")
        store.bring_up_to_date()
        partnership, _ = make_example(store, NOW)
        load_areas(store, partnership, county.look_ups(self.scratch()), NOW)
        with store.session(partnership.id) as session:
            Person.named("coordinator", session).slack_user = USER
        store.engine.dispose()
        return path


def opened(path: Path) -> Held:
    """The store in a file, with its partnership and who asks."""
    store = Store(f"sqlite:///{path}")
    with store.session() as session:
        partnership = Partnership.named(session)
    with store.session(partnership.id) as session:
        return Held(store, partnership, Person.named("coordinator", session))
