"""When a group meets: its cadence, its bank holidays, and what was moved, cancelled or added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models.groups import Group
from models.meetings import CLOSED, OPEN, PLANNED, Meeting
from models.occurrences import EARLY, LAST, LONGEST, RECORDED, SHIFT, Occurrence, rows_around, rows_between
from models.partnership import Partnership
from models.working_days import WorkingDays

if TYPE_CHECKING:
    from dateutil.rrule import rrule, rruleset

LASTS = 150  # years that a cadence is followed for, so that one which never occurs is seen to end
LATE = timedelta(minutes=60)  # after a meeting was to end, when it counts as going on
REACHES = (timedelta(days=70), timedelta(days=400), timedelta(days=366 * 6), timedelta(days=366 * 60))  # how far is looked, in turn
UNCLOSED = timedelta(hours=6)  # how long after its end one that nobody has closed still counts as going on
FIRST = datetime(1, 1, 2, tzinfo=UTC)


class Calendar:
    """The meetings of one group, in any window of time. What is changed is seen when it is next asked."""

    def __init__(self, group: Group, session: Session, held: Sequence[Any] | None = None, since: datetime = LAST) -> None:
        self.group = group
        self.session = session
        self.here = Partnership.here(session)
        self.zone: ZoneInfo = self.here.zone
        self.days = WorkingDays()
        self._held, self._since = held, since

    @classmethod
    def of(cls, group: Group, session: Session) -> Calendar:
        """The group's; nothing is read of it yet."""
        return cls(group, session)

    @classmethod
    def of_all(cls, groups: Sequence[Group], since: datetime, session: Session) -> Mapping[int, Calendar]:
        """The calendars of several groups by the groups' ids, with one query for all that is to come after `since`.

        They are as they were then: what is changed later is not seen in them.
        """
        since -= LONGEST
        rows = rows_between(groups, since, LAST, session) if groups else []
        return {group.id: cls(group, session, [row for row in rows if row[0] == group.id], since) for group in groups}

    def between(self, after: datetime, until: datetime, cancelled: bool = False) -> list[Occurrence]:
        """Meetings that begin in (after, until], both aware, in order; those cancelled only where they are asked for."""
        rows = self._rows(after, until)
        own = {row[1] for row in rows}
        found = [each for each in map(self._of_row, rows) if after < each.begins <= until]
        found += [each for each in self._of_cadence(after, until) if each.slot not in own and after < each.begins <= until]
        return sorted(each for each in found if cancelled or not each.cancelled)

    def next(self, after: datetime) -> Occurrence | None:
        """The first that is neither cancelled nor closed and ends after this instant; None where none is to come."""
        return next((each for each in self._coming(after - LONGEST) if each.ends > after), None)

    def begins_next(self, after: datetime) -> Occurrence | None:
        """The first that is neither cancelled nor closed and begins after this instant; None where none is to come."""
        return next(self._coming(after), None)

    def last(self, before: datetime) -> Occurrence | None:
        """The last that is not cancelled and had begun by this instant; None where there was none."""
        until = before
        for reach in REACHES:
            if found := self.between(max(before, FIRST + reach) - reach, until):
                return found[-1]
            until = max(before, FIRST + reach) - reach
        return None

    def at(self, now: datetime) -> Occurrence | None:
        """The one that is going on: from half an hour before it begins until an hour after it was to end.

        One that was opened goes on a while longer, until six hours after; and from when it was opened, however early that was.
        """
        around = self.between(now - LONGEST, now + LONGEST)
        opened = [each for each in around if each.state == OPEN and now <= each.ends + UNCLOSED]
        going_on = [each for each in around if each.begins <= now + EARLY and now <= each.ends + LATE]
        return next(reversed([*going_on, *opened]), None)

    def recorded(self, now: datetime) -> Occurrence | None:
        """The one that what is recorded now belongs to: that opened last and not closed, whenever it is held; or the one going on.

        One that nobody closes is not recorded for ever: twelve hours after it was opened that is over.
        """
        rows = rows_around(self.group, now, self.session)
        opened = [row for row in rows if row.state == OPEN and row.opened_at and now - RECORDED < row.opened_at <= now]
        if opened:
            return self._of_row(max(opened, key=lambda row: row.opened_at)[:-1])
        return Calendar(self.group, self.session, [row[:-1] for row in rows], now - LONGEST).at(now)

    def after_this(self, now: datetime) -> Occurrence | None:
        """The first after the one that is recorded or goes on, from half an hour before it begins; else after now."""
        this = self.recorded(now)
        return self.begins_next(max(now, this.begins) if this else now)

    def on(self, day: date, cancelled: bool = False) -> list[Occurrence]:
        """Those of a local day."""
        begins = self.aware(datetime.combine(day, datetime.min.time()))
        return [each for each in self.between(begins - timedelta(hours=3), begins + timedelta(hours=27), cancelled) if each.on == day]

    def previous(self, occurrence: Occurrence) -> Occurrence | None:
        """The one before it that was not cancelled."""
        return self.last(occurrence.begins - timedelta(microseconds=1))

    def row(self, occurrence: Occurrence, session: Session) -> Meeting:
        """Its row, which is made where there is none; it stands as the cadence puts it until it is changed."""
        found = session.get(Meeting, occurrence.meeting_id) if occurrence.meeting_id else session.scalar(self._at(occurrence.slot))
        if found is None:
            return self._made(occurrence, session)
        return found

    def aware(self, wall: datetime) -> datetime:
        """A local wall time as an instant: the later wall time where clocks skip it, the first of two where they go back."""
        return wall.replace(tzinfo=self.zone, fold=0).astimezone(UTC).astimezone(self.zone)

    def slots(self, first: datetime, last: datetime) -> Iterable[datetime]:
        """When the cadence itself puts meetings, in local wall time from `first` to `last`, bank holidays or not."""
        if not self.group.cadence or self.group.starts is None or last < self.group.starts:
            return ()
        return rule(self.group.cadence, self.group.starts).between(first, last, inc=True)

    def put(self, slot: datetime) -> datetime | None:
        """Where a slot's meeting is held, in local wall time: not on a bank holiday; None where it is then left out."""
        day = slot.date()
        if not self.days.holiday(day):
            return slot
        match self.group.holiday:
            case "skip":
                return None
            case "before":
                return datetime.combine(self.days.before(day), slot.time())
        return datetime.combine(self.days.after(day), slot.time())

    def uid(self, slot: datetime) -> str:
        """The name of a slot's meeting in every calendar of the world, however often it is moved (RFC 5545, UID)."""
        return f"{slot:%Y%m%dT%H%M%S}-{self.group.key}@{self.here.key}.jagbot"

    def _made(self, occurrence: Occurrence, session: Session) -> Meeting:
        made = Meeting(group=self.group, slot=occurrence.slot, begins=occurrence.begins, minutes=occurrence.minutes)
        try:
            with session.begin_nested():
                session.add(made)
        except IntegrityError:  # somebody else has just made it
            made = session.scalars(self._at(occurrence.slot)).one()
        return made

    def _coming(self, after: datetime) -> Iterator[Occurrence]:
        start = after
        for reach in REACHES:
            until = min(after, LAST - reach) + reach
            yield from (each for each in self.between(start, until) if each.state != CLOSED)
            start = until

    def _of_cadence(self, after: datetime, until: datetime) -> Iterator[Occurrence]:
        first, last = (each.astimezone(self.zone).replace(tzinfo=None) for each in (after, until))
        for slot in self.slots(first - SHIFT, last + SHIFT):
            wall = self.put(slot)
            if wall is not None:
                yield Occurrence(
                    self.group.id,
                    slot,
                    self.aware(wall),
                    self.group.minutes,
                    self.group.place,
                    PLANNED,
                    False,
                    "",
                    self.uid(slot),
                    0,
                    None,
                )

    def _of_row(self, row: Any) -> Occurrence:
        group, slot, begins, minutes, place, state, added, reason, uid, sequence, number = row
        local = begins.astimezone(self.zone)
        place, uid = place or self.group.place, uid or self.uid(slot)
        return Occurrence(group, slot, local, minutes, place, state, added, reason, uid, sequence, number)

    def _rows(self, after: datetime, until: datetime) -> Sequence[Any]:
        if self._held is not None and after >= self._since:
            return self._held
        return rows_between([self.group], after, until, self.session)

    def _at(self, slot: datetime) -> Select[Meeting]:
        return select(Meeting).where(Meeting.group_id == self.group.id, Meeting.slot == slot)


@lru_cache(maxsize=256)
def rule(cadence: str, starts: datetime) -> rrule | rruleset:
    """A cadence, its slots worked out once and remembered. It ends after 150 years, so that one which never occurs does too."""
    from dateutil.rrule import rrulestr

    ends = "" if re.search(r"\b(?:UNTIL|COUNT)=", cadence) else f";UNTIL={starts.year + LASTS}0101T000000"
    return rrulestr(cadence + ends, dtstart=starts, cache=True)
