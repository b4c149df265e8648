"""Asking again, otherwise than the cycle does: tomorrow instead, somebody else instead, or at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.actions import FINISHED, Action
from models.addressed import Asked, Round
from models.away import Snooze
from models.envelopes import next_moment, tomorrow
from models.groups import Group
from models.meetings import Meeting
from models.notices import DUE, Obligation
from models.partnership import Partnership
from models.people import Person
from models.silence import last_asked
from models.working_days import WorkingDays


def awaited_of(person: Person, now: datetime, session: Session) -> list[tuple[Meeting, list[Asked]]]:
    """What somebody is asked for now, for themselves or in another's place: by the meeting to come that it is for."""
    found = []
    for group in _groups_that_ask(session):
        for meeting, asked in _awaited(group, now, session):
            theirs = [each for each in asked if each.of is not None and each.of.id == person.id]
            found += [(meeting, theirs)] if theirs else []
    return found


def asked_of(person: Person, now: datetime, session: Session) -> list[Action]:
    """What somebody was asked for by messages, for meetings that have not ended, and can still answer otherwise than they have."""
    found: dict[int, Action] = {}
    for group in _groups_that_ask(session):
        last = last_asked(group.id, now, session)
        if last and now < last.meeting.begins + timedelta(minutes=last.meeting.minutes):
            numbers = {number for number, own in _asked_of(person, last.meeting, session).items() if own}
            still = select(Action).where(Action.id.in_(numbers), Action.group_id == group.id, Action.status.not_in(FINISHED))
            around = Round(group, session)
            found |= {each.id: each for each in session.scalars(still.order_by(Action.id)) if around.of(each, now).of is person}
    return list(found.values())


def _asked_of(person: Person, meeting: Meeting, session: Session) -> dict[int, bool]:
    """The actions that somebody was asked about by messages for a meeting, and whether each was theirs to answer."""
    theirs = (Obligation.meeting_id == meeting.id, Obligation.person_key == person.id)
    said = [each for asked in session.scalars(select(Obligation.asked).where(*theirs)) for each in asked]
    return {number: any(own for other, _, own in said if other == number) for number, _, _ in said}


def put_off(person: Person, now: datetime, session: Session, day: date | None = None) -> datetime:
    """Ask somebody at nine on the next working day, or the first from a local `day` on, and not before: when that is."""
    zone, days = Partnership.here(session).zone, WorkingDays()
    until = max(tomorrow(now, zone, days), tomorrow(datetime.combine(day, time(), zone) - timedelta(days=1), zone, days) if day else now)
    session.add(Snooze(person_id=person.id, until=until, at=now))
    session.flush()
    waiting = select(Obligation).where(Obligation.person_key == person.id, Obligation.state == DUE, Obligation.due_at < until)
    for obligation in session.scalars(waiting):
        obligation.due_at = until
    for meeting, _ in awaited_of(person, now, session):
        if until < meeting.begins:
            Obligation.put(meeting, f"remind-{until.date()}", until, session, person.id)
    return until


def hand_over(owner: Person, now: datetime, session: Session) -> list[Person]:
    """Have whoever answers for somebody now asked for what they were asked, also in another's place, and have not said: who that is."""
    told: dict[int, Person] = {}
    for group in _groups_that_ask(session):
        for meeting, asked in _awaited(group, now, session):
            asked_instead = _asked_of(owner, meeting, session)
            theirs = [
                each
                for each in asked
                if each.of is not owner
                and (each.action.owner_id == owner.id or (each.action.id in asked_instead and each.of is not each.action.owner))
            ]
            for person in _told(theirs, group, session):
                told[person.id] = person
                Obligation.put(meeting, f"remind-for-{owner.id}", next_moment(person, now, session), session, person.id)
    return list(told.values())


def nudge(person: Person, meeting: Meeting, now: datetime, session: Session) -> datetime:
    """Ask somebody once more: when they are, which is another day where they have had today's message."""
    at = next_moment(person, now, session)
    Obligation.put(meeting, f"nudge-{at.date()}", at, session, person.id)
    return at


def _groups_that_ask(session: Session) -> Sequence[Group]:
    return session.scalars(select(Group).where(Group.cycle_since.is_not(None)).order_by(Group.id)).all()


def _awaited(group: Group, now: datetime, session: Session) -> Iterator[tuple[Meeting, list[Asked]]]:
    """What is awaited for the meeting to come that a group was last asked for."""
    last = last_asked(group.id, now, session)
    has_any = select(Action.id).where(Action.group_id == group.id, Action.open).limit(1)
    if last and last.meeting.begins > now and session.scalar(has_any):
        yield last.meeting, Round(group, session).asked(last.since, now)


def _told(asked: Sequence[Asked], group: Group, session: Session) -> list[Person]:
    people = [each.of for each in asked if each.of]
    return people + (Round(group, session).circle.coordinators() if len(people) < len(asked) else [])
