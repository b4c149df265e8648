"""Meetings of a group that differ from what its cadence says, or that something belongs to; and who came."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, Owned
from models.groups import Group
from models.people import Person

PLANNED, CANCELLED, OPEN, CLOSED = "planned", "cancelled", "open", "closed"
PRESENT, APOLOGIES, ABSENT = "present", "apologies", "absent"
COMING = "coming"  # they have said so beforehand


class Meeting(Owned, Base):
    """One meeting. Its slot is when the cadence puts it, and what it is told apart by, however often it is moved (RFC 5545, RECURRENCE-ID).

    A meeting of the cadence has a row once it is moved or cancelled, once its steps are laid down, or once something belongs to it;
    `models.calendar` reads those with and without one alike.
    """

    __tablename__ = "meeting"
    __table_args__ = (UniqueConstraint("group_id", "slot"), Index("ix_meeting_by_group", "group_id", "begins"))

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    slot: Mapped[datetime] = mapped_column(DateTime)  # local wall time; an added meeting's is when it was first put
    added: Mapped[bool] = mapped_column(default=False)  # it is none of the cadence's
    begins: Mapped[datetime] = mapped_column(Moment)
    minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")  # a room or a call link; the group's own where it is empty
    state: Mapped[str] = mapped_column(default=PLANNED)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was moved or cancelled, as it was said
    uid: Mapped[str] = mapped_column(default="")  # of a calendar it was loaded from; made of group and slot where it is empty
    sequence: Mapped[int] = mapped_column(default=0)  # how often it has been changed (RFC 5545)
    changed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    began_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when it began
    opened_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when it was last opened, be it days afterwards
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when it was closed
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # who opened it
    channel: Mapped[str] = mapped_column(default="")  # the thread it is captured in
    thread: Mapped[str] = mapped_column(default="")
    notes: Mapped[list[Any]] = mapped_column(JSON, default=list)  # [{"at", "by", "words"}], as they were said in it

    group: Mapped[Group] = relationship(lazy="joined", innerjoin=True)
    chair: Mapped[Person | None] = relationship()
    attendance: Mapped[list[Attendance]] = relationship(back_populates="meeting", cascade="all, delete-orphan", order_by="Attendance.id")

    @property
    def opening(self) -> datetime:
        """From when on what is done is done at it: its time, or when it was opened where that was earlier."""
        return min(self.began_at or self.begins, self.begins)


class Attendance(Owned, Base):
    """Somebody who came, sent apologies or did neither; or somebody who is no person here, by name, as the guest of an agency."""

    __tablename__ = "attendance"
    __table_args__ = (Index("ix_attendance_by_meeting", "meeting_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    guest: Mapped[str] = mapped_column(default="")  # where it is no person of the partnership
    kind: Mapped[str]
    for_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)  # whom they stand in for
    said_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)

    meeting: Mapped[Meeting] = relationship(back_populates="attendance")
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id], lazy="joined")
    for_: Mapped[Person | None] = relationship(foreign_keys=[for_id], lazy="joined")
