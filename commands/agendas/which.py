"""Whose agenda, of which meeting, and what somebody may do with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from commands.agendas.naming import beginning, known, no_group
from commands.agendas.sitting import Sitting
from commands.meetings.times import day_beginning
from commands.meetings.which import find, group_beginning, line_of
from commands.permissions import YES, allowed
from commands.plan.sight import Sight
from models.agendas import Agenda
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.meetings import Meeting
from models.notices import Obligation
from models.occurrences import Occurrence

AGENDA_STEP = "agenda"
BECAUSE = re.compile(r"^\W*(?:because|as(?! it is)|since|for|until|till|while)\b", re.I)
TIME = re.compile(r"^\W*(?:at )?\d{1,2}[:.]\d\d\b", re.I)


@dataclass(frozen=True)
class Wanted:
    """The agenda that is asked for, by whom, and the words that follow those which name it."""

    sight: Sight
    group: Group
    occurrence: Occurrence
    words: str = ""

    @classmethod
    def read(cls, words: str, sight: Sight, verb: str = "") -> Wanted:
        """By a group, a day, or both; refuses a day without a meeting, and asks where there are several: to `verb` it, if anything."""
        try:
            found = find(words, sight, "show {meeting}")
        except Refusal as refusal:
            again = f"/agenda {verb} ".replace("  ", " ")
            refusal.asks = tuple((label, line.replace("/meeting show ", again)) for label, line in refusal.asks)
            raise
        return cls(sight, found.group, found.meeting, found.words)

    @classmethod
    def next_of(cls, words: str, sight: Sight, to_begin: bool = False) -> Wanted:
        """The next meeting of the group that begins the words, else of the channel's, else of mine that is no private one.

        One that is going on is the next, unless it is still `to_begin`.
        """
        group, rest = group_beginning(words, sight)
        if group is None:
            group, rest = sight.default_group(), words
        calendar = Calendar.of(group, sight.session)
        occurrence = (calendar.after_this(sight.now) if to_begin else None) or calendar.next(sight.now)
        if occurrence is None:
            raise Refusal(f"{group.name} has no meeting to come, and so no agenda. Add one: /meeting add {group.key} 17 Dec 10:00")
        return cls(sight, group, occurrence, rest)

    @classmethod
    def to(cls, verb: str, words: str, sight: Sight, why: bool = False) -> Wanted:
        """The meeting whose agenda is approved, held or posted. Refuses words that are neither group nor day, unless they say `why`."""
        group, rest = beginning(words, sight)
        reason = why and (BECAUSE.match(rest) is not None or BECAUSE.match(words) is not None)
        day = None if reason else day_beginning(rest, sight.today)
        if day and (known(day[1]) or TIME.match(day[1]) or (why and BECAUSE.match(day[1]))):
            return cls.read(f"{group.key} {rest}" if group else rest, sight, verb)
        if not (known(rest) or reason or (why and group)):
            said = f"I cannot read “{rest.strip()[:60]}” after {group.name}. Such as: /agenda {verb} {group.key}" if group else ""
            raise Refusal(said, field="group") if said else no_group(rest, sight, f"/agenda {verb} {{group}}")
        return cls.next_of(f"{group.key} {rest}" if group else words, sight)

    @property
    def line(self) -> str:
        """The words that mean this meeting and no other."""
        return line_of(self.group, self.occurrence)

    @property
    def name(self) -> str:
        """ "JAG, Tuesday 10 September 2013"."""
        return f"{self.group.name}, {self.occurrence.begins:%A %-d %B %Y}"

    @property
    def reviews(self) -> bool:
        """Whether this person looks at what others wrote, and no one else reads the answer."""
        return allowed("review agendas", self.sight.parts_in(self.group.id)) == YES and self.sight.enquiry.audience == "asker"

    def must_review(self, what: str) -> None:
        """Refuse who may not approve, hold, post or change the template."""
        if allowed("review agendas", self.sight.parts_in(self.group.id)) != YES:
            raise Refusal(f"The chair, the deputy chair and the coordinator of {self.group.name} {what}. Ask one of them.")

    def sitting(self, whole: bool = False) -> Sitting:
        """As it is now; `whole` withholds nothing."""
        seen = self.sight.group_ids if whole else frozenset()
        return Sitting.of(self.group, self.occurrence, self.sight.session, self.sight.enquiry.at, whole, seen)

    def agenda(self) -> Agenda:
        """Its row, which is made where there is none; nobody else's to change until this is done."""
        session = self.sight.session
        meeting = Calendar.of(self.group, session).row(self.occurrence, session)
        session.flush()
        wanted = select(Agenda).where(Agenda.meeting_id == meeting.id).with_for_update(of=Agenda).execution_options(populate_existing=True)
        return session.scalar(wanted) or self._made(meeting)

    def again(self) -> Wanted:
        """The same meeting, with the row that it may have been given since."""
        calendar = Calendar.of(self.group, self.sight.session)
        same = next((each for each in calendar.on(self.occurrence.on) if each.slot == self.occurrence.slot), self.occurrence)
        return replace(self, occurrence=same)

    def _made(self, meeting: Meeting) -> Agenda:
        session = self.sight.session
        try:
            with session.begin_nested():
                session.add(Agenda(meeting=meeting))
        except IntegrityError:  # somebody else has just made it
            pass
        return session.scalars(select(Agenda).where(Agenda.meeting_id == meeting.id)).one()


def goes_out(sitting: Sitting) -> Obligation | None:
    """The step that posts it, where the group's cycle is on."""
    number = sitting.occurrence.meeting_id
    step = select(Obligation).where(Obligation.meeting_id == number, Obligation.step == AGENDA_STEP, Obligation.person_key == 0)
    return sitting.session.scalar(step) if number else None


def discreetly(group: Group, said: str) -> str:
    """What a notification says of a private group's agenda: only how many. Empty for any other group."""
    return f"1 {group.name} {said}." if group.private else ""


def of_mine(sight: Sight) -> Sequence[Group]:
    """The groups that somebody sits on; all that an administrator sees who sits on none."""
    return [group for group in sight.groups if sight.seats.get(group.id)] or list(sight.groups)
