"""When Slack may be asked again, after it has said that it was asked too often: by method, and for messages by where they go."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from scheduler.parcels import Later


class Rates:
    """What Slack has asked us to leave alone, and until when; by a clock that nobody can set."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._until: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()

    def check(self, method: str, where: str = "") -> None:
        """Nothing, unless it is too early to call; then Later, without a call."""
        with self._lock:
            wait = self._until.get((method, where), 0.0) - self.clock()
            if wait <= 0:
                self._until.pop((method, where), None)
                return
        raise Later(wait, "Slack asked me to wait")

    def wait(self, seconds: float, method: str, where: str = "") -> Later:
        """Slack said to come again in so many seconds."""
        with self._lock:
            self._until[method, where] = max(self._until.get((method, where), 0.0), self.clock() + seconds)
        return Later(seconds, "Slack asked me to wait")
