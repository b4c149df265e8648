"""What is overdue when it is laid down or moved waits a while before a channel reads it, so that a slip can be undone."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from models.cycle import AGENDA, MORNING, Step
from models.envelopes import in_hours
from models.meetings import Meeting
from models.notices import DUE, Obligation
from models.working_days import WorkingDays

AN_HOUR = timedelta(hours=1)
WAITS = "put off, as it was overdue when its meeting was arranged"


def put_off(step: Step, row: Obligation | None, meeting: Meeting, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When a step that a channel reads is due instead of at its time, which has gone by; None where it is due at its time.

    What was due already while its meeting stood as it does is late for another reason, and is not put off.
    """
    if step.name not in (AGENDA, MORNING) or not step.due_at <= now < meeting.begins:
        return None
    if row is None or row.state != DUE:
        return waits(now, meeting.begins, zone)
    if row.reason != WAITS:
        return waits(now, meeting.begins, zone) if row.due_at > now else None
    moved_again = meeting.changed_at == now or row.due_at >= meeting.begins
    return waits(now, meeting.begins, zone) if moved_again else row.due_at


def waits(now: datetime, begins: datetime, zone: ZoneInfo) -> datetime:
    """An hour from now, in working hours; sooner, and out of them, where the meeting is so near."""
    soon = now + min(AN_HOUR, (begins - now) / 2)
    at = in_hours(soon, zone, WorkingDays())
    return at if at < begins else soon
