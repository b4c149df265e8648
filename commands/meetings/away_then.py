"""Who is away on the day of a meeting and has said nothing of it: they stand among its apologies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.away import Away
from models.groups import Group, Membership
from models.meetings import Attendance
from models.people import Person

AWAY = "away"


def away_then(group: Group, day: date, attendance: Sequence[Attendance], session: Session) -> list[Person]:
    """Members who are away on a local day, by handle; not who has said or is recorded as anything, nor for whom somebody comes."""
    known = {each.person_id for each in attendance} | {each.for_id for each in attendance}
    seated = select(Membership.person_id).where(Membership.group_id == group.id)
    then = (Away.person_id.in_(seated), Away.since <= day, Away.until >= day, ~Away.passed)
    people = session.scalars(select(Person).where(Person.id.in_(select(Away.person_id).where(*then))).order_by(Person.handle))
    return [person for person in people if person.id not in known]
