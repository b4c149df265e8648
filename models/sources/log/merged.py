"""Merged cells taken apart, and cut ones put together.

A file keeps the value of a merged cell once, at its top, and it is meant for all of its rows. Our own export cuts a text too long
for a cell, and its other parts stand in columns of their own.
"""

from __future__ import annotations

import re
from dataclasses import replace

from models.sources.log.cells import words
from models.sources.log.columns import Columns
from models.sources.log.tables import Table, Value

SHARED = {"group", "owner", "agency", "supporters", "priority", "due", "status", "raised_on", "raised_by", "meeting"}
ADDED = {"owner", "supporters", "latest"}  # where a second row of one action has more to say

_CONTINUED = re.compile(r"(.+) \(continued(?: \d+)?\)")


def rejoined(table: Table) -> Table:
    """The table with texts whole again that our own export cut."""
    heads = [str(value) for value in table.rows[0]] if table.rows else []
    parts = [(column, found[1]) for column, head in enumerate(heads) if (found := _CONTINUED.fullmatch(head)) and found[1] in heads]
    if not parts:
        return table
    rows = [list(row) for row in table.rows]
    for row in rows[1:]:
        for column, head in parts:
            if column < len(row) and row[column] is not None:
                row[heads.index(head)] = f"{row[heads.index(head)]}{row[column]}"
    return replace(table, rows=[row[: parts[0][0]] for row in rows])


def unmerged(table: Table, columns: Columns, said: list[str]) -> list[list[Value]]:
    """The rows with merged cells' values in each of their rows; adds a sentence for what was filled. Merges unseen stay empty."""
    fields = {column: name for name, column in columns.places.items()} | columns.more
    width = max(map(len, table.rows), default=0)
    rows = [[*row, *[None] * (width - len(row))] for row in table.rows]
    down = [(top, left, bottom) for top, left, bottom, right in table.merged if left == right and columns.row < top < bottom < len(rows)]
    for top, left, bottom in down:
        if fields.get(left) == "wording":
            join(rows, top, bottom, fields)
    filled = [columns.headings[left] for top, left, bottom in down if fields.get(left) in SHARED and fill(rows, top, left, bottom, columns)]
    if filled:
        said.append(f"Cells merged downwards were read for each of their rows: {', '.join(dict.fromkeys(filled))}.")
    return rows


def join(rows: list[list[Value]], top: int, bottom: int, fields: dict[int, str]) -> None:
    """One action over several rows: what the lower ones say is added to the first."""
    for row in range(top + 1, bottom + 1):
        for column, value in enumerate(rows[row]):
            first = rows[top][column]
            if first is None:
                rows[top][column] = value
            elif value is not None and fields.get(column) in ADDED:
                rows[top][column] = f"{words(first)}\n{words(value)}"
        rows[row] = [None] * len(rows[row])


def fill(rows: list[list[Value]], top: int, left: int, bottom: int, columns: Columns) -> bool:
    """Give a merged cell's value to its lower rows, those that are actions. Whether there was one."""
    wording = columns.places["wording"]
    lower = [row for row in range(top + 1, bottom + 1) if rows[row][wording] is not None]
    for row in lower:
        rows[row][left] = rows[top][left]
    return bool(lower)
