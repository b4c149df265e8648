"""The rows under a heading row: each an action, a section's heading, the headings once more, or something to tell of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from models.drafted import Drafted
from models.sources.log.action import action
from models.sources.log.cells import words
from models.sources.log.columns import Columns, columns_of
from models.sources.log.merged import unmerged
from models.sources.log.tables import Table, Value

_SECTION = re.compile(r"^(?:(?:section|priority|theme|part|strand|objective)\s*\d*\s*[:.)–-]+|section \d+|\d+[.)])\s*", re.I)
_NO_PRIORITY = re.compile(
    r"\b(?:actions?|meeting|minutes|log|closed|completed?|open|outstanding|forward|matters|arising|aob|other|updated|key|notes?|source)\b|\d",
    re.I,
)
_NUMBER_ALONE = re.compile(r"[a-z]{0,6}[-/ ]?\d[\d./-]*[a-z]?", re.I)  # a row numbered in advance, with nothing agreed yet
MOST_NAMED = 5


@dataclass
class Gathered:
    """What a table's rows come to: actions, headings of sections, and rows with no action in them."""

    rows: list[Drafted] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    priorities: bool = False  # whether sections were taken as priorities
    without: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """What to tell of them, in sentences."""
        told = list(self.said)
        if self.sections:
            taken = ", and taken as the priority of the rows under them" if self.priorities else ""
            told.append(f"Headings of sections were left out{taken}: {named(self.sections)}.")
        if self.without:
            told.append(f"Rows with no action in them were left out: {named(self.without)}.")
        return told


def named(what: list[str]) -> str:
    """The first few, and how many more there are."""
    more = len(what) - MOST_NAMED
    return "; ".join(what[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def gather(table: Table, columns: Columns, today: date) -> Gathered:
    """Read every row below the headings."""
    found, section = Gathered(), ""
    found.said += misread(table, columns)
    rows = unmerged(table, columns, found.said)
    for row in range(columns.row + 1, len(rows)):
        values = rows[row]
        again = columns_of(row, values, loosely=False)
        if again is not None:
            columns = again
            continue
        cells = {name: values[column] for name, column in columns.places.items() if column < len(values)}
        heading = section_heading(table, row, values, columns)
        if heading:
            section = priority_in(heading) if "priority" not in columns.places else ""
            found.sections.append(heading)
            found.priorities |= bool(section)
        elif words(cells.get("wording")):
            found.rows.append(action(cells, row + 1, today, columns.own, section, found.said))
        elif told := told_of(values):
            found.without.append(f"{table.where(row)} ({told})")
    return found


def told_of(values: list[Value]) -> str:
    """What a row without an action holds, cut short; "" where that is nothing or a number given in advance."""
    told = [text for value in values if (text := words(value))]
    return "" if len(told) == 1 and _NUMBER_ALONE.fullmatch(told[0]) else ", ".join(told)[:60]


def section_heading(table: Table, row: int, values: list[Value], columns: Columns) -> str:
    """The heading of a section, which stands alone in its row; "" for any other row."""
    filled = [column for column, value in enumerate(values) if value is not None]
    texts = list(dict.fromkeys(words(values[column]) for column in filled))
    if len(texts) != 1 or not re.search(r"[^\W\d_]", texts[0]) or _NUMBER_ALONE.fullmatch(texts[0]):
        return ""
    across = len(filled) > 1 or any(top == row == bottom and right > left for top, left, bottom, right in table.merged)
    wording = columns.places["wording"]
    before = filled[0] < wording and filled[0] != columns.places.get("owner")
    alone = before or (filled[0] == wording and like_heading(texts[0]))
    return " ".join(texts[0].split()) if (across or alone) and not columns.own else ""


def like_heading(text: str) -> bool:
    """Whether words alone under Action are a section's heading: "BURGLARY", "Section 2: Burglary", "Vehicle crime"."""
    count = len(text.split())
    return text.endswith(":") or bool(_SECTION.match(text)) or count <= 3 or (text.isupper() and count <= 8)


def priority_in(heading: str) -> str:
    """The priority a section is about: "Section 2: Burglary" is "Burglary"; "" for "Closed actions" and the like."""
    about = _SECTION.sub("", heading).strip(" :–-")
    return "" if _NO_PRIORITY.search(about) else about


def misread(table: Table, columns: Columns) -> list[str]:
    """Cells whose value the file does not hold, in sentences. They are read as empty, so that what they lack is asked for."""
    heads = {column: columns.headings[column] for column in columns.places.values()}

    def read(row: int, column: int) -> bool:
        return row > columns.row and column in heads

    told = []
    unkept = [f"'{heads[column]}' in {table.where(row)}" for row, column in table.unkept if read(row, column)]
    if unkept:
        told.append(f"Formulas without a kept value were read as empty: {named(unkept)}. Save the file in Excel and send it again.")
    errors = [f"'{heads[column]}' in {table.where(row)} ({error})" for row, column, error in table.errors if read(row, column)]
    if errors:
        told.append(f"Cells in error were read as empty: {named(errors)}.")
    return told
