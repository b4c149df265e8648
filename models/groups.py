"""The groups of a partnership (JAG, CSAG, the strategy group …) and who sits on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, Owned
from models.near import key
from models.people import Person


class Group(Owned, Base):
    """A group that meets: its names, its channel, and its cadence as an RFC 5545 rule in local wall time."""

    __tablename__ = "meeting_group"
    __table_args__ = (UniqueConstraint("partnership_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    also: Mapped[list[Any]] = mapped_column(JSON, default=list)
    channel: Mapped[str] = mapped_column(default="")
    private: Mapped[bool] = mapped_column(default=False)
    cadence: Mapped[str] = mapped_column(default="")
    starts: Mapped[datetime | None] = mapped_column(default=None)
    minutes: Mapped[int] = mapped_column(default=120)
    place: Mapped[str] = mapped_column(default="")  # a room or a call link
    holiday: Mapped[str] = mapped_column(default="after")  # what a bank holiday does: after, before or skip
    leads: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # where they differ from `models.cycle`'s own
    quorum: Mapped[int] = mapped_column(default=0)  # how many responsible authorities; 0 where none is set
    template: Mapped[str] = mapped_column(Text, default="")  # of its agenda, in Markdown; the usual one where empty
    cycle_since: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when the cycle was switched on; None while it is off
    paused_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    members: Mapped[list[Membership]] = relationship(back_populates="group")

    @property
    def names(self) -> frozenset[str]:
        """Every name of the group, as `models.near.key` compares them."""
        return frozenset(key(name) for name in (self.key, self.name, self.channel, *self.also) if name)

    @property
    def stopped(self) -> str:
        """Why nothing goes out by itself: its cycle is "off" or "paused"; empty while it runs."""
        return "off" if self.cycle_since is None else "paused" if self.paused_at else ""

    @property
    def long_name(self) -> str:
        """What its name is short for, without "the"; empty where it is short for nothing."""
        return next((name.removeprefix("the ") for name in self.also if " " in name), "") if self.name.isupper() else ""

    @property
    def in_full(self) -> str:
        """ "Joint Action Group (JAG)", "Members Forum"."""
        return f"{self.long_name} ({self.name})" if self.long_name else self.name


class Membership(Owned, Base):
    """A person's seat on a group: chair, deputy, coordinator or member."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("group_id", "person_id", "seat"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("meeting_group.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    seat: Mapped[str]
    group: Mapped[Group] = relationship(back_populates="members")
    person: Mapped[Person] = relationship()
