"""A zone's clock changes as other calendars read them (RFC 5545, VTIMEZONE)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Timezone

NONE = timedelta()
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
Kind = tuple[bool, timedelta, timedelta, str]  # summer time, the offset before, the offset from then on, its name


def zone_of(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """The changes between two instants, each at the wall time that it comes at: as a yearly rule where they follow one.

    Many calendars know nothing but such rules, or single changes; none is written as a list.
    """
    from icalendar import Timezone

    found = Timezone()
    found.add("tzid", zone.key)
    begins = first.astimezone(zone).replace(second=0, microsecond=0)
    _add(found, _kind(begins, begins), begins.replace(tzinfo=None))
    onsets: dict[Kind, list[datetime]] = {}
    for before, after in _changes(zone, begins, last):
        wall = after.astimezone(UTC) + (before.utcoffset() or NONE)
        onsets.setdefault(_kind(before, after), []).append(wall.replace(tzinfo=None))
    for kind, walls in onsets.items():
        if rule := _rule(walls, last):
            _add(found, kind, walls[0], rule)
        else:
            for wall in walls:
                _add(found, kind, wall)
    return found


def _add(zone: Timezone, kind: Kind, wall: datetime, rule: dict[str, object] | None = None) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard

    summer, was, becomes, name = kind
    part = TimezoneDaylight() if summer else TimezoneStandard()
    for label, value in (("dtstart", wall), ("tzoffsetfrom", was), ("tzoffsetto", becomes), ("tzname", name)):
        part.add(label, value)
    if rule:
        part.add("rrule", rule)
    zone.add_component(part)


def _rule(walls: Sequence[datetime], last: datetime) -> dict[str, object] | None:
    """The yearly rule that these follow, to the end of what is looked at; None where they follow none."""
    years = [wall.year for wall in walls]
    same = len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) == 1
    if len(walls) < 2 or not same or years != list(range(years[0], years[-1] + 1)) or years[-1] < last.year - 1:
        return None
    for nth in ({_from_the_end(wall) for wall in walls}, {(wall.day - 1) // 7 + 1 for wall in walls}):
        if len(nth) == 1:
            return {"freq": "yearly", "bymonth": walls[0].month, "byday": f"{nth.pop()}{CODES[walls[0].weekday()]}"}
    return None


def _from_the_end(wall: datetime) -> int:
    return -((calendar.monthrange(wall.year, wall.month)[1] - wall.day) // 7 + 1)


def _kind(before: datetime, after: datetime) -> Kind:
    return bool(after.dst()), before.utcoffset() or NONE, after.utcoffset() or NONE, after.tzname() or ""


def _changes(zone: ZoneInfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    """(the minute before, the minute after) each change of the clocks, in their local times."""

    def offset(at: datetime) -> timedelta | None:
        return at.astimezone(zone).utcoffset()

    low, day = first.astimezone(UTC).replace(second=0, microsecond=0), timedelta(days=1)
    while low < last:
        high = low + day
        if offset(low) != offset(high):
            before, after = low, high
            while after - before > timedelta(minutes=1):
                middle = (before + (after - before) / 2).replace(second=0, microsecond=0)
                before, after = (middle, after) if offset(middle) == offset(before) else (before, middle)
            yield before.astimezone(zone), after.astimezone(zone)
        low = high
