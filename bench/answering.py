"""A whole answer, from the signed request to its arrival at the response URL, beside an echo that does the same two hops."""

from __future__ import annotations

from bench.databases import Databases
from bench.hotspots import MILLION
from bench.measured import Measured, side_by_side
from bench.servers import echo, ours
from bench.workspace import Asker, Workspace


def measure(databases: Databases) -> list[Measured]:
    """`/hotspots asb` on SQLite over a million reports in 36 months."""
    held = databases.holding(*MILLION)
    with Workspace() as workspace, ours(held, workspace) as (_, port), echo("hops", workspace) as other:
        mine, theirs = side_by_side(Asker(port, workspace).answered, Asker(other, workspace).answered, times=200, warm=20)
    return [Measured("/hotspots asb, request to answer ÷ an echo with the same two hops", mine, theirs, 4)]
