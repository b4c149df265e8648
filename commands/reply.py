"""What the bot says, as a value. A reply says what, never how: each screen draws it with its own best element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Cell = str | int | float | None
Audience = Literal["asker", "here"]


@dataclass(frozen=True)
class Heading:
    """Begins a section of its own."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Names and what stands beside them: (label, value)."""

    facts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Table:
    """Rows under headings. Numbers are numbers; None is drawn as an empty cell."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    title: str = ""


@dataclass(frozen=True)
class Chart:
    """Monthly series under one definition, all of one length; None where a month may not be shown."""

    title: str
    labels: Sequence[str]
    series: Sequence[tuple[str, Sequence[int | None]]]


@dataclass(frozen=True)
class Note:
    """What must be known beside an answer: its source, how far behind it is, what to beware of."""

    text: str


@dataclass(frozen=True)
class Button:
    """A word to press, and the command line it asks."""

    label: str
    asks: str


@dataclass(frozen=True)
class Buttons:
    """What could be asked next."""

    buttons: Sequence[Button]


Part = str | Heading | Facts | Table | Chart | Note | Buttons


@dataclass(frozen=True, init=False)
class Reply:
    """An answer: a title, its parts, and a summary of one line for notifications, screen readers and the log."""

    title: str
    parts: tuple[Part, ...]
    summary: str = ""
    audience: Audience = "asker"
    refused: bool = field(default=False)

    def __init__(self, title: str, *parts: Part | None, summary: str = "", audience: Audience = "asker", refused: bool = False) -> None:
        kept = tuple(part for part in parts if part is not None and part != "")
        first = next((part for part in kept if isinstance(part, str)), "")
        values = {
            "title": title,
            "parts": kept,
            "summary": " ".join((summary or first or title).split()),
            "audience": audience,
            "refused": refused,
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def as_json(self) -> dict[str, Any]:
        """The reply as plain data: {"title", "summary", "parts": [{"type": …}, …]}."""
        plain: dict[str, Any] = {
            "title": self.title,
            "summary": self.summary,
            "parts": [plainly(p) for p in self.parts],
        }
        return plain | ({"refused": True} if self.refused else {})

    @property
    def asks(self) -> list[Button]:
        """Every button of the reply, in order."""
        return [button for part in self.parts if isinstance(part, Buttons) for button in part.buttons]


def plainly(part: Part) -> dict[str, Any]:
    """A part as plain data, its type named in lower case."""
    if isinstance(part, str):
        return {"type": "text", "text": part}
    return {"type": type(part).__name__.lower()} | {each.name: _plain(getattr(part, each.name)) for each in fields(part)}


def _plain(value: Any) -> Any:
    if isinstance(value, Button):
        return {"label": value.label, "asks": value.asks}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def press(*labelled: tuple[str, str]) -> Buttons | None:
    """Buttons from (label, command line) pairs; None when there are none."""
    return Buttons([Button(label, asks) for label, asks in labelled]) if labelled else None


def counted(number: int, thing: str, things: str = "") -> str:
    """ "1 action", "3 actions"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
