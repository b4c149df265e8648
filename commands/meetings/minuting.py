"""What the minutes of a meeting say, drawn up from what was recorded at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from commands.meetings.arising import arising
from commands.meetings.away_then import AWAY, away_then
from commands.meetings.quorum import quorum_said
from commands.meetings.room import Room, minutes_of
from commands.meetings.written import written
from commands.reply import Section, Table
from commands.words import listed
from models.actions import WITHDRAWN, Action
from models.agendas import AGREED, CARRIED, TAKEN, Decision, Item
from models.groups import Membership
from models.meetings import ABSENT, APOLOGIES, PRESENT, Attendance, Meeting
from models.people import Person

Lines = list[str | Table]
FEW = 4  # members of whom nothing is recorded who are named


def drawn_up(room: Room) -> str:
    """The minutes, in Markdown. They say only what a member of the group may read."""
    meeting = room.meeting
    sections = [
        Section("Attendance and apologies", _attendance(meeting, room)),
        Section("Minutes of the last meeting", _last(room)),
        Section("Matters arising", _lines(arising(room, meeting), "No action was open.")),
        Section("Decisions", _lines(_decided(meeting, room), "No decision was recorded.")),
        Section("Actions raised", _raised(room)),
        *([Section("Notes", notes)] if (notes := _lines(_notes(meeting), "")) else []),
        *([Section("Items", items)] if (items := _items(meeting, room)) else []),
        Section("Date of the next meeting", [_next(room)]),
    ]
    return written([Section(each.heading, each.parts) for each in sections])


def _lines(lines: Sequence[str], none: str) -> Lines:
    return ["\n".join(lines)] if lines else [none] if none else []


def _attendance(meeting: Meeting, room: Room) -> Lines:
    by_kind = {kind: [each for each in meeting.attendance if each.kind == kind] for kind in (PRESENT, APOLOGIES, ABSENT)}
    known = [each for each in meeting.attendance if each.kind in by_kind]
    recorded = {each.person_id for each in known} | {each.for_.id for each in known if each.for_}
    away = away_then(room.group, room.occurrence.on, meeting.attendance, room.sight.session)
    recorded |= {person.id for person in away}
    missing = [person for person in _seated(room) if person.id not in recorded]
    began, ended = (_clock(at, room) for at in (meeting.began_at, meeting.ended_at))
    held = f"Held from {began} to {ended}." if began and ended else f"Begun at {began}." if began else ""
    in_it = _in_the_chair(meeting, by_kind[PRESENT], room)
    chair = f" In the chair: {in_it.handle}." if in_it else ""
    people = Table(["Present", "Role", "Agency"], [_row(each) for each in by_kind[PRESENT]]) if by_kind[PRESENT] else None
    lines = [
        f"Apologies: {listed([*map(_with_agency, by_kind[APOLOGIES]), *map(_away, away)]) or 'none recorded'}.",
        f"Absent: {listed([_with_agency(each) for each in by_kind[ABSENT]])}." if by_kind[ABSENT] else "",
        _unrecorded(missing, meeting) if missing else "",
        f"Quorum: {quorum_said(meeting)}",
    ]
    parts: Lines = [f"{held}{chair}".strip(), *([people] if people else ["Nobody is recorded as present."]), "\n".join(filter(None, lines))]
    return [part for part in parts if part]


def _unrecorded(missing: Sequence[Person], meeting: Meeting) -> str:
    """A few by name; of more how many they are, and which agencies nobody is recorded of."""
    if len(missing) <= FEW:
        return f"Nothing is recorded of {listed([person.handle for person in missing])}."
    known = {each.person.agency_id for each in meeting.attendance if each.person and each.kind in (PRESENT, APOLOGIES, ABSENT)}
    agencies = sorted({person.agency.name for person in missing if person.agency and person.agency_id not in known})
    none = f" No attendance or apologies are recorded for {listed(agencies)}." if agencies else ""
    return f"Nothing is recorded of {len(missing)} other members of the group.{none}"


def _in_the_chair(meeting: Meeting, present: Sequence[Attendance], room: Room) -> Person | None:
    """The group's chair where they are recorded as present, else its deputy chair, else whoever opened the meeting; nobody who is not."""
    there = {each.person_id: each.person for each in present if each.person}
    seats = select(Membership.person_id).where(Membership.group_id == room.group.id).order_by(Membership.id)
    for seat in ("chair", "deputy"):
        if found := next((there[each] for each in room.sight.session.scalars(seats.where(Membership.seat == seat)) if each in there), None):
            return found
    return there.get(meeting.chair_id)


