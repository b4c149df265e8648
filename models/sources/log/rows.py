"""The rows under a heading row: each an action, a section's heading, the headings once more, or something to tell of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from models.drafted import Drafted
from models.sources.log.action import FINISHED, action, disagree
from models.sources.log.cells import words
from models.sources.log.columns import Columns, columns_of
from models.sources.log.merged import unmerged
from models.sources.log.statuses import is_red, status_of
from models.sources.log.tables import Table, Value

_SECTION = re.compile(r"^(?:(?:section|priority|theme|part|strand|objective)\s*\d*\s*[:.)–-]+|section \d+|\d+[.)])\s*", re.I)
_NO_PRIORITY = re.compile(
    r"\b(?:actions?|meeting|minutes|log|closed|completed?|open|outstanding|forward|matters|arising|aob|other|updated|key|notes?|source)\b|\d",
    re.I,
)
_NUMBER_ALONE = re.compile(r"[a-z]{0,6}[-/ ]?\d[\d./-]*[a-z]?", re.I)  # a row numbered in advance, with nothing agreed yet
_KEY = re.compile(r"(?:(?:rag|colou?r|status)\s+)*(?:key|legend)\b\s*(?::.*|to (?:the )?(?:rag|colou?rs?|status)\b.*)?", re.I | re.S)
_COLOUR = re.compile(r"(?:[rabg]|red|amber|green|blue|gr[ea]y|yellow|white)\b", re.I)
_ABOUT = re.compile(r"\b(?:actions?|items?|tasks?|section|log)\b", re.I)
MOST_NAMED = 5
LEFT_OUT = "Headings and notes that say nothing of an action were left out: {}."


@dataclass
class Gathered:
    """What a table's rows come to: actions, headings of sections, and rows with no action in them."""

    rows: list[Drafted] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)  # taken as priorities
    finished: list[str] = field(default_factory=list)  # taken as how the rows under them stand
    headings: list[str] = field(default_factory=list)  # taken as nothing
    without: list[str] = field(default_factory=list)
    red: list[str] = field(default_factory=list)  # blocked because their colour is red, with no word of why
    disagreeing: list[str] = field(default_factory=list)  # whose colour says something else than their status
    said: list[str] = field(default_factory=list)
    priority: str = ""  # of the section that is being read
    status: str = ""
    in_key: bool = False

    def begin(self, heading: str, of_priorities: bool) -> None:
        """A section begins, and the one before it ends."""
        self.status, self.in_key = finished_in(heading), False
        self.priority = priority_in(heading) if of_priorities else ""
        kind = self.finished if self.status else self.sections if self.priority else self.headings
        kind.append(heading)

    def note(self, text: str) -> None:
        """A line of the key to the log's colours."""
        self.in_key = True
        self.headings.append(text.strip(" :"))

    def add(self, drafted: Drafted, cells: Mapping[str, Value], where: str) -> None:
        """An action, as the heading above it says that it stands."""
        drafted = under(self.status, drafted)
        self.rows.append(drafted)
        status, colour = words(cells.get("status")), words(cells.get("rag"))
        if drafted.status == "blocked" and not drafted.latest and (is_red(status) or is_red(colour)):
            self.red.append(where)
        if disagree(drafted.status, colour):
            self.disagreeing.append(f"{where} ({drafted.status or status}, {colour})")

    def sentences(self) -> list[str]:
        """What to tell of them, in sentences."""
        told = list(self.said)
        if self.sections:
            told.append(f"Headings of sections were left out, and taken as the priority of the rows under them: {named(self.sections)}.")
        if self.finished:
            told.append(f"The rows under these headings were read as the headings say: {named(self.finished)}.")
        if self.headings:
            told.append(LEFT_OUT.format(named(self.headings)))
        if self.red:
            told.append(f"Red, with no word of why, was read as blocked: {named(self.red)}. What is only late is red by its date.")
        if self.disagreeing:
            told.append(f"Status and RAG say different things, and the RAG was left aside: {named(self.disagreeing)}.")
        if self.without:
            told.append(f"Rows with no action in them were left out: {named(self.without)}.")
        return told


def named(what: list[str], most: int = MOST_NAMED) -> str:
    """The first few, and how many more there are."""
    more = len(what) - most
    return "; ".join(what[:most]) + (f" and {more} more" if more > 0 else "")


def gather(table: Table, columns: Columns, today: date) -> Gathered:
    """Read every row below the headings."""
    found = Gathered()
    found.said += misread(table, columns)
    rows = unmerged(table, columns, found.said)
    for row in range(columns.row + 1, len(rows)):
        values = rows[row]
        again = columns_of(row, values, loosely=False)
        if again is not None:
            columns = again
            continue
        cells = cells_of(values, columns)
        heading = section_heading(table, row, values, columns)
        key = "" if columns.own else key_in(values)
        if key or (found.in_key and is_note(cells) and (not heading or _COLOUR.match(heading))):
            found.note(key or told_of(values))
        elif heading:
            found.begin(heading, "priority" not in columns.places)
        elif words(cells.get("wording")):
            found.add(action(cells, row + 1, today, columns.own, found.priority, found.said), cells, table.where(row))
        elif told := told_of(values):
            found.without.append(f"{table.where(row)} ({told})")
    return found


def cells_of(values: Sequence[Value], columns: Columns) -> dict[str, Value]:
    """{field: value} of a row; columns of one field joined."""
    cells = {name: values[column] for name, column in columns.places.items() if column < len(values)}
    for name in set(columns.more.values()):
        of_it = [columns.places[name], *(column for column, also in columns.more.items() if also == name)]
        cells[name] = "\n".join(dict.fromkeys(filter(None, (words(values[column]) for column in of_it if column < len(values)))))
    return cells


def under(status: str, drafted: Drafted) -> Drafted:
    """A row under a heading that says it is over, as its heading says; when it was due is then no question."""
    if not status or drafted.status in FINISHED:
        return drafted
    asked = tuple(each for each in drafted.unclear if each[0] not in ("due", "status"))
    return replace(drafted, status=status, unclear=asked)


def finished_in(heading: str) -> str:
    """The status that a heading says its rows have, where they are over: "CLOSED ACTIONS" is closed; else ""."""
    status = status_of(_ABOUT.sub("", heading)) or ""
    return status if status in FINISHED else ""


def is_note(cells: Mapping[str, Value]) -> bool:
    """Whether a row under the key has nothing that makes it an action."""
    return not words(cells.get("owner")) and not words(cells.get("due"))


def key_in(values: Sequence[Value]) -> str:
    """A line that begins the key to colours, as it stands; "" for any other."""
    first = next((words(value) for value in values if value is not None), "")
    return ", ".join(words(value) for value in values if value is not None)[:60] if _KEY.fullmatch(first) else ""


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
    heads = {column: columns.headings[column] for column in (*columns.places.values(), *columns.more)}

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
