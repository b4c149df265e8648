"""Loading street files: the time of a large one beside `pandas.read_csv` of it, and the memory of 36 months out of a zip."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd

from bench import county
from bench.databases import NOW, Databases, opened
from bench.measured import Measured, memory, side_by_side, timed
from bench.servers import environment
from models.sources.street import load_street

MONTHS, ROWS, MOST = 36, 1_000_000, 250


def measure(databases: Databases) -> list[Measured]:
    """A million rows in one file, and in the 36 monthly files of an archive."""
    folder = databases.scratch()
    large = county.street_file(folder, county.FIRST, ROWS)
    mine, pandas = side_by_side(lambda: _load(databases, large), lambda: timed(lambda: pd.read_csv(large)), times=3)
    large.unlink()
    archive = county.zipped(county.street_files(folder, MONTHS, ROWS), folder / "archive.zip")
    peak = _peak(databases.founded().store.url, archive)
    return [
        Measured("Loading a million-row street file ÷ pandas.read_csv", mine, pandas, 3, "s"),
        Measured.limit(f"Loading {MONTHS} months from a zip: peak memory, against {MOST} MiB", peak, MOST, "MiB"),
    ]


def _load(databases: Databases, path: Path) -> float:
    held = databases.founded()
    return timed(lambda: load_street(held.store, held.partnership, [path], NOW))


def _peak(url: str, archive: Path) -> float:
    """MiB at the most, of a fresh process that does nothing but this load."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.loading", url.removeprefix("sqlite:///"), str(archive)],
        env=environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


if __name__ == "__main__":
    of = opened(Path(sys.argv[1]))
    load_street(of.store, of.partnership, [Path(sys.argv[2])], NOW)
    print(memory(peak=True))
