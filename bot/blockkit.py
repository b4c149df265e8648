"""Draws a reply in Slack's Block Kit, within its limits. What is too big goes on in a further message, never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, assert_never

from bot.terminal import numeric, shown
from commands.reply import Buttons, Chart, Facts, Heading, Note, Part, Reply, Table
from models.figures.trend import sparkline

BLOCKS, CHARACTERS, TABLES, CHARTS = 48, 12_000, 1, 2  # a message; a little under what Slack takes
TEXT, CONTEXT, HEADER, LABEL, VALUE, FALLBACK = 2_900, 1_900, 150, 75, 2_000, 2_900
ROWS, COLUMNS, CELLS = 99, 20, 9_000  # a table, without its headings
CATEGORIES, CATEGORY, SERIES, CHART_TITLE = 20, 20, 6, 50
ELEMENTS = 25
EMPTY = "–"  # a cell may not be empty

Block = dict[str, Any]
Message = dict[str, Any]


@dataclass
class Drawing:
    """Blocks on the way to becoming messages, and what could not be carried."""

    plain: bool = False
    blocks: list[Block] = field(default_factory=list)
    losses: list[str] = field(default_factory=list)

    def add(self, part: Part) -> None:
        """Draw one part; `plain` avoids the blocks that a workspace may refuse."""
        match part:
            case str():
                self.blocks += [section(escape(piece)) for piece in pieces(part, TEXT)]
            case Heading():
                self.blocks.append({"type": "header", "text": plain_text(part.text, HEADER)})
            case Facts():
                lines = "\n".join(f"*{escape(label)}*  {escape(value)}" for label, value in part.facts)
                self.blocks += [section(piece) for piece in pieces(lines, TEXT)]
            case Table():
                self.table(part)
            case Chart():
                self.chart(part)
            case Note():
                self.blocks += [context(escape(piece)) for piece in pieces(part.text, CONTEXT)]
            case Buttons():
                self.buttons(part)
            case _:
                assert_never(part)

    def table(self, part: Table) -> None:
        """A native table, continued in another when it is long; monospaced text where plain is wanted."""
        if part.title:
            self.blocks.append(section(f"*{escape(part.title)}*"))
        if len(part.headings) > COLUMNS:
            self.losses.append(f"columns {', '.join(part.headings[COLUMNS:])}")
        for rows in _tables(part):
            self.blocks += (
                [section(f"```{escape(piece)}```") for piece in pieces(_monospaced(part, rows), TEXT - 6)]
                if self.plain
                else [_native(part, rows)]
            )

    def chart(self, part: Chart) -> None:
        """A native line chart where it fits; a line of block characters otherwise."""
        if not self.plain and _fits(part):
            self.blocks.append(_native_chart(part))
            return
        lines = [f"*{escape(part.title)}*, {part.labels[0]} to {part.labels[-1]}"] if part.labels else [f"*{escape(part.title)}*"]
        for name, months in part.series:
            known = [count for count in months if count is not None]
            lines.append(f"{escape(name)} `{sparkline(months)}` lowest {min(known, default=0):,}, highest {max(known, default=0):,}")
        self.blocks.append(section("\n".join(lines)))

    def buttons(self, part: Buttons) -> None:
        """Buttons whose value is what they ask."""
        usable = [button for button in part.buttons if len(button.asks) <= VALUE]
        self.losses += [f"button {button.label}" for button in part.buttons if button not in usable]
        for start in range(0, len(usable), ELEMENTS):
            several = usable[start : start + ELEMENTS]
            elements = [button(b.label, b.asks, f"ask-{start + i}") for i, b in enumerate(several)]
            self.blocks.append({"type": "actions", "elements": elements})


def draw(reply: Reply, share: str = "", plain: bool = False) -> tuple[list[Message], list[str]]:
    """(messages, what could not be carried). Each message is {"text", "blocks"}; `share` adds "Share here" asking that line.

    Never raises: whatever a reply holds, something is drawn.
    """
    drawing = Drawing(plain)
    drawing.blocks.append({"type": "header", "text": plain_text(reply.title, HEADER)})
    for part in reply.parts:
        drawing.add(part)
    if share and len(share) <= VALUE:
        drawing.blocks.append({"type": "actions", "elements": [button("Share here", share, "share")]})
    fallback = escape(clipped(reply.summary or reply.title, FALLBACK))
    messages: list[Message] = [{"text": fallback, "blocks": blocks} for blocks in _messages(drawing.blocks)]
    for message in messages:
        for number, block in enumerate(message["blocks"]):
            block["block_id"] = f"part-{number}"
    return messages, drawing.losses


def _messages(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """Blocks cut into messages: by number, characters, tables and charts."""
    kept: list[Block] = []
    for block in blocks:
        trial = [*kept, block]
        kinds = [each["type"] for each in trial]
        too_big = sum(map(characters, trial)) > CHARACTERS or len(trial) > BLOCKS
        if kept and (too_big or kinds.count("table") > TABLES or kinds.count("data_visualization") > CHARTS):
            yield kept
            trial = [block]
        kept = trial
    yield kept


def characters(block: Any) -> int:
    """How many characters of text a block carries."""
    if isinstance(block, str):
        return len(block)
    values = block.values() if isinstance(block, dict) else block if isinstance(block, list) else ()
    return sum(characters(value) for value in values)


def escape(text: str) -> str:
    """Text as data: nothing in it mentions, links or formats."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def pieces(text: str, most: int) -> Iterator[str]:
    """Text in pieces of at most `most` characters when escaped, cut at a line or a space where there is one."""
    while len(escape(text)) > most:
        end = most - (len(escape(text[:most])) - len(text[:most]))
        end = max(end, most // 5)
        cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        cut = cut if cut > 0 else end
        yield text[:cut]
        text = text[cut:].lstrip()
    if text:
        yield text


def section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def context(text: str) -> Block:
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}


