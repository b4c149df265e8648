"""New rows written as they stand, past the unit of work, which took a fifth of the time of a line that adds an action."""

from __future__ import annotations

from sqlalchemy import insert
from sqlalchemy.orm import Session

from models.actions import Action, Supporter
from models.changes import Change


def write(record: Action | Change | Supporter, session: Session) -> None:
    """Insert a row whose foreign keys are set, and give the record its id. The record itself stays apart from the session."""
    kind = type(record)
    values = {name: value for name, value in vars(record).items() if name in kind.__table__.columns}
    values["partnership_id"] = session.info["partnership"]
    record.id = session.connection().execute(insert(kind).returning(kind.id), values).scalar_one()


def write_action(action: Action, session: Session) -> None:
    """Insert a new action, and those who support it."""
    write(action, session)
    for supporter in action.supporters:
        supporter.action_id = action.id
        write(supporter, session)
