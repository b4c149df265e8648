"""The heading row of a table with months across: which column is which month, a total, or part of a month."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from models.base import Refusal
from models.sources.workbook.sheets import Sheet, Value
from models.sources.workbook.totals import total_column
from models.sources.workbook.written import (
    NotRead,
    bare_month,
    excel_serial,
    in_error,
    month_words,
    month_written,
    part_month,
    shown,
    years_written,
)

Years = tuple[int, int] | None
_YEARS = re.compile(r"\b(?:FY ?)?20\d\d(?: ?[/–-] ?\d\d(?:\d\d)?)?\b", re.I)


@dataclass(frozen=True)
class Headings:
    """{column: month}, and the columns of part months, of totals, and those left of the months that hold names."""

    row: int
    months: dict[int, int] = field(default_factory=dict)
    parts: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)

    @property
    def valued(self) -> list[int]:
        """The columns that hold figures."""
        return sorted([*self.months, *self.parts, *self.totals])


def heading_rows(sheet: Sheet) -> Iterator[int]:
    """The rows with two months or more, one for each table of the sheet."""
    return (row for row, values in enumerate(sheet.rows) if _is_heading(values))


def _is_heading(values: list[Value]) -> bool:
    months = sum(like_month(value) for value in values)
    return months > 1 or (months == 1 and any(part_month(value) and not like_month(value) for value in values))


def like_month(value: Value) -> bool:
    """A month, a bare month's name, or what was meant for one."""
    try:
        return month_written(value) is not None or bare_month(value) is not None
    except NotRead:
        return True


def refuse_serials(sheet: Sheet) -> None:
    """Refuse a heading row of dates that lost their format, which look like numbers."""
    for row, values in enumerate(sheet.rows):
        columns = [column for column, value in enumerate(values) if excel_serial(value)]
        if len(columns) > 1:
            raise Refusal(
                f"In {sheet.place(row, columns[0])} I expected a month, such as March 2025, and found {shown(values[columns[0]])}. "
                "If it is a date that lost its format, format the row as dates and send the file again."
            )


def headings(sheet: Sheet, row: int, title: str) -> Headings:
    """Sort the columns of a heading row. `title` may hold the year that bare names of months lack."""
    found, values = Headings(row), sheet.rows[row]
    first = min(column for column, value in enumerate(values) if like_month(value) or part_month(value))
    years, above = years_in(title) or years_in(sheet.name), years_above(sheet, row, first)
    for column in range(sheet.width):
        years = above.get(column) or years_written(sheet.at(row, column)) or years
        sort_column(sheet, found, column, first, years)
    in_order(sheet, found)
    return found


def sort_column(sheet: Sheet, found: Headings, column: int, first: int, years: Years) -> None:
    value = sheet.at(found.row, column)
    month = None
    if total_column(value):
        found.totals.append(column)
    elif part_month(value):
        found.parts.append(column)
    elif column >= first and (month := month_heading(sheet, found.row, column, years)) is not None:
        found.months[column] = month
    else:
        (found.names if column < first else found.others).append(column)


def month_heading(sheet: Sheet, row: int, column: int, years: Years) -> int | None:
    """The month in a heading, or None for a heading of something else; a Refusal for one that cannot be."""
    value = sheet.at(row, column)
    expected = f"In {sheet.place(row, column)} I expected a month, such as March 2025 or 2025-03, but {shown(value)}"
    if in_error(value):
        raise Refusal(f"{expected} is an error in the workbook. Correct it and send the file again.")
    if (bare := bare_month(value)) is not None:
        if years is None:
            raise Refusal(f"{expected} has no year. Write the year beside it, or in the row above.")
        return years[0 if bare < 4 else 1] * 12 + bare - 1
    try:
        return month_written(value)
    except NotRead as why:
        raise Refusal(f"{expected} {why}. Correct it and send the file again.") from why


def years_above(sheet: Sheet, row: int, first: int) -> dict[int, tuple[int, int]]:
    """{column: years} from the row above, when it holds only years from the `first` month on; a merged year stands on the left."""
    above = next((r for r in range(row - 1, max(row - 3, -1), -1) if any(v is not None for v in sheet.rows[r])), None)
    values = [] if above is None else list(enumerate(sheet.rows[above]))
    years = {column: written for column, value in values if (written := years_written(value))}
    return years if all(value is None or column in years for column, value in values[first:]) else {}


def years_in(text: str) -> Years:
    """The one year or financial year that a title mentions."""
    mentioned = {years_written(found) for found in _YEARS.findall(text)}
    return mentioned.pop() if len(mentioned) == 1 else None


def in_order(sheet: Sheet, found: Headings) -> None:
    """Refuse bare month names that run backwards: from December to January under one year."""
    bare = [column for column in sorted(found.months) if bare_month(sheet.at(found.row, column)) is not None]
    for before, after in itertools.pairwise(bare):
        if found.months[after] < found.months[before]:
            raise Refusal(
                f"In {sheet.place(found.row, after)} I expected a month after {month_words(found.months[before])}, but by the "
                f"year given {shown(sheet.at(found.row, after))} is {month_words(found.months[after])}. Put its year above it."
            )
