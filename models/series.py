"""What months are held of a measure, and the counts in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from models.figures.months import Period, month_of, named, runs
from models.held import Batch, Load, MonthCount
from models.measures import Measure

STREET_LEVELS = ("point", "lsoa", "ward", "district")
Counts = dict[int, list[int | None]]

# Made once, and run on the connection: that takes a third of the time. So each says itself whose rows it reads.
COUNTS = (
    select(MonthCount.area_id, MonthCount.month, MonthCount.count)
    .join(Batch, MonthCount.batch_id == Batch.id)
    .where(
        MonthCount.partnership_id == bindparam("mine"),
        MonthCount.measure_id == bindparam("measure"),
        MonthCount.level == bindparam("level"),
        MonthCount.month.between(bindparam("first"), bindparam("last")),
        Batch.current,
    )
)
COUNTS_OF_AREAS = COUNTS.where(MonthCount.area_id.in_(bindparam("areas", expanding=True)))
CURRENT = (
    select(Batch.month, Batch.own, Batch.level, Batch.measure_id, Load.file, Load.at, Load.marking)
    .join(Load, Batch.load_id == Load.id)
    .where(
        Batch.partnership_id == bindparam("mine"),
        Batch.current,
        or_(Batch.measure_id.is_(None), Batch.measure_id.in_(bindparam("measures", expanding=True))),
    )
    .order_by(Batch.month.desc())
)


@dataclass(frozen=True)
class Series:
    """A measure at one level: the months held, and where they came from."""

    measure: Measure
    level: str
    months: frozenset[int]
    files: tuple[str, ...]
    loaded: datetime
    marking: str

    @property
    def last(self) -> int:
        return max(self.months)

    @property
    def first(self) -> int:
        return min(self.months)

    @property
    def said(self) -> str:
        """The months held, with their gaps: "January 2024 to March 2025, and June 2025"."""
        return ", and ".join(
            named(p.first) if p.first == p.last else f"{named(p.first)} to {named(p.last)}" for p in runs(list(self.months))
        )

    def holds(self, period: Period) -> bool:
        """Whether every month of a period is held."""
        return all(month in self.months for month in period.months)

    def lag(self, at: datetime) -> int:
        """How many months behind the last month held is."""
        return max(0, month_of(at) - self.last)

    def expected(self, at: datetime) -> int:
        """The month that ought to be in by now: of police.uk the one before last, which takes it up to eight weeks; of others the last."""
        return month_of(at) - (2 if self.measure.source == "police.uk" else 1)

    def counts(self, period: Period, session: Session, area_ids: Sequence[int] | None = None) -> Counts:
        """Each place's months over a period.

        None stands for a month that may not be used: suppressed, left blank, or not given at all. Which batches are in use
        is asked in the same breath: a load may have switched them since the series was found.
        """
        wanted = {"mine": session.info["partnership"], "measure": self.measure.id, "level": self.level}
        wanted |= {"first": period.first, "last": period.last}
        if area_ids is None:
            rows = session.connection().execute(COUNTS, wanted)
        else:
            rows = session.connection().execute(COUNTS_OF_AREAS, wanted | {"areas": list(area_ids)})
        found: Counts = {area_id: self.nothing(period) for area_id in area_ids or ()}
        summed = self.measure.source == "police.uk"  # several forces may report from one place
        for area_id, month, count in rows.all():
            months = found.get(area_id) or found.setdefault(area_id, self.nothing(period))
            place = month - period.first
            months[place] = (months[place] or 0) + count if summed and count is not None else count
        return found

    def both(self, now: Period, before: Period, session: Session) -> tuple[Counts, Counts]:
        """Each place's months over two periods: in one question where they lie near each other, as they mostly do."""
        span = Period(min(now.first, before.first), max(now.last, before.last))
        if len(span) > 2 * (len(now) + len(before)):
            return self.counts(now, session), self.counts(before, session)
        whole = self.counts(span, session)
        first, second = (slice(p.first - span.first, p.last - span.first + 1) for p in (now, before))
        return {i: months[first] for i, months in whole.items()}, {i: months[second] for i, months in whole.items()}

    def nothing(self, period: Period) -> list[int | None]:
        """The months of a place without a row: none happened where every report is counted; not known in a workbook."""
        return [0 if self.measure.source == "police.uk" else None] * len(period)


def held(measures: Sequence[Measure], session: Session) -> list[Series]:
    """Every series held of these measures: a partner's workbook before police.uk, what is simulated last; else in the measures' order."""
    monthly = [m for m in measures if m.monthly]
    if not monthly:
        return []
    given: dict[tuple[int | None, str], list[Any]] = defaultdict(list)
    wanted = {"mine": session.info["partnership"], "measures": [m.id for m in monthly]}
    for row in session.connection().execute(CURRENT, wanted).all():
        given[row.measure_id, row.level].append(row)
    abouts = {of: _about(rows) for of, rows in sorted(given.items(), key=lambda item: item[0][1])}
    found = []
    for measure in sorted(monthly, key=lambda m: ("workbook", "police.uk", "simulated").index(m.source)):
        if measure.source == "police.uk":  # a street file gives every measure, at every level
            found += [Series(measure, level, *about) for level in STREET_LEVELS for of, about in abouts.items() if of[0] is None]
        else:
            found += [Series(measure, of[1], *about) for of, about in abouts.items() if of[0] == measure.id]
    return [series for series in found if series.months]


def _about(rows: Sequence[Any]) -> tuple[frozenset[int], tuple[str, ...], datetime, str]:
    """What rows of CURRENT say of their series: its months, its files from the newest month back, the latest load's time and marking."""
    latest = max(rows, key=lambda row: row.at)
    return frozenset(row.month for row in rows if row.own), tuple(dict.fromkeys(row.file for row in rows)), latest.at, latest.marking
