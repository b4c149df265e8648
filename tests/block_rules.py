"""The words that are seen in the blocks of a message or view."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]


def seen(blocks: list[Block]) -> str:
    """What a person reads in these blocks, in order: a line for each text, button, row of a table and series of a chart."""
    return "\n".join(line for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block["type"]:
        case "header" | "section":
            yield as_read(block["text"])
            yield from _options(block["accessory"]) if "accessory" in block else ()
        case "input":
            yield f"{block['label']['text']}{'' if block.get('optional') else ' *'}: {_held(block['element'])}"
            yield from [block["hint"]["text"]] if "hint" in block else []
            yield from _options(block["element"]) if block["element"]["type"] == "static_select" else ()
        case "context":
            yield from map(as_read, block["elements"])
        case "actions":
            yield from (f"[{element['text']['text']}]" for element in block["elements"])
        case "table":
            yield from (" | ".join(cell["text"] for cell in row) for row in block["rows"])
        case "data_visualization":
            yield block["title"]
            for series in block["chart"]["series"]:
                yield f"{series['name']}: " + ", ".join(f"{point['label']} {point['value']}" for point in series["data"])


def _options(element: Block) -> Iterator[str]:
    chosen = element.get("initial_option")
    yield from (f"({'*' if option == chosen else ' '}) {option['text']['text']}" for option in element["options"])


def _held(element: Block) -> str:
    """What stands in an input."""
    chosen = element.get("initial_option")
    return str(chosen["text"]["text"] if chosen else element.get("initial_value", ""))


def as_read(text: Block) -> str:
    """A text object as it is read: plain text as it stands, mrkdwn with its three entities resolved."""
    if text["type"] == "plain_text":
        return str(text["text"])
    assert "<" not in text["text"], f"markup in {text['text']}"  # the bot writes none of its own
    assert ">" not in text["text"], f"markup in {text['text']}"
    return html.unescape(text["text"])
