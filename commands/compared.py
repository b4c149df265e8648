"""One number from the months held, with what it is compared with: the value behind several answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked
from commands.places import every_place_given, named, places_of
from commands.printed import p_said
from commands.reply import counted
from commands.when import compared_with, period_of
from models.figures import change
from models.figures.chance import Judged
from models.figures.hotspots import filled, rank_areas
from models.figures.months import Period
from models.series import Counts, Series
from models.vocabulary import Place

Chosen = tuple[str, Sequence[Place]]  # what somebody called them, and the places


@dataclass(frozen=True)
class Compared:
    """A count over a period in a place (or several together), and over the period it is compared with.

    `before` and `judged` are None where the earlier period is not held, or months in either are hidden.
    """

    series: Series
    where: str
    places: tuple[Place, ...]
    period: Period
    against: Period
    now: int
    before: int | None
    hidden: int
    judged: Judged | None

    @property
    def change(self) -> str:
        return change.said(self.now, self.before) if self.before is not None and not self.hidden else ""

    @property
    def verdict(self) -> str:
        return self.judged.verdict if self.judged else ""

    @property
    def count(self) -> str:
        return f"at least {self.now:,}" if self.hidden else f"{self.now:,}"

    @property
    def rate(self) -> float | None:
        """Per 1,000 residents or households of the places together; None where any is not known."""
        per = self.series.measure.per
        people = [p.people(per) for p in self.places]
        if not per or None in people or self.hidden:
            return None
        return change.yearly(self.now, sum(filled(people)), len(self.period))

    @property
    def missing(self) -> str:
        """What to say where there is nothing to compare with."""
        if self.before is None:
            return f"{self.against} is not held"
        hidden = counted(self.hidden, "month is", "months are")
        return f"{hidden} suppressed or not given, so nothing is compared" if self.hidden else ""

    @property
    def aloud(self) -> str:
        """The sentence to read aloud."""
        measure = self.series.measure
        if self.missing or self.before is None:
            return f"{measure.bare} in {self.where}, {self.period}: {self.count}; {self.missing}."
        verb = f"{measure.spoken.rpartition(' ')[2]} {change.direction(self.now, self.before)}"
        counts = f"{self.now:,} from {self.before:,} ({self.change})" if self.now != self.before else f"{self.now:,} and {self.before:,}"
        return f"{measure.bare} in {self.where} {verb}, {counts}, {self.verdict}; {self.period} against {self.against}."

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Label and value of everything known about it."""
        per = self.series.measure.per
        rate = f"{self.rate:.3f} per 1,000 {per} a year" if self.rate is not None else ""
        judged = f"{self.verdict} (p {p_said(self.judged.chance)}, dispersion {self.judged.phi:.2f})" if self.judged else ""
        facts = [
            ("Count", f"{self.count}, {self.period}"),
            ("Compared with", f"{self.before:,}, {self.against}" if self.before is not None else self.missing),
            ("Change", self.change),
            ("More than chance?", judged),
            ("Rate", rate),
        ]
        return [(label, value) for label, value in facts if value]


def compare_series(asked: Asked, series: Series, chosen: Sequence[Chosen], enquiry: Enquiry, session: Session) -> Compared:
    """A series in these places together, over the period asked, judged together with every place of its level."""
    places = [p for _, several in chosen for p in several]
    period = period_of(asked, series, enquiry, session)
    against = compared_with(asked, period, series, enquiry, session)
    now, before = series.both(period, against, session) if series.holds(against) else (series.counts(period, session), None)
    ids = [p.id for p in places]
    months = [now.get(i) or series.nothing(period) for i in ids]
    earlier = [before.get(i) or series.nothing(against) for i in ids] if before is not None else []
    hidden = sum(value is None for row in (*months, *earlier) for value in row)
    level = [p.id for p in places_of(series, asked.vocabulary, session)]
    judged = _judge(level, ids, now, before, series.nothing(period)) if before is not None and not hidden else None
    return Compared(
        series,
        named(chosen),
        tuple(places),
        period,
        against,
        sum(sum(filled(row)) for row in months),
        sum(sum(filled(row)) for row in earlier) if before is not None else None,
        hidden,
        judged,
    )


def _judge(known: Sequence[int], ids: Sequence[int], now: Counts, before: Counts, nothing: list[int | None]) -> Judged | None:
    """Several places asked about together are judged as one place among the others."""
    level = {i: i for i in known} | dict.fromkeys(ids, -1)
    merged_now, merged_before = _merged(now, level, nothing), _merged(before, level, nothing)
    ranked = rank_areas(merged_now, merged_before, 0)
    return next((row.judged for row in ranked if row.place == -1), None)


def _merged(counts: Counts, level: dict[int, int], nothing: list[int | None]) -> Counts:
    merged: Counts = {}
    for area, into in level.items():
        months = counts.get(area, nothing)
        held = merged.get(into)
        merged[into] = (
            list(months) if held is None else [None if a is None or b is None else a + b for a, b in zip(held, months, strict=True)]
        )
    return merged


def of_district(series: Sequence[Series], enquiry: Enquiry, asked: Asked, session: Session) -> Compared | None:
    """The borough's own figure, where a series gives it."""
    whole = next((s for s in series if s.level == "district"), None)
    own = asked.vocabulary.district
    return compare_series(asked, whole, [(own.name, [own])], enquiry, session) if whole else None


def of_places_given(series: Sequence[Series], enquiry: Enquiry, asked: Asked, session: Session) -> Compared | None:
    """All the places together of a workbook that gives no total of the borough."""
    found = every_place_given(series, asked, session)
    return compare_series(asked, *found, enquiry, session) if found else None