def plain_text(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": clipped(text or EMPTY, most), "emoji": False}


def button(label: str, value: str, action: str) -> Block:
    return {"type": "button", "text": plain_text(label, LABEL), "value": value, "action_id": action}


def _tables(part: Table) -> Iterator[list[list[str]]]:
    """The rows as text, in as many tables as Slack's limits make of them."""
    kept: list[list[str]] = []
    for row in part.rows:
        cells = [clipped(shown(cell), 500) or EMPTY for cell in row[:COLUMNS]]
        if kept and (len(kept) == ROWS or sum(len(c) for r in [*kept, cells] for c in r) > CELLS):
            yield kept
            kept = []
        kept.append(cells)
    yield kept


def _native(part: Table, rows: Sequence[Sequence[str]]) -> Block:
    settings = [{"align": "right" if numeric(part, i) else "left", "is_wrapped": True} for i in range(min(len(part.headings), COLUMNS))]
    every = [[heading or EMPTY for heading in part.headings[:COLUMNS]], *rows]
    return {"type": "table", "column_settings": settings, "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in every]}


def _monospaced(part: Table, rows: Sequence[Sequence[str]]) -> str:
    every = [list(part.headings[:COLUMNS]), *rows]
    widths = [max(len(row[i]) for row in every) for i in range(len(every[0]))]
    right = [numeric(part, i) for i in range(len(widths))]
    return "\n".join(
        "  ".join(cell.rjust(w) if r else cell.ljust(w) for cell, w, r in zip(row, widths, right, strict=True)).rstrip() for row in every
    )


def _fits(part: Chart) -> bool:
    whole = all(count is not None for _, months in part.series for count in months)
    labels = 2 <= len(part.labels) <= CATEGORIES and len(set(part.labels)) == len(part.labels)
    return whole and labels and 1 <= len(part.series) <= SERIES and all(len(label) <= CATEGORY for label in part.labels)


def _native_chart(part: Chart) -> Block:
    series = [
        {"name": clipped(name, 50), "data": [{"label": label, "value": value} for label, value in zip(part.labels, months, strict=True)]}
        for name, months in part.series
    ]
    chart = {"type": "line", "series": series, "axis_config": {"categories": list(part.labels)}}
    return {"type": "data_visualization", "title": clipped(part.title, CHART_TITLE), "chart": chart}
