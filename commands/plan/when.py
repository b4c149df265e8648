"""When an action is due, in the words of its group's meetings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from commands.plan.kept import A_YEAR_ON, PAST, Doubt
from commands.plan.sight import Sight
from models.base import Refusal
from models.calendar import Calendar
from models.due import Due
from models.groups import Group


class Meetings(Mapping[str, date | None]):
    """The day each group next meets, by every name it has; "" is the action's own group. Worked out when looked at."""

    def __init__(self, group: Group, sight: Sight) -> None:
        self.sight = sight
        self.named = {name: each for each in (*sight.groups, group) for name in each.names} | {"": group}

    def __getitem__(self, name: str) -> date | None:
        meets = Calendar.of(self.named[name], self.sight.session).after_this(self.sight.now)
        return meets.on if meets else None

    def __iter__(self) -> Iterator[str]:
        return iter(self.named)

    def __len__(self) -> int:
        return len(self.named)


def read_due(words: str, group: Group, sight: Sight) -> Due:
    """When words say it is due. Refuses what is no date; a date in the past is asked about."""
    try:
        due = _meant(Due.read(words, sight.today, Meetings(group, sight), group.names), sight)
    except Refusal as refusal:
        refusal.field = refusal.field or "due"
        raise
    doubt_the_past(due, sight)
    return due


def due_beginning(words: str, group: Group, sight: Sight) -> tuple[Due, str] | None:
    """The due date that begins the words, and what follows it."""
    begun = Due.beginning(words, sight.today, Meetings(group, sight), group.names)
    return (_meant(begun[0], sight), begun[1]) if begun else None


def _meant(due: Due, sight: Sight) -> Due:
    """The date, or the next year's where its writer has been asked and means that."""
    return due.a_year_on() if A_YEAR_ON in sight.enquiry.sure and due.kind == "date" and due.is_past(sight.today) else due


def doubt_the_past(due: Due, sight: Sight) -> None:
    """Ask about a date that has gone by, unless somebody insists on it."""
    if due.is_past(sight.today) and PAST not in sight.enquiry.sure:
        later = due.a_year_on()
        offered = due.kind == "date" and not later.is_past(sight.today)
        raise Doubt(
            PAST,
            f"{due.said()} has gone by",
            f"{due.said()} is in the past.{f' Did you mean {later.said()}?' if offered else ''} Nothing was saved yet.",
            f"Yes, {due.said()}",
            instead=(f"I meant {later.said()}", A_YEAR_ON) if offered else None,
        )
