"""What rises more than chance and is no priority; and road traffic collisions, which are reported on twice a year."""

from __future__ import annotations

from collections.abc import Iterator

from commands.agendas.sitting import Parts, Printed, Sitting
from commands.agendas.sources import as_printed, by_month
from commands.compared import Compared, of_district
from commands.places import places_of
from commands.printed import EVENTS, change_said, figures_of, number, of_borough, verdict_on
from commands.printed_card import aloud_of
from commands.reply import Cell, Note, Table, counted
from commands.source import span
from commands.when import compared_with, period_of
from models.figures.chance import UP
from models.figures.hotspots import rank_areas
from models.held import Published
from models.measures import Measure
from models.near import key
from models.series import Series, held

COLLISIONS = "collisions"
REPORTED = {3: "March", 9: "September"}  # after the half-years that end in December and June have come in
HEADINGS = ["What", "Where", "Count", "Year before", "Change", "Period"]


def emerging(sitting: Sitting) -> Parts:
    """Measures outside the priorities that are clearly up in the borough or in a ward, each under its own definition."""
    measures = [m for m in sitting.vocabulary.measures.values() if m.priority_id is None and m.counted in EVENTS and not m.simulated]
    printed = [f for m in measures if (f := of_borough(figures_of([m], sitting.session))) and f.before is not None]
    monthly = held(measures, sitting.session)
    risen = [f for f in printed if verdict_on(f) == UP]
    rows: list[list[Cell]] = [_printed_row(f) for f in risen]
    rows += [row for series in monthly for row in _rising(series, sitting)]
    many = len(printed) + len({s.measure.id for s in monthly})
    if not many:
        return ["Nothing is held outside the priorities to watch."]
    looked = f"{counted(many, 'measure')} outside the priorities were looked at."
    said: Printed = Table(HEADINGS, rows) if rows else f"Nothing outside the priorities is clearly up. {looked}"
    return [said, *([looked] if rows else []), *as_printed(printed, risen, sitting), *by_month(monthly, sitting)]


def collisions(sitting: Sitting) -> Parts:
    """Road traffic collisions of all kinds, in the two months in which they are reported; nothing in the others."""
    if sitting.occurrence.on.month not in REPORTED:
        return []
    measures = _of_collisions(sitting)
    figures = [f for m in measures if (f := of_borough(figures_of([m], sitting.session))) and f.current is not None]
    series = [s for s in held(measures, sitting.session) if s.level == "district"]
    live = [c for s in series if (c := of_district([s], sitting.enquiry, sitting.asked, sitting.session))]
    if not figures and not live:
        return ["No figures of road traffic collisions are held. The county's road safety unit has them."]
    said = [*(c.aloud for c in live), *([aloud_of(figures[0])] if figures else [])]
    kinds = [_kind(f) for f in figures[1:] if f.before is not None]
    months = " and ".join(REPORTED.values())
    return [
        "\n".join([*said, *kinds]),
        Note(f"Reported on twice a year, in {months}."),
        *as_printed(figures, figures, sitting),
        *by_month(series, sitting),
    ]


def _kind(figure: Published) -> str:
    """ "- Fatal road traffic collisions: 1 from 2 (−1)"."""
    return f"- {figure.measure.name}: {number(figure.current)} from {number(figure.before)} ({change_said(figure)})"


def _of_collisions(sitting: Sitting) -> list[Measure]:
    """Every measure of collisions, the whole first."""
    vocabulary = sitting.vocabulary
    found = [m for m in vocabulary.measures.values() if key(COLLISIONS) in key(m.name).split() and m.source != "nobody"]
    return sorted(found, key=lambda m: (len(m.name), m.id))


def _printed_row(figure: Published) -> list[Cell]:
    return [figure.measure.name, figure.area.name, number(figure.current), number(figure.before), change_said(figure), span(figure)]


def _rising(series: Series, sitting: Sitting) -> Iterator[list[Cell]]:
    """Rows of a series: of the borough where it is clearly up there, or of the wards that are."""
    if series.level == "district":
        compared = of_district([series], sitting.enquiry, sitting.asked, sitting.session)
        if compared and compared.verdict == UP:
            yield _row(compared)
    elif series.level == "ward":
        yield from _wards(series, sitting)


def _row(compared: Compared) -> list[Cell]:
    return [compared.series.measure.name, compared.where, compared.count, compared.before, compared.change, str(compared.period)]


def _wards(series: Series, sitting: Sitting) -> Iterator[list[Cell]]:
    asked, enquiry, session = sitting.asked, sitting.enquiry, sitting.session
    period = period_of(asked, series, enquiry, session)
    against = compared_with(asked, period, series, enquiry, session)
    if not series.holds(against):
        return
    now, before = series.both(period, against, session)
    names = {p.id: p.name for p in places_of(series, sitting.vocabulary, session)}
    ranked = rank_areas(
        {i: now.get(i) or series.nothing(period) for i in names}, {i: before.get(i) or series.nothing(against) for i in names}, 0
    )
    for row in ranked:
        if row.judged and row.judged.verdict == UP and row.before is not None:
            moved = f"+{row.count - row.before:,}"
            yield [series.measure.name, names[row.place], row.count, row.before, moved, str(period)]
