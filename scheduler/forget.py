"""Forgets what was heard long ago, for Slack sends a payload again within minutes; and what nobody came back to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from models.forgetting import forget_unfinished
from models.heard import Heard
from models.notices import Notice
from scheduler import job

KEPT = timedelta(days=1)
TOLD = timedelta(days=30)


@job(every=timedelta(hours=1))
def forget_what_was_heard(session: Session, now: datetime) -> None:
    """Drop the keys of payloads older than a day."""
    Heard.forget(now - KEPT, session)


@job(every=timedelta(hours=1))
def forget_what_nobody_came_back_to(session: Session, now: datetime) -> None:
    """Drop drafts and lines held back whose time is over: they may name somebody."""
    forget_unfinished(now, session)


@job(every=timedelta(hours=1))
def forget_what_was_told(session: Session, now: datetime) -> None:
    """Drop what people were told of what others did, a month after they were: the history of actions has it."""
    Notice.forget_told(now - TOLD, session)
