"""What comes next in the demo: meetings, and what is due. Moving the clock goes through all of it in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.actions import Action
from models.calendar import Calendar
from models.cycle import Leads
from models.groups import Group, Membership
from models.laying import steps_between
from models.notices import DUE, WAITING, Notice, Obligation
from models.people import Person

STEPS = {
    "ask": "{}: owners are asked for news",
    "remind": "{}: the silent are reminded",
    "draft": "{}: the draft agenda",
    "agenda": "{}: the agenda",
    "morning": "{}: the morning of the meeting",
    "minutes": "{}: the minutes",
}
FAR = timedelta(days=400)  # beyond which nothing is looked for


@dataclass(frozen=True, order=True)
class Event:
    """Something that comes at an instant: its name as people read it, and the private group it is of, by id; 0 where all may know."""

    at: datetime
    name: str
    private: int = 0


def coming(after: datetime, until: datetime, zone: str, session: Session) -> list[Event]:
    """Every meeting that begins, and every day on which actions fall due, in (after, until], in order."""
    found = [*_meetings(after, until, session), *_steps(after, until, session), *_due(after, until, ZoneInfo(zone), session)]
    return sorted(event for event in found if after < event.at <= until)


def next_event(after: datetime, zone: str, user: str, session: Session) -> Event | None:
    """The first that a chat user may know of: what is private, by its members alone."""
    sits = {0, *session.scalars(select(Membership.group_id).join(Membership.person).where(Person.slack_user == user))}
    return next((event for event in coming(after, after + FAR, zone, session) if event.private in sits), None)


def first_due(after: datetime, until: datetime, session: Session) -> list[datetime]:
    """When the first in (after, until] is that is owed to somebody, or waits in a notice; nothing where none is."""
    owed = select(func.min(Obligation.due_at)).where(Obligation.state == DUE, Obligation.due_at > after, Obligation.due_at <= until)
    waits = select(func.min(Notice.next_at)).where(Notice.state == WAITING, Notice.next_at > after, Notice.next_at <= until)
    return [found for found in (session.scalar(owed), session.scalar(waits)) if found]


def _meetings(after: datetime, until: datetime, session: Session) -> Sequence[Event]:
    return [
        Event(meeting.begins.astimezone(UTC), f"{group.name} meets", group.id if group.private else 0)
        for group in session.scalars(select(Group))
        for meeting in Calendar.of(group, session).between(after, until)
    ]


def _steps(after: datetime, until: datetime, session: Session) -> Iterator[Event]:
    """What groups' cycles do, where they run."""
    running = select(Group).where(Group.cycle_since.is_not(None), Group.paused_at.is_(None))
    for group in session.scalars(running):
        ahead = timedelta(days=2 * Leads.of(group).ask + 21)  # as many working days, with weekends and holidays
        for _, steps in steps_between(Calendar.of(group, session), after - timedelta(days=14), until + ahead):
            for step in steps:
                yield Event(step.due_at.astimezone(UTC), STEPS[step.kind].format(group.name), group.id if group.private else 0)


def _due(after: datetime, until: datetime, zone: ZoneInfo, session: Session) -> Sequence[Event]:
    """At nine in the morning of the day; those of one day and group are one."""
    days = (after.astimezone(zone).date(), until.astimezone(zone).date())
    wanted = (
        select(Action.due_on, Action.ref, case((Group.private, Group.id), else_=0))
        .join(Action.group)
        .where(Action.open, Action.due_on.between(*days))
    )
    by_day: dict[tuple[date, int], list[str]] = {}
    for on, ref, private in session.execute(wanted.order_by(Action.ref)):
        assert on is not None  # it is between two days
        by_day.setdefault((on, private), []).append(ref)
    return [
        Event(datetime.combine(on, time(9), zone).astimezone(UTC), f"{_named(refs)} due", private) for (on, private), refs in by_day.items()
    ]


def _named(refs: Sequence[str]) -> str:
    """ "JAG-13-004 is", "JAG-13-004 and 2 more are"."""
    return f"{refs[0]} is" if len(refs) == 1 else f"{refs[0]} and {len(refs) - 1} more are"
