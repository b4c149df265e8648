"""How blocks are looked over: small checks that are put together into what Slack takes, each naming every fault it finds and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """Something that Slack refuses: where, as a JSON pointer, and why, in Slack's words."""

    pointer: str
    why: str

    def __str__(self) -> str:
        return f"{self.why} [json-pointer:{self.pointer}]"


Check = Callable[[Any, str], Iterator[Fault]]


def string(most: int, least: int = 1) -> Check:
    """Text of so many characters; where it may not be empty, it may not be blank either."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield Fault(at, "must provide a string")
        elif len(value) > most:
            yield Fault(at, f"must be less than {most + 1} characters")
        elif len(value) < least or (least and not value.strip()):
            yield Fault(at, f"must be more than {least - 1} characters")

    return check


def matching(pattern: str, what: str) -> Check:
    """Text of a form."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            yield Fault(at, f"must be {what}")

    return check


def boolean(value: Any, at: str) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield Fault(at, "must provide a boolean")


def number(value: Any, at: str) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value or abs(value) == float("inf"):
        yield Fault(at, "must provide a number")


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Fault(at, "must provide an integer")
        elif not least <= value <= most:
            yield Fault(at, f"must be between {least} and {most}")

    return check


def one_of(*words: str) -> Check:
    """One of some words."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if value not in words:
            yield Fault(at, f"must be a valid enum value: {', '.join(words)}")

    return check


def listed(each: Check, most: int, least: int = 1) -> Check:
    """A list of so many."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield Fault(at, "must provide an array")
            return
        if len(value) > most:
            yield Fault(at, f"no more than {most} items allowed")
        if len(value) < least:
            yield Fault(at, f"no less than {least} items allowed")
        for place, item in enumerate(value):
            yield from each(item, f"{at}/{place}")

    return check


def thing(needs: Mapping[str, Check] | None = None, **may: Check) -> Check:
    """An object with what it needs, what it may have, and nothing else. Its type is not looked at."""
    needed = needs or {}
    known = {**needed, **may}

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(at, "must provide an object")
            return
        yield from (Fault(at, f"missing required field: {name}") for name in needed if name not in value)
        for name, each in value.items():
            if name in known:
                yield from known[name](each, f"{at}/{name}")
            elif name != "type":
                yield Fault(at, f"invalid additional property: {name}")

    return check


def kinds(checks: Mapping[str, Check]) -> Check:
    """One of several kinds of object, told apart by type."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield Fault(at, "must provide an object")
        elif "type" not in value:
            yield Fault(at, "missing required field: type")
        elif not isinstance(value["type"], str) or value["type"] not in checks:
            yield Fault(f"{at}/type", f"unsupported type: {value['type']}")
        else:
            yield from checks[value["type"]](value, at)

    return check


def both(*checks: Check) -> Check:
    """All of several checks; the later ones look only at what the first has found nothing wrong with."""

    def check(value: Any, at: str) -> Iterator[Fault]:
        for each in checks:
            found = list(each(value, at))
            yield from found
            if found:
                return

    return check


def anything(*_: Any) -> Iterator[Fault]:
    """Whatever there is, is taken."""
    return iter(())


def unique(names: list[tuple[str, str]], what: str) -> Iterator[Fault]:
    """(name, where) that was there before."""
    seen: set[str] = set()
    for name, at in names:
        if name in seen:
            yield Fault(at, f'`{what}` "{name}" already exists')
        seen.add(name)
