"""Draws a reply in Slack's Block Kit, within its limits. What is too big goes on in a further message, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from bot.blocks import (
    CHOICES,
    CONTEXT,
    ELEMENTS,
    EMPTY,
    HEADER,
    LABEL,
    OPTION,
    TEXT,
    VALUE,
    Block,
    actions,
    bold,
    button,
    characters,
    clipped,
    context,
    escape,
    gathered,
    mrkdwn,
    pieces,
    plain_text,
    section,
    select,
)
from bot.cells import numeric, shown
from bot.years import by_year
from commands.reply import Button, Buttons, Chart, Choice, Document, Facts, Form, Heading, Note, Paper, Part, Reply, Table
from models.figures.trend import sparkline

BLOCKS, CHARACTERS, TABLES, CHARTS = 48, 12_000, 1, 2  # a message; a little under what Slack takes
FALLBACK = 2_900
ROWS, COLUMNS, CELLS, HEADING, CELL = 99, 20, 9_000, 100, 350  # a table: rows without its headings, characters in all, of each
BY_REF = "Ref"  # heads a table whose rows say themselves what they are
PLAIN_WIDTH = 120  # characters of a line of monospaced text; what is wider wraps into a muddle
CATEGORIES, CATEGORY, SERIES, CHART_TITLE, NAME = 20, 20, 6, 50, 20

Message = dict[str, Any]
Rows = Sequence[Sequence[str]]


@dataclass
class Drawing:
    """Blocks on the way to becoming messages, and what could not be carried."""

    plain: bool = False
    fill: str = ""
    blocks: list[Block] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Draw one part; `plain` avoids the blocks that a workspace may refuse."""
        match part:
            case str():
                self.text(part)
            case Heading():
                self.heading(part.text)
            case Facts():
                self.facts(part)
            case Table():
                self.table(part)
            case Chart():
                self.chart(part)
            case Note():
                self.blocks += [context(piece) for piece in pieces(part.text, CONTEXT)]
            case Buttons():
                self.buttons(part.buttons)
            case Choice():
                self.choice(part)
            case Form():
                self.form(part)
            case Document():
                self.blocks.append(context(f"{clipped(part.name, HEADER)}: the file follows in your direct messages with me."))
            case Paper():
                self.blocks.append(context(f"{clipped(part.title, HEADER)}: the Word document follows."))
            case _:
                assert_never(part)

    def text(self, text: str) -> None:
        """Words as data: plain text, in which nothing that people typed formats, mentions or links."""
        self.blocks += [section(plain_text(piece, TEXT)) for piece in pieces(text, TEXT)]

    def heading(self, text: str) -> None:
        """A header; what is too long for one goes on below it."""
        first, *rest = pieces(" ".join(text.split()), HEADER) or [EMPTY]
        self.blocks.append({"type": "header", "text": plain_text(first, HEADER)})
        self.text(" ".join(rest))

    def title(self, text: str) -> None:
        """The title of a table or chart."""
        self.blocks += [section(mrkdwn(bold(piece))) for piece in pieces(text, TEXT - 2)]

    def facts(self, part: Facts) -> None:
        """A line each, its name in bold."""
        lines: list[str] = []
        for label, value in part.facts:
            line = f"{bold(label)}  {escape(value)}".rstrip()
            lines += [line] if len(line) <= TEXT else [escape(piece) for piece in pieces(f"{label}  {value}", TEXT)]
        self.blocks += [section(mrkdwn(some)) for some in gathered(lines, TEXT)]

    def table(self, part: Table) -> None:
        """A native table, continued in another when it is long; monospaced text where plain is wanted.

        What fits neither is written out row by row.
        """
        self.title(part.title)
        squared = _squared(part)
        if not squared.headings:
            return
        for rows in _tables(squared):
            if not _fits_native(squared):
                self.text(_written_out(squared, rows))
            elif self.plain:
                self.monospaced(squared, rows)
            else:
                self.blocks.append(_native(squared, rows))

    def monospaced(self, part: Table, rows: Rows) -> None:
        lines = _monospaced(part, rows)
        if any(len(line) > PLAIN_WIDTH for line in lines):
            self.text(_written_out(part, rows))
        else:
            self.blocks += [section(mrkdwn(f"```{some}```")) for some in gathered(map(escape, lines), TEXT - 6)]

    def chart(self, part: Chart) -> None:
        """A native line chart where it fits; a line of block characters otherwise. Names it cuts short stand whole below it."""
        if not self.plain and len(part.labels) > CATEGORIES:
            part = by_year(part) if _fits(by_year(part)) else part
        if not self.plain and _fits(part):
            self.title(part.title if len(part.title) > CHART_TITLE else "")
            self.blocks.append(_native_chart(part))
            self.text("\n".join(f"{clipped(name, NAME)} is {name}." for name, _ in part.series if len(name) > NAME))
            return
        self.title(part.title)
        self.text(f"{part.labels[0]} to {part.labels[-1]}" if part.labels else "")
        self.text("\n".join(_sparkling(name, months) for name, months in part.series))

    def buttons(self, buttons: Sequence[Button]) -> None:
        """Buttons whose value is what they ask."""
        usable = [button for button in buttons if 0 < len(button.asks) <= VALUE]
        self.losses += [f"a button that asks {len(b.asks):,} characters" for b in buttons if b not in usable]
        self.losses += [f"the end of a button's label of {len(b.label):,} characters" for b in usable if len(b.label) > LABEL]
        row: list[Block] = []
        for number, each in enumerate(usable):
            element = button(each.label, each.asks, f"ask-{number}")
            if row and (len(row) == ELEMENTS or characters([*row, element]) > CHARACTERS):
                self.blocks.append(actions(row))
                row = []
            row.append(element)
        self.blocks += [actions(row)] if row else []

    def choice(self, part: Choice) -> None:
        """A list to choose from beside its label; buttons where an answer asks more than a list carries."""
        *above, last = pieces(part.label, TEXT - 2) or [EMPTY]
        self.blocks += [section(mrkdwn(bold(piece))) for piece in above]
        chosen = next((option for option in part.options if option.label == part.chosen), None)
        if _choosable(part):
            chosen_from = select([(option.label, option.asks) for option in part.options], part.options.index(chosen) if chosen else None)
            self.blocks.append(section(mrkdwn(bold(last))) | {"accessory": chosen_from})
            self.text("" if chosen else part.chosen)
            return
        self.blocks.append(section(mrkdwn(bold(last))))
        self.text(part.chosen)
        self.buttons(part.options)

    def form(self, part: Form) -> None:
        """What a form asks for and what is filled in, and a button that opens it."""
        self.title(part.title)
        self.facts(Facts([(each.label, each.value) for each in part.fields if each.value]))
        missing = [each.label for each in part.fields if not each.value and not each.optional]
        self.text(f"Still needed: {', '.join(missing)}." if missing else "")
        asks = self.fill or part.asks
        if 0 < len(asks) <= VALUE:
            self.blocks.append(actions([button("Fill in", asks, "fill-in" if self.fill else "ask-form")]))
        else:
            self.losses.append(f"a form that asks {len(asks):,} characters")


