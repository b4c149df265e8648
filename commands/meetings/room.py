"""The meeting that something is said in: the one whose thread it stands in, the one that is named, or the one that is going on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.times import day_beginning
from commands.meetings.which import LAST, find, group_beginning, the_group
from commands.permissions import YES, allowed
from commands.plan.sight import Sight
from commands.reply import counted
from commands.words import lasting
from models.agendas import AGREED, Minutes
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.meetings import CANCELLED, CLOSED, OPEN, Meeting
from models.occurrences import Occurrence

# "jag 2013-09-10 10.00": the very meeting, as its thread and its buttons name it.
VERY = re.compile(r"^\s*(?P<group>[\w-]+) (?P<day>\d{4}-\d\d-\d\d) (?P<at>\d\d\.\d\d)\s*(?::|$|(?=\s))\s*")
NAMED = re.compile(r"^\s*(?P<which>[^:\n@]{2,48}):\s+(?=\S)")  # "jag: …", "jag 10 Sep: …"
SMALL = re.compile(r"\b(?:the|our|now|please|meeting|mtg)\b", re.I)
NOTHING = re.compile(rf"{SMALL.pattern}|[\W_]+", re.I)  # what says no more than that it begins, or ends
NOT_HERE = "I know no such meeting, or you do not sit on its group. Nothing was kept."


@dataclass(frozen=True)
class Room:
    """A meeting, and the words that were said in it."""

    sight: Sight
    group: Group
    calendar: Calendar
    occurrence: Occurrence
    words: str

    @property
    def meeting(self) -> Meeting:
        """Its row, which is made where there is none; nobody else's to change until this is done."""
        row = self.calendar.row(self.occurrence, self.sight.session)
        self.sight.session.flush()
        locked = select(Meeting).where(Meeting.id == row.id).with_for_update(of=Meeting).execution_options(populate_existing=True)
        return self.sight.session.scalars(locked).one()

    @property
    def line(self) -> str:
        """The words that mean this meeting and no other."""
        return very(self.group, self.occurrence.begins)

    @property
    def name(self) -> str:
        """ "JAG of 10 September 2013"."""
        return f"{self.group.name} of {self.occurrence.begins:%-d %B %Y}"

    def may(self, right: str) -> bool:
        """Whether the asker may do what a row of `commands.permissions.MEETINGS` names."""
        return allowed(right, self.sight.parts_in(self.group.id)) == YES

    def must_keep_minutes(self, what: str) -> None:
        """Refuse who neither chairs the group nor coordinates it."""
        if not self.may("keep minutes"):
            raise Refusal(
                f"The chair, the deputy chair and the coordinator of {self.group.name} {what}.",
                discreet="Nothing was kept." if self.group.private else "",
            )

    def must_be_recordable(self) -> None:
        """Refuse a meeting that is not going on and was not opened, or whose minutes are locked."""
        self.must_not_be_locked()
        going_on = self.calendar.at(self.sight.now)
        if self.occurrence.state in (OPEN, CLOSED) or (going_on and going_on.slot == self.occurrence.slot):
            return
        what = "was cancelled" if self.occurrence.state == CANCELLED else "is not open"
        raise Refusal(
            f"{self.name} {what}. Nothing was kept. To record it, open it first: /meeting start {self.line}",
            ("Open it", f"/meeting start {self.line}"),
            discreet=self.discreetly("is not open"),
        )

    def must_not_be_locked(self) -> None:
        """Refuse what its minutes say already."""
        held = minutes_of(self.occurrence, self.sight.session)
        if held is not None and held.state == AGREED:
            when = f" on {held.agreed_on:%-d %B %Y}" if held.agreed_on else ""
            raise Refusal(
                f"The minutes of {self.name} were agreed{when}, and are locked. What is wrong in them is put right by a later meeting.",
                ("Minutes", f"/meeting minutes {self.line}"),
                discreet=self.discreetly("is locked"),
            )

    def discreetly(self, done: str) -> str:
        """What a notification says of a private group's meeting; empty for any other."""
        return f"{counted(1, f'{self.group.name} meeting')} {done}." if self.group.private else ""


def very(group: Group, begins: datetime) -> str:
    """ "jag 2013-09-10 10.00"; `begins` is local."""
    return f"{group.key} {begins:%Y-%m-%d %H.%M}"


