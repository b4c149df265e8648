"""What is held, to which month, how far behind, from which source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.reply import Cell, Note, Reply, Table, counted, press
from commands.source import SOURCES, ago
from commands.words import listed
from models.areas import CALLED, LEVELS, Area, Boundary
from models.figures.months import month_of, named
from models.held import Load, Published
from models.measures import SIMULATED
from models.near import key
from models.series import Series, held
from models.vocabulary import Vocabulary


def what_is_held(enquiry: Enquiry, session: Session) -> Reply:
    """Every source with its measures, months and age; and the places it can be asked by."""
    vocabulary = Vocabulary.of(session)
    series = held(list(vocabulary.measures.values()), session)
    rows = [*_monthly(series, enquiry.at), *_printed(enquiry.at, session)]
    if not rows:
        return Reply("No figures are held yet", "Load police.uk street files with: jagbot load figures PATH", _places(session))
    nobody = _by_nobody(vocabulary, series)
    first = vocabulary.priorities[min(vocabulary.priorities)].key if vocabulary.priorities else "asb"
    return Reply(
        "What is held",
        freshness(series, enquiry.at),
        Table(["Source", "What", "From", "To", "Behind", "File", "Loaded"], rows),
        _places(session),
        Note(f"Asked about and not held: {listed([n[0].lower() + n[1:] for n in nobody[:6]])} … ask, and I say who holds it.")
        if nobody
        else None,
        press(("A number", f"/figures {first}"), ("Hotspots", f"/hotspots {first}"), ("The priorities", "/priority")),
    )


def _by_nobody(vocabulary: Vocabulary, series: Sequence[Series]) -> list[str]:
    """What is asked about and not held: a workbook of the same word makes it held."""
    given = {key(word) for one in series if one.measure.source == "workbook" for word in one.measure.words}
    nobody = [m for m in vocabulary.measures.values() if m.source == "nobody"]
    return [m.name for m in nobody if not given & {key(word) for word in (m.name, *m.words)}]


def freshness(series: Sequence[Series], at: datetime) -> str:
    """How fresh the monthly figures are, in a sentence."""
    if not series:
        return "No monthly figures are held yet."
    latest = max(series, key=lambda s: s.last)
    behind = latest.lag(at)
    simulated = [each for each in series if each.measure.simulated]
    whole = len(simulated) == len(series)
    what = f"Monthly figures, a {SIMULATED}," if whole else "Monthly figures"
    said = f"{what} are held to {named(latest.last)}, {ago(behind)} behind today."
    return said if whole or not simulated else f"{said} {_of_which(simulated)}"


def _of_which(simulated: Sequence[Series]) -> str:
    """What of the figures is simulated, where others are not."""
    many = counted(len({each.measure.id for each in simulated}), "measure")
    return f"Of these, {many} are a {SIMULATED}, to {named(max(each.last for each in simulated))}."


def _monthly(series: Sequence[Series], at: datetime) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    for source in ("police.uk", "simulated"):
        if together := [s for s in series if s.measure.source == source]:
            one, what = together[0], counted(len({s.measure.id for s in together}), "measure")
            dates = [named(one.first), named(one.last), ago(one.lag(at))]
            rows.append([SOURCES[source], what, *dates, _files(one), f"{one.loaded:%-d %b %Y}"])
    for one in series:
        if one.measure.source == "workbook":
            what = f"{one.measure.name}, by {CALLED[one.level]}"
            behind = ago(one.lag(at))
            rows.append(["workbook", what, named(one.first), named(one.last), behind, _files(one), f"{one.loaded:%-d %b %Y}"])
    return rows


def _files(series: Series) -> str:
    return series.files[0] + (f" and {len(series.files) - 1} more" if len(series.files) > 1 else "")


def _printed(at: datetime, session: Session) -> list[list[Cell]]:
    wanted = select(Published.document, func.count(), func.min(Published.first), func.max(Published.last), func.max(Load.at)).join(
        Load, Published.load_id == Load.id
    )
    rows: list[list[Cell]] = []
    dated = wanted.where(Published.first.is_not(None), Published.last.is_not(None)).group_by(Published.document)
    for document, many, first, last, loaded in session.execute(dated):
        assert first is not None
        assert last is not None
        behind = ago(max(0, month_of(at) - last))
        when = loaded if isinstance(loaded, datetime) else datetime.fromisoformat(str(loaded))
        rows.append(["published", f"{many} printed figures", named(first), named(last), behind, document, f"{when:%-d %b %Y}"])
    return rows


def _places(session: Session) -> Note:
    """How many places of each level, and whether their boundaries are held."""
    many = Counter(session.scalars(select(Area.level).where(Area.own)))
    outlines = session.scalar(select(func.count()).select_from(Boundary)) or 0
    said = [
        counted(many[level], CALLED[level] + (" point" if level == "point" else ""), _several(level)) for level in LEVELS if many[level]
    ]
    drawn = f"; {counted(outlines, 'boundary', 'boundaries')}" if outlines else ""
    return Note(f"Places: {listed(said)}{drawn}.")


def _several(level: str) -> str:
    return "counties" if level == "county" else CALLED[level] + (" points" if level == "point" else "s")
