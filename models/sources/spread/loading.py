"""The simulated spread kept as monthly figures, each measure under a definition of its own that says what it is."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from models.areas import Area
from models.base import Refusal
from models.held import Batch, MonthCount
from models.measures import SIMULATED, Measure
from models.partnership import Partnership
from models.sources.spread.constraints import Constraints, constraints
from models.sources.spread.months import OTHERS, Spread, spread
from models.sources.taking import OGL, Row, Taken, Taking
from models.store import Store

KIND = "spread"
OTHER_BEATS = "the other beats"


@dataclass(frozen=True)
class Month:
    """One month of one measure at one level, about to be kept."""

    measure_id: int
    level: str
    month: int
    rows: tuple[Row, ...]

    @property
    def feed(self) -> str:
        return f"{KIND}/{self.measure_id}/{self.level}"

    @property
    def mark(self) -> str:
        """Tells whether the same month came again unchanged."""
        return f"{zlib.crc32(repr([(row.area_id, row.count) for row in self.rows]).encode()):08x}"


def load_spread(store: Store, partnership: Partnership, at: datetime) -> Taken:
    """Keep the example's simulated spread, August 2011 to July 2013, all of it or none; a second time adds nothing.

    Refuses a partnership that doesn't hold the assessment it is a spread of.
    """
    given = constraints()
    spreads = spread(given)
    taken = Taken(partnership.document)
    counts = hashlib.sha256(repr(spreads).encode()).hexdigest()
    with store.session(partnership.id, writing=True) as session:
        months = list(_months(given, spreads, partnership, session))
        held = _held(session)
    new = [month for month in months if held.get((month.feed, month.month)) != month.mark]
    taken.said = [f"{SIMULATED.capitalize()}: {len(spreads)} measures, {given.period}."]
    if not new:
        taken.said.append("All of it is held already, unchanged.")
        return taken
    with Taking(store, partnership.id, KIND, partnership.document, at, hash=counts, marking=OGL) as taking:
        taken.taken = _stage(taking, new)
        taking.finish(taken)
    return taken


def _held(session: Session) -> dict[tuple[str, int], str]:
    """The mark of every month of the spread that is in use."""
    current = select(Batch.feed, Batch.month, Batch.mark).where(Batch.feed.startswith(f"{KIND}/"), Batch.current)
    return {(feed, month): mark for feed, month, mark in session.execute(current)}


def _months(given: Constraints, spreads: Mapping[str, Spread], partnership: Partnership, session: Session) -> Iterator[Month]:
    measures = {measure.key: measure for measure in session.scalars(select(Measure))}
    beats = _beats(session)
    district = session.scalar(select(Area.id).where(Area.level == "district", Area.own))
    for key, counts in spreads.items():
        if key not in measures or district is None:
            raise Refusal(
                f"{partnership.name} doesn't hold {key} as an assessment printed it: the spread is of the example's. Nothing was kept."
            )
        measure = _measure(measures[key], counts, measures, session)
        for i, month in enumerate(given.period.months):
            yield Month(measure.id, "district", month, (Row(measure.id, "district", district, counts.borough[i]),))
            if counts.beats:
                rows = tuple(Row(measure.id, "beat", beats[code], several[i]) for code, several in counts.beats.items())
                yield Month(measure.id, "beat", month, rows)


def _beats(session: Session) -> dict[str, int]:
    """The beats by code. Those that no document names are one, which is nobody's to ask about and never ranked: not `own`."""
    beats = {area.code: area.id for area in session.scalars(select(Area).where(Area.level == "beat"))}
    if OTHERS not in beats:
        others = Area(level="beat", code=OTHERS, name=OTHER_BEATS, own=False)
        session.add(others)
        session.flush()
        beats[OTHERS] = others.id
    return beats


def _measure(printed: Measure, counts: Spread, measures: Mapping[str, Measure], session: Session) -> Measure:
    """The measure of a spread, under the definition of what was printed; made when it is new."""
    key = f"{KIND}/{printed.key}"
    if key in measures:
        return measures[key]
    made = Measure(
        key=key,
        name=f"{printed.name} ({SIMULATED})",
        say=printed.say,
        definition=printed.definition,
        counted=printed.counted,
        per=printed.per,
        source="simulated",
        priority_id=printed.priority_id,
        place=printed.place,
        words=list(printed.words),
        holder=printed.holder,
        needs=printed.needs,
        nearest=printed.nearest,
        caveat=" ".join(text for text in (_chosen(counts), printed.caveat) if text),
    )
    session.add(made)
    session.flush()
    return made


def _chosen(counts: Spread) -> str:
    """Which beats have totals of the simulation's own choosing."""
    if not counts.chosen:
        return ""
    return f"Chosen within what the assessment says, where it prints no count: {'; '.join(counts.chosen)}."


def _stage(taking: Taking, months: list[Month]) -> int:
    """Stage all months in one transaction: they are small, and many. Returns how many rows."""
    with taking.store.session(taking.partnership_id) as session:
        staged = [
            Batch(load_id=taking.load.id, feed=m.feed, month=m.month, mark=m.mark, measure_id=m.measure_id, level=m.level) for m in months
        ]
        session.add_all(staged)
        session.flush()
        rows = [
            {"partnership_id": taking.partnership_id, "month": month.month, "batch_id": batch.id} | row.values()
            for month, batch in zip(months, staged, strict=True)
            for row in month.rows
        ]
        session.execute(insert(MonthCount), rows)
    taking.staged += staged
    return len(rows)
