"""Agreeing minutes: a later meeting does, and from then on they are locked, unless it is undone at once."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.held import Held
from commands.meetings.quorum import quorate, quorum_said
from commands.meetings.room import Room, room_of, very
from commands.plan.sight import Sight
from commands.reply import Reply, press
from models.agendas import AGREED, DRAFTED, Minutes
from models.base import Refusal
from models.meetings import OPEN, Meeting
from models.occurrences import Occurrence

UNDONE = timedelta(days=1)  # how long after the day of the meeting that agreed them this is undone; longer while that is open


def agree(enquiry: Enquiry, words: str, session: Session) -> Reply:
    """`minutes agree`: those of the meeting before the one that is going on, or those that are named."""
    sight = Sight.of(enquiry, session)
    if not words.strip():
        return approve(sight.enquiry_of(""), session)
    held = Held.of(words, sight, writing=True)
    return _agreed(held, held.room.calendar.at(sight.now) or held.room.calendar.last(sight.now))


def approve(enquiry: Enquiry, session: Session) -> Reply:
    """`approve jag 10 Sep`: that meeting agrees the minutes of the one before it, as is said in its thread."""
    room = room_of(enquiry, session, "approve", names=True)
    return _agreed(_before(room), room.occurrence)


def _agreed(held: Held, later: Occurrence | None) -> Reply:
    room, minutes = held.room, held.minutes
    room.must_keep_minutes("say that its minutes are agreed")
    room.must_not_be_locked()
    if room.occurrence.state == OPEN:
        raise Refusal(
            f"{room.name} is still open, and its minutes are not finished. Close it first: /meeting close {room.line}",
            ("Close it", f"/meeting close {room.line}"),
            discreet=room.discreetly("is still open"),
        )
    if later is None or later.begins <= room.occurrence.begins:
        after = room.calendar.begins_next(room.occurrence.ends)
        on = f" on {after.begins:%-d %B %Y}" if after else ""
        raise Refusal(f"The minutes of {room.name} are agreed by the next meeting{on}. Until then they are a draft.")
    minutes.state, minutes.agreed_on = AGREED, later.on
    room.sight.session.flush()
    agreeing = Room(room.sight, room.group, room.calendar, later, "")
    brought_up_to_date(agreeing)
    title = f"The minutes of {room.name} are agreed"
    summary = room.discreetly("has its minutes agreed") or f"{title}."
    locked = f"Agreed at the meeting of {later.on:%-d %B %Y}, and locked."
    asks = [("Undo", f"/meeting minutes reopen {room.line}"), ("Minutes", f"/meeting minutes {room.line}")]
    return Reply(title, locked, _short(agreeing), press(*asks), summary=summary)


def _short(agreeing: Room) -> str | None:
    """That the meeting which agreed them is not quorate, or that nobody is recorded there."""
    meeting = agreeing.meeting
    return None if quorate(meeting) else f"There: {quorum_said(meeting)}"


def reopen(held: Held) -> Reply:
    """`minutes reopen jag 10 Sep`: they were agreed by mistake, and are a draft again."""
    room, minutes = held.room, held.minutes
    room.must_keep_minutes("say that its minutes are agreed")
    if minutes.state != AGREED or minutes.agreed_on is None:
        raise Refusal(f"The minutes of {room.name} are not agreed. Nothing was changed.", discreet=room.discreetly("was not changed"))
    there = room.calendar.on(minutes.agreed_on)
    if room.sight.today - minutes.agreed_on > UNDONE and not any(each.state == OPEN for each in there):
        room.must_not_be_locked()
    for each in there:
        Room(room.sight, room.group, room.calendar, each, "").must_not_be_locked()
    minutes.state, minutes.agreed_on = DRAFTED, None
    room.sight.session.flush()
    for each in there:
        brought_up_to_date(Room(room.sight, room.group, room.calendar, each, ""))
    title = f"The minutes of {room.name} are a draft again"
    return Reply(title, held.state, press(("Minutes", f"/meeting minutes {room.line}")), summary=room.discreetly("was changed") or title)


def _before(room: Room) -> Held:
    """The latest minutes that are not agreed, of a meeting before this one."""
    wanted = select(Meeting).join(Minutes, Minutes.meeting_id == Meeting.id)
    wanted = wanted.where(Meeting.group_id == room.group.id, Meeting.begins < room.occurrence.begins, Minutes.state != AGREED)
    meeting = room.sight.session.scalar(wanted.order_by(Meeting.begins.desc()).limit(1))
    if meeting is None:
        discreet = "No minutes wait to be agreed." if room.group.private else ""
        raise Refusal(f"No minutes of {room.group.name} wait to be agreed.", discreet=discreet)
    return Held.of(very(room.group, meeting.begins.astimezone(room.calendar.zone)), room.sight, writing=True)
