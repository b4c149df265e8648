"""Minutes that nobody has written in yet are drawn up anew whenever something is recorded."""

from __future__ import annotations

from datetime import date

from commands.meetings.minuting import drawn_up
from commands.meetings.room import Room, minutes_of
from commands.plan.sight import Sight
from commands.reply import Note
from models.agendas import DRAFTED
from models.calendar import Calendar
from models.groups import Group
from models.meetings import CLOSED


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
    calendar = Calendar.of(group, sight.session)
    for each in calendar.on(day) if day else ():
        if each.state == CLOSED:
            brought_up_to_date(Room(sight, group, calendar, each, ""))
