"""/hotspots, whole: from the line to the reply, over more and more reports; and beside DuckDB over the same reports.

DuckDB is given what our answer needs and no more: one type's counts by ward and month, for the twelve months asked and
the twelve before, from a loaded table on disk over a connection that is warm. We read words, judge and write as well.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from bench.county import FIRST, look_ups, street_file
from bench.databases import NOW, Databases, Held
from bench.measured import Measured, side_by_side, timed
from bot.asking import Asked, ask
from models.figures.months import iso

HUNDRED_THOUSAND, MILLION, TEN_MILLION = (24, 100_000), (36, 1_000_000), (120, 10_000_000)
WANTED = """
    select ward, month, count(*) from reports join places using (lsoa)
    where type = 'Anti-social behaviour' and own and month between $first and $last
    group by ward, month
"""


def measure(databases: Databases) -> list[Measured]:
    """/hotspots over ten million and a hundred thousand reports, and over a million beside DuckDB."""
    with duckdb.connect(str(databases.scratch() / "reports.duckdb")) as duck:
        _places(duck, databases.scratch())
        _reports(duck, databases.scratch(), *MILLION)
        few, million, many = (databases.holding(*size) for size in (HUNDRED_THOUSAND, MILLION, TEN_MILLION))
        last = FIRST + MILLION[0] - 1
        period = {"first": iso(last - 23), "last": iso(last)}
        duckdb_asks = partial(timed, lambda: duck.execute(WANTED, period).fetchall())
        of_few, of_many, of_million, by_duck = side_by_side(asking(few), asking(many), asking(million), duckdb_asks, times=60, warm=5)
    return [
        Measured("/hotspots: 10,000,000 reports ÷ 100,000", of_many, of_few, 3),
        Measured("/hotspots ÷ DuckDB, 1,000,000 reports", of_million, by_duck, 0.4),
    ]


def asking(held: Held, line: str = "/hotspots asb") -> Callable[[], float]:
    """A clock of one answer."""

    def clock() -> float:
        return timed(lambda: _answered(held, line))

    return clock


def _answered(held: Held, line: str) -> None:
    reply = ask(held.store, held.partnership.id, lambda _: held.person, Asked(line, NOW))
    assert not reply.refused, reply.summary


def _places(duck: duckdb.DuckDBPyConnection, folder: Path) -> None:
    wards = look_ups(folder)[1]
    with wards.open(encoding="utf-8", newline="") as file:
        rows = [(row["lsoa21_code"], row["ward24_code"], row["ltla24_name"] == "Dacorum") for row in csv.DictReader(file)]
    duck.execute("create table places (lsoa varchar primary key, ward varchar, own boolean)")
    duck.executemany("insert into places values (?, ?, ?)", rows)
    duck.execute("create table reports (month varchar, lsoa varchar, type varchar)")


def _reports(duck: duckdb.DuckDBPyConnection, folder: Path, months: int, rows: int) -> None:
    """The same reports as a store of this size holds."""
    for number in range(months):
        path = street_file(folder, FIRST + number, rows // months, number)
        columns = 'select "Month", "LSOA code", "Crime type"'
        duck.execute(f"insert into reports {columns} from read_csv($path, header = true, all_varchar = true)", {"path": str(path)})
        path.unlink()
    duck.execute("checkpoint")
    held = duck.execute("select count(*) from reports").fetchone()
    assert held == (rows // months * months,), held
