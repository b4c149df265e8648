"""Taking a file in: staged beside what is held, taken into use in one short transaction, or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from models.base import Refusal
from models.held import Batch, Load, MonthCount
from models.partnership import Partnership
from models.store import Store

CHUNK = 4_000  # rows a transaction: tens of milliseconds, so that people's writing is not held up
LEFT_BEHIND = timedelta(hours=6)
OGL = "Open Government Licence v3.0"

Progress = Callable[[int, int, str], None]


Then = Callable[["Taken", Session], None]


def unseen(_done: int, _total: int, _label: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class Row:
    """A monthly count about to be kept; `count` None when `mark` says that it may not be used."""

    measure_id: int
    level: str
    area_id: int
    count: int | None
    mark: str = ""

    def values(self) -> dict[str, object]:
        """The row as the table's columns."""
        return {
            "measure_id": self.measure_id,
            "level": self.level,
            "area_id": self.area_id,
            "count": self.count,
            "mark": self.mark,
        }


@dataclass
class Taken:
    """What a load did, for the report: sentences, and how many rows were taken and skipped."""

    file: str
    taken: int = 0
    skipped: int = 0
    said: list[str] = field(default_factory=list)
    changed: bool = False
    months: list[int] = field(default_factory=list)  # of the own force, that were not held before


def hash_of(paths: Sequence[Path]) -> str:
    """SHA-256 over the files' contents, in the order given."""
    total = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                total.update(block)
    return total.hexdigest()


class Taking:
    """A load under way. Leave the block with `finish` called and it is kept; in any other way and nothing is."""

    def __init__(
        self, store: Store, partnership_id: int, kind: str, file: str, at: datetime, then: Then | None = None, **about: str
    ) -> None:
        self.store, self.partnership_id, self.at, self.then = store, partnership_id, at, then
        self.about = {"kind": kind, "file": file, "hash": "", "marking": "", **about}
        self.staged: list[Batch] = []

    def __enter__(self) -> Self:
        self._clear_left_behind()
        with self.store.session(self.partnership_id) as session:
            self.load = Load(at=self.at, **self.about)
            session.add(self.load)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.load.outcome != "running":
            return
        broke = f"refused: {error}" if isinstance(error, Refusal) else f"broke off: {type(error).__name__}"
        outcome = broke if error else "nothing new"
        with self.store.session(self.partnership_id) as session:
            session.execute(update(Load).where(Load.id == self.load.id).values(outcome=outcome[:2000]))
        self._drop([batch.id for batch in self.staged])

    def held(self, feed: str) -> dict[int, Batch]:
        """The months of a feed now in use."""
        with self.store.session(self.partnership_id) as session:
            return {b.month: b for b in session.scalars(select(Batch).where(Batch.feed == feed, Batch.current))}

    def stage(self, feed: str, month: int, rows: Sequence[Row], *, own: bool, mark: str, **of: object) -> None:
        """Write a month's counts beside those in use; nobody reads them yet."""
        with self.store.session(self.partnership_id) as session:
            batch = Batch(load_id=self.load.id, feed=feed, month=month, mark=mark, own=own, **of)
            session.add(batch)
        self.staged.append(batch)
        same = {"partnership_id": self.partnership_id, "month": month, "batch_id": batch.id}
        for start in range(0, len(rows), CHUNK):
            with self.store.session(self.partnership_id) as session:
                session.execute(insert(MonthCount), [same | row.values() for row in rows[start : start + CHUNK]])

    def finish(self, taken: Taken) -> None:
        """Take what was staged into use, all of it at one moment, and do in the same what follows; then clear away what it replaced."""
        taken.changed = taken.changed or bool(self.staged)
        outcome = "kept" if taken.changed else "nothing new"
        ids = [batch.id for batch in self.staged]
        with self.store.session(self.partnership_id) as session:
            self.hold(session)
            values = {"outcome": outcome, "taken": taken.taken, "skipped": taken.skipped, "said": taken.said}
            session.execute(update(Load).where(Load.id == self.load.id).values(**values))
            replaced = [old for feed in dict.fromkeys(batch.feed for batch in self.staged) for old in self._put_aside(session, feed)]
            session.execute(update(Batch).where(Batch.id.in_(ids)).values(current=True))
            if taken.changed:
                Partnership.raise_revision(session)
                if self.then:
                    self.then(taken, session)
        self.load.outcome = outcome
        self._drop(replaced)

    def hold(self, session: Session) -> None:
        """Make two loads that change one partnership at once wait for each other; before anything is read, as SQLite wants it."""
        same = {"revision": Partnership.revision}
        session.execute(update(Partnership).where(Partnership.id == self.partnership_id).values(same))

    def _put_aside(self, session: Session, feed: str) -> list[int]:
        months = [batch.month for batch in self.staged if batch.feed == feed]
        same = (Batch.feed == feed, Batch.month.in_(months), Batch.current)
        return list(session.scalars(update(Batch).where(*same).values(current=False).returning(Batch.id)))

    def _drop(self, batches: Sequence[int]) -> None:
        for batch_id in batches:
            with self.store.session(self.partnership_id) as session:
                session.execute(delete(MonthCount).where(MonthCount.batch_id == batch_id))
                session.execute(delete(Batch).where(Batch.id == batch_id))

    def _clear_left_behind(self) -> None:
        """What a load that was killed had staged is no use to anybody."""
        long_ago = Load.at < self.at - LEFT_BEHIND
        with self.store.session(self.partnership_id) as session:
            session.execute(update(Load).where(Load.outcome == "running", long_ago).values(outcome="broke off: killed"))
            batches = list(session.scalars(select(Batch.id).join(Load).where(~Batch.current, long_ago)))
        self._drop(batches)