def room_of(enquiry: Enquiry, session: Session, verb: str, names: bool = False) -> Room:
    """The meeting that words are said in, and the words.

    It is named before a colon; with `names` also without one, where what follows are people or nothing. Where none is named it is the one
    that is open: the channel's group's, or the only one of mine; else the latest of that group.
    """
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    if found := VERY.match(words):
        return _the_very(found, words[found.end() :], sight)
    which, rest = _cut(words, sight, names)
    group, day = group_beginning(which, sight)
    said = f": {rest}" if rest.strip() else ""
    if day_beginning(day, sight.today) or LAST.match(day) or LAST.match(which):
        named = find(which, sight, f"{verb} {{meeting}}{said}")
        return Room(sight, named.group, named.calendar, named.meeting, f"{named.words} {rest}".strip())
    return _going_on(group or _open_group(sight) or the_group(None, sight, f"{verb} {{group}}{said}"), rest, sight)


def _cut(words: str, sight: Sight, names: bool) -> tuple[str, str]:
    """(the words that name a meeting, what is said in it)."""
    if (found := NAMED.match(words)) and _names_one(found["which"], sight):
        return found["which"], words[found.end() :]
    if not names:
        return "", words
    people = words.find("@")
    before, rest = (words[:people], words[people:]) if people >= 0 else (words, "")
    return (before, rest) if _names_one(before, sight) else ("", words)


def _names_one(words: str, sight: Sight) -> bool:
    group, rest = group_beginning(words, sight)
    rest = rest.strip(" ,")
    if not rest or not words.strip():
        return group is not None
    day = day_beginning(LAST.sub("", rest), sight.today) or ((None, "") if LAST.fullmatch(rest) else None)
    return (day is not None and not day[1].strip(" ,:.")) or bool(day and re.fullmatch(r"[\d:. ]+", day[1]))


def _the_very(found: re.Match[str], rest: str, sight: Sight) -> Room:
    group = sight.group_named(found["group"])
    at = datetime.fromisoformat(f"{found['day']}T{found['at'].replace('.', ':')}")
    calendar = Calendar.of(group, sight.session) if group else None
    for each in calendar.on(at.date(), cancelled=True) if calendar else ():
        if group and calendar and each.begins.time() == at.time():
            return Room(sight, group, calendar, each, rest.strip())
    raise Refusal(NOT_HERE)


def _open_group(sight: Sight) -> Group | None:
    """The only group of those that are seen that is in a meeting, or that of the channel."""
    here = [group for group in sight.groups if group.channel and group.channel == sight.enquiry.where]
    if here:
        return here[0]
    opened = select(Meeting.group_id).where(Meeting.state == OPEN, Meeting.group_id.in_(sight.group_ids)).distinct()
    found = set(sight.session.scalars(opened))
    return next((group for group in sight.groups if group.id in found), None) if len(found) == 1 else None


def _going_on(group: Group, words: str, sight: Sight) -> Room:
    """The group's meeting that is going on, or was never closed, or else the latest, be it one that was closed before its time."""
    calendar = Calendar.of(group, sight.session)
    found = calendar.recorded(sight.now) or opened(group, calendar, sight) or latest(group, calendar, sight)
    if found is None:
        raise Refusal(f"{group.name} has not met yet.", discreet="There is no such meeting." if group.private else "")
    return Room(sight, group, calendar, found, words.strip())


def opened(group: Group, calendar: Calendar, sight: Sight) -> Occurrence | None:
    """The latest of the group's meetings that was opened and not closed."""
    return _latest_that_is(OPEN, group, calendar, sight)


def latest(group: Group, calendar: Calendar, sight: Sight) -> Occurrence | None:
    """The group's last meeting: one that has begun by now, or was closed though it was to begin later."""
    begun, closed = calendar.last(sight.now), _latest_that_is(CLOSED, group, calendar, sight)
    return max((each for each in (begun, closed) if each), default=None)


def _latest_that_is(state: str, group: Group, calendar: Calendar, sight: Sight) -> Occurrence | None:
    wanted = select(Meeting).where(Meeting.group_id == group.id, Meeting.state == state).order_by(Meeting.begins.desc()).limit(1)
    row = sight.session.scalar(wanted)
    day = calendar.on(row.begins.astimezone(calendar.zone).date()) if row else []
    return next((each for each in day if row and each.slot == row.slot), None)


def not_known(words: str) -> Refusal:
    """That words are no day of a meeting."""
    said = f"I cannot tell which meeting “{words.strip()[:60]}” is. Give a group, a day, or both, such as: jag 10 Dec"
    return Refusal(said, ("Next meetings", "/meeting next"), discreet="Which meeting?")


def minutes_of(occurrence: Occurrence, session: Session) -> Minutes | None:
    """The minutes of a meeting, where there are any."""
    return session.scalar(select(Minutes).where(Minutes.meeting_id == occurrence.meeting_id)) if occurrence.meeting_id else None
