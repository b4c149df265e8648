"""The sheets of a workbook as tables: values as they stand, merged cells, errors, and formulas that were never worked out."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from models.sources.log.tables import Range, Table, kept
from models.sources.workbook.cellerrors import column_number, errors_in, local, xlsx_members


def sheets(path: Path, kind: str) -> tuple[list[Table], list[str]]:
    """(sheets that can be seen, names of the hidden ones). Refuses sheets that reach too far."""
    from python_calamine import CalamineWorkbook

    errors, unkept = errors_in(path, kind), unkept_in(path) if kind == "xlsx" else {}
    found, hidden = [], []
    with CalamineWorkbook.from_path(str(path)) as book:
        for about in book.sheets_metadata:
            if not str(about.typ).endswith(".WorkSheet"):
                continue
            if not str(about.visible).endswith(".Visible"):
                hidden.append(about.name)
                continue
            sheet = book.get_sheet_by_name(about.name)
            rows = [[kept(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            merged = ranges(sheet.merged_cell_ranges)
            found.append(Table(f"sheet '{about.name}'", rows, merged, unkept.get(about.name, []), errors.get(about.name, [])))
    return found, hidden


def ranges(merged: list[tuple[tuple[int, int], tuple[int, int]]] | None) -> list[Range]:
    """Merged cells from the top down. An OpenDocument file tells of none."""
    return sorted((top, left, bottom, right) for (top, left), (bottom, right) in merged or [])


def unkept_in(path: Path) -> dict[str, list[tuple[int, int]]]:
    """{sheet: cells} with a formula and no value: a workbook written by a program and never opened in Excel."""
    with ZipFile(path) as archive:
        return {name: unkept_cells(archive, member) for name, member in xlsx_members(archive)}


def unkept_cells(archive: ZipFile, member: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    with archive.open(member) as stream:
        for _, node in ElementTree.iterparse(stream):
            if local(node.tag) == "c" and node.get("t") != "str" and formula_alone(node):  # "str" keeps an empty text rightly
                place = node.get("r", "")
                found.append((int(place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1, column_number(place)))
            elif local(node.tag) == "row":
                node.clear()
    return found


def formula_alone(cell: ElementTree.Element) -> bool:
    inside = {local(each.tag): each.text or "" for each in cell}
    return "f" in inside and not inside.get("v")
