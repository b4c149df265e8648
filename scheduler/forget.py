"""Forgets what was heard long ago: Slack sends a payload again within minutes, never after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.heard import Heard
from scheduler import job

KEPT = timedelta(days=1)


@job(every=timedelta(hours=1))
def forget_what_was_heard(session: Session, now: datetime) -> None:
    """Drop the keys of payloads older than a day."""
    Heard.forget(now - KEPT, session)
