"""The corrected Word document of an agenda that was posted: on the morning of the day, and soon after its meeting was moved."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.agendas.corrected import PAPER, corrected
from commands.agendas.posting import POST, UPDATE, rearranged_since, revised_at
from commands.frozen import thawed
from commands.reply import Paper, Reply
from models.agendas import Agenda
from models.anew import SETTLES
from models.notices import FAILED, SKIPPED, Notice
from scheduler.agenda import meeting_of
from scheduler.saying import Skip, afterwards, says

STANDS = "the paper in the thread is as it should be"


@says(PAPER)
def say_the_corrected_paper(notice: Notice, session: Session, now: datetime) -> Reply | Skip:
    """The paper as it is now, unless it tells what the last one told."""
    sitting, over = meeting_of(notice, session, now)
    earlier = _papers(sitting.occurrence.meeting_id or 0, notice, session)
    if over or not earlier:
        return Skip(over or "no paper was posted")
    last = next(part for part in thawed(earlier[-1].body or {}).parts if isinstance(part, Paper))
    return corrected(sitting, last, earlier[-1].sent_at or earlier[-1].due_at, len(earlier)) or Skip(STANDS)


@afterwards("morning")
def correct_it_on_the_morning(notice: Notice, session: Session, now: datetime) -> None:
    """All that was late, in one paper to bring."""
    sitting, _ = meeting_of(notice, session, now)
    if sitting.agenda:
        _put(sitting.agenda, f"{POST} {sitting.occurrence.meeting_id} paper morning", now, session)


@afterwards(UPDATE)
def correct_it_where_the_meeting_was_moved(notice: Notice, session: Session, now: datetime) -> None:
    """Ten minutes later, as a move may be a slip."""
    sitting, over = meeting_of(notice, session, now)
    agenda, revision = sitting.agenda, int(notice.about.split()[-1])
    if agenda and not over and rearranged_since(sitting, revised_at(agenda, revision - 1, session)):
        _put(agenda, f"{notice.about} paper", now + SETTLES, session)


def _put(agenda: Agenda, about: str, at: datetime, session: Session) -> None:
    if agenda.stamps:
        Notice.to_channel(agenda.channel, PAPER, about, at, session, thread=str(agenda.stamps[0]))


def _papers(meeting_id: int, notice: Notice, session: Session) -> Sequence[Notice]:
    """What brought papers of a meeting's agenda into its thread, in order."""
    first = Notice.about == f"{POST} {meeting_id} detail"
    others = (Notice.kind == PAPER) & Notice.about.startswith(f"{POST} {meeting_id} ")
    gone = (first | others, Notice.id != notice.id, Notice.state.not_in((SKIPPED, FAILED)), Notice.body.is_not(None))
    return session.scalars(select(Notice).where(*gone).order_by(Notice.id)).all()
