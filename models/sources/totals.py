"""Figures as a partner printed them, and the printed totals held against our own sums.

A total proves two things: that the figures were read whole, and, where it agrees, that an empty cell meant 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from models.base import Refusal
from models.sources.sheets import Sheet
from models.sources.written import NotRead, count_written, month_words, shown

MOST_CELLS = 200_000
_PLACES = r"(?:areas?|wards?|beats?|districts?|neighbourhoods?|lsoas?|places?|locations?|offences|incidents|crimes?)"
_TOTAL = re.compile(
    rf"(?:(?:grand|sub|overall|borough|district|county|force|csp)[ -]?)?totals?\b.*|.*\b(?:sub-?)?totals?|all(?: {_PLACES})?|overall|sum"
)
_SPAN = re.compile(r".*\b(?:totals?|ytd|year to date|12 ?(?:months?|m)\b).*|all|sum|overall")
_OTHER = re.compile(r"%|change|diff|average|mean|avg|rate|rank|\bper\b|\+/-")


@dataclass(frozen=True, eq=False)
class Figure:
    """One printed cell. `aside` holds the row's other columns; `part` one of a part month, kept to check totals only."""

    measure: str
    area: str
    month: int
    count: int | None
    mark: str
    where: str
    aside: tuple[str, ...] = ()
    part: bool = False

    @property
    def named(self) -> str:
        return f"{self.measure}, {self.area}, {month_words(self.month)}"


@dataclass(frozen=True)
class Total:
    """One printed total; `covers` are the sets of figures it might be the sum of, the likeliest first."""

    label: str
    measure: str | None
    printed: int | None
    mark: str
    covers: list[list[Figure]]

    def named(self, many: bool) -> str:
        return f"{self.label} ({self.measure})" if many and self.measure else self.label

    def agrees(self, way: int) -> bool:
        return self.printed is not None and not self.hidden(way) and self.printed == self.own(way)

    def own(self, way: int) -> int:
        return sum(figure.count or 0 for figure in self.covers[way])

    def hidden(self, way: int) -> bool:
        """Whether a suppressed figure is among those covered."""
        return any(figure.count is None and figure.mark != "blank" for figure in self.covers[way])


@dataclass(frozen=True)
class Line:
    """A row or column of totals. They cover their figures in one way: whichever most of them agree with.

    `adds` is what is added, "rows" or "months". A `loose` line (YTD, 12 months) may cover months we cannot tell."""

    label: str
    adds: str
    totals: list[Total]
    loose: bool = False

    @property
    def way(self) -> int:
        ways = range(len(self.totals[0].covers))
        return max(ways, key=lambda way: sum(total.agrees(way) for total in self.totals))


@dataclass
class Reading:
    """What has been read so far, of all the sheets."""

    figures: list[Figure] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)


def total_row(label: object) -> bool:
    """Whether a place's name is none but a total: "Total", "Grand Total", "Dacorum total", "All wards"."""
    return isinstance(label, str) and bool(_TOTAL.fullmatch(label.casefold().rstrip(":")))


def total_column(heading: object) -> bool:
    """Whether a heading is of months added up ("Total", "YTD", "12 months to March"), not of a change or a rate."""
    text = heading.casefold() if isinstance(heading, str) else ""
    return bool(_SPAN.fullmatch(text)) and not _OTHER.search(text)


def printed(sheet: Sheet, row: int, column: int, what: str) -> tuple[int | None, str]:
    """The count in a cell, or a Refusal that names it."""
    try:
        return count_written(sheet.at(row, column))
    except NotRead as why:
        found = shown(sheet.at(row, column))
        raise Refusal(
            f"In {sheet.place(row, column)} ({what}) I expected a whole number, <5 or *, but {found} {why}. "
            "Correct it, or leave it empty, and send the file again."
        ) from why


def printed_total(sheet: Sheet, row: int, column: int) -> tuple[int | None, str]:
    """As `printed`, but what is no number only means that the total cannot be checked."""
    try:
        return count_written(sheet.at(row, column))
    except NotRead:
        return None, "error"


def compared(lines: Iterable[Line], many: bool) -> list[str]:
    """What to say of the totals: each that differs, then how many agree, then those that cannot be checked.

    With `many` measures each is said with its own."""
    agreed, differing, unsure = 0, [], []
    for line in lines:
        way, fits = line.way, sum(total.agrees(line.way) for total in line.totals)
        agreed += fits
        if line.loose and not fits and any(total.printed is not None for total in line.totals):
            differing.append(f"{line.label} was not compared: I cannot tell which months it covers.")
            continue
        for total in line.totals:
            if total.mark == "error" or (total.mark != "blank" and (total.mark or total.hidden(way))):
                unsure.append(total.named(many))
            elif total.printed is not None and not total.agrees(way):
                differing.append(difference(total, total.named(many), line.adds, total.own(way)))
    return [*differing, *agreement(agreed), *unchecked(unsure)]


