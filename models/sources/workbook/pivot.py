"""A table with months across: areas down, under a title, in blocks or with a column for the measure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from models.base import Refusal
from models.sources.workbook.columns import NOTE, first_text, nameless, only, role, roles, title_above, title_measure
from models.sources.workbook.headings import Headings, heading_rows, headings
from models.sources.workbook.sheets import Sheet, Value
from models.sources.workbook.totals import Cover, Figure, Line, Reading, Total, likeliest, printed, printed_total, total_row
from models.sources.workbook.written import NotRead, count_written, in_error, month_words, part_month, shown

MOST_WAYS = 30  # totals in a table; beyond it each is held against the figures just before it alone

Fallback = Callable[[str | None], str | None]


@dataclass(frozen=True)
class Table:
    """One table of a sheet: its heading row, where it ends, and which columns name the area and the measure."""

    sheet: Sheet
    heads: Headings
    end: int
    title: str
    area: int
    measure: int | None


@dataclass(frozen=True)
class Row:
    """A row of the body: "figures", "total", "words" (a heading or an area left empty), "note" or "blank"."""

    number: int
    kind: str
    area: str | None
    measure: str | None


def read_pivot(sheet: Sheet, fallback: Fallback, reading: Reading) -> None:
    """Read every table of the sheet into `reading`; `fallback` gives a table's measure from what its title says."""
    for table in tables(sheet):
        said = spare_columns(table)
        rows = settled_rows(table)
        known = fallback(title_measure(table.title) or corner_measure(table))
        rows, unread = named_rows(table, rows, known)
        reading.left_out += [*said, *unread]
        read_table(table, rows, reading)


def tables(sheet: Sheet) -> Iterator[Table]:
    """Cut the sheet at its heading rows; a title just above one belongs to it, not to the table before."""
    heads = list(heading_rows(sheet))
    titles = [title_above(sheet, head, before + 1) for before, head in zip([-1, *heads], heads, strict=False)]
    starts = [head if title is None else title for head, title in zip(heads, titles, strict=True)]
    for head, title, end in zip(heads, titles, [*starts[1:], len(sheet.rows)], strict=True):
        words = "" if title is None else first_text(sheet, title)
        found = headings(sheet, head, words)
        found = replace(found, parts=found.parts + parts_below(sheet, found))
        found = replace(found, months={c: m for c, m in found.months.items() if c not in found.parts})
        yield Table(sheet, found, end, words, *name_columns(sheet, found, end))


def parts_below(sheet: Sheet, heads: Headings) -> list[int]:
    """Months that the row just below says are not whole."""
    return [column for column in heads.months if part_month(sheet.at(heads.row + 1, column))]


def name_columns(sheet: Sheet, heads: Headings, end: int) -> tuple[int, int | None]:
    """(the area's column, the measure's if any): by their headings, else the first with text and one without heading."""
    words = name_headings(sheet, heads)
    found = roles(words)
    area, measure = only(found, "area", words), only(found, "measure", words)
    texts = [c for c in heads.names if c not in (area, measure) and holds_text(sheet, c, heads, end)]
    if area is None:
        area = texts.pop(0) if texts else None
    if area is None:
        names = ", ".join(shown(v) for v in sheet.rows[heads.row] if v is not None)
        raise Refusal(f"I expected a column of the area left of the months, and found the columns {names}. Add one headed 'area'.")
    if measure is None:
        measure = next((column for column in texts if words[column] is None and column > area), None)
    return area, measure


def name_headings(sheet: Sheet, heads: Headings) -> list[Value]:
    """The headings over the names, which may stand in the row above, beside the years; None over all else."""
    above = max(heads.row - 1, 0)
    columns = range(sheet.width)
    return [(sheet.at(heads.row, c) or sheet.at(above, c)) if c in heads.names else None for c in columns]


def holds_text(sheet: Sheet, column: int, heads: Headings, end: int) -> bool:
    """Whether it names rows that hold figures."""
    rows = (r for r in range(heads.row + 1, end) if any(sheet.at(r, c) is not None for c in heads.valued))
    return any(sheet.at(row, column) is not None for row in rows)


def corner_measure(table: Table) -> str | None:
    """The heading over the areas, when it is no word for an area: it often names what is counted."""
    corner = name_headings(table.sheet, table.heads)[table.area]
    words = corner.casefold().rstrip("s").split() if isinstance(corner, str) else []
    return None if any(role(word.rstrip("s")) for word in words) or role(corner) else title_measure(corner)


def spare_columns(table: Table) -> Iterator[str]:
    """Sentences on the columns that are not read."""
    sheet, heads = table.sheet, table.heads
    for column in heads.parts:
        below = sheet.at(heads.row + 1, column)
        said = f"{sheet.at(heads.row, column)} {below}" if part_month(below) else sheet.at(heads.row, column)
        yield f"{shown(said)} is left out: part of a month. For a whole month write it plainly, as in March 2025."
    for column in [*heads.names, *heads.others]:
        filled = any(sheet.at(row, column) is not None for row in range(heads.row + 1, table.end))
        heading = sheet.at(heads.row, column)
        if filled and column not in (table.area, table.measure):
            name = "without a heading" if heading is None else shown(heading)
            yield f"Not read: the column {name} ({sheet.place(heads.row, column)})."


