"""What is due of the cycle becomes notices: steps become what is owed to people, and that goes into one envelope a person and day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import anew
from models.addressed import Round
from models.cycle import AGENDA, ASK, DRAFT, GATHERING, MINUTES
from models.envelopes import about, next_moment
from models.groups import Group
from models.laying import lay_down_all
from models.meetings import CANCELLED, Meeting
from models.notices import DUE, GATHERED, SKIPPED, WAITING, Notice, Obligation
from models.people import Person
from models.silence import asked_since
from scheduler import gathers, job


@job(every=timedelta(hours=1), scoped=True)
def lay_down_steps(session: Session, now: datetime) -> None:
    """Lay down the steps of meetings that have come near enough."""
    lay_down_all(now, session)


@gathers
def gather(session: Session, now: datetime) -> None:
    """Put what is due by now into notices. What no longer makes sense, after a time in which nothing ran, is skipped and says why."""
    due = _due(session, now)
    steps = [each for each in due if each.person_key == 0]
    for step in steps:
        if reason := _overtaken(step, steps, now):
            step.state, step.reason = SKIPPED, reason
        elif step.kind in GATHERING:
            _owe(step, now, session)
        else:
            _put_into_notices(step, now, session)
    for owed in _due(session, now) if due else ():
        if owed.person_key:
            _put_into_the_days(owed, now, session)


def _due(session: Session, now: datetime) -> Sequence[Obligation]:
    """What is due of groups whose cycle runs, in order, nobody else's to take until this is done."""
    query = (
        select(Obligation)
        .join(Obligation.meeting)
        .join(Meeting.group)
        .where(Obligation.state == DUE, Obligation.due_at <= now, Group.cycle_since.is_not(None), Group.paused_at.is_(None))
        .order_by(Obligation.due_at, Obligation.id)
        .with_for_update(of=Obligation, skip_locked=True)
    )
    return session.scalars(query).unique().all()


def _overtaken(step: Obligation, due: Sequence[Obligation], now: datetime) -> str:
    """Why a step is not said any more; empty where it is. What would have come earlier stands for what follows it."""
    meeting = step.meeting
    together = [each for each in due if each.meeting_id == meeting.id and each is not step]
    if meeting.state == CANCELLED:
        return "cancelled"
    if step.kind != MINUTES and meeting.begins <= now:
        return "the meeting had begun"
    if step.kind == DRAFT and any(each.kind == AGENDA for each in together):
        return "the agenda was due as well"
    earlier = [each for each in together if each.kind in GATHERING and each.due_at < step.due_at]
    return f"said together with {earlier[0].step}" if step.kind in GATHERING and earlier else ""


def _owe(step: Obligation, now: datetime, session: Session) -> None:
    """Make what a step asks of people each one's own."""
    since = asked_since(step.meeting_id, session) or step.due_at
    for person in Round(step.meeting.group, session).people(step.kind, since, now):
        Obligation.put(step.meeting, step.step, step.due_at, session, person.id)
    step.state = GATHERED


def _put_into_the_days(owed: Obligation, now: datetime, session: Session) -> None:
    """Put what is owed to somebody into the day's one message to them; where that has gone, it waits for the next working day."""
    meeting = owed.meeting
    if meeting.state == CANCELLED or meeting.begins <= now:
        owed.state, owed.reason = SKIPPED, "cancelled" if meeting.state == CANCELLED else "the meeting had begun"
        return
    person = session.get_one(Person, owed.person_key)
    at = next_moment(person, now, session)
    if at > now:
        owed.due_at = at
        return
    due_at = max(owed.due_at, at.replace(hour=0, minute=0))
    notice = Notice.to_person(person, owed.kind, about(person.id, at.date()), due_at, session)
    session.refresh(notice, with_for_update={"of": Notice})
    if notice.state != WAITING:  # another replica has just taken it
        owed.due_at = next_moment(person, now, session)
        return
    notice.kind = ASK if ASK in (notice.kind, owed.kind) else notice.kind
    owed.notice, owed.state = notice, GATHERED


def _put_into_notices(step: Obligation, now: datetime, session: Session) -> None:
    """A notice to the channel; of what goes to people, one to each."""
    meeting, round_ = step.meeting, Round(step.meeting.group, session)
    step.state = GATHERED
    if channel := round_.channel(step.kind):
        step.notice = Notice.to_channel(channel, step.kind, f"{step.kind} {meeting.id}", step.due_at, session)
        step.notice.after_all(step.due_at)
        return
    for person in round_.people(step.kind, step.due_at, now):
        owed = Obligation.put(meeting, step.step, step.due_at, session, person.id, state=GATHERED)
        about_it = anew.about(meeting, person.id) if step.kind == DRAFT else f"{step.kind} {meeting.id} {person.id}"
        owed.notice, owed.state = Notice.to_person(person, step.kind, about_it, step.due_at, session), GATHERED
