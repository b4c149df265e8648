"""Tells those who look at agendas, once, that owners have said more since they had the draft or approved it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from commands.agendas.late import MORE, looked_at, more_to_look_at, owners_wrote, told, who_looks
from commands.agendas.sitting import Sitting
from commands.frozen import frozen
from models.agendas import APPROVED, POSTED, Agenda
from models.cycle import DRAFT
from models.meetings import Meeting
from models.notices import GATHERED, Notice, Obligation
from models.people import Person
from scheduler import job
from scheduler.agenda import OFTEN, sitting_of

DRAFTED = select(Obligation.meeting_id).where(Obligation.step == DRAFT, Obligation.state == GATHERED, Obligation.person_key == 0)
SETTLED = select(Agenda.meeting_id).where(Agenda.state.in_((APPROVED, POSTED)))


@job(every=OFTEN, scoped=True)
def say_that_there_is_more_to_look_at(session: Session, now: datetime) -> None:
    """Of items and leads' words they are told as those are written."""
    to_come = select(Meeting).where(Meeting.begins > now, or_(Meeting.id.in_(DRAFTED), Meeting.id.in_(SETTLED)))
    for meeting in session.scalars(to_come.order_by(Meeting.id)).all():
        sitting, over = sitting_of(meeting, session, now)
        if not over and owners_wrote(sitting) and not told(sitting):
            _tell(sitting, now)


def _tell(sitting: Sitting, now: datetime) -> None:
    since, session = looked_at(sitting), sitting.session
    for person in (session.get_one(Person, number) for number in who_looks(sitting)):
        if person.slack_user:
            about = f"{MORE} {sitting.occurrence.meeting_id} {person.id} {since:%Y-%m-%dT%H:%M:%SZ}"
            Notice.to_person(person, MORE, about, now, session, body=frozen(more_to_look_at(sitting)))
