"""What a meeting is given to read and what it leaves behind: its agenda, items suggested for it, decisions, minutes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, Owned, a_number
from models.groups import Group
from models.meetings import Meeting
from models.people import Person

DRAFTED, APPROVED, HELD, POSTED = "drafted", "approved", "held", "posted"
WAITING, TAKEN, CARRIED, WITHDRAWN = "waiting", "taken", "carried over", "withdrawn"
AGREED = "agreed"


class Agenda(Owned, Base):
    """A meeting's agenda on its way from draft to post. Its figures and actions are read anew each time; what people wrote is kept here."""

    __tablename__ = "agenda"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    state: Mapped[str] = mapped_column(default=DRAFTED)
    # Free text by section or priority key: {"burglary": {"words", "by", "at", "reviewed"}}. Only what is reviewed goes out unasked.
    texts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # who approved or held it
    at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it is held
    posted_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    channel: Mapped[str] = mapped_column(default="")
    stamps: Mapped[list[Any]] = mapped_column(JSON, default=list)  # of the post and of what stands in its thread, in order
    revision: Mapped[int] = mapped_column(default=0)  # how often the post has been brought up to date

    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Person | None] = relationship()


class Item(Owned, Base):
    """Something a member wants talked about: at a certain meeting, or at the next."""

    __tablename__ = "agenda_item"
    __table_args__ = (Index("ix_agenda_item_by_group", "group_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True, default=a_number)  # it stands in buttons, and tells nobody how many there are
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), default=None)
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(default=WAITING)
    lineage: Mapped[str] = mapped_column(default="")  # "escalated from CSAG", "referred from RAOG"

    group: Mapped[Group] = relationship(lazy="joined", innerjoin=True)
    meeting: Mapped[Meeting | None] = relationship()
    by: Mapped[Person] = relationship(lazy="joined", innerjoin=True)

    def credited(self, by: str = "") -> str:
        """The words, and who suggested them. Who handed it on from another group is not named: it would tell of a private one."""
        return self.words if self.lineage else f"{self.words} ({by or self.by.handle})"


class Decision(Owned, Base):
    """Something a meeting decided, numbered within it."""

    __tablename__ = "decision"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    number: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    withdrawn: Mapped[bool] = mapped_column(default=False)

    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class Minutes(Owned, Base):
    """A meeting's minutes: a draft until a later meeting agrees them, and locked from then on."""

    __tablename__ = "minutes"
    __table_args__ = (UniqueConstraint("meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    state: Mapped[str] = mapped_column(default=DRAFTED)
    body: Mapped[str] = mapped_column(Text, default="")  # Markdown
    at: Mapped[datetime] = mapped_column(Moment)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # who last wrote in them
    agreed_on: Mapped[date | None] = mapped_column(Date, default=None)  # the day of the meeting that agreed them
    history: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"at", "by", "body"}], what they said before

    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Person | None] = relationship()
