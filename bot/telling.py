"""Writes down what others are to be told of what was done, in the transaction that does it: delivery tells them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from commands.frozen import frozen
from commands.reply import Tell
from models.notices import Notice
from models.people import Person

# Asked with most of what is changed, so made once.
ON_CHAT = select(Person.id).where(
    Person.partnership_id == bindparam("mine"), Person.id.in_(bindparam("people", expanding=True)), Person.slack_user.is_not(None)
)


def put_up(tells: Sequence[Tell], key: str, at: datetime, session: Session) -> None:
    """A notice to everybody who is to know and has been confirmed in chat; of the others the reply itself says that they are not reached.

    `key` is what the line was heard by: one that is carried out once tells once.
    """
    if not tells:
        return
    wanted = {"mine": session.info["partnership"], "people": [tell.person_id for tell in tells]}
    reached = set(session.connection().scalars(ON_CHAT, wanted))
    for number, tell in enumerate(tells):
        if tell.person_id in reached:
            Notice.tell(tell.person_id, f"tell {key or uuid4().hex} {number}", at, session, frozen(tell.reply))
