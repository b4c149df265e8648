"""Who has answered for a meeting, and who has not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.actions import Action
from models.addressed import Asked, Round
from models.changes import Change
from models.groups import Group
from models.people import Person
from models.silence import NEWS, LastAsk, heard


@dataclass
class Line:
    """An owner's actions: those answered for, those of them too late for the meeting, and those still awaited."""

    owner: Person
    answered: list[Action] = field(default_factory=list)
    late: list[Action] = field(default_factory=list)
    waiting: list[Asked] = field(default_factory=list)


@dataclass(frozen=True)
class Board:
    """How far the answers for a meeting have come, an owner a line: those with most still awaited first."""

    asked: LastAsk
    lines: Sequence[Line]

    @property
    def answered(self) -> int:
        return sum(len(line.answered) for line in self.lines)

    @property
    def total(self) -> int:
        return self.answered + sum(len(line.waiting) for line in self.lines)

    @property
    def waiting(self) -> list[Asked]:
        """Every action that is still awaited."""
        return [each for line in self.lines for each in line.waiting]


def board(group: Group, asked: LastAsk, now: datetime, session: Session) -> Board:
    """The board of the meeting that a group was last asked for, as it stands."""
    round_, begins = Round(group, session), asked.meeting.begins
    actions = _asked_about(group, asked, session)
    known = heard(actions, asked.since, now, session)
    in_time: Mapping[int, datetime] = heard(actions, asked.since, begins, session) if begins <= now else known
    lines: dict[int, Line] = {}
    for action in actions:
        line = lines.setdefault(action.owner_id, Line(action.owner))
        if action.id in known:
            line.answered.append(action)
            line.late += [action] if action.id not in in_time else []
        else:
            line.waiting.append(round_.of(action, now))
    return Board(asked, sorted(lines.values(), key=lambda line: (-len(line.waiting), line.owner.handle)))


def _asked_about(group: Group, asked: LastAsk, session: Session) -> list[Action]:
    """What is open, and what was closed or done with news given since the ask; not what was raised at the meeting or after it."""
    spoken_of = select(Change.action_id).where(Change.at >= asked.since, Change.verb.in_(NEWS), Change.undone_by_id.is_(None))
    asked_of = (Action.group_id == group.id, Action.raised_at < asked.meeting.opening)
    wanted = select(Action).where(*asked_of, or_(Action.open, Action.id.in_(spoken_of)))
    actions = list(session.scalars(wanted.order_by(Action.due_sort, Action.id)))
    known = heard([action for action in actions if not action.open], asked.since, datetime.max.replace(tzinfo=asked.since.tzinfo), session)
    return [action for action in actions if action.open or action.id in known]
