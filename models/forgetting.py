"""Throwing away what nobody came back to. It runs in every process from its start, and so without the models it clears."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import column, delete, table
from sqlalchemy.orm import Session

from models.base import Moment

HELD_FOR = timedelta(hours=24)  # words that may be about a person do not stay longer
DRAFTS = table("draft", column("until", Moment))
KEPT = table("kept", column("at", Moment))


def forget_unfinished(at: datetime, session: Session) -> None:
    """Drop drafts past their time, and lines held back for a day, of every partnership."""
    session.execute(delete(DRAFTS).where(DRAFTS.c.until < at))
    session.execute(delete(KEPT).where(KEPT.c.at < at - HELD_FOR))
