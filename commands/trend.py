"""Month by month, and which months are out of the usual."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked, Subject, read
from commands.compared import Chosen
from commands.missing import needs_subject, not_held
from commands.places import choose, named
from commands.printed import cell, figures_of
from commands.reply import Cell, Chart, Facts, Note, Reply, Table, press
from commands.source import provenance, published_provenance, span
from commands.when import period_of
from commands.words import listed
from models.figures.months import Period, short
from models.figures.months import named as month_named
from models.figures.trend import Usual
from models.series import Series, held

MONTHS = 24
SAYABLE = 6  # months; more of them are counted instead of named
FEWEST = 5  # a month on average, below which a usual range would call a single report unusual


def trend(enquiry: Enquiry, session: Session) -> Reply:
    """The months of a measure in a place, with the usual range and the months outside it."""
    asked = read(enquiry.words, session)
    subject = needs_subject(asked, "figures trend", "The trend of what?", session)
    series = [] if asked.printed else held(subject.measures, session)
    found = choose(asked, series, session)
    if not found:
        return _named_months(asked, subject, series, enquiry, session)
    return _months(asked, found[0], found[1], enquiry, session)


def _months(asked: Asked, series: Series, chosen: Sequence[Chosen], enquiry: Enquiry, session: Session) -> Reply:
    default = Period(max(series.last - MONTHS + 1, series.first), series.last)
    period = period_of(asked, series, enquiry, session) if asked.period.period else default
    where, ids = named(chosen), [p.id for _, places in chosen for p in places]
    counts = series.counts(period, session, ids)
    rows = [counts[i] for i in ids]
    months = [
        None if month not in series.months or any(row[i] is None for row in rows) else sum(row[i] or 0 for row in rows)
        for i, month in enumerate(period.months)
    ]
    known = [count for count in months if count is not None]
    enough = len(known) == len(months) and sum(known) >= FEWEST * len(known)
    usual = Usual.of(known) if enough else None
    return Reply(
        f"{series.measure.name}: {where}, month by month",
        f"{series.measure.bare} in {where}: {_said(months, period, usual)}",
        Chart(f"{series.measure.name}", [short(m) for m in period.months], [(where, months)]),
        _in_a_table(period, months) if len(months) <= MONTHS else None,
        Facts([("Usual range", f"{usual.low:.0f} to {usual.high:.0f} a month (mean {usual.mean:.0f})")]) if usual else None,
        Note("The usual range is an XmR chart's: the mean and 2.66 times the mean moving range either side.") if usual else None,
        Note(f"Fewer than {FEWEST} a month are too few for a usual range.") if sum(known) < FEWEST * len(known) else None,
        Note("A dot is a month that is suppressed, not given or not held.") if len(known) < len(months) else None,
        *(Note(text) for text in asked.notes),
        provenance(series, enquiry.at),
        press(("The total", f"/figures {asked.again()}")),
    )


def _in_a_table(period: Period, months: Sequence[int | None]) -> Table:
    """The months to be read one by one: a chart has its shape, and not its numbers."""
    return Table(["Month", "Count"], [[month_named(m), count] for m, count in zip(period.months, months, strict=True)])


def _said(months: list[int | None], period: Period, usual: Usual | None) -> str:
    known = [(count, period.first + i) for i, count in enumerate(months) if count is not None]
    if not known:
        return f"no month of {period} may be shown."
    low, high, last = min(known), max(known), known[-1]
    said = (
        f"{last[0]:,} in {month_named(last[1])}; highest {high[0]:,} in {month_named(high[1])}, lowest {low[0]:,} in {month_named(low[1])}."
    )
    if usual is None:
        return said
    outside = [known[i] for i in usual.outside([count for count, _ in known])]
    if not outside:
        return f"{said} No month is outside the usual range."
    if len(outside) > SAYABLE:
        return f"{said} {len(outside)} of {len(known)} months are outside the usual range."
    return f"{said} Outside the usual range: {listed([f'{month_named(month)} ({count:,})' for count, month in outside])}."


def _named_months(asked: Asked, subject: Subject, series: Sequence[Series], enquiry: Enquiry, session: Session) -> Reply:
    """The months that a document names, where no months are held."""
    for measure in subject.measures:
        months = [f for f in figures_of([measure], session) if f.first is not None and f.first == f.last and f.area.level == "district"]
        if months and not series and not asked.places and not asked.period.period:
            months.sort(key=lambda f: f.first or 0)
            rows: list[list[Cell]] = [[span(f), cell(f.current), f.standing.replace("; ", ", ")] for f in months]
            said = [f"{f.current:,.0f} in {span(f)}" for f in months if f.current is not None]
            return Reply(
                f"{measure.name}: the months the assessment names",
                f"{measure.name}: {listed(said)}." if said else None,
                Table(["Month", "Count", "In the document's words"], rows),
                Note("No monthly counts are held of this measure: these months are all that the document prints, and no line joins them."),
                published_provenance(months, enquiry.at),
            )
    raise not_held(asked, subject, series, session, "by place" if asked.places else "by the month")
