"""Where each LSOA of the county belongs, in 2021 and in 2011 codes: what street figures are placed by."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.areas import Area, AreaChange
from models.base import Refusal
from models.measures import Measure

if TYPE_CHECKING:
    pass

ALL_CRIME = "police.uk/all-crime"


@dataclass(frozen=True)
class Placed:
    """Where an LSOA belongs: area ids of the LSOA, its ward and its district; `own` is the partnership's own."""

    lsoa: int
    ward: int | None
    district: int
    own: bool


@dataclass
class Gazetteer:
    """What placing rows needs to know, read once a load."""

    placed: dict[str, Placed]
    measures: dict[str, int]
    all_crime: int
    points: dict[str, int]
    mark: str = ""

    @classmethod
    def of(cls, session: Session) -> Gazetteer:
        """Every LSOA of the county under its 2021 code and, where it has changed, its 2011 code."""
        areas = {a.id: a for a in session.scalars(select(Area).where(Area.level.in_(("lsoa", "ward", "district"))))}
        placed = {a.code: found for a in areas.values() if a.level == "lsoa" and (found := _place(a, areas))}
        if not placed:
            raise Refusal(
                "I hold no areas yet, and street figures are placed by LSOA. Load the look-up of LSOA 2021 to ward and district first: "
                "jagbot load areas FILE"
            )
        placed |= _of_2011(session, placed)
        of_police_uk = session.scalars(select(Measure).where(Measure.source == "police.uk", Measure.police_uk_type != ""))
        measures = {measure.police_uk_type: measure.id for measure in of_police_uk}
        all_crime = session.scalar(select(Measure.id).where(Measure.key == ALL_CRIME))
        if all_crime is None:
            raise Refusal("This partnership has no police.uk measures. Make it again with: jagbot init")
        points = {area.code: area.id for area in session.execute(select(Area.code, Area.id).where(Area.level == "point"))}
        mark = f"{zlib.crc32(repr(sorted((c, p.ward, p.district) for c, p in placed.items())).encode()):08x}"
        return cls(placed, measures, all_crime, points, mark)


def _place(lsoa: Area, areas: dict[int, Area]) -> Placed | None:
    parent = areas.get(lsoa.parent_id or 0)
    if parent is not None and parent.level == "district":  # a 2011 LSOA that was split between wards
        return Placed(lsoa.id, None, parent.id, lsoa.own)
    district = areas.get(parent.parent_id or 0) if parent else None
    return Placed(lsoa.id, parent.id, district.id, lsoa.own) if parent and district else None


def _of_2011(session: Session, placed: dict[str, Placed]) -> dict[str, Placed]:
    """2011 codes that are no 2021 code. One that was split keeps a place of its own."""
    changes = [change for change in session.scalars(select(AreaChange)) if change.new_code in placed]
    still = {change.new_code for change in changes}
    became: dict[str, list[Placed]] = defaultdict(list)
    for change in changes:
        if change.old_code not in still:
            became[change.old_code].append(placed[change.new_code])
    names = {change.old_code: change.old_name or change.old_code for change in changes}
    return {old: parts[0] if len(parts) == 1 else _split(old, names[old], parts, session) for old, parts in became.items()}


def _split(code: str, name: str, parts: Sequence[Placed], session: Session) -> Placed:
    """The place of a 2011 LSOA that was split: in its ward where that is still one ward, else in its district."""
    wards = {part.ward for part in parts}
    ward = parts[0].ward if len(wards) == 1 else None
    area = session.scalar(select(Area).where(Area.level == "lsoa", Area.code == code))
    area = area or Area(level="lsoa", code=code, name=f"{name} (2011)")
    area.parent_id, area.own = ward or parts[0].district, parts[0].own
    session.add(area)
    session.flush()
    return Placed(area.id, ward, parts[0].district, parts[0].own)
