"""Closing a meeting: when it ended, whether it was quorate, what is left for another time, and a draft of its minutes."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.sitting import Sitting
from commands.meetings.minuting import drawn_up
from commands.meetings.quorum import quorum_said
from commands.meetings.room import NOTHING, SMALL, Room, not_known, room_of
from commands.meetings.which import named_at_all
from commands.plan.sight import Sight
from commands.reply import Facts, Note, Reply, Tell, counted, press
from models.actions import WITHDRAWN as TAKEN_BACK
from models.actions import Action
from models.agendas import CARRIED, DRAFTED, TAKEN, WAITING, Decision, Item, Minutes
from models.base import Refusal
from models.groups import Membership
from models.meetings import CLOSED, PRESENT, Meeting
from models.people import Person

SEATS = ("chair", "coordinator")  # who is given the draft


def close(enquiry: Enquiry, session: Session) -> Reply:
    """`close jag`: the meeting is over; its minutes are drafted for the chair and the coordinator."""
    words = " ".join(SMALL.sub(" ", enquiry.words).split())
    if NOTHING.sub("", words) and not named_at_all(words, Sight.of(enquiry, session)):
        raise not_known(words)
    room = room_of(replace(enquiry, words=words), session, "close", names=True)
    if NOTHING.sub("", room.words):  # another meeting than the one that is meant would be closed
        raise not_known(room.words)
    room.must_keep_minutes("close its meetings")
    room.must_be_recordable()
    meeting = room.meeting
    if meeting.state == CLOSED:
        ended = f" at {meeting.ended_at.astimezone(room.calendar.zone):%H:%M}" if meeting.ended_at else ""
        raise Refusal(
            f"{room.name} was closed{ended} already. To go on: /meeting start {room.line}",
            ("Minutes", f"/meeting minutes {room.line}"),
            ("Open it again", f"/meeting start {room.line}"),
            discreet=room.discreetly("was closed already"),
        )
    held = room.occurrence
    meeting.state, meeting.began_at = CLOSED, meeting.began_at or held.begins
    meeting.ended_at = enquiry.at if held.on == room.sight.today else meeting.ended_at or held.ends
    _settle_items(meeting, room)
    session.flush()
    _draft(meeting, room)
    title = f"{room.name} is closed"
    return Reply(
        title,
        Facts(_facts(meeting, room)),
        press(("Minutes", f"/meeting minutes {room.line}"), ("Open it again", f"/meeting start {room.line}")),
        Note("The minutes are drafted. They are the group's once a later meeting has agreed them."),
        summary=room.discreetly("is closed") or f"{title}.",
        tells=_tells(room),
    )


def _settle_items(meeting: Meeting, room: Room) -> None:
    """What was on its agenda has been talked about, unless it was put off; what nobody had looked at by then goes over to the next."""
    sight = room.sight
    sitting = Sitting.of(room.group, room.occurrence, sight.session, sight.enquiry.at)
    for item in sitting.items:
        if item.meeting_id == meeting.id or (item.state == WAITING and sitting.shows(item)):
            item.state, item.meeting_id = TAKEN, meeting.id
        elif item.state == WAITING:
            item.state = CARRIED


def _draft(meeting: Meeting, room: Room) -> None:
    """A first draft; where there is one that nobody has written in, it is drawn up anew."""
    session, at = room.sight.session, room.sight.enquiry.at
    minutes = session.scalar(select(Minutes).where(Minutes.meeting_id == meeting.id))
    if minutes is None:
        minutes = Minutes(meeting=meeting, state=DRAFTED, at=at)
        session.add(minutes)
    if minutes.by_id is None:
        minutes.body, minutes.at = drawn_up(room), at
    session.flush()


def _facts(meeting: Meeting, room: Room) -> list[tuple[str, str]]:
    session = room.sight.session
    decided = select(func.count()).select_from(Decision).where(Decision.meeting_id == meeting.id, ~Decision.withdrawn)
    raised = (
        select(func.count())
        .select_from(Action)
        .where(Action.group_id == room.group.id, Action.meeting == room.occurrence.on, Action.status != TAKEN_BACK)
    )
    agreed = (
        select(func.count())
        .select_from(Action)
        .where(Action.group_id == room.group.id, Action.closed_on == room.occurrence.on, Action.status == "closed")
    )
    carried = select(func.count()).select_from(Item).where(Item.group_id == room.group.id, Item.state == CARRIED, Item.meeting_id.is_(None))
    began, ended = (each.astimezone(room.calendar.zone) if each else None for each in (meeting.began_at, meeting.ended_at))
    return [
        ("Held", f"{began:%H:%M} to {ended:%H:%M}" if began and ended else ""),
        ("Present", str(sum(each.kind == PRESENT for each in meeting.attendance))),
        ("Quorum", quorum_said(meeting)),
        ("Decisions", str(session.scalar(decided) or "none")),
        ("Actions raised", str(session.scalar(raised) or "none")),
        ("Actions agreed as done", str(session.scalar(agreed) or "none")),
        ("Items carried over", str(session.scalar(carried) or "none")),
    ]


def _tells(room: Room) -> list[Tell]:
    """The chair and the coordinator have the draft to look at, each once, also where they closed the meeting themselves."""
    session, group = room.sight.session, room.group
    seated = select(Person).join(Membership, Membership.person_id == Person.id)
    people = session.scalars(seated.where(Membership.group_id == group.id, Membership.seat.in_(SEATS)).distinct().order_by(Person.id))
    name = f"The minutes of {room.name} are drafted"
    buttons = press(("Read them", f"/meeting minutes {room.line}"), ("As a Word file", f"/meeting minutes file {room.line}"))
    reply = Reply(
        name,
        "Look through them, and put right what is wrong; the next meeting agrees them.",
        buttons,
        Note(f"Closed by {room.sight.person.handle}."),
        summary=f"{counted(1, f'{group.name} draft')} of minutes." if group.private else f"{name}.",
    )
    return [Tell(person.id, reply) for person in people]
