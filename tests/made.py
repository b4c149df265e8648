"""A county made by hand, in the formats of the real files: three districts, and the own one's four wards of three LSOAs."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ASB, BURGLARY, VEHICLE, VIOLENCE = "Anti-social behaviour", "Burglary", "Vehicle crime", "Violence and sexual offences"
OURS, THEIRS = "Hertfordshire Constabulary", "Metropolitan Police Service"
DISTRICTS = {"Dacorum": "E07000096", "St Albans": "E07000240", "Watford": "E07000103"}
ELSEWHERE = ("Luton", "E06000032", "Bedfordshire")
WARDS = {
    "Grovehill": ("E05900001", "Dacorum"),
    "Highfield": ("E05900002", "Dacorum"),
    "Boxmoor": ("E05900003", "Dacorum"),
    "Watling": ("E05900004", "Dacorum"),
    "Verulam": ("E05900005", "St Albans"),
    "Vicarage": ("E05900006", "Watford"),
}
# Three LSOAs a ward, each with 1,000 residents and 400 households: E01900011 to 13 are Grovehill's, 21 to 23 Highfield's …
LSOAS = {f"E019000{number}{letter}": ward for number, ward in enumerate(WARDS, 1) for letter in (1, 2, 3)}
RESIDENTS, HOUSEHOLDS = 1000, 400
SPLIT = "E01900019"  # the 2011 LSOA that became E01900011 and E01900012, both of Grovehill
NOWHERE = "E01000001"  # an LSOA of another county
STATION = "On or near Police Station"
NOW = datetime(2026, 2, 10, 9, 0, tzinfo=UTC)  # when it is, in tests
STREET_COLUMNS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context"
).split(",")


@dataclass(frozen=True)
class Report:
    """One row of a street file. ASB has no crime ID, as police.uk gives it none."""

    lsoa: str
    kind: str = ASB
    where: str = "On or near High Street"
    east: str | None = None  # each LSOA has one point, unless told otherwise

    @property
    def point(self) -> tuple[str, str]:
        """Longitude and latitude; none for what has no LSOA."""
        east = f"-0.4{self.lsoa[-2:]}000" if self.east is None else self.east
        return (east, "51.750000") if self.lsoa and east else ("", "")

    def row(self, number: int, month: str, force: str) -> list[str]:
        crime = "" if self.kind == ASB else f"{number:064x}"
        return [crime, month, force, force, *self.point, self.where, self.lsoa, f"Area {self.lsoa}", self.kind, "", ""]


# A month as it comes: rows alike in everything, a point at a police station, a neighbour's, one from afar, one without an LSOA.
ORDINARY = (
    *[Report("E01900011")] * 3,
    Report("E01900012"),
    Report("E01900021", where=STATION),
    *[Report("E01900011", BURGLARY)] * 2,
    Report("E01900031", VEHICLE),
    Report("E01900051"),
    Report("E01900061", BURGLARY),
    Report(NOWHERE, VIOLENCE),
    Report("", ASB, where="No Location"),
)


class County:
    """Writes the county's files into a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def areas(self) -> list[Path]:
        """Every look-up of the county, in the order in which they need each other."""
        return [self.districts(), self.wards(), self.changes(), self.beats(), self.boundaries()]

    def districts(self) -> Path:
        rows = [(code, name, f"E22{code[3:]}", name, "E23000027", "Hertfordshire") for name, code in DISTRICTS.items()]
        rows.append((ELSEWHERE[1], ELSEWHERE[0], "E22000001", ELSEWHERE[0], "E23000026", ELSEWHERE[2]))
        return self.table("districts.csv", "ltla24_code ltla24_name csp24_code csp24_name pfa24_code pfa24_name", rows)

    def wards(self, name: str = "wards.csv", *, more: Iterable[Sequence[object]] = (), moved: dict[str, str] | None = None) -> Path:
        """LSOA 2021 to ward and district, with residents and households; `moved` puts LSOAs into other wards."""
        rows = []
        for lsoa, usual in LSOAS.items():
            ward = (moved or {}).get(lsoa, usual)
            code, district = WARDS[ward]
            rows.append((f"Area {lsoa}", lsoa, ward, code, district, DISTRICTS[district], f"{RESIDENTS}.0", f"{HOUSEHOLDS}.0"))
        columns = "lsoa21_name lsoa21_code ward24_name ward24_code ltla24_name ltla24_code total_residents total_households"
        return self.table(name, columns, [*rows, *more])

    def changes(self) -> Path:
        """LSOA 2011 to LSOA 2021: all as they were but one, which was split within its ward."""
        rows = [(f"Area {code}", code, "U", f"Area {code}", code) for code in LSOAS if code not in ("E01900011", "E01900012")]
        rows += [(f"Area {SPLIT}", SPLIT, "S", f"Area {code}", code) for code in ("E01900011", "E01900012")]
        return self.table("changes.csv", "lsoa11_name lsoa11_code change_code lsoa21_name lsoa21_code", rows)

    def beats(self) -> Path:
        return self.table("beats.csv", "beat name_in_seed match", [("D2A", "Grovehill", "exact-name"), ("D2B", "Highfield", "exact-name")])

    def boundaries(self, name: str = "wards.geojson", code: str = "WD25CD", of: Iterable[str] = ("E05900001", "E05900002")) -> Path:
        square = {"type": "Polygon", "coordinates": [[[-0.5, 51.7], [-0.4, 51.7], [-0.4, 51.8], [-0.5, 51.7]]]}
        features = [{"type": "Feature", "properties": {code: each, "FID": 1}, "geometry": square} for each in of]
        return self.text(name, json.dumps({"type": "FeatureCollection", "features": features}))

    def street(
        self, month: str, reports: Sequence[Report] = ORDINARY, force: str = OURS, name: str | None = None, *, columns: Sequence[str] = ()
    ) -> Path:
        """A month of a force, where the archive would put it; with other `columns` when given."""
        slug = "metropolitan" if force == THEIRS else "hertfordshire"
        kept = columns or STREET_COLUMNS
        places = [STREET_COLUMNS.index(column) for column in kept]
        rows = [[report.row(number, month, force)[place] for place in places] for number, report in enumerate(reports)]
        return self.table(name or f"street/{month}/{month}-{slug}-street.csv", ",".join(kept), rows, apart=",")

    def zipped(self, *paths: Path, name: str = "archive.zip", method: int = zipfile.ZIP_DEFLATED) -> Path:
        """The files in a zip laid out as the archive's."""
        target = self.folder / name
        with zipfile.ZipFile(target, "w", method) as archive:
            for path in paths:
                archive.write(path, f"{path.name[:7]}/{path.name}")
        return target

    def table(self, name: str, columns: str, rows: Iterable[Sequence[object]], apart: str | None = None) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([columns.split(apart), *rows])
        return path

    def text(self, name: str, text: str, encoding: str = "utf-8") -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path
