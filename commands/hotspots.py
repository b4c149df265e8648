"""/hotspots"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.asked import Asked, Subject, level_words, read
from commands.missing import needs_subject
from commands.places import places_of
from commands.printed import names_places
from commands.printed_places import printed_places
from commands.ranking import by_district
from commands.reply import Buttons, Cell, Note, Reply, Table, counted, press
from commands.source import provenance, two_definitions
from commands.when import compared_with, period_of
from commands.words import listed
from models.areas import ATTRACTS, CALLED, Area
from models.base import Refusal
from models.figures import change
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
            f"{_begin(against)} is not held, so I cannot say what is {asked.moving}. I hold {series.measure.name} for {series.said}.",
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
    rows = _wanted(ranked, asked, series, names, vocabulary)
    shown = rows[: asked.top or SHOWN]
    return Reply(
        f"{series.measure.name}: hotspots by {CALLED[series.level]}{_in(asked)}, {period}",
        _sentence(shown, names, total, period, against, comparable, asked),
        _table(shown, series, names, period, against if comparable else None) if shown else None,
        *_notes(rows, shown, asked, subject, series, enquiry),
        _next(asked, subject, series, all_, comparable, period, against, names_places(subject.measures, session)),
        summary=_summary(shown, names, total, against, comparable, asked),
    )


def _padded(counts: dict[int, list[int | None]], ids: Sequence[int], nothing: list[int | None]) -> dict[int, list[int | None]]:
    """Every place of the level, also those without a row."""
    return {i: counts.get(i) or nothing for i in ids}


@dataclass(frozen=True)
class Total:
    """How many in all, and of what: the borough, or the places given where no total of it is held."""

    count: int
    of: str
    hidden: bool

    def __str__(self) -> str:
        """ "3,167 in Dacorum", "at least 611 in the 5 beats given"."""
        return f"{'at least ' if self.hidden else ''}{self.count:,} in {self.of}"


def _total(
    series: Series, all_: Sequence[Series], period: Period, names: Mapping[int, Place], vocabulary: Vocabulary, session: Session
) -> Total:
    own = vocabulary.district
    whole = next((s for s in all_ if s.measure is series.measure and s.level == "district" and s.holds(period)), None)
    counts = {own.id: whole.counts(period, session).get(own.id, [])} if whole else series.counts(period, session)
    many = f"the {counted(len(names), CALLED[series.level])} given" if not whole and series.measure.source == "workbook" else own.name
    return Total(sum(sum(filled(months)) for months in counts.values()), many, any(None in months for months in counts.values()))


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


def _wanted(ranked: list[Ranked[int]], asked: Asked, series: Series, names: dict[int, Place], vocabulary: Vocabulary) -> list[Ranked[int]]:
    """The rows asked for. All places were judged together before this."""
    inside = _inside(asked, series, vocabulary)
    rows = [row for row in ranked if row.count or row.before or series.level in ("ward", "beat")]
    if inside is not None:
        rows = [row for row in rows if row.place in inside or names[row.place].parent_id in inside]
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
            raise Refusal(f"{said} is outside {vocabulary.district.name}. I hold other districts as totals only: /figures rank shows them.")
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


def _in(asked: Asked) -> str:
    return f" in {listed([said for said, _ in asked.places])}" if asked.places else ""


def _table(rows: Sequence[Ranked[int]], series: Series, names: dict[int, Place], period: Period, against: Period | None) -> Table:
    per = series.measure.per
    headings = [CALLED[series.level].capitalize() if series.level != "lsoa" else "LSOA", series.measure.counted.capitalize(), "Share"]
    rated = bool(per) and all(names[row.place].people(per) for row in rows)
    headings += [f"Per 1,000 {per} a year"] if rated else []
    headings += ["Year before" if against == period.back() else "Before", "Change", "More than chance?"] if against else []
    return Table(headings, [_row(row, names[row.place], per if rated else None, against is not None, len(period)) for row in rows])


def _row(row: Ranked[int], place: Place, per: str | None, comparable: bool, months: int) -> list[Cell]:
    cells: list[Cell] = [place.name, f"at least {row.count:,}" if row.hidden else row.count]
    cells.append(f"{row.share:.1%}" if row.share is not None and not row.hidden else "")
    if per:
        rate = change.yearly(row.count, place.people(per), months)
        cells.append(round(rate, 2) if rate is not None and not row.hidden else None)
    if comparable and row.before is not None:
        judged = row.judged.verdict if row.judged else f"{counted(row.hidden, 'month')} not given"
        cells += [row.before, "" if row.hidden else change.said(row.count, row.before), judged]
    return cells


def _named(rows: Sequence[Ranked[int]], names: dict[int, Place], comparable: bool) -> list[str]:
    def one(row: Ranked[int]) -> str:
        before = f" ({row.before:,})" if comparable and row.before is not None else ""
        return f"{names[row.place].name} {'at least ' if row.hidden else ''}{row.count:,}{before}"

    return [one(row) for row in rows[:3]]


def _sentence(
    rows: Sequence[Ranked[int]], names: dict[int, Place], total: Total, period: Period, against: Period, comparable: bool, asked: Asked
) -> str:  # fmt: skip
    missing = "" if comparable else f" {_begin(against)} is not held, so there is nothing to compare it with."
    if not rows:
        moved = f" is clearly {'up' if asked.moving == 'rising' else 'down'} from {against}" if asked.moving else " has any"
        return f"No place{_in(asked)}{moved}: {total}, {period}.{missing}"
    top, whole = sum(row.count for row in rows[:3]), total.count
    share = f"{top / whole:.1%} of the " if whole and not total.hidden else "of "
    begin = f"{asked.moving.capitalize()} more than chance would make them" if asked.moving else "Most"
    bracket = f" (in brackets {against})" if comparable else ""
    return f"{begin}: {listed(_named(rows, names, comparable))}{bracket}: {share}{total}, {period}.{missing}"


def _begin(period: Period) -> str:
    """A period as a sentence begins with it."""
    said = str(period)
    return said[0].upper() + said[1:]


def _summary(
    rows: Sequence[Ranked[int]],
    names: dict[int, Place],
    total: Total,
    against: Period,
    comparable: bool,
    asked: Asked,
) -> str:
    missing = "" if comparable else f"; {against} is not held"
    if not rows:
        return f"No place is {asked.moving or 'listed'}; {total}{missing}."
    return f"{', '.join(_named(rows, names, comparable))}; {total}{missing}."


def _notes(
    rows: Sequence[Ranked[int]], shown: Sequence[Ranked[int]], asked: Asked, subject: Subject, series: Series, enquiry: Enquiry
) -> list[Note]:
    notes = [Note(text) for text in asked.notes]
    if len(rows) > len(shown):
        level = CALLED[series.level] + (" points" if series.level == "point" else "s")
        notes.append(Note(f"{len(shown)} of {len(rows):,} {level} are listed; ask for top {min(len(rows), 999)} to see more."))
    if any(row.hidden for row in shown):
        notes.append(Note("“At least”: some months were suppressed or not given, and are neither 0 nor summed."))
    if any(row.judged for row in shown):
        phi = next(row.judged.phi for row in shown if row.judged)
        notes.append(
            Note(
                f"“More than chance?” allows for clustering (dispersion {phi:.2f}) and judges all {CALLED[series.level]}s together: "
                "p < .05 is clear."
            )
        )
    if series.level == "point":
        notes.append(Note("A street is a point that police.uk snaps reports to. ⚑ A place that draws recorded crime to its door."))
    headline = subject.headline
    if headline and headline is not series.measure and headline.source == "published":
        notes.append(Note(two_definitions(headline)))
    return [*notes, provenance(series, enquiry.at)]


def _next(
    asked: Asked, subject: Subject, series: Series, all_: Sequence[Series], comparable: bool, period: Period, against: Period, printed: bool
) -> Buttons | None:
    asks = []
    versus = f"vs {against.words}" if asked.period.against else ""
    again = f"/hotspots {asked.again(period.words, versus)}"
    if comparable and not asked.moving:
        same = f"{again} {level_words(series.level)}"
        asks += [("Rising", f"{same} rising"), ("Falling", f"{same} falling")]
    levels = [s.level for s in all_ if s.measure is series.measure and s.level not in (series.level, "district")]
    asks += [(f"By {CALLED[level]}", f"{again} {level_words(level)}") for level in levels if not asked.places or level in ("lsoa", "point")]
    if printed:
        asks.append(("As the assessment printed it", f"/hotspots {subject.words} published"))
    return press(*asks[:5])
