"""Who came, as it is said at the meeting: present, absent, instead of whom, with apologies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.drafted import brought_up_to_date
from commands.meetings.quorum import quorum_said
from commands.meetings.room import Room, room_of
from commands.plan.kept import look_for_a_person
from commands.plan.mentions import PERSON
from commands.plan.naming import ALL, accountable
from commands.reply import Reply, counted, press
from commands.words import listed
from models.base import Refusal
from models.meetings import ABSENT, APOLOGIES, COMING, PRESENT, Attendance, Meeting
from models.people import Person

VERBS = {PRESENT: "present", APOLOGIES: "sorry", ABSENT: "absent", COMING: "attend"}
BETWEEN = re.compile(r"\s*(?:[,;&+\n]|\band\b)\s*|(?<!\bfor)(?<!\bof)(?<=\S)\s+(?=@)", re.I)
INSTEAD = re.compile(
    r"^(?P<who>.+?)\s+(?:(?:is|standing\s+in|substitut\w+)\s+)*(?:for|instead of|in place of|on behalf of)\s+(?P<whom>@?.+)$", re.I
)
INTRODUCED = re.compile(r"^\s*(?:(?:from|were|are|was|is|by)\b[\s:]*)+", re.I)
STRAY = re.compile(r"[:;!?@#=<>]")  # what no name has
MOST = 80  # characters of a guest's name


@dataclass(frozen=True)
class Named:
    """Somebody who came or did not: a person of the partnership or a guest by name, and for whom they stand in."""

    person: Person | None
    guest: str = ""
    instead_of: Person | None = None

    @property
    def name(self) -> str:
        called = self.person.handle if self.person else self.guest
        return f"{called} for {self.instead_of.handle}" if self.instead_of else called


def present(enquiry: Enquiry, session: Session) -> Reply:
    """`present jag: @a, @b for @c, Jo Bloggs of the Samaritans`: they are there; alone, I am."""
    return _said(PRESENT, enquiry, session)


def sorry(enquiry: Enquiry, session: Session) -> Reply:
    """`sorry jag: @a, @b`: they have sent apologies, as is said at the meeting."""
    return _said(APOLOGIES, enquiry, session)


def absent(enquiry: Enquiry, session: Session) -> Reply:
    """`absent jag: @a`: they are not there, and sent no apologies."""
    return _said(ABSENT, enquiry, session)


def unmark(enquiry: Enquiry, session: Session) -> Reply:
    """`unmark jag: @a`: nothing is recorded of them any more."""
    room = room_of(enquiry, session, "unmark", names=True)
    people, meeting = _checked(room), room.meeting
    gone = [each for each in meeting.attendance if any(_is(each, named) for named in people)]
    if not gone:
        raise Refusal(
            f"Nothing is recorded of {listed([each.name for each in people])} there.", discreet=room.discreetly("was not changed")
        )
    for each in gone:
        meeting.attendance.remove(each)
    return _reply(room, meeting, f"No longer recorded: {listed([each.name for each in people])}.", None)


def _said(kind: str, enquiry: Enquiry, session: Session) -> Reply:
    room = room_of(enquiry, session, VERBS[kind], names=True)
    people, meeting = _checked(room), room.meeting
    before = [mark(meeting, kind, each, enquiry) for each in people]
    names = listed([each.name for each in people])
    said = {PRESENT: f"Present: {names}.", APOLOGIES: f"Apologies: {names}.", ABSENT: f"Absent: {names}."}[kind]
    return _reply(room, meeting, said, _undo(room, people, before))


def mark(meeting: Meeting, kind: str, named: Named, enquiry: Enquiry) -> str:
    """Record somebody as present, absent or sorry; returns what they were recorded as before, empty for nothing."""
    held = next((each for each in meeting.attendance if _is(each, named)), None)
    before = held.kind if held else ""
    if held is None:
        held = Attendance(person=named.person, guest=named.guest, kind=kind, said_by_id=enquiry.person.id, at=enquiry.at)
        meeting.attendance.append(held)
    held.kind, held.said_by_id, held.at = kind, enquiry.person.id, enquiry.at
    held.for_ = named.instead_of or (held.for_ if kind == PRESENT else None)
    return before


def _is(each: Attendance, named: Named) -> bool:
    return each.person_id == named.person.id if named.person else each.guest.casefold() == named.guest.casefold()


def _checked(room: Room) -> list[Named]:
    """Who is named, or oneself; every rule looked at."""
    look_for_a_person(PERSON.sub("@", room.words), room.sight)
    words = INTRODUCED.sub("", room.words).strip(" .")
    people = [_named(each, room) for each in BETWEEN.split(words) if each and each.strip(" .")] if words else [Named(room.sight.person)]
    mine = all(each.person is not None and each.person.id == room.sight.person.id for each in people)
    if not (mine and "member" in room.sight.parts_in(room.group.id)):
        room.must_keep_minutes("say who else is there")
    room.must_be_recordable()
    return people


def _named(words: str, room: Room) -> Named:
    found = INSTEAD.match(words.strip())
    who, whom = (found["who"], found["whom"]) if found else (words, "")
    person = _person(who, room)
    instead = accountable(whom, room.sight.session, lambda name: f"/meeting present {room.line}: {who} for @{name}") if whom else None
    return Named(person, "" if person else _guest(who), instead)


def _person(name: str, room: Room) -> Person | None:
    """The person of the partnership who is meant; None for a guest. A name like somebody's is asked about."""
    name = name.strip()
    if ALL.match(name.lstrip("@")):
        raise Refusal("Name who it is, one by one, such as: present: @housing-officer, @fire-officer")
    try:
        return accountable(name, room.sight.session, lambda near: f"/meeting present {room.line}: @{near}")
    except Refusal as refusal:
        if name.startswith("@") or len(refusal.asks) > 1 or "?" in refusal.words:
            raise
        return None


def _guest(name: str) -> str:
    """A guest's name as it is kept; refuses what is no name, so that no stray word stands in the minutes."""
    name = name.strip()
    if not name[:1].isupper() or STRAY.search(name):
        raise Refusal(
            f"I know nobody called “{name[:40]}”. Nothing was kept. "
            "A guest's name begins with a capital, such as: Jo Bloggs of the Samaritans"
        )
    if len(name) > MOST:
        raise Refusal(f"That is {len(name)} characters for a name, and I keep up to {MOST}. Put a comma between names.")
    return name


def _undo(room: Room, people: Sequence[Named], before: Sequence[str]) -> tuple[str, str] | None:
    """The line that brings it back to how it was, where that was the same for all of them."""
    if len(set(before)) != 1:
        return None
    names = ", ".join(f"@{each.person.handle}" if each.person else each.guest for each in people)
    return "Undo", f"/meeting {VERBS.get(before[0], 'unmark')} {room.line}: {names}"


def _reply(room: Room, meeting: Meeting, said: str, undo: tuple[str, str] | None) -> Reply:
    room.sight.session.flush()
    quorum, there = quorum_said(meeting), sum(each.kind == PRESENT for each in meeting.attendance)
    return Reply(
        f"{room.name}: who is there",
        said,
        f"There now: {counted(there, 'person', 'people')}, {quorum}",
        brought_up_to_date(room),
        press(*([undo] if undo else [])),
        summary=room.discreetly("was added to") or said,
    )
