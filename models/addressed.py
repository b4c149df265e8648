"""Who each step of a meeting's cycle is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import Action
from models.cycle import AGENDA, GATHERING, MORNING
from models.groups import Group
from models.partnership import Partnership
from models.people import Person
from models.silence import heard
from models.standing_in import Circle, in_chat

AWAY, PASSED, NOT_IN_CHAT = "away", "passed on", "not on chat"


@dataclass(frozen=True)
class Asked:
    """An action that awaits news, who is asked for it, and why that is not its owner.

    With nobody to ask, it is on the coordinators' list of those to ask themselves.
    """

    action: Action
    of: Person | None
    why: str = ""


class Round:
    """Whom the steps of a group's meetings are for, from what is true now."""

    def __init__(self, group: Group, session: Session) -> None:
        self.group, self.session = group, session
        self.circle = Circle.of(group, session)
        self.zone = Partnership.here(session).zone

    @cached_property
    def actions(self) -> Sequence[Action]:
        """The group's open actions, what is due first first."""
        wanted = select(Action).where(Action.group_id == self.group.id, Action.open).order_by(Action.due_sort, Action.id)
        return list(self.session.scalars(wanted))

    def asked(self, since: datetime, at: datetime) -> list[Asked]:
        """Every open action not heard of since the ask fell due at `since`, and who is asked for it at `at`."""
        known = heard(self.actions, since, at, self.session)
        return [self.of(action, at) for action in self.actions if action.id not in known]

    def of(self, action: Action, at: datetime) -> Asked:
        """Who is asked for an action: its owner, who answers for them while they are away, or nobody."""
        on, owner = at.astimezone(self.zone).date(), action.owner
        if not in_chat(owner):
            return Asked(action, None, NOT_IN_CHAT)
        if away := self.circle.away(owner, on):
            return Asked(action, self.circle.answers_for(owner, on), PASSED if away.passed else AWAY)
        return Asked(action, owner)

    def people(self, kind: str, since: datetime, at: datetime) -> list[Person]:
        """Who is told, each once: of an ask or reminder those who are asked, with the coordinators where somebody cannot be.

        Of a draft and of the minutes the chair and the coordinators; of what goes to the channel nobody, unless there is no channel.
        """
        circle = self.circle
        if kind in GATHERING:
            asked = self.asked(since, at)
            found = [each.of for each in asked if each.of]
            found += circle.coordinators() if any(each.of is None for each in asked) else []
        elif self.channel(kind):
            found = []
        else:
            found = [*circle.chairs(at.astimezone(self.zone).date()), *circle.coordinators()]
        return list({person.id: person for person in found}.values())

    def channel(self, kind: str) -> str:
        """The channel that a step is posted in; empty where it goes to people."""
        return self.group.channel if kind in (AGENDA, MORNING) else ""
