"""One number with its comparison."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, read
from commands.compared import Compared, compare_series
from commands.hotspots import hotspots
from commands.missing import needs_subject, not_held, printed_line
from commands.places import choose
from commands.printed import CHANCE_OF_PAIRS, by_place, figures_of, has_hotspots, number, of_borough, whole_period
from commands.printed_card import aloud_of, card_facts
from commands.printed_side import printed_side_by_side
from commands.ranking import by_district
from commands.reply import Facts, Note, Reply, press
from commands.source import apart, provenance, published_provenance, span
from commands.words import listed
from models.base import Refusal
from models.figures.periods import Held as PeriodsHeld
from models.held import Published
from models.measures import Measure
from models.series import Series, held


def one_number(enquiry: Enquiry, session: Session) -> Reply:
    """A count in a place over a period, with the same months a year before."""
    asked = read(enquiry.words, session)
    if asked.by or asked.top:
        return by_district(asked, enquiry, session) if asked.by == "district" else hotspots(enquiry, session)
    subject = needs_subject(asked, "figures", "Figures of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series, session)
    if found:
        return _by_month(asked, subject, compare_series(asked, *found, enquiry, session), by_place(series), enquiry, session)
    if reply := printed_side_by_side(asked, subject, series, enquiry, session):
        return reply
    figure = _printed_for(asked, subject, series, enquiry, session)
    if figure is None:
        raise not_held(asked, subject, series, session)
    return _as_printed(asked, subject, figure, enquiry, session)


def _by_month(asked: Asked, subject: Subject, compared: Compared, placed: bool, enquiry: Enquiry, session: Session) -> Reply:
    measure, headline = compared.series.measure, subject.headline
    other = next((m for m in subject.measures if m.source == "published"), None)
    asks = [("Trend", f"/figures trend {asked.again()}")]
    asks += [("Hotspots", f"/hotspots {subject.words} {compared.period.words}")] if placed else []
    asks += [("As the assessment printed it", printed_line(asked, subject, [other], session))] if other else []
    return Reply(
        f"{measure.name}: {compared.where}, {compared.period}",
        compared.aloud,
        Facts(compared.facts),
        *(Note(text) for text in asked.notes),
        apart(measure, other) if other and headline is other else None,
        _printed_too(compared, other, session) if other and measure.simulated else None,
        provenance(compared.series, enquiry.at),
        press(*asks),
    )


def _printed_too(compared: Compared, other: Measure, session: Session) -> Note | None:
    """That the document itself prints the count, where it does: then the number is no invention."""
    ids, period = {p.id for p in compared.places}, (compared.period.first, compared.period.last)
    found = next((f for f in figures_of([other], session) if {f.area_id} == ids and (f.first, f.last) == period), None)
    if found is None or found.current is None:
        return None
    return Note(f"The assessment itself prints {number(found.current)} for {span(found)} (line {found.line}).")


def _printed_for(asked: Asked, subject: Subject, series: Sequence[Series], enquiry: Enquiry, session: Session) -> Published | None:
    """The printed figure of the place asked about; of the borough where none is."""
    if series and (asked.period.period or len(asked.places) > 1):
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
        if wanted and series and series[0].measure.simulated:
            return None  # a spread covers the places that the document names, and another measure is no answer
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
        published_provenance([figure], enquiry.at),
        press(
            *([("Hotspots", f"/hotspots {subject.words}")] if has_hotspots(subject.measures, session) else []),
            *([("The whole card", f"/priority {subject.priority.key}")] if subject.priority else []),
        ),
    )
