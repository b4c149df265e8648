"""What is kept for its writer alone until they have decided: rows to check before they are actions, and words that were held back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Moment, Owned, Refusal, a_number
from models.drafted import Drafted
from models.people import Person

KEPT_FOR = timedelta(days=14)  # drafts nobody came back to
HELD_FOR = timedelta(hours=24)  # words that may be about a person do not stay longer


class Draft(Owned, Base):
    """A pasted list, or a log from a file, on its way to becoming actions. Only its writer sees it."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True, default=a_number)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    source: Mapped[str]  # "pasted", or the file's name
    group_key: Mapped[str] = mapped_column(default="")
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    history: Mapped[list[Any]] = mapped_column(JSON, default=list)

    @property
    def drafted(self) -> list[Drafted]:
        """The rows as values."""
        return [Drafted.read(row) for row in self.rows]

    @classmethod
    def numbered(cls, number: str, person: Person, session: Session) -> Draft:
        """A person's own draft; refuses alike what isn't there and what is somebody else's."""
        found = session.scalar(select(cls).where(cls.id == number_in(number), cls.person_id == person.id).with_for_update())
        if found is None:
            raise Refusal(f"You have no draft {number[:12]}. It may be saved already, or thrown away.", ("My actions", "/action list mine"))
        return found


class Kept(Owned, Base):
    """A line that was not carried out, kept for its writer to insist on or let go: personal data seen in it, or a date in the past."""

    __tablename__ = "kept"

    id: Mapped[int] = mapped_column(primary_key=True, default=a_number)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    line: Mapped[str] = mapped_column(Text)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sure: Mapped[list[Any]] = mapped_column(JSON, default=list)  # what its writer would be insisting on: "personal", "past"

    @classmethod
    def numbered(cls, number: str, person: Person, session: Session) -> Kept:
        """A person's own kept line; refuses alike what isn't there and what is somebody else's."""
        found = session.scalar(select(cls).where(cls.id == number_in(number), cls.person_id == person.id).with_for_update())
        if found is None:
            raise Refusal("Those words are no longer kept. Type them again.")
        return found


def number_in(words: str) -> int:
    """The number that stands in a button; 0 for what is none."""
    found = words.strip().lstrip("#")
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 10 else 0


def forget_unfinished(at: datetime, session: Session) -> None:
    """Throw away drafts and kept lines nobody came back to."""
    session.execute(delete(Draft).where(Draft.at < at - KEPT_FOR))
    session.execute(delete(Kept).where(Kept.at < at - HELD_FOR))
