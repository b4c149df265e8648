"""Which actions a list is of: its words as conditions on the action plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from sqlalchemy import ColumnElement, false, or_, select, true

from commands.plan.asked_list import Wanted
from commands.plan.sight import Sight
from models.actions import AT_RISK, BLOCKED, CLOSED, DONE, NOT_REPORTED, ON_TRACK, WITHDRAWN, Action, Supporter
from models.calendar import Calendar
from models.people import Person

Condition = ColumnElement[bool]


def overdue_on(today: date) -> Condition:
    """Open, and due before a day."""
    return Action.open & (Action.due_sort < today)


def _before_the_meeting(sight: Sight) -> Condition:
    """Due until its group next meets, that day included."""
    calendars = Calendar.of_all(sight.groups, sight.now, sight.session)
    meets = ((group, calendar.next(sight.now)) for group, calendar in calendars.items())
    return Action.open & or_(
        false(), *((Action.group_id == group) & (Action.due_sort <= meeting.on) for group, meeting in meets if meeting)
    )


CONDITIONS: Mapping[str, Callable[[Sight], Condition]] = {
    "open": lambda _: Action.open & true(),
    "overdue": lambda sight: overdue_on(sight.today),
    "due before the meeting": _before_the_meeting,
    "red": lambda sight: overdue_on(sight.today) | (Action.open & (Action.status == BLOCKED)),
    "all": lambda _: true(),
} | {
    scope: partial(lambda _, status: Action.status == status, status=status)
    for scope, status in (
        ("blocked", BLOCKED),
        ("at risk", AT_RISK),
        ("on track", ON_TRACK),
        ("not reported", NOT_REPORTED),
        ("done", DONE),
        ("closed", CLOSED),
        ("withdrawn", WITHDRAWN),
    )
}
NEWEST_FIRST = {"closed", "withdrawn", "all"}


def groups_of(wanted: Wanted, sight: Sight) -> list[int]:
    """The groups it is of; one that cannot be, where none is seen."""
    return sorted(group.id for group in wanted.groups or sight.groups) or [0]


def of_me(sight: Sight) -> list[tuple[int, Condition]]:
    """What I own, and then what I support."""
    mine = Action.owner_id == sight.person.id
    supported = Action.id.in_(select(Supporter.action_id).where(Supporter.person_id == sight.person.id))
    return [(0, mine), (1, supported & (Action.owner_id != sight.person.id))]


def narrowed_to(wanted: Wanted, sight: Sight) -> list[Condition]:
    """Of which priorities, owners and agencies; none where none is named."""
    conditions: list[Condition] = []
    if wanted.priorities:
        conditions.append(Action.priority_id.in_([priority.id for priority in wanted.priorities]))
    if wanted.owners or wanted.agencies:
        of = select(Person.id).where(Person.agency_id.in_([agency.id for agency in wanted.agencies]))
        owners = [*(owner.id for owner in wanted.owners), *sight.session.scalars(of)] if wanted.agencies else [o.id for o in wanted.owners]
        conditions.append(Action.owner_id.in_(owners))
    return conditions
