"""One number with its comparison, and several places side by side."""

from __future__ import annotations

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, listed, read
from commands.compared import Compared, compare_series
from commands.missing import needs_subject, not_held
from commands.places import choose
from commands.printed import CHANCE_OF_PAIRS, figures_of, of_borough, places_table, whole_period
from commands.priority import aloud_of, card_facts
from commands.reply import Cell, Facts, Note, Reply, Table, press
from commands.source import provenance, published_provenance, two_definitions
from models.base import Refusal
from models.held import Published
from models.series import held


def one_number(enquiry: Enquiry, session: Session) -> Reply:
    """A count in a place over a period, with the same months a year before."""
    asked = read(enquiry, session)
    subject = needs_subject(asked, "figures", "Figures of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series)
    if found:
        compared = compare_series(asked, found[0], [p for _, places in found[1] for p in places], enquiry, session)
        return _by_month(asked, subject, compared, enquiry)
    figure = None if asked.period.period else _printed_for(asked, subject, session)
    if figure is None:
        raise not_held(asked, subject, series, session)
    return _as_printed(asked, subject, figure, enquiry)


def _by_month(asked: Asked, subject: Subject, compared: Compared, enquiry: Enquiry) -> Reply:
    measure, headline = compared.series.measure, subject.headline
    other = next((m for m in subject.measures if m.source == "published"), None)
    line = f"{subject.words} {' '.join(said for said, _ in asked.places)}".strip()
    asks = [("Trend", f"/figures trend {line}")]
    asks += [("Hotspots", f"/hotspots {subject.words} {compared.period.words}")]
    asks += [("As the assessment printed it", f"/figures {line} published")] if other else []
    return Reply(
        f"{measure.name}: {compared.where}, {compared.period}",
        compared.aloud,
        Facts(compared.facts),
        *(Note(text) for text in asked.notes),
        Note(two_definitions(other)) if other and subject.priority and headline is other else None,
        provenance(compared.series, enquiry.at),
        press(*asks),
    )


def _printed_for(asked: Asked, subject: Subject, session: Session) -> Published | None:
    """The printed figure of the place asked about; of the borough where none is."""
    wanted = {p.id for _, places in asked.places for p in places}
    for measure in subject.measures:
        figures = figures_of([measure], session)
        if not wanted and (borough := of_borough(figures)):
            return borough
        found = next((f for f in whole_period(figures) if f.area_id in wanted), None)
        if found:
            return found
        if figures and wanted:
            places = [f.area.name for f in whole_period(figures)]
            raise Refusal(
                f"The assessment prints no {figures[0].measure.name} for {listed([said for said, _ in asked.places])}. "
                f"It prints {listed(list(dict.fromkeys(places)))}.",
                (f"{measure.name} in the borough", f"/figures {subject.words}"),
            )
    return None


def _as_printed(asked: Asked, subject: Subject, figure: Published, enquiry: Enquiry) -> Reply:
    where = "" if figure.area.level == "district" else f", {figure.area.name}"
    said = aloud_of(figure) if not where else f"{figure.area.name}: {aloud_of(figure)}"
    return Reply(
        f"{figure.measure.name}{where}, as printed",
        said,
        Facts(card_facts(figure)),
        *(Note(text) for text in asked.notes),
        Note(CHANCE_OF_PAIRS) if figure.chance is not None else None,
        published_provenance(figure, enquiry.at),
        press(
            ("Hotspots", f"/hotspots {subject.words}"),
            *([("The whole card", f"/priority {subject.priority.key}")] if subject.priority else []),
        ),
    )


def compare(enquiry: Enquiry, session: Session) -> Reply:
    """Places side by side under one definition."""
    asked = read(enquiry, session)
    if len(asked.subjects) > 1 and len(asked.places) < 2:
        names = [s.phrase for s in asked.subjects]
        raise Refusal(
            f"{listed(names)} are counted under different definitions, and are not put side by side. Compare places, or periods.",
            *((f"{name}: this year against last", f"/figures {name} this year vs last year") for name in names),
        )
    subject = needs_subject(asked, "figures compare", "Compare what?", session)
    if len(asked.places) < 2:
        some = [p.name for p in asked.vocabulary.places.values() if p.own and p.level in ("ward", "beat")][:2]
        raise Refusal(
            f"Compare {subject.phrase} in which places? I need two or more.",
            *([("For example", f"/figures compare {subject.words} {' '.join(some)}")] if some else []),
        )
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series)
    if not found:
        return _printed_side_by_side(asked, subject, enquiry, session)
    rows = [compare_series(asked, found[0], places, enquiry, session) for _, places in found[1]]
    return _side_by_side(asked, rows, enquiry)


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


def _printed_side_by_side(asked: Asked, subject: Subject, enquiry: Enquiry, session: Session) -> Reply:
    wanted = [p.id for _, places in asked.places for p in places]
    for measure in subject.measures:
        named = {f.area_id: f for f in reversed(whole_period(figures_of([measure], session)))}
        figures = [named[i] for i in wanted if i in named]
        if len(figures) >= len(asked.places):
            said = listed([f"{f.area.name} {f.current:,.0f}" for f in figures if f.current is not None])
            return Reply(
                f"{measure.name}: {listed([f.area.name for f in figures])}, as printed",
                f"{said}.",
                places_table(figures),
                Note(CHANCE_OF_PAIRS),
                published_provenance(figures[0], enquiry.at),
            )
    raise not_held(asked, subject, [], session)
