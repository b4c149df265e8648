"""How meetings are told: when and where in words, as it stands, and what a notification may say."""

from __future__ import annotations

from collections.abc import Sequence

from commands.meetings.which import Found, line_of
from commands.reply import Note, counted
from models.calendar import Calendar
from models.dates import said
from models.groups import Group
from models.meetings import CLOSED, OPEN
from models.occurrences import Occurrence
from models.partnership import Here

HOUR = 60


def when(meeting: Occurrence) -> str:
    """ "Tuesday 10 December 2013 at 10:00"."""
    return f"{meeting.begins:%A %-d %B %Y} at {meeting.begins:%H:%M}"


def lasts(minutes: int) -> str:
    """ "2 hours", "90 minutes"."""
    return counted(minutes // HOUR, "hour") if minutes % HOUR == 0 else f"{minutes} minutes"


def in_a_line(meeting: Occurrence, group: Group) -> str:
    """ "Tuesday 10 December 2013 at 10:00, Civic Centre, #jag"."""
    return ", ".join(each for each in (when(meeting), meeting.place, group.channel) if each)


def state(meeting: Occurrence, calendar: Calendar) -> str:
    """ "planned", "moved from 10 December 2013 at 10:00: the chair is ill", "cancelled: …"."""
    why = f": {meeting.reason}" if meeting.reason else ""
    if meeting.cancelled:
        return f"cancelled{why}"
    if meeting.state in (OPEN, CLOSED):
        return "going on" if meeting.state == OPEN else "held"
    put = calendar.put(meeting.slot)
    usual = put and calendar.aware(put)
    if meeting.added:
        return f"added{why}"
    if usual and usual != meeting.begins:
        return f"moved from {usual:%-d %B %Y at %H:%M}{why}"
    holiday = calendar.days.holiday(meeting.slot.date())
    return f"planned, not on {meeting.slot:%-d %B}, {holiday}" if holiday else "planned"


def as_facts(found: Found) -> list[tuple[str, str]]:
    """A meeting as it stands; what is empty is left out."""
    meeting = found.meeting
    facts = [
        ("When", f"{when(meeting)} to {meeting.ends:%H:%M}"),
        ("Where", meeting.place),
        ("State", state(meeting, found.calendar)),
        ("Group", found.group.name),
    ]
    return [(label, value) for label, value in facts if value]


def odd_days(found: Found) -> list[Note]:
    """What should be known of the day: a bank holiday, a weekend, clocks that change."""
    meeting, days = found.meeting, found.calendar.days
    notes = []
    if holiday := days.holiday(meeting.on):
        notes.append(Note(f"{meeting.begins:%-d %B %Y} is a bank holiday: {holiday}."))
    if meeting.on.weekday() >= 5:
        notes.append(Note(f"{meeting.begins:%-d %B %Y} is a {meeting.begins:%A}."))
    return notes


def cycle_said(group: Group, here: Here) -> str:
    """ "on since 2 September 2013", "paused since 5 September 2013", "off"."""
    since = group.paused_at or group.cycle_since
    return f"{group.stopped or 'on'} since {said(since.astimezone(here.zone).date())}" if group.cycle_since and since else "off"


def discreetly(group: Group, done: str, number: int = 1) -> str:
    """What a notification says of a private group's meetings: only how many. Empty for any other group."""
    return f"{counted(number, f'{group.name} meeting')} {done}." if group.private else ""


def shown_of(meetings: Sequence[tuple[Group, Occurrence]]) -> list[tuple[str, str]]:
    """A button for each of some meetings."""
    return [(f"{group.name}, {one.begins:%-d %b %Y}", f"/meeting show {line_of(group, one)}") for group, one in meetings]
