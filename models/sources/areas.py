"""Look-ups and boundaries written into a partnership's areas."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models.areas import Area, AreaChange, Boundary
from models.base import Refusal
from models.held import Batch
from models.partnership import Partnership
from models.sources.lookups import Lookup, read
from models.sources.taking import OGL, Progress, Taken, Taking, hash_of, unseen
from models.store import Store

MANY_DISTRICTS = 60  # more than any county has: a national look-up
ORDER = ("districts", "wards", "residents", "changes", "beats", "boundaries")


def load_areas(store: Store, partnership: Partnership, paths: Sequence[Path], at: datetime, progress: Progress = unseen) -> list[Taken]:
    """Take look-ups and boundaries in, in the order in which they need each other; all of them or none."""
    lookups = sorted((read(path) for path in paths), key=lambda lookup: ORDER.index(lookup.kind))
    names = ", ".join(path.name for path in paths)
    with Taking(store, partnership.id, "areas", names, at, hash=hash_of(paths), marking=OGL) as taking:
        with store.session(partnership.id) as session:
            taking.hold(session)
            taken = []
            for number, lookup in enumerate(lookups):
                progress(number, len(lookups), lookup.path.name)
                taken.append(Placing(session, partnership).take(lookup))
        whole = Taken(names, sum(t.taken for t in taken), sum(t.skipped for t in taken), changed=any(t.changed for t in taken))
        whole.said = [sentence for t in taken for sentence in t.said]
        taking.finish(whole)
    return taken


class Placing:
    """Writes look-ups into a partnership's areas."""

    def __init__(self, session: Session, partnership: Partnership) -> None:
        self.session, self.partnership = session, partnership
        self.areas = {(area.level, area.code): area for area in session.scalars(select(Area).where(Area.level != "point"))}
        self.changed = 0

    def take(self, lookup: Lookup) -> Taken:
        """Take one file in and tell what came of it."""
        taken = Taken(lookup.path.name)
        getattr(self, f"_{lookup.kind}")(lookup, taken)
        self.session.flush()
        taken.changed = self.changed > 0 or any(record in self.session.dirty for record in self.areas.values())
        return taken

    def _put(self, level: str, code: str, name: str, parent: Area | None = None, own: bool = True) -> Area:
        """The area of this code, made or brought up to date."""
        area = self.areas.get((level, code)) or (self._renamed(name) if level == "district" else None)
        if area is None:
            area = self.areas[level, code] = Area(level=level, code=code, name=name, own=own)
            self.session.add(area)
            self.changed += 1
        self.areas[level, code] = area
        wanted = {"code": code, "name": name, "own": own}
        if parent is not None:
            if parent.id is None:
                self.session.flush()
            wanted["parent_id"] = parent.id
        for key, value in wanted.items():
            if getattr(area, key) != value:
                setattr(area, key, value)
                self.changed += 1
        return area

    def _renamed(self, name: str) -> Area | None:
        """A district made at init without its code."""
        return next((a for (level, _), a in self.areas.items() if level == "district" and a.name == name), None)

    def _is_own(self, code: str, name: str) -> bool:
        return self.partnership.district_code == code if self.partnership.district_code else self.partnership.district == name

    def _district(self, code: str, name: str) -> Area:
        county = self._put("county", self.partnership.county or "county", self.partnership.county or "the county")
        return self._put("district", code, name, county, own=self._is_own(code, name))

    def _districts(self, lookup: Lookup, taken: Taken) -> None:
        mine = next((r for r in lookup.rows if self._is_own(r["lad_code"], r.get("lad_name", ""))), None)
        if mine is None:
            raise Refusal(
                f"{lookup.path.name} does not hold the district {self.partnership.district}. Expected the look-up of its county or country."
            )
        for row in lookup.rows:
            if row["pfa_name"] == mine["pfa_name"]:
                self._district(row["lad_code"], row["lad_name"])
                taken.taken += 1
        taken.skipped = len(lookup.rows) - taken.taken
        taken.said = [f"{taken.taken} districts of {mine['pfa_name']} taken; {taken.skipped} of other police areas left out."]

    def _in_county(self, rows: Iterable[dict[str, str]], path: Path) -> set[str]:
        """The districts to keep: those known as the county's, or all of a file that is one county's."""
        given = {row["lad_code"] for row in rows}
        if not any(self._is_own(row["lad_code"], row["lad_name"]) for row in rows):
            raise Refusal(
                f"{path.name} does not hold the district {self.partnership.district}. Expected the look-up of its county or country."
            )
        known = {code for level, code in self.areas if level == "district"} & given
        if len(given) > MANY_DISTRICTS and len(known) < 2:
            raise Refusal(
                f"{path.name} holds {len(given)} districts and I don't know which are {self.partnership.county or 'your county'}'s. "
                "Load the look-up of districts to police force areas as well."
            )
        return known if len(known) > 1 else given

    def _wards(self, lookup: Lookup, taken: Taken) -> None:
        county, seen = self._in_county(lookup.rows, lookup.path), set()
        people: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        for row in lookup.rows:
            if row["lad_code"] not in county:
                taken.skipped += 1
                continue
            district = self._district(row["lad_code"], row["lad_name"])
            ward = self._put("ward", row["ward_code"], row["ward_name"], district, own=district.own)
            lsoa = self._put("lsoa", row["lsoa21_code"], row.get("lsoa21_name") or row["lsoa21_code"], ward, own=district.own)
            seen.add(row["ward_code"])
            taken.taken += 1
            counts = _whole(row.get("residents")), _whole(row.get("households"))
            self._count(lsoa, counts)
            for key in (
                ("ward", ward.code),
                ("district", district.code),
                ("county", self.partnership.county or "county"),
            ):
                for place, count in enumerate(counts):
                    people[key][place] += count or 0
        for key, (residents, households) in people.items():
            self._count(self.areas[key], (residents or None, households or None))
        gone = [a for (level, code), a in self.areas.items() if level == "ward" and a.own and code not in seen]
        for ward in gone:
            ward.own = False
        taken.said = [f"{taken.taken} LSOAs in {len(seen)} wards of {len(county)} districts taken."]
        if taken.skipped:
            taken.said.append(f"{taken.skipped} LSOAs outside the county left out.")
        if self.changed and self.session.scalar(select(Batch.id).where(Batch.current).limit(1)):
            taken.said.append("Figures held were placed by the look-up before: load them again to have them by these wards.")

    def _count(self, area: Area, counts: tuple[int | None, int | None]) -> None:
        for key, count in zip(("residents", "households"), counts, strict=True):
            if count is not None and getattr(area, key) != count:
                setattr(area, key, count)
                self.changed += 1

    def _residents(self, lookup: Lookup, taken: Taken) -> None:
        for row in lookup.rows:
            area = self.areas.get(("lsoa", row["lsoa21_code"]))
            if area is None:
                taken.skipped += 1
                continue
            self._count(area, (_whole(row.get("residents")), _whole(row.get("households"))))
            taken.taken += 1
        self._add_up()
        taken.said = [f"Residents or households of {taken.taken} LSOAs taken; {taken.skipped} outside the county left out."]

    def _add_up(self) -> None:
        """Residents and households of each ward, district and county, from those below."""
        by_id = {area.id: area for area in self.areas.values()}
        for below, above in (("lsoa", "ward"), ("ward", "district"), ("district", "county")):
            sums: dict[int, list[int]] = defaultdict(lambda: [0, 0])
            for area in by_id.values():
                if area.level == below and area.parent_id in by_id and by_id[area.parent_id].level == above:
                    sums[area.parent_id][0] += area.residents or 0
                    sums[area.parent_id][1] += area.households or 0
            for key, (residents, households) in sums.items():
                self._count(by_id[key], (residents or None, households or None))

    def _changes(self, lookup: Lookup, taken: Taken) -> None:
        held = {(change.old_code, change.new_code): change for change in self.session.scalars(select(AreaChange))}
        for row in lookup.rows:
            if ("lsoa", row["lsoa21_code"]) not in self.areas:
                taken.skipped += 1
                continue
            key = (row["lsoa11_code"], row["lsoa21_code"])
            taken.taken += 1
            if key not in held:
                self.changed += 1
                held[key] = AreaChange(old_code=key[0], new_code=key[1], change=row.get("change", "U"), old_name=row.get("lsoa11_name", ""))
                self.session.add(held[key])
        altered = len({old for (old, _), change in held.items() if change.change != "U"})
        taken.said = [
            f"{taken.taken} changes from 2011 to 2021 LSOAs taken, {altered} of them not one to one; "
            f"{taken.skipped} outside the county left out."
        ]
        if not taken.taken:
            raise Refusal(
                f"{lookup.path.name} has no LSOA of the county. Load LSOA 2021 with ward and district first, or together with it."
            )

    def _beats(self, lookup: Lookup, taken: Taken) -> None:
        for row in lookup.rows:
            held = self.areas.get(("beat", row["beat"]))
            self._put("beat", row["beat"], held.name if held else row["name"])
            taken.taken += 1
        taken.said = [f"{taken.taken} beats taken."]

    def _boundaries(self, lookup: Lookup, taken: Taken) -> None:
        by_key = {(row["level"], row["code"]): row for row in lookup.rows}
        found = {self.areas[key].id: row for key, row in by_key.items() if key in self.areas}
        if not found:
            raise Refusal(
                f"{lookup.path.name} has no boundary of an area I know. Load LSOA 2021 with ward and district first, or together with it."
            )
        held = {b.area_id: b.geometry for b in self.session.scalars(select(Boundary).where(Boundary.area_id.in_(found)))}
        for area_id, row in found.items():
            taken.taken += 1
            if held.get(area_id) != row["geometry"]:
                self.changed += 1
                self.session.execute(delete(Boundary).where(Boundary.area_id == area_id))
                self.session.add(Boundary(area_id=area_id, geometry=row["geometry"]))
        taken.skipped = len(lookup.rows) - taken.taken
        taken.said = [f"{taken.taken} boundaries taken; {taken.skipped} of areas I don't hold left out."]


def _whole(text: str | None) -> int | None:
    """A count printed as "1626.0" or "1,626"; None when there is none."""
    if not text:
        return None
    if not re.fullmatch(r"\d[\d,]{0,11}(?:\.\d*)?", text):
        raise Refusal(f"{text[:40]!r} is no number of residents or households. Expected a whole number such as 1626.")
    return round(float(text.replace(",", "")))
