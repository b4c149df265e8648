"""A table's cells as text: what every screen that draws tables needs, without rich, which Slack does not."""

from __future__ import annotations

import re

from commands.reply import Cell, Table

RAG = re.compile(r"(red|amber|green|grey)(?=$|:)")


def shown(cell: Cell) -> str:
    """A cell as text: thousands with commas, nothing for None."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:,}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def numeric(part: Table, column: int) -> bool:
    """Whether a column is to stand to the right: every cell a number, a percentage or nothing."""
    cells = [row[column] for row in part.rows]
    return all(not isinstance(cell, str) or cell.strip("+−%.,0123456789") == "" for cell in cells)


def rag(cell: Cell) -> str:
    """The colour that a cell names, with or without why ("red", "red: overdue"); empty for any other."""
    found = RAG.match(cell) if isinstance(cell, str) else None
    return found[1] if found else ""
