"""The times at which a group meets already, so that thousands of others are looked at in a moment."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from datetime import datetime, timedelta

from models.occurrences import Occurrence


class Taken:
    """When its meetings begin and end, in order: `held` are the beginnings of those that are held, and others are taken one by one."""

    def __init__(self, held: Iterable[Occurrence]) -> None:
        self.held, self.times, self.longest = set[datetime](), list[tuple[datetime, datetime]](), timedelta()
        for each in held:
            self.held.add(each.begins)
            self.take(each.begins, each.ends)

    def take(self, begins: datetime, ends: datetime) -> None:
        insort(self.times, (begins, ends))
        self.longest = max(self.longest, ends - begins)

    def overlaps(self, begins: datetime, ends: datetime) -> bool:
        """Whether any of them lies partly within this time: only those can that begin less than the longest before it."""
        first = bisect_left(self.times, (begins - self.longest, begins))
        return any(until > begins for _, until in self.times[first : bisect_left(self.times, (ends, ends))])
