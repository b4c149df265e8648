"""What a document printed: shown as printed, ranked only as far as it ranks."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from commands.reply import Cell, Note, Table
from commands.words import listed
from models.areas import Area
from models.figures import change
from models.figures.chance import Pair, verdict
from models.held import Published
from models.measures import Measure
from models.series import Series, held

# The order in which a document's own words put the places it names.
STANDING = (
    "joint highest",
    "highest",
    "second highest",
    "third highest",
    "in the top",
    "greatest rise",
    "rise",
    "greatest fall",
    "fall",
    "lowest",
)
# What happens again and again, and so may come up by chance. Residents and pupils are counted once, and do not.
EVENTS = ("offences", "incidents", "calls", "collisions", "detections", "admissions", "complaints", "reports", "searches")
CHANCE_OF_PAIRS = "“More than chance?” is an E-test of the two printed counts: it assumes that reports do not cluster."


# Asked with every hotspot answer, so made once and run on the connection; it says itself whose rows it reads.
NAMES_PLACES = (
    select(Published.id)
    .join(Area, Published.area_id == Area.id)
    .where(
        Published.partnership_id == bindparam("mine"),
        Published.measure_id.in_(bindparam("measures", expanding=True)),
        Area.level.not_in(("district", "county")),
    )
    .limit(1)
)


def figures_of(measures: Sequence[Measure], session: Session) -> list[Published]:
    """Every printed figure of these measures, in the document's order."""
    ids = [measure.id for measure in measures if measure.source == "published"]
    if not ids:
        return []
    wanted = select(Published).where(Published.measure_id.in_(ids)).order_by(Published.id)
    return list(session.scalars(wanted.options(joinedload(Published.area), joinedload(Published.measure))))


def whole_period(figures: Sequence[Published]) -> list[Published]:
    """Those of the longest period printed, without the named months within it."""
    long = [f for f in figures if f.first is not None and f.last is not None and f.last - f.first >= 2]
    return long or [f for f in figures if f.current is not None]


def of_borough(figures: Sequence[Published]) -> Published | None:
    """The borough's own figure: the one for the whole period, with a count if one is printed."""
    own = [f for f in figures if f.area.level == "district"]
    return next((f for f in whole_period(own) if f.current is not None), next(iter(own), None))


def of_places(figures: Sequence[Published]) -> list[Published]:
    """Figures of places within the borough, in the order the document's own words give them."""
    return sorted((f for f in whole_period(figures) if f.area.level not in ("district", "county")), key=_order)


def has_hotspots(measures: Sequence[Measure], session: Session) -> bool:
    """Whether anything is held of where these measures concentrate."""
    return by_place(held(measures, session)) or names_places(measures, session)


def by_place(series: Sequence[Series]) -> bool:
    """Whether months are held of places within the borough, and not of the whole alone."""
    return any(one.level != "district" for one in series)


def names_places(measures: Sequence[Measure], session: Session) -> bool:
    """Whether a document prints figures of places within the borough for these measures."""
    ids = [measure.id for measure in measures if measure.source == "published"]
    return bool(ids) and session.connection().scalar(NAMES_PLACES, {"mine": session.info["partnership"], "measures": ids}) is not None


def _order(figure: Published) -> tuple[int, float]:
    words = figure.standing.split("; ") if figure.standing else []
    first = min(
        (i for word in words for i, known in enumerate(STANDING) if known in word and not _weaker(word, known)), default=len(STANDING)
    )
    lowest = first == len(STANDING) - 1
    return first, (figure.current or 0) * (1 if lowest else -1)


def _weaker(word: str, known: str) -> bool:
    return known == "highest" and ("second" in word or "third" in word)


def number(value: float | None, measure: Measure | None = None) -> str:
    """A printed number as it was printed: "3,917", "326.4", "81.4%"."""
    if value is None:
        return ""
    text = f"{value:,.0f}" if value == int(value) else f"{value:,}"
    return f"{text}%" if measure and measure.counted == "%" else text


def cell(value: float | None) -> Cell:
    """A printed number for a table."""
    return int(value) if value is not None and value == int(value) else value


def change_said(figure: Published) -> str:
    """The change as printed; our own beside it with a word where the two differ; the difference where counts are small."""
    if figure.current is None or figure.before is None:
        return figure.printed_change or figure.printed_volume.replace("-", change.MINUS)
    ours = change.said(figure.current, figure.before)
    shown = figure.printed_change.replace("-", change.MINUS)
    if not shown:
        return ours
    if change.percent(figure.current, figure.before) is None:
        return f"{ours} (printed {shown})"
    digits = len(shown.partition(".")[2].rstrip("%"))
    computed = (figure.current - figure.before) / figure.before * 100
    if f"{change.signed(computed, digits)}%" == shown:
        return shown
    return f"{shown} as printed; its counts give {ours}"


def verdict_on(figure: Published) -> str:
    """Whether the printed change is more than chance; empty where no two counts are printed."""
    if figure.chance is None or figure.current is None or figure.before is None or figure.measure.counted not in EVENTS:
        return ""
    return verdict(Pair(int(figure.current), int(figure.before)), figure.chance)


def p_said(chance: float) -> str:
    """ "= 0.43", "< 0.001"."""
    return f"= {chance:.2f}" if chance >= 0.01 else f"= {chance:.3f}" if chance >= 0.001 else "< 0.001"


def places_table(figures: Sequence[Published], heading: str = "Place") -> Table:
    """Places a document names, with what it says of each."""
    rows: list[list[Cell]] = [
        [f.area.name, cell(f.current), cell(f.before), change_said(f), f.share, verdict_on(f), f.standing.replace("; ", ", ")]
        for f in figures
    ]
    headings = [heading, "Count", "Year before", "Change", "Share", "More than chance?", "In the document's words"]
    kept = [i for i in range(len(headings)) if i < 2 or any(row[i] not in ("", None) for row in rows)]
    return Table([headings[i] for i in kept], [[row[i] for i in kept] for row in rows])


def worked_out(figures: Sequence[Published]) -> list[Note]:
    """Which of the counts shown are not printed themselves, and follow from the change that is ("down 34 to 23")."""
    parts = [(f.area.name, part) for f in figures for part in f.derived.split("+") if part]
    said = [f"{name}'s {'year before' if part == 'before' else 'count'}" for name, part in parts]
    return [Note(f"Worked out from the change that is printed: {listed(said)}.")] if said else []


def caveats(figures: Sequence[Published]) -> list[Note]:
    """What the document itself says to beware of, each once."""
    return [Note(f"{f.area.name}: {f.caveat}") for f in figures if f.caveat]
