"""Pressing and choosing: on a message, a modal or the Home tab. Only what is there can be pressed, and only what is offered chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.workspace import payloads
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.people import can
from bot.workspace.present import acting, message_in, seen, unless_failed
from bot.workspace.sending import send
from bot.workspace.state import Body
from bot.workspace.values import HOLDS, chosen, elements, options, state_of

State = Mapping[str, Mapping[str, Any]]  # {block_id: {action_id: value}}
FROM_OPTIONS = ("static_select", "multi_static_select", "radio_buttons", "checkboxes", "overflow")


async def act(
    workspace: Workspace, user: str, where: Body, block_id: str, action_id: str, value: Any = None, state: State | None = None
) -> Body:
    """Somebody presses or chooses, and the app takes it: {}.

    `where` is {"channel", "ts"}, {"view"} or {"home": True}; `state` what else is typed and chosen there.
    """
    person = acting(workspace, user)
    if not can(person).press:
        raise SlackError("no_such_element")
    if where.get("view"):
        place, blocks = _in_modal(workspace, user, where["view"], state, block_id, action_id, value)
    elif where.get("home"):
        place, blocks = _on_home(workspace, user, state)
    else:
        place, blocks = _in_message(workspace, person, where, state)
    action = _action(workspace, blocks, block_id, action_id, value)
    taken = await send(workspace, payloads.pressed(workspace, person, action) | place, "interactive")
    about = {"channel": where.get("channel"), "ts": where.get("ts"), "view": where.get("view")}
    unless_failed(workspace, user, taken, workspace.app_name, about)
    return {}


def _action(workspace: Workspace, blocks: list[Body], block_id: str, action_id: str, value: Any) -> Body:
    element = element_of(blocks, block_id, action_id)
    refuse_unoffered(workspace, element, value)
    holds = payloads.chosen_back(chosen(element, value))
    shown: Body = {name: element[name] for name in ("text", "style", "placeholder", "confirm") if name in element}
    return {**shown, **holds, "action_id": action_id, "block_id": block_id}


def element_of(blocks: list[Body], block_id: str, action_id: str) -> Body:
    """What stands in some blocks under these ids."""
    found = (element for block, element in elements(blocks) if (block["block_id"], element.get("action_id")) == (block_id, action_id))
    element = next(found, None)
    if element is None:
        raise SlackError("no_such_element")
    return element


def refuse_unoffered(workspace: Workspace, element: Body, value: Any) -> None:
    """Refuse a value that nobody could have chosen in an element."""
    kind = element["type"]
    several = value if isinstance(value, list) else [value]
    if isinstance(value, dict) and kind != "rich_text_input":
        raise SlackError("no_such_option")
    if kind in FROM_OPTIONS and not {each for each in several if each} <= {option.get("value") for option in options(element)}:
        raise SlackError("no_such_option")
    if "users" in kind and not all(workspace.state.get("person", each) for each in several if each):
        raise SlackError("no_such_option")


def _in_modal(
    workspace: Workspace, user: str, key: str, state: State | None, block_id: str, action_id: str, value: Any
) -> tuple[Body, list[Body]]:
    screen = workspace.screens.screen(key)
    if screen.user != user:
        raise SlackError("view_not_found")
    blocks = screen.view["blocks"]
    keep_typed(workspace, key, blocks, state)
    element = element_of(blocks, block_id, action_id)
    if element["type"] in HOLDS:
        refuse_unoffered(workspace, element, value)
        workspace.screens.typed(key, {block_id: {action_id: value}})
    return payloads.in_view(workspace.screens.find(key)), blocks


def keep_typed(workspace: Workspace, key: str, blocks: list[Body], state: State | None) -> None:
    """Keep what is typed in a modal, as far as it could have been typed there."""
    given = state or {}
    for block, element in elements(blocks):
        value = given.get(block["block_id"], {}).get(element.get("action_id", ""))
        if value is not None:
            refuse_unoffered(workspace, element, value)
    held = {block["block_id"]: dict(given[block["block_id"]]) for block in blocks if block.get("block_id") in given}
    workspace.screens.typed(key, held)


def _on_home(workspace: Workspace, user: str, state: State | None) -> tuple[Body, list[Body]]:
    view = workspace.state.get("home", user)
    if view is None:
        raise SlackError("no_such_element")
    return payloads.in_view({**view, "state": _state(view["blocks"], state)}), view["blocks"]


def _in_message(workspace: Workspace, person: Body, where: Body, state: State | None) -> tuple[Body, list[Body]]:
    channel = seen(workspace, person["id"], str(where.get("channel")))
    ts = str(where.get("ts"))
    message = message_in(workspace, person["id"], channel["id"], ts)
    alone = bool(workspace.state.alone(channel["id"], ts))
    blocks = message.get("blocks", [])
    place = payloads.in_message(workspace, person, channel, message, alone)
    return {**place, "state": _state(blocks, state)}, blocks


def _state(blocks: list[Body], state: State | None) -> Body:
    return {"values": state_of(blocks, {block: dict(named) for block, named in (state or {}).items()})}