def draw(reply: Reply, share: str = "", plain: bool = False, fill: str = "") -> tuple[list[Message], list[str]]:
    """(messages, what could not be carried). Each message is {"text", "blocks"}; `share` adds "Share here" asking that line.

    `fill` is what the button that opens a form asks, where that is more than the form's own line.

    Never raises: whatever a reply holds, something is drawn.
    """
    drawing = Drawing(plain, fill)
    drawing.heading(reply.title)
    for part in reply.parts:
        drawing.add(part)
    if share and len(share) <= VALUE:
        drawing.blocks.append(actions([button("Share here", share, "share")]))
    fallback = escape(clipped(reply.summary.strip() or reply.title.strip() or EMPTY, FALLBACK))
    messages: list[Message] = [{"text": fallback, "blocks": blocks} for blocks in _messages(drawing.blocks)]
    for message in messages:
        for number, block in enumerate(message["blocks"]):
            block["block_id"] = f"part-{number}"
    return messages, drawing.losses


def _messages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks cut into messages: by number, characters, tables and charts."""
    kept: list[Block] = []
    size = 0
    for block in blocks:
        more = characters(block)
        kinds = [each["type"] for each in (*kept, block)]
        too_big = size + more > CHARACTERS or len(kinds) > BLOCKS
        if kept and (too_big or kinds.count("table") > TABLES or kinds.count("data_visualization") > CHARTS):
            yield kept
            kept, size = [], 0
        kept.append(block)
        size += more
    yield kept


def _choosable(part: Choice) -> bool:
    """Whether Slack takes these answers as a list. An answer twice over would be one that cannot be told from the other."""
    short = all(0 < len(option.asks) <= OPTION and option.label.strip() and len(option.label) <= OPTION for option in part.options)
    return short and 0 < len(part.options) <= CHOICES and len({option.asks for option in part.options}) == len(part.options)


def _squared(part: Table) -> Table:
    """The table with rows and headings of one width."""
    width = max(len(row) for row in (part.headings, *part.rows))
    rows = [[*row, *[None] * (width - len(row))] for row in part.rows]
    return Table([*part.headings, *[""] * (width - len(part.headings))], rows)


def _tables(part: Table) -> Iterator[Rows]:
    """The rows as text, in as many tables as Slack's limits make of them."""
    heading = sum(map(len, part.headings))
    kept: list[list[str]] = []
    size = heading
    for row in part.rows:
        cells = [filled(shown(cell)) for cell in row]
        size += sum(map(len, cells))
        if kept and (len(kept) == ROWS or size > CELLS):
            yield kept
            kept, size = [], heading + sum(map(len, cells))
        kept.append(cells)
    yield kept


