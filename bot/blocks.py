"""The elements of Slack's Block Kit, and cutting text to what fits in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

TEXT, CONTEXT, HEADER, LABEL, VALUE, ELEMENTS = 2_900, 1_900, 150, 75, 2_000, 25
OPTION, CHOICES = 75, 100  # of a list to choose from: label and value to be safe, and how many
EMPTY = "–"  # no text may be empty

Block = dict[str, Any]


def characters(block: Any) -> int:
    """How many characters of text a block carries."""
    if isinstance(block, str):
        return len(block)
    values = block.values() if isinstance(block, dict) else block if isinstance(block, list) else ()
    return sum(characters(value) for value in values)


def escape(text: str) -> str:
    """Text as data in mrkdwn: nothing in it mentions or links."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clipped(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"


def pieces(text: str, most: int) -> list[str]:
    """Text in pieces of at most `most` characters when escaped, cut at a line or a space where there is one. None is blank."""
    cut_off: list[str] = []
    while len(escape(text)) > most:
        end = max(most - (len(escape(text[:most])) - len(text[:most])), most // 5)
        cut = max(text.rfind("\n", 0, end), text.rfind(" ", 0, end))
        cut = cut if cut > 0 else end
        cut_off.append(text[:cut])
        text = text[cut:].lstrip()
    return [piece for piece in (*cut_off, text) if piece.strip()]


def gathered(lines: Iterable[str], most: int) -> Iterator[str]:
    """Lines together in as few texts of at most `most` characters as they go into; none of them is longer."""
    kept: list[str] = []
    for line in lines:
        if kept and len("\n".join([*kept, line])) > most:
            yield "\n".join(kept)
            kept = []
        if line.strip():
            kept.append(line)
    if kept:
        yield "\n".join(kept)


def section(text: Block) -> Block:
    return {"type": "section", "text": text}


def context(text: str) -> Block:
    return {"type": "context", "elements": [plain_text(text, CONTEXT)]}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def bold(text: str) -> str:
    """The first line bold, what stands below it not: Slack makes nothing bold that goes on in another line."""
    head, below, rest = text.strip().partition("\n")
    return f"*{escape(head)}*{below}{escape(rest)}" if head else ""


def plain_text(text: str, most: int) -> Block:
    return {"type": "plain_text", "text": clipped(text if text.strip() else EMPTY, most), "emoji": False}


def words(text: str) -> list[Block]:
    """Words as data: plain text, in which nothing that people typed formats, mentions or links."""
    return [section(plain_text(piece, TEXT)) for piece in pieces(text, TEXT)]


def titles(text: str) -> list[Block]:
    """The title of a table or chart."""
    return [section(mrkdwn(bold(piece))) for piece in pieces(text, TEXT - 2)]


def actions(elements: list[Block]) -> Block:
    return {"type": "actions", "elements": elements}


def button(label: str, value: str, action: str) -> Block:
    return {"type": "button", "text": plain_text(label, LABEL), "value": value, "action_id": action}


def select(options: Sequence[tuple[str, str]], chosen: int | None) -> Block:
    """A list of (label, value) to choose one from; `chosen` is the place of the one that holds now."""
    listed = [{"text": plain_text(label, OPTION), "value": value} for label, value in options]
    element: Block = {"type": "static_select", "action_id": "choose", "placeholder": plain_text("Choose …", OPTION), "options": listed}
    return element if chosen is None else element | {"initial_option": listed[chosen]}
