"""views.*: modals, and people's Home tabs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.workspace.blockrules import too_large, view_faults
from bot.workspace.core import OWNER, Workspace
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.ids import new_id
from bot.workspace.methods import TIER_4, Answer, Call, method
from bot.workspace.screens import made_view, show
from bot.workspace.state import Body
from bot.workspace.values import state_of


@method("views.open", per_minute=TIER_4)
def open_one(call: Call) -> Answer:
    return _shown(call, call.workspace.screens.open)


@method("views.push", per_minute=TIER_4)
def push(call: Call) -> Answer:
    return _shown(call, call.workspace.screens.push)


@method("views.update", per_minute=TIER_4)
def update(call: Call) -> Answer:
    """Put a view in the place of one that is open, or of somebody's Home tab."""
    view = view_of(call)
    key = call.text("view_id") or call.text("external_id")
    if not key:
        raise invalid_arguments("missing required field: view_id")
    try:
        user = call.workspace.screens.screen(key).user
    except SlackError:
        return {"view": _published(call.workspace, _at_home(call.workspace, key), view, call.text("hash"))}
    same_kind(view, "modal")
    told = call.workspace.screens.update(key, view, call.text("hash"))
    show(call.workspace, user)
    return {"view": told}


@method("views.publish", per_minute=TIER_4)
def publish(call: Call) -> Answer:
    """Show somebody a Home tab."""
    user, view = call.needed("user_id"), view_of(call)
    if not call.workspace.manifest.get("features", {}).get("app_home", {}).get("home_tab_enabled", True):
        raise SlackError("not_enabled")
    if call.workspace.state.get("person", user) is None:
        raise invalid_arguments("invalid `user_id` [json-pointer:/user_id]")
    return {"view": _published(call.workspace, user, view, call.text("hash"))}


def _shown(call: Call, does: Callable[[str, Body], Body]) -> Answer:
    view = view_of(call)
    same_kind(view, "modal")
    trigger = call.text("trigger_id") or call.text("interactivity_pointer")
    if not trigger:
        raise invalid_arguments("missing required field: trigger_id")
    user = call.workspace.screens.exchange(trigger)
    told = does(user, view)
    show(call.workspace, user)
    return {"view": told}


def _published(workspace: Workspace, user: str, view: Body, hash: str) -> Body:
    """Keep a Home tab and show it."""
    same_kind(view, "home")
    before = workspace.state.get("home", user)
    if hash and hash != (before or {}).get("hash", ""):
        raise SlackError("hash_conflict")
    key = before["id"] if before else new_id("V")
    made = made_view(view, {"id": key, "root_view_id": key, "previous_view_id": None}, OWNER, workspace.real())
    kept = {**made, "state": {"values": state_of(made["blocks"], {})}}
    workspace.state.put("home", user, kept)
    workspace.tell("home", {"view": kept}, frozenset({user}))
    return kept


def _at_home(workspace: Workspace, key: str) -> str:
    """Whose Home tab a view is."""
    homes = ((each["id"], workspace.state.get("home", each["id"])) for each in workspace.state.all("person"))
    user = next((user for user, view in homes if view and key in (view["id"], view["external_id"])), None)
    if user is None:
        raise SlackError("not_found")
    return str(user)


def view_of(call: Call) -> Body:
    """The view that is sent, looked over."""
    if call.said.get("view") in (None, ""):
        raise invalid_arguments("missing required field: view")
    try:
        view = call.data("view", "invalid_arguments")
    except SlackError:
        raise invalid_arguments("must provide an object [json-pointer:/view]") from None
    return checked(view)


def checked(view: Any) -> Body:
    """A view as it came from the app; what Slack refuses of it is raised, with which block and why."""
    if isinstance(view, dict) and too_large(view):
        raise SlackError("view_too_large")
    found = view_faults(view)
    if found:
        raise invalid_arguments("failed to match all allowed schemas [json-pointer:/view]", *map(str, found))
    return dict(view)


def same_kind(view: Body, kind: str) -> None:
    """Refuse a view of the other kind."""
    if view["type"] != kind:
        raise invalid_arguments(f"must be a valid enum value: {kind} [json-pointer:/view/type]")
