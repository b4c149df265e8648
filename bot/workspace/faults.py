"""Faults on demand, for tests and for the curious: what is to go wrong with the next calls of a method."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["slow", "429", "500", "drop before", "drop after", "time-out", "disconnect", "answer"]
KINDS: tuple[Kind, ...] = get_args(Kind)
EVERY = "*"


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    slow: answered after `seconds`. 429 and 500: nothing is done. drop before: closed, nothing done. drop after: done, then closed.
    time-out: done and not answered within `seconds`. disconnect: sockets are closed. answer: `status`, `body` and `headers` as they stand.
    """

    kind: Kind
    seconds: float = 0
    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


USUAL: dict[Kind, Fault] = {
    "slow": Fault("slow", seconds=3.5),
    "429": Fault("429", status=429, headers={"Retry-After": "1"}),
    "500": Fault("500", status=500, body="internal_error"),
    "time-out": Fault("time-out", seconds=60),
}


@dataclass
class Planned:
    """A fault, and of how many calls still; None is every one."""

    fault: Fault
    times: int | None


class Faults:
    """What is planned to go wrong, by method. Each method's come in the order they were planned in, before those of every method."""

    def __init__(self) -> None:
        self._planned: dict[str, list[Planned]] = {}

    def plan(self, fault: Fault | Kind, method: str = EVERY, times: int | None = 1) -> None:
        """A fault for the next `times` calls of a method; of every one until they are cleared, where that is None."""
        whole = fault if isinstance(fault, Fault) else USUAL.get(fault, Fault(fault))
        self._planned.setdefault(method, []).append(Planned(whole, times))

    def take(self, method: str) -> Fault | None:
        """The fault of a call that is made now."""
        for name in (method, EVERY):
            for planned in self._planned.get(name, []):
                if planned.times is None:
                    return planned.fault
                planned.times -= 1
                if not planned.times:
                    self._planned[name].remove(planned)
                return planned.fault
        return None

    def clear(self) -> None:
        """Nothing is planned any more."""
        self._planned.clear()
