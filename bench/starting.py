"""Starting: from nothing to the first answer, what it then weighs, and what an answer must not have loaded."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

from bench.databases import Databases, Held
from bench.hotspots import MILLION
from bench.measured import Measured, loaded_libraries, memory, side_by_side, timed
from bench.servers import ending, environment, ours, started
from bench.workspace import Asker, Workspace

BARE = "import time, slack_bolt, sqlalchemy.orm, apscheduler.schedulers.background; print('ready', flush=True); time.sleep(600)"
HEAVY = ("pandas", "numpy", "scipy", "matplotlib")
SETTLED = 2.0  # seconds after the first answer
EXAMPLES = """
import sys
from datetime import UTC, datetime
from bot.asking import Asked, ask
from bot.blockkit import draw
from commands import all_commands
from models.people import Person
from models.store import Store
store, at = Store(sys.argv[1]), datetime(2026, 2, 10, tzinfo=UTC)
for command in all_commands().values():
    for example in command.examples:
        draw(ask(store, 1, lambda session: Person.named("coordinator", session), Asked(example, at)))
print(*({name.partition(".")[0] for name in sys.modules} & set(sys.argv[2:])))
"""


def measure(databases: Databases) -> list[Measured]:
    """Start, memory and libraries beside a process that imports Bolt, SQLAlchemy and APScheduler alone; and --help."""
    held = databases.holding(*MILLION)
    weights: list[tuple[float, float]] = []
    seen: set[str] = set()
    with Workspace() as workspace:
        first, bare = side_by_side(lambda: _first_answer(held, workspace), _bare, times=7)
        for _ in range(3):
            weights.append((_weight(held, workspace, seen), _bare_weight()))
    ours_weighs, bare_weighs = (median(each) for each in zip(*weights, strict=True))
    heavy = seen | _loaded_by_examples(held)
    help_, nothing = side_by_side(lambda: _run(["-m", "bot", "--help"]), lambda: _run(["-c", "pass"]), times=15)
    return [
        Measured("Start to the first answer ÷ importing Bolt, SQLAlchemy, APScheduler", first, bare, 1.5),
        Measured("Memory at rest after the first answer ÷ that bare process", ours_weighs, bare_weighs, 1.25, "MiB"),
        Measured("pandas, NumPy, SciPy, matplotlib loaded by answers", len(heavy), 1, 0, "modules", ", ".join(sorted(heavy)) or "none"),
        Measured("jagbot --help ÷ python -c pass", help_, nothing, 6),
    ]


def _first_answer(held: Held, workspace: Workspace) -> float:
    begin = time.perf_counter()
    with ours(held, workspace) as (_, port):
        Asker(port, workspace).acknowledged()
        return workspace.answer() - begin


def _bare() -> float:
    begin = time.perf_counter()
    with ending(started(["-c", BARE])) as process:
        assert process.stdout
        process.stdout.readline()
        return time.perf_counter() - begin


def _weight(held: Held, workspace: Workspace, seen: set[str]) -> float:
    with ours(held, workspace) as (process, port):
        Asker(port, workspace).acknowledged_and_answered()
        time.sleep(SETTLED)
        seen |= loaded_libraries(process.pid, HEAVY)
        return memory(process.pid)


def _bare_weight() -> float:
    with ending(started(["-c", BARE])) as process:
        assert process.stdout
        process.stdout.readline()
        time.sleep(SETTLED)
        return memory(process.pid)


def _loaded_by_examples(held: Held) -> set[str]:
    """Which heavy packages asking every command's every example loads, in a fresh process."""
    asked = [sys.executable, "-c", EXAMPLES, held.store.url, *HEAVY]
    done = subprocess.run(asked, env=environment(), capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def _run(arguments: list[str]) -> float:
    return timed(lambda: subprocess.run([sys.executable, *arguments], env=environment(), stdout=subprocess.DEVNULL, check=True))