def settled_rows(table: Table) -> list[Row]:
    """The rows of the body by kind; words below the last figures are notes."""
    rows = [row_of(table, number) for number in range(table.heads.row + 1, table.end)]
    last = max((row.number for row in rows if row.kind in ("figures", "total")), default=-1)
    return [replace(row, kind="note") if row.kind == "words" and row.number > last else row for row in rows]


def row_of(table: Table, number: int) -> Row:
    sheet = table.sheet
    area = name_in(sheet, number, table.area)
    measure = None if table.measure is None else name_in(sheet, number, table.measure)
    values = [value for c in table.heads.valued if (value := sheet.at(number, c)) is not None]
    return Row(number, kind_of_row(first_text(sheet, number), area, measure, values), area, measure)


def kind_of_row(first: str, area: str | None, measure: str | None, values: Sequence[Value]) -> str:
    named = area or measure
    if not named and not values:
        return "note" if first else "blank"
    if NOTE.match(first) and not any(map(usable, values)):
        return "note"
    if values and (total_row(area) or total_row(measure)):
        return "total"
    if not named:
        return "unnamed" if any(map(usable, values)) else "note"
    return "figures" if values or (area and measure) else "words"


def text(value: Value) -> str | None:
    return None if value is None else str(value)


def name_in(sheet: Sheet, row: int, column: int) -> str | None:
    """The name of an area or a measure, or None; a Refusal for an error of the workbook in its place."""
    if in_error(value := sheet.at(row, column)):
        raise Refusal(f"In {sheet.place(row, column)} I expected a name and found the error {value}. Correct it.")
    return text(value)


def usable(value: Value) -> bool:
    """Whether it could be a figure, even one suppressed."""
    try:
        return count_written(value)[1] != "blank"
    except NotRead:
        return not isinstance(value, str) or value[0].isdigit()


def named_rows(table: Table, rows: list[Row], known: str | None) -> tuple[list[Row], list[str]]:
    """(rows of figures and totals with their area and measure, sentences on the rows not read)."""
    if table.measure is not None:
        return filled_down(table, rows)
    return in_blocks(table, rows, known)


def filled_down(table: Table, rows: list[Row]) -> tuple[list[Row], list[str]]:
    """The outer name, which a merged cell gives once, holds for the rows below it; the inner one is never guessed."""
    kept: list[Row] = []
    said: list[str] = []
    by_measure = (table.measure or 0) < table.area
    carried: str | None = None
    for row in rows:
        if row.kind not in ("words", "figures", "total"):
            said += not_read(table, row)
            continue
        carried = (row.measure if by_measure else row.area) or carried
        if row.kind == "figures":
            kept.append(both_named(table, replace(row, measure=carried) if by_measure else replace(row, area=carried)))
        elif row.kind == "total":
            kept.append(replace(row, measure=carried) if by_measure and not total_row(row.measure) else row)
    return kept, said


def both_named(table: Table, row: Row) -> Row:
    """The row, or a Refusal naming the empty cell where its area or measure should be."""
    if row.area is None or row.measure is None:
        lacking = table.area if row.area is None else table.measure or 0
        raise Refusal(f"In {table.sheet.place(row.number, lacking)} I expected a name and it is empty. Fill it in.")
    return row


def in_blocks(table: Table, rows: list[Row], known: str | None) -> tuple[list[Row], list[str]]:
    """A text alone may head a block. It names the measure when nothing else does, or when areas come round again."""
    areas = [row.area for row in rows if row.kind == "figures"]
    heads = set(block_heads(rows))
    naming = bool(heads) and (known is None or len(set(areas)) < len(areas))
    kept: list[Row] = []
    said: list[str] = []
    measure = None if naming else known
    for row in rows:
        if row.number in heads:
            measure = title_measure(row.area) if naming else measure
            said += [] if naming else [f"Row {row.number + 1} is a heading and not an area: {shown(row.area)}."]
        elif row.kind in ("words", "figures", "total"):
            if measure is None and row.kind != "total" and (measure := known) is None:
                raise nameless(table.sheet, table.heads.row)
            kept.append(replace(row, kind="figures" if row.kind == "words" else row.kind, measure=measure))
        else:
            said += not_read(table, row)
    return kept, said


