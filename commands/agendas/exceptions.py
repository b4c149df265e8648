"""Performance by exception: what clearly rose or fell in the last quarter, and what an agenda says of the rest."""

from __future__ import annotations

from dataclasses import replace

from commands.agendas.all_priorities import each_of, not_in
from commands.agendas.performance import Performance
from commands.agendas.sitting import Parts, Printed, Sitting
from commands.agendas.sources import as_printed, by_month
from commands.compared import Compared, of_district
from commands.printed import verdict_on
from commands.printed_card import aloud_of
from commands.reply import Facts, Heading
from models.figures import periods
from models.figures.chance import DOWN, UP

QUARTER = "last quarter"
CLEAR = (UP, DOWN)


def by_exception(sitting: Sitting) -> Parts:
    """Each priority that clearly moved, by the quarter where it comes by the month and by the year where it is printed; then the others."""
    every = each_of(sitting)
    moved = {each.priority.id: said for each in every if (said := _moved(each))}
    parts: list[Printed] = [*not_in([series for each in every for series in each.series], sitting)]
    for each in every:
        if each.priority.id in moved:
            parts += [Heading(each.priority.name), "\n".join(moved[each.priority.id]), Facts(each.word())]
    still = [each.priority.name for each in every if each.priority.id not in moved]
    parts += [f"No clear change, or nothing to tell it by: {'; '.join(still)}."] if still else []
    printed = [figure for each in every for figure in each.lately_printed if verdict_on(figure) in CLEAR]
    quarters = [quarter.series for each in every if (quarter := quarter_of(each))]
    return [*parts, *as_printed(printed, printed, sitting), *by_month(quarters, sitting)]


def quarter_of(each: Performance) -> Compared | None:
    """The last whole quarter against the same of the year before, where the priority comes by the month."""
    s = each.sitting
    asked = replace(s.asked, period=periods.read(QUARTER))
    recorded = [one for one in each.series if not one.measure.simulated] or each.series
    whole = [one for one in recorded if one.level == "district" and len(one.months) > 2]
    return of_district(whole[:1], s.enquiry, asked, s.session) if whole else None


def _moved(each: Performance) -> list[str]:
    """The sentences of what clearly moved: by the quarter, and as printed for the year."""
    quarter = quarter_of(each)
    said = [quarter.aloud] if quarter and quarter.verdict in CLEAR else []
    return said + [aloud_of(figure) for figure in each.lately_printed if verdict_on(figure) in CLEAR]
