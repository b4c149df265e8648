"""Draws a reply in a terminal, with rich."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import assert_never

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from bot.cells import numeric, rag, shown
from commands import command_named
from commands.reply import (
    Button,
    Buttons,
    Cell,
    Chart,
    Choice,
    Document,
    Facts,
    Field,
    Form,
    Heading,
    Note,
    Paper,
    Part,
    Reply,
    Table,
    counted,
)
from models.figures.trend import sparkline

GREEN, RED, GREY = "green", "red", "bright_black"
COLOURS = {"clearly down": GREEN, "clearly up": RED, "red": RED, "amber": "yellow", "green": GREEN, "grey": GREY}
FOLDED = 1.25  # how much wider than the screen a table may be, its words folding in their columns
OPTIONS = 8  # of a field that are named where it is only shown
NARROW = 40  # columns, below which nothing is made of a line


def console(width: int | None = None, stderr: bool = False) -> Console:
    """A console that colours a terminal and leaves a pipe plain and unwrapped at its own width."""
    made = Console(width=width, stderr=stderr, highlight=False)
    if width is None and not made.is_terminal:
        made = Console(width=160, stderr=stderr, highlight=False)
    return made


def draw(reply: Reply, numbered: bool = False) -> tuple[RenderableType, list[str]]:
    """(what to print, what could not be drawn). With `numbered`, what `reply.asks` lists is numbered to be pressed, from 1 on."""
    title = Text(reply.title, style="bold red" if reply.refused else "bold cyan")
    numbers = count(1) if numbered else None
    return Group(title, *(_draw(part, numbers) for part in reply.parts)), []


def _draw(part: Part, numbers: Iterator[int] | None) -> RenderableType:
    match part:
        case str():
            return Padding(Text(part), (0, 0, 1, 0), expand=False)
        case Heading():
            return Padding(Text(part.text, style="bold underline"), (1, 0, 0, 0), expand=False)
        case Facts():
            return _facts(part)
        case Table():
            return Fitting(part)
        case Chart():
            return _chart(part)
        case Note():
            return Text(part.text, style=GREY)
        case Buttons():
            return Padding(_buttons(part.buttons, numbers), (1, 0, 0, 0), expand=False)
        case Choice():
            options = _buttons(part.options, numbers, part.chosen)
            return Padding(Group(Text(part.label, style="bold"), options), (1, 0, 0, 0), expand=False)
        case Form():
            return _form(part)
        case Document():
            return _document(part)
        case Paper():
            return _paper(part)
        case _:
            assert_never(part)


def _facts(part: Facts) -> RenderableType:
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(style="bold")
    grid.add_column()
    for label, value in part.facts:
        grid.add_row(Text(label), Text(value))
    return grid


@dataclass
class Fitting:
    """A table where it fits the screen; on a narrow one each row under its first cell, a line a column."""

    part: Table

    def __rich_console__(self, screen: Console, options: ConsoleOptions) -> RenderResult:
        table = _table(self.part)
        if Measurement.get(screen, options.update(width=1_000), table).maximum <= max(options.max_width, NARROW) * FOLDED:
            yield table
            return
        if self.part.title:
            yield Text(self.part.title, style="bold")
        for row in self.part.rows:
            yield Text(shown(row[0]), style="bold")
            for heading, cell in zip(self.part.headings[1:], row[1:], strict=False):
                if cell not in (None, ""):
                    yield Text(f"  {heading}: {shown(cell)}", style=_colour(cell))


def _table(part: Table) -> RenderableType:
    table = RichTable(box=box.SIMPLE_HEAD, title=part.title or None, title_justify="left", title_style="bold", pad_edge=False)
    for column, heading in enumerate(part.headings):
        table.add_column(heading, justify="right" if numeric(part, column) else "left", overflow="fold")
    for row in part.rows:
        table.add_row(*(Text(shown(cell), style=_colour(cell)) for cell in row))
    return table


def _colour(cell: Cell) -> str:
    return COLOURS.get(rag(cell) or str(cell), "")


def _chart(part: Chart) -> RenderableType:
    lines = []
    for name, months in part.series:
        known = [count for count in months if count is not None]
        low, high = min(known, default=0), max(known, default=0)
        lines.append(Text.assemble((f"{name}  ", "bold"), (sparkline(months), "cyan"), f"  lowest {low:,}, highest {high:,}"))
    return Group(Text(f"{part.title}: {part.labels[0]} to {part.labels[-1]}", style=GREY), *lines)


def _buttons(buttons: Sequence[Button], numbers: Iterator[int] | None, chosen: str = "") -> RenderableType:
    lines = [
        Text.assemble(
            (f"[{next(numbers)}] " if numbers else "→ ", "yellow"),
            (button.label, "bold"),
            (" (now)" if chosen and button.label == chosen else "", GREEN),
            f"  {button.asks}",
        )
        for button in buttons
    ]
    return Group(*lines)


def _form(part: Form) -> RenderableType:
    """A form as it stands: what each field holds, what is missing, and a line that would say it all at once."""
    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(style="bold")
    grid.add_column(overflow="fold")
    grid.add_column(style=GREY, overflow="fold")
    for field in part.fields:
        grid.add_row(Text(field.label), _held(field), Text(_hint(field)))
    said = Text.assemble("Say it all in one line, such as: ", (in_one_line(part.asks), "bold"))
    return Padding(Group(Text(part.title, style="bold"), grid, said), (1, 0, 0, 0), expand=False)


def _held(field: Field) -> Text:
    """What a field holds, by its label where it is picked."""
    label = dict(field.options).get(field.value, field.value)
    return Text(label) if label else Text("may stay empty", style=GREY) if field.optional else Text("missing", style=RED)


def _hint(field: Field) -> str:
    options = ", ".join(value for value, _ in field.options[:OPTIONS] if value) + (" …" if len(field.options) > OPTIONS else "")
    return "; ".join(filter(None, (field.hint, options and f"one of {options}")))


def in_one_line(asks: str) -> str:
    """A line that would say all that a form asks: the command's own example of it where it has one."""
    named = command_named(asks.split()[0].lstrip("/"))
    begins = " ".join(asks.split()[:2])
    return next((example for example in (named.examples if named else ()) if example.startswith(f"{begins} ")), f"{asks} …")


def _document(part: Document) -> RenderableType:
    sheets = ", ".join(f"{sheet.title} ({counted(len(sheet.rows), 'row')})" for sheet in part.sheets)
    how = f"To save it: jagbot export actions FILE.xlsx {part.words}".strip()
    return Padding(Group(Text.assemble((part.name, "bold"), f"  {sheets}"), Text(how, style=GREY)), (1, 0, 0, 0), expand=False)


def _paper(part: Paper) -> RenderableType:
    name, how = Text.assemble((part.file, "bold"), f"  {part.title}"), f"jagbot export {part.kind} {part.words} FILE.docx"
    return Padding(Group(name, Text(f"To save it: {how}", style=GREY)), (1, 0, 0, 0), expand=False)
