"""The history of an action: every change, by whom, for whom, from where, in the words as typed. Nothing is ever erased from it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.actions import Action, Supporter
from models.base import Base, Moment, Owned
from models.people import Person

# What a change may touch, and what undo puts back.
COLUMNS = ("wording", "owner_id", "priority_id", "due_kind", "due_on", "status", "latest", "latest_at", "closed_on", "lineage", "parent_id")
FOLLOWS = "follows the meeting"  # what became of the date of an action due at a meeting, when that was moved: nobody's to undo
LATE = "late"  # beside them in `after`: the day of the meeting that an answer was too late for
DATES, TIMES = {"due_on", "closed_on"}, {"latest_at"}


class Change(Owned, Base):
    """One change of one action. `before` and `after` hold the columns it touched; an undo is a change as well."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_by_action", "action_id", "id"), Index("ix_change_by_person", "by_id", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(default=0)  # the how-manyeth change of its action: what an Undo button names
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    # Whose word it is, where somebody else entered it for them.
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    where: Mapped[str] = mapped_column(default="")  # "terminal", "#jag", "direct message", "form", "actions.xlsx"
    verb: Mapped[str]  # what a person would call it: added, update, done, assigned, due, reopened, withdrawn, closed, undone, loaded …
    words: Mapped[str] = mapped_column(Text, default="")  # as typed, whole
    said: Mapped[str] = mapped_column(Text, default="")  # the news in them
    settled: Mapped[str] = mapped_column(default="")  # changes of one enquiry share it
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undone_by_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), default=None)

    action: Mapped[Action] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)
    for_: Mapped[Person | None] = relationship(foreign_keys=[for_id], lazy="joined")

    @property
    def speaker(self) -> Person:
        """Whose word it is."""
        return self.for_ or self.by

    @classmethod
    def of(cls, action: Action, session: Session) -> list[Change]:
        """An action's whole history, oldest first."""
        return list(session.scalars(select(cls).where(cls.action_id == action.id).order_by(cls.id)))


def snapshot(action: Action) -> dict[str, Any]:
    """The columns a change may touch, as plain data, with the names of supporters."""
    plain = {name: _plain(getattr(action, name)) for name in COLUMNS}
    return plain | {"supporters": [[each.person_id, each.agency_id] for each in action.supporters]}


def differing(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of two snapshots is not the same: (as it was, as it is)."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def put_back(action: Action, values: dict[str, Any]) -> None:
    """Give an action the values of (part of) a snapshot."""
    for name, value in values.items():
        if name == "supporters":
            action.supporters = [Supporter(person_id=person, agency_id=agency) for person, agency in value]
        else:
            setattr(action, name, _restored(name, value))
    action.due = action.due


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _restored(name: str, value: Any) -> Any:
    if value is None:
        return None
    return date.fromisoformat(value) if name in DATES else datetime.fromisoformat(value) if name in TIMES else value
