"""Figures as a partner printed them, and the printed totals held against our own sums.

A total proves two things: that the figures were read whole, and, where it agrees, that an empty cell meant 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from models.base import Refusal
from models.sources.workbook.sheets import Sheet
from models.sources.workbook.written import NotRead, count_written, month_words, shown

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
class Cover:
    """The figures that a total is the sum of."""

    figures: list[Figure]

    @cached_property
    def sum(self) -> int:
        """Our own sum, an empty cell counting nothing."""
        return sum(figure.count or 0 for figure in self.figures)

    @cached_property
    def hidden(self) -> bool:
        """Whether a suppressed figure is among them."""
        return any(figure.count is None and figure.mark != "blank" for figure in self.figures)


@dataclass(frozen=True)
class Total:
    """One printed total. `count` and `mark` are as a figure's; the mark is "error" for what is no number."""

    label: str
    measure: str | None
    count: int | None
    mark: str
    cover: Cover

    def named(self, many: bool) -> str:
        return f"{self.label} ({self.measure})" if many and self.measure else self.label

    @property
    def agrees(self) -> bool:
        return self.count is not None and not self.cover.hidden and self.count == self.cover.sum

    @property
    def unsure(self) -> bool:
        """Whether it cannot be checked: it is, or covers, what is no number."""
        return self.mark == "error" or (self.mark != "blank" and bool(self.mark or self.cover.hidden))


@dataclass(frozen=True)
class Line:
    """A row or column of totals. `adds` is what is added, "rows" or "months".

    A `loose` line (YTD, 12 months) may cover months that we cannot tell."""

    label: str
    adds: str
    totals: list[Total]
    loose: bool = False

    @property
    def fits(self) -> int:
        """How many of its totals agree."""
        return sum(total.agrees for total in self.totals)

    @property
    def untold(self) -> bool:
        """Whether it is loose and agrees with no months that it might cover."""
        return self.loose and not self.fits and any(total.count is not None for total in self.totals)


def likeliest(ways: Iterable[Line]) -> Iterator[Line]:
    """Of the ways in which a line may cover the figures, the one that most of its totals agree with; the first of equals."""
    best: Line | None = None
    for line in ways:
        best = line if best is None or line.fits > best.fits else best
        if line.fits == sum(total.count is not None for total in line.totals):
            break
    if best:
        yield best


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
    lines, differing = list(lines), list[str]()
    checked = [total for line in lines if not line.untold for total in line.totals]
    for line in lines:
        if line.untold:
            differing.append(f"{line.label} was not compared: I cannot tell which months it covers.")
            continue
        off = (total for total in line.totals if total.count is not None and not total.unsure and not total.agrees)
        differing += [difference(total, total.named(many), line.adds) for total in off]
    unsure = [total.named(many) for total in checked if total.unsure]
    return [*differing, *agreement(sum(total.agrees for total in checked)), *unchecked(unsure)]


def difference(total: Total, name: str, adds: str) -> str:
    own, said = total.cover.sum, total.count or 0
    return f"{name} is printed {said}, the {adds} add to {own}: a difference of {abs(own - said)}."


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
            if total.agrees:
                yield from (figure for figure in total.cover.figures if figure.mark == "blank")


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
