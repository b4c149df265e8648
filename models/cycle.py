"""The steps of a meeting's cycle and when each is due, worked out here for the tick, the plan and the rehearsal alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from models.base import Refusal

if TYPE_CHECKING:
    from models.groups import Group
    from models.occurrences import Occurrence
    from models.working_days import WorkingDays

ASK, REMIND, DRAFT, AGENDA, MORNING, MINUTES = "ask", "remind", "draft", "agenda", "morning", "minutes"
KINDS = (ASK, REMIND, DRAFT, AGENDA, MORNING, MINUTES)
GATHERING = (ASK, REMIND)
MOST = 60  # working days before a meeting: an earlier ask would be for the meeting after next
TO_ANSWER = timedelta(hours=3)  # between the last reminder and the draft, where both are of one day
BEFORE = timedelta(hours=1)  # how long before a meeting its morning is, where it begins that early


@dataclass(frozen=True)
class Leads:
    """How many working days before a meeting each step is due, and at what local time.

    The morning is on the day of the meeting, the minutes on the working day after it.
    """

    ask: int = 10
    reminds: tuple[int, ...] = (7, 5)
    draft: int = 4
    agenda: int = 3
    at: time = time(9)  # of the ask, the reminders, the agenda and the minutes
    draft_at: time = time(9)
    morning_at: time = time(8)

    @classmethod
    def of(cls, group: Group) -> Leads:
        """A group's: the usual ones, but for what its own `leads` say."""
        return cls.read(group.leads or {})

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Leads:
        """From plain data: {"ask": 5, "reminds": [2], "draft": 2, "draft_at": "12:00", "agenda": 1}. Refuses what is out of order."""
        said: dict[str, Any] = {name: int(plain[name]) for name in ("ask", "draft", "agenda") if name in plain}
        said |= {name: _time_of(plain[name]) for name in ("at", "draft_at", "morning_at") if name in plain}
        if "reminds" in plain:
            said["reminds"] = tuple(sorted({int(days) for days in plain["reminds"]}, reverse=True))
        leads = replace(cls(), **said)
        leads._must_be_in_order()
        return leads

    def plain(self) -> dict[str, Any]:
        """As `read` reads it."""
        days = {"ask": self.ask, "reminds": list(self.reminds), "draft": self.draft, "agenda": self.agenda}
        return days | {name: f"{getattr(self, name):%H:%M}" for name in ("at", "draft_at", "morning_at")}

    def _must_be_in_order(self) -> None:
        if not 1 <= self.agenda <= self.ask <= MOST or self.draft < self.agenda:
            raise Refusal(
                f"Lead times are working days before the meeting: the ask first (at most {MOST}), then the draft, then the agenda (at "
                f"least 1). These would be ask {self.ask}, draft {self.draft}, agenda {self.agenda}."
            )
        if any(not self.agenda < days < self.ask for days in self.reminds):
            between = f"between the ask ({self.ask}) and the agenda ({self.agenda})"
            raise Refusal(f"Reminders fall {between}, in working days before the meeting; not {', '.join(map(str, self.reminds))}.")


@dataclass(frozen=True)
class Step:
    """Something that a meeting's cycle says: its name ("remind-7"), its kind ("remind"), and when (aware, local)."""

    name: str
    kind: str
    due_at: datetime


def steps_of(occurrence: Occurrence, previous_ends: datetime | None, leads: Leads, days: WorkingDays) -> list[Step]:
    """Every step of a meeting, in order.

    Nobody is asked before the group's previous meeting has ended: the ask then waits for the next working day, and falls away where that
    is too late. So does a reminder that would not come after it. The draft follows the last of them that comes before the agenda.
    """
    zone = occurrence.begins.tzinfo

    def back(number: int, at: time) -> datetime:
        return datetime.combine(days.back(occurrence.on, number), at, zone)

    ask = back(leads.ask, leads.at)
    if previous_ends and ask < previous_ends:
        ask = datetime.combine(days.after(previous_ends.astimezone(zone).date()), leads.at, zone)
    asked = ask < occurrence.begins
    gathering = [Step(ASK, ASK, ask)] if asked else []
    gathering += [Step(f"{REMIND}-{n}", REMIND, at) for n in leads.reminds if (at := back(n, leads.at)) > ask and asked]
    agenda = back(leads.agenda, leads.at)
    morning = min(datetime.combine(occurrence.on, leads.morning_at, zone), occurrence.begins - BEFORE)
    return _in_order(
        [
            *gathering,
            Step(DRAFT, DRAFT, _after(gathering, back(leads.draft, leads.draft_at), agenda)),
            Step(AGENDA, AGENDA, agenda),
            Step(MORNING, MORNING, morning),
            Step(MINUTES, MINUTES, datetime.combine(days.after(occurrence.on), leads.at, zone)),
        ]
    )


def _time_of(words: str) -> time:
    try:
        return time.fromisoformat(words)
    except ValueError:
        raise Refusal(f"There is no {words}: the time of a lead time is from 00:00 to 23:59, such as 12:00.") from None


def _after(gathering: Sequence[Step], draft: datetime, agenda: datetime) -> datetime:
    """When the draft is due: not before the last answers could be there, and not after the agenda."""
    last = max((step.due_at for step in gathering if step.due_at < agenda), default=None)
    return min(last + TO_ANSWER if last and draft <= last else draft, agenda)


def _in_order(steps: Sequence[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: (step.due_at, KINDS.index(step.kind)))
