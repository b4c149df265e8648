"""Measures, and prints one table of ratios. `python -m bench` for all, or with names for some."""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.databases import Databases
from bench.measured import Measured

BENCHES = {
    "ack": "bench.acking",
    "actions": "bench.acting",
    "answer": "bench.answering",
    "deliver": "bench.delivering",
    "demo": "bench.demo",
    "hotspots": "bench.hotspots",
    "load": "bench.loading",
    "page": "bench.page",
    "scroll": "bench.scrolling",
    "start": "bench.starting",
}


def main(names: Sequence[str]) -> int:
    """0 however the ratios came out; 1 when a bench itself broke."""
    options = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    options.add_argument("names", nargs="*", choices=[*BENCHES, []], metavar="NAME", help=f"which to run: {', '.join(BENCHES)}")
    screen, found, broke = Console(), list[Measured](), 0
    with tempfile.TemporaryDirectory(prefix="jagbot-bench-") as folder:
        databases = Databases(Path(folder))
        for name in options.parse_args(names).names or BENCHES:
            with screen.status(f"measuring {name} …"):
                measured = _measured(name, databases)
            found += measured or []
            broke |= measured is None
    screen.print(_drawn(found))
    return broke


def _measured(name: str, databases: Databases) -> list[Measured] | None:
    measure: Callable[[Databases], list[Measured]] = import_module(BENCHES[name]).measure
    try:
        return measure(databases)
    except Exception:
        print(f"the bench {name} broke:", file=sys.stderr)
        traceback.print_exc()
        return None


def _drawn(found: Sequence[Measured]) -> Table:
    table = Table("What", "Ours", "Baseline", "Ratio", "Target", "Met?", title="Ours ÷ a baseline, side by side", show_lines=True)
    for column in table.columns[1:]:
        column.justify, column.no_wrap = "right", True
    for each in found:
        met = "[green]yes[/]" if each.met else "[bold red]no[/]"
        name = f"{each.name} ({each.note})" if each.note else each.name
        table.add_row(name, each.said(each.ours), each.said(each.baseline), f"{each.ratio:.2f}", f"≤ {each.target:g}", met)
    return table


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
