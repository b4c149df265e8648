"""People of the partnership, and people in chat who are not (yet) among them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, ForeignKey, UniqueConstraint, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import SAYS_WHOSE, Base, Owned, Refusal
from models.near import nearest
from models.partnership import Agency

GONE = "gone"  # how somebody is reached whose account in chat is deactivated


class Person(Owned, Base):
    """Somebody of the partnership: a role with a handle, reached by chat, as a guest of it, or by e-mail only."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("partnership_id", "handle"),
        UniqueConstraint("partnership_id", "slack_user"),
        UniqueConstraint("feed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str]
    role: Mapped[str]
    email: Mapped[str]
    reached: Mapped[str] = mapped_column(default="chat")
    administrator: Mapped[bool] = mapped_column(default=False)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), default=None)
    slack_user: Mapped[str | None] = mapped_column(default=None)
    deputy_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # who answers while they are away
    feed: Mapped[str | None] = mapped_column(default=None)  # the secret in the address of their calendar
    agency: Mapped[Agency | None] = relationship()
    deputy: Mapped[Person | None] = relationship(remote_side=[id])

    @classmethod
    def named(cls, handle: str, session: Session) -> Person:
        """The person of this handle (forgiving case and a leading @) or chat user's id; refuses with near handles."""
        wanted = handle.strip().lstrip("@").lower()
        found = session.scalar(select(cls).where((cls.handle == wanted) | (cls.slack_user == wanted.upper())))
        if found:
            return found
        handles = list(session.scalars(select(cls.handle)))
        near = nearest(wanted, handles)
        hint = f"Did you mean {', '.join(near)}?" if near else f"I know {', '.join(sorted(handles))}."
        raise Refusal(f"I know nobody called {handle!r}. {hint}")

    @classmethod
    def of_slack(cls, user: str, session: Session) -> Person | None:
        """The person confirmed as this chat user."""
        return session.scalar(OF_SLACK, {"mine": session.info["partnership"], "user": user})

    @classmethod
    def of_email(cls, email: str, session: Session) -> Person | None:
        """The person with this e-mail address, in any case."""
        return session.scalar(select(cls).where(func.lower(cls.email) == email.strip().lower()))


# Asked with every line heard in Slack, so made once; it says itself whose rows it reads.
OF_SLACK = (
    select(Person)
    .where(Person.partnership_id == bindparam("mine"), Person.slack_user == bindparam("user"))
    .execution_options(**{SAYS_WHOSE: True})
)


class Joining(Owned, Base):
    """A chat user who is not known as a person yet: who they are in chat, and whom their e-mail suggests."""

    __tablename__ = "joining"
    __table_args__ = (UniqueConstraint("partnership_id", "slack_user"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slack_user: Mapped[str]
    name: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    asked_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    person: Mapped[Person | None] = relationship()
