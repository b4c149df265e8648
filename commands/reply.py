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


@dataclass(frozen=True)
class Choice:
    """One of several answers, each with the command line it asks; `chosen` is the label of the one that holds now."""

    label: str
    options: Sequence[Button]
    chosen: str = ""


@dataclass(frozen=True)
class Field:
    """Something a form asks for. `options` are (value, label) to pick from; without any it is typed, on several lines where `long`."""

    name: str
    label: str
    value: str = ""
    options: Sequence[tuple[str, str]] = ()
    hint: str = ""
    long: bool = False
    optional: bool = False


@dataclass(frozen=True)
class Form:
    """Asks for the words that are missing: the answers come back as the fields of an enquiry that asks `asks`."""

    title: str
    asks: str
    fields: Sequence[Field]
    submit: str = "Save"


@dataclass(frozen=True)
class Document:
    """A file to keep or print: a workbook, a sheet a table, each named by its table's title. `words` narrowed it, and narrow it again."""

    name: str
    sheets: Sequence[Table]
    words: str = ""


@dataclass(frozen=True)
class Section:
    """A numbered item of a paper."""

    heading: str
    parts: Sequence[str | Heading | Facts | Table | Note]


@dataclass(frozen=True)
class Paper:
    """A paper as a council prints it: a title block, numbered items, a protective marking and the date of its data on every page.

    `standing` is said in its title block and on every page: "Draft, not approved". `name` is its file's, without the ending; `kind` and
    `words` ask for it again: jagbot export agenda jag FILE.docx.
    """

    name: str
    organisation: str
    title: str
    about: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    marking: str = "OFFICIAL"
    dated: str = ""
    kind: str = "agenda"
    words: str = ""
    standing: str = ""

    @property
    def file(self) -> str:
        """What its file is called."""
        return f"{self.name}.docx"


Part = str | Heading | Facts | Table | Chart | Note | Buttons | Choice | Form | Document | Paper


@dataclass(frozen=True)
class Tell:
    """Something somebody else is to be told when what was asked is done: the person's id, and what they are told."""

    person_id: int
    reply: Reply


@dataclass(frozen=True, init=False)
class Reply:
    """An answer: a title, its parts, and a summary of one line for notifications, screen readers and the log.

    Of what is posted in a channel: `pinned` says that the head of its thread is to be pinned there; `over` is (channel, ts …) of the
    messages in whose place it is put.
    """

    title: str
    parts: tuple[Part, ...]
    summary: str = ""
    audience: Audience = "asker"
    refused: bool = field(default=False)
    tells: tuple[Tell, ...] = ()
    pinned: bool = False
    over: tuple[str, ...] = ()

    def __init__(
        self,
        title: str,
        *parts: Part | None,
        summary: str = "",
        audience: Audience = "asker",
        refused: bool = False,
        tells: Sequence[Tell] = (),
        pinned: bool = False,
        over: Sequence[str] = (),
    ) -> None:
        kept = tuple(part for part in parts if part is not None and part != "")
        first = next((part for part in kept if isinstance(part, str)), "")
        values = {
            "title": title,
            "parts": kept,
            "summary": " ".join((summary or first or title).split()),
            "audience": audience,
            "refused": refused,
            "tells": tuple(tells),
            "pinned": pinned,
            "over": tuple(over),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def but(self, **changes: Any) -> Reply:
        """The same reply with some of its values changed."""
        values = {each.name: getattr(self, each.name) for each in fields(self)} | changes
        return Reply(values.pop("title"), *values.pop("parts"), **values)

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
        """Every button and choice of the reply, in order."""
        return [button for part in self.parts for button in _pressable(part)]

    @property
    def form(self) -> Form | None:
        """The form of the reply, where it asks for words."""
        return next((part for part in self.parts if isinstance(part, Form)), None)


def _pressable(part: Part) -> Sequence[Button]:
    return part.buttons if isinstance(part, Buttons) else part.options if isinstance(part, Choice) else ()


def plainly(part: Part) -> dict[str, Any]:
    """A part as plain data, its type named in lower case."""
    if isinstance(part, str):
        return {"type": "text", "text": part}
    return {"type": type(part).__name__.lower()} | {each.name: _plain(getattr(part, each.name)) for each in fields(part)}


def _plain_section(section: Section) -> dict[str, Any]:
    return {"heading": section.heading, "parts": [plainly(part) for part in section.parts]}


def _plain(value: Any) -> Any:
    if isinstance(value, Section):
        return _plain_section(value)
    if isinstance(value, Button | Field | Table):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value


def press(*labelled: tuple[str, str]) -> Buttons | None:
    """Buttons from (label, command line) pairs; None when there are none."""
    return Buttons([Button(label, asks) for label, asks in labelled]) if labelled else None


def counted(number: int, thing: str, things: str = "") -> str:
    """ "1 action", "3 actions"."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
