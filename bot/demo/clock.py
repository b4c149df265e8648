"""The demo's clock: it begins where the example's year ends, goes on while the demo runs, and can be moved ahead."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

from bot.workspace.state import State

BEGINS = datetime(2013, 9, 2, 8, 0, tzinfo=UTC)  # Monday, nine o'clock in London
KEPT = "clock"


class DemoClock:
    """A time of its own, kept with the workspace, so that the demo goes on where it was left."""

    def __init__(self, state: State, begins: datetime = BEGINS) -> None:
        self.state = state
        kept = state.get("kept", KEPT)
        last = datetime.fromtimestamp(float(state.last_ts()), UTC)  # no message is to come before one that is there
        self._begin(max(datetime.fromisoformat(kept["now"]) if kept else begins, last))

    def __call__(self) -> datetime:
        """The time now."""
        return self._from + timedelta(seconds=time.monotonic() - self._since)

    def move(self, to: datetime) -> None:
        """Go to a time; never back."""
        self._begin(max(to, self()))
        self.keep()

    def keep(self) -> None:
        """Remember the time for the next start."""
        self.state.put("kept", KEPT, {"now": self().isoformat()})

    def _begin(self, at: datetime) -> None:
        self._from, self._since = at, time.monotonic()
