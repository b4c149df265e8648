"""What was answered when somebody was asked for news, in a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.plan.rows import short
from commands.plan.told import late_said
from models.actions import FINISHED
from models.addressed import Asked
from models.changes import LATE, Change
from models.people import Person

LATEST = 160  # characters of the news of an action


def answer_said(said: Sequence[Change], reader: Person) -> str:
    """ "You said: at risk, “contractor delayed”, asks: due 31 January 2014", of the changes of one moment."""
    by = said[-1].by
    return f"{'You' if by.id == reader.id else by.handle} said: {', '.join(part for each in said for part in _parts(each)) or 'news'}"


def _parts(change: Change) -> list[str]:
    if change.verb == "asked":
        return [change.said]
    due = f"due {change.action.due.said(change.action.group.name)}" if change.verb == "due" else ""
    status = due or (change.verb if change.verb in ("no change", "done") else str(change.after.get("status", "")))
    words = f"“{short(change.said, LATEST)}”" if change.said else ""
    day = change.after.get(LATE)
    late = late_said(change.action.group.name, date.fromisoformat(day)) if day else ""
    return [each for each in (status, words, late) if each]


def not_asked_any_more(asked: Asked, reader: Person) -> str:
    """Why an action that somebody was asked about is not theirs to answer any more; empty where it is."""
    action = asked.action
    if action.status in FINISHED:
        return f"It is {action.status}."
    own = asked.of is not None and not asked.why
    return f"It is {action.owner.handle}'s now." if own and action.owner_id != reader.id else ""
