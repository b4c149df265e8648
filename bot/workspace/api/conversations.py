"""conversations.*: which there are, who is in them, and opening one with a person."""

from __future__ import annotations

from bot.workspace.core import BOT
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError
from bot.workspace.methods import TIER_2, TIER_3, TIER_4, Answer, Call, method
from bot.workspace.paging import page
from bot.workspace.shapes import DIRECT, SCOPED, told_channel, visible
from bot.workspace.state import Body

READING = ("channels:read", "groups:read", "im:read", "mpim:read")
TYPES = {"public_channel": "channels", "private_channel": "groups", "im": "im", "mpim": "mpim"}


@method("conversations.list", *READING, per_minute=TIER_2)
def list_all(call: Call) -> Answer:
    """Every conversation of the types that are asked for, as far as the app may know of it."""
    wanted, archived = types_of(call), not call.flag("exclude_archived")
    every = [each for each in visible(call.workspace) if SCOPED[each["kind"]] in wanted and (archived or not each.get("is_archived"))]
    some, following = page(call, every)
    return {"channels": [told_channel(call.workspace, each, counted=True) for each in some], **following}


@method("conversations.info", *READING, per_minute=TIER_3)
def info(call: Call) -> Answer:
    channel = readable(call)
    return {"channel": told_channel(call.workspace, channel, counted=call.flag("include_num_members"))}


@method("conversations.members", *READING, per_minute=TIER_4)
def members(call: Call) -> Answer:
    channel = readable(call)
    some, following = page(call, call.workspace.state.members(channel["id"]))
    return {"members": some, **following}


@method("conversations.open", "im:write", "mpim:write", "channels:manage", "groups:write", per_minute=TIER_3)
def open_one(call: Call) -> Answer:
    """The app's conversation with one person. One with several is not to be had here."""
    if call.text("channel"):
        channel = call.workspace.channel(call.text("channel"))
        if channel["kind"] not in DIRECT:
            raise SlackError("method_not_supported_for_channel_type")
        return _opened(call, channel, True)
    users = [each.strip() for each in call.text("users").split(",") if each.strip()]
    if not users:
        raise SlackError("users_list_not_supplied")
    if any(call.workspace.state.get("person", user) is None for user in users):
        raise SlackError("user_not_found")
    must_have(call, "im:write" if len(users) == 1 else "mpim:write")
    if len(users) > 1:
        raise SlackError("method_not_supported_for_channel_type")
    if (call.workspace.state.get("person", users[0]) or {}).get("is_bot"):
        raise SlackError("cannot_dm_bot")
    before = _before(call, users[0])
    if before is None and call.flag("prevent_creation"):
        raise SlackError("channel_not_found")
    return _opened(call, before or direct(call.workspace, users[0]), before is not None)


def _before(call: Call, user: str) -> Body | None:
    """The app's conversation with somebody, where there is one."""
    theirs = (call.workspace.state.get("channel", key) for key in call.workspace.state.channels_of(user))
    return next((channel for channel in theirs if channel and channel["kind"] == "app"), None)


def _opened(call: Call, channel: Body, before: bool) -> Answer:
    same = {"no_op": True, "already_open": True} if before else {}
    return {**same, "channel": told_channel(call.workspace, channel) if call.flag("return_im") else {"id": channel["id"]}}


@method("conversations.join", "channels:join", per_minute=TIER_3)
def join(call: Call) -> Answer:
    """The app goes into a public channel. A private one it is outside does not exist for it."""
    channel = call.workspace.channel(call.needed("channel"))
    if channel["kind"] != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
    if call.workspace.state.join(channel["id"], BOT):
        warned = {}
        call.workspace.tell("channel", {"channel": channel["id"]}, call.workspace.audience(channel["id"]))
        came = {"user": BOT, "subtype": "channel_join", "text": f"<@{BOT}> has joined the channel"}
        call.workspace.post(channel["id"], came)
    return {"channel": told_channel(call.workspace, channel), **warned}


def readable(call: Call, what: str = "read") -> Body:
    """The channel that is asked of, where the app has the scope for its kind."""
    channel = call.workspace.channel(call.needed("channel"))
    must_have(call, f"{SCOPED[channel['kind']]}:{what}")
    return channel


def must_have(call: Call, scope: str) -> None:
    """Refuse where the app lacks a scope."""
    if scope not in call.workspace.scopes:
        raise SlackError("missing_scope", needed=scope, provided=",".join(sorted(call.workspace.scopes)))


def types_of(call: Call) -> set[str]:
    """The kinds of conversation that are asked for, as scopes name them; each wants its own scope."""
    named = [each.strip() for each in (call.text("types") or "public_channel").split(",")]
    if any(each not in TYPES for each in named):
        raise SlackError("invalid_types")
    for each in named:
        must_have(call, f"{TYPES[each]}:read")
    return {TYPES[each] for each in named}
