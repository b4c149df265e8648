"""A partner's file opened as plain sheets: text and XLSX, XLS and ODS workbooks come out alike, as rows of values.

A workbook is opened in a process of its own, bounded in time and memory. A damaged one can bring calamine down
("memory allocation of 118782689520 bytes failed"), and that ends the process it happens in: it must not be the bot's.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from models.base import Refusal
from models.sources.workbook.cellerrors import errors_in
from models.sources.workbook.sheets import Sheet, Value, damaged, folded, kind_of, text_rows

MOST_SECONDS = 120
MOST_MEMORY = 4 * 1024**3
KINDS = {".csv": "csv", ".txt": "csv", ".tsv": "csv", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
NAMES = {"csv": "a text file (CSV)", "xlsx": "an Excel workbook (.xlsx)", "xls": "an old Excel workbook (.xls)"}
NAMES |= {"ods": "an OpenDocument spreadsheet (.ods)"}


def open_sheets(path: Path) -> tuple[list[Sheet], list[str]]:
    """(sheets that can be seen, names of the hidden ones). Refuses what is too large, unsafe, damaged or misnamed."""
    expected, found = KINDS.get(path.suffix.lower()), kind_of(path)
    if expected is None:
        raise Refusal(f"I read .csv, .xlsx, .xls and .ods files, and '{path.name}' is none of them. Save it as one of those.")
    if found != expected:
        raise Refusal(
            f"'{path.name}' should be {NAMES[expected]} by its name, but it holds {NAMES.get(found, found)}. "
            "Open it, save it as .xlsx or .csv and send that."
        )
    return ([Sheet("", text_rows(path))], []) if found == "csv" else in_own_process(path, found)


def in_own_process(path: Path, kind: str) -> tuple[list[Sheet], list[str]]:
    """What `workbook_sheets` returns or refuses, worked out in a process that may fall."""
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1", "OPENBLAS_NUM_THREADS": "1"}
    asked = [sys.executable, "-m", "models.sources.workbook.opening", str(path), kind]
    try:
        ran = subprocess.run(asked, capture_output=True, check=True, timeout=MOST_SECONDS, env=os.environ | paths)
    except subprocess.CalledProcessError as broken:
        raise damaged(path) from broken
    except subprocess.TimeoutExpired as slow:
        raise Refusal(f"'{path.name}' took over {MOST_SECONDS} seconds to open. Send fewer months or measures, or a CSV file.") from slow
    answer = pickle.loads(ran.stdout)  # written by ourselves, below
    if isinstance(answer, Refusal):
        raise answer
    sheets, hidden = answer
    return sheets, hidden


def workbook_sheets(path: Path, kind: str) -> tuple[list[Sheet], list[str]]:
    """Every sheet of a workbook. Cells in error are put back as "#REF!" and the like, which calamine reads as empty."""
    import pandas as pd

    errors, sheets, hidden = errors_in(path, kind), [], []
    with pd.ExcelFile(path, engine="calamine") as book:
        for about in book.book.sheets_metadata:
            if about.name not in book.sheet_names:
                continue  # a chart
            if not str(about.visible).endswith(".Visible"):
                hidden.append(about.name)
                continue
            frame = pd.read_excel(book, sheet_name=about.name, header=None, dtype=object, keep_default_na=False, na_filter=False)
            sheets.append(Sheet(about.name, restored(frame.to_numpy().tolist(), errors.get(about.name, []))))
    return sheets, hidden


def restored(rows: list[list[object]], errors: list[tuple[int, int, str]]) -> list[list[Value]]:
    """Values folded, with the cells in error in their places (errors may lie beyond the last value)."""
    folded_rows = [[folded(value) for value in row] for row in rows]
    for row, column, error in errors:
        folded_rows.extend([] for _ in range(row + 1 - len(folded_rows)))
        folded_rows[row].extend([None] * (column + 1 - len(folded_rows[row])))
        folded_rows[row][column] = error
    return folded_rows


def bound_memory() -> None:
    """Hold this process to its bound, where the system can."""
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    except (ImportError, ValueError, OSError):
        return


if __name__ == "__main__":
    bound_memory()
    try:
        answer: object = workbook_sheets(Path(sys.argv[1]), sys.argv[2])
    except Refusal as refusal:
        answer = refusal
    sys.stdout.buffer.write(pickle.dumps(answer))
