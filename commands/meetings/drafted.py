"""Minutes that nobody has written in yet are drawn up anew whenever something is recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from commands.meetings.minuting import drawn_up
from commands.meetings.room import Room, latest, minutes_of
from commands.plan.recording import AT_MEETING
from commands.plan.sight import Sight
from commands.reply import Note
from models.agendas import DRAFTED
from models.calendar import Calendar
from models.changes import Change
from models.groups import Group
from models.meetings import CLOSED
from models.occurrences import RECORDED


def brought_up_to_date(room: Room) -> Note | None:
    """Draw the draft up again; where somebody has written in it, they are told to add this themselves. Nothing before there is a draft."""
    session = room.sight.session
    minutes = minutes_of(room.occurrence, session)
    if minutes is None or minutes.state != DRAFTED:
        return None
    session.flush()
    if minutes.by_id is not None:
        return Note(f"The minutes have been written in by hand since: put it right there. /meeting minutes {room.line}")
    minutes.body, minutes.at = drawn_up(room), room.sight.enquiry.at
    session.flush()
    return Note("The draft of the minutes has it.")


def redrawn(group: Group, day: date | None, sight: Sight) -> None:
    """Draw up again the draft of a meeting that was closed that day: an action was raised or agreed at it all the same."""
    for room in _held_on(group, day, sight):
        if room.occurrence.state == CLOSED:
            brought_up_to_date(room)


def redrawn_without(changes: Sequence[Change], sight: Sight) -> list[Note]:
    """Draw up again the drafts of the meetings that these changes were made at, which are undone; what their keepers are to know of it."""
    rooms = {room.occurrence.meeting_id: room for change in changes for room in _made_at(change, sight)}
    return list(dict.fromkeys(note for room in rooms.values() if (note := brought_up_to_date(room))))


def must_not_be_locked(changes: Sequence[Change], sight: Sight) -> None:
    """Refuse to undo what agreed minutes say was raised or agreed at their meeting."""
    for change in changes:
        for room in _held_on(change.action.group, _day_of(change), sight):
            room.must_not_be_locked()


def _made_at(change: Change, sight: Sight) -> Iterator[Room]:
    """The closed meetings whose minutes may say what a change did: the one it was made at, and the latest, if it was made by its end."""
    group, calendar = change.action.group, Calendar.of(change.action.group, sight.session)
    last = latest(group, calendar, sight)
    rooms = [*_held_on(group, _day_of(change), sight), *([Room(sight, group, calendar, last, "")] if last else [])]
    yield from (room for room in rooms if room.occurrence.state == CLOSED and (_day_of(change) or _by_its_end(change, room)))


def _by_its_end(change: Change, room: Room) -> bool:
    meeting = room.meeting
    return change.at <= max((meeting.opened_at or meeting.begins) + RECORDED, meeting.ended_at or meeting.begins)


def _held_on(group: Group, day: date | None, sight: Sight) -> list[Room]:
    calendar = Calendar.of(group, sight.session)
    return [Room(sight, group, calendar, each, "") for each in calendar.on(day)] if day else []


def _day_of(change: Change) -> date | None:
    """The day of the meeting at which an action was raised or closed."""
    day = change.after.get(AT_MEETING)
    return date.fromisoformat(day) if day else None