def difference(total: Total, name: str, adds: str, own: int) -> str:
    gap = abs(own - (total.printed or 0))
    return f"{name} is printed {total.printed}, the {adds} add to {own}: a difference of {gap}."


def agreement(agreed: int) -> list[str]:
    if not agreed:
        return []
    return ["1 printed total agrees with our own sum." if agreed == 1 else f"{agreed} printed totals agree with our own sums."]


def unchecked(labels: list[str]) -> list[str]:
    if not labels:
        return []
    more = f" and {len(labels) - 3} more" if len(labels) > 3 else ""
    verb = (
        "1 printed total cannot be checked, as it is or covers"
        if len(labels) == 1
        else (f"{len(labels)} printed totals cannot be checked, as they are or cover")
    )
    return [f"{verb} a suppressed figure (<5 or *) or an error: {', '.join(labels[:3])}{more}."]


def settled(reading: Reading) -> list[Figure]:
    """The figures to keep: whole months, each once, an empty cell 0 where a total proves it. Says what it left out."""
    proven = set(proven_empty(reading.lines))
    whole = without_empty_months([figure for figure in reading.figures if not figure.part], proven, reading.left_out)
    kept = once([replace(f, count=0, mark="") if f in proven else f for f in whole], reading.left_out)
    if len(kept) > MOST_CELLS:
        raise Refusal(f"That is {len(kept):,} figures and I take up to {MOST_CELLS:,} at once. Send fewer months or measures.")
    blank = sum(figure.mark == "blank" for figure in kept)
    if blank:
        cells, they = ("1 empty cell is", "it") if blank == 1 else (f"{blank} empty cells are", "them")
        reading.left_out.append(f"{cells} kept as not known: no total confirms {they} to be 0.")
    return kept


def proven_empty(lines: Iterable[Line]) -> Iterator[Figure]:
    """The empty cells under a total that agrees without them: counts are never negative, so each must be 0."""
    for line in lines:
        for total in line.totals:
            if total.agrees(line.way):
                yield from (figure for figure in total.covers[line.way] if figure.mark == "blank")


def without_empty_months(figures: list[Figure], proven: set[Figure], left_out: list[str]) -> list[Figure]:
    """Without the months in which a measure has no figure at all: a sheet laid out for the year is filled as it goes.

    A total of 0 proves nothing there after the last month filled, as a formula gives 0 for months yet to come."""
    filled = {(figure.measure, figure.month) for figure in figures if figure.mark != "blank"}
    last = dict(sorted(filled))
    filled |= {(f.measure, f.month) for f in figures if f in proven and f.month <= last.get(f.measure, 0)}
    empty: dict[str, set[int]] = {}
    for figure in figures:
        if (figure.measure, figure.month) not in filled:
            empty.setdefault(figure.measure, set()).add(figure.month)
    for measure, months in empty.items():
        left_out.append(f"{measure} has no figure at all for {listed(months)}: left out.")
    return [figure for figure in figures if (figure.measure, figure.month) in filled]


def listed(months: Iterable[int]) -> str:
    """ "March 2025", "January 2025, March 2025", or the ends when there are more than three."""
    names = [month_words(month) for month in sorted(months)]
    return ", ".join(names) if len(names) < 4 else f"{len(names)} months from {names[0]} to {names[-1]}"


def once(figures: list[Figure], left_out: list[str]) -> list[Figure]:
    """Each measure, area and month once. Refuses two different figures for the same one."""
    held: dict[tuple[str, str, int], Figure] = {}
    for figure in figures:
        other = held.setdefault((figure.measure.casefold(), figure.area.casefold(), figure.month), figure)
        if (other.count, other.mark, other.aside) != (figure.count, figure.mark, figure.aside):
            raise Refusal(
                f"I expected one figure for {figure.named}, and found two: {said(other)} in {other.where} "
                f"and {said(figure)} in {figure.where}. Remove the one that is wrong."
            )
    again = len(figures) - len(held)
    if again:
        left_out.append(f"{again} figure{' was' if again == 1 else 's were'} given twice with the same value and kept once.")
    return list(held.values())


def said(figure: Figure) -> str:
    return ("empty" if figure.mark == "blank" else figure.mark or str(figure.count)) + (
        f" ({', '.join(figure.aside)})" if any(figure.aside) else ""
    )
