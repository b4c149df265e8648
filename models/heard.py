"""What has been heard already, and what was shared: so that nothing is lost or done twice, and a share can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Owned


class Heard(Base):
    """A payload that has been taken up, by what it is (channel and ts, a trigger …). Slack may send it again.

    It belongs to no partnership: it is written before anybody knows whose it is. A line that writes is kept with it until it is carried
    out, and its answer from then until that is said, so that neither is lost when the process ends in between.
    """

    __tablename__ = "heard"

    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)
    asked_of: Mapped[int | None] = mapped_column(ForeignKey("partnership.id"), default=None)
    line: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    reply: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")

    @classmethod
    def first_time(cls, key: str, at: datetime, session: Session) -> bool:
        """Whether nobody, on any replica, has taken this payload up before; marks it taken."""
        return cls.keep(key, at, None, None, session)

    @classmethod
    def keep(cls, key: str, at: datetime, asked_of: int | None, line: dict[str, Any] | None, session: Session) -> bool:
        """Mark a payload taken up, and keep what it asks; False where that was done before. Commits."""
        try:
            session.connection().execute(insert(cls), {"key": key, "at": at, "asked_of": asked_of, "line": line})
            session.commit()
        except IntegrityError:
            session.rollback()
            return False
        return True

    @classmethod
    def carry_out(cls, key: str, reply: dict[str, Any], session: Session) -> bool:
        """Put its answer beside a kept line, in the transaction that carries it out; False where that was done already."""
        return bool(session.connection().execute(CARRY_OUT, {"of": key, "answer": reply}).rowcount)

    @classmethod
    def told(cls, key: str, reply: dict[str, Any], session: Session) -> None:
        """Keep another answer in the place of the one that could not be said."""
        session.connection().execute(update(cls).where(cls.key == key, cls.reply.is_not(None)).values(reply=reply))

    @classmethod
    def said(cls, key: str, session: Session) -> None:
        """Forget what was asked and answered: it is done. That it was heard is still known."""
        session.connection().execute(update(cls).where(cls.key == key).values(line=None, reply=None))

    @classmethod
    def drop(cls, key: str, session: Session) -> None:
        """As if it had never been heard."""
        session.connection().execute(delete(cls).where(cls.key == key))

    @classmethod
    def left_behind(cls, asked_of: int, before: datetime, session: Session) -> Sequence[Heard]:
        """What this partnership's people asked before then, and have no answer to yet: the oldest first."""
        return session.scalars(select(cls).where(cls.asked_of == asked_of, cls.at < before, cls.line.is_not(None)).order_by(cls.at)).all()

    def claim(self, at: datetime, session: Session) -> bool:
        """Take up what was left behind; False where another replica, just now, has."""
        unclaimed = update(Heard).where(Heard.key == self.key, Heard.attempts == self.attempts, Heard.line.is_not(None))
        return bool(session.connection().execute(unclaimed.values(attempts=self.attempts + 1, at=at)).rowcount)

    @classmethod
    def forget(cls, before: datetime, session: Session) -> int:
        """Drop keys older than this; returns how many. What has no answer yet stays, however long nobody was there to give it."""
        answered = cls.line.is_(None) | cls.asked_of.is_(None)
        gone = session.execute(delete(cls).where(cls.at < before, answered).returning(cls.key))
        return len(gone.all())


# Asked with every line that writes, so made once.
CARRY_OUT = (
    update(Heard)
    .where(Heard.key == bindparam("of"), Heard.line.is_not(None), Heard.reply.is_(None))
    .values(reply=bindparam("answer", type_=Heard.reply.type))
)


class Shared(Owned, Base):
    """An answer that somebody shared in a channel: the message it became, so that they can take it back."""

    __tablename__ = "shared"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str]
    ts: Mapped[str]
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
