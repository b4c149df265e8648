"""Who may do what with meetings: the table, cell by cell, on both databases. What may not be done changes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from asking import Asking
from conftest import Held
from made import NOW
from sqlalchemy import select

from commands.frozen import frozen
from models.groups import Group
from models.meetings import Attendance, Meeting
from models.partnership import Partnership
from models.sources.founding import make_example
from models.store import Store

# Who plays which part on JAG; an outsider sits on another group alone.
PLAYED_BY = {
    "priority lead": ["asb-lead", "asb-deputy"],
    "chair, deputy chair": ["jag-chair", "jag-deputy"],
    "coordinator": ["coordinator"],
    "other member": ["college", "town-centre"],
    "outsider": ["portfolio-holder"],
}
TABLE = """
|                             | priority lead | chair, deputy chair | coordinator | other member | outsider |
| see a group's meetings      | yes           | yes                 | yes         | yes          | no       |
| arrange meetings            | no            | yes                 | yes         | no           | no       |
| say that one comes, or not  | yes           | yes                 | –           | yes          | no       |
| say it of others            | no            | yes                 | yes         | no           | no       |
| load meetings               | no            | no                  | yes         | no           | no       |
"""
LINES = {
    "see a group's meetings": ["show {}", "list {}", "settings {}", "{} 10 March 2026"],
    "arrange meetings": [
        *("add {} 24 March 2026 10:00", "move {} 10 March 2026 to 12 March 2026", "cancel {} 10 March 2026 snow", "tell {} 10 March 2026"),
        *("place {} Room 2", "lasts {} 90 minutes", "holiday {} before", "quorum {} 2", "leads {} ask 9, remind 6, draft 4, agenda 3"),
        *("cadence {} first monday 10:00", "cadence {} none"),
    ],
    "say that one comes, or not": ["attend {} 10 March 2026", "apologies {} 10 March 2026"],
    "say it of others": ["attend {} 10 March 2026 @fire-officer", "apologies {} 10 March 2026 @fire-officer sends @college instead"],
    "load meetings": ["load {}"],
}
ROWS = {row[0]: row[1:] for row in ([cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines())}
CELLS = [
    pytest.param(f"/meeting {line.format('jag')}", who, said, id=f"{row}-{line.split()[0]}-{who}-{said}")
    for row, lines in LINES.items()
    for part, said in zip(ROWS[""], ROWS[row], strict=True)
    for who in PLAYED_BY[part]
    for line in lines
    if said != "–"
]


@dataclass
class Table:
    held: Held

    @property
    def asking(self) -> Asking:
        return Asking(self.held)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every meeting, who comes, and how groups meet as a rule."""
        with self.held.session() as session:
            tables = [kind.__table__ for kind in (Meeting, Attendance, Group)]
            return {each.name: [tuple(row) for row in session.connection().execute(select(each).order_by(each.c.id))] for each in tables}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def table(request) -> Iterator[Table]:
    store = Store(request.getfixturevalue(request.param).like("example", lambda store: make_example(store, NOW)))
    with store.session() as session:
        made = Table(Held(store, Partnership.named(session)))
    yield made
    store.engine.dispose()


@pytest.mark.parametrize(("line", "who", "said"), CELLS)
def test_the_table_cell_by_cell(table, line, who, said):
    before = table.everything()
    reply = table.asking(line, person=who)
    if said == "no":
        assert reply.refused or reply.form, reply.summary
        assert table.everything() == before
    elif "load" in line:
        assert "Drop the .ics file on me" in reply.summary
    else:
        assert not reply.refused, reply.summary
        _put_back(table, line, reply)


def _put_back(table: Table, line: str, reply: Any) -> None:
    """As it was, for the next cell."""
    if undo := next((button.asks for button in reply.asks if button.label == "Undo"), ""):
        again = table.asking(undo)
        assert not again.refused, (line, again.summary)
    with table.held.session() as session:
        for each in session.scalars(select(Meeting).where(Meeting.added)):
            session.delete(each)


@pytest.mark.parametrize("line", [line for lines in LINES.values() for line in lines])
def test_an_outsider_is_told_what_they_would_be_told_of_a_group_that_is_none(table, line):
    told, nothing = (table.asking(f"/meeting {line.format(group)}", person="jag-deputy") for group in ("csag", "zzag"))
    assert json.dumps(frozen(told)) == json.dumps(frozen(nothing)).replace("zzag", "csag")
