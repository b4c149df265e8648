"""A partner's workbook taken in: its areas found, its measures kept under their own definitions."""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.areas import CALLED
from models.base import Refusal
from models.measures import Measure
from models.near import folded, key, nearest
from models.partnership import Partnership
from models.sources.taking import Row, Taken, Taking, hash_of
from models.sources.workbook import Cell, PartnerFigures, read_workbook
from models.sources.workbook.opening import open_sheets
from models.store import Store
from models.vocabulary import Place, Vocabulary

LEVELS = ("ward", "beat", "lsoa", "district")
HEADED_WITHIN = 30  # rows from the top, in which headings stand
UNDEFINED = "the file gives no definition"
CODED = re.compile(r"^([A-Z]\d[A-Z0-9]+|E\d{8})[\s:.-]+(.+)$|^(.+?)\s*\(([A-Z]\d[A-Z0-9]+|E\d{8})\)$", re.I)


def load_workbook(
    store: Store, partnership: Partnership, path: Path, at: datetime, measure: str = "", definition: str = "", marking: str = ""
) -> Taken:
    """Take a workbook in, each measure of it under a definition of its own; all of it or none."""
    with Taking(store, partnership.id, "workbook", path.name, at, hash=hash_of([path]), marking=marking) as taking:
        figures = read_workbook(path, measure=measure or None)
        with store.session(partnership.id) as session:
            vocabulary = Vocabulary.of(session)
            level, places = placed(figures, vocabulary, path)
            measures = {name: _measure(name, definition, path, vocabulary, session) for name in figures.measures}
        taken = Taken(path.name, said=[*figures.left_out, *figures.checks])
        for name, kept in measures.items():
            _stage(taking, kept, level, [cell for cell in figures.cells if cell.measure == name], places, taken)
        taking.finish(taken)
    return taken


def placed(figures: PartnerFigures, vocabulary: Vocabulary, path: Path) -> tuple[str, dict[str, Place]]:
    """The level at which every area of the file is known, and the places; refuses an area nobody knows, or two of one name."""
    names = list(dict.fromkeys(cell.area for cell in figures.cells))
    found = {name: _places(name, vocabulary) for name in names}
    if unknown := [name for name in names if not found[name]]:
        raise _nowhere(unknown, vocabulary)
    possible = [level for level in LEVELS if all(any(p.level == level for p in found[name]) for name in names)]
    if not possible:
        raise _mixed(found)
    level = possible[0] if len(possible) == 1 else _headed(path, possible, names)
    return level, {name: _one(name, [p for p in found[name] if p.level == level]) for name in names}


def _nowhere(unknown: Sequence[str], vocabulary: Vocabulary) -> Refusal:
    known = [place.name for place in vocabulary.places.values()]
    near = {name: nearest(name, known, 1) for name in unknown[:3]}
    hints = [f"“{name}”" + (f" (did you mean {near[name][0]}?)" if near.get(name) else "") for name in unknown[:5]]
    more = f" and {len(unknown) - 5} more" if len(unknown) > 5 else ""
    return Refusal(f"I know no area called {', '.join(hints)}{more}. Expected wards, beats, LSOAs or the borough. Nothing was kept.")


def _mixed(found: Mapping[str, Sequence[Place]]) -> Refusal:
    """Names an area of each level, so that whoever made the file sees what does not belong."""
    first: dict[str, str] = {}
    for name, places in found.items():
        first.setdefault("/".join(CALLED[level] for level in LEVELS if any(p.level == level for p in places)) or "other", name)
    mixed = ", ".join(f"{name} ({kind})" for kind, name in first.items())
    return Refusal(
        f"The areas are of several levels: {mixed}. Expected all wards, all beats, all LSOAs or the borough alone. Nothing was kept."
    )


def _headed(path: Path, possible: Sequence[str], names: Sequence[str]) -> str:
    """The level that the area column's heading names, where the names alone could be of several: Grovehill is a ward and a beat."""
    sheets, _ = open_sheets(path)
    heads = {folded(str(value)) for sheet in sheets for row in sheet.rows[:HEADED_WITHIN] for value in row if isinstance(value, str)}
    said = [level for level in possible if any(re.fullmatch(rf"{level}s?( (name|code))?", head) for head in heads)]
    if len(said) != 1:
        kinds = [CALLED[level] for level in possible]
        raise Refusal(
            f"{', '.join(names[:3])}: each is the name of a {' and of a '.join(kinds)}. "
            f"Head the column {' or '.join(kind.capitalize() for kind in kinds)}. Nothing was kept."
        )
    return said[0]


