"""When somebody is written to: in working hours, and once a day, whatever number of groups ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.away import Snooze
from models.notices import WAITING, Notice
from models.partnership import Partnership
from models.people import Person
from models.working_days import WorkingDays

OPENS, CLOSES = time(8), time(18)  # local: when people are written to
GATHER = "gather"  # begins what such a message is about
STARTS = time(9)  # when they are, where it has to wait for another day


def about(person_id: int, day: date) -> str:
    """What tells the one gathering message of a person and local day apart from every other."""
    return f"{GATHER} {person_id} {day}"


def in_hours(at: datetime, zone: ZoneInfo, days: WorkingDays) -> datetime:
    """This instant where it is in working hours, else nine o'clock of the next working day; aware, local."""
    local = at.astimezone(zone)
    if days.is_working(local.date()):
        if OPENS <= local.time() < CLOSES:
            return local
        if local.time() < OPENS:
            return datetime.combine(local.date(), STARTS, zone)
    return tomorrow(local, zone, days)


def tomorrow(at: datetime, zone: ZoneInfo, days: WorkingDays) -> datetime:
    """Nine o'clock of the next working day; aware, local."""
    return datetime.combine(days.after(at.astimezone(zone).date()), STARTS, zone)


def first_free(at: datetime, zone: ZoneInfo, days: WorkingDays, taken: Callable[[date], bool]) -> datetime:
    """The first moment from `at` on in working hours of a day that is not `taken`; aware, local."""
    at = in_hours(at, zone, days)
    while taken(at.date()):
        at = tomorrow(at, zone, days)
    return at


def next_moment(person: Person, at: datetime, session: Session) -> datetime:
    """When somebody is next asked for news, `at` the earliest: not before they said, and not on a day that has had its message."""
    until = put_off_until(person, session)
    zone = Partnership.here(session).zone
    return first_free(max(at, until) if until else at, zone, WorkingDays(), lambda day: has_had(person, day, session))


def put_off_until(person: Person, session: Session) -> datetime | None:
    """When somebody last asked to be reminded; None where they never did."""
    return session.scalar(select(func.max(Snooze.until)).where(Snooze.person_id == person.id))


def has_had(person: Person, day: date, session: Session) -> bool:
    """Whether the day's gathering message to somebody is beyond being added to."""
    zone = Partnership.here(session).zone
    begins = datetime.combine(day, time(), zone)
    that_day = (Notice.sent_at >= begins) & (Notice.sent_at < begins + timedelta(days=1))  # of one that could not be sent before
    of_the_day = (Notice.about == about(person.id, day)) & (Notice.state != WAITING)
    had = select(Notice.id).where(Notice.person_id == person.id, Notice.about.startswith(f"{GATHER} "), of_the_day | that_day)
    return session.scalar(had.limit(1)) is not None
