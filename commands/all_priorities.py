"""Every priority on one screen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.asked import Asked
from commands.compared import Compared, of_district
from commands.printed import (
    CHANCE_OF_PAIRS,
    cell,
    change_said,
    figures_of,
    of_borough,
    verdict_on,
)
from commands.reply import Cell, Note, Part, Reply, Table, counted, press
from commands.source import before_said, came_from, ended, span
from commands.words import listed
from models.figures.rank import printed
from models.held import Published
from models.people import Person
from models.priorities import Priority
from models.series import held
from models.vocabulary import Vocabulary


def all_priorities(enquiry: Enquiry, asked: Asked, session: Session) -> Reply:
    """Every priority on one screen, each under its own definition: as printed, and by the month, apart."""
    priorities = list(asked.vocabulary.priorities.values())
    headlines = {p.id: _headline(p, asked.vocabulary, session) for p in priorities}
    recorded = {p.id: [s for s in held(asked.vocabulary.of_priority(p.id), session) if not s.measure.simulated] for p in priorities}
    live = [(p, c) for p in priorities if (c := of_district(recorded[p.id], enquiry, asked, session))]
    people = {p.id: p.handle for p in session.scalars(select(Person).where(Person.id.in_([p.lead_id for p in priorities])))}
    leads = {p.id: people.get(p.lead_id or 0, "") for p in priorities}
    names = [p.key for p in priorities]
    first = next((f for f in headlines.values() if f), None)
    return Reply(
        "The priorities",
        Table(
            ["Priority", "Headline", "Count", "Before", "Change", "More than chance?", "County (1st = lowest)", "Risk", "Lead"],
            [_row(p, headlines[p.id], leads[p.id]) for p in priorities],
            f"As printed: {first.document}" if first else "",
        )
        if first or not live
        else None,
        *([Note(CHANCE_OF_PAIRS), *_caveats(headlines), _printed_source(first, enquiry)] if first else []),
        *_all_live(live, [] if first else priorities, leads, enquiry),
        press(*((name, f"/priority {name}") for name in names)),
        summary=f"{counted(len(names), 'priority', 'priorities')}: {listed(names)}.",
    )


def _printed_source(figure: Published, enquiry: Enquiry) -> Note:
    """The source of all the printed headlines together; what differs is on each card."""
    when = f"{span(figure)} against {before_said(figure)}, unless a card says otherwise{ended(figure, enquiry.at)}"
    return Note(f"Source: {figure.document}, as printed for {when}. Each card gives its line and definition.")


def _caveats(headlines: Mapping[int, Published | None]) -> list[Note]:
    """What to beware of in reading a headline, each once."""
    return [Note(f"{f.measure.name}: {f.measure.caveat}") for f in headlines.values() if f and f.measure.caveat]


def _headline(priority: Priority, vocabulary: Vocabulary, session: Session) -> Published | None:
    """What the document printed of a priority's first measure, in the borough."""
    return of_borough(figures_of(vocabulary.of_priority(priority.id)[:1], session))


def _all_live(
    live: Sequence[tuple[Priority, Compared]], others: Sequence[Priority], leads: Mapping[int, str], enquiry: Enquiry
) -> list[Part | None]:
    """The priorities that come by the month in a table of their own, and the others below them where no other table has them."""
    if not live:
        return []
    rows: list[list[Cell]] = [
        [p.key, c.series.measure.name, str(c.period), c.count if c.hidden else c.now, c.before, c.change, c.verdict, leads[p.id]]
        for p, c in live
    ]
    there = {p.id for p, _ in live}
    rows += [[p.key, "none is held", "", None, None, "", "", leads[p.id]] for p in others if p.id not in there]
    headings = ["Priority", "Measure", "Period", "Count", "Before", "Change", "More than chance?", "Lead"]
    kept = [i for i in range(len(headings)) if any(row[i] not in ("", None) for row in rows)]
    table = Table([headings[i] for i in kept], [[row[i] for i in kept] for row in rows], "By the month")
    missing = next((Note(f"{c.missing[0].upper()}{c.missing[1:]}.") for _, c in live if c.missing), None)
    source = came_from(live[0][1].series, enquiry.at)
    return [table, missing, Note(f"{source} Each is counted under a definition of its own, which its card gives.")]


def _row(priority: Priority, figure: Published | None, lead: str) -> list[Cell]:
    if figure is None:
        return [priority.key, "none is held", None, None, "", "", "", "", lead]
    changed = change_said(figure) if figure.before is not None else ""
    count, before, rank = cell(figure.current), cell(figure.before), printed(figure.county_rank)
    return [priority.key, figure.measure.name, count, before, changed, verdict_on(figure), rank, figure.risk, lead]
