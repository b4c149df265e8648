"""What is due to be said, and the envelopes it goes out in. What is due lives here, not in a scheduler's memory."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, Float, ForeignKey, Index, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Moment, Owned
from models.meetings import Meeting
from models.once import insert_once
from models.people import Person

DUE, GATHERED, SKIPPED = "due", "gathered", "skipped"
WAITING, SENDING, SENT, UNCERTAIN, FAILED = "waiting", "sending", "sent", "uncertain", "failed"
TELL = "tell"  # the kind of what is settled already when it is written down
FOUND = "says that it arrived"
IN_HAND = 60.0  # seconds that a notice is in the hands of who sends it
AGAIN = "again"  # somebody asks for it once more: it is looked for, and sent unless it is found


class Obligation(Owned, Base):
    """Something that must be said by a time: a step of a meeting's cycle, as a whole (no person yet) or to one person.

    Steps are laid down when a meeting is made or moved, so that one indexed query finds all that is due.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("meeting_id", "step", "person_key"),
        Index("ix_obligation_due", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"))
    step: Mapped[str]  # "ask", "remind-7", "remind-5", "draft", "agenda", "morning", "minutes"
    person_key: Mapped[int] = mapped_column(default=0)  # a person's id; 0 is the step itself, of which the persons' are made once it is due
    due_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[str] = mapped_column(default=DUE)
    reason: Mapped[str] = mapped_column(default="")  # why it was skipped or put off
    notice_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True, default=None)
    # What it asked about, once that is settled: [an action's id, why its owner is not asked, whether it is theirs to answer], in order.
    asked: Mapped[list[Any]] = mapped_column(JSON, default=list)

    meeting: Mapped[Meeting] = relationship(lazy="joined", innerjoin=True)
    notice: Mapped[Notice | None] = relationship(back_populates="obligations")

    @property
    def kind(self) -> str:
        """ "remind" of "remind-7"."""
        return self.step.partition("-")[0]

    @classmethod
    def put(
        cls, meeting: Meeting, step: str, due_at: datetime, session: Session, person_key: int = 0, state: str = DUE, reason: str = ""
    ) -> Obligation:
        """The row of a meeting's step, as a whole or to one person, made where there is none yet; `due_at` is aware."""
        told_apart = {"meeting_id": meeting.id, "step": step, "person_key": person_key}
        insert_once(cls, {**told_apart, "due_at": due_at, "state": state, "reason": reason}, session)
        return session.scalars(select(cls).filter_by(**told_apart)).one()


