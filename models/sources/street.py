"""police.uk street files: a zip, a folder or CSVs, one month of one force a file.

The columns are those of the archive (Month, Reported by, Longitude, Latitude, Location, LSOA code, Crime type). The
force's file is not the district: rows are placed by their LSOA. Rows without one are counted and never spread; crime
IDs are never used to drop a row, because ASB has none.
"""

from __future__ import annotations

import re
import tempfile
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.areas import Area, AreaChange
from models.base import Refusal
from models.figures.months import iso, month_from
from models.held import Batch, MonthCount
from models.measures import Measure
from models.partnership import Partnership
from models.sources.bounded import Member, extract, street_members
from models.sources.taking import OGL, Progress, Row, Taken, Taking, hash_of, unseen
from models.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ["Month", "Reported by", "Longitude", "Latitude", "Location", "LSOA code", "Crime type"]
STREET = re.compile(r"(\d{4}-\d{2})-(.+)-street\.csv$")
ASB = "Anti-social behaviour"
ALL_CRIME = "police.uk/all-crime"
RANK_AND_FILE = re.compile(r"\b(police|constabulary|service|force)\b", re.I)


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
        _month(text, name)
    months = []
    for (text, force), part in frame.groupby(["Month", "Reported by"], observed=True, sort=True):
        months.append(_count(part, StreetMonth(slug_of(str(force)), _month(str(text), name)), gazetteer))
    return months


def _month(text: str, name: str) -> int:
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


