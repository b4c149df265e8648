"""Who of a group can be asked, and who answers for those who cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away import Away
from models.groups import Group, Membership
from models.people import Person
from models.priorities import Priority

CHAT = ("chat", "guest")  # how those are reached who can be written to


@dataclass(frozen=True)
class Circle:
    """Who sits on a group, who of them is away when, and whose deputies they are."""

    seats: Sequence[tuple[str, Person]]
    aways: Sequence[Away]
    deputies: Mapping[int, Sequence[int]]  # a lead's id -> their deputies'
    administrators: Sequence[Person]

    @classmethod
    def of(cls, group: Group, session: Session) -> Circle:
        """Four queries."""
        seated = select(Membership.seat, Person).join(Membership.person).where(Membership.group_id == group.id).order_by(Membership.id)
        seats = [(seat, person) for seat, person in session.execute(seated)]
        people = [person.id for _, person in seats]
        deputies: dict[int, list[int]] = {}
        for lead, deputy in session.execute(select(Priority.lead_id, Priority.deputy_id).order_by(Priority.place)):
            if lead and deputy:
                deputies.setdefault(lead, []).append(deputy)
        aways = list(session.scalars(select(Away).where(Away.person_id.in_(people)).order_by(Away.id)))
        administrators = list(session.scalars(select(Person).where(Person.administrator).order_by(Person.id)))
        return cls(seats, aways, deputies, administrators)

    @property
    def people(self) -> Mapping[int, Person]:
        """Everybody who sits on it, by id, in the order in which they were seated."""
        return {person.id: person for _, person in self.seats}

    def away(self, person: Person, on: date) -> Away | None:
        """When they are away on a day: as it was last said."""
        return next((each for each in reversed(self.aways) if each.person_id == person.id and each.since <= on <= each.until), None)

    def can_be_asked(self, person: Person, on: date) -> bool:
        """Whether they can be written to and are not away."""
        return in_chat(person) and self.away(person, on) is None

    def answers_for(self, owner: Person, on: date) -> Person | None:
        """Who is asked in the place of somebody who is away: their deputy, else a colleague of their agency; None where there is nobody.

        Only those who sit on the group, which may be private, and can be asked themselves.
        """
        people = self.people
        for number in self._in_turn(owner, on):
            person = people.get(number)
            if person and person.id != owner.id and self.can_be_asked(person, on):
                return person
        return None

    def _in_turn(self, owner: Person, on: date) -> Iterator[int]:
        away = self.away(owner, on)
        if away and away.deputy_id:
            yield away.deputy_id
        if owner.deputy_id:
            yield owner.deputy_id
        yield from self.deputies.get(owner.id, ())
        if owner.agency_id:
            yield from (person.id for person in self.people.values() if person.agency_id == owner.agency_id)

    def coordinators(self) -> list[Person]:
        """Its coordinators; where it has none who can be written to, the partnership's administrators."""
        seated = [person for seat, person in self.seats if seat == "coordinator" and in_chat(person)]
        return seated or [person for person in self.administrators if in_chat(person)]

    def chairs(self, on: date) -> list[Person]:
        """Its chair; while they are away or out of reach, the deputy chair; nobody where neither can be asked."""
        for wanted in ("chair", "deputy"):
            found = [person for seat, person in self.seats if seat == wanted and self.can_be_asked(person, on)]
            if found:
                return found
        return []


def in_chat(person: Person) -> bool:
    """Whether somebody can be written to in chat, confirmed there or not yet."""
    return person.reached in CHAT
