"""What somebody may see of the action plan, and what they are towards an action. What may not be seen does not exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import NO, Allowed, allowed
from commands.plan.by_number import Which, meant, of_number
from commands.plan.refs import Ref
from commands.reply import counted
from models.actions import Action
from models.away import Away
from models.base import SAYS_WHOSE, Refusal
from models.groups import Group, Membership
from models.meetings import Meeting
from models.near import key
from models.partnership import Partnership
from models.people import Person
from models.priorities import Priority
from models.silence import LastAsk, awaits, last_asked
from models.standing_in import Circle

# Asked with every line about the action plan, so made once; they say themselves whose rows they read.
_MINE: BindParameter[int] = bindparam("mine")
_PERSON: BindParameter[int] = bindparam("person")
SEATS = (
    select(Group, Membership.seat)
    .outerjoin(Membership, (Membership.group_id == Group.id) & (Membership.person_id == _PERSON))
    .where(Group.partnership_id == _MINE)
    .order_by(Group.id)
    .execution_options(**{SAYS_WHOSE: True})
)
AWAY_ON = select(Away.person_id).where(Away.partnership_id == _MINE, Away.since <= bindparam("day"), Away.until >= bindparam("day"))
SEATED = select(Membership.person_id).where(
    Membership.group_id == bindparam("group"), Membership.person_id.in_(bindparam("people", expanding=True))
)
LEADS = select(Priority.id).where(Priority.partnership_id == _MINE, (Priority.lead_id == _PERSON) | (Priority.deputy_id == _PERSON))


@dataclass(frozen=True)
class Sight:
    """The groups a person sees, their seats on them, and the priorities they lead.

    An answer that everybody in a channel is to read shows only what is that channel's group's.
    """

    enquiry: Enquiry
    session: Session
    groups: tuple[Group, ...]
    seats: Mapping[int, frozenset[str]]

    @classmethod
    def of(cls, enquiry: Enquiry, session: Session) -> Sight:
        """One query."""
        person = enquiry.person
        whose = {"mine": session.info["partnership"], "person": person.id}
        seats: dict[int, set[str]] = {}
        groups: dict[int, Group] = {}
        for group, seat in session.execute(SEATS, whose):
            groups[group.id] = group
            seats.setdefault(group.id, set()).update({seat} if seat else ())
        seen = [group for group in groups.values() if seats[group.id] or person.administrator]
        if enquiry.audience == "here":
            seen = [group for group in seen if group.channel and group.channel == enquiry.where]
        return cls(enquiry, session, tuple(seen), {group: frozenset(seats[group]) for group in seats})

    @property
    def person(self) -> Person:
        return self.enquiry.person

    @cached_property
    def group_ids(self) -> frozenset[int]:
        return frozenset(group.id for group in self.groups)

    @cached_property
    def leads(self) -> frozenset[int]:
        """Ids of the priorities that they lead, or lead as deputy."""
        whose = {"mine": self.session.info["partnership"], "person": self.person.id}
        return frozenset(self.session.connection().scalars(LEADS, whose))

    @cached_property
    def now(self) -> datetime:
        """Local wall time where the partnership is."""
        return self.enquiry.at.astimezone(Partnership.here(self.session).zone)

    @property
    def today(self) -> date:
        """The day it is there."""
        return self.now.date()

    def group_named(self, words: str) -> Group | None:
        """The group of this name among those that are seen."""
        wanted = key(words).removeprefix("the ").removesuffix(" private")  # as an exported plan marks it
        return next((group for group in self.groups if wanted in group.names), None)

    def enquiry_of(self, words: str) -> Enquiry:
        """Other words of the same person, at the same moment, from the same place."""
        return replace(self.enquiry, words=words, fields={})

    def default_group(self) -> Group:
        """The group a new action goes to where none is named: the channel's, or mine that is no private one."""
        seated = [group for group in self.groups if self.seats.get(group.id)] or list(self.groups)
        if not seated:
            raise Refusal("You sit on no group that keeps actions. Ask the coordinator to seat you on one.")
        here = [group for group in seated if group.channel and group.channel == self.enquiry.where]
        return next(iter([*here, *(group for group in seated if not group.private), *seated]))

    def others_who_see(self, group_id: int, people: Iterable[Person]) -> list[Person]:
        """Those of other people who see a group: who sit on it, and administrators. Each is looked up once."""
        asked = list(people)
        unknown = [each.id for each in asked if not each.administrator and (group_id, each.id) not in self._seated]
        if unknown:
            seated = set(self.session.connection().scalars(SEATED, {"group": group_id, "people": unknown}))
            self._seated.update({(group_id, each): each in seated for each in unknown})
        return [each for each in asked if each.administrator or self._seated[group_id, each.id]]

    @cached_property
    def _seated(self) -> dict[tuple[int, int], bool]:
        """Who is known to sit on a group, or not to."""
        return {}

    def parts(self, action: Action) -> set[str]:
        """What the person is towards an action: owner, lead, chair, coordinator, member."""
        return self.parts_in(action.group_id) | (
            ({"owner"} if action.owner_id == self.person.id else set()) | ({"lead"} if action.priority_id in self.leads else set())
        )

    def parts_in(self, group_id: int) -> set[str]:
        """What the person is on a group: chair (or deputy), coordinator, member."""
        seats = self.seats.get(group_id, frozenset())
        parts = {"member"} if seats else set()
        parts |= {"chair"} if seats & {"chair", "deputy"} else set()
        return parts | ({"coordinator"} if self.person.administrator or "coordinator" in seats else set())

    def may(self, right: str, action: Action) -> Allowed:
        """What they may do with an action: yes, propose or no. `right` is a row of `commands.permissions.ACTIONS`."""
        given = allowed(right, self.parts(action))
        return given if given != NO or not self.stands_in(action) else allowed(right, {"stand-in"})

    def stands_in(self, action: Action) -> bool:
        """Whether they answer for the action's owner, who is away."""
        if action.owner_id == self.person.id or action.group_id not in self.group_ids or action.owner_id not in self._away:
            return False
        answering = Circle.of(action.group, self.session).answers_for(action.owner, self.today)
        return answering is not None and answering.id == self.person.id

    def awaits(self, action: Action) -> Meeting | None:
        """The meeting that news of an action is awaited for, if it is."""
        if action.group_id not in self._asked:
            self._asked[action.group_id] = last_asked(action.group_id, self.enquiry.at, self.session)
        return awaits(action, self._asked[action.group_id], self.enquiry.at, self.session)

    @cached_property
    def _asked(self) -> dict[int, LastAsk | None]:
        """What the groups of actions that were spoken of were last asked for."""
        return {}

    @cached_property
    def _away(self) -> frozenset[int]:
        """Who is away today."""
        return frozenset(self.session.connection().scalars(AWAY_ON, {"mine": self.session.info["partnership"], "day": self.today}))

    def action(self, ref: Ref, writing: bool = False) -> Action:
        """The action of this reference; refuses alike what isn't there and what may not be seen.

        A bare number means the newest year of my groups, and is asked about when several have it: unless one is of the group
        whose channel it was typed in, or is the only one of them that I am to do.
        """
        found = meant(of_number(ref, self, writing), self)
        if len(found) == 1 and not ref.span:
            return found[0]
        if found:
            raise Which(ref, found)
        raise Refusal(
            f"There is no action {ref.typed}. See what there is: /action list",
            ("My actions", "/action list mine"),
            ("Open actions", "/action list"),
        )

    def action_of(self, action_id: int) -> Action:
        """The action of an id, as it is now and nobody else's to change until this is done."""
        query = select(Action).where(Action.id == action_id).with_for_update(of=Action).execution_options(populate_existing=True)
        return self.session.scalars(query).one()


def discreet(actions: Iterable[Action]) -> str:
    """What a notification says of these actions, where some are a private group's: only how many. Empty where none is."""
    private: dict[str, int] = {}
    for action in actions:
        if action.group.private:
            private[action.group.name] = private.get(action.group.name, 0) + 1
    return ", ".join(counted(number, f"{name} action") for name, number in private.items())
