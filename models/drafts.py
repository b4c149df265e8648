"""What is kept for its writer alone until they have decided: rows to check before they are actions, and words that were held back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Moment, Owned, Refusal, a_number
from models.drafted import Drafted
from models.forgetting import HELD_FOR
from models.people import Person

KEPT_FOR = timedelta(days=14)  # drafts nobody came back to


def _as_long_as_any(context: Any) -> datetime:
    at: datetime = context.get_current_parameters()["at"]
    return at + KEPT_FOR


class Draft(Owned, Base):
    """A pasted list, or a log from a file, on its way to becoming actions. Only its writer sees it."""

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True, default=a_number)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[datetime] = mapped_column(Moment, index=True, default=_as_long_as_any)
    source: Mapped[str]  # "pasted", or the file's name
    group_key: Mapped[str] = mapped_column(default="")
    rows: Mapped[list[Any]] = mapped_column(JSON, default=list)
    history: Mapped[list[Any]] = mapped_column(JSON, default=list)

    @property
    def drafted(self) -> list[Drafted]:
        """The rows as values."""
        return [Drafted.read(row) for row in self.rows]

    def keep_for_as_long_as_it_may(self, names_somebody: bool) -> None:
        """Words that may be about a person are forgotten sooner."""
        self.until = self.at + (HELD_FOR if names_somebody else KEPT_FOR)

    @classmethod
    def numbered(cls, number: str, person: Person, session: Session) -> Draft:
        """A person's own draft; refuses alike what isn't there and what is somebody else's."""
        found = session.scalar(select(cls).where(cls.id == number_in(number), cls.person_id == person.id).with_for_update())
        if found is None:
            said = f"You have no draft {number[:12]}. It may be saved already, or thrown away."
            raise Refusal(said, ("My actions", "/action list mine"), discreet=said)
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
