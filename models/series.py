"""What months are held of a measure, and the counts in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.figures.months import Period, month_of, named, runs
from models.held import Batch, Load, MonthCount
from models.measures import Measure

STREET_LEVELS = ("point", "lsoa", "ward", "district")
Counts = dict[int, list[int | None]]


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

    def counts(self, period: Period, session: Session, area_ids: Sequence[int] | None = None) -> Counts:
        """Each place's months over a period. A place with no row in a held month had none there.

        None stands for a month that may not be used: suppressed, or left blank by who gave it. Which batches are in use
        is asked in the same breath: a load may have switched them since the series was found.
        """
        c = MonthCount
        wanted = (
            select(c.area_id, c.month, c.count)
            .join(Batch, c.batch_id == Batch.id)
            .where(
                c.partnership_id == session.info["partnership"],
                c.measure_id == self.measure.id,
                c.level == self.level,
                c.month.between(period.first, period.last),
                Batch.current,
            )
        )
        if area_ids is not None:
            wanted = wanted.where(c.area_id.in_(area_ids))
        found: Counts = {area_id: [0] * len(period) for area_id in area_ids or ()}
        for area_id, month, count in session.execute(wanted):
            months = found.get(area_id) or found.setdefault(area_id, [0] * len(period))
            held = months[month - period.first]
            months[month - period.first] = None if count is None or held is None else held + count
        return found

    def all_counts(self, session: Session) -> Counts:
        """Each place's months from the first held to the last."""
        return self.counts(Period(self.first, self.last), session)


def held(measures: Sequence[Measure], session: Session) -> list[Series]:
    """Every series held of these measures: a partner's workbook before police.uk, in the measures' order."""
    monthly = [m for m in measures if m.monthly]
    if not monthly:
        return []
    of_mine = or_(Batch.measure_id.is_(None), Batch.measure_id.in_([m.id for m in monthly]))
    columns = (Batch.month, Batch.own, Batch.level, Batch.measure_id, Load.file, Load.at, Load.marking)
    mine = Batch.partnership_id == session.info["partnership"]
    rows = session.execute(select(*columns).join(Load).where(mine, Batch.current, of_mine)).all()
    found = []
    for measure in sorted(monthly, key=lambda m: m.source != "workbook"):
        street = measure.source == "police.uk"
        for level in STREET_LEVELS if street else sorted({row.level for row in rows if row.measure_id == measure.id}):
            given = [r for r in rows if (r.measure_id is None if street else r.measure_id == measure.id and r.level == level)]
            months = frozenset(r.month for r in given if r.own)
            if months:
                latest = max(given, key=lambda r: r.at)
                files = tuple(dict.fromkeys(r.file for r in sorted(given, key=lambda r: -r.month)))
                found.append(Series(measure, level, months, files, latest.at, latest.marking))
    return found
