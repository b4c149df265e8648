"""Taking notices up and putting them down again, on the rows themselves: what is claimed, and what has become of it."""

from __future__ import annotations

import logging
import random
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from traceback import format_tb

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from commands.frozen import frozen, thawed
from commands.reply import Reply
from models.notices import AGAIN, FAILED, SENDING, UNCERTAIN, WAITING, Notice
from scheduler.flagging import flag_gone, flag_open, flag_shut
from scheduler.parcels import Ambiguous, CannotLook, Later, NotSent, Parcel, Refused, Sent, Shut, TooLate
from scheduler.saying import Skip, follow, followed, given_up, said, sayable
from scheduler.waiting import Waiter

log = logging.getLogger("jagbot")

CLAIMABLE = (WAITING, SENDING, AGAIN)
PLAIN = "plain"  # in a body: its tables and charts were refused
FIRST_REST, LONGEST_REST, SHUT_REST = 1.0, 300.0, 600.0  # seconds
TRIES = 10  # at saying what breaks each time
Words = Reply | Skip | Exception
UNREADABLE = "what it says was written by another version of mine, which this one cannot read"
UNKNOWN = "something of mine broke while it was being sent, and whether it was I do not know"


@dataclass(frozen=True)
class Landed:
    """A parcel that is back, and what came of it: None where it was looked for and nothing of it is there."""

    parcel: Parcel
    came: Sent | Exception | None


def due(session: Session, now: datetime, lease: float) -> list[Waiter]:
    """All that is due and not done with, the oldest first. What somebody has in hand is theirs for as long as a lease; what was looked for
    and put down again, as it could not be seen just then, is in nobody's."""
    columns = (Notice.id, Notice.person_id, Notice.channel, Notice.fence, Notice.state, Notice.rests, Notice.body.is_not(None))
    mine = (Notice.partnership_id == session.info["partnership"], Notice.state.in_(CLAIMABLE), Notice.next_at <= now)
    rows = session.connection().execute(select(*columns).where(*mine).order_by(Notice.due_at, Notice.id))
    return [
        Waiter(number, (person, channel), fence, lease if state == SENDING and not rests else rests, first=worded)
        for number, person, channel, fence, state, rests, worded in rows
    ]


def claim(wanted: Sequence[Waiter], by: str, leave_by: float, session: Session, now: datetime) -> list[Parcel]:
    """Take up those that nobody else has meanwhile. What each says is settled now, and frozen."""
    fences = {waiter.id: waiter.fence for waiter in wanted}
    free = [row for row in _locked(fences, session, skip=True) if row.fence == fences[row.id] and row.state in CLAIMABLE]
    words = _words([row for row in free if row.body is None], session, now)
    return [parcel for row in free if (parcel := _taken_up(row, words.get(row.id), by, leave_by, session, now))]


def no_lock_outlives(lease: float, session: Session) -> None:
    """Where a replica is stopped in the middle of a transaction, PostgreSQL ends that after a lease, so that its rows are free again."""
    if session.connection().dialect.name == "postgresql":
        session.connection().execute(text(f"set local idle_in_transaction_session_timeout = {int(lease * 1000)}"))


def _locked(numbers: Iterable[int], session: Session, skip: bool = False) -> Sequence[Notice]:
    """Rows that nobody else can change until this transaction ends; those that somebody is just changing are waited for, or skipped."""
    wanted = select(Notice).where(Notice.id.in_(list(numbers))).order_by(Notice.due_at, Notice.id)
    return session.scalars(wanted.with_for_update(of=Notice, skip_locked=skip).execution_options(populate_existing=True)).all()


def _words(rows: Sequence[Notice], session: Session, now: datetime) -> dict[int, Words]:
    """What notices say, all in one savepoint; where something breaks each has one of its own, and what breaks is its error."""
    try:
        with session.begin_nested() if rows else nullcontext():
            return {row.id: said(row, session, now) for row in rows}
    except Exception:
        return {row.id: _words_of(row, session, now) for row in rows}


def _words_of(row: Notice, session: Session, now: datetime) -> Words:
    try:
        with session.begin_nested():
            return said(row, session, now)
    except Exception as error:
        log.error("what notice %s (%s) says broke\n%s", row.id, row.kind, "".join(format_tb(error.__traceback__)))
        return error


def _taken_up(row: Notice, words: Words | None, by: str, leave_by: float, session: Session, now: datetime) -> Parcel | None:
    before = row.state
    row.fence, row.attempts, row.claimed_by, row.rests = row.fence + 1, row.attempts + 1, by, 0.0
    if words is not None and not _worded(row, words):
        return None
    if not row.to:
        _not_sent(row, Shut(_not_in_chat(row)), session, now)
        row.state = before if before in (SENDING, AGAIN) else row.state  # it may have gone: it is looked for before anything is sent
        return None
    try:
        parcel = _parcel(row, leave_by, look=before in (SENDING, AGAIN), insisted=before == AGAIN)
    except (KeyError, TypeError, ValueError):
        row.state, row.error = FAILED if before == WAITING else UNCERTAIN, UNREADABLE
        return None
    row.state, row.error = SENDING, ""
    return parcel


