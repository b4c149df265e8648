"""A log opened as plain tables: Word files, text and XLSX, XLS and ODS workbooks come out alike.

As with partners' workbooks, a process of its own does the opening, bounded in time and memory: a damaged file may end it.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

from models.base import Refusal
from models.sources.log.tables import Table, kept
from models.sources.workbook.opening import KINDS, MOST_SECONDS, NAMES, bound_memory
from models.sources.workbook.sheets import MOST_BYTES, MiB, decoded, kind_of, text_rows

WORD = "a Word document"  # as `kind_of` calls it
EXPECTED = KINDS | {".docx": WORD}
CALLED = NAMES | {WORD: "a Word document (.docx)"}
BROKEN = "I could not open '{}': it seems damaged. Open it, save it again and send that."


def open_tables(path: Path) -> tuple[list[Table], list[str]]:
    """(tables that can be seen, names of hidden sheets). Refuses what is too large, unsafe, damaged or misnamed."""
    kind = believed(path)
    if kind == "csv":
        if not decoded(path).strip():
            raise Refusal(f"'{path.name}' is empty. I expected a heading row with Action, Owner and Due, and a row for each action.")
        return [Table("", [[kept(value) for value in row] for row in text_rows(path)])], []
    return in_own_process(path, kind)


def believed(path: Path) -> str:
    """What the file is, where its name and its content agree."""
    expected = EXPECTED.get(path.suffix.lower())
    if expected is None:
        raise Refusal(f"I read .xlsx, .xls, .ods, .csv and .docx files, and '{path.name}' is none of them. Save it as one of those.")
    if not path.is_file():
        raise Refusal(f"There is no file {path}.")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refusal(f"'{path.name}' is {size / MiB:.0f} MiB and I read files up to 50 MiB. Take pictures out of it, or split it.")
    found = kind_of(path)
    if found != expected:
        raise Refusal(
            f"'{path.name}' should be {CALLED[expected]} by its name, but it holds {CALLED.get(found, found)}. "
            "Open it, save it as .xlsx or .docx and send that."
        )
    return found


def in_own_process(path: Path, kind: str) -> tuple[list[Table], list[str]]:
    """What `opened` returns or refuses, worked out in a process that may fall."""
    paths = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONSAFEPATH": "1"}
    asked = [sys.executable, "-m", "models.sources.log.opening", str(path), kind]
    try:
        ran = subprocess.run(asked, capture_output=True, check=True, timeout=MOST_SECONDS, env=os.environ | paths)
    except subprocess.CalledProcessError as broken:
        raise Refusal(BROKEN.format(path.name)) from broken
    except subprocess.TimeoutExpired as slow:
        raise Refusal(f"'{path.name}' took over {MOST_SECONDS} seconds to open. Copy its table into a new file and send that.") from slow
    answer = pickle.loads(ran.stdout)  # written by ourselves, below
    if isinstance(answer, Refusal):
        raise answer
    tables, hidden = answer
    return tables, hidden


def opened(path: Path, kind: str) -> tuple[list[Table], list[str]]:
    """The tables of a Word file or the sheets of a workbook."""
    from models.sources.log import book, word  # where they are needed: in the process of its own

    return (word.tables(path), []) if kind == WORD else book.sheets(path, kind)


if __name__ == "__main__":
    bound_memory()
    try:
        answer: object = opened(Path(sys.argv[1]), sys.argv[2])
    except Refusal as refusal:
        answer = refusal
    sys.stdout.buffer.write(pickle.dumps(answer))
