"""One number with its comparison, and several places side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, read
from commands.compared import Compared, compare_series
from commands.hotspots import hotspots
from commands.missing import needs_subject, not_held
from commands.places import choose, named, places_of
from commands.printed import CHANCE_OF_PAIRS, figures_of, has_hotspots, of_borough, of_places, places_table, whole_period
from commands.printed_card import aloud_of, card_facts
from commands.ranking import by_district
from commands.reply import Cell, Facts, Note, Reply, Table, press
from commands.source import provenance, published_provenance, span, two_definitions
from commands.words import listed, plain
from models.base import Refusal
from models.figures.periods import Held as PeriodsHeld
from models.held import Published
from models.measures import Measure
from models.series import Series, held

# "compare asb 2025 and 2024", "compare asb this year with last year"
ALSO_VERSUS = re.compile(
    r"\b(?:and|with|to|or)\b(?=\s+(?:the\s+)?(?:last|previous|same|year before|(?:19|20)\d\d\b))"
    r"|(?<=\d\d\d\d)\s+(?=(?:19|20)\d\d\b)",
    re.I,
)


def one_number(enquiry: Enquiry, session: Session) -> Reply:
    """A count in a place over a period, with the same months a year before."""
    asked = read(enquiry.words, session)
    if asked.by or asked.top:
        return by_district(asked, enquiry, session) if asked.by == "district" else hotspots(enquiry, session)
    subject = needs_subject(asked, "figures", "Figures of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series, session)
    if found:
        return _by_month(asked, subject, compare_series(asked, *found, enquiry, session), enquiry, session)
    figure = _printed_for(asked, subject, series, enquiry, session)
    if figure is None:
        raise not_held(asked, subject, series, session)
    return _as_printed(asked, subject, figure, enquiry, session)


def _by_month(asked: Asked, subject: Subject, compared: Compared, enquiry: Enquiry, session: Session) -> Reply:
    measure, headline = compared.series.measure, subject.headline
    other = next((m for m in subject.measures if m.source == "published"), None)
    asks = [("Trend", f"/figures trend {asked.again()}")]
    asks += [("Hotspots", f"/hotspots {subject.words} {compared.period.words}")]
    asks += [("As the assessment printed it", _printed_line(asked, subject, other, session))] if other else []
    return Reply(
        f"{measure.name}: {compared.where}, {compared.period}",
        compared.aloud,
        Facts(compared.facts),
        *(Note(text) for text in asked.notes),
        Note(two_definitions(other)) if other and headline is other else None,
        provenance(compared.series, enquiry.at),
        press(*asks),
    )


def _printed_line(asked: Asked, subject: Subject, measure: Measure, session: Session) -> str:
    """How to ask for the printed figure: of the same places where one is printed, else of the borough."""
    wanted = {p.id for _, places in asked.places for p in places}
    there = any(f.area_id in wanted for f in whole_period(figures_of([measure], session)))
    return f"/figures {asked.again('published') if there else f'{subject.words} published'}"


def _printed_for(asked: Asked, subject: Subject, series: Sequence[Series], enquiry: Enquiry, session: Session) -> Published | None:
    """The printed figure of the place asked about; of the borough where none is."""
    if series and asked.period.period:
        return None
    wanted = {p.id for _, places in asked.places for p in places}
    wanted = set() if asked.vocabulary.district.id in wanted else wanted
    for measure in subject.measures:
        figures = figures_of([measure], session)
        if asked.period.period:
            found = _of_period(asked, figures, wanted or {asked.vocabulary.district.id}, enquiry)
            if found:
                return found
            continue
        if not wanted and (borough := of_borough(figures)):
            return borough
        found = next((f for f in whole_period(figures) if f.area_id in wanted), None)
        if found:
            return found
        if figures and wanted and not series:
            places = [f.area.name for f in whole_period(figures)]
            raise Refusal(
                f"The assessment prints no figure of {figures[0].measure.name} for {listed([said for said, _ in asked.places])}, "
                f"only for {listed(list(dict.fromkeys(places)))}.",
                (f"{measure.name} in the borough", f"/figures {subject.words}"),
            )
    return None


def _of_period(asked: Asked, figures: list[Published], wanted: set[int], enquiry: Enquiry) -> Published | None:
    """The figure printed for exactly the months asked about: a month that the document names, or its whole year."""
    dated = [f for f in figures if f.area_id in wanted and f.first is not None and f.last is not None]
    if not dated or asked.period.period is None:
        return None
    held = PeriodsHeld(min(f.first or 0 for f in dated), max(f.last or 0 for f in dated), enquiry.at, lambda: None)
    try:
        period = asked.period.period(held)
    except Refusal:
        return None  # of months that no document prints
    return next((f for f in dated if (f.first, f.last) == (period.first, period.last)), None)


def _as_printed(asked: Asked, subject: Subject, figure: Published, enquiry: Enquiry, session: Session) -> Reply:
    where = "" if figure.area.level == "district" else f", {figure.area.name}"
    period = f", {span(figure)}" if figure.first is not None else ""
    said = aloud_of(figure) if not where else f"{figure.area.name}: {aloud_of(figure)}"
    return Reply(
        f"{figure.measure.name}{where}{period}, as printed",
        said,
        Facts(card_facts(figure)),
        *(Note(text) for text in asked.notes),
        Note(CHANCE_OF_PAIRS) if figure.chance is not None else None,
        published_provenance(figure, enquiry.at),
        press(
            *([("Hotspots", f"/hotspots {subject.words}")] if has_hotspots(subject.measures, session) else []),
            *([("The whole card", f"/priority {subject.priority.key}")] if subject.priority else []),
        ),
    )


def compare(enquiry: Enquiry, session: Session) -> Reply:
    """Places side by side under one definition; or one place in two periods."""
    words = ALSO_VERSUS.sub(" vs ", plain(enquiry.words))
    asked = read(words, session)
    if asked.subjects and len(asked.places) < 2 and asked.period.against:
        return one_number(replace(enquiry, words=words), session)
    if len(asked.subjects) > 1 and len(asked.places) < 2:
        names = [s.phrase for s in asked.subjects]
        raise Refusal(
            f"{listed(names)} are counted under different definitions, and are not put side by side. Compare places, or periods.",
            *((f"{name}: this year against last", f"/figures {name} this year vs last year") for name in names),
        )
    subject = needs_subject(asked, "figures compare", "Compare what?", session)
    if len(asked.places) < 2:
        some = _two_places(asked, subject, session)
        raise Refusal(
            f"Compare {subject.phrase} in which places? I need two or more.",
            *([("For example", f"compare {subject.words} {' and '.join(some)}")] if len(some) == 2 else []),
        )
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series, session)
    if not found:
        return _printed_side_by_side(asked, subject, series, enquiry, session)
    rows = [_under_its_word(compare_series(asked, found[0], [chosen], enquiry, session), chosen[0]) for chosen in found[1]]
    asked.notes += [f"{said} is {named([(said, places)])}." for said, places in found[1] if len(places) > 1]
    return _side_by_side(asked, rows, enquiry)


def _two_places(asked: Asked, subject: Subject, session: Session) -> list[str]:
    """Two places that could be compared, as an example."""
    places = next((s for s in held(subject.measures, session) if s.level in ("ward", "beat")), None)
    if places:
        return [p.name for p in places_of(places, asked.vocabulary, session)[:2]]
    return [f.area.name for f in of_places(figures_of(subject.measures[:1], session)) if f.current is not None][:2]


def _under_its_word(compared: Compared, said: str) -> Compared:
    """Several places together go under the word that was used for them."""
    return replace(compared, where=said) if len(compared.places) > 1 else compared


def _side_by_side(asked: Asked, rows: list[Compared], enquiry: Enquiry) -> Reply:
    first = rows[0]
    per = first.series.measure.per
    headings = ["Place", first.series.measure.counted.capitalize(), f"Per 1,000 {per} a year"]
    headings += ["Before", "Change", "More than chance?"] if first.before is not None else []
    cells: list[list[Cell]] = [
        [c.where, c.count if c.hidden else c.now, round(c.rate, 2) if c.rate is not None else None, c.before, c.change, c.verdict]
        for c in rows
    ]
    table = [row[: len(headings)] for row in cells]
    by_rate = [c for c in rows if c.rate is not None]
    high = max(by_rate, key=lambda c: c.rate or 0) if len(by_rate) == len(rows) else max(rows, key=lambda c: c.now)
    by = "rate" if len(by_rate) == len(rows) else "count"
    said = f"{listed([f'{c.where} {c.count}' for c in rows])}, {first.period}; {high.where} has the higher {by}."
    return Reply(
        f"{first.series.measure.name}: {listed([c.where for c in rows])}, {first.period}",
        said if len(rows) == 2 else said.replace("the higher", "the highest"),
        Table(headings, table),
        *(Note(text) for text in asked.notes),
        Note(f"{first.against} is not held, so there is no comparison with it.") if first.before is None else None,
        provenance(first.series, enquiry.at),
    )


def _printed_side_by_side(asked: Asked, subject: Subject, series: Sequence[Series], enquiry: Enquiry, session: Session) -> Reply:
    wanted = [p.id for _, places in asked.places for p in places]
    for measure in subject.measures if not series and not asked.period.period else ():
        of_area = {f.area_id: f for f in reversed(whole_period(figures_of([measure], session)))}
        figures = [of_area[i] for i in wanted if i in of_area]
        if len(figures) >= len(asked.places):
            said = listed([f"{f.area.name} {f.current:,.0f}" for f in figures if f.current is not None])
            return Reply(
                f"{measure.name}: {listed([f.area.name for f in figures])}, as printed",
                f"{said}.",
                places_table(figures),
                Note(CHANCE_OF_PAIRS),
                published_provenance(figures[0], enquiry.at),
            )
    raise not_held(asked, subject, series, session)
