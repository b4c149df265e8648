"""What Slack refuses of the blocks of a message and of a view."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Literal

from bot.workspace.blockchecks import Check, Fault, anything, boolean, both, kinds, listed, one_of, string, thing, unique
from bot.workspace.blockelements import IMAGE, PICTURE, in_actions, in_context_actions, in_input, in_section, pictured
from bot.workspace.blocktables import data_table, data_visualization, table
from bot.workspace.blocktexts import name, plain, rich_text, text, url
from bot.workspace.values import elements

Body = dict[str, Any]
Where = Literal["message", "modal", "home"]

BLOCKS: dict[Where, int] = {"message": 50, "modal": 100, "home": 100}
WHOLE, MARKDOWN, VIEW = 13_200, 12_000, 250_000  # characters of a message's blocks (undocumented), of its markdown; bytes of a view
TABLES, CHARTS = 1, 2  # of a message
NOT_COUNTED = ("type", "align", "block_id", "action_id")  # among the characters of a message
IN_MESSAGES = {"table", "data_table", "data_visualization", "markdown", "file", "context_actions", "plan", "task_card", "carousel", "card"}
IN_MODALS = {"alert"}


def sectioned(value: Any, at: str) -> Iterator[Fault]:
    if "text" not in value and "fields" not in value:
        yield Fault(at, "missing required field: text")


def acting(value: Any, at: str) -> Iterator[Fault]:
    """The elements beside each other have ids of their own."""
    places = enumerate(value["elements"])
    yield from unique([(e["action_id"], f"{at}/elements/{place}/action_id") for place, e in places if "action_id" in e], "action_id")


_line = kinds({**IMAGE, "plain_text": plain(2000), "mrkdwn": text(2000)})
_section = thing(None, block_id=name, text=text(3000), fields=listed(text(2000), 10), accessory=in_section, expand=boolean)
_picture = thing({"alt_text": string(PICTURE)}, block_id=name, title=plain(2000), image_url=url, slack_file=thing(id=name, url=url))
_video = {"alt_text": string(PICTURE), "title": plain(199), "thumbnail_url": url, "video_url": url}
_video_more: dict[str, Check] = {"title_url": url, "author_name": string(49), "provider_name": string(100), "provider_icon_url": url}
_input: dict[str, Check] = {"label": plain(2000), "element": in_input}
_loose: dict[str, dict[str, Check]] = {
    "plan": {"title": anything, "tasks": anything},
    "task_card": dict.fromkeys(("task_id", "title", "status", "details", "output", "sources"), anything),
    "card": dict.fromkeys(("hero_image", "icon", "title", "subtitle", "subtext", "body", "actions"), anything),
    "carousel": {"elements": anything},
    "alert": {"text": anything, "level": anything},
}
KINDS: dict[str, Check] = {
    "header": thing({"text": plain(150)}, block_id=name),
    "section": both(_section, sectioned),
    "context": thing({"elements": listed(_line, 10)}, block_id=name),
    "actions": both(thing({"elements": listed(in_actions, 25)}, block_id=name), acting),
    "divider": thing(None, block_id=name),
    "image": both(_picture, pictured),
    "input": thing(_input, block_id=name, hint=plain(2000), optional=boolean, dispatch_action=boolean),
    "rich_text": rich_text,
    "markdown": thing({"text": string(MARKDOWN)}, block_id=name),
    "video": thing(_video, block_id=name, description=plain(200), **_video_more),
    "file": thing({"external_id": name, "source": one_of("remote")}, block_id=name),
    "context_actions": thing({"elements": listed(in_context_actions, 5)}, block_id=name),
    "table": table,
    "data_table": data_table,
    "data_visualization": data_visualization,
    **{kind: thing(None, block_id=name, **may) for kind, may in _loose.items()},
}
_block = kinds(KINDS)
_modal = {"title": plain(24), "blocks": anything}
_any_view: dict[str, Check] = {"private_metadata": string(3000, 0), "callback_id": string(255, 0), "external_id": string(255, 0)}
_ends: dict[str, Check] = {"submit": plain(24), "close": plain(24), "clear_on_close": boolean, "notify_on_close": boolean}
_views = kinds({"modal": thing(_modal, **_any_view, **_ends), "home": thing({"blocks": anything}, **_any_view)})


def faults(blocks: Any, where: Where = "message", at: str = "/blocks") -> list[Fault]:
    """What Slack refuses of some blocks, which stand `at` a place in what is sent; nothing when it takes them."""
    found = list(listed(_block, BLOCKS[where])(blocks, at))
    if not found:
        found += _placed(blocks, where, at)
        found += _repeated(blocks, where, at)
    if where == "message" and too_long(blocks):
        found.append(Fault(at, f"must be less than {WHOLE + 1} characters"))
    return found


def view_faults(view: Any) -> list[Fault]:
    """What Slack refuses of a view."""
    found = list(_views(view, "/view"))
    if isinstance(view, dict) and view.get("type") in ("modal", "home") and "blocks" in view:
        blocks = faults(view["blocks"], view["type"], "/view/blocks")
        found += blocks
        if not blocks and view["type"] == "modal" and "submit" not in view and any(b["type"] == "input" for b in view["blocks"]):
            found.append(Fault("/view", "missing required field: submit"))
    if too_large(view):
        found.append(Fault("/view", f"must be less than {VIEW + 1} bytes"))
    return found


def too_long(blocks: Any) -> bool:
    """Whether the blocks of a message hold more characters than Slack takes."""
    return characters(blocks) > WHOLE


def too_large(view: Any) -> bool:
    """Whether a view is larger than Slack takes."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > VIEW


def characters(value: Any, named: str = "") -> int:
    """How many characters of text there are in some blocks: all but the names of kinds, settings and ids."""
    if isinstance(value, str):
        return 0 if named in NOT_COUNTED else len(value)
    if isinstance(value, dict):
        return sum(characters(each, key) for key, each in value.items())
    return sum(characters(each, named) for each in value) if isinstance(value, list) else 0


def _placed(blocks: list[Body], where: Where, at: str) -> Iterator[Fault]:
    """Blocks that may not stand where they do."""
    for place, block in enumerate(blocks):
        if block["type"] in (IN_MODALS if where == "message" else IN_MESSAGES) or (where == "home" and block["type"] in IN_MODALS):
            yield Fault(f"{at}/{place}/type", f"unsupported type: {block['type']}")


def _repeated(blocks: list[Body], where: Where, at: str) -> Iterator[Fault]:
    """Ids that are there twice, and more of a kind than Slack takes."""
    types = [block["type"] for block in blocks]
    named = [(block["block_id"], f"{at}/{place}/block_id") for place, block in enumerate(blocks) if "block_id" in block]
    yield from unique(named, "block_id")
    for kind, most in (("table", TABLES), ("data_visualization", CHARTS)):
        if types.count(kind) > most:
            yield Fault(at, f"no more than {most} {kind} blocks allowed")
    if sum(len(block["text"]) for block in blocks if block["type"] == "markdown") > MARKDOWN:
        yield Fault(at, f"must be less than {MARKDOWN + 1} characters of markdown")
    if where != "message" and sum(bool(element.get("focus_on_load")) for _, element in elements(blocks)) > 1:
        yield Fault(at, "focus_on_load may be set on one element only")
