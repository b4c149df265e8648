"""What the cycle would send in a window of time, nobody answering: worked out as the tick works it out, and nothing sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.addressed import Round
from models.away import Snooze
from models.calendar import Calendar
from models.cycle import ASK, GATHERING, KINDS, Leads, Step
from models.envelopes import STARTS, first_free, in_hours
from models.groups import Group
from models.laying import steps_between
from models.notices import GATHERED, Obligation
from models.occurrences import Occurrence
from models.overdue import WAITS
from models.partnership import Partnership
from models.people import Person
from models.silence import asked_since
from models.working_days import WorkingDays

BEFORE = timedelta(days=14)  # how long ago a step may have been due that is said in the window


@dataclass(frozen=True)
class About:
    """What a message is of: a kind of step of a group's meeting."""

    group: Group
    meeting: Occurrence
    kind: str

    def __lt__(self, other: About) -> bool:
        return (self.meeting, KINDS.index(self.kind)) < (other.meeting, KINDS.index(other.kind))


@dataclass(frozen=True)
class Message:
    """Something that would go out at a time (aware, local): the same to each recipient, by handle or channel."""

    at: datetime
    about: tuple[About, ...]
    recipients: tuple[str, ...]


@dataclass(frozen=True)
class _Part:
    """A step, for one whom it is for; for nobody where there is nobody to ask."""

    at: datetime
    about: About
    to: str
    person_id: int = 0


def rehearse(groups: Sequence[Group], after: datetime, until: datetime, session: Session) -> list[Message]:
    """Every message about these groups' meetings that would go out in [after, until) if their cycles ran, in order.

    What is put together with another group's takes that into account. Actions are those that are open now; a step that would ask nobody is
    shown with no recipients.
    """
    running = session.scalars(select(Group).where(Group.cycle_since.is_not(None), Group.paused_at.is_(None))).all()
    every = list({group.id: group for group in (*groups, *running)}.values())
    parts = sorted((part for group in every for part in _parts(group, after, until, session)), key=lambda part: part.at)
    wanted = {group.id for group in groups}
    return _messages([part for part in Days(session).put(parts) if part.about.group.id in wanted and after <= part.at < until])


def _parts(group: Group, after: datetime, until: datetime, session: Session) -> Iterator[_Part]:
    """Every step of a group that may be said in the window, for each whom it is for."""
    calendar, round_ = Calendar.of(group, session), Round(group, session)
    ahead = timedelta(days=2 * Leads.of(group).ask + 21)  # as many working days, with weekends and holidays
    for meeting, steps in steps_between(calendar, after - BEFORE, until + ahead):
        asked = next((step.due_at for step in steps if step.kind == ASK), meeting.begins)
        since = (asked_since(meeting.meeting_id, session) if meeting.meeting_id else None) or asked
        said = _said(meeting, session)
        for step in (replace(step, due_at=said.get(step.name, step.due_at)) for step in steps):
            if after - BEFORE <= step.due_at < until:
                yield from _of_step(step, About(group, meeting, step.kind), since, round_)


def _said(meeting: Occurrence, session: Session) -> dict[str, datetime]:
    """When each step of a meeting was said that has been: it is not said again when the meeting is moved. Or until when it is put off."""
    if meeting.meeting_id is None:
        return {}
    gone = (
        Obligation.meeting_id == meeting.meeting_id,
        Obligation.person_key == 0,
        (Obligation.state == GATHERED) | (Obligation.reason == WAITS),
    )
    rows = session.execute(select(Obligation.step, Obligation.due_at).where(*gone)).all()
    return {step: due_at.astimezone(meeting.begins.tzinfo) for step, due_at in rows}


def _of_step(step: Step, about: About, since: datetime, round_: Round) -> Iterator[_Part]:
    if channel := round_.channel(step.kind):
        yield _Part(step.due_at, about, channel)
        return
    people: list[Person] = round_.people(step.kind, since, step.due_at)
    yield from (_Part(step.due_at, about, person.handle, person.id) for person in people)
    if not people:
        yield _Part(step.due_at, about, "")


class Days:
    """The gathering messages of a rehearsal: one a person and day, as `models.envelopes` has it of those that are sent."""

    def __init__(self, session: Session) -> None:
        self.zone, self.days = Partnership.here(session).zone, WorkingDays()
        self.put_off = dict(session.execute(select(Snooze.person_id, func.max(Snooze.until)).group_by(Snooze.person_id)).all())
        self.had: dict[tuple[int, date], datetime] = {}

    def put(self, parts: Iterable[_Part]) -> Iterator[_Part]:
        """Each part at the time at which it goes out; what its meeting overtakes is left out. Parts come in order."""
        for part in parts:
            at = self._moment(part) if part.person_id and part.about.kind in GATHERING else part.at
            if at == part.at or at < part.about.meeting.begins:
                yield _Part(at, part.about, part.to, part.person_id)

    def _moment(self, part: _Part) -> datetime:
        who, until = part.person_id, self.put_off.get(part.person_id)
        at = in_hours(max(part.at, until) if until else part.at, self.zone, self.days)

        def taken(day: date) -> bool:
            had = self.had.get((who, day))
            return had is not None and had < (at if day == at.date() else datetime.combine(day, STARTS, self.zone))

        found = first_free(at, self.zone, self.days, taken)
        self.had.setdefault((who, found.date()), found)
        return found


def _messages(parts: Sequence[_Part]) -> list[Message]:
    """Parts of one moment to one person are a message, and messages that say the same are told as one to several."""
    of_each: dict[tuple[datetime, int | About, str], set[About]] = {}
    for part in parts:
        gathering = part.about.kind in GATHERING and part.person_id
        of_each.setdefault((part.at, part.person_id if gathering else part.about, part.to), set()).add(part.about)
    alike: dict[tuple[datetime, tuple[About, ...]], list[str]] = {}
    for (at, _, to), about in of_each.items():
        alike.setdefault((at, tuple(sorted(about))), []).append(to)
    found = [Message(at, about, tuple(filter(None, to))) for (at, about), to in alike.items()]
    return sorted(found, key=lambda message: (message.at, message.about))