def _not_in_chat(row: Notice) -> str:
    return f"{row.person.handle} has not been confirmed in chat" if row.person else "it is for nobody"


def _worded(row: Notice, words: Words) -> bool:
    """Freeze what a notice says; whether there is anything to be said."""
    match words:
        case Skip():
            row.skip(words.reason)
        case Reply():
            row.body = frozen(words)
        case Exception():
            row.put_back(_rest(row.attempts), f"what it says broke: {type(words).__name__}")
            row.state = FAILED if row.attempts >= TRIES else WAITING
    return isinstance(words, Reply)


def _rest(attempts: int) -> float:
    """Ever longer, and never quite the same: many that failed together do not come back together."""
    return float(min(FIRST_REST * 2 ** min(attempts - 1, 20), LONGEST_REST) * random.uniform(0.5, 1.0))


def _parcel(row: Notice, leave_by: float, look: bool, insisted: bool) -> Parcel:
    assert row.body is not None  # it has just been worded
    return Parcel(
        row.id, row.fence, row.key, row.to, row.person is not None, row.thread, thawed(row.body), row.conversation, tuple(row.stamps),
        bool(row.body.get(PLAIN)), row.due_at, leave_by, look, insisted,
    )  # fmt: skip


def keep(parcel: Parcel, sent: Sent, session: Session) -> int | None:
    """Write down how much of a parcel is there; its new fence, or None where somebody else has taken it up."""
    for row in _locked([parcel.number], session):
        if row.fence == parcel.fence and row.state == SENDING:
            _note(row, sent)
            row.fence += 1
            return row.fence
    return None


def _note(row: Notice, sent: Sent) -> None:
    row.conversation, row.stamps = sent.conversation, list(sent.stamps)
    row.body = {**(row.body or {}), PLAIN: sent.plain}


def land(landed: Sequence[Landed], session: Session, now: datetime) -> None:
    """Mark what has become of parcels, as far as nobody else has taken them up since."""
    rows = {row.id: row for row in _locked((each.parcel.number for each in landed), session)}
    for each in landed:
        row = rows.get(each.parcel.number)
        if row is not None and row.fence == each.parcel.fence and row.state == SENDING:
            _put_down(row, each.parcel, each.came, session, now)


def _put_down(row: Notice, parcel: Parcel, came: Sent | Exception | None, session: Session, now: datetime) -> None:
    match came:
        case Sent(whole=True):
            row.has_gone(came.conversation, came.stamps, now)
            _follow(row, session, now)
        case Sent():
            _note(row, came)
            row.put_back(0.0, "")
        case None:
            row.stamps = []
            _again(row, 0.0, "")
        case Ambiguous() | TooLate():
            row.error = str(came)  # and it stays in hand, until nothing of it can be under way any more
        case NotSent() if parcel.look:
            _look_later(row, parcel, came)
        case CannotLook() if parcel.insisted:
            row.put_back(0.0, "")
        case CannotLook():
            row.state, row.error = UNCERTAIN, str(came)
        case NotSent():
            _not_sent(row, came, session, now)
        case _:
            row.state, row.error = UNCERTAIN, UNKNOWN
    if row.error:
        log.warning("notice %s (%s) could not be told: %s", row.id, row.kind, row.error)


def _not_sent(row: Notice, came: NotSent, session: Session, now: datetime) -> None:
    match came:
        case Refused() | Shut() if given_up(row.kind):
            row.skip(came.words)
        case Refused():
            row.state, row.error = FAILED, came.words
            if came.gone:
                flag_gone(row, session, now)
        case Shut():
            _again(row, SHUT_REST, came.words)
            flag_shut(row, came.words, session, now)
        case Later():
            row.put_back(came.seconds, came.words)  # as it stands: while it waits, nothing else goes there before it
        case _:
            _again(row, _rest(row.attempts), came.words)


def _again(row: Notice, rests: float, error: str) -> None:
    """It was not sent, for certain: what it says is settled anew, from what is true then, unless some of it is there already."""
    row.put_back(rests, error)
    if not row.stamps and sayable(row.kind):
        row.body = None


def _look_later(row: Notice, parcel: Parcel, came: NotSent) -> None:
    """It is still to be looked for before anything is sent: after as long as Slack asked for, else after ever longer."""
    row.put_back(came.seconds if isinstance(came, Later) else _rest(row.attempts), came.words)
    row.state = AGAIN if parcel.insisted else SENDING


def _follow(row: Notice, session: Session, now: datetime) -> None:
    if row.person_id and not followed(row.kind):
        return
    try:
        with session.begin_nested():
            flag_open(row, session)
            follow(row, session, now)
    except Exception:
        log.exception("what follows notice %s (%s) broke", row.id, row.kind)
