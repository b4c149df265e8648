"""Where the demo is kept between starts; one that is started over is put aside until the next is made, and comes back if that fails."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.demo.making import MADE
from bot.workspace.state import State
from models.store import Store

DATABASE, WORKSPACE = "demo.db", "demo-workspace.db"
ASIDE = ".before"
PARTS = ("-wal", "-shm", "")  # of an SQLite file, itself last


@contextmanager
def the_demo(fresh: bool) -> Iterator[tuple[State, Store]]:
    """The workspace and the database as they were left; new ones to start over with, also where the making of the last was cut short."""
    state, store = _opened(fresh), Store(f"sqlite:///{DATABASE}")
    try:
        yield state, store
    finally:
        whole = _made(state)
        state.close()
        store.engine.dispose()
        if not whole:
            _put_back()


def _made(state: State) -> bool:
    """Whether there is a whole demo in a workspace."""
    return state.get("kept", MADE) is not None


def keep_no_other() -> None:
    """Throw away what was put aside: the demo that took its place is made."""
    for name in (WORKSPACE, DATABASE):
        _remove(name + ASIDE)


def _opened(fresh: bool) -> State:
    state = State(WORKSPACE)
    if not _made(state) and Path(WORKSPACE + ASIDE).exists():  # the process was killed while it made the next
        state.close()
        _put_back()
        state = State(WORKSPACE)
    whole = _made(state)
    if whole and not fresh:
        return state
    state.close()
    for name in (WORKSPACE, DATABASE):  # the workspace first, and last when it comes back: it is what says that there is a demo
        _put_aside(name) if whole else _remove(name)
    return State(WORKSPACE)


def _put_aside(name: str) -> None:
    _remove(name + ASIDE)
    _rename(name, name + ASIDE)


def _put_back() -> None:
    for name in (DATABASE, WORKSPACE):
        if Path(name + ASIDE).exists():
            _remove(name)
            _rename(name + ASIDE, name)


def _rename(name: str, to: str) -> None:
    for part in PARTS:
        if Path(name + part).exists():
            Path(name + part).rename(to + part)


def _remove(name: str) -> None:
    for part in PARTS:
        Path(name + part).unlink(missing_ok=True)
