"""The example's year, lived later: what was done at a meeting is done at one, and every date in its words goes with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.demo.clock import BEGINS
from bot.demo.people import GENERAL
from bot.demo.year import Said
from models.calendar import Calendar
from models.groups import Group

DATE = re.compile(r"\b(?P<day>\d{1,2}) (?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?P<rest>[a-z]*) (?P<year>20\d\d)\b")
REACH = timedelta(days=800)  # further than any date of the year, both ways


def moved(year: Sequence[Said], now: datetime, session: Session) -> list[Said]:
    """The year as it would have been had it ended by `now`, in order."""
    groups = {group.channel.lstrip("#"): Later(group, now, session) for group in session.scalars(select(Group)) if group.channel}
    groups[GENERAL] = groups["jag"]
    return sorted((groups[each.where].line(each) for each in year), key=lambda said: said.at)


class Later:
    """The days of one group's year, later.

    A day goes with the group's first meeting on or after it: as many days before that meeting's counterpart as it was before the
    meeting. Days since the last meeting go up to `now` by whole weeks, as many meetings as may have been held by then.
    """

    def __init__(self, group: Group, now: datetime, session: Session) -> None:
        calendar = Calendar.of(group, session)
        self.began, today = (each.astimezone(calendar.zone).date() for each in (BEGINS, now))
        wall = [each.astimezone(calendar.zone).replace(tzinfo=None) for each in (BEGINS, now)]
        self.by = timedelta(weeks=(wall[1] - wall[0]) // timedelta(weeks=1))
        past, coming = zip(_around(calendar, self.began), _around(calendar, today), strict=True)
        self.last = max(past[0], default=date.min)
        self.meetings = sorted([*zip(*past, strict=False), *zip(*coming, strict=False)])

    def day(self, day: date) -> date:
        """A day of the year, or of what it looks forward to, as it is now."""
        if self.last < day <= self.began:
            return day + self.by
        return day + next((now - then for then, now in self.meetings if then >= day), self.by)

    def line(self, said: Said) -> Said:
        """What somebody typed, on its day and with its dates as they are now."""
        at = datetime.combine(self.day(said.at.date()), said.at.timetz())
        return Said(at, said.who, said.where, DATE.sub(self._date, said.words), said.name)

    def _date(self, found: re.Match[str]) -> str:
        day = self.day(datetime.strptime("{day} {month} {year}".format_map(found.groupdict()), "%d %b %Y").date())
        return f"{day:%-d %B %Y}" if found["rest"] else f"{day:%-d %b %Y}"


def _around(calendar: Calendar, day: date) -> tuple[list[date], list[date]]:
    """The days of the group's meetings before a day, the latest first; and of those from that day on."""
    begins = calendar.aware(datetime.combine(day, time()))
    past = [each.on for each in calendar.between(begins - REACH, begins)]
    return past[::-1], [each.on for each in calendar.between(begins, begins + REACH)]
