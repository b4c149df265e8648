"""Laying down the steps of meetings as rows, so that one indexed query finds all that is due."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.anew import drafted_already
from models.calendar import Calendar
from models.cycle import DRAFT, Leads, Step, steps_of
from models.groups import Group
from models.meetings import CANCELLED, PLANNED, Meeting
from models.notices import DUE, SKIPPED, Obligation
from models.occurrences import Occurrence
from models.overdue import WAITS, put_off
from models.partnership import Partnership

AHEAD, BEHIND = timedelta(days=120), timedelta(days=7)  # of now: which meetings have their steps laid down
SWITCHED_ON, WAS_CANCELLED, NO_MORE = "before the cycle was switched on", "cancelled", "no longer part of the cycle"
SWITCHED_OFF, PAUSED = "the cycle was switched off", "the cycle was paused"
AGAIN = (WAS_CANCELLED, NO_MORE, SWITCHED_OFF)  # why a step was skipped that may come back


def steps_between(calendar: Calendar, after: datetime, until: datetime) -> Iterator[tuple[Occurrence, list[Step]]]:
    """Every meeting that begins in (after, until], with its steps; a group's meetings one after the other."""
    leads, previous = Leads.of(calendar.group), calendar.last(after)
    for occurrence in calendar.between(after, until):
        yield occurrence, steps_of(occurrence, previous.ends if previous else None, leads, calendar.days)
        previous = occurrence


def lay_down(group: Group, now: datetime, session: Session) -> None:
    """Have a row for every step of a group's meetings of the next 120 days, due when it is due by now; nothing while its cycle is off.

    What has been said stays as it is. To be called when a meeting is made, moved, cancelled or restored, or lead times change; again does
    no harm.
    """
    if group.cycle_since is None:
        return
    calendar = Calendar.of(group, session)
    _follow_the_cadence(calendar, now, session)
    held = _held(group, now, session)
    for occurrence, steps in steps_between(calendar, now - BEHIND, now + AHEAD):
        if occurrence.ends <= now and occurrence.meeting_id not in held:
            continue  # over before it was known of
        meeting = calendar.row(occurrence, session)
        session.flush()
        _lay(meeting, steps, held.get(meeting.id, {}), group.cycle_since, now, session)
    for steps_held in held.values():
        for step in steps_held.values():
            if step.meeting.state == CANCELLED and step.state == DUE:
                step.state, step.reason = SKIPPED, WAS_CANCELLED
    session.flush()


def _follow_the_cadence(calendar: Calendar, now: datetime, session: Session) -> None:
    """Have meetings that nobody moved begin and last as the group's settings say now, as those without a row do."""
    group = calendar.group
    untouched = (Meeting.group_id == group.id, Meeting.begins > now, ~Meeting.added, Meeting.sequence == 0, Meeting.state == PLANNED)
    for meeting in session.scalars(select(Meeting).where(*untouched)):
        wall = calendar.put(meeting.slot)
        if wall is not None:
            meeting.begins, meeting.minutes = calendar.aware(wall), group.minutes
    session.flush()


def lay_down_all(now: datetime, session: Session) -> None:
    """For every group of the partnership whose cycle is on."""
    for group in session.scalars(select(Group).where(Group.cycle_since.is_not(None)).order_by(Group.id)).all():
        lay_down(group, now, session)


def _held(group: Group, now: datetime, session: Session) -> Mapping[int, Mapping[str, Obligation]]:
    """The rows of the steps of a group's meetings of late and to come, by meeting and step."""
    wanted = (
        select(Obligation)
        .join(Obligation.meeting)
        .where(Meeting.group_id == group.id, Meeting.begins > now - BEHIND - BEHIND, Obligation.person_key == 0)
    )
    found: dict[int, dict[str, Obligation]] = {}
    for each in session.scalars(wanted):
        found.setdefault(each.meeting_id, {})[each.step] = each
    return found


def _lay(meeting: Meeting, steps: list[Step], held: Mapping[str, Obligation], since: datetime, now: datetime, session: Session) -> None:
    named = {step.name: step for step in steps}
    zone = Partnership.here(session).zone
    for name, step in named.items():
        row, due_at = held.get(name), step.due_at
        state, reason = (SKIPPED, SWITCHED_ON) if due_at <= since else (DUE, "")
        if state == DUE and (later := put_off(step, row, meeting, now, zone)):
            due_at, reason = later, WAITS
        if row is None:
            Obligation.put(meeting, name, due_at, session, state=state, reason=reason)
        elif name == DRAFT and meeting.state != CANCELLED and drafted_already(row, step, meeting, now, session):
            continue
        elif row.state == DUE or row.reason in AGAIN or _comes_after_all(row, due_at, now):
            row.due_at, row.state, row.reason = due_at, state, reason
    for name, row in held.items():
        if name not in named and row.state == DUE:
            row.state, row.reason = SKIPPED, NO_MORE


def _comes_after_all(row: Obligation, due_at: datetime, now: datetime) -> bool:
    """Whether a step that was left out, as its time had gone by or as it was held, has it before it again: its meeting was moved."""
    return row.state == SKIPPED and row.due_at <= now < due_at and (row.notice is None or row.notice.state == SKIPPED)
