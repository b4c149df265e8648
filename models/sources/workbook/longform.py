"""A long table: one row for each month, area and measure, under columns known by their names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from models.base import Refusal
from models.sources.workbook.columns import NOTE, first_text, nameless, only, role, roles, title_above, title_measure
from models.sources.workbook.sheets import Sheet, Value
from models.sources.workbook.totals import Cover, Figure, Line, Reading, Total, printed, printed_total, total_row
from models.sources.workbook.written import NotRead, bare_month, excel_serial, in_error, month_words, month_written, part_month, shown

FIRST_ROWS = 100  # in which the heading row is looked for
EXPECTED = "month, measure, area and count"


@dataclass(frozen=True)
class Columns:
    """Where things are. `measure` is None when one name serves all rows; `asides` are the columns not read."""

    head: int
    month: int
    area: int
    count: int
    measure: int | None
    year: int | None
    asides: list[int]


def long_heading(sheet: Sheet) -> int | None:
    """The row with columns for the month, the area and the count."""
    return next((r for r in range(min(len(sheet.rows), FIRST_ROWS)) if {"month", "area", "count"} <= roles(sheet.rows[r]).keys()), None)


def refuse_incomplete(sheet: Sheet) -> None:
    """Refuse a table that has some of the columns but not all, naming those expected and found."""
    for row in range(min(len(sheet.rows), FIRST_ROWS)):
        found = roles(sheet.rows[row]).keys() - {"year"}
        if len(found) > 1:
            missing = " and ".join(name for name in ("month", "area", "count") if name not in found)
            headings = ", ".join(shown(value) for value in sheet.rows[row] if value is not None)
            raise Refusal(
                f"I expected the columns {EXPECTED}, or months across the top, and found {headings}: "
                f"there is no column of the {missing}. Add or rename it and send the file again."
            )


def read_long(sheet: Sheet, head: int, fallback: Callable[[str | None], str | None], reading: Reading) -> None:
    """Read the table below `head` into `reading`. `fallback` gives the measure when there is no column, from a title."""
    columns = columns_of(sheet, head)
    title = title_above(sheet, head, 0)
    one = fallback(title_measure(first_text(sheet, title)) if title is not None else None)
    if columns.measure is None and one is None:
        raise nameless(sheet, head)
    others = [shown(sheet.at(head, column)) for column in columns.asides if sheet.at(head, column) is not None]
    if others:
        reading.left_out.append(f"Not read: the column{'s' if len(others) > 1 else ''} {', '.join(others)}.")
    start = len(reading.figures)
    totals = [row for row in range(head + 1, len(sheet.rows)) if not read_row(sheet, row, columns, one or "", reading)]
    reading.lines += long_totals(sheet, totals, columns, reading.figures[start:], one or "")


def columns_of(sheet: Sheet, head: int) -> Columns:
    words = sheet.rows[head]
    found = roles(words)
    month, area, count = (only(found, name, words) or 0 for name in ("month", "area", "count"))  # long_heading saw all three
    measure, year = only(found, "measure", words), only(found, "year", words)
    read = {month, area, count, measure, year}
    asides = [c for c in range(sheet.width) if c not in read and any(sheet.at(r, c) is not None for r in range(head, len(sheet.rows)))]
    return Columns(head, month, area, count, measure, year, asides)


def read_row(sheet: Sheet, row: int, columns: Columns, one: str, reading: Reading) -> bool:
    """Read a row, or leave it out and say so. False for a row of totals, to be compared when all are read."""
    values = [value for value in sheet.rows[row] if value is not None]
    if not values or all(role(value) for value in values):
        return True  # blank, or the headings once more
    if (len(values) == 1 and sheet.at(row, columns.count) is None) or (NOTE.match(str(values[0])) and len(values) < 3):
        reading.left_out.append(f"Row {row + 1} is a note: {shown(values[0])}.")
        return True
    if is_total(sheet, row, columns):
        return False
    if part_month(sheet.at(row, columns.month)):
        said = shown(sheet.at(row, columns.month))
        sentence = f"Rows of {said} are left out: part of a month. For a whole month write it plainly, as in March 2025."
        if sentence not in reading.left_out:
            reading.left_out.append(sentence)
        return True
    reading.figures.append(figure_in(sheet, row, columns, one))
    return True


def is_total(sheet: Sheet, row: int, columns: Columns) -> bool:
    """Whether the area or the month is "Total", or the measure exactly that ("All crime" is a measure)."""
    measure = sheet.at(row, columns.measure) if columns.measure is not None else None
    exact = isinstance(measure, str) and measure.casefold() in ("total", "grand total", "all", "overall")
    return exact or total_row(sheet.at(row, columns.area)) or total_row(sheet.at(row, columns.month))


def figure_in(sheet: Sheet, row: int, columns: Columns, one: str) -> Figure:
    month = month_in(sheet, row, columns)
    area = word_in(sheet, row, columns.area, "area")
    measure = one if columns.measure is None else word_in(sheet, row, columns.measure, "measure")
    count, mark = printed(sheet, row, columns.count, f"{area}, {month_words(month)}")
    aside = tuple(str(sheet.at(row, column) or "") for column in columns.asides)
    return Figure(measure, area, month, count, mark, sheet.place(row, columns.count), aside)


def word_in(sheet: Sheet, row: int, column: int, what: str) -> str:
    value = sheet.at(row, column)
    if value is None or (in_error(value)):
        found = "it is empty" if value is None else f"found the error {value}"
        raise Refusal(f"In {sheet.place(row, column)} I expected the name of the {what}, and {found}. Fill it in.")
    return str(value)


def month_in(sheet: Sheet, row: int, columns: Columns) -> int:
    """The month of a row, its year from a column of years where there is one; a Refusal naming the cell."""
    value, year = sheet.at(row, columns.month), sheet.at(row, columns.year) if columns.year is not None else None
    if year is not None:
        value = f"{value} {year}" if bare_month(value) else f"{value}/{year}" if str(value).isdigit() else value
    try:
        month = month_written(value)
        if month is not None:
            return month
        why = "is a date that lost its format: format the column as a date" if excel_serial(value) else "is none"
        why = "the cell is empty" if value is None else f"{shown(value)} {why}"
    except NotRead as odd:
        why = f"{shown(value)} {odd}"
    raise Refusal(f"In {sheet.place(row, columns.month)} I expected a month, such as March 2025 or 2025-03, but {why}.")


def long_totals(sheet: Sheet, rows: list[int], columns: Columns, figures: list[Figure], one: str) -> Iterator[Line]:
    """A line for each row of totals: of its measure, area and month, where it says them, else of all."""
    covers = covers_of(figures if rows else [])
    for row in rows:
        said = one if columns.measure is None else sheet.at(row, columns.measure)
        measure, area = plain(said), plain(sheet.at(row, columns.area))
        month = total_month(sheet, row, columns)
        name = next(str(v) for v in (sheet.at(row, columns.area), sheet.at(row, columns.month), said) if total_row(v))
        label = " for ".join([name, *([area] if area else []), *([month_words(month)] if month is not None else [])])
        cover = covers.get((measure, area, month), Cover([]))
        yield Line(name, "rows", [Total(label, measure, *printed_total(sheet, row, columns.count), cover)])


def covers_of(figures: list[Figure]) -> dict[tuple[str | None, str | None, int | None], Cover]:
    """{(measure, area, month): cover}, with None for all of them."""
    covers: dict[tuple[str | None, str | None, int | None], Cover] = {}
    for figure in figures:
        for key in product((figure.measure, None), (figure.area, None), (figure.month, None)):
            covers.setdefault(key, Cover([])).figures.append(figure)
    return covers


def plain(name: Value) -> str | None:
    """A name, or None for none and for "Total"."""
    return None if name is None or total_row(name) else str(name)


def total_month(sheet: Sheet, row: int, columns: Columns) -> int | None:
    if sheet.at(row, columns.month) is None or total_row(sheet.at(row, columns.month)):
        return None
    return month_in(sheet, row, columns)
