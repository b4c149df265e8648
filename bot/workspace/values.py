"""What the elements of Block Kit hold: what is typed or chosen in them, as Slack says it in a view's state and in actions."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Sequence
from typing import Any

from bot.workspace.ids import new_name

Body = dict[str, Any]

HOLDS = {
    "plain_text_input": "value",
    "email_text_input": "value",
    "url_text_input": "value",
    "number_input": "value",
    "rich_text_input": "rich_text_value",
    "file_input": "files",
    "static_select": "selected_option",
    "external_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "multi_external_select": "selected_options",
    "checkboxes": "selected_options",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
}
CHOSEN = "selected_option"


def chosen(element: Body, value: Any) -> Body:
    """What an element says once it holds a value: {"type", and "value", "selected_option" …}. A choice is given by its options' values.

    A button says its own value, and an overflow menu the option that was picked. An option that is not there is none.
    """
    kind = element["type"]
    if isinstance(value, dict) and value.get("type") == kind:
        return value
    if kind == "button":
        return {"type": kind} | ({"value": element["value"]} if "value" in element else {})
    field = HOLDS.get(kind, CHOSEN)
    return {"type": kind, field: _held(element, field, value)}


def initial(element: Body) -> Body:
    """What an element holds before anybody has touched it."""
    field = HOLDS[element["type"]]
    name = "initial_value" if field.endswith("value") else field.replace("selected", "initial")
    return {"type": element["type"], field: element.get(name, [] if field.endswith("s") else None)}


def options(element: Body) -> list[Body]:
    """Every option of an element, also those in groups."""
    grouped = [option for group in element.get("option_groups") or [] for option in group["options"]]
    return [*(element.get("options") or []), *grouped]


def elements(blocks: Sequence[Body]) -> Iterator[tuple[Body, Body]]:
    """(block, element) for everything that can be pressed, typed in or chosen from."""
    for block in blocks:
        inside = block.get("elements") if block["type"] == "actions" else [block.get("accessory") or block.get("element")]
        yield from ((block, element) for element in inside or [] if element and element["type"] != "image")


def state_of(blocks: Sequence[Body], typed: dict[str, dict[str, Any]]) -> dict[str, dict[str, Body]]:
    """{block_id: {action_id: what it holds}} for all that holds something: as typed, otherwise as it was to begin with."""
    values: dict[str, dict[str, Body]] = {}
    for block, element in elements(blocks):
        if element["type"] in HOLDS:
            name = element["action_id"]
            given = typed.get(block["block_id"], {})
            values.setdefault(block["block_id"], {})[name] = chosen(element, given[name]) if name in given else initial(element)
    return values


def completed(blocks: Sequence[Body]) -> list[Body]:
    """The blocks as Slack keeps them: each with a block_id, each element with an action_id, texts with what they leave to Slack."""
    kept = copy.deepcopy(list(blocks))
    for block in kept:
        block.setdefault("block_id", new_name())
        if block["type"] == "input":
            block |= {"optional": block.get("optional", False), "dispatch_action": block.get("dispatch_action", False)}
    for _, element in elements(kept):
        element.setdefault("action_id", new_name())
    for text in texts(kept):
        text.setdefault(*(("emoji", True) if text["type"] == "plain_text" else ("verbatim", False)))
    return kept


def texts(value: Any) -> Iterator[Body]:
    """Every text object in blocks."""
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn") and "text" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from texts(each)


def _held(element: Body, field: str, value: Any) -> Any:
    if field == "selected_options":
        return [option for option in options(element) if option["value"] in (value or [])]
    if field == CHOSEN:
        if element["type"] == "external_select":
            return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": value} if value else None
        return next((option for option in options(element) if option.get("value") == value), None)
    return value if value else [] if field.endswith("s") else None
