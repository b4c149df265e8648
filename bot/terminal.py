"""Draws a reply in a terminal, with rich."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from rich import box
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from bot.cells import numeric, shown
from commands.reply import Buttons, Chart, Facts, Heading, Note, Part, Reply, Table
from models.figures.trend import sparkline

GREEN, RED, GREY = "green", "red", "bright_black"
COLOURS = {"clearly down": GREEN, "clearly up": RED}
FOLDED = 1.25  # how much wider than the screen a table may be, its words folding in their columns
NARROW = 40  # columns, below which nothing is made of a line


def console(width: int | None = None, stderr: bool = False) -> Console:
    """A console that colours a terminal and leaves a pipe plain and unwrapped at its own width."""
    made = Console(width=width, stderr=stderr, highlight=False)
    if width is None and not made.is_terminal:
        made = Console(width=160, stderr=stderr, highlight=False)
    return made


def draw(reply: Reply, numbered: bool = False) -> tuple[RenderableType, list[str]]:
    """(what to print, what could not be drawn). With `numbered`, buttons are numbered to be pressed by number."""
    title = Text(reply.title, style="bold red" if reply.refused else "bold cyan")
    return Group(title, *(_draw(part, numbered) for part in reply.parts)), []


def _draw(part: Part, numbered: bool) -> RenderableType:
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
            return _buttons(part, numbered)
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
                    yield Text(f"  {heading}: {shown(cell)}", style=COLOURS.get(str(cell), ""))


def _table(part: Table) -> RenderableType:
    table = RichTable(box=box.SIMPLE_HEAD, title=part.title or None, title_justify="left", title_style="bold", pad_edge=False)
    for column, heading in enumerate(part.headings):
        table.add_column(heading, justify="right" if numeric(part, column) else "left", overflow="fold")
    for row in part.rows:
        table.add_row(*(Text(shown(cell), style=COLOURS.get(str(cell), "")) for cell in row))
    return table


def _chart(part: Chart) -> RenderableType:
    lines = []
    for name, months in part.series:
        known = [count for count in months if count is not None]
        low, high = min(known, default=0), max(known, default=0)
        lines.append(Text.assemble((f"{name}  ", "bold"), (sparkline(months), "cyan"), f"  lowest {low:,}, highest {high:,}"))
    return Group(Text(f"{part.title}: {part.labels[0]} to {part.labels[-1]}", style=GREY), *lines)


def _buttons(part: Buttons, numbered: bool) -> RenderableType:
    lines = [
        Text.assemble((f"[{i}] " if numbered else "→ ", "yellow"), (button.label, "bold"), f"  {button.asks}")
        for i, button in enumerate(part.buttons, 1)
    ]
    return Padding(Group(*lines), (1, 0, 0, 0), expand=False)
