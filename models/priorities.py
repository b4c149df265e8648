"""What the partnership has chosen to work on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Owned
from models.people import Person


class Priority(Owned, Base):
    """A priority, its lead and deputy, and the words people use for it."""

    __tablename__ = "priority"
    __table_args__ = (UniqueConstraint("partnership_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    words: Mapped[list[Any]] = mapped_column(JSON, default=list)
    place: Mapped[int] = mapped_column(default=0)
    # A measure that is not the priority's own, but the nearest to it that is held.
    nearest: Mapped[str] = mapped_column(default="")
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    lead: Mapped[Person | None] = relationship(foreign_keys=[lead_id])
    deputy: Mapped[Person | None] = relationship(foreign_keys=[deputy_id])
