"""A measurement as the table shows it, and how two things are timed side by side."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

UNITS = {"ms": 1e3, "s": 1, "MiB": 1, "modules": 1}


@dataclass(frozen=True)
class Measured:
    """Ours and a baseline, in seconds or MiB, and the ratio that is the most allowed. `note` says what else was seen."""

    name: str
    ours: float
    baseline: float
    target: float
    unit: str = "ms"
    note: str = ""

    @classmethod
    def limit(cls, name: str, ours: float, most: float, unit: str, note: str = "") -> Measured:
        """Something that must stay under a limit, rather than near a baseline."""
        return cls(name, ours, most, 1.0, unit, note)

    @property
    def ratio(self) -> float:
        return self.ours / self.baseline

    @property
    def met(self) -> bool:
        return self.ratio <= self.target

    def said(self, value: float) -> str:
        """A value in the unit of the measurement."""
        digits = 2 if self.unit == "ms" else 1
        return f"{value * UNITS[self.unit]:,.{digits}f} {self.unit}"


def timed(does: Callable[[], object]) -> float:
    """How many seconds it takes."""
    begin = perf_counter()
    does()
    return perf_counter() - begin


def side_by_side(*clocks: Callable[[], float], times: int, warm: int = 1) -> list[float]:
    """The median of each clock's readings, read in turns so that what else the machine does falls on all alike."""
    for _ in range(warm):
        for clock in clocks:
            clock()
    readings: list[list[float]] = [[] for _ in clocks]
    for _ in range(times):
        for clock, kept in zip(clocks, readings, strict=True):
            kept.append(clock())
    return [median(kept) for kept in readings]


def memory(pid: int | str = "self", peak: bool = False) -> float:
    """MiB resident now, or at the most so far. `getrusage` would count the parent's, from before the program was loaded."""
    wanted = "VmHWM:" if peak else "VmRSS:"
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(wanted):
            return int(line.split()[1]) / 1024
    raise LookupError(f"/proc/{pid}/status has no {wanted}")


def loaded_libraries(pid: int, names: Sequence[str]) -> set[str]:
    """Which of these packages a process has loaded compiled modules of."""
    maps = Path(f"/proc/{pid}/maps").read_text()
    return {name for name in names if f"{os.sep}{name}{os.sep}" in maps}
