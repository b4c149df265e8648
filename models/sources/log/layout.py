"""The columns of a pasted line: tabs, bars, wide gaps; and the line that names them."""

from __future__ import annotations

import re

from models.sources.log.columns import Columns, columns_of, plain

_BETWEEN = re.compile(r"\t| {0,3}\|\s*| {3,}|(?<![.!?:;, ]) {2}(?=\S)")
_DASH = re.compile(r"\s+[-–—]\s+")


def cells(line: str) -> list[str]:
    """The columns of a line, empty ones as ""; one alone where the line has none."""
    bare = re.sub(r"^\s*\||\|\s*$", "", line) if line.count("|") > 1 else line
    return [" ".join(cell.split()) for cell in _BETWEEN.split(bare)]


def filled_up(line: str, count: int) -> list[str]:
    """The columns of a line as so many: empty ones at its end may be missing, or be too many. Wide gaps do not say which are."""
    parts = cells(line)
    while len(parts) > count and not parts[-1]:
        parts.pop()
    return [*parts, *[""] * (count - len(parts))] if re.search(r"[\t|]", line) else parts


def in_columns(line: str) -> bool:
    """Whether a line has columns."""
    return len([cell for cell in cells(line.strip()) if cell]) > 1


def dashed(line: str) -> list[str]:
    """The parts between dashes."""
    return [part.strip() for part in _DASH.split(line.strip())]


def heads(line: str) -> Columns | None:
    """The columns that a line names, "Owner Action Deadline"; None for any other line."""
    for parts in (cells(line), dashed(line), line.split() if len(line) < 80 else []):
        if len(parts) > 1 and all(plain(part) for part in parts if part):
            return columns_of(0, parts, loosely=False)
    return None
