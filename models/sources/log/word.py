"""The tables of a Word file. Read from its XML, because tracked changes and drop-down boxes hold words as well."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

from models.sources.log.tables import Range, Table, Value, kept
from models.sources.workbook.cellerrors import local, said

# Old words of a tracked change, and the second copy of a drawing, are not what a reader sees.
UNSEEN = {"del", "moveFrom", "Fallback", "pPr", "rPr"}
BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "noBreakHyphen": "-"}
MOST_WIDE = 63  # columns: Word itself makes no more


@dataclass(frozen=True)
class Cell:
    """A cell of a Word table. `down` is "restart" where cells merged downwards begin, "continue" where they go on, else ""."""

    left: int
    wide: int
    down: str
    text: Value


def tables(path: Path) -> list[Table]:
    """Every table, also one inside another, from the top of the document."""
    with ZipFile(path) as archive:
        document = fromstring(archive.read("word/document.xml"))
    return [table(found, number) for number, found in enumerate(every_table(document), 1)]


def every_table(node: Element) -> Iterator[Element]:
    for each in node:
        if local(each.tag) == "tbl":
            yield each
        if local(each.tag) not in UNSEEN:
            yield from every_table(each)


def table(found: Element, number: int) -> Table:
    """Its rows. A merged cell stands once: in its first row and its first column."""
    grid = [list(cells(row)) for row in within(found, "tr")]
    merged = [reach(grid, top, cell) for top, row in enumerate(grid) for cell in row if cell.down != "continue"]
    return Table(f"table {number}", [laid_out(row) for row in grid], [each for each in merged if each[:2] != each[2:]])


def cells(row: Element) -> Iterator[Cell]:
    left = wide_of(row, "gridBefore", 0)
    for each in within(row, "tc"):
        wide, merge = wide_of(each, "gridSpan", 1), setting(each, "vMerge")
        yield Cell(left, wide, "" if merge is None else said(merge, "val") or "continue", kept(written(each)))
        left += wide


def wide_of(node: Element, name: str, otherwise: int) -> int:
    found = setting(node, name)
    return otherwise if found is None else min(MOST_WIDE, int(said(found, "val")))


def setting(node: Element, name: str) -> Element | None:
    """A property of a row or of a cell."""
    return next((each for kind in node if local(kind.tag) in ("trPr", "tcPr") for each in kind if local(each.tag) == name), None)


def reach(grid: list[list[Cell]], top: int, cell: Cell) -> Range:
    """How far a cell reaches: down over those that go on from it, and across."""
    bottom = top
    while cell.down and bottom + 1 < len(grid) and any(each.left == cell.left and each.down == "continue" for each in grid[bottom + 1]):
        bottom += 1
    return top, cell.left, bottom, cell.left + cell.wide - 1


def laid_out(row: list[Cell]) -> list[Value]:
    values: list[Value] = [None] * max((cell.left + cell.wide for cell in row), default=0)
    for cell in row:
        values[cell.left] = None if cell.down == "continue" else cell.text
    return values


def within(node: Element, name: str) -> Iterator[Element]:
    """Rows of a table, or cells of a row, also those wrapped in a content control or a tracked change; of no inner table."""
    for each in node:
        if local(each.tag) == name:
            yield each
        elif local(each.tag) not in UNSEEN | {"tbl", "tr", "tc"}:
            yield from within(each, name)


def written(cell: Element) -> str:
    """The words of a cell, each paragraph on a line of its own, without those of a table inside it."""
    return "\n".join("".join(pieces(paragraph)).strip() for paragraph in within(cell, "p")).strip()


def pieces(node: Element) -> Iterator[str]:
    for each in node:
        kind = local(each.tag)
        if kind == "t":
            yield each.text or ""
        elif kind in BREAKS:
            yield BREAKS[kind]
        elif kind not in UNSEEN | {"tbl"}:
            yield from pieces(each)
