"""A log of actions read from an Excel or Word file, with what was taken as what and what was not understood. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.base import Refusal
from models.drafted import Drafted
from models.sources.log.cells import verbatim, words
from models.sources.log.columns import FIRST_ROWS, Columns, find_columns
from models.sources.log.merged import rejoined
from models.sources.log.opening import open_tables
from models.sources.log.rows import gather, named
from models.sources.log.tables import Table

MOST_ROWS = 20_000
EXPECTED = "heading row with Action, and Owner, Due or Status"
HISTORY = ["Reference", "When", "By", "For", "From where", "What", "Words", "Before", "After"]


class NotALog(Refusal):
    """A file that could be read, and has no table of actions."""


@dataclass(frozen=True)
class Past:
    """One line of an action's history, as our own export writes it. `at` is an ISO time; the rest are words as they stand."""

    ref: str
    at: str
    by: str
    for_: str
    where: str
    verb: str
    words: str
    before: str
    after: str


@dataclass(frozen=True)
class Log:
    """A log of actions as found: its rows, which column was taken as what, what was not understood."""

    rows: tuple[Drafted, ...]
    columns: tuple[tuple[str, str], ...]  # (heading as found, field it is taken as)
    ignored: tuple[str, ...]  # headings not taken
    said: tuple[str, ...]  # sentences for the preview
    history: tuple[Past, ...] = ()


def read_log(path: Path, today: date) -> Log:
    """Read an .xlsx, .xls, .ods, .csv or .docx file. Refuses in plain words what it cannot; NotALog where it has no actions."""
    opened, hidden = open_tables(path)
    tables = [rejoined(table) for table in opened]
    logs = [table for table in tables if not is_history(table)]
    headed, passed = with_columns(logs)
    if not headed:
        raise nothing_found(path, logs)
    refuse_long(path, [table for table, _ in headed])
    said = [f"Sheet '{name}' is hidden in the workbook and was not read." for name in hidden]
    said += [f"{table.called} has no {EXPECTED}, and was not read." for table in passed if table.filled()]
    rows: list[Drafted] = []
    for table, columns in headed:
        found = gather(table, columns, today)
        rows += found.rows
        said += columns.said + found.sentences()
    history = tuple(past for table in tables if is_history(table) for past in pasts(table))
    return Log(tuple(rows), *taken([columns for _, columns in headed]), tuple(dict.fromkeys(said + several(headed))), history)


def refuse_long(path: Path, tables: list[Table]) -> None:
    filled = sum(table.filled() for table in tables)
    if filled > MOST_ROWS:
        raise Refusal(
            f"'{path.name}' has {filled:,} rows and I read up to {MOST_ROWS:,}. Send the actions that matter, or one year at a time."
        )


def with_columns(tables: list[Table]) -> tuple[list[tuple[Table, Columns]], list[Table]]:
    """(tables of actions with their columns, the others). A Word table cut in two has its headings in the first part alone."""
    headed: list[tuple[Table, Columns]] = []
    passed = []
    for table in tables:
        columns = find_columns(table.rows) or (follows(table, *headed[-1]) if headed else None)
        if columns is None:
            passed.append(table)
        else:
            headed.append((table, columns))
    return headed, passed


def follows(table: Table, before: Table, columns: Columns) -> Columns | None:
    """The columns of the table before, where this one is the rest of it."""
    width = {len(row) for row in table.rows}
    if not table.name.startswith("table") or width != {len(columns.headings)}:
        return None
    return Columns(-1, columns.headings, columns.places, [f"{table.called} was read with the headings of {before.name}."])


def taken(columns: list[Columns]) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """(headings with their fields, headings not taken), each once."""
    pairs = dict.fromkeys(pair for each in columns for pair in each.taken)
    return tuple(pairs), tuple(dict.fromkeys(heading for each in columns for heading in each.ignored))


def several(headed: list[tuple[Table, Columns]]) -> list[str]:
    """A word of warning where sheets may be of several groups and no column says so: CSAG's must not become JAG's."""
    silent = [table.name for table, columns in headed if table.name.startswith("sheet") and "group" not in columns.places]
    if len(silent) < 2:
        return []
    return [f"Several sheets were read, and no column says the group: {named(silent)}. All their actions go to one group."]


def is_history(table: Table) -> bool:
    """Whether it is the History sheet of our own export."""
    return table.name == "sheet 'History'" and history_head(table) is not None


def history_head(table: Table) -> int | None:
    heads = ([words(value) for value in row[: len(HISTORY)]] for row in table.rows[:FIRST_ROWS])
    return next((row for row, values in enumerate(heads) if values == HISTORY), None)


def pasts(table: Table) -> list[Past]:
    below = table.rows[(history_head(table) or 0) + 1 :]
    rows = ([verbatim(value) for value in row[: len(HISTORY)]] for row in below)
    return [Past(*row) for row in rows if any(row)]


def nothing_found(path: Path, tables: list[Table]) -> NotALog:
    first = next((row for table in tables for row in table.rows if any(value is not None for value in row)), [])
    shown = ", ".join(f"'{words(value)[:40]}'" for value in first[:8] if value is not None)
    told = f"its first row has {shown}" if shown else "it holds no table with words in it"
    return NotALog(
        f"I found no table of actions in '{path.name}'. I expected a {EXPECTED}, and {told}. Add the headings and send it again."
    )
