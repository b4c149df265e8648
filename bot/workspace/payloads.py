"""What the app is sent, as Slack writes it: commands, presses, forms, shortcuts, and events."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any

from bot.workspace.core import APP, BOT, Workspace
from bot.workspace.ids import new_id
from bot.workspace.state import Body

TOKEN = "superseded-by-signatures"  # every payload still has one; nobody is to go by it
NAMELESS = {"private": "privategroup", "im": "directmessage", "app": "directmessage"}
CHANNEL_TYPES = {"channel": "channel", "private": "group", "im": "im", "app": "im"}


def command(workspace: Workspace, user: Body, channel: Body, name: str, text: str) -> Body:
    """A slash command: fields of a form."""
    about = {"team_id": workspace.team["id"], "team_domain": workspace.team.get("domain", ""), "api_app_id": APP}
    return {
        "token": TOKEN,
        **about,
        **_enterprise(workspace, "enterprise_id"),
        "channel_id": channel["id"],
        "channel_name": called(channel),
        "user_id": user["id"],
        "user_name": user["name"],
        "command": name,
        "text": text,
        "is_enterprise_install": "false",
        "response_url": response_url(workspace, channel["id"], user["id"]),
        "trigger_id": workspace.screens.trigger(user["id"]),
    }


def pressed(workspace: Workspace, user: Body, action: Body) -> Body:
    """A press or a choice, but for where: a message or a view goes in beside it."""
    payload = _interaction(workspace, user, "block_actions")
    stamped = {**action, "action_ts": moment(workspace)}
    return {**payload, "trigger_id": workspace.screens.trigger(user["id"]), "actions": [stamped]}


def in_message(workspace: Workspace, user: Body, channel: Body, message: Body, ephemeral: bool) -> Body:
    """Where a press was, if on a message; of one that only they see Slack does not give the content."""
    thread = {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
    container = {"type": "message", "message_ts": message["ts"], "channel_id": channel["id"], "is_ephemeral": ephemeral, **thread}
    url = response_url(workspace, channel["id"], user["id"], message["ts"], thread.get("thread_ts", ""), ephemeral)
    place = {"container": container, "channel": {"id": channel["id"], "name": called(channel)}, "response_url": url}
    return place if ephemeral else {**place, "message": message}


def in_view(view: Body) -> Body:
    """Where a press was, if on a modal or on the Home tab."""
    return {"container": {"type": "view", "view_id": view["id"]}, "view": as_given_back(view)}


def submitted(workspace: Workspace, user: Body, view: Body) -> Body:
    """A form whose button was pressed."""
    payload = _interaction(workspace, user, "view_submission")
    return {**payload, "trigger_id": workspace.screens.trigger(user["id"]), "view": as_given_back(view), "response_urls": []}


def closed(workspace: Workspace, user: Body, view: Body, cleared: bool) -> Body:
    """A modal that was closed and wanted to be told of it."""
    return {**_interaction(workspace, user, "view_closed"), "view": as_given_back(view), "is_cleared": cleared}


def shortcut(workspace: Workspace, user: Body, name: str, channel: Body | None, message: Body | None) -> Body:
    """A shortcut: on a message, or from anywhere where there is none."""
    kind = "message_action" if message else "shortcut"
    payload = _interaction(workspace, user, kind) | {"callback_id": name, "trigger_id": workspace.screens.trigger(user["id"])}
    payload["action_ts"] = moment(workspace)
    if channel is None or message is None:
        return payload
    url = response_url(workspace, channel["id"], user["id"], message["ts"], message.get("thread_ts", ""))
    about = {"channel": {"id": channel["id"], "name": called(channel)}, "message": message, "message_ts": message["ts"]}
    return {**payload, **about, "response_url": url}


def event(workspace: Workspace, what: Body) -> Body:
    """An event under an id of its own."""
    about = {"team_id": workspace.team["id"], "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
    return {
        "token": TOKEN,
        "team_id": workspace.team["id"],
        "api_app_id": APP,
        "event": {**what, "event_ts": what.get("event_ts") or moment(workspace)},
        "type": "event_callback",
        "event_id": new_id("Ev"),
        "event_time": int(workspace.clock().timestamp()),
        "authorizations": [{**_enterprise(workspace, "enterprise_id"), **about}],
        "is_ext_shared_channel": False,
        "event_context": f"4-{new_id('E')}",
    }


def message_event(channel: Body, message: Body) -> Body:
    """The event of a new message."""
    files = {"subtype": "file_share"} if message.get("files") and "bot_id" not in message else {}
    return {**files, **message, "channel": channel["id"], "event_ts": message["ts"], "channel_type": CHANNEL_TYPES[channel["kind"]]}


def mention_event(channel: Body, message: Body) -> Body:
    """The event of the app's name in a message."""
    kept = {name: value for name, value in message.items() if name != "subtype"}
    return {**kept, "type": "app_mention", "channel": channel["id"], "event_ts": message["ts"]}


def changed_event(channel: Body, message: Body, previous: Body, ts: str) -> Body:
    """The event of a message that was changed; `ts` is the change's own."""
    about = {"type": "message", "subtype": "message_changed", "hidden": True, "channel_type": CHANNEL_TYPES[channel["kind"]]}
    return {**about, "channel": channel["id"], "ts": ts, "event_ts": ts, "message": message, "previous_message": previous}


def called(channel: Body) -> str:
    """A channel's name as it comes with a payload: Slack does not give those of private channels."""
    return NAMELESS.get(channel["kind"]) or str(channel["name"])


def response_url(workspace: Workspace, channel: str, user: str, ts: str = "", thread: str = "", ephemeral: bool = False) -> str:
    return f"{workspace.address}/response/{workspace.replies.give(channel, user, ts=ts, thread=thread, ephemeral=ephemeral)}"


def escaped(text: str) -> str:
    """Text as Slack writes it."""
    return html.escape(text, quote=False)


def as_given_back(value: Any) -> Any:
    """A view with the values of the options that are chosen in it escaped, as Slack gives them back."""
    values = value["state"]["values"]
    held = {block: {name: chosen_back(holds) for name, holds in named.items()} for block, named in values.items()}
    return {name: each for name, each in value.items() if name != "errors"} | {"state": {"values": held}}


def chosen_back(holds: Mapping[str, Any]) -> Body:
    """What an element holds, as Slack gives it back: a button's value and options' values escaped."""
    back = dict(holds)
    if back.get("type") == "button" and "value" in back:
        back["value"] = escaped(back["value"])
    if back.get("selected_option"):
        back["selected_option"] = _option(back["selected_option"])
    if back.get("selected_options"):
        back["selected_options"] = [_option(each) for each in back["selected_options"]]
    return back


def _option(option: Body) -> Body:
    return {**option, "value": escaped(option["value"])} if "value" in option else option


def moment(workspace: Workspace) -> str:
    """Now, as Slack stamps what people do: by the real time, so that a press is never taken for an earlier one."""
    return f"{workspace.real():.6f}"


def _interaction(workspace: Workspace, user: Body, kind: str) -> Body:
    team = {"id": workspace.team["id"], "domain": workspace.team.get("domain", "")}
    who = {"id": user["id"], "username": user["name"], "name": user["name"], "team_id": user.get("team_id") or workspace.team["id"]}
    about = {"api_app_id": APP, "token": TOKEN, "enterprise": workspace.team.get("enterprise"), "is_enterprise_install": False}
    return {"type": kind, "user": who, "team": team, **about}


def _enterprise(workspace: Workspace, name: str) -> Body:
    enterprise = workspace.team.get("enterprise_id")
    return {name: enterprise} if enterprise else {}
