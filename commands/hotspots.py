"""/hotspots"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.asked import Asked, Subject, compared_with, listed, period_of, read
from commands.missing import needs_subject, not_held
from commands.printed import CHANCE_OF_PAIRS, caveats, figures_of, of_borough, of_places, places_table
from commands.reply import Buttons, Cell, Note, Reply, Table, counted, press
from commands.source import provenance, published_provenance, span, two_definitions
from models.areas import ATTRACTS, CALLED, Area
from models.base import Refusal
from models.figures import change
from models.figures.chance import DOWN, UP
from models.figures.hotspots import Ranked, filled, rank_areas
from models.figures.months import Period
from models.held import Published
from models.measures import Measure
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
    asked = read(enquiry, session)
    subject = needs_subject(asked, "hotspots", "Hotspots of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    chosen = _choose(series, asked)
    if chosen:
        return _live(enquiry, asked, subject, chosen, series, session)
    return _printed(enquiry, asked, subject, series, session)


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
            f"{against} is not held, so I cannot say what is {asked.moving}. I hold {series.measure.name} for {series.said}.",
            ("Where it concentrates", f"{subject.words} by {CALLED[series.level].lower()}"),
        )
    vocabulary = asked.vocabulary
    total = _total(series, all_, period, vocabulary, session)
    names = _names(series, vocabulary, session)
    now, before = series.counts(period, session), series.counts(against, session) if comparable else None
    ids = [i for i in names if series.level != "point" or i in now or i in (before or {})]
    everywhere = _padded(now, ids, len(period))
    ranked = rank_areas(everywhere, _padded(before, ids, len(against)) if before is not None else None, total)
    rows = _wanted(ranked, asked, series, names, vocabulary)
    shown = rows[: asked.top or SHOWN]
    return Reply(
        f"{series.measure.name}: hotspots by {CALLED[series.level]}{_in(asked)}, {period}",
        _sentence(shown, names, total, period, against, comparable, asked, vocabulary),
        _table(shown, series, names, comparable) if shown else None,
        *_notes(rows, shown, asked, subject, series, enquiry),
        _next(asked, subject, series, all_, comparable, period),
        summary=_summary(shown, names, total, against, comparable, vocabulary, asked),
    )


def _padded(counts: dict[int, list[int | None]], ids: Sequence[int], length: int) -> dict[int, list[int | None]]:
    """Every place of the level, with nothing in its months where nothing was counted."""
    return {i: counts.get(i) or [0] * length for i in ids}


def _total(series: Series, all_: Sequence[Series], period: Period, vocabulary: Vocabulary, session: Session) -> int:
    """The borough's own total of the measure, or the sum of the places where no total is held."""
    whole = next((s for s in all_ if s.measure is series.measure and s.level == "district" and s.holds(period)), None)
    if whole:
        return sum(filled(whole.counts(period, session, [vocabulary.district.id])[vocabulary.district.id]))
    return sum(sum(filled(months)) for months in series.counts(period, session).values())


def _names(series: Series, vocabulary: Vocabulary, session: Session) -> dict[int, Place]:
    """Every place of the series' level. Street points are named with their ward, having no names of their own."""
    if series.level != "point":
        return {p.id: p for p in vocabulary.places.values() if p.level == series.level and p.own}
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


def _table(rows: Sequence[Ranked[int]], series: Series, names: dict[int, Place], comparable: bool) -> Table:
    per = series.measure.per
    headings = [CALLED[series.level].capitalize() if series.level != "lsoa" else "LSOA", series.measure.counted.capitalize(), "Share"]
    rated = bool(per) and all(names[row.place].residents for row in rows)
    headings += [f"Per 1,000 {per}"] if rated else []
    headings += ["Year before", "Change", "More than chance?"] if comparable else []
    return Table(headings, [_row(row, names[row.place], per if rated else None, comparable) for row in rows])


def _row(row: Ranked[int], place: Place, per: str | None, comparable: bool) -> list[Cell]:
    cells: list[Cell] = [place.name, f"at least {row.count:,}" if row.hidden else row.count]
    cells.append(f"{row.share:.1%}" if row.share is not None and not row.hidden else "")
    if per:
        rate = change.rate(row.count, place.households if per == "households" else place.residents)
        cells.append(round(rate, 2) if rate is not None and not row.hidden else None)
    if comparable and row.before is not None:
        judged = row.judged.verdict if row.judged else f"{counted(row.hidden, 'month')} suppressed"
        cells += [row.before, "" if row.hidden else change.said(row.count, row.before), judged]
    return cells


def _named(rows: Sequence[Ranked[int]], names: dict[int, Place], comparable: bool) -> list[str]:
    def one(row: Ranked[int]) -> str:
        before = f" ({row.before:,})" if comparable and row.before is not None else ""
        return f"{names[row.place].name} {'at least ' if row.hidden else ''}{row.count:,}{before}"

    return [one(row) for row in rows[:3]]


def _sentence(
    rows: Sequence[Ranked[int]], names: dict[int, Place], total: int, period: Period, against: Period, comparable: bool,
    asked: Asked, vocabulary: Vocabulary,
) -> str:  # fmt: skip
    borough = vocabulary.district.name
    missing = "" if comparable else f" {against} is not held, so there is nothing to compare it with."
    if not rows:
        moved = f" is clearly {'up' if asked.moving == 'rising' else 'down'} from {against}" if asked.moving else " has any"
        return f"No place{_in(asked)}{moved}, of {total:,} in {borough}, {period}.{missing}"
    top = rows[: min(3, len(rows))]
    share = sum(r.count for r in top) / total if total else 0
    begin = f"{asked.moving.capitalize()} more than chance would make them" if asked.moving else "Most"
    bracket = f" (in brackets {against})" if comparable else ""
    return f"{begin}: {listed(_named(rows, names, comparable))}{bracket}: {share:.1%} of the {total:,} in {borough}, {period}.{missing}"


