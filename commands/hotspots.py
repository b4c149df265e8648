"""/hotspots"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.asked import Asked, Subject, level_words, read
from commands.hotspot_words import Total, beginning, in_places, next_asks, notes, sentence, summary, table, unranked
from commands.missing import needs_subject
from commands.places import all_given, places_of
from commands.printed import names_places
from commands.printed_places import printed_places
from commands.ranking import by_district
from commands.reply import Reply
from commands.source import simulated
from commands.when import compared_with, period_of
from commands.words import listed
from models.areas import ATTRACTS, CALLED, Area
from models.base import Refusal
from models.figures.chance import DOWN, UP
from models.figures.hotspots import Ranked, filled, rank_areas
from models.figures.months import Period
from models.series import Series, held
from models.vocabulary import Place, Vocabulary

SHOWN = 10
DEFAULT_LEVELS = ("ward", "beat", "lsoa", "point")
WITHIN = ("point", "lsoa", "ward", "beat")


@command(
    "/hotspots asb",
    "/hotspots asb 2025 by ward",
    "/hotspots burglary in Grovehill by street",
    "/hotspots vehicle rising top 5",
    usage="what [by ward|beat|lsoa|street] [in place] [period] [top 5] [rising|falling]",
)
def hotspots(enquiry: Enquiry, session: Session) -> Reply:
    """Where a crime type is concentrated, and where it has changed.

    Count, share, rate, the same months a year before, and whether the change is more than chance. By ward where months
    are held; otherwise the places that the assessment names. Add a period, a place, by street, top 5, rising or falling.
    """
    asked = read(enquiry.words, session)
    subject = needs_subject(asked, "hotspots", "Hotspots of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    chosen = _choose(series, asked)
    if asked.by == "district":
        return by_district(asked, enquiry, session)
    if chosen:
        return _live(enquiry, asked, subject, chosen, series, session)
    return printed_places(enquiry, asked, subject, series, session)


def _choose(series: Sequence[Series], asked: Asked) -> Series | None:
    """The series at the level asked; by default wards, and streets within a ward."""
    within = any(p.level in ("ward", "beat") for _, places in asked.places for p in places)
    wanted = (asked.by,) if asked.by else WITHIN if within else DEFAULT_LEVELS
    return next((s for level in wanted for s in series if s.level == level), None)


def _live(enquiry: Enquiry, asked: Asked, subject: Subject, series: Series, all_: Sequence[Series], session: Session) -> Reply:
    period = period_of(asked, series, enquiry, session)
    against = compared_with(asked, period, series, enquiry, session)
    comparable = series.holds(against)
    if asked.moving and not comparable:
        raise Refusal(
            f"{beginning(against)} is not held, so I cannot say what is {asked.moving}. I hold {series.measure.name} for {series.said}.",
            ("Where it concentrates", asked.again(period.words, level_words(series.level))),
        )
    vocabulary = asked.vocabulary
    names = _names(series, vocabulary, session)
    total = _total(series, all_, period, names, vocabulary, session)
    now, before = series.both(period, against, session) if comparable else (series.counts(period, session), None)
    ids = [i for i in names if series.level != "point" or i in now or i in (before or {})]
    everywhere = _padded(now, ids, series.nothing(period))
    earlier = _padded(before, ids, series.nothing(against)) if before is not None else None
    ranked = rank_areas(everywhere, earlier, 0 if total.hidden else total.count)
    inside = _inside(asked, series, vocabulary)
    rows = [row for row in ranked if inside is None or row.place in inside or names[row.place].parent_id in inside]
    total = replace(total, inside=_said_inside(rows, asked) if inside is not None and series.level in ("lsoa", "point") else "")
    rows = _wanted(rows, asked, series)
    shown = rows[: asked.top or SHOWN]
    return Reply(
        f"{series.measure.name}: hotspots by {CALLED[series.level]}{in_places(asked)}, {period}",
        sentence(shown, names, total, period, against, comparable, asked) + simulated(series.measure),
        table(shown, series, names, period, against if comparable else None) if shown else None,
        unranked(now, before, names, series),
        *notes(rows, shown, asked, subject, series, enquiry),
        next_asks(asked, subject, series, all_, comparable, period, against, names_places(subject.measures, session)),
        summary=summary(shown, names, total, against, comparable, asked) + simulated(series.measure),
    )


def _padded(counts: dict[int, list[int | None]], ids: Sequence[int], nothing: list[int | None]) -> dict[int, list[int | None]]:
    """Every place of the level, also those without a row."""
    return {i: counts.get(i) or nothing for i in ids}


def _total(
    series: Series, all_: Sequence[Series], period: Period, names: Mapping[int, Place], vocabulary: Vocabulary, session: Session
) -> Total:
    own = vocabulary.district
    whole = next((s for s in all_ if s.measure is series.measure and s.level == "district" and s.holds(period)), None)
    counts = {own.id: whole.counts(period, session).get(own.id, [])} if whole else series.counts(period, session)
    many = all_given(list(names.values())) if not whole and series.measure.source == "workbook" else own.name
    among = f" of the {CALLED[series.level]}s that the assessment names" if series.measure.simulated else ""
    hidden = any(None in months for months in counts.values())
    return Total(sum(sum(filled(months)) for months in counts.values()), many, hidden, among=among)


def _names(series: Series, vocabulary: Vocabulary, session: Session) -> dict[int, Place]:
    """Every place of the series' level. Street points are named with their ward, having no names of their own."""
    if series.level != "point":
        places = places_of(series, vocabulary, session)
        twice = {name for name, many in Counter(p.name for p in places).items() if many > 1}
        return {p.id: p._replace(name=f"{p.name} ({p.code})") if p.name in twice else p for p in places}
    columns = [getattr(Area, name) for name in Place._fields]
    points = [Place(*row) for row in session.execute(select(*columns).where(Area.level == "point"))]
    return {p.id: p._replace(name=_street(p, vocabulary)) for p in points}


