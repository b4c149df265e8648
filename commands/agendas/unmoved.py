"""Actions of which nothing new has been heard for three meetings: "no change", or silence. For the chair alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from commands.agendas.matters import open_actions, rag
from commands.agendas.sitting import Sitting
from commands.plan.rows import short
from commands.reply import Cell, Heading, Part, Table
from models.actions import Action
from models.changes import LATE, Change

MEETINGS = 3
WORDING = 120  # characters of a cell


def parts(sitting: Sitting) -> list[Part]:
    """A table of them, the oldest first; nothing where there is none."""
    found = unmoved(sitting)
    if not found:
        return []
    rows: list[list[Cell]] = [
        [action.ref, short(action.wording, WORDING), action.owner.handle, rag(action, sitting), _last(action)] for action in found
    ]
    return [Heading(f"No change for {MEETINGS} meetings"), Table(["Ref", "Action", "Owner", "RAG", "Last news"], rows)]


def unmoved(sitting: Sitting) -> Sequence[Action]:
    """Open actions that stand as they did when the third meeting before this one began."""
    since = _third_before(sitting)
    if since is None:
        return []
    waiting = [action for action in open_actions(sitting) if action.raised_at < since]
    changes = select(Change).where(Change.action_id.in_([action.id for action in waiting]), Change.at >= since)
    moved = {change.action_id for change in sitting.session.scalars(changes) if set(change.after) - {LATE} or change.said}
    return [action for action in waiting if action.id not in moved]


def _third_before(sitting: Sitting) -> datetime | None:
    occurrence = sitting.occurrence
    for _ in range(MEETINGS):
        before = sitting.calendar.previous(occurrence)
        if before is None:
            return None
        occurrence = before
    return occurrence.begins


def _last(action: Action) -> str:
    return f"{action.latest_at:%-d %b %Y}" if action.latest_at else "none yet"
