"""Meetings from an iCalendar file (RFC 5545): each with its time here, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from warnings import catch_warnings
from zoneinfo import ZoneInfo

from models.base import Refusal
from models.cadence import is_followed

Event = Any  # an event of icalendar's, whose properties may be anything, as they came
LARGEST = 20 << 20  # bytes
MOST_OF_ONE = 500  # meetings of one recurring event that are looked at
MOST_REPEATED = 200  # recurring events of a file
USUAL = timedelta(hours=1)  # of an event that says neither when it ends nor how long it lasts
TOO_LONG = timedelta(hours=12)
PAST, FAR, ALL_DAY, BROKEN, LONG, UNFOLLOWED, TWICE = (
    "over already",
    "more than two years ahead",
    "all-day, so without a time",
    "without a time that can be read",
    "longer than 12 hours",
    "repeated by a rule that cannot be followed",
    "in the file twice",
)


@dataclass(frozen=True)
class Entry:
    """One meeting of a file. `begins` is aware, in the partnership's zone; `uid` its own, also where it is one of many."""

    uid: str
    begins: datetime
    minutes: int
    place: str
    summary: str
    cancelled: bool
    sequence: int

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return vars(self) | {"begins": self.begins.isoformat()}

    @classmethod
    def read(cls, plain: Mapping[str, Any], zone: ZoneInfo) -> Entry:
        """From `as_json`."""
        return cls(**{**plain, "begins": datetime.fromisoformat(plain["begins"]).astimezone(zone)})


@dataclass
class Ics:
    """What a file holds: its meetings in order, how many were left out by reason, and zones that nobody knows."""

    entries: list[Entry] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    zones: set[str] = field(default_factory=set)
    recurring: int = 0


def read_ics(path: Path, zone: ZoneInfo, now: datetime) -> Ics:
    """The meetings of a file that are to come within two years. Refuses what is no iCalendar file, or too large."""
    if path.stat().st_size > LARGEST:
        raise Refusal(f"{path.name} is {path.stat().st_size >> 20} MB, and I take iCalendar files of up to {LARGEST >> 20} MB.")
    reading = Reading(zone, now, now + timedelta(days=731))
    for event in _events(path):
        reading.take(event)
    return reading.done()


def _events(path: Path) -> Iterator[Event]:
    from icalendar import Calendar, Component

    try:
        found = Calendar.from_ical(path.read_bytes(), multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError):
        found = []
    calendars = [each for each in found if isinstance(each, Component) and each.name == "VCALENDAR"]
    if not calendars:
        raise Refusal(f"{path.name} is no iCalendar file that I can read. Expected one that begins with BEGIN:VCALENDAR.")
    for each in calendars:
        yield from each.walk("VEVENT")


