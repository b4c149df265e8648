"""One police.uk street file counted by type and place.

The columns are those of the archive (Month, Reported by, Longitude, Latitude, Location, LSOA code, Crime type). The
force's file is not the district: rows are placed by their LSOA. Rows without one are counted and never spread; crime
IDs are never used to drop a row, because ASB has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from models.base import Refusal
from models.figures.months import month_from

if TYPE_CHECKING:
    import pandas as pd

from models.sources.gazetteer import Gazetteer, Placed

COLUMNS = ["Month", "Reported by", "Longitude", "Latitude", "Location", "LSOA code", "Crime type"]
RANK_AND_FILE = re.compile(r"\b(police|constabulary|service|force)\b", re.I)


@dataclass
class StreetMonth:
    """One month of one force, counted. `counts` maps (type, level, area id) to how many."""

    force: str
    month: int
    counts: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    points: list[tuple[str, str, str, str, int]] = field(default_factory=list)
    rows: int = 0
    unplaced: int = 0
    outside: int = 0
    unknown: Counter[str] = field(default_factory=Counter)


def slug_of(force: str) -> str:
    """ "Hertfordshire Constabulary" is "hertfordshire", "Devon & Cornwall Police" "devon-and-cornwall"."""
    plain = RANK_AND_FILE.sub(" ", force.replace("&", " and "))
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def read_street(path: Path, name: str, gazetteer: Gazetteer) -> list[StreetMonth]:
    """Count a street file; refuses, naming what was expected, one that is not."""
    frame = _frame(path, name)
    for text in frame["Month"].cat.categories:
        month_named(text, name)
    months = []
    for (text, force), part in frame.groupby(["Month", "Reported by"], observed=True, sort=True):
        months.append(_count(part, StreetMonth(slug_of(str(force)), month_named(str(text), name)), gazetteer))
    return months


def month_named(text: str, name: str) -> int:
    try:
        return month_from(text)
    except ValueError:
        raise Refusal(f"{name} has the month {text!r}, which isn't one. Expected a year and month such as 2025-03.") from None


def _frame(path: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    try:
        with path.open(encoding="utf-8-sig") as file:
            headings = [heading.strip('" \r\n') for heading in file.readline(4096).split(",")]
        missing = [column for column in COLUMNS if column not in headings]
        if missing:
            raise Refusal(
                f"{name} is no police.uk street file: it has no column {', '.join(missing)}. Expected {', '.join(COLUMNS)}; "
                f"it has {', '.join(headings)[:300]}."
            )
        kinds: dict[str, Any] = dict.fromkeys(COLUMNS, "category")
        frame = pd.read_csv(path, usecols=COLUMNS, dtype=kinds, encoding="utf-8-sig", engine="c", keep_default_na=False)
        # Where every value of a column is a number, pandas makes numbers of them: of points, other names than last month's.
        for column in COLUMNS:
            frame[column] = frame[column].cat.rename_categories([_as_written(value) for value in frame[column].cat.categories])
        return frame
    except UnicodeDecodeError:
        raise Refusal(f"{name} is not in UTF-8, which police.uk files are. Download it again, and don't save it from Excel.") from None
    except ValueError as error:  # of which pandas' own errors are kinds
        raise Refusal(f"{name} is not a whole CSV file ({str(error).splitlines()[0]}). Download it again.") from None


def _as_written(value: object) -> str:
    """A value as police.uk writes it: coordinates have six decimals."""
    text = f"{value:.6f}" if isinstance(value, float) else str(value)
    return text if not isinstance(value, float) or float(text) == value else str(value)


def _count(part: pd.DataFrame, into: StreetMonth, gazetteer: Gazetteer) -> StreetMonth:
    """Count by type and place. Grouping is on category codes: only as many names are made as there are groups."""
    into.rows = len(part)
    inside: set[str] = set()
    for (code, kind), many in _sizes(part, ["LSOA code", "Crime type"]):
        where = gazetteer.placed.get(code)
        if not code:
            into.unplaced += many
        elif where is None:
            into.outside += many
        elif kind not in gazetteer.measures:
            into.unknown[kind] += many
        else:
            _add(into, kind, where, many)
            if where.own:
                inside.add(code)
    own = part[part["LSOA code"].isin(list(inside)) & part["Crime type"].isin(list(gazetteer.measures))]
    keys = ["Longitude", "Latitude", "Location", "LSOA code", "Crime type"]
    for (east, north, name, code, kind), many in _sizes(own, keys):
        if east and north:
            into.points.append((f"{east},{north}", name, code, kind, many))
    return into


def _sizes(frame: pd.DataFrame, keys: list[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """How many rows there are of each combination of values that occurs."""
    sizes = frame.groupby(keys, observed=True, sort=False).size()
    return cast("Iterator[tuple[tuple[str, ...], int]]", zip(sizes.index.tolist(), sizes.tolist(), strict=True))


def _add(into: StreetMonth, kind: str, where: Placed, many: int) -> None:
    into.counts[kind, "district", where.district] += many
    if where.own:
        into.counts[kind, "lsoa", where.lsoa] += many
        if where.ward is not None:
            into.counts[kind, "ward", where.ward] += many
