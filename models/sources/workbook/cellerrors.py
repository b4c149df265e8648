"""What calamine keeps quiet about: which cells of a workbook hold an error, and how far its sheets truly reach.

calamine reads #REF! and #DIV/0! as empty, and an empty cell may count as 0. It also lays out the whole rectangle up to
the last cell, so one stray cell at XFD1048576 would exhaust the memory. Both are found by a look at the XML beforehand.
An old .xls keeps no XML and can be no larger than 65,536 x 256: there an error stays an empty cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from posixpath import join, normpath
from re import fullmatch
from xml.etree import ElementTree
from zipfile import ZipFile

from models.base import Refusal

MOST_PLACES = 3_000_000
Errors = dict[str, list[tuple[int, int, str]]]
REPEATED = "number-{}-repeated"


def column_name(column: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    while column >= 0:
        name, column = chr(65 + column % 26) + name, column // 26 - 1
    return name


def errors_in(path: Path, kind: str) -> Errors:
    """{sheet name: [(row, column, "#REF!")]}, rows and columns from 0. Refuses sheets that reach too far."""
    if kind == "xls":
        return {}
    with ZipFile(path) as archive:
        if kind == "ods":
            return dict(ods_errors(archive))
        return {name: xlsx_errors(archive, name, member) for name, member in xlsx_members(archive)}


def xlsx_members(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """(sheet name, its file in the zip) for each worksheet."""
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): link.get("Target", "") for link in links if "worksheet" in link.get("Type", "")}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        link = next((value for key, value in sheet.items() if local(key) == "id"), None)
        if local(sheet.tag) == "sheet" and link in targets:
            yield sheet.get("name", ""), normpath(join("/xl", targets[link])).lstrip("/")


def xlsx_errors(archive: ZipFile, name: str, member: str) -> list[tuple[int, int, str]]:
    errors, lowest, furthest, row, column = [], 0, 0, -1, -1
    with archive.open(member) as stream:
        for event, node in ElementTree.iterparse(stream, ("start", "end")):
            kind = local(node.tag)
            if event == "start" and kind == "row":
                row, column = int(node.get("r") or row + 2) - 1, -1
            elif event == "start" and kind == "c":
                column = column_number(node.get("r", "")) if node.get("r") else column + 1
                lowest, furthest = max(lowest, row + 1), max(furthest, column + 1)
                guard_reach(name, lowest * furthest)
            elif kind == "c" and node.get("t") == "e":
                errors.append((row, column, next((str(v.text) for v in node if local(v.tag) == "v"), "#ERROR!")))
            elif event == "end" and kind == "row":
                node.clear()
    return errors


def column_number(reference: str) -> int:
    """ "C5" is column 2."""
    letters = fullmatch(r"([A-Z]{1,3})\d+", reference)
    if letters is None:
        raise ValueError(reference)
    number = 0
    for letter in letters[1]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def ods_errors(archive: ZipFile) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """OpenDocument says a value once and how often it repeats: an error is marked, but reads as empty text."""
    with archive.open("content.xml") as stream:
        for _, node in ElementTree.iterparse(stream):
            if local(node.tag) == "table":
                yield said(node, "name"), ods_table(node)
                node.clear()


def ods_table(table: ElementTree.Element) -> list[tuple[int, int, str]]:
    errors, top, lowest, furthest = [], 0, 0, 0
    for row in (node for node in table.iter() if local(node.tag) == "table-row"):
        left = 0
        for cell in (node for node in row if local(node.tag) in ("table-cell", "covered-table-cell")):
            if said(cell, "value-type") or len(cell):
                if any(value == "error" for key, value in cell.items() if local(key) == "value-type"):
                    errors.append((top, left, "".join(cell.itertext()).strip() or "#ERROR!"))
                lowest = max(lowest, top + repeats(row, "rows"))
                furthest = max(furthest, left + repeats(cell, "columns"))
                guard_reach(said(table, "name"), lowest * furthest)
            left += repeats(cell, "columns")
        top += repeats(row, "rows")
    return errors


def guard_reach(name: str, places: int) -> None:
    if places > MOST_PLACES:
        raise Refusal(
            f"Sheet '{name}' reaches over {places:,} cells and I read up to {MOST_PLACES:,}. "
            "Delete the rows and columns outside the table, or copy the table into a new workbook."
        )


def repeats(node: ElementTree.Element, of: str) -> int:
    return int(said(node, REPEATED.format(of)) or 1)


def said(node: ElementTree.Element, attribute: str) -> str:
    """The attribute, whatever its namespace."""
    return next((value for key, value in node.items() if local(key) == attribute), "")


def local(tag: str) -> str:
    return tag.rpartition("}")[2]
