"""reactions.* and pins.*: what is put on a message."""

from __future__ import annotations

import re

from bot.workspace.api.chat import address_of
from bot.workspace.core import BOT, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.methods import TIER_2, TIER_3, Answer, Call, method
from bot.workspace.shapes import told_message
from bot.workspace.state import Body

PINS = 100


@method("reactions.add", "reactions:write", per_minute=TIER_3)
def react(call: Call) -> Answer:
    channel, message = marked(call)
    name = emoji(call)
    reactions = message.get("reactions", [])
    users: list[str] = next((each["users"] for each in reactions if each["name"] == name), [])
    if BOT in users:
        raise SlackError("already_reacted")
    added = {"name": name, "users": [*users, BOT], "count": len(users) + 1}
    kept = [added if each["name"] == name else each for each in reactions]
    call.workspace.change(channel, message | {"reactions": kept if users else [*kept, added]})
    return {}


@method("reactions.remove", "reactions:write", per_minute=TIER_2)
def take_off(call: Call) -> Answer:
    channel, message = marked(call)
    name = emoji(call)
    reactions = message.get("reactions", [])
    if not any(each["name"] == name and BOT in each["users"] for each in reactions):
        raise SlackError("no_reaction")
    others = [
        {**each, "users": [user for user in each["users"] if user != BOT], "count": each["count"] - 1} if each["name"] == name else each
        for each in reactions
    ]
    call.workspace.change(channel, message | {"reactions": [each for each in others if each["count"]]})
    return {}


@method("pins.add", "pins:write", per_minute=TIER_2)
def pin(call: Call) -> Answer:
    channel, message = marked(call)
    if message.get("pinned_to"):
        raise SlackError("already_pinned")
    if len(call.workspace.state.pinned(channel)) >= PINS:
        raise SlackError("too_many_pins")
    now = int(call.workspace.clock().timestamp())
    info = {"channel": channel, "pinned_by": BOT, "pinned_ts": now}
    call.workspace.change(channel, message | {"pinned_to": [channel], "pinned_info": info, "pinned": True})
    return {}


@method("pins.remove", "pins:write", per_minute=TIER_2)
def unpin(call: Call) -> Answer:
    channel, message = marked(call)
    if not message.get("pinned_to"):
        raise SlackError("no_pin")
    call.workspace.change(channel, {name: value for name, value in message.items() if name not in ("pinned_to", "pinned_info", "pinned")})
    return {}


@method("pins.list", "pins:read", per_minute=TIER_2)
def pins(call: Call) -> Answer:
    channel = call.workspace.channel(call.needed("channel"))["id"]
    return {"items": [_item(call.workspace, channel, each) for each in call.workspace.state.pinned(channel)]}


def _item(workspace: Workspace, channel: str, message: Body) -> Body:
    told = told_message(workspace, message) | {"permalink": address_of(workspace, channel, message)}
    info = message.get("pinned_info", {"pinned_by": message["user"], "pinned_ts": int(float(message["ts"]))})
    return {"type": "message", "channel": channel, "created": info["pinned_ts"], "created_by": info["pinned_by"], "message": told}


def marked(call: Call) -> tuple[str, Body]:
    """(the channel, the message in it) that is to be marked; the app is in the channel."""
    channel = call.workspace.channel(call.needed("channel"))
    ts = call.text("timestamp")
    if not ts:
        raise SlackError("no_item_specified")
    if not call.workspace.state.is_member(channel["id"], BOT):
        raise SlackError("not_in_channel")
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    message = call.workspace.state.message(channel["id"], ts)
    if message is None or call.workspace.state.alone(channel["id"], ts):
        raise SlackError("message_not_found")
    return channel["id"], message


def emoji(call: Call) -> str:
    """The name of a reaction."""
    name = call.needed("name").strip(":")
    if not re.fullmatch(r"[a-z0-9_+'\-]{1,100}(::skin-tone-[2-6])?", name):
        raise SlackError("invalid_name")
    return name
