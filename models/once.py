"""Rows of which there is one, whoever writes it first; and the turns of recurring jobs, which one replica takes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Moment, Owned


def insert_once(table: type[Base], values: dict[str, Any], session: Session) -> bool:
    """Write a row unless it is there; on both databases without a race between two replicas. Whether it was written."""
    connection = session.connection()
    insert = postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)
    once = insert.on_conflict_do_nothing().returning(*table.__table__.primary_key)
    return connection.execute(once, {**values, "partnership_id": session.info["partnership"]}).first() is not None


class Turn(Owned, Base):
    """A time at which a recurring job was due, taken: it is nobody else's to do, on any replica, and no restart does it again."""

    __tablename__ = "turn"
    __table_args__ = (UniqueConstraint("partnership_id", "job", "due_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(Moment)

    @classmethod
    def take(cls, job: str, due_at: datetime, session: Session) -> bool:
        """Whether this turn was free, and is now ours; `due_at` is aware."""
        return insert_once(cls, {"job": job, "due_at": due_at}, session)
