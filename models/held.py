"""The figures that are held: every load, its months, the monthly counts, and what documents printed."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.areas import Area
from models.base import Base, Owned
from models.measures import Measure


class Load(Owned, Base):
    """One file taken in: what it was, when, under which marking, and what came of it."""

    __tablename__ = "load"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    file: Mapped[str]
    hash: Mapped[str] = mapped_column(index=True)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    marking: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="running")
    taken: Mapped[int] = mapped_column(BigInteger, default=0)
    skipped: Mapped[int] = mapped_column(BigInteger, default=0)
    said: Mapped[list[Any]] = mapped_column(JSON, default=list)


class Batch(Owned, Base):
    """One month of one feed (a force's street file, a measure of a partner's workbook).

    Counts are staged under a batch that is not yet current; taking it into use, and the one before out of use, is
    one short transaction. `mark` tells whether the same month came again unchanged (a CRC or a hash).
    """

    __tablename__ = "batch"
    __table_args__ = (
        Index("ix_batch_current", "partnership_id", "current", "month"),
        Index(
            "uq_batch_one_current",
            "partnership_id",
            "feed",
            "month",
            unique=True,
            # On PostgreSQL too, as the migration says: to name it here would import that dialect at every start.
            sqlite_where=text("current"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int] = mapped_column(ForeignKey("load.id"))
    feed: Mapped[str]
    month: Mapped[int]
    mark: Mapped[str] = mapped_column(default="")
    current: Mapped[bool] = mapped_column(default=False)
    # Whether it makes the month "held": the own force's file does, another force's only adds to it.
    own: Mapped[bool] = mapped_column(default=True)
    # For a workbook: the one measure and level it gives. A street file gives every type at every level.
    measure_id: Mapped[int | None] = mapped_column(ForeignKey("measure.id"), default=None)
    level: Mapped[str] = mapped_column(default="")
    load: Mapped[Load] = relationship()


class MonthCount(Base):
    """How many in one place in one month. `count` is None when it may not be used; `mark` says why (`<5`, `*`, blank).

    Months are ordinals, year * 12 + month - 1, so that a period is a range and a year before is minus twelve.
    """

    __tablename__ = "month_count"
    __table_args__: ClassVar[dict[str, bool]] = {"sqlite_with_rowid": False}  # type: ignore[misc]

    partnership_id: Mapped[int] = mapped_column(ForeignKey("partnership.id"), primary_key=True)
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), primary_key=True)
    level: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batch.id"), primary_key=True, index=True)
    count: Mapped[int | None]
    mark: Mapped[str] = mapped_column(default="")


class Published(Owned, Base):
    """A figure as a document printed it, with the document's line, rank, risk level, recommendation and caveat.

    `derived` names the counts that follow from what is printed ("down 27 to 37"); `chance` is the E-test's p of the
    two counts, worked out at load because an answer must not wait for SciPy.
    """

    __tablename__ = "published"
    __table_args__ = (UniqueConstraint("partnership_id", "document", "measure_id", "area_id", "first", "last", "line"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    load_id: Mapped[int] = mapped_column(ForeignKey("load.id"))
    document: Mapped[str]
    measure_id: Mapped[int] = mapped_column(ForeignKey("measure.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    first: Mapped[int | None]  # None where the document prints no period
    last: Mapped[int | None]
    before_first: Mapped[int | None]
    before_last: Mapped[int | None]
    current: Mapped[float | None]
    before: Mapped[float | None]
    derived: Mapped[str] = mapped_column(default="")
    printed_change: Mapped[str] = mapped_column(default="")
    printed_volume: Mapped[str] = mapped_column(default="")
    standing: Mapped[str] = mapped_column(default="")
    county_rank: Mapped[str] = mapped_column(default="")
    county_rank_before: Mapped[str] = mapped_column(default="")
    msg_rank: Mapped[str] = mapped_column(default="")
    msg_rank_before: Mapped[str] = mapped_column(default="")
    rate: Mapped[float | None]
    rate_per: Mapped[str] = mapped_column(default="")
    msg_rate: Mapped[float | None]
    share: Mapped[str] = mapped_column(default="")
    risk: Mapped[str] = mapped_column(default="")
    risk_before: Mapped[str] = mapped_column(default="")
    recommendation: Mapped[str] = mapped_column(default="")
    caveat: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    line: Mapped[str] = mapped_column(default="")
    chance: Mapped[float | None] = mapped_column(default=None)
    measure: Mapped[Measure] = relationship()
    area: Mapped[Area] = relationship()
