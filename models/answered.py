"""What asked for news of an action is to show what was answered: each such message is changed in its place, seldom enough for Slack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.actions import Action
from models.notices import SENDING, SENT, WAITING, Notice, Obligation
from models.once import insert_once
from models.silence import last_asked

ANSWERED = "answered"  # the kind of notice that changes such a message
APART = timedelta(seconds=10)  # two changes of one message
UNDER_WAY = 90.0  # seconds in which a message that is being sent is there, or is known not to be: longer than a lease


class Answers:
    """The messages that are to show what is said now, each put on its way once."""

    def __init__(self, at: datetime, session: Session) -> None:
        self.at, self.session = at, session
        self._asked: dict[int, Mapping[int, set[int]]] = {}
        self._shown: set[int] = set()

    def came(self, action: Action) -> None:
        """Something was said of an action: have it shown wherever its group last asked about it."""
        if action.group.cycle_since is None:
            return
        if action.group_id not in self._asked:
            self._asked[action.group_id] = _asked(action.group_id, self.at, self.session)
        wanted = {notice for notice, about in self._asked[action.group_id].items() if action.id in about} - self._shown
        self._shown |= wanted
        standing = select(Notice).where(Notice.id.in_(wanted), Notice.state.in_((SENT, SENDING))).order_by(Notice.id)
        for notice in self.session.scalars(standing) if wanted else ():
            if notice.state == SENDING or notice.stamps:
                _change(notice, self.at, self.session)


def _asked(group_id: int, at: datetime, session: Session) -> Mapping[int, set[int]]:
    """The notices that asked for the meeting a group was last asked for, and the ids of the actions each asked about."""
    last = last_asked(group_id, at, session)
    if last is None:
        return {}
    theirs = (Obligation.meeting_id == last.meeting.id, Obligation.person_key != 0, Obligation.notice_id.is_not(None))
    rows = session.execute(select(Obligation.notice_id, Obligation.asked).where(*theirs))
    return {notice: {number for number, _, _ in asked} for notice, asked in rows if notice}


def _change(notice: Notice, at: datetime, session: Session) -> None:
    """Put a change of what a notice became on its way, unless one waits that nobody has begun to word.

    It waits its time after the one before it, so that many answers are shown in few changes. Where somebody else puts one on its way at
    the same moment it may be worded without what is said here, so that is looked at again.
    """
    mine = Notice.over_id == notice.id
    waiting = select(Notice.id).where(mine, Notice.state == WAITING).with_for_update(of=Notice).limit(1)
    while session.scalar(waiting) is None:
        latest, changed_at = session.execute(select(func.max(Notice.id), func.max(Notice.due_at)).where(mine)).one()
        soon = changed_at is not None and at - changed_at < APART
        rests = UNDER_WAY if notice.state == SENDING else APART.total_seconds() if soon else 0.0
        about = f"{ANSWERED} {notice.id} {latest or 0}"
        if insert_once(Notice, _values(notice, at) | {"about": about, "rests": rests}, session):
            return


def _values(notice: Notice, at: datetime) -> dict[str, object]:
    """It goes to the conversation and not to the person, for whom nothing else is held up by it."""
    where = {"person_id": notice.person_id, "channel": notice.conversation or f"of {notice.id}"}
    return {**where, "kind": ANSWERED, "over_id": notice.id, "due_at": at, "next_at": at}
