"""How often the Web API may be called: so many times a minute a method, and about once a second a channel for posting."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable

MINUTE = 60.0
BURST = 5  # messages that a channel takes at once, after which one a second
POSTING = "chat.postMessage"


class Limits:
    """Counts calls by the seconds that `real` gives. Where it is not `on`, every call is let through."""

    def __init__(self, real: Callable[[], float], on: bool = True) -> None:
        self.real, self.on = real, on
        self._calls: dict[str, deque[float]] = {}
        self._posted: dict[str, float] = {}  # channel -> when the last of its messages is paid for, at one a second

    def wait(self, name: str, per_minute: int, channel: str = "") -> int | None:
        """Whole seconds to wait before a method may be called again; None when it may be now, and then the call is counted."""
        if not self.on:
            return None
        now = self.real()
        posting = channel if name == POSTING else ""
        wait = max(self._full_for(name, per_minute, now), self._busy_for(posting, now))
        if wait > 0:
            return max(1, math.ceil(wait))
        self._calls[name].append(now)
        if posting:
            self._posted[posting] = max(self._posted.get(posting, now), now) + 1
        return None

    def _full_for(self, name: str, per_minute: int, now: float) -> float:
        """Seconds until fewer than `per_minute` calls lie in the minute past."""
        calls = self._calls.setdefault(name, deque())
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        return calls[-per_minute] + MINUTE - now if len(calls) >= per_minute else 0.0

    def _busy_for(self, channel: str, now: float) -> float:
        """Seconds until a channel takes another message."""
        return self._posted.get(channel, now) - now - (BURST - 1) if channel else 0.0
