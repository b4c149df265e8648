"""What is counted, and exactly how."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Owned
from models.priorities import Priority

SIMULATED = "simulated spread of published totals"


class Measure(Owned, Base):
    """One thing counted under one definition. Two definitions are two measures, and are never joined.

    `source` is police.uk or workbook (months are held), simulated (months made up under published totals, for a demo: its
    name says so), published (as a document printed it), or nobody: something people ask about that is not held, with who
    holds it, what would be needed, and the nearest thing that is held.
    """

    __tablename__ = "measure"
    __table_args__ = (UniqueConstraint("partnership_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str]
    name: Mapped[str]
    say: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(default="")
    counted: Mapped[str] = mapped_column(default="offences")
    per: Mapped[str] = mapped_column(default="residents")
    source: Mapped[str]
    police_uk_type: Mapped[str] = mapped_column(default="")
    priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"), default=None)
    place: Mapped[int] = mapped_column(default=0)
    words: Mapped[list[Any]] = mapped_column(JSON, default=list)
    holder: Mapped[str] = mapped_column(default="")
    needs: Mapped[str] = mapped_column(default="")
    nearest: Mapped[str] = mapped_column(default="")
    caveat: Mapped[str] = mapped_column(default="")
    priority: Mapped[Priority | None] = relationship()

    @property
    def monthly(self) -> bool:
        """Whether this is a measure that comes by the month, rather than as a document printed it."""
        return self.source in ("police.uk", "workbook", "simulated")

    @property
    def simulated(self) -> bool:
        """Whether its months are a simulated spread of published totals, and were never recorded."""
        return self.source == "simulated"

    @property
    def bare(self) -> str:
        """Its name without its source, for a sentence that is read aloud. What is simulated is called so aloud, too."""
        return self.name.removesuffix(" (police.uk)").removesuffix(" (workbook)")

    @property
    def spoken(self) -> str:
        """How a sentence about it begins: "Dwelling burglary is", "ASB incidents are"."""
        return self.say or f"{self.name} is"
