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


@dataclass(frozen=True)
class Job:
    """A timed job: what it does, and how often. It must do no harm when run twice or late."""

    name: str
    does: Does
    every: timedelta


_jobs: list[Job] = []


def job(every: timedelta) -> Callable[[Does], Does]:
    """Make a function a timed job."""

    def register(does: Does) -> Does:
        _jobs.append(Job(does.__name__, does, every))
        return does

    return register


@cache
def all_jobs() -> Sequence[Job]:
    """Every timed job."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return tuple(_jobs)
