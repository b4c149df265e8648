"""A table as it stands in a file: its values, and what the values alone do not say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | date | datetime | time | timedelta | None
Range = tuple[int, int, int, int]  # top, left, bottom, right; all from 0 and within


@dataclass(frozen=True)
class Table:
    """Every row from the first; text is as it stands and empty cells are None. `name` is "sheet 'Log'", "table 2" or ""."""

    name: str
    rows: list[list[Value]]
    merged: list[Range] = field(default_factory=list)
    unkept: list[tuple[int, int]] = field(default_factory=list)  # formulas that the file keeps no value for
    errors: list[tuple[int, int, str]] = field(default_factory=list)  # cells that show #REF! and the like

    @property
    def called(self) -> str:
        """Its name at the start of a sentence."""
        return self.name[:1].upper() + self.name[1:]

    def where(self, row: int) -> str:
        """How a person finds a row (from 0): "row 5 of sheet 'Log'"."""
        return f"row {row + 1} of {self.name}" if self.name else f"row {row + 1}"

    def filled(self) -> int:
        """How many rows hold anything."""
        return sum(any(value is not None for value in row) for row in self.rows)


def kept(value: object) -> Value:
    """Nothing, and text of white space alone, is None; anything else as it is."""
    if value is None or (isinstance(value, str) and not value.strip()) or value != value:
        return None
    return value if isinstance(value, str | int | float | date | time | timedelta) else str(value)