def _places(name: str, vocabulary: Vocabulary) -> list[Place]:
    """The places of a name, a code, or a code with a name ("D1H Grovehill")."""
    coded = CODED.match(name)
    for text in (name, *(coded.groups() if coded else ())):
        meanings = vocabulary.phrases.get(key(text or ""), [])
        places = [vocabulary.places[m.id] for m in meanings if m.kind == "place"]
        if places:
            return places
    return []


def _one(name: str, places: Sequence[Place]) -> Place:
    if len(places) > 1:
        codes = ", ".join(f"{place.name} {place.code}" for place in places)
        raise Refusal(f"“{name}” is several {CALLED[places[0].level]}s: {codes}. Give the code instead of the name. Nothing was kept.")
    return places[0]


def _measure(name: str, definition: str, path: Path, vocabulary: Vocabulary, session: Session) -> Measure:
    """The workbook measure of this name, made when it is new. It never shares a row with another definition."""
    slug = f"workbook/{key(name).replace(' ', '-')}"
    said = definition or f"{name}, as counted by who gave {path.name}; {UNDEFINED}"
    held = session.scalar(select(Measure).where(Measure.key == slug))
    if held:
        if definition and definition != held.definition:
            if not held.definition.endswith(UNDEFINED):
                raise Refusal(
                    f"{name} is held under the definition “{held.definition}”, and two definitions are never joined. "
                    "Give this one a name of its own with --measure. Nothing was kept."
                )
            held.definition = definition
        return held
    cousins = [vocabulary.measures[m.id] for m in vocabulary.phrases.get(key(name), []) if m.kind == "measure"]
    cousin = next((m for m in cousins if m.source == "published"), next(iter(cousins), None))
    priority = cousin.priority_id if cousin else next((m.id for m in vocabulary.phrases.get(key(name), []) if m.kind == "priority"), None)
    made = Measure(
        key=slug,
        name=f"{name} (workbook)",
        say=cousin.say if cousin else "",
        definition=said,
        counted=cousin.counted if cousin else "offences",
        per=cousin.per if cousin else "residents",
        source="workbook",
        priority_id=priority,
        place=cousin.place if cousin else 50,
        words=[name, *(cousin.words if cousin else [])],
        holder=cousin.holder if cousin else "",
        caveat=cousin.caveat if cousin else "",
    )
    session.add(made)
    session.flush()
    return made


def _stage(taking: Taking, measure: Measure, level: str, cells: Sequence[Cell], places: dict[str, Place], taken: Taken) -> None:
    """Each month a batch of its own, so that a month given again replaces that month."""
    feed = f"{measure.key}/{level}"
    held, months = taking.held(feed), defaultdict(list)
    for cell in cells:
        months[cell.month].append(Row(measure.id, level, places[cell.area].id, cell.count, cell.mark))
    again = 0
    for month, rows in sorted(months.items()):
        mark = f"{zlib.crc32(repr(sorted((r.area_id, r.count, r.mark) for r in rows)).encode()):08x}"
        if month in held and held[month].mark == mark:
            again += 1
            continue
        taking.stage(feed, month, rows, own=True, mark=mark, measure_id=measure.id, level=level)
        taken.taken += sum(row.count is not None for row in rows)
        taken.skipped += sum(row.count is None for row in rows)
    hidden = sum(cell.count is None for cell in cells)
    areas = len({cell.area for cell in cells})
    taken.said.insert(0, f"{measure.name}: {_many(len(months), 'month')} by {CALLED[level]}, {_many(areas, 'area')}.")
    if again:
        taken.said.append(f"{measure.name}: {_many(again, 'month is', 'months are')} held already, unchanged.")
    absent = areas * len(months) - len(cells)
    if absent:
        few = _many(absent, "area has no row in a month", "areas have no row in a month")
        taken.said.append(f"{measure.name}: {few} that others have: kept as not given. If none happened there, write a 0.")
    if hidden:
        taken.said.append(f"{measure.name}: {_many(hidden, 'cell is', 'cells are')} suppressed or blank: kept as such, and never summed.")


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or one + 's'}"
