"""One meeting of a group, and the rows that meetings have in a window of time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BindParameter, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from models.base import SAYS_WHOSE
from models.groups import Group
from models.meetings import CANCELLED, OPEN, Meeting
from models.partnership import Partnership

SHIFT = timedelta(days=8)  # further than any bank holiday moves a meeting
LONGEST = timedelta(days=2)  # longer than any meeting
EARLY = timedelta(minutes=30)  # before a meeting begins, when it counts as going on
RECORDED = timedelta(hours=12)  # how long after it was opened what is said belongs to a meeting, whenever that is held
LAST = datetime(9999, 12, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Occurrence:
    """One meeting of a group, with a row of its own or without. Ordered by when it begins.

    Its slot, in local wall time, is when the cadence puts it, and tells it apart wherever it is moved. `begins` is aware, in the
    partnership's zone. `sequence` is how often it has been changed, and `meeting_id` its row, None where there is none.
    """

    group_id: int
    slot: datetime
    begins: datetime
    minutes: int
    place: str
    state: str
    added: bool
    reason: str
    uid: str
    sequence: int
    meeting_id: int | None

    def __lt__(self, other: Occurrence) -> bool:
        return (self.begins, self.group_id, self.slot) < (other.begins, other.group_id, other.slot)

    @property
    def ends(self) -> datetime:
        """When it is planned to end; aware, in the partnership's zone."""
        return (self.begins.astimezone(UTC) + timedelta(minutes=self.minutes)).astimezone(self.begins.tzinfo)

    @property
    def on(self) -> date:
        """The local day."""
        return self.begins.date()

    @property
    def cancelled(self) -> bool:
        return self.state == CANCELLED


# Rows that begin within a window or whose slots lie in it. Asked often, so made once; it says itself whose rows it reads.
COLUMNS = (
    Meeting.group_id,
    Meeting.slot,
    Meeting.begins,
    Meeting.minutes,
    Meeting.place,
    Meeting.state,
    Meeting.added,
    Meeting.reason,
    Meeting.uid,
    Meeting.sequence,
    Meeting.id,
)
_MINE: BindParameter[int] = bindparam("mine")
ROWS = (
    select(*COLUMNS)
    .where(
        Meeting.partnership_id == _MINE,
        Meeting.group_id.in_(bindparam("groups", expanding=True)),
        or_(
            and_(Meeting.begins > bindparam("after"), Meeting.begins <= bindparam("until")),
            and_(Meeting.slot >= bindparam("from"), Meeting.slot <= bindparam("to")),
        ),
    )
    .execution_options(**{SAYS_WHOSE: True})
)

# As those, of one group, with those that were opened lately, whenever they are held.
AROUND = (
    select(*COLUMNS, Meeting.opened_at)
    .where(
        Meeting.partnership_id == _MINE,
        Meeting.group_id == bindparam("group"),
        or_(
            and_(Meeting.begins > bindparam("after"), Meeting.begins <= bindparam("until")),
            and_(Meeting.slot >= bindparam("from"), Meeting.slot <= bindparam("to")),
            and_(Meeting.state == OPEN, Meeting.opened_at > bindparam("since"), Meeting.opened_at <= bindparam("now")),
        ),
    )
    .execution_options(**{SAYS_WHOSE: True})
)


def rows_between(groups: Sequence[Group], after: datetime, until: datetime, session: Session) -> Sequence[Any]:
    """Rows that stand in a window, or in the place of a slot that may be put there; as COLUMNS."""
    about = {"mine": session.info["partnership"], "groups": [group.id for group in groups], "after": after, "until": until}
    return session.execute(ROWS, about | _slots(after, min(until, LAST - SHIFT), session)).all()


def rows_around(group: Group, now: datetime, session: Session) -> Sequence[Any]:
    """Rows of a group's meetings about now, and of those that were opened lately, in one query; as COLUMNS, and when it was opened."""
    about = {"mine": session.info["partnership"], "group": group.id, "after": now - LONGEST, "until": now + EARLY}
    times = {"since": now - RECORDED, "now": now}
    return session.execute(AROUND, about | times | _slots(now - LONGEST, now + EARLY, session)).all()


def _slots(after: datetime, until: datetime, session: Session) -> dict[str, datetime]:
    """The slots, in local wall time, of which meetings may be put into a window."""
    zone = Partnership.here(session).zone
    first, last = (each.astimezone(zone).replace(tzinfo=None) for each in (after, until))
    return {"from": first - SHIFT, "to": last + SHIFT}