def block_heads(rows: list[Row]) -> Iterator[int]:
    """Rows with words alone that start a block: at the top, after a gap or a total, or before areas seen already.

    Others are areas whose cells are all empty."""
    before, seen = "blank", set[str | None]()
    for row, after in zip_longest(rows, rows[1:]):
        again = after is not None and after.kind == "figures" and after.area in seen
        if row.kind == "words" and (before != "figures" or again):
            seen = set()
            yield row.number
        elif row.kind == "figures":
            seen.add(row.area)
        before = "figures" if row.kind == "words" and before == "figures" and not again else row.kind


def not_read(table: Table, row: Row) -> Iterator[str]:
    if row.kind == "note" and (words := first_text(table.sheet, row.number)) and not part_month(words):
        yield f"Row {row.number + 1} is a note: {shown(words)}."
    if row.kind == "unnamed":
        yield f"Row {row.number + 1} has figures but no area beside them: left out."


def read_table(table: Table, rows: list[Row], reading: Reading) -> None:
    """Figures first, then the totals that cover them."""
    printed_rows = {row.number: figures_in(table, row) for row in rows if row.kind == "figures"}
    reading.figures += [figure for figures in printed_rows.values() for figure in figures.values()]
    for position, row in enumerate(rows):
        if row.kind == "total" and not (total_row(row.measure) and row.area and not total_row(row.area)):
            reading.lines += total_across(table, row, rows[:position], printed_rows)
    for column in table.heads.totals:
        reading.lines += total_down(table, column, [row for row in rows if row.kind == "figures"], printed_rows)


def figures_in(table: Table, row: Row) -> dict[int, Figure]:
    """{column: figure}; of part months too, which only serve to check totals."""
    sheet, heads, area, measure = table.sheet, table.heads, row.area or "", row.measure or ""
    aside = tuple(text(sheet.at(row.number, c)) or "" for c in heads.names if c not in (table.area, table.measure))
    figures = {}
    for column, month in heads.months.items():
        count, mark = printed(sheet, row.number, column, f"{area}, {month_words(month)}")
        figures[column] = Figure(measure, area, month, count, mark, sheet.place(row.number, column), aside)
    for column in heads.parts:
        count, mark = printed_total(sheet, row.number, column)
        figures[column] = Figure(measure, area, 0, count, mark, sheet.place(row.number, column), aside, part=True)
    return figures


def total_across(table: Table, row: Row, above: list[Row], figures: dict[int, dict[int, Figure]]) -> Iterator[Line]:
    """A row of totals: of the rows since the last total, of its measure's, or of all above it, whichever fits."""
    name = str(row.area if total_row(row.area) else row.measure)
    before = [position for position, other in enumerate(above) if other.kind == "total"]
    ways = [ours(above[before[-1] + 1 if before else 0 :], row), ours(above, row), above]
    ways = ways[: 1 if len(before) > MOST_WAYS else 3]
    sets = distinct([[other.number for other in way if other.kind == "figures"] for way in ways])
    return likeliest(line_across(table, row, name, numbers, figures) for numbers in (sets[::-1] if "grand" in name.casefold() else sets))


def ours(rows: list[Row], total: Row) -> list[Row]:
    """The rows of the total's measure, or all when it has none."""
    return [row for row in rows if total.measure in (None, row.measure) or total_row(total.measure)]


def line_across(table: Table, row: Row, name: str, numbers: list[int], figures: dict[int, dict[int, Figure]]) -> Line:
    totals = []
    for column, month in table.heads.months.items():
        cover = Cover([figures[number][column] for number in numbers])
        found = printed_total(table.sheet, row.number, column)
        totals.append(Total(f"{name} for {month_words(month)}", row.measure, *found, cover))
    return Line(name, "rows", totals)


def total_down(table: Table, column: int, rows: list[Row], figures: dict[int, dict[int, Figure]]) -> Iterator[Line]:
    """A column of totals: of the months since the last such column, of all or twelve before it, or of all, whichever fits."""
    heads = table.heads
    whole, every = sorted(heads.months), sorted([*heads.months, *heads.parts])
    last = max((other for other in heads.totals if other < column), default=-1)
    ways = [[c for c in months if last < c < column] for months in (every, whole)]
    if len(heads.totals) <= MOST_WAYS:
        left = [c for c in whole if c < column]
        ways += [[c for c in every if c < column], left, left[-12:], every, whole]
    return likeliest(line_down(table, column, columns, rows, figures) for columns in distinct(ways))


def line_down(table: Table, column: int, columns: list[int], rows: list[Row], figures: dict[int, dict[int, Figure]]) -> Line:
    heading, totals = str(table.sheet.at(table.heads.row, column)), []
    for row in rows:
        cover = Cover([figures[row.number][c] for c in columns])
        totals.append(Total(f"{heading} for {row.area}", row.measure, *printed_total(table.sheet, row.number, column), cover))
    return Line(shown(heading), "months", totals, loose="total" not in heading.casefold())


def distinct(sets: list[list[int]]) -> list[list[int]]:
    """Each set of rows or columns once, in order, without the empty ones."""
    return [numbers for i, numbers in enumerate(sets) if numbers and numbers not in sets[:i]]
