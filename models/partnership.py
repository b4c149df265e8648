"""The partnership, and the agencies that make it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import BindParameter, UniqueConstraint, bindparam, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base, Moment, Owned, Refusal

NONE_HELD = "No partnership is held yet. Make the example with: jagbot init --example, or your own with: jagbot init"
KINDS = ("statutory", "co-operating", "other")


class Partnership(Base):
    """A Community Safety Partnership: one district, one police force, one county to compare with."""

    __tablename__ = "partnership"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    district: Mapped[str]
    district_code: Mapped[str] = mapped_column(default="")
    county: Mapped[str] = mapped_column(default="")
    force: Mapped[str]
    force_name: Mapped[str] = mapped_column(default="")
    timezone: Mapped[str] = mapped_column(default="Europe/London")
    document: Mapped[str] = mapped_column(default="")
    # Raised whenever names, words or figures change, so that what was read from them can be kept until then.
    revision: Mapped[int] = mapped_column(default=0)
    ticked_at: Mapped[datetime | None] = mapped_column(Moment, default=None)  # when what is due was last looked for, to some minutes

    @classmethod
    def named(cls, session: Session, key: str | None = None) -> Partnership:
        """The one partnership held, or the one of this key."""
        held = list(session.query(cls).order_by(cls.id))
        if not held:
            raise Refusal(NONE_HELD)
        if key is None and len(held) > 1:
            raise Refusal(f"Several partnerships are held: {', '.join(p.key for p in held)}. Say which with --partnership KEY.")
        for partnership in held:
            if key in (None, partnership.key):
                return partnership
        raise Refusal(f"I hold no partnership called {key!r}. I hold {', '.join(p.key for p in held)}.")

    @staticmethod
    def here(session: Session) -> Here:
        """What every line about the session's partnership goes by; read once a session."""
        mine = session.info["partnership"]
        known: tuple[int, Here] | None = session.info.get("here")
        if known is None or known[0] != mine:
            key, zone, revision = session.connection().execute(HERE, {"mine": mine}).one_or_none() or ("", "", 0)
            known = session.info["here"] = (mine, Here(key, ZoneInfo(zone or "Europe/London"), revision))
        return known[1]

    @staticmethod
    def raise_revision(session: Session) -> None:
        """Say that names, words or figures of the session's partnership are no longer what they were."""
        session.connection().execute(RAISE, {"mine": session.info["partnership"]})
        session.info.pop("here", None)


@dataclass(frozen=True)
class Here:
    """The key of a partnership, the zone whose wall clocks it meets by, and the revision of what is kept of its names and words."""

    key: str
    zone: ZoneInfo
    revision: int


# Asked with most lines, so made once.
_MINE: BindParameter[int] = bindparam("mine")
HERE = select(Partnership.key, Partnership.timezone, Partnership.revision).where(Partnership.id == _MINE)
RAISE = update(Partnership).where(Partnership.id == _MINE).values(revision=Partnership.revision + 1)


class Agency(Owned, Base):
    """A member of the partnership: statutory (a responsible authority), co-operating, or other."""

    __tablename__ = "agency"
    __table_args__ = (UniqueConstraint("partnership_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[str]
