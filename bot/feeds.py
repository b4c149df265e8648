"""Meetings as an iCalendar file (RFC 5545), and the calendar of one person, which others read at an address that nobody guesses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.clockchanges import zone_of
from commands import Enquiry
from commands.meetings.told import state
from commands.plan.sight import Sight
from models.base import SAYS_WHOSE
from models.calendar import Calendar
from models.groups import Group
from models.occurrences import Occurrence
from models.partnership import Partnership
from models.people import Person
from models.store import Store

if TYPE_CHECKING:
    from icalendar import Event

BEHIND, AHEAD = timedelta(days=366), timedelta(days=550)  # what a calendar shows, around now
PREFIX, SUFFIX = "/calendar/", ".ics"
HEADERS = {
    "Content-Type": "text/calendar; charset=utf-8",
    "Cache-Control": "private, max-age=900",
    "X-Robots-Tag": "noindex",
    "Content-Disposition": 'inline; filename="meetings.ics"',
}
PRODID = "-//jagbot//meetings//EN"


class Feed:
    """Answers for the calendars of a store's people, by the secrets in their addresses."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store, self.now = store, now

    def at(self, path: str) -> bytes | None:
        """The calendar at a path such as "/calendar/SECRET.ics"; None where there is none."""
        if not (path.startswith(PREFIX) and path.endswith(SUFFIX)):
            return None
        secret = path[len(PREFIX) : -len(SUFFIX)]
        with self.store.session() as session:
            whose = select(Person.id, Person.partnership_id).where(Person.feed == secret).execution_options(**{SAYS_WHOSE: True})
            found = session.execute(whose).first() if secret else None
        if found is None:
            return None
        with self.store.session(found[1]) as session:
            return of_person(session.get_one(Person, found[0]), self.now(), session)


def of_person(person: Person, now: datetime, session: Session) -> bytes:
    """The meetings of the groups that somebody sees."""
    return of_groups(Sight.of(Enquiry("", person, now), session).groups, now, session)


def of_groups(groups: Sequence[Group], now: datetime, session: Session) -> bytes:
    """The meetings of some groups, those cancelled among them, from a year back to a year and a half ahead."""
    from icalendar import Calendar as File

    here = Partnership.here(session)
    file = File()
    for name, value in (("prodid", PRODID), ("version", "2.0"), ("calscale", "GREGORIAN"), ("method", "PUBLISH")):
        file.add(name, value)
    file.add("x-wr-calname", ", ".join(group.name for group in groups) or "Meetings")
    file.add("x-wr-timezone", here.zone.key)
    file.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    file.add_component(zone_of(here.zone, now - BEHIND - timedelta(days=366), now + AHEAD + timedelta(days=366)))
    for group in groups:
        calendar = Calendar.of(group, session)
        for meeting in calendar.between(now - BEHIND, now + AHEAD, cancelled=True):
            file.add_component(_event(meeting, calendar, now))
    return bytes(file.to_ical())


def _event(meeting: Occurrence, calendar: Calendar, now: datetime) -> Event:
    from icalendar import Event

    group = calendar.group
    event = Event()
    event.add("uid", meeting.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", meeting.begins)
    event.add("dtend", meeting.ends)
    event.add("summary", f"{group.name}{' (cancelled)' if meeting.cancelled else ''}")
    event.add("sequence", meeting.sequence)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    how = state(meeting, calendar)
    if how != "planned" and not group.private:  # a calendar elsewhere shows it to whom it likes
        event.add("description", how[0].upper() + how[1:])
    return event
