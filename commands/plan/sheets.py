"""The two sheets of an exported plan: every action somebody sees, and every line of its history, so that nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload, lazyload, selectinload

from commands.plan.history import Named, what_changed
from commands.plan.logged import Names
from commands.plan.sight import Sight
from commands.plan.told import rag_said
from commands.reply import Cell
from models.actions import Action, Supporter
from models.changes import Change
from models.groups import Group
from models.people import Person

ACTIONS = (
    "Reference", "Group", "Action", "Owner", "Agency", "Supporters", "Priority", "Due", "Status", "RAG",
    "Latest update", "Raised on", "Raised by", "Meeting", "Lineage", "Closed on",
)  # fmt: skip
HISTORY = ("Reference", "When", "By", "For", "From where", "What", "Words", "Before", "After", "In words")
AT_ONCE = 1_000  # rows read at a time
PRIVATE = " (private)"


def called(group: Group) -> str:
    """A group's name, with a mark where its actions are for it alone."""
    return f"{group.name}{PRIVATE if group.private else ''}"


@dataclass(frozen=True)
class Sheets:
    """The rows of the actions of some groups in some states."""

    sight: Sight
    groups: Sequence[Group]
    states: frozenset[str]

    @cached_property
    def names(self) -> Names:
        return Names.of(self.sight.session, self.sight.groups)

    @property
    def narrowed(self) -> tuple[ColumnElement[bool], ...]:
        return Action.group_id.in_([group.id for group in self.groups]), Action.status.in_(self.states)

    def actions(self) -> tuple[list[list[Cell]], dict[int, Counter[str]]]:
        """(a row an action, how many of each status by the group's id)."""
        query = (
            select(Action)
            .join(Action.group)
            .where(*self.narrowed)
            .order_by(Group.private, Group.key, Action.year, Action.number)
            .options(
                lazyload(Action.group),
                lazyload(Action.priority),
                joinedload(Action.owner).joinedload(Person.agency),
                selectinload(Action.supporters).options(lazyload(Supporter.person), lazyload(Supporter.agency)),
            )
            .execution_options(yield_per=AT_ONCE)
        )
        groups = {group.id: group for group in self.groups}
        rows: list[list[Cell]] = []
        tally: dict[int, Counter[str]] = {group: Counter() for group in groups}
        for action in self.sight.session.scalars(query):
            rows.append(self._row(action, groups[action.group_id]))
            tally[action.group_id][action.status] += 1
        return rows, tally

    def _row(self, action: Action, group: Group) -> list[Cell]:
        names, owner = self.names, action.owner
        supporters = [names.people[s.person_id] if s.person_id else names.agencies[s.agency_id or 0] for s in action.supporters]
        return [
            action.ref,
            called(group),
            action.wording,
            owner.handle,
            owner.agency.name if owner.agency else "",
            "; ".join(supporters),
            names.priorities.get(action.priority_id or 0, ""),
            due_of(action, group.name),
            action.status,
            rag_said(action, self.sight),
            action.latest,
            _iso(self._local(action.raised_at).date()),
            names.people[action.raised_by_id],
            _iso(action.meeting),
            names.lineage(action.lineage, action.parent_id),
            _iso(action.closed_on),
        ]

    def history(self) -> list[list[Cell]]:
        """A row a change: actions in their order, the oldest change of each first."""
        query = (
            select(
                Action.ref, Change.id, Change.at, Change.by_id, Change.for_id, Change.where, Change.verb, Change.words,
                Change.said, Change.settled, Change.before, Change.after, Change.undone_by_id, Group.name.label("group"),
            )
            .join(Action, Action.id == Change.action_id)
            .join(Group, Group.id == Action.group_id)
            .where(*self.narrowed)
            .order_by(Group.private, Group.key, Action.year, Action.number, Change.id)
            .execution_options(yield_per=AT_ONCE)
        )  # fmt: skip
        changes: Iterator[Any] = iter(self.sight.session.execute(query))
        return [row for _, of_one in groupby(changes, key=lambda change: change.ref) for row in self._lines(list(of_one))]

    def _lines(self, changes: Sequence[Any]) -> Iterator[list[Cell]]:
        """The history of one action. An undone change says which line of it undid it, the first being 1."""
        places = {change.id: place for place, change in enumerate(changes, 1)}
        for change in changes:
            where = "a private channel" if change.where in self.hidden else change.where
            beside = {"said": change.said, "settled": change.settled, "undone_by": places.get(change.undone_by_id)}
            yield [
                change.ref,
                self._local(change.at).isoformat(),
                self.names.people[change.by_id],
                self.names.people.get(change.for_id, ""),
                where,
                change.verb,
                change.words,
                *self.names.outward(change.before, change.after | {name: value for name, value in beside.items() if value}),
                what_changed(change, self._named, change.group),
            ]

    @cached_property
    def _named(self) -> Named:
        return Named(self.names.people, self.names.priorities, self.names.agencies, self.names.refs)

    @cached_property
    def hidden(self) -> frozenset[str]:
        """Channels of private groups that are not seen."""
        private = select(Group.channel).where(Group.private, Group.id.not_in(self.sight.group_ids))
        return frozenset(channel for channel in self.sight.session.scalars(private) if channel)

    def _local(self, at: datetime) -> datetime:
        return at.astimezone(self.sight.now.tzinfo)


def due_of(action: Action, group: str) -> str:
    """ "2013-12-12", "next JAG (2013-09-10)", "next JAG" or "ongoing"."""
    if action.due_kind != "meeting":
        return _iso(action.due_on) or "ongoing"
    return f"next {group}" + (f" ({_iso(action.due_on)})" if action.due_on else "")


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""
