"""A partner's workbook read into monthly counts, with what was left out and how its totals compare. No database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from models.base import Refusal
from models.sources.workbook.columns import first_text, sheet_measure, title_above, title_measure
from models.sources.workbook.headings import heading_rows, refuse_serials
from models.sources.workbook.longform import EXPECTED, long_heading, read_long, refuse_incomplete
from models.sources.workbook.opening import open_sheets
from models.sources.workbook.pivot import read_pivot
from models.sources.workbook.sheets import Sheet
from models.sources.workbook.totals import Reading, compared, settled


@dataclass(frozen=True)
class Cell:
    """One monthly count. `month` is year*12 + month-1. `count` is None where no number may be used, and `mark` says why:
    "<5" as typed, "*" suppressed, "blank" an empty cell that no total proves to be 0; else ""."""

    measure: str
    area: str
    month: int
    count: int | None
    mark: str


@dataclass(frozen=True)
class PartnerFigures:
    """What a partner's file holds. `left_out` and `checks` are sentences to show to whoever sent it."""

    cells: list[Cell]
    left_out: list[str]
    checks: list[str]
    measures: list[str]
    sheets: list[str]


def read_workbook(path: Path, *, measure: str | None = None) -> PartnerFigures:
    """Read a CSV, XLSX, XLS or ODS file: a long table, or months across. `measure` names the figures if the file does not.

    A Refusal says in plain words which cell or column is wrong; then nothing of the file is read."""
    sheets, hidden = open_sheets(path)
    reading = Reading(left_out=[f"Sheet '{name}' is hidden in the workbook and was not read." for name in hidden])
    shared = shared_titles(sheets)
    for sheet in sheets:
        read_sheet(sheet, naming(sheet, measure, shared), reading)
    if not reading.sheets:
        raise nothing_found(path, sheets)
    figures = settled(reading)
    cells = [Cell(f.measure, f.area, f.month, f.count, f.mark) for f in figures]
    measures = list(dict.fromkeys(cell.measure for cell in cells))
    return PartnerFigures(
        cells, list(dict.fromkeys(reading.left_out)), compared(reading.lines, len(measures) > 1), measures, reading.sheets
    )


def read_sheet(sheet: Sheet, fallback: Callable[[str | None], str | None], reading: Reading) -> None:
    """Read a sheet in the shape it has, or say that it has none. Sentences name the sheet if it has a name."""
    found = Reading()
    long = long_heading(sheet)
    if long is not None:
        read_long(sheet, long, fallback, found)
    elif first_heading(sheet) is not None:
        read_pivot(sheet, fallback, found)
    else:
        said = f"Sheet '{sheet.name}' has neither months across nor the columns {EXPECTED}, and was not read."
        reading.left_out.append(said)
        return
    reading.sheets.append(sheet.name)
    reading.figures += found.figures
    reading.lines += found.lines
    reading.left_out += [f"Sheet '{sheet.name}': {said}" if sheet.name else said for said in found.left_out]


def first_heading(sheet: Sheet) -> int | None:
    """The first row with months across, if any."""
    return next(heading_rows(sheet), None)


def naming(sheet: Sheet, measure: str | None, shared: set[str]) -> Callable[[str | None], str | None]:
    """What a table counts, when no column says: the asker's word, its title unless all sheets share it, the sheet's name."""

    def name(title: str | None) -> str | None:
        own = sheet_measure(sheet.name)
        return measure or (own or title if title in shared else title or own)

    return name


def shared_titles(sheets: list[Sheet]) -> set[str]:
    """Titles on two sheets or more: they name the report, and the sheets' names the measures."""
    titles = Counter(title for sheet in sheets for title in {top_title(sheet)} if title)
    return {title for title, times in titles.items() if times > 1}


def top_title(sheet: Sheet) -> str | None:
    head = long_heading(sheet)
    head = first_heading(sheet) if head is None else head
    row = None if head is None else title_above(sheet, head, 0)
    return None if row is None else title_measure(first_text(sheet, row))


def nothing_found(path: Path, sheets: list[Sheet]) -> Refusal:
    for sheet in sheets:
        refuse_incomplete(sheet)
        refuse_serials(sheet)
    first = next((row for sheet in sheets for row in sheet.rows if any(value is not None for value in row)), [])
    found = ", ".join(f"'{value}'" for value in first[:8] if value is not None) or "no values at all"
    return Refusal(
        f"I found no figures in '{path.name}': I expected the columns {EXPECTED}, or a row with two months or more, "
        f"and its first row has {found[:200]}."
    )
