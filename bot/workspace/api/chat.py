"""chat.*: the app's messages."""

from __future__ import annotations

from bot.workspace.contents import BY_APP, LONGEST, content, new_content, thread_of
from bot.workspace.core import BOT, Workspace
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError
from bot.workspace.methods import SPECIAL, TIER_3, TIER_4, Answer, Call, method
from bot.workspace.shapes import told_message, visible
from bot.workspace.state import Body

UPDATED = 4_000  # characters of text that an update takes
TRUNCATED = "message_truncated"


@method("chat.postMessage", "chat:write", per_minute=SPECIAL)
def post_message(call: Call) -> Answer:
    """Post in a channel, or to a person by their id. Text that is too long is cut, which the answer warns of."""
    channel = writable(call.workspace, call.needed("channel"))
    long = len(call.text("text")) > LONGEST
    cut = Call(call.workspace, {**call.said, "text": call.text("text")[:LONGEST]}) if long else call
    body = {**BY_APP, **new_content(cut), **thread_of(call, channel["id"])}
    kept = call.workspace.post(channel["id"], body)
    warned = {"warning": TRUNCATED, "response_metadata": {"warnings": [TRUNCATED]}} if long else {}
    return {"channel": channel["id"], "ts": kept["ts"], "message": told_message(call.workspace, kept, metadata=True), **warned}


@method("chat.postEphemeral", "chat:write", per_minute=TIER_4)
def post_ephemeral(call: Call) -> Answer:
    """Say something in a channel that one of its members sees, until they reload."""
    channel, user = writable(call.workspace, call.needed("channel")), call.needed("user")
    if not call.workspace.state.is_member(channel["id"], user):
        raise SlackError("user_not_in_channel")
    kept = call.workspace.post(channel["id"], {**BY_APP, **new_content(call), **thread_of(call, channel["id"])}, alone=user)
    return {"message_ts": kept["ts"]}


@method("chat.update", "chat:write", per_minute=TIER_3)
def update(call: Call) -> Answer:
    """Change a message of the app's own. What is not given stays as it was: blocks too, unless an empty list takes them away."""
    channel, ts = call.workspace.channel(call.needed("channel")), call.needed("ts")
    message = own(call.workspace, channel["id"], ts, "cant_update_message")
    if channel.get("is_archived"):
        raise SlackError("is_inactive")
    said = content(call, UPDATED)
    if call.said.get("text") is None and not call.text("markdown_text"):
        said["text"] = message["text"]
    changed = {**message, **said, "edited": {"user": BOT, "ts": call.workspace.ts()}}
    changed = {name: value for name, value in changed.items() if value or name not in ("blocks", "attachments", "metadata")}
    call.workspace.change(channel["id"], changed)
    return {"channel": channel["id"], "ts": ts, "text": changed["text"], "message": told_message(call.workspace, changed, metadata=True)}


@method("chat.delete", "chat:write", per_minute=TIER_3)
def delete(call: Call) -> Answer:
    """Take back a message of the app's own."""
    channel, ts = call.workspace.channel(call.needed("channel")), call.needed("ts")
    own(call.workspace, channel["id"], ts, "cant_delete_message")
    call.workspace.delete(channel["id"], ts)
    return {"channel": channel["id"], "ts": ts}


@method("chat.getPermalink", per_minute=SPECIAL)
def permalink(call: Call) -> Answer:
    """Where a message can be looked at."""
    channel, ts = call.workspace.channel(call.needed("channel"))["id"], call.needed("message_ts")
    message = call.workspace.state.message(channel, ts)
    if message is None or call.workspace.state.alone(channel, ts):
        raise SlackError("message_not_found")
    return {"channel": channel, "permalink": address_of(call.workspace, channel, message)}


def address_of(workspace: Workspace, channel: str, message: Body) -> str:
    """A message's permalink."""
    ts = message["ts"]
    thread = message.get("thread_ts", ts)
    inside = f"?thread_ts={thread}&cid={channel}" if thread != ts else ""
    return f"{workspace.address}/archives/{channel}/p{ts.replace('.', '')}{inside}"


def writable(workspace: Workspace, key: str) -> Body:
    """The channel that the app may post in under a channel's id or name, or a person's id."""
    channel = _meant(workspace, key)
    if channel.get("is_archived"):
        raise SlackError("is_archived")
    anywhere = channel["kind"] == "channel" and "chat:write.public" in workspace.scopes
    if not anywhere and not workspace.state.is_member(channel["id"], BOT):
        raise SlackError("not_in_channel")
    tab = workspace.manifest.get("features", {}).get("app_home", {}).get("messages_tab_enabled", True)
    if channel["kind"] == "app" and not tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _meant(workspace: Workspace, key: str) -> Body:
    """By an id, a person's id, or a name."""
    if workspace.state.get("channel", key):
        return workspace.channel(key)
    if key != BOT and workspace.state.get("person", key):
        return direct(workspace, key)
    named = [channel for channel in visible(workspace) if channel["name"] and channel["name"] == key.removeprefix("#")]
    if not named:
        raise SlackError("channel_not_found")
    return named[0]


def own(workspace: Workspace, channel: str, ts: str, otherwise: str) -> Body:
    """A message that the app has posted for all in a channel; somebody else's is refused as `otherwise`."""
    message = workspace.state.message(channel, ts)
    if message is None or workspace.state.alone(channel, ts):
        raise SlackError("message_not_found")
    if message.get("user") != BOT:
        raise SlackError(otherwise)
    return message
