"""Draws a reply in Slack's Block Kit, within its limits. What is too big goes on in a further message, never cut."""

from __future__ import annotations

from collections.abc import Sequence
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
    titles,
    words,
)
from bot.chartblocks import chart_blocks
from bot.cutting import CHARACTERS, cut_up
from bot.tableblocks import table_blocks
from commands.reply import Button, Buttons, Chart, Choice, Document, Facts, Form, Heading, Note, Paper, Part, Reply, Table

FALLBACK = 2_900

Message = dict[str, Any]


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
                self.blocks += words(part)
            case Heading():
                self.heading(part.text)
            case Facts():
                self.facts(part)
            case Table():
                self.blocks += table_blocks(part, self.plain)
            case Chart():
                self.blocks += chart_blocks(part, self.plain)
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

    def heading(self, text: str) -> None:
        """A header; what is too long for one goes on below it."""
        first, *rest = pieces(" ".join(text.split()), HEADER) or [EMPTY]
        self.blocks.append({"type": "header", "text": plain_text(first, HEADER)})
        self.blocks += words(" ".join(rest))

    def facts(self, part: Facts) -> None:
        """A line each, its name in bold."""
        lines: list[str] = []
        for label, value in part.facts:
            line = f"{bold(label)}  {escape(value)}".rstrip()
            lines += [line] if len(line) <= TEXT else [escape(piece) for piece in pieces(f"{label}  {value}", TEXT)]
        self.blocks += [section(mrkdwn(some)) for some in gathered(lines, TEXT)]

    def buttons(self, buttons: Sequence[Button]) -> None:
        """Buttons whose value is what they ask."""
        usable = [button for button in buttons if button.asks.strip() and len(button.asks) <= VALUE]
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
            self.blocks += words("" if chosen else part.chosen)
            return
        self.blocks.append(section(mrkdwn(bold(last))))
        self.blocks += words(part.chosen)
        self.buttons(part.options)

    def form(self, part: Form) -> None:
        """What a form asks for and what is filled in, and a button that opens it."""
        self.blocks += titles(part.title)
        self.facts(Facts([(each.label, each.value) for each in part.fields if each.value]))
        missing = [each.label for each in part.fields if not each.value and not each.optional]
        self.blocks += words(f"Still needed: {', '.join(missing)}." if missing else "")
        asks = self.fill or part.asks
        if asks.strip() and len(asks) <= VALUE:
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
    cut = list(cut_up(drawing.blocks))
    messages: list[Message] = [{"text": _notified(fallback, part, len(cut)), "blocks": blocks} for part, blocks in enumerate(cut, 1)]
    for message in messages:
        for number, block in enumerate(message["blocks"]):
            block["block_id"] = f"part-{number}"
    return messages, drawing.losses


def _notified(fallback: str, part: int, parts: int) -> str:
    """What is notified of a message: of those that go on, which part they are."""
    return fallback if part == 1 else f"{fallback.rstrip('.')}, part {part} of {parts}."


def _choosable(part: Choice) -> bool:
    """Whether Slack takes these answers as a list. An answer twice over would be one that cannot be told from the other."""
    said = [each for option in part.options for each in (option.asks, option.label)]
    short = all(each.strip() and len(each) <= OPTION for each in said)
    return short and 0 < len(part.options) <= CHOICES and len({option.asks for option in part.options}) == len(part.options)
