"""The draft of an agenda is of its meeting as that stands: where it was moved since the last one was sent, it is due anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cycle import DRAFT, Step
from models.meetings import Meeting
from models.notices import DUE, GATHERED, Notice, Obligation

SETTLES = timedelta(minutes=10)  # after a move, which may be a slip
MOVED = "its meeting was moved since it was sent"


def about(meeting: Meeting, person_id: int) -> str:
    """What tells a draft to a person apart: which meeting it is of, and when that was to be."""
    return f"{DRAFT} {meeting.id} {person_id} {meeting.sequence} {_moment(meeting)}"


def drafted_already(row: Obligation, step: Step, meeting: Meeting, now: datetime, session: Session) -> bool:
    """Whether a draft was sent before; then the step is done where it is of the meeting as it stands, and else due anew."""
    drafts = select(Notice.about).where(Notice.kind == DRAFT, Notice.about.startswith(f"{DRAFT} {meeting.id} "))
    last = session.scalar(drafts.order_by(Notice.id.desc()).limit(1))
    if last is None:
        return False
    if last.endswith(_moment(meeting)) or meeting.begins <= now:
        row.state, row.reason = GATHERED, ""
    else:
        row.state, row.reason = DUE, MOVED
        row.due_at = max(step.due_at, (meeting.changed_at or now) + SETTLES)
    return True


def _moment(meeting: Meeting) -> str:
    return f"{meeting.begins.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
