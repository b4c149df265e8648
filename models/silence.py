"""Which actions have been heard of since they were asked about. Silence is per action."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from models.actions import NOT_REPORTED, Action
from models.changes import Change
from models.cycle import ASK, REMIND
from models.meetings import CANCELLED, Meeting
from models.notices import GATHERED, Obligation

NO_CHANGE = "no change"
NEWS = ("update", NO_CHANGE, "done", "asked", "due")  # what an owner's answer is written down as
BY_OR_FOR_ITS_OWNER = or_(and_(Change.by_id == Action.owner_id, Change.for_id.is_(None)), Change.for_id == Action.owner_id)


@dataclass(frozen=True)
class LastAsk:
    """The latest meeting of a group that its owners have been asked for, and when the ask fell due."""

    meeting: Meeting
    since: datetime


def asked_since(meeting_id: int, session: Session) -> datetime | None:
    """When a meeting's ask fell due, whether it went out or the cycle was switched on after it; None where none is laid down."""
    asks = (Obligation.meeting_id == meeting_id, Obligation.step == ASK, Obligation.person_key == 0)
    return session.scalar(select(Obligation.due_at).where(*asks))


def last_asked(group_id: int, at: datetime, session: Session) -> LastAsk | None:
    """The meeting that a group's owners had last been asked or reminded for by then; None where they never were."""
    gone_out = (
        select(Obligation)
        .join(Obligation.meeting)
        .where(
            Meeting.group_id == group_id,
            Meeting.state != CANCELLED,
            or_(Obligation.step == ASK, Obligation.step.startswith(REMIND)),
            Obligation.person_key == 0,
            Obligation.state == GATHERED,
            Obligation.due_at <= at,
        )
        .order_by(Obligation.due_at.desc())
    )
    found = session.scalars(gone_out.limit(1)).first()
    return LastAsk(found.meeting, asked_since(found.meeting_id, session) or found.due_at) if found else None


def heard(actions: Sequence[Action], since: datetime, until: datetime, session: Session) -> Mapping[int, datetime]:
    """When each action's owner, or somebody for them, last gave news of it in [since, until]; those not heard of are not in it."""
    if not actions:
        return {}
    said = select(Change.action_id, func.max(Change.at)).join(Action, Action.id == Change.action_id)
    return dict(session.execute(said.where(*_news(actions, since, until)).group_by(Change.action_id)).all())


def latest_of(actions: Sequence[Action], since: datetime, until: datetime, session: Session) -> Mapping[int, list[Change]]:
    """What was last heard of each action in [since, until]: news, and a date asked for with it, are changes of one moment."""
    said = select(Change).join(Action, Action.id == Change.action_id).where(*_news(actions, since, until))
    found: dict[int, list[Change]] = {}
    for change in session.scalars(said.order_by(Change.id)):
        before = found.get(change.action_id, [])
        found[change.action_id] = [*(each for each in before if (each.at, each.by_id) == (change.at, change.by_id)), change]
    return found


def unchanged(group_id: int, until: datetime, session: Session) -> Mapping[int, datetime]:
    """When no change was last reported of each of a group's actions of whose status nothing was."""
    said = select(Change.action_id, func.max(Change.at)).join(Action, Action.id == Change.action_id)
    holds = (Change.verb == NO_CHANGE, Change.undone_by_id.is_(None), Change.at <= until, BY_OR_FOR_ITS_OWNER)
    of_them = (Action.group_id == group_id, Action.status == NOT_REPORTED)
    return dict(session.execute(said.where(*of_them, *holds).group_by(Change.action_id)).all())


def _news(actions: Sequence[Action], since: datetime, until: datetime) -> tuple[ColumnElement[bool], ...]:
    """That a change is news of one of these actions, in [since, until], by its owner or for them, and still holds."""
    of_them = Change.action_id.in_([action.id for action in actions])
    holds = (Change.verb.in_(NEWS), Change.undone_by_id.is_(None), BY_OR_FOR_ITS_OWNER)
    return (of_them, Change.at >= since, Change.at <= until, *holds)


def awaits(action: Action, asked: LastAsk | None, at: datetime, session: Session) -> Meeting | None:
    """The meeting that news of an open action is awaited for: its group's owners were last asked for it, and its own has not answered."""
    return asked.meeting if asked and action.open and not heard([action], asked.since, at, session) else None