def _street(point: Place, vocabulary: Vocabulary) -> str:
    ward = vocabulary.places.get(point.parent_id or 0)
    flag = " ⚑" if any(kind in point.name.lower() for kind in ATTRACTS) else ""
    return f"{point.name}, {ward.name}{flag}" if ward else f"{point.name}{flag}"


def _said_inside(rows: Sequence[Ranked[int]], asked: Asked) -> str:
    """ "Grovehill's 206": how many there are in the places asked about."""
    many = f"{'at least ' if any(row.hidden for row in rows) else ''}{sum(row.count for row in rows):,}"
    whose = listed([said for said, _ in asked.places])
    return f"{whose}' {many}" if whose.endswith("s") else f"{whose}'s {many}"


def _wanted(ranked: list[Ranked[int]], asked: Asked, series: Series) -> list[Ranked[int]]:
    """The rows asked for. All places were judged together before this."""
    rows = [row for row in ranked if row.count or row.before or series.level in ("ward", "beat")]
    if asked.moving:
        verdict = UP if asked.moving == "rising" else DOWN
        rows = [row for row in rows if row.judged and row.judged.verdict == verdict]
    return rows


def _inside(asked: Asked, series: Series, vocabulary: Vocabulary) -> set[int] | None:
    """The places that hold what is wanted; None for the whole borough."""
    if not asked.places:
        return None
    found: set[int] = set()
    for said, candidates in asked.places:
        if any(p.id == vocabulary.district.id for p in candidates):
            return None
        outside = [p for p in candidates if not p.own or p.level == "county"]
        if len(outside) == len(candidates):
            raise Refusal(
                f"{said[0].upper()}{said[1:]} is outside {vocabulary.district.name}. "
                "I hold other districts as totals only: /figures rank shows them."
            )
        usable = [p for p in candidates if p.level in _levels_above(series.level)]
        if not usable:
            raise Refusal(
                f"{said} is a {CALLED[candidates[0].level]}, and {series.measure.name} is not held by {CALLED[candidates[0].level]}. "
                f"Ask by ward: {listed(_some(vocabulary, 'ward'), 'or')}."
            )
        found |= {p.id for p in usable}
    wards = found & {p.id for p in vocabulary.places.values() if p.level == "ward"}
    return found | {p.id for p in vocabulary.places.values() if p.level == "lsoa" and p.parent_id in wards}


def _levels_above(level: str) -> tuple[str, ...]:
    return {"point": ("lsoa", "ward"), "lsoa": ("lsoa", "ward"), "ward": ("ward",), "beat": ("beat",)}.get(level, ())


def _some(vocabulary: Vocabulary, level: str) -> list[str]:
    return sorted(p.name for p in vocabulary.places.values() if p.level == level and p.own)[:3] or ["none is held yet"]
