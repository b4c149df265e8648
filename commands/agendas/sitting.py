"""A meeting whose agenda is looked at: of which group, when, and how far what people wrote for it has been reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.template import Template
from commands.asked import Asked
from commands.reply import Facts, Heading, Note, Table
from models.actions import DONE, Action
from models.agendas import APPROVED, CARRIED, POSTED, TAKEN, WITHDRAWN, Agenda, Item, Minutes
from models.calendar import Calendar
from models.groups import Group, Membership
from models.occurrences import EARLY, Occurrence
from models.people import Person
from models.silence import unchanged
from models.vocabulary import Vocabulary

Printed = str | Heading | Facts | Table | Note
Parts = Sequence[Printed]
SEATS = ("chair", "deputy", "coordinator")


@dataclass(frozen=True)
class Sitting:
    """A meeting of a group, as it is at a moment.

    What people wrote goes out once the chair or the coordinator has looked at it. `whole` shows all of it to those who look, and `seen`
    are the groups that they see: of another, what is private is not told.
    """

    group: Group
    occurrence: Occurrence
    session: Session
    at: datetime
    agenda: Agenda | None
    whole: bool = False
    seen: frozenset[int] = frozenset()

    @classmethod
    def of(
        cls,
        group: Group,
        occurrence: Occurrence,
        session: Session,
        at: datetime,
        whole: bool = False,
        seen: frozenset[int] = frozenset(),
    ) -> Sitting:
        """With what has been written for it so far; writes nothing."""
        number = occurrence.meeting_id
        agenda = session.scalar(select(Agenda).where(Agenda.meeting_id == number)) if number else None
        return cls(group, occurrence, session, at, agenda, whole, seen)

    @cached_property
    def calendar(self) -> Calendar:
        return Calendar.of(self.group, self.session)

    @cached_property
    def now(self) -> datetime:
        """Local wall time."""
        return self.at.astimezone(self.calendar.zone)

    @property
    def today(self) -> date:
        return self.now.date()

    @cached_property
    def previous(self) -> Occurrence | None:
        """The group's meeting before this one."""
        return self.calendar.previous(self.occurrence)

    @cached_property
    def seats(self) -> dict[str, list[Person]]:
        """Who has each seat of the group."""
        found: dict[str, list[Person]] = {}
        query = select(Membership).where(Membership.group_id == self.group.id).order_by(Membership.id)
        for each in self.session.scalars(query):
            found.setdefault(each.seat, []).append(each.person)
        return found

    @cached_property
    def reviewers(self) -> frozenset[int]:
        """Those who may look at what others wrote: chair, deputy chair, coordinator, administrators."""
        administrators = self.session.scalars(select(Person.id).where(Person.administrator))
        return frozenset([*administrators, *(person.id for seat in SEATS for person in self.seats.get(seat, ()))])

    @cached_property
    def last_minutes(self) -> Minutes | None:
        """The minutes of the meeting before this one, where any are held."""
        number = self.previous.meeting_id if self.previous else None
        return self.session.scalar(select(Minutes).where(Minutes.meeting_id == number)) if number else None

    @cached_property
    def plain(self) -> bool:
        """Whether its readers are to be spared abbreviations, handles among them."""
        return Template.of(self.group).plain

    def called(self, person: Person) -> str:
        """How somebody is named on it: by their handle, or by their role."""
        return person.role if self.plain else person.handle

    @cached_property
    def unchanged(self) -> Mapping[int, datetime]:
        """When no change was reported of actions of which nothing else was."""
        return unchanged(self.group.id, self.at, self.session)

    @property
    def chair(self) -> Person | None:
        return next(iter(self.seats.get("chair", ())), None)

    @property
    def reviewed_until(self) -> datetime | None:
        """Up to when what people wrote has been looked at; None where nobody has."""
        agenda = self.agenda
        return agenda.at if agenda and agenda.by_id and agenda.state in (APPROVED, POSTED) else None

    @property
    def is_posted(self) -> bool:
        """Whether it stands in its group's channel."""
        return bool(self.agenda and self.agenda.state == POSTED and self.agenda.stamps)

    @property
    def goes_as_it_is(self) -> bool:
        """Whether it is no draft any more: it was approved or posted, or its meeting is over."""
        return (self.agenda is not None and self.agenda.state in (APPROVED, POSTED)) or self.occurrence.ends <= self.now

    def passes(self, at: datetime | None) -> bool:
        """Whether words written at this moment may go out."""
        return self.whole or bool(at and self.reviewed_until and at <= self.reviewed_until)

    def text(self, name: str) -> str:
        """What was written for a part of the agenda, as far as it may go out."""
        written = self.written.get(name)
        return str(written["words"]) if written and (self.whole or written["reviewed"]) else ""

    @property
    def written(self) -> dict[str, dict[str, Any]]:
        """Everything that was written for it, by the key of its priority."""
        return self.agenda.texts if self.agenda else {}

    @cached_property
    def items(self) -> list[Item]:
        """What is wanted talked about at this meeting, in the order in which it came: all of it, reviewed or not."""
        wanted = or_(Item.meeting_id.is_(None), Item.meeting_id == (self.occurrence.meeting_id or 0))
        found = select(Item).where(Item.group_id == self.group.id, Item.state != WITHDRAWN, wanted).order_by(Item.at, Item.id)
        mine, until = self.occurrence.meeting_id, self.occurrence.begins - EARLY  # what is suggested at it is for the next
        there = [item for item in self.session.scalars(found) if item.at <= self.at]
        return [item for item in there if item.at < until or (mine and item.meeting_id == mine)]

    def shows(self, item: Item) -> bool:
        """Whether an item's words may go out."""
        return self.whole or item.state in (TAKEN, CARRIED) or item.by_id in self.reviewers

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self.session)

    @property
    def asked(self) -> Asked:
        """The question that every figure answers: the whole borough, over the usual period."""
        return Asked(self.vocabulary)

    @cached_property
    def enquiry(self) -> Enquiry:
        """In whose name figures are read: an administrator's. They are the same for everybody."""
        first = select(Person).order_by(Person.administrator.desc(), Person.id).limit(1)
        return Enquiry("", self.session.scalars(first).one(), self.at)

    @property
    def withholds(self) -> bool:
        """Whether something that people wrote does not go out, as nobody has looked at it yet."""
        told = select(Action.latest_at).where(Action.group_id == self.group.id, Action.latest != "", Action.open | (Action.status == DONE))
        return (
            self.reviewed_until is None
            or any(not text["reviewed"] for text in self.written.values())
            or any(not self.shows(item) for item in self.items)
            or any(not self.passes(at) for at in self.session.scalars(told))
        )
