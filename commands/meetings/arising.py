"""Matters arising at a meeting, by reference: what became of every action that was open when it began."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import and_, or_, select

from commands.meetings.room import Room
from commands.plan.rows import short
from models.actions import CLOSED, DONE, FINISHED, NOT_REPORTED, Action
from models.changes import Change
from models.meetings import Meeting
from models.occurrences import RECORDED
from models.silence import NO_CHANGE

LATEST = 200  # characters of news
NEWS, HANDED = ("update", "done", NO_CHANGE), ("escalated", "referred")
LATER = "to be updated at the next meeting"


def arising(room: Room, meeting: Meeting) -> list[str]:
    """ "- JAG-13-007: completed", "- JAG-13-012: to be updated at the next meeting", in the order of their references."""
    on = room.occurrence.on
    until = max(meeting.ended_at or room.sight.enquiry.at, room.occurrence.begins)  # one may be closed before its time
    wanted = select(Action).where(
        Action.group_id == room.group.id,
        Action.raised_at < until,
        or_(Action.meeting.is_(None), Action.meeting != on),
        or_(Action.closed_on.is_(None), Action.closed_on >= on),
    )
    actions = room.sight.session.scalars(wanted.order_by(Action.year, Action.number)).unique().all()
    changes = _changes(actions, meeting, room, until)
    return [f"- {action.ref}: {_became(action, changes.get(action.id, ()), meeting, room)}" for action in actions]


def _changes(actions: Sequence[Action], meeting: Meeting, room: Room, until: datetime) -> dict[int, list[Change]]:
    """What was done to them since the meeting before, or while it was recorded afterwards, and still holds."""
    opened = meeting.opened_at or until
    before = room.calendar.previous(room.occurrence)
    since = before.ends if before else datetime.min.replace(tzinfo=UTC)
    wanted = select(Change).where(
        Change.action_id.in_([action.id for action in actions]),
        Change.at > since,
        or_(Change.at <= until, and_(Change.at >= opened, Change.at <= opened + RECORDED)),
        Change.undone_by_id.is_(None),
        Change.verb.in_((*NEWS, *HANDED)),
    )
    found: dict[int, list[Change]] = {}
    for change in room.sight.session.scalars(wanted.order_by(Change.id)):
        found.setdefault(change.action_id, []).append(change)
    return found


def _became(action: Action, changes: Sequence[Change], meeting: Meeting, room: Room) -> str:
    """Where it was handed on is for those to read who may see the other group's actions."""
    if action.status in FINISHED:
        since = "" if action.closed_on == room.occurrence.on else " since"
        return f"{'completed' if action.status == CLOSED else 'withdrawn'}{since}"
    handed = next((change.verb for change in reversed(changes) if change.verb in HANDED and change.at >= meeting.opening), "")
    news = any(change.verb in NEWS for change in changes)
    said = f"{_stands(action, changes, room)}{f': {short(action.latest, LATEST)}' if action.latest else ''}" if news else LATER
    if action.status == DONE:
        said = f"reported done, for {room.group.name} to agree"
    return "; ".join(filter(None, (handed, said)))


def _stands(action: Action, changes: Sequence[Change], room: Room) -> str:
    """ "at risk"; "at risk, no change (28 August)" where that was the latest news, and "no change (28 August)" before anything else was."""
    last = [change for change in changes if change.verb in NEWS][-1]
    if last.verb != NO_CHANGE:
        return action.status
    said = f"no change ({last.at.astimezone(room.sight.now.tzinfo):%-d %B})"
    return said if action.status == NOT_REPORTED else f"{action.status}, {said}"
