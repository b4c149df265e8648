"""What Slack takes and what it refuses, of the blocks of a message or view; and the words that are seen in them."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]
MESSAGE, VIEW = 50, 100  # blocks
WHOLE = 13_200  # characters of a message, undocumented
NOT_IN_VIEWS = {"table", "data_visualization"}
KINDS = {"header", "section", "context", "actions", "divider", "table", "data_visualization", "input"}


def faults(blocks: list[Block], most: int = MESSAGE) -> list[str]:
    """Why Slack would refuse these blocks; nothing when it would not."""
    kinds = [block.get("type") for block in blocks]
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    found = [fault for block in blocks for fault in _faults_of(block)]
    found += [f"{len(blocks)} blocks"] if not 1 <= len(blocks) <= most else []
    found += ["block_ids are not unique"] if len(ids) != len(set(ids)) else []
    found += ["an input in a message"] if most == MESSAGE and "input" in kinds else []
    found += ["more than one table"] if kinds.count("table") > 1 else []
    found += ["more than two charts"] if kinds.count("data_visualization") > 2 else []
    size = sum(len(text) for block in blocks for text in _every_text(block))
    return found + ([f"{size} characters in all"] if size > WHOLE and most == MESSAGE else [])


def view_faults(view: Block) -> list[str]:
    """Why Slack would refuse this view; nothing when it would not."""
    blocks, modal = view["blocks"], view["type"] == "modal"
    found = faults(blocks, VIEW)
    found += [f"a {block['type']} in a view" for block in blocks if block["type"] in NOT_IN_VIEWS]
    known = {
        "type",
        "blocks",
        "private_metadata",
        "callback_id",
        "external_id",
        "title",
        "submit",
        "close",
        "clear_on_close",
        "notify_on_close",
    }
    found += [f"a property that a view does not have: {name}" for name in set(view) - known]
    found += [f"private_metadata of {len(view.get('private_metadata', ''))}"] if len(view.get("private_metadata", "")) > 3000 else []
    found += ["a view larger than 250 KB"] if len(json.dumps(view)) > 250_000 else []
    for name in ("title", "submit", "close"):
        found += list(_text(view[name], 24, "plain_text")) if name in view else []
    if modal:
        found += [] if "title" in view else ["a modal without a title"]
        found += ["inputs without a submit"] if "submit" not in view and any(b["type"] == "input" for b in blocks) else []
    return found


def _input(block: Block) -> Iterator[str]:
    element = block["element"]
    yield from _text(block["label"], 2000, "plain_text")
    yield from _text(block["hint"], 2000, "plain_text") if "hint" in block else ()
    if not 1 <= len(block["block_id"]) <= 255 or not 1 <= len(element["action_id"]) <= 255:
        yield "an id of an input"
    if element["type"] == "static_select":
        yield from _select(element)
    elif element["type"] != "plain_text_input":
        yield f"no input of ours: {element['type']}"
    elif not 1 <= element.get("max_length", 3000) <= 3000 or len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "an input's length"
    elif element.get("initial_value") == "":
        yield "an empty initial value"


def _select(element: Block) -> Iterator[str]:
    options = element["options"]
    if not 1 <= len(options) <= 100:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option["text"], 75, "plain_text")
        if not 1 <= len(option["value"]) <= 75:
            yield f"an option's value of {len(option['value'])} characters"
    if "initial_option" in element and element["initial_option"] not in options:
        yield "an initial option that is none of the options"


def _faults_of(block: Block) -> Iterator[str]:
    match block.get("type"):
        case "header":
            yield from _text(block.get("text"), 150, "plain_text")
        case "section":
            yield from _text(block.get("text"), 3000)
            yield from _select(block["accessory"]) if "accessory" in block else ()
        case "input":
            yield from _input(block)
        case "context":
            if not 1 <= len(block["elements"]) <= 10:
                yield f"{len(block['elements'])} elements of a context"
            for element in block["elements"]:
                yield from _text(element, 2000)
        case "actions":
            yield from _actions(block["elements"])
        case "table":
            yield from _table(block)
        case "data_visualization":
            yield from _chart(block)
        case "divider":
            return
        case other:
            yield f"no block of Slack's: {other}"


def _text(text: Block | None, most: int, kind: str = "") -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in (kind,) if kind else text["type"] not in ("plain_text", "mrkdwn"):
        yield f"no text object: {text}"
        return
    if not text["text"].strip() or len(text["text"]) > most:
        yield f"a text of {len(text['text'])} characters, at most {most}"
    if ("verbatim" in text and text["type"] != "mrkdwn") or ("emoji" in text and text["type"] != "plain_text"):
        yield f"a property that {text['type']} does not have"


def _actions(elements: list[Block]) -> Iterator[str]:
    if not 1 <= len(elements) <= 25:
        yield f"{len(elements)} elements of an actions block"
    names = [element["action_id"] for element in elements]
    if len(names) != len(set(names)) or any(not 1 <= len(name) <= 255 for name in names):
        yield "action_ids are not unique, or too long"
    for element in elements:
        yield from _text(element["text"], 75, "plain_text")
        if not 1 <= len(element["value"]) <= 2000:
            yield f"a value of {len(element['value'])} characters"


def _table(block: Block) -> Iterator[str]:
    rows = block["rows"]
    widths = {len(row) for row in rows}
    if not 1 <= len(rows) <= 100 or len(widths) != 1 or not 1 <= max(widths) <= 20:
        yield f"a table of {len(rows)} rows and {sorted(widths)} columns"
    if len(block.get("column_settings", [])) > 20:
        yield "more than 20 column settings"
    cells = [cell for row in rows for cell in row]
    if any(cell["type"] != "raw_text" or not cell["text"].strip() for cell in cells):
        yield "an empty cell"
    if sum(len(cell["text"]) for cell in cells) > 10_000:
        yield "more than 10,000 characters in a table"


def _chart(block: Block) -> Iterator[str]:
    chart = block["chart"]
    categories = chart["axis_config"]["categories"]
    if not 1 <= len(block["title"]) <= 50 or not 1 <= len(chart["series"]) <= 6:
        yield "a chart's title or number of series"
    if not 1 <= len(categories) <= 20 or any(not 1 <= len(c) <= 20 for c in categories) or len(set(categories)) != len(categories):
        yield "a chart's categories"
    for series in chart["series"]:
        if [point["label"] for point in series["data"]] != categories or any(not isinstance(p["value"], int) for p in series["data"]):
            yield f"a series that does not fit its categories: {series['name']}"


def _every_text(value: Any, name: str = "text") -> Iterator[str]:
    """Every string in a block that is not the name of a kind or a setting."""
    if isinstance(value, str) and name not in ("type", "align", "block_id", "action_id"):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from _every_text(each, key)
    elif isinstance(value, list):
        for each in value:
            yield from _every_text(each, name)


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
