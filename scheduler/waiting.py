"""Who is waiting to be told, in order: one thing at a time to each, and nobody held up by another."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

To = tuple[int | None, str]  # a person's id, or a channel


@dataclass(frozen=True)
class Waiter:
    """A notice that is due: to whom, under which fence, and for how many real seconds it is left alone from when that is first seen.

    Where it is `first`, nothing else goes to the same recipient before it.
    """

    id: int
    to: To
    fence: int
    rests: float
    first: bool


class Waiting:
    """Those who are due, a queue a recipient. All of it is by a clock that nobody can set, and of what this process has seen itself:
    how long ago somebody else took a notice up is only known from when it was first seen in their hands."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._seen: dict[int, tuple[int, float]] = {}  # notice -> (fence, since when)
        self._resting: dict[To, float] = {}  # recipient -> until when
        self._busy: set[To] = set()
        self._queues: dict[To, deque[Waiter]] = {}
        self._ready: deque[To] = deque()
        self.wakes: float | None = None  # when to look again

    def fill(self, due: Iterable[Waiter]) -> None:
        """Take in all that is due, in order, in the place of what was known."""
        now, self._queues, self.wakes = self.clock(), {}, None
        rows, held = list(due), set[To]()
        self._seen = {row.id: self.seen(row.id, row.fence, now) for row in rows if row.rests}
        self._resting = {to: until for to, until in self._resting.items() if until > now}
        for until in self._resting.values():
            self._wake(until)
        for row in rows:
            until = self._seen[row.id][1] + row.rests if row.rests else now
            if until > now:
                self._wake(until)
                held |= {row.to} if row.first else set()
            elif row.to not in held:
                self._queues.setdefault(row.to, deque()).append(row)
        self._ready = deque(to for to in self._queues if to not in self._busy and to not in self._resting)

    def seen(self, notice: int, fence: int, now: float) -> tuple[int, float]:
        """Note under which fence a notice is, and since when that has been known."""
        known = self._seen.get(notice)
        if known is None or known[0] != fence:
            self._seen[notice] = known = (fence, now)
        return known

    def take(self, most: int) -> list[Waiter]:
        """The next of so many recipients, who are then busy until they are `free`."""
        taken: list[Waiter] = []
        while self._ready and len(taken) < most:
            to = self._ready.popleft()
            taken.append(self._queues[to].popleft())
            self._busy.add(to)
        return taken

    def free(self, to: To, rest: float = 0) -> None:
        """A recipient can be told the next thing, after so many seconds."""
        self._busy.discard(to)
        if rest:
            self._resting[to] = max(self._resting.get(to, 0), self.clock() + rest)
            self._wake(self._resting[to])
        elif self._queues.get(to):
            self._ready.append(to)

    def passed_over(self, to: To) -> None:
        """What was next for a recipient is in other hands, or needs no saying: what comes after it is looked for anew, in its order."""
        self._busy.discard(to)
        self._queues.pop(to, None)

    @property
    def any(self) -> bool:
        """Whether anybody can be told something now."""
        return bool(self._ready)

    def _wake(self, at: float) -> None:
        self.wakes = at if self.wakes is None else min(self.wakes, at)
