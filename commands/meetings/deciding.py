"""Decisions and notes of a meeting: recorded as they are said, listed, and struck out again."""

from __future__ import annotations

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.room import Room, room_of
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON, by_handle
from commands.plan.rows import page_in, shown_of
from commands.plan.sight import Sight
from commands.reply import Cell, Reply, Table, counted, press
from commands.words import plain
from models.agendas import Decision
from models.base import Refusal
from models.groups import Group
from models.meetings import Meeting

ROWS = 30  # of a list
STRUCK = re.compile(r"^\s*(decision|note)\s+#?(\d{1,3})\s*$", re.I)


def decision(enquiry: Enquiry, session: Session) -> Reply:
    """`decision jag: …`: what the meeting decided, numbered within it."""
    room = room_of(enquiry, session, "decision")
    words = _said(room, "record its decisions", "What was decided? Such as: decision jag: Move the knife arch to the bus station")
    meeting = room.meeting
    number = 1 + (session.scalar(select(func.max(Decision.number)).where(Decision.meeting_id == meeting.id)) or 0)
    session.add(Decision(meeting=meeting, number=number, words=words, by=enquiry.person, at=enquiry.at))
    return _kept(room, f"Decision {number}", words, f"decision {number}")


def note(enquiry: Enquiry, session: Session) -> Reply:
    """`note jag: …`: something for the minutes."""
    room = room_of(enquiry, session, "note")
    words = _said(room, "take its notes", "What shall I note? Such as: note jag: The inspector thanked the wardens")
    meeting = room.meeting
    meeting.notes = [*(meeting.notes or []), {"at": enquiry.at.isoformat(), "by": enquiry.person.handle, "words": words}]
    return _kept(room, "Noted", words, f"note {len(meeting.notes)}")


def strike(enquiry: Enquiry, session: Session) -> Reply:
    """`strike jag 10 Sep: decision 2`: take a decision or a note out again; its number is not given to another."""
    room = room_of(enquiry, session, "strike")
    room.must_keep_minutes("strike out what was recorded")
    room.must_not_be_locked()
    found = STRUCK.match(room.words)
    if not found:
        raise Refusal("Strike out what? Such as: strike jag: decision 2", ("Decisions", f"/meeting decisions {room.group.key}"))
    what, number = found[1].lower(), int(found[2])
    words = _struck_decision(room, number) if what == "decision" else _struck_note(room, number)
    session.flush()
    title = f"{what.capitalize()} {number} of {room.name} is struck out"
    return Reply(title, words, brought_up_to_date(room), summary=room.discreetly("was changed") or title)


def decisions(enquiry: Enquiry, session: Session) -> Reply:
    """`decisions jag`: what the group decided, the latest first."""
    words, page = page_in(plain(enquiry.words))
    sight = Sight.of(enquiry, session)
    groups = _groups(words, sight)
    wanted = Decision.meeting_id.in_(select(Meeting.id).where(Meeting.group_id.in_([group.id for group in groups])))
    query = select(Decision).join(Meeting, Meeting.id == Decision.meeting_id).where(wanted, ~Decision.withdrawn)
    total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
    page, shown = shown_of(page, total, ROWS)
    newest = query.order_by(Meeting.begins.desc(), Decision.number).limit(ROWS).offset((page - 1) * ROWS)
    rows: list[list[Cell]] = [[_met(each, sight), each.number, each.words, each.by.handle] for each in session.scalars(newest)]
    names = ", ".join(group.name for group in groups)
    more = [("More", f"/meeting decisions {words} page {page + 1}".replace("  ", " "))] if page * ROWS < total else []
    private = any(group.private for group in groups)
    return Reply(
        f"Decisions of {names}",
        counted(total, "decision") + (f", {shown}" if total > ROWS else "") + "." if total else "No decision is recorded.",
        Table(["Meeting", "No.", "Decision", "Recorded by"], rows) if rows else None,
        press(*more),
        summary=f"{counted(total, 'decision')}." if private else "",
    )


def _groups(words: str, sight: Sight) -> list[Group]:
    if not words:
        return list(sight.groups)
    group = sight.group_named(words)
    if group is None:
        raise Refusal(f"I know no group called “{words[:40]}”. See yours: /meeting next", ("All decisions", "/meeting decisions"))
    return [group]


def _met(decision: Decision, sight: Sight) -> str:
    begins = decision.meeting.begins.astimezone(sight.now.tzinfo)
    return f"{decision.meeting.group.name}, {begins:%-d %b %Y}"


def _said(room: Room, what: str, asks: str) -> str:
    """The words to record, every rule looked at."""
    room.must_keep_minutes(what)
    room.must_be_recordable()
    if not room.words:
        raise Refusal(asks)
    look_for_a_person(PERSON.sub("@", room.words), room.sight)
    return by_handle(room.words, room.sight.session)


def _kept(room: Room, title: str, words: str, what: str) -> Reply:
    room.sight.session.flush()
    return Reply(
        f"{title}, {room.name}",
        words,
        brought_up_to_date(room),
        press(("Undo", f"/meeting strike {room.line}: {what}")),
        summary=room.discreetly("was added to") or f"{title}, {room.name}: {words}",
    )


def _struck_decision(room: Room, number: int) -> str:
    wanted = select(Decision).where(Decision.meeting_id == room.meeting.id, Decision.number == number, ~Decision.withdrawn)
    found = room.sight.session.scalar(wanted)
    if found is None:
        raise _not_there(room, "decision", number)
    found.withdrawn = True
    return found.words


def _struck_note(room: Room, number: int) -> str:
    meeting = room.meeting
    notes = list(meeting.notes or [])
    if not 0 < number <= len(notes) or notes[number - 1].get("struck"):
        raise _not_there(room, "note", number)
    notes[number - 1] = {**notes[number - 1], "struck": True}
    meeting.notes = notes
    return str(notes[number - 1]["words"])


def _not_there(room: Room, what: str, number: int) -> Refusal:
    return Refusal(f"{room.name} has no {what} {number}. Nothing was changed.", discreet=room.discreetly("was not changed"))
