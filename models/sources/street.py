"""police.uk street files loaded: from a zip, a folder or CSVs, one month of one force a file; all of them or none."""

from __future__ import annotations

import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from models.areas import Area
from models.base import Refusal
from models.figures.months import iso
from models.held import Batch, MonthCount
from models.partnership import Partnership
from models.sources.bounded import Member, extract, street_members
from models.sources.counting import StreetMonth, month_named, read_street
from models.sources.gazetteer import Gazetteer
from models.sources.taking import OGL, Progress, Row, Taken, Taking, hash_of, unseen
from models.store import Store

if TYPE_CHECKING:
    pass

STREET = re.compile(r"(\d{4}-\d{2})-(.+)-street\.csv$")
ASB = "Anti-social behaviour"


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
        self.new: list[int] = []
        self.quiet: list[int] = []
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
        if (named := STREET.search(name)) and self.unchanged(f"police.uk/{named[2]}", month_named(named[1], name), mark):
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
        if own:
            self._note(one, self.held[feed].get(one.month))
        self.taking.stage(feed, one.month, self._rows(one), own=own, mark=mark)

    def _note(self, one: StreetMonth, before: Batch | None) -> None:
        """Whether a month is new, was revised, or came otherwise with the district's totals as they were."""
        if before is None:
            self.new.append(one.month)
        elif revised := self._revised(one, before):
            self.revisions.append(f"{iso(one.month)} was revised: {revised}.")
        else:
            self.quiet.append(one.month)

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
        return ", ".join(said)

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
        if self.quiet:
            were = "was" if len(self.quiet) == 1 else "were"
            said.append(f"{_months_said(self.quiet)} {were} revised: no total of the district changed.")
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
        return Taken(file, total["placed"], total["rows"] - total["placed"], said, months=sorted(self.new))


def _months_said(months: list[int]) -> str:
    first, last = min(months), max(months)
    return iso(first) if first == last else f"{len(months)} months, {iso(first)} to {iso(last)},"


def load_street(store: Store, partnership: Partnership, paths: Sequence[Path], at: datetime, progress: Progress = unseen) -> Taken:
    """Take street files in from zips, folders and CSVs."""
    names = ", ".join(path.name for path in paths)
    whole = hash_of([path for path in paths if path.is_file()])
    with Taking(store, partnership.id, "street", names, at, hash=whole, marking=OGL) as taking, tempfile.TemporaryDirectory() as folder:
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
