"""Days on which no meeting is held, or several are: what is said of it, and the line again for each that may be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from commands.meetings.which import line_of
from commands.plan.sight import Sight
from commands.words import listed
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.meetings import Meeting
from models.occurrences import SHIFT, Occurrence


def which_of(found: Sequence[tuple[Group, Calendar, Occurrence]], verb: str, after: str) -> Refusal:
    """Which of several is meant; `verb` and `after` as `find` has them."""
    names = [f"{group.name} on {one.begins:%-d %B %Y at %H:%M}" for group, _, one in found[:6]]
    asks = [(f"{group.name}, {one.begins:%-d %b %H:%M}", _again(verb, line_of(group, one), after)) for group, _, one in found[:6]]
    return Refusal(f"Which meeting? {listed(names, 'or')}?", *asks, field="meeting")


def none_then(groups: Sequence[Group], named: Group | None, day: date, sight: Sight, verb: str, after: str) -> Refusal:
    """None is held that day: where that day's was moved to; else what is held before and after it."""
    about = f"{named.name} does not meet" if named else "None of your groups meets"
    moved = [(group, each) for group in groups for each in _moved_from(group, day, sight)]
    near = moved or [(group, each) for group in groups for each in _around(group, day, sight, named is not None)]
    asks = [(f"{group.name}, {one.begins:%-d %b %Y}", _again(verb, line_of(group, one), after)) for group, one in near[:4]]
    if moved:
        went = [f"{'' if named else group.name + ' '}was moved to {one.begins:%A %-d %B %Y}" for group, one in moved]
        return Refusal(f"{about} on {day:%-d %B %Y}: {'it ' if named else ''}{listed(went)}.", *asks, field="meeting")
    said = listed([f"{'' if named else group.name + ' on '}{one.begins:%-d %B %Y}" for group, one in near])
    told = f" {'It meets on' if named else 'Next come'} {said}." if said else ""
    return Refusal(f"{about} on {day:%-d %B %Y}.{told}", *asks, field="meeting")


def _around(group: Group, day: date, sight: Sight, before_too: bool) -> Iterator[Occurrence]:
    calendar = Calendar.of(group, sight.session)
    midnight = calendar.aware(datetime.combine(day, time()))
    before, then = calendar.last(midnight), calendar.begins_next(midnight)
    yield from (each for each in (before, then) if each and (before_too or each is then))


def _moved_from(group: Group, day: date, sight: Sight) -> Iterator[Occurrence]:
    """The meetings that were to be on a day, as the cadence has it or as they were added, and are on another."""
    calendar, midnight = Calendar.of(group, sight.session), datetime.combine(day, time())
    slots = (Meeting.slot > midnight - SHIFT, Meeting.slot < midnight + SHIFT + timedelta(days=1))
    for row in sight.session.scalars(select(Meeting).where(Meeting.group_id == group.id, Meeting.sequence > 0, *slots)):
        begins = row.begins.astimezone(calendar.zone)
        usual = row.slot if row.added else calendar.put(row.slot) or row.slot
        if begins.date() != usual.date() and day in (row.slot.date(), usual.date()):
            around = calendar.between(begins - timedelta(minutes=1), begins, cancelled=True)
            yield from (each for each in around if each.meeting_id == row.id)


def _again(verb: str, line: str, after: str) -> str:
    return f"/meeting {verb.replace('{meeting}', line)} {after}".strip()