def _summary(
    rows: Sequence[Ranked[int]],
    names: dict[int, Place],
    total: int,
    against: Period,
    comparable: bool,
    vocabulary: Vocabulary,
    asked: Asked,
) -> str:
    missing = "" if comparable else f"; {against} is not held"
    if not rows:
        return f"No place is {asked.moving or 'listed'}; {total:,} in {vocabulary.district.name}{missing}."
    return f"{', '.join(_named(rows, names, comparable))}; {total:,} in {vocabulary.district.name}{missing}."


def _notes(
    rows: Sequence[Ranked[int]], shown: Sequence[Ranked[int]], asked: Asked, subject: Subject, series: Series, enquiry: Enquiry
) -> list[Note]:
    notes = [Note(text) for text in asked.notes]
    if len(rows) > len(shown):
        level = CALLED[series.level] + (" points" if series.level == "point" else "s")
        notes.append(Note(f"{len(shown)} of {len(rows)} {level} are listed; ask for top {len(rows)} to see all."))
    if any(row.hidden for row in shown):
        notes.append(Note("“At least”: some months were suppressed by who gave them, and are neither 0 nor summed."))
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
    if subject.priority and headline and headline is not series.measure and not headline.monthly:
        notes.append(Note(two_definitions(headline)))
    return [*notes, provenance(series, enquiry.at)]


def _next(asked: Asked, subject: Subject, series: Series, all_: Sequence[Series], comparable: bool, period: Period) -> Buttons | None:
    asks = []
    again = f"/hotspots {subject.words} {period.words}{_in(asked)}"
    if comparable and not asked.moving:
        asks += [("Rising", f"{again} rising"), ("Falling", f"{again} falling")]
    levels = [s.level for s in all_ if s.measure is series.measure and s.level not in (series.level, "district")]
    asks += [(f"By {CALLED[level]}", f"{again} by {CALLED[level].lower()}") for level in levels]
    if any(m.source == "published" for m in subject.measures):
        asks.append(("As the assessment printed it", f"/hotspots {subject.words} published"))
    return press(*asks[:5])


def _printed(enquiry: Enquiry, asked: Asked, subject: Subject, series: Sequence[Series], session: Session) -> Reply:
    """The places a document names, where months are not held by place."""
    for measure in subject.measures:
        figures = figures_of([measure], session)
        places = of_places(figures)
        if places and asked.by in (None, "beat") and (asked.printed or not series) and not asked.period.period:
            return _as_printed(enquiry, asked, subject, measure, figures, places)
    raise not_held(asked, subject, series, session)


def _as_printed(
    enquiry: Enquiry, asked: Asked, subject: Subject, measure: Measure, figures: list[Published], places: list[Published]
) -> Reply:
    borough = of_borough(figures)
    rows = _asked_of(places, asked)
    if not rows:
        where = listed([said for said, _ in asked.places])
        raise Refusal(
            f"The assessment names no {asked.moving or ''} place{f' called {where}' if where else ''} for {measure.name}. "
            f"It names {listed([f.area.name for f in places])}.".replace("  ", " "),
            ("The places it names", f"{subject.words} published"),
        )
    shown = rows[: asked.top] if asked.top else rows
    highest = [f for f in rows if f.current is not None and ("highest" in f.standing or "in the top" in f.standing)]
    top = [f"{f.area.name} {f.current:,.0f}" + (f" ({f.before:,.0f})" if f.before is not None else "") for f in highest][:3]
    whole = f" of {borough.current:,.0f} in {borough.area.name}" if borough and borough.current is not None else ""
    first = next((f for f in shown if f.before is not None), shown[0])
    return Reply(
        f"{measure.name}: the places the assessment names, {span(shown[0])}",
        f"{measure.spoken} named highest in {listed(top)}{whole}; in brackets the year before." if top and not asked.moving else None,
        places_table(shown),
        *[Note(text) for text in asked.notes],
        _headline_said(subject, measure),
        Note(f"These are the places the document names, in its own words; it ranks no others. {CHANCE_OF_PAIRS}"),
        *caveats(shown),
        published_provenance(borough or first, enquiry.at),
        press(("The whole card", f"/priority {subject.priority.key}")) if subject.priority else None,
        summary=f"{', '.join(top) or listed([f.area.name for f in shown])}{whole}, as the assessment printed it.",
    )


def _asked_of(places: list[Published], asked: Asked) -> list[Published]:
    wanted = {p.id for _, found in asked.places for p in found if p.level != "district"}
    rows = [f for f in places if not wanted or f.area_id in wanted]
    if asked.moving:
        rows = [f for f in rows if _moved(f) > 0] if asked.moving == "rising" else [f for f in rows if _moved(f) < 0]
        rows.sort(key=lambda f: -abs(_moved(f)))
    return rows


def _moved(figure: Published) -> float:
    if figure.current is not None and figure.before is not None:
        return figure.current - figure.before
    return float(figure.printed_volume or 0)


def _headline_said(subject: Subject, measure: Measure) -> Note | None:
    if subject.priority is None or measure.priority_id != subject.priority.id:
        return None
    if measure.place == 1:
        return Note(f"{measure.name} is the headline measure of the priority {subject.priority.name}.")
    return Note(
        f"{measure.name} belongs to the priority {subject.priority.name}, whose headline is another measure: "
        f"/hotspots {subject.priority.key}."
    )
