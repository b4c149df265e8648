"""What the bot does unasked: one timed job a file. A new file with a `@job` in it is a new job."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy.orm import Session

Does = Callable[[Session, datetime], None]
TICK = timedelta(seconds=20)  # between looks at what is due


@dataclass(frozen=True)
class Job:
    """A timed job: what it does, and how often. It must do no harm when run twice or late.

    It is done for all partnerships in one transaction, or where it is `scoped` as the one that the process serves. `ticks` says that it
    puts what is due into notices, and so is done before each delivery.
    """

    name: str
    does: Does
    every: timedelta
    scoped: bool = False
    ticks: bool = False


_jobs: list[Job] = []


def job(every: timedelta, scoped: bool = False) -> Callable[[Does], Does]:
    """Make a function a timed job."""

    def register(does: Does) -> Does:
        _jobs.append(Job(does.__name__, does, every, scoped))
        return does

    return register


def gathers(does: Does) -> Does:
    """Make a function part of every tick: it puts what is due by `now` into notices, in one transaction of the partnership's own."""
    _jobs.append(Job(does.__name__, does, TICK, scoped=True, ticks=True))
    return does


@cache
def all_jobs() -> Sequence[Job]:
    """Every timed job."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_jobs)