def filled(cell: str) -> str:
    return cell if cell.strip() else EMPTY


def _fits_native(part: Table) -> bool:
    cells = all(len(shown(cell)) <= CELL for row in part.rows for cell in row)
    return cells and len(part.headings) <= COLUMNS and all(len(heading) <= HEADING for heading in part.headings)


def _native(part: Table, rows: Rows) -> Block:
    settings = [{"align": "right" if numeric(part, i) else "left", "is_wrapped": True} for i in range(len(part.headings))]
    every = [[filled(heading) for heading in part.headings], *rows]
    return {"type": "table", "column_settings": settings, "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in every]}


def _monospaced(part: Table, rows: Rows) -> list[str]:
    every = [[" ".join(cell.split()) for cell in row] for row in (part.headings, *rows)]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    right = [numeric(part, i) for i in range(len(widths))]
    return [
        "  ".join(cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in every
    ]


def _written_out(part: Table, rows: Rows) -> str:
    """A line a row: "JAG-13-015: Fit alley gates, at risk, amber" of a list of actions, each value named of any other table."""
    if part.headings[0] == BY_REF:
        return "\n".join(f"{row[0]}: {', '.join(cell for cell in row[1:] if cell != EMPTY)}".removesuffix(": ") for row in rows)
    named = [f"{heading}: " if heading.strip() else "" for heading in part.headings]
    lines = ["; ".join(name + cell for name, cell in zip(named, row, strict=True)) for row in rows]
    return "\n".join(lines) if lines else "; ".join(part.headings)


def _sparkling(name: str, months: Sequence[int | None]) -> str:
    known = [count for count in months if count is not None]
    ends = f"lowest {min(known):,}, highest {max(known):,}" if known else "no month may be shown"
    return f"{name}  {sparkline(months)}  {ends}"


def _fits(part: Chart) -> bool:
    whole = all(len(months) == len(part.labels) and None not in months for _, months in part.series)
    labels = 2 <= len(part.labels) <= CATEGORIES and len(set(part.labels)) == len(part.labels)
    short = all(label.strip() and len(label) <= CATEGORY for label in part.labels)
    names = {clipped(name, NAME) for name, _ in part.series if name.strip()}
    return whole and labels and short and 1 <= len(part.series) == len(names) <= SERIES


def _native_chart(part: Chart) -> Block:
    series = [
        {"name": clipped(name, NAME), "data": [{"label": label, "value": value} for label, value in zip(part.labels, months, strict=True)]}
        for name, months in part.series
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": list(part.labels)}}
    return {"type": "data_visualization", "title": clipped(part.title.strip() or EMPTY, CHART_TITLE), "chart": chart}
