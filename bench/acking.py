"""Acknowledging: one command after another, and two hundred at once that each work for four seconds."""

from __future__ import annotations

import asyncio
from time import perf_counter

from bench.databases import Databases
from bench.hotspots import HUNDRED_THOUSAND
from bench.measured import Measured, side_by_side
from bench.servers import echo, ours
from bench.workspace import Asker, Workspace, signed

AT_ONCE, WITHIN = 200, 3.0


def measure(databases: Databases) -> list[Measured]:
    """Acknowledging over HTTP beside Bolt's defaults, and under load beside Slack's three seconds."""
    held = databases.holding(*HUNDRED_THOUSAND)
    with Workspace() as workspace, ours(held, workspace) as (_, port), echo("defaults", workspace) as other:
        asker, echoed = Asker(port, workspace), Asker(other, workspace)
        mine, theirs = side_by_side(asker.acknowledged_and_answered, echoed.acknowledged, times=200, warm=20)
    with Workspace() as workspace, ours(held, workspace, ["-m", "bench.slow"]) as (_, port):
        Asker(port, workspace).acknowledged_and_answered()
        acked = asyncio.run(_at_once(port, workspace.answers))
    under_load = f"{AT_ONCE} commands at once, 4 s of work each: slowest acknowledgement, against {WITHIN:g} s"
    note = f"{len(acked)} of {AT_ONCE} acknowledged"
    slowest = max(acked) if len(acked) == AT_ONCE else float("inf")
    return [
        Measured("Acknowledging over HTTP, p50 ÷ an echo on Bolt's defaults", mine, theirs, 0.25),
        Measured.limit(under_load, slowest, WITHIN, "s", note),
    ]


async def _at_once(port: int, answers: str) -> list[float]:
    """How long each acknowledgement took; those that never came, or came as something else, are missing."""
    took = await asyncio.gather(*(_one(port, answers) for _ in range(AT_ONCE)))
    return [each for each in took if each is not None]


async def _one(port: int, answers: str) -> float | None:
    body, headers = signed("/slow", answers)
    lines = [f"{name}: {value}" for name, value in headers.items()]
    head = "\r\n".join(["POST /slack/events HTTP/1.1", "Host: bench", f"Content-Length: {len(body)}", "Connection: close", *lines, "", ""])
    begin = perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(head.encode() + body)
    status = await reader.readline()
    took = perf_counter() - begin
    writer.close()
    return took if b" 200 " in status else None
