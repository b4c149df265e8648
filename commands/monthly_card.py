"""A priority's figures by the month: each measure under its own heading and definition."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked
from commands.compared import Compared, of_district
from commands.places import places_of
from commands.ranking import district_rates
from commands.reply import Chart, Facts, Heading, Note, Part
from commands.source import apart, came_from, provenance
from commands.words import listed
from models.figures.hotspots import rank_areas
from models.figures.months import Period, short
from models.figures.rank import ranked
from models.measures import SIMULATED, Measure
from models.near import key
from models.series import Series
from models.vocabulary import Vocabulary

SPARK = 24  # months


def by_month(series: Sequence[Series], measures: Sequence[Measure], enquiry: Enquiry, asked: Asked, session: Session) -> list[Part | None]:
    """Each measure that comes by the month, under a heading and a definition of its own."""
    parts: list[Part | None] = []
    made_up = [s for s in series if s.measure.simulated and s.level == "district"]
    for measure in dict.fromkeys(s.measure for s in series if not s.measure.simulated):
        own = [s for s in series if s.measure is measure]
        parts += [Heading(f"By the month: {measure.name}"), *_months_of(own, enquiry, asked, session)]
        if printed := _cousin(measure, measures):
            parts.append(apart(measure, printed))
        parts.append(provenance(own[0], enquiry.at))
    return parts + (_made_up(made_up, enquiry, asked, session) if made_up else [])


def _made_up(series: Sequence[Series], enquiry: Enquiry, asked: Asked, session: Session) -> list[Part | None]:
    """The months of a spread, which adds up to what is printed: its totals, changes and places are those, and not said again."""
    charts = [_spark(one, asked.vocabulary, session) for one in series]
    return [Heading(f"By the month: {SIMULATED}"), *charts, Note(f"{came_from(series[0], enquiry.at)} The totals are those printed.")]


def _cousin(measure: Measure, measures: Sequence[Measure]) -> Measure | None:
    """The printed measure that people would take for this one: it goes by the same words."""
    words = {key(word) for word in measure.words}
    return next((m for m in measures if m.source == "published" and words & {key(word) for word in m.words}), None)


def _months_of(series: list[Series], enquiry: Enquiry, asked: Asked, session: Session) -> list[Part | None]:
    compared = of_district(series, enquiry, asked, session)
    ward = next((s for s in series if s.level in ("ward", "beat")), None)
    facts = [
        *(compared.facts if compared else []),
        *(_rank(compared, asked.vocabulary, session) if compared else []),
        *(most_of(ward, asked, session) if ward else []),
    ]
    parts: list[Part | None] = [compared.aloud if compared else None, Facts(facts) if facts else None]
    if compared and len(compared.series.months) > 1:
        parts.append(_spark(compared.series, asked.vocabulary, session))
    return parts


def _rank(compared: Compared, vocabulary: Vocabulary, session: Session) -> list[tuple[str, str]]:
    """The borough's place among the county's districts, where theirs are held too."""
    rates, _ = district_rates(compared.series, compared.period, vocabulary, session)
    own = vocabulary.district.name
    return [("County rank", f"{ranked(rates)[own]}; 1st = lowest")] if own in rates and len(rates) > 1 else []


def most_of(series: Series, asked: Asked, session: Session) -> list[tuple[str, str]]:
    """The three places with most over the last twelve months held."""
    period = Period(max(series.last - 11, series.first), series.last)
    names = {p.id: p.name for p in places_of(series, asked.vocabulary, session)}
    counts = series.counts(period, session)
    rows = rank_areas({i: counts.get(i) or series.nothing(period) for i in names}, None, 0)[:3]
    said = [f"{names[r.place]} {'at least ' if r.hidden else ''}{r.count:,}" for r in rows if r.count]
    return [("Hotspots", f"{listed(said)} ({period})")] if said else []


def _spark(series: Series, vocabulary: Vocabulary, session: Session) -> Chart:
    """The last 24 months held, of the borough."""
    period = Period(max(series.last - SPARK + 1, series.first), series.last)
    months = series.counts(period, session, [vocabulary.district.id])[vocabulary.district.id]
    known = [count if month in series.months else None for month, count in zip(period.months, months, strict=True)]
    title = f"{series.measure.name}, month by month"
    return Chart(title, [short(m) for m in period.months], [(vocabulary.district.name, known)])
