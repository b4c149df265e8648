"""Sheets of plain values, what a file truly is, and the reading of text files. Nothing here knows about crime."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import cast
from zipfile import ZipFile

from models.base import Refusal
from models.sources.workbook.cellerrors import MOST_PLACES, column_name

Value = str | int | float | datetime | None  # also the odd bool or time of day, which no reader takes for a figure
MiB = 1024 * 1024
MOST_BYTES = 50 * MiB
MOST_UNPACKED = 512 * MiB
MOST_RATIO = 200


@dataclass(frozen=True)
class Sheet:
    """One sheet, every row from the first; text is trimmed and empty cells are None. A text file's sheet has no name."""

    name: str
    rows: list[list[Value]]

    def at(self, row: int, column: int) -> Value:
        """The value there (both from 0), or None beyond the edge."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else None

    def place(self, row: int, column: int) -> str:
        """How a person finds the cell: "cell C5 of sheet 'ASB'", or "row 5, column C" of a text file."""
        name = column_name(column)
        return f"cell {name}{row + 1} of sheet '{self.name}'" if self.name else f"row {row + 1}, column {name}"

    @property
    def width(self) -> int:
        """Columns in the widest row."""
        return max(map(len, self.rows), default=0)


def kind_of(path: Path) -> str:
    """ "csv", "xlsx", "xls" or "ods" by content, or words for anything else."""
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refusal(f"'{path.name}' is {size / MiB:.0f} MiB and I read files up to 50 MiB. Send fewer months or measures.")
    start = path.read_bytes()[:4096]
    if start.startswith(b"PK"):
        return kind_of_zip(path)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return kind_of_ole(path)
    return kind_of_text(start)


def kind_of_text(start: bytes) -> str:
    """ "csv" for plain text, or words for what only looks like it."""
    opening = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if opening.startswith(b"%pdf"):
        return "a PDF"
    if opening.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return "a web page or XML"
    utf16 = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "something that is not text" if b"\0" in start and not utf16 else "csv"


def kind_of_zip(path: Path) -> str:
    """Which of the formats that are zip files inside; refuses one that unpacks to too much."""
    try:
        with ZipFile(path) as archive:
            guard_unpacking(path, archive)
            names = set(archive.namelist())
            spreadsheet = "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")
    except Refusal:
        raise
    except Exception as broken:  # a damaged zip fails in a dozen ways, from its directory to its last byte
        raise damaged(path) from broken
    if "xl/workbook.xml" in names:
        return "xlsx"
    others = {"xl/workbook.bin": "a binary Excel workbook (.xlsb)", "word/document.xml": "a Word document"}
    return "ods" if spreadsheet else next((said for name, said in others.items() if name in names), "a zip file")


def guard_unpacking(path: Path, archive: ZipFile) -> None:
    """Refuse a zip bomb by its declared sizes, then hold it to them: a member that lies fails its checksum."""
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * path.stat().st_size:
        raise Refusal(
            f"'{path.name}' unpacks to {unpacked / MiB:.0f} MiB from {path.stat().st_size / MiB:.1f} MiB: more than I open "
            f"({MOST_UNPACKED // MiB} MiB, and {MOST_RATIO} times its size). Copy the figures into a new workbook and send that."
        )
    if archive.testzip() is not None:
        raise damaged(path)


def kind_of_ole(path: Path) -> str:
    """ "xls", or words for the other things kept in the same container."""
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refusal(f"'{path.name}' is locked with a password, so I cannot read it. Save it without one and send that.")
    return "xls" if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")) else "an old Office file"


def damaged(path: Path) -> Refusal:
    return Refusal(f"I could not open '{path.name}': it seems damaged. Open it, save it again as .xlsx or .csv and send that.")


def folded(value: object) -> Value:
    """Text trimmed with its white space folded; nothing, "" and NaN are None; anything else as it is."""
    if isinstance(value, str):
        return " ".join(value.replace("\u200b", "").replace("\ufeff", "").split()) or None
    return None if value is None or value != value else cast("Value", value)


def text_rows(path: Path) -> list[list[Value]]:
    """The rows of a text file, in whichever of the usual encodings and delimiters it was saved."""
    text = decoded(path)
    if not text.strip():
        raise Refusal(f"'{path.name}' is empty. I expected a heading row with months or the columns month, area and count.")
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=max(",;\t", key=partial(regularity, text))))
    except csv.Error as broken:
        raise damaged(path) from broken
    if sum(map(len, rows)) > MOST_PLACES:
        raise Refusal(f"'{path.name}' has {sum(map(len, rows)):,} cells and I read up to {MOST_PLACES:,}. Send fewer months.")
    return [[folded(value) for value in row] for row in rows]


def regularity(text: str, delimiter: str) -> int:
    """How many rows share the commonest width above one: the true delimiter makes a table, the others do not."""
    rows = islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), 500)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return max(widths.values(), default=0)


def decoded(path: Path) -> str:
    """UTF-16 with its mark, UTF-8 with or without, else Windows' western European."""
    content = path.read_bytes()
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refusal(f"I could not tell how the text in '{path.name}' is encoded. Save it as 'CSV UTF-8' and send that.")
