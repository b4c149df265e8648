"""Tells a file of figures by what is in it: police.uk street files, or a partner's workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from models.partnership import Partnership
from models.sources.counting import COLUMNS
from models.sources.partner import load_workbook
from models.sources.street import load_street
from models.sources.taking import Progress, Taken, unseen
from models.store import Store

ENOUGH = 3  # of police.uk's column names, by which a CSV means to be a street file


def load_figures(
    store: Store,
    partnership: Partnership,
    paths: Sequence[Path],
    at: datetime,
    progress: Progress = unseen,
    measure: str = "",
    definition: str = "",
    marking: str = "",
) -> list[Taken]:
    """Load street files together, and each workbook after them."""
    street = [path for path in paths if is_street(path)]
    taken = [load_street(store, partnership, street, at, progress)] if street else []
    for path in paths:
        if path not in street:
            taken.append(load_workbook(store, partnership, path, at, measure, definition, marking))
    return taken


def is_street(path: Path) -> bool:
    """Whether a path means to be police.uk's: a folder, a zip that is no workbook, a CSV with its columns or its name."""
    if path.is_dir():
        return True
    if path.name.lower().endswith(("-street.csv", ".zip")):
        return True
    if zipfile.is_zipfile(path):
        return has_street_files(path)
    with path.open("rb") as file:
        first = file.readline(4096).decode("utf-8", "replace")
    return sum(column in first for column in COLUMNS) >= ENOUGH


def has_street_files(path: Path) -> bool:
    """Whether there is a street file in a zip."""
    with zipfile.ZipFile(path) as archive:
        return any(name.endswith("-street.csv") for name in archive.namelist())