class Streets:
    """Loads street files, one at a time in memory, all of them or none."""

    def __init__(self, store: Store, partnership: Partnership, taking: Taking) -> None:
        self.store, self.partnership, self.taking = store, partnership, taking
        with store.session(partnership.id) as session:
            self.gazetteer = Gazetteer.of(session)
        self.held: dict[str, dict[int, Batch]] = {}
        self.sum = Counter[str]()
        self.unknown = Counter[str]()
        self.months: dict[str, list[int]] = defaultdict(list)
        self.again = 0
        self.revisions: list[str] = []

    def mark(self, crc: int, size: int) -> str:
        """By what a month is known to be unchanged: its file's CRC and size, and the look-up that placed it."""
        return f"{crc:08x}-{size}-{self.gazetteer.mark}"

    def unchanged(self, feed: str, month: int, mark: str) -> bool:
        """Whether this very month of this feed is in use already."""
        if feed not in self.held:
            self.held[feed] = self.taking.held(feed)
        held = self.held[feed].get(month)
        return held is not None and held.mark == mark

    def take(self, path: Path, name: str, crc: int, size: int) -> None:
        """Stage a file's months, unless they are held just so."""
        mark = self.mark(crc, size)
        if (named := STREET.search(name)) and self.unchanged(f"police.uk/{named[2]}", _month(named[1], name), mark):
            self.again += 1
            return
        for one in read_street(path, name, self.gazetteer):
            self._stage(one, mark, name)

    def _stage(self, one: StreetMonth, mark: str, name: str) -> None:
        own = one.force == self.partnership.force
        feed = f"police.uk/{one.force}"
        if self.unchanged(feed, one.month, mark):
            self.again += 1
            return
        if one.month in self.months.get(feed, ()):
            raise Refusal(f"{name} gives {iso(one.month)} of {one.force} a second time in this load. Expected each month of a force once.")
        placed = sum(many for (_, level, _), many in one.counts.items() if level == "district")
        self.sum.update(rows=one.rows, placed=placed, unplaced=one.unplaced, outside=one.outside)
        self.unknown.update(one.unknown)
        if not placed and not own and one.month not in self.held[feed]:
            return
        self.months[feed].append(one.month)
        if own and (before := self.held[feed].get(one.month)):
            self.revisions.append(self._revised(one, before))
        self.taking.stage(feed, one.month, self._rows(one), own=own, mark=mark)

    def _revised(self, one: StreetMonth, before: Batch) -> str:
        """What changed in the district's own totals of a month that was held already."""
        with self.store.session(self.partnership.id) as session:
            district = session.scalar(select(Area.id).where(Area.level == "district", Area.own))
            c = MonthCount
            held = select(c.measure_id, c.count).where(c.batch_id == before.id, c.level == "district", c.area_id == district)
            was = {measure: count or 0 for measure, count in session.execute(held)}
        said = []
        for kind, measure in sorted(self.gazetteer.measures.items()):
            now = one.counts[kind, "district", district or 0]
            if kind and now != was.get(measure, 0):
                said.append(f"{kind} {was.get(measure, 0):,} to {now:,}")
        return f"{iso(one.month)} was revised: {', '.join(said) or 'no total of the district changed'}."

    def _rows(self, one: StreetMonth) -> list[Row]:
        gazetteer, total = self.gazetteer, Counter[tuple[str, int]]()
        self._know_points(one)
        counts = Counter[tuple[int, str, int]]()
        for (kind, level, area), many in one.counts.items():
            counts[gazetteer.measures[kind], level, area] += many
            if kind != ASB:
                total[level, area] += many
        for code, _, _, kind, many in one.points:
            counts[gazetteer.measures[kind], "point", gazetteer.points[code]] += many
            if kind != ASB:
                total["point", gazetteer.points[code]] += many
        rows = [Row(measure, level, area, many) for (measure, level, area), many in counts.items()]
        return rows + [Row(gazetteer.all_crime, level, area, many) for (level, area), many in total.items()]

    def _know_points(self, one: StreetMonth) -> None:
        """Street points not met before become places, each in its LSOA's ward."""
        new = {code: (name, lsoa) for code, name, lsoa, *_ in one.points if code not in self.gazetteer.points}
        if not new:
            return
        with self.store.session(self.partnership.id) as session:
            areas = []
            for code, (name, lsoa) in new.items():
                where = self.gazetteer.placed[lsoa]
                areas.append(Area(level="point", code=code, name=name, parent_id=where.ward or where.district))
            session.add_all(areas)
            session.flush()
            self.gazetteer.points.update({area.code: area.id for area in areas})

    def report(self, file: str) -> Taken:
        """What was taken, what was skipped, and why."""
        total = self.sum
        said = []
        for feed, months in sorted(self.months.items()):
            said.append(f"{feed.removeprefix('police.uk/')}: {_months_said(months)} taken.")
        said += self.revisions
        if self.again:
            said.append(f"{self.again} {'month is' if self.again == 1 else 'months are'} held already, unchanged: nothing to do.")
        if total["rows"]:
            said.append(f"{total['placed']:,} of {total['rows']:,} reports lie in the county and were placed.")
        if total["unplaced"]:
            said.append(f"{total['unplaced']:,} have no LSOA ({total['unplaced'] / total['rows']:.1%}): counted here, and in no area.")
        if total["outside"]:
            said.append(f"{total['outside']:,} lie outside the county or in an LSOA I don't know: left out.")
        for kind, many in self.unknown.items():
            said.append(f"{many:,} are of a type I don't know, {kind!r}: left out.")
        return Taken(file, total["placed"], total["rows"] - total["placed"], said)


def _months_said(months: list[int]) -> str:
    first, last = min(months), max(months)
    return iso(first) if first == last else f"{len(months)} months, {iso(first)} to {iso(last)},"


def load_street(store: Store, partnership: Partnership, paths: Sequence[Path], at: datetime, progress: Progress = unseen) -> Taken:
    """Take street files in from zips, folders and CSVs."""
    names = ", ".join(path.name for path in paths)
    about = {"hash": hash_of([path for path in paths if path.is_file()]), "marking": OGL}
    with Taking(store, partnership.id, "street", names, at, **about) as taking, tempfile.TemporaryDirectory() as folder:
        streets = Streets(store, partnership, taking)
        members = list(_members(paths))
        for number, member in enumerate(members):
            progress(number, len(members), member.name)
            with extract(member, Path(folder)) as (path, crc, size):
                streets.take(path, member.name, crc, size)
        progress(len(members), len(members), "switching")
        taken = streets.report(names)
        taking.finish(taken)
    return taken


def _members(paths: Sequence[Path]) -> Iterator[Member]:
    for path in paths:
        found = list(street_members(path))
        if not found:
            raise Refusal(f"{path.name} has no street file in it. Expected names such as 2025-01/2025-01-hertfordshire-street.csv.")
        yield from found
