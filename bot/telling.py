"""Writes down what others are to be told of what was done, in the transaction that does it: delivery tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.frozen import frozen
from commands.reply import Tell
from models.notices import Notice
from models.people import Person


def put_up(tells: Sequence[Tell], key: str, at: datetime, session: Session) -> None:
    """A notice to everybody who is to know and has been confirmed in chat; of the others the reply itself says that they are not reached.

    `key` is what the line was heard by: one that is carried out once tells once.
    """
    if not tells:
        return
    wanted = {tell.person_id for tell in tells}
    reached = {each.id: each for each in session.scalars(select(Person).where(Person.id.in_(wanted), Person.slack_user.is_not(None)))}
    for number, tell in enumerate(tells):
        if person := reached.get(tell.person_id):
            Notice.to_person(person, "tell", f"tell {key or uuid4().hex} {number}", at, session, frozen(tell.reply))