class Notice(Owned, Base):
    """An envelope: what one person, or one channel, is told at one moment. `about` tells it apart, so that nothing is put in two."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("partnership_id", "about"),
        Index("ix_notice_next", "partnership_id", "state", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(default=lambda: uuid4().hex)  # goes with the message, as metadata: how it is found again
    about: Mapped[str]  # "gather 17 2013-08-27", "agenda 5", "minutes 5 3"
    kind: Mapped[str]  # "ask", "remind", "draft", "agenda", "morning", "minutes", "nudge", "tell", "figures"
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    channel: Mapped[str] = mapped_column(default="")  # "#jag", where it is for a channel; "thread" below it
    thread: Mapped[str] = mapped_column(default="")
    due_at: Mapped[datetime] = mapped_column(Moment)  # by the partnership's clock, which the demo moves
    next_at: Mapped[datetime] = mapped_column(Moment)  # not tried before then, by the same clock
    state: Mapped[str] = mapped_column(default=WAITING)
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True), default=None)  # a reply, frozen once it is claimed
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(default="")
    claimed_by: Mapped[str] = mapped_column(default="")
    rests: Mapped[float] = mapped_column(Float, default=0.0)  # real seconds to be left alone, from when somebody first sees this fence
    fence: Mapped[int] = mapped_column(default=0)  # raised whenever it is taken up or put down: an older one may no longer write
    conversation: Mapped[str] = mapped_column(default="")  # where it went: Slack's id
    stamps: Mapped[list[Any]] = mapped_column(JSON, default=list)  # the messages it became, in order
    sent_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    over_id: Mapped[int | None] = mapped_column(ForeignKey("notice.id"), index=True, default=None)  # whose messages it changes

    over: Mapped[Notice | None] = relationship(remote_side=[id])
    person: Mapped[Person | None] = relationship(lazy="joined")
    obligations: Mapped[list[Obligation]] = relationship(back_populates="notice")

    @property
    def to(self) -> str:
        """Where it goes in chat: a person's user, or a channel; empty where the person is not known there."""
        return (self.person.slack_user or "") if self.person else self.channel

    def put_back(self, rests: float, error: str) -> None:
        """It was not sent: it waits again, left alone for so many seconds. Whoever held it no longer does."""
        self.state, self.rests, self.error, self.fence = WAITING, rests, error, self.fence + 1

    def has_gone(self, conversation: str, stamps: Iterable[str], at: datetime) -> None:
        """It stands in Slack, as these messages."""
        self.state, self.conversation, self.stamps, self.sent_at, self.error = SENT, conversation, list(stamps), at, ""

    def did_arrive(self, by: Person, at: datetime) -> None:
        """Somebody has looked, and it stands there; as which message nobody knows."""
        self.put_back(0.0, f"{by.handle} {FOUND}")
        self.state, self.sent_at = SENT, at

    def may_not_have(self, by: Person) -> None:
        """They take that back: nobody knows."""
        self.put_back(0.0, f"{by.handle} took back that it arrived")
        self.state, self.sent_at = UNCERTAIN, None

    @property
    def found(self) -> bool:
        """Whether it counts as sent because somebody said so."""
        return self.state == SENT and self.error.endswith(FOUND)

    def try_again(self) -> None:
        """Somebody asks for it once more: at once, and looked for first where it may have gone already."""
        before, out = self.state, self.state == SENDING and not self.rests
        self.put_back(IN_HAND if out else 0.0, "")  # what may be under way is looked for once it no longer can be
        self.state = AGAIN if before in (UNCERTAIN, SENDING, AGAIN) else WAITING
        self.attempts = 0

    def skip(self, reason: str) -> None:
        """Nothing is to be said any more, and so nothing is owed."""
        self.state, self.error = SKIPPED, reason
        for obligation in self.obligations:
            obligation.state, obligation.reason = SKIPPED, reason

    def after_all(self, due_at: datetime) -> None:
        """Have what was skipped said when it is due now, in words of then."""
        if self.state == SKIPPED:
            self.state, self.due_at, self.next_at, self.body, self.error = WAITING, due_at, due_at, None, ""

    @classmethod
    def to_person(
        cls,
        person: Person,
        kind: str,
        about: str,
        due_at: datetime,
        session: Session,
        body: dict[str, Any] | None = None,
        below: Notice | None = None,
    ) -> Notice:
        """The notice of this `about` to a person, made where there is none yet: a second one, on any replica, is the first.

        `due_at` is aware, by the partnership's clock. `body` is a frozen reply, where what is said is settled already; else whoever says
        this kind (`scheduler.saying`) is asked once it is due. `below` is what was sent to them already and has it in its thread.
        """
        there = {"thread": str(below.stamps[0]), "conversation": below.conversation} if below else {}
        return cls._put({"person_id": person.id, "kind": kind, "about": about, "due_at": due_at, "body": body, **there}, session)

    @classmethod
    def tell(cls, person_id: int, about: str, at: datetime, session: Session, body: dict[str, Any]) -> None:
        """Tell a person a frozen reply from `at` on, aware; once, whoever says so. As `to_person`, with nothing read back."""
        insert_once(cls, {"person_id": person_id, "kind": TELL, "about": about, "due_at": at, "next_at": at, "body": body}, session)

    @classmethod
    def to_channel(
        cls, channel: str, kind: str, about: str, due_at: datetime, session: Session, thread: str = "", body: dict[str, Any] | None = None
    ) -> Notice:
        """The notice of this `about` to a channel ("#jag", or Slack's id), or to a thread in it by the ts of its head; see `to_person`."""
        about_it = {"channel": channel, "thread": thread, "kind": kind, "about": about, "due_at": due_at, "body": body}
        return cls._put(about_it, session)

    @classmethod
    def forget_told(cls, before: datetime, session: Session) -> None:
        """Drop what was told of commands, and how messages were changed, before then; what belongs to a meeting is kept."""
        told = cls.about.startswith("tell ") & (cls.kind == TELL) & (cls.state == SENT) & (cls.sent_at < before)
        changed = cls.over_id.is_not(None) & cls.state.in_((SENT, SKIPPED)) & (cls.due_at < before)
        session.connection().execute(delete(cls).where(told | changed))

    @classmethod
    def _put(cls, values: dict[str, Any], session: Session) -> Notice:
        insert_once(cls, {**values, "next_at": values["due_at"]}, session)
        return session.scalars(select(cls).where(cls.partnership_id == session.info["partnership"], cls.about == values["about"])).one()
