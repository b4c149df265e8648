"""What is written of actions in the thread of a meeting that is closed: it says which meeting it counts for, and agrees nothing unasked."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.room import Room, room_of
from commands.reply import Reply
from models.base import Refusal
from models.occurrences import Occurrence

ACTION, CLOSE = "/action ", "close "


def afterwards(enquiry: Enquiry, session: Session) -> Reply:
    """`afterwards jag 2013-09-10 10.00: /action close 4`: a line of that meeting's thread, written once it was closed."""
    from commands.action import action

    room = room_of(enquiry, session, "afterwards")
    if not room.words.startswith(ACTION):
        raise Refusal("Afterwards is for what is written of actions in the thread of a closed meeting.")
    words, now = room.words.removeprefix(ACTION), room.calendar.recorded(room.sight.now)
    here = now is not None and now.slot == room.occurrence.slot
    if words.startswith(CLOSE) and not here:
        raise _closed(room, words, now)
    reply = action(replace(enquiry, words=words), session)
    if here or reply.refused or reply.form or not reply.title.startswith(room.group.name):
        return reply
    return reply.but(title=f"{reply.title}, {_counts_for(room, now)}; {room.name} is closed")


def _counts_for(room: Room, now: Occurrence | None) -> str:
    return f"at {replace(room, occurrence=now).name}" if now else "outside a meeting"


def _closed(room: Room, words: str, now: Occurrence | None) -> Refusal:
    """That a closed meeting agrees nothing more, where the one that is going on is, and how it is agreed all the same."""
    what = words.removeprefix(CLOSE)
    where = f" in {room.group.channel}" if room.group.channel else ""
    going_on = f" {replace(room, occurrence=now).name} is going on: write it in its thread{where}." if now else ""
    label = "Close all that is done" if what == "all" else "Close it now"
    return Refusal(
        f"{room.name} is closed, and agrees nothing more. Nothing was changed.{going_on}",
        (label, f"{ACTION}{words}"),
        discreet=room.discreetly("is closed"),
    )