def _seated(room: Room) -> Sequence[Person]:
    seated = select(Person).join(Membership, Membership.person_id == Person.id).where(Membership.group_id == room.group.id)
    return room.sight.session.scalars(seated.distinct().order_by(Person.handle)).all()


def _row(each: Attendance) -> list[str]:
    person = each.person
    name = (person.handle if person else each.guest) + (f", for {each.for_.handle}" if each.for_ else "")
    return [name, person.role if person else "guest", person.agency.name if person and person.agency else ""]


def _with_agency(each: Attendance) -> str:
    agency = each.person.agency if each.person else None
    name = each.person.handle if each.person else each.guest
    return f"{name} ({agency.name})" if agency else name


def _away(person: Person) -> str:
    return f"{person.handle} ({f'{person.agency.name}, ' if person.agency else ''}{AWAY})"


def _clock(at: datetime | None, room: Room) -> str:
    return f"{at.astimezone(room.calendar.zone):%H:%M}" if at else ""


def _last(room: Room) -> Lines:
    before = room.calendar.previous(room.occurrence)
    if before is None:
        return ["There was no meeting before this one."]
    held, day = minutes_of(before, room.sight.session), f"{before.on:%-d %B %Y}"
    if held is None:
        return [f"No minutes of {day} are held."]
    agreed = held.state == AGREED and held.agreed_on is not None and held.agreed_on <= room.occurrence.on
    return [f"The minutes of {day} were agreed." if agreed else f"The minutes of {day} are still to be agreed."]


def _decided(meeting: Meeting, room: Room) -> list[str]:
    wanted = select(Decision).where(Decision.meeting_id == meeting.id, ~Decision.withdrawn).order_by(Decision.number)
    return [f"{each.number}. {_on_a_line(each.words)}" for each in room.sight.session.scalars(wanted)]


def _raised(room: Room) -> Lines:
    raised = select(Action).where(Action.group_id == room.group.id, Action.meeting == room.occurrence.on, Action.status != WITHDRAWN)
    found = room.sight.session.scalars(raised.options(joinedload(Action.owner)).order_by(Action.year, Action.number)).all()
    rows = [[each.ref, _on_a_line(each.wording), each.owner.handle, each.due.said(room.group.name)] for each in found]
    return [Table(["Ref", "Action", "Owner", "Due"], rows)] if rows else ["No action was raised."]


def _notes(meeting: Meeting) -> list[str]:
    return [f"- {_on_a_line(each['words'])}" for each in meeting.notes or [] if not each.get("struck")]


def _items(meeting: Meeting, room: Room) -> Lines:
    """What was on the table, and what was left for another time."""
    session = room.sight.session
    taken = select(Item).where(Item.meeting_id == meeting.id, Item.state == TAKEN).order_by(Item.at, Item.id)
    carried = (
        select(Item).where(Item.group_id == room.group.id, Item.state == CARRIED, Item.meeting_id.is_(None)).order_by(Item.at, Item.id)
    )
    lines = [f"- {_on_a_line(each.credited())}" for each in session.scalars(taken)]
    over = [f"- Carried over: {_on_a_line(each.credited())}" for each in session.scalars(carried)]
    return ["\n".join([*lines, *over])] if lines or over else []


def _next(room: Room) -> str:
    after = room.calendar.begins_next(room.occurrence.ends)
    if after is None:
        return "No later meeting is planned."
    return f"{after.begins:%A %-d %B %Y at %H:%M}{f', {after.place}' if after.place else ''}."


def _on_a_line(words: str) -> str:
    return " ".join(words.split())