class Reading:
    """A file's events on the way to being meetings."""

    def __init__(self, zone: ZoneInfo, now: datetime, until: datetime) -> None:
        self.zone, self.now, self.until = zone, now, until
        self.found = Ics()
        self.repeated: list[Event] = []
        self.single: dict[str, Entry] = {}
        self.instead: dict[tuple[str, datetime], Event] = {}  # of one of many, by which it takes the place of

    def take(self, event: Event) -> None:
        """Look at one event; those that repeat wait until all are known that take the place of one of theirs."""
        if event.get("RRULE") or event.get("RDATE"):
            self.repeated.append(event)
        elif event.get("RECURRENCE-ID"):
            when = self._instant(event.get("RECURRENCE-ID"))
            if when is not None:
                self.instead[(_uid(event), when)] = event
        else:
            self._keep(event, _uid(event), self._begins(event))

    def done(self) -> Ics:
        """Everything in order."""
        for event in self.repeated:
            self._expand(event)
        for (uid, slot), event in self.instead.items():
            self._keep(event, _of_many(uid, slot), self._begins(event))
        self.found.entries = sorted(self.single.values(), key=lambda each: (each.begins, each.uid))
        return self.found

    def _expand(self, event: Event) -> None:
        self.found.recurring += 1
        if self.found.recurring > MOST_REPEATED:
            self.found.left_out[UNFOLLOWED] += 1
            return
        begins = self._begins(event)
        if begins is None:
            return
        without = {self._instant(each) for each in _dates(event.get("EXDATE"))}
        try:
            slots = list(islice(self._slots(event, begins), MOST_OF_ONE))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
            self.found.left_out[UNFOLLOWED] += 1
            return
        for slot in slots:
            if slot not in without and (_uid(event), slot) not in self.instead:
                self._keep(event, _of_many(_uid(event), slot), slot)

    def _slots(self, event: Event, begins: datetime) -> Iterator[datetime]:
        """When a rule puts it, in the local time of the event itself, which is what its rule goes by."""
        from dateutil.rrule import rrulestr

        start = event["DTSTART"].dt
        own = start.tzinfo or self.zone
        rules = event.get("RRULE")
        for rule in rules if isinstance(rules, list) else [rules] if rules else []:
            parts = {name: values for name, values in rule.items() if name != "UNTIL"}
            if not is_followed({name: ",".join(map(str, values)) for name, values in parts.items()}):
                raise ValueError("no rule to follow")
            until = min(self.until, self._instant_of(rule["UNTIL"][0], own) or self.until) if "UNTIL" in rule else self.until
            last = f"{until.astimezone(own):%Y%m%dT%H%M%S}"
            said = ";".join(f"{name}={','.join(map(str, values))}" for name, values in parts.items() if name != "COUNT")
            count = f";COUNT={int(parts['COUNT'][0])}" if "COUNT" in parts else ""
            with catch_warnings(action="ignore", category=DeprecationWarning):  # of both, which the end of the time looked at is for
                slots = rrulestr(f"{said}{count};UNTIL={last}", dtstart=begins.astimezone(own).replace(tzinfo=None))
            for slot in slots:
                if slot.replace(tzinfo=own) > self.until:
                    break
                if slot.replace(tzinfo=own) + TOO_LONG > self.now:
                    yield self._local(slot.replace(tzinfo=own))
        for each in _dates(event.get("RDATE")):
            if (more := self._instant(each)) is not None:
                yield more

    def _keep(self, event: Event, uid: str, begins: datetime | None) -> None:
        if begins is None:
            return
        lasts = self._lasts(event)
        reason = LONG if lasts > TOO_LONG else PAST if begins + lasts <= self.now else FAR if begins > self.until else ""
        if reason:
            self.found.left_out[reason] += 1
            return
        cancelled = str(event.get("STATUS", "")).upper() == "CANCELLED"
        entry = Entry(
            uid,
            begins,
            max(5, round(lasts.total_seconds() / 60)),
            _text(event, "LOCATION"),
            _text(event, "SUMMARY"),
            cancelled,
            _sequence(event),
        )
        held = self.single.get(uid)
        self.found.left_out[TWICE] += held is not None
        if held is None or entry.sequence >= held.sequence:
            self.single[uid] = entry

    def _begins(self, event: Event) -> datetime | None:
        found = event.get("DTSTART")
        begins = self._instant(found)
        if begins is None:
            whole = isinstance(_value(found), date)
            self.found.left_out[ALL_DAY if whole else BROKEN] += 1
        return begins

    def _lasts(self, event: Event) -> timedelta:
        begins, ends = self._instant(event.get("DTSTART")), self._instant(event.get("DTEND"))
        if begins and ends and ends > begins:
            return ends.astimezone(UTC) - begins.astimezone(UTC)
        lasts = _value(event.get("DURATION"))
        return lasts if isinstance(lasts, timedelta) and lasts > timedelta() else USUAL

    def _instant(self, found: Any) -> datetime | None:
        """A property's time, here; a time in a zone that nobody knows is taken as one here, and remembered."""
        at = _value(found)
        if not isinstance(at, datetime):
            return None
        if at.tzinfo is None and (named := getattr(found, "params", {}).get("TZID")):
            self.found.zones.add(str(named)[:60])
        return self._local(at)

    def _instant_of(self, at: Any, own: Any) -> datetime | None:
        if isinstance(at, datetime):
            return at if at.tzinfo else at.replace(tzinfo=own)
        return datetime.combine(at, time.max, own) if isinstance(at, date) else None

    def _local(self, at: datetime) -> datetime:
        aware = at if at.tzinfo else at.replace(tzinfo=self.zone)
        return aware.astimezone(UTC).astimezone(self.zone)


def _value(found: Any, name: str = "dt") -> Any:
    """What a property says; None where it is not there, or broken."""
    try:
        return getattr(found, name, None)
    except ValueError:
        return None


def _uid(event: Event) -> str:
    return str(event.get("UID", ""))[:200] or f"{_text(event, 'SUMMARY')}-{_value(event.get('DTSTART'))}"


def _of_many(uid: str, slot: datetime) -> str:
    """The name of one of many."""
    return f"{uid}/{slot.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(event: Event, name: str) -> str:
    return " ".join(str(event.get(name, "")).split())[:200]


def _sequence(event: Event) -> int:
    try:
        return max(0, int(event.get("SEQUENCE", 0)))
    except (TypeError, ValueError):
        return 0


def _dates(found: Any) -> Sequence[Any]:
    """The dates of EXDATE or RDATE, which may be there once or often."""
    lists = found if isinstance(found, list) else [found] if found is not None else []
    return [each for one in lists for each in _value(one, "dts") or []]
