"""What an owner asks for and may not decide: a new date, another owner, reopening, withdrawing; and that another group take it up.

Lead, chair or coordinator settles it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.actions import Action
from models.base import Base, Moment, Owned, a_number
from models.people import Person

WAITING, AGREED, DECLINED, TAKEN_BACK = "waiting", "agreed", "declined", "taken back"
DROPPED = "dropped"  # what it was asked of is done or withdrawn: there is nothing left to settle
HANDED = ("escalated", "referred")  # requests that another group take it up: of any member, and not of columns


class Proposal(Owned, Base):
    """A change proposed: which columns would become what, in whose words, and what came of it.

    Of one that another group take up, the values are what was asked after the reference ("to raog because …") and the group named in it.
    """

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True, default=a_number)
    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    verb: Mapped[str]  # due, assigned, reopened, withdrawn, escalated, referred
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # columns, as a snapshot of `models.changes` has them
    said: Mapped[str] = mapped_column(Text, default="")  # what is proposed, in words: "due 31 January 2014"
    words: Mapped[str] = mapped_column(Text, default="")  # as typed
    state: Mapped[str] = mapped_column(default=WAITING, index=True)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    action: Mapped[Action] = relationship(lazy="joined", innerjoin=True)
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)
