"""A cycle run by hand: steps laid down and gathered at times that a test names, and every message that goes out kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select

import scheduler.gather  # noqa: F401  # says what asks say
from commands.reply import Reply
from models.groups import Group
from models.notices import SENT, SKIPPED, WAITING, Notice, Obligation
from scheduler.gathering import gather, lay_down_steps
from scheduler.saying import Skip, said

if TYPE_CHECKING:
    from conftest import Held

LONDON = ZoneInfo("Europe/London")


def at(text: str) -> datetime:
    """A local time, "2013-08-27 09:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@dataclass(frozen=True)
class Message:
    """Something that went out: when, to whom (a handle or a channel), of what kind, and what it said where it is an ask."""

    at: datetime
    to: str
    kind: str
    reply: Reply | None
    steps: tuple[str, ...]


@dataclass
class Cycle:
    """The cycle of a partnership's groups."""

    held: Held
    sent: list[Message] = field(default_factory=list)

    def on(self, *keys: str, since: str = "2013-08-20 09:00") -> None:
        """Switch the cycle of groups on."""
        with self.held.session() as session:
            for group in session.scalars(select(Group).where(Group.key.in_(keys))):
                group.cycle_since = at(since)
            session.flush()
            lay_down_steps(session, at(since))

    def tick(self, *times: str) -> list[Message]:
        """What goes out at these times, in order."""
        before = len(self.sent)
        for each in times:
            with self.held.session() as session:
                lay_down_steps(session, at(each))
            with self.held.session() as session:
                gather(session, at(each))
            with self.held.session() as session:
                self._send(session, at(each))
        return self.sent[before:]

    def _send(self, session, now: datetime) -> None:
        waiting = select(Notice).where(Notice.state == WAITING, Notice.next_at <= now).order_by(Notice.next_at, Notice.id)
        for notice in session.scalars(waiting).all():
            reply = said(notice, session, now) if notice.kind in ("ask", "remind", "nudge") else None
            if isinstance(reply, Skip):
                notice.state, notice.error = SKIPPED, reply.reason
                continue
            steps = tuple(sorted({f"{each.meeting.group.key} {each.step}" for each in notice.obligations}))
            notice.state, notice.sent_at = SENT, now
            self.sent.append(Message(now, notice.person.handle if notice.person else notice.channel, notice.kind, reply, steps))

    def states(self, step: str, person: str = "") -> list[tuple[str, str]]:
        """(state, reason) of the rows of a step, by time."""
        with self.held.session() as session:
            rows = session.scalars(select(Obligation).where(Obligation.step == step).order_by(Obligation.due_at, Obligation.id)).all()
            return [(row.state, row.reason) for row in rows if bool(row.person_key) == bool(person)]


def to(messages: Sequence[Message]) -> list[str]:
    """Who was written to, by name."""
    return sorted(message.to for message in messages)
