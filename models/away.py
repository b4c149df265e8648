"""When people are away, and who answers for them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, Owned
from models.people import Person


class Away(Owned, Base):
    """Days on which somebody is not asked; their deputy is, or their agency."""

    __tablename__ = "away"
    __table_args__ = (Index("ix_away_by_person", "person_id", "until"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    since: Mapped[date] = mapped_column(Date)
    until: Mapped[date] = mapped_column(Date)  # the last day
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    passed: Mapped[bool] = mapped_column(default=False)  # they are there, and somebody else answers this once
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined", innerjoin=True)
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id], lazy="joined")


class Snooze(Owned, Base):
    """ "Remind me tomorrow": when somebody wants to be asked again, instead of when they would have been."""

    __tablename__ = "snooze"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    until: Mapped[datetime] = mapped_column(Moment)
    at: Mapped[datetime] = mapped_column(Moment)
