"""A county made for measuring: look-ups, and monthly street files of any size, quickly.

Ten districts of 94 LSOAs, of which the first is the example partnership's own, with about 1,500 street points. Types and
places are as unevenly spread as real ones. A few months are drawn at random; the rest repeat them.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from models.figures.months import iso, month

DISTRICTS, WARDS, LSOAS, POINTS = 10, 22, 94, 16  # districts; wards and LSOAs in each; points in each LSOA
OWN, OWN_CODE, FORCE = "Dacorum", "E07000096", "Hertfordshire Constabulary"
FIRST = month(2016, 1)
DRAWN = 4  # months drawn at random
TYPES = {
    "Violence and sexual offences": 33, "Anti-social behaviour": 17, "Criminal damage and arson": 9, "Shoplifting": 9, "Vehicle crime": 8,
    "Public order": 7, "Other theft": 6, "Burglary": 5, "Drugs": 2, "Other crime": 2, "Robbery": 1, "Theft from the person": 1,
    "Bicycle theft": 1, "Possession of weapons": 1,
}  # fmt: skip
HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,Last outcome category,Context\n"
)
MONTH = b"0000-00"  # stands for the month in what was drawn


def look_ups(folder: Path) -> list[Path]:
    """Districts to forces, and LSOAs to wards and districts with residents and households."""
    districts = [(_code(d), _name(d), f"E22{d:06}", _name(d), "E23000027", "Hertfordshire") for d in range(DISTRICTS)]
    wards = []
    for lsoa in range(DISTRICTS * LSOAS):
        district, ward = lsoa // LSOAS, lsoa % LSOAS % WARDS
        place = (f"Ward {district} {ward}", f"E05{district:03}{ward:03}", _name(district), _code(district))
        wards.append((f"Area {lsoa}", _lsoa(lsoa), *place, "1500.0", "600.0"))
    return [
        _table(folder / "districts.csv", "ltla24_code ltla24_name csp24_code csp24_name pfa24_code pfa24_name", districts),
        _table(
            folder / "wards.csv",
            "lsoa21_name lsoa21_code ward24_name ward24_code ltla24_name ltla24_code total_residents total_households",
            wards,
        ),
    ]


def street_files(folder: Path, months: int, rows: int) -> list[Path]:
    """That many monthly street files, with so many rows in all."""
    return [street_file(folder, FIRST + i, rows // months, i) for i in range(months)]


def street_file(folder: Path, ordinal: int, rows: int, number: int = 0) -> Path:
    """One month of the force."""
    path = folder / f"{iso(ordinal)}-hertfordshire-street.csv"
    path.write_bytes(HEADINGS.encode() + _drawn(rows, number % DRAWN).replace(MONTH, iso(ordinal).encode()))
    return path


def zipped(paths: list[Path], target: Path) -> Path:
    """The files as the archive lays them out."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in paths:
            archive.write(path, f"{path.name[:7]}/{path.name}")
    return target


@cache
def _drawn(rows: int, seed: int) -> bytes:
    chance = np.random.default_rng(seed)
    weights = 1 / (1 + np.arange(DISTRICTS * LSOAS) % 37)
    lsoas = chance.choice(len(weights), rows, p=weights / weights.sum()).tolist()
    points = chance.integers(0, POINTS, rows).tolist()
    kinds = chance.choice(list(TYPES), rows, p=np.array(list(TYPES.values())) / sum(TYPES.values())).tolist()
    crimes = chance.bytes(32 * rows).hex()
    return "".join(_row(crimes[i * 64 : i * 64 + 64], *each) for i, each in enumerate(zip(lsoas, points, kinds, strict=True))).encode()


def _row(crime: str, lsoa: int, point: int, kind: str) -> str:
    if kind == "Anti-social behaviour":
        crime, outcome = "", ""
    else:
        outcome = "Investigation complete; no suspect identified"
    east, north = f"-0.{lsoa:03}{point:03}", f"51.{lsoa:03}{point:03}"
    where = f"On or near Street {lsoa % 61} {point}"
    return f"{crime},{MONTH.decode()},{FORCE},{FORCE},{east},{north},{where},{_lsoa(lsoa)},Area {lsoa},{kind},{outcome},\n"


def _name(district: int) -> str:
    return f"District {district}" if district else OWN


def _code(district: int) -> str:
    return f"E079000{district:02}" if district else OWN_CODE


def _lsoa(number: int) -> str:
    return f"E019{number:05}"


def _table(path: Path, columns: str, rows: Sequence[tuple[str, ...]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns.split(), *rows])
    return path
