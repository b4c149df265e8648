"""What has been heard already, and what was shared: so that nothing is done twice and a share can be taken back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Owned


class Heard(Base):
    """A payload that has been taken up, by what it is (channel and ts, a trigger …). Slack may send it again.

    It belongs to no partnership: it is written before anybody knows whose it is.
    """

    __tablename__ = "heard"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    @classmethod
    def first_time(cls, key: str, at: datetime, session: Session) -> bool:
        """Whether nobody, on any replica, has taken this payload up before; marks it taken."""
        try:
            session.connection().execute(insert(cls), {"key": key, "at": at})
            session.commit()
        except IntegrityError:
            session.rollback()
            return False
        return True

    @classmethod
    def forget(cls, before: datetime, session: Session) -> int:
        """Drop keys older than this; returns how many."""
        gone = session.execute(delete(cls).where(cls.at < before).returning(cls.key))
        return len(gone.all())


class Shared(Owned, Base):
    """An answer that somebody shared in a channel: the message it became, so that they can take it back."""

    __tablename__ = "shared"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    ts: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
