"""Makes a workbook of a document: a sheet a table, ready to print, every text exactly as it stands and none of it a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

from bot.cells import rag
from commands.reply import Cell, Document, Table

MOST_ROWS = 1_048_575  # of a sheet, below its headings
MOST_CHARACTERS = 32_767  # of a cell, as Excel counts them: an emoji is two
NARROWEST, WIDEST = 6, 36  # characters of a column; longer text wraps
SAMPLE = 500  # rows that are looked at for a column's width
DATED = re.compile(r"(?:^when$|\bon$|^due$|^meeting$)", re.I)
ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")
WORDED = "In words"
FIRST_YEAR = 1901  # Excel's own calendar is wrong before
HIDDEN = ("Before", "After")  # what only a program reads again; "In words" stands beside them
INERT = ("=", "+", "-", "@", "'", "\t")  # what somebody who edits the cell would make a formula of
UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # XML has no way to say these; other control characters it escapes
EXACT = 2**53  # beyond which a workbook's numbers lose their last digits
A4 = 9

FILLS = {
    "red": ("#FFC7CE", "#9C0006"),
    "amber": ("#FFEB9C", "#7F4F00"),
    "green": ("#C6EFCE", "#006100"),
    "grey": ("#E7E6E6", "#404040"),
}
PLAIN: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D0D0D0"}
HEADING = PLAIN | {"bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF"}


def workbook(document: Document) -> bytes:
    """An XLSX file. A table too long for a sheet goes on in another; a text too long for a cell goes on in columns at the end, each
    headed as its own with "(continued)". Characters that no XML file can hold (lone surrogates, U+FFFE and U+FFFF) become U+FFFD."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    inert = {"constant_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    book = Workbook(out, inert)
    book.set_properties({"title": writable(document.name)})
    names: set[str] = set()
    for table in document.sheets:
        for number, part in enumerate(_parts(continued(table))):
            sheet = book.add_worksheet(sheet_name(f"{table.title} {number + 1}" if number else table.title, names))
            Sheet(book, sheet, part).write(document.name)
    if not document.sheets:
        book.add_worksheet()
    book.close()
    return out.getvalue()


@dataclass
class Sheet:
    """A table on its way to becoming a sheet."""

    book: Any
    sheet: Any
    table: Table
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)

    def write(self, document: str) -> None:
        """Headings and rows, in the order in which memory lets go of them."""
        self._set_up_page(document)
        dated = [bool(DATED.search(heading)) for heading in self.table.headings]
        for column, heading in enumerate(self.table.headings):
            hidden = {"hidden": heading in HIDDEN and WORDED in self.table.headings}
            self.sheet.set_column(column, column, width(self.table, column), None, hidden)
            self.sheet.write_string(0, column, writable(heading), self._format(HEADING))
        for number, row in enumerate(self.table.rows, 1):
            for column, cell in enumerate(row):
                self._write(number, column, cell, column < len(dated) and dated[column])

    def _set_up_page(self, document: str) -> None:
        sheet, columns = self.sheet, len(self.table.headings)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS + 1}"})
        sheet.freeze_panes(1, 1 if columns > 1 else 0)
        name = writable(document).replace("&", "&&")[:100]
        sheet.set_footer(f"&L{name}&C&A&RPage &P of &N")
        if columns:
            sheet.autofilter(0, 0, len(self.table.rows), columns - 1)

    def _write(self, row: int, column: int, cell: Cell, dated: bool) -> None:
        if cell is None or cell == "":
            self.sheet.write_blank(row, column, None, self._format(PLAIN))
        elif isinstance(cell, str):
            day = day_of(cell) if dated else None
            if day:
                self.sheet.write_datetime(row, column, day, self._format(PLAIN | {"num_format": "d mmm yyyy", "align": "left"}))
            else:
                self.sheet.write_string(row, column, writable(cell), self._format(_look(cell)))
        elif cell == cell and abs(cell) <= EXACT:
            self.sheet.write_number(row, column, cell, self._format(PLAIN))
        else:
            self.sheet.write_string(row, column, str(cell), self._format(PLAIN))

    def _format(self, look: Mapping[str, Any]) -> Any:
        kept = tuple(look.items())
        if kept not in self.formats:
            self.formats[kept] = self.book.add_format(dict(look))
        return self.formats[kept]


def _look(text: str) -> dict[str, Any]:
    fill = FILLS.get(rag(text))
    coloured = {"bg_color": fill[0], "font_color": fill[1]} if fill else {}
    return PLAIN | coloured | ({"quote_prefix": True} if text.startswith(INERT) else {})


def day_of(text: str) -> date | None:
    """The day of an ISO date, where a workbook can hold it as one."""
    if not ISO_DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= FIRST_YEAR else None


def writable(text: str) -> str:
    """A text as XML can hold it."""
    return UNWRITABLE.sub("\ufffd", text)


def continued(table: Table) -> Table:
    """The table with further columns for what is too long for a cell. Nearly always the table itself."""
    pieces = [max((_pieces(cell) for cell in _column(table, column)), default=1) for column in range(len(table.headings))]
    if max(pieces, default=1) == 1:
        return table
    more = [(column, piece) for column, most in enumerate(pieces) for piece in range(1, most)]
    headings = [f"{table.headings[column]} (continued{f' {piece}' if piece > 1 else ''})" for column, piece in more]
    rows = [[*(_piece(cell, 0) for cell in row), *(_piece(row[column], piece) for column, piece in more)] for row in table.rows]
    return Table([*table.headings, *headings], rows, table.title)


def _column(table: Table, column: int) -> Iterator[Cell]:
    return (row[column] if column < len(row) else None for row in table.rows)


def _step(text: str) -> int:
    return MOST_CHARACTERS if max(text, default="") <= "\uffff" else MOST_CHARACTERS // 2


def _pieces(cell: Cell) -> int:
    """How many cells it takes."""
    if not isinstance(cell, str) or len(cell) <= MOST_CHARACTERS // 2:
        return 1
    return -(-len(cell) // _step(cell))


def _piece(cell: Cell, number: int) -> Cell:
    if _pieces(cell) == 1 or not isinstance(cell, str):
        return None if number else cell
    step = _step(cell)
    return cell[number * step : (number + 1) * step]


def _parts(table: Table) -> Iterator[Table]:
    """The table in as many parts as it needs sheets; at least one."""
    for start in range(0, max(len(table.rows), 1), MOST_ROWS):
        yield Table(table.headings, table.rows[start : start + MOST_ROWS], table.title)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel lets a sheet have: 31 characters, none of []:*?/\\, no quote at either end, and each once in any case."""
    plain = re.sub(r"[\[\]:*?/\\\x00-\x1f]", " ", writable(title)).strip().strip("'").strip() or "Sheet"
    for number in range(1, 10_000):
        end = f" {number}" if number > 1 else ""
        name = _shortened(plain, 31 - len(end)).rstrip(" '") + end
        if name.lower() not in taken:
            taken.add(name.lower())
            return name
    raise AssertionError("a document has fewer sheets")


def _shortened(text: str, most: int) -> str:
    """As many characters as fit, an emoji being two."""
    while len(text.encode("utf-16-le")) // 2 > most:
        text = text[:-1]
    return text


def width(table: Table, column: int) -> float:
    """How wide a column should be, in characters: as its longest line among the first rows, within bounds."""
    cells = islice(_column(table, column), SAMPLE)
    longest = max((len(line) for cell in cells for line in str("" if cell is None else cell).splitlines()), default=0)
    return min(max(longest + 1, len(table.headings[column]) + 3, NARROWEST), WIDEST)  # 3: the filter's arrow
