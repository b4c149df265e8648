"""Forms that are filled in: what Slack itself asks for before it sends one, and what becomes of it by the app's answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.workspace import payloads
from bot.workspace.api.views import checked, same_kind
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.present import acting
from bot.workspace.pressing import State, keep_typed
from bot.workspace.screens import Screen, show
from bot.workspace.sending import Acknowledged, send
from bot.workspace.state import Body

REQUIRED = "Please complete this required field."


async def submit(workspace: Workspace, user: str, key: str, state: State | None = None) -> Body:
    """Somebody presses a form's button: {}, or {"errors": {block_id: words}}. What the app fails to take stays as it was filled in."""
    person, screen = acting(workspace, user), mine(workspace, user, key)
    keep_typed(workspace, key, screen.view["blocks"], state)
    view = workspace.screens.find(key)
    if wrong := dict(incomplete(view)):
        return _with_errors(workspace, user, key, wrong)
    workspace.screens.errors(key, {})
    taken = await send(workspace, payloads.submitted(workspace, person, view), "interactive")
    try:
        return _done(workspace, user, key, taken)
    except SlackError as refused:
        text = "We had some trouble connecting. Try again?"
        workspace.tell("late", {"channel": None, "ts": None, "text": text, "view": key}, frozenset({user}))
        raise SlackError("trouble_connecting") from refused


async def close(workspace: Workspace, user: str, key: str, all: bool = False) -> Body:
    """Somebody closes a modal, or all of them; the app is told where it wants to be."""
    person = acting(workspace, user)
    mine(workspace, user, key)
    for view in workspace.screens.close(key, all):
        if view["notify_on_close"]:
            workspace.background(send(workspace, payloads.closed(workspace, person, view, all), "interactive"))
    show(workspace, user)
    return {}


def mine(workspace: Workspace, user: str, key: str) -> Screen:
    """A modal that is open for somebody."""
    try:
        screen = workspace.screens.screen(key)
    except SlackError:
        raise SlackError("view_not_found") from None
    if screen.user != user:
        raise SlackError("view_not_found")
    return screen


def incomplete(view: Body) -> Iterator[tuple[str, str]]:
    """(block_id, words) of each input that Slack lets nobody submit."""
    for block in view["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            holds = view["state"]["values"].get(block["block_id"], {}).get(element.get("action_id"), {})
            if words := _wrong(block, element, next((value for name, value in holds.items() if name != "type"), None)):
                yield block["block_id"], words


def _wrong(block: Body, element: Body, value: Any) -> str:
    if not value:
        return "" if block.get("optional") else REQUIRED
    if isinstance(value, str) and len(value) > element.get("max_length", 3000):
        return f"Please keep it under {element.get('max_length', 3000) + 1:,} characters."
    if isinstance(value, str) and len(value) < element.get("min_length", 0):
        return f"Please write at least {element['min_length']:,} characters."
    return ""


def _done(workspace: Workspace, user: str, key: str, taken: Acknowledged) -> Body:
    """Do with a form as the app says. Raises SlackError for what it cannot say."""
    if not taken.ok:
        raise SlackError("operation_timeout")
    said = taken.body if isinstance(taken.body, dict) else {}
    match said.get("response_action"):
        case None:
            workspace.screens.close(key)
        case "errors":
            inputs = {block["block_id"] for block in mine(workspace, user, key).view["blocks"] if block["type"] == "input"}
            if not said.get("errors") or not set(said["errors"]) <= inputs:
                raise SlackError("invalid_arguments")
            return _with_errors(workspace, user, key, said["errors"])
        case "update":
            workspace.screens.update(key, _valid(said))
        case "push":
            workspace.screens.push(user, _valid(said))
        case "clear":
            workspace.screens.close(key, all=True)
        case _:
            raise SlackError("invalid_arguments")
    show(workspace, user)
    return {}


def _valid(said: Body) -> Body:
    view = checked(said.get("view"))
    same_kind(view, "modal")
    return view


def _with_errors(workspace: Workspace, user: str, key: str, errors: Body) -> Body:
    workspace.screens.errors(key, errors)
    show(workspace, user)
    return {"errors": errors}
