"""The minutes that are held: whose, in what state, and which of them words mean."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import select

from commands.meetings.room import NAMED, VERY, Room, not_known, room_of, very
from commands.meetings.which import find, group_beginning, the_group
from commands.meetings.written import read
from commands.plan.sight import Sight
from commands.reply import Section
from commands.words import lasting
from models.agendas import AGREED, Minutes
from models.base import Refusal
from models.calendar import Calendar
from models.meetings import CLOSED, OPEN, Meeting

MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
# What may follow a group and is no day: "4", "4: new words", "section 4", "version 2".
SECTIONED = re.compile(rf"\s*(?:section\b|item\b|version\b|\d{{1,2}}(?!\w|[./-]\d)(?!\s*(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{MONTHS})))", re.I)


@dataclass(frozen=True)
class Held:
    """Minutes that are held, and the meeting they are of; the words that follow are the room's."""

    minutes: Minutes
    room: Room

    @classmethod
    def of(cls, words: str, sight: Sight, writing: bool = False) -> Held:
        """Those of the meeting that is named; else the latest of its group. Refuses where none are held."""
        room = _room(words, sight)
        wanted = select(Minutes).where(Minutes.meeting_id == (room.occurrence.meeting_id or 0))
        if writing:
            wanted = wanted.with_for_update(of=Minutes).execution_options(populate_existing=True)
        found = sight.session.scalar(wanted)
        if found is None:
            raise _none(room)
        return cls(found, room)

    @property
    def sections(self) -> list[Section]:
        return read(self.minutes.body)

    @property
    def state(self) -> str:
        if self.minutes.state == AGREED:
            return f"Agreed{self._agreed_on}; locked."
        return "A draft, until a later meeting agrees them."

    @property
    def printed(self) -> str:
        """Their state as a paper says it."""
        return f"Agreed{self._agreed_on}" if self.minutes.state == AGREED else "Draft, to be agreed by a later meeting"

    @property
    def _agreed_on(self) -> str:
        return f" on {self.minutes.agreed_on:%-d %B %Y}" if self.minutes.agreed_on else ""

    @property
    def title(self) -> str:
        begins = self.room.occurrence.begins
        return f"{self.room.group.name}: minutes of {begins:%-d %B %Y}"


def _room(words: str, sight: Sight) -> Room:
    """The meeting whose minutes are asked for: one that is named by its day; else the latest of its group that has any."""
    words = lasting(words)
    if VERY.match(words):
        return room_of(sight.enquiry_of(words), sight.session, "minutes")
    named = NAMED.match(words)
    which, after = (named["which"], words[named.end() :]) if named else (words, "")
    group, rest = group_beginning(which, sight)
    if rest.strip() and not SECTIONED.match(rest):
        found = find(which, sight, "minutes {meeting}")
        if found.words.strip() and not SECTIONED.match(found.words):
            raise not_known(found.words)
        return Room(sight, found.group, found.calendar, found.meeting, f"{found.words} {after}".strip())
    rest = group_beginning(words, sight)[1]
    group = the_group(group, sight, "minutes {group}")
    latest = select(Meeting).join(Minutes, Minutes.meeting_id == Meeting.id).where(Meeting.group_id == group.id)
    meeting = sight.session.scalar(latest.order_by(Meeting.begins.desc()).limit(1))
    calendar = Calendar.of(group, sight.session)
    if meeting is None:
        raise Refusal(
            f"No minutes of {group.name} are held. They are drafted when its meeting is closed: /meeting close {group.key}",
            discreet="No minutes are held." if group.private else "",
        )
    local = meeting.begins.astimezone(calendar.zone)
    return room_of(sight.enquiry_of(f"{very(group, local)}: {rest}".strip()), sight.session, "minutes")


def _none(room: Room) -> Refusal:
    closing = room.occurrence.begins <= room.sight.now and room.may("keep minutes")
    asks = [("Open it", f"/meeting start {room.line}")] if closing and room.occurrence.state not in (OPEN, CLOSED) else []
    asks = [("Close it", f"/meeting close {room.line}")] if closing and room.occurrence.state == OPEN else asks
    return Refusal(
        f"No minutes of {room.name} are held. They are drafted when it is closed: /meeting close {room.line}",
        *asks,
        discreet="No minutes are held." if room.group.private else "",
    )
