"""An action plan made by hand: actions and what was said of them, written as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from made import NOW
from sqlalchemy import func, select

from models.actions import Action, people_of, ref_of
from models.changes import Change, differing, snapshot
from models.due import Due
from models.groups import Group
from models.people import Person
from models.priorities import Priority
from models.proposals import Proposal

if TYPE_CHECKING:
    from conftest import Held

TODAY = NOW.date()
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@dataclass
class Plan:
    """The action plan of a partnership."""

    held: Held

    def add(
        self,
        wording: str,
        owner: str = "housing-officer",
        group: str = "jag",
        number: int = 1,
        due: date | Due | None = TOMORROW,
        priority: str = "",
        supporters: Sequence[str] = (),
        by: str = "coordinator",
        at: datetime = NOW - timedelta(days=30),
        parent: str = "",
        **columns: Any,
    ) -> str:
        """Its reference."""
        with self.held.session() as session:
            of = session.scalars(select(Group).where(Group.key == group)).one()
            people = {person.handle: person for person in session.scalars(select(Person))}
            about = session.scalar(select(Priority).where(Priority.key == priority))
            action = Action(group=of, ref=ref_of(of, 26, number), year=26, number=number, wording=wording, owner=people[owner], **columns)
            action.priority, action.raised_at, action.raised_by = about, at, people[by]
            action.due = due if isinstance(due, Due) else Due("date", due) if due else Due("ongoing")
            action.supporters = people_of([people[each] for each in supporters])
            action.parent = session.scalar(select(Action).where(Action.ref == parent))
            session.add(action)
            session.flush()
            change = Change(action=action, at=at, by=people[by], where="terminal", verb="added", said=wording, after=snapshot(action))
            change.words, change.number = f"add {wording}", 1
            session.add(change)
            return action.ref

    def said(
        self, ref: str, words: str, by: str = "coordinator", verb: str = "update", at: datetime = NOW, for_: str = "", **more: Any
    ) -> None:
        """Words of somebody on an action, and the columns they changed."""
        kept = {name: more.pop(name) for name in ("where", "settled", "said") if name in more}
        with self.held.session() as session:
            action = session.scalars(select(Action).where(Action.ref == ref)).one()
            before = snapshot(action)
            for name, value in more.items():
                setattr(action, name, value)
            if verb == "update":
                action.latest, action.latest_at = kept.get("said", words), at
            session.flush()
            was, became = differing(before, snapshot(action))
            about = {"said": words, "where": "terminal"} | kept
            change = Change(action=action, at=at, by=Person.named(by, session), verb=verb, words=words, before=was, after=became, **about)
            action.changes += 1
            change.number = action.changes
            change.for_ = Person.named(for_, session) if for_ else None
            session.add(change)

    def asks(self, ref: str, said: str, by: str = "housing-officer") -> int:
        """The number of a request."""
        with self.held.session() as session:
            action = session.scalars(select(Action).where(Action.ref == ref)).one()
            number = 1 + (session.scalar(select(func.count()).select_from(Proposal)) or 0)  # not by lot, so that tests can name it
            proposal = Proposal(
                id=number, action=action, by=Person.named(by, session), at=NOW, verb="due", said=said, words=f"due 1 {said}"
            )
            session.add(proposal)
            session.flush()
            return proposal.id
