"""Places: LSOA, ward, district, county; beats; street points; the words people use for them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Owned

LEVELS = ("point", "lsoa", "ward", "beat", "district", "county")
CALLED = {"point": "street", "lsoa": "LSOA", "ward": "ward", "beat": "beat", "district": "district", "county": "county"}
# Places that draw recorded crime to their own doors: a point there says where it was recorded, not only where it happened.
ATTRACTS = ("police station", "hospital", "prison", "supermarket")


class Area(Owned, Base):
    """A place of one level. `parent_id` is the next level up; `residents` and `households` are census counts."""

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("partnership_id", "level", "code"),
        Index("ix_area_level", "partnership_id", "level"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    level: Mapped[str]
    code: Mapped[str]
    name: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), default=None)
    residents: Mapped[int | None] = mapped_column(default=None)
    households: Mapped[int | None] = mapped_column(default=None)
    # The partnership's own place, rather than a neighbour held only to be ranked against.
    own: Mapped[bool] = mapped_column(default=True)

    def people(self, per: str) -> int | None:
        """How many residents or households a rate here is out of."""
        return self.households if per == "households" else self.residents


class AreaChange(Owned, Base):
    """A 2011 LSOA and what it became in 2021: U unchanged, S split, M merged, X other."""

    __tablename__ = "area_change"
    __table_args__ = (UniqueConstraint("partnership_id", "old_code", "new_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    old_code: Mapped[str]
    old_name: Mapped[str] = mapped_column(default="")
    new_code: Mapped[str]
    change: Mapped[str]


class Boundary(Owned, Base):
    """The outline of a place as GeoJSON geometry, longitude and latitude (WGS 84)."""

    __tablename__ = "boundary"

    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), primary_key=True)
    geometry: Mapped[str] = mapped_column(Text)


class PlaceWord(Owned, Base):
    """A word people use for one place or several ("berko"); `names` are names of places, whatever their level."""

    __tablename__ = "place_word"
    __table_args__ = (UniqueConstraint("partnership_id", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str]
    names: Mapped[list[Any]] = mapped_column(JSON)
