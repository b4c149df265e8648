"""What people do: write, attach files, type commands, choose shortcuts, open Home, react; each as far as their kind may."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any, BinaryIO

from bot.workspace import payloads
from bot.workspace.api.responses import answer
from bot.workspace.core import Workspace
from bot.workspace.direct import direct
from bot.workspace.entering import INVITE, invited
from bot.workspace.errors import SlackError
from bot.workspace.filing import begun, receive, shared, stands_in, told_file
from bot.workspace.people import can
from bot.workspace.present import acting, inside, message_in, unless_failed
from bot.workspace.sending import send
from bot.workspace.state import Body
from bot.workspace.writing import with_mentions, written, written_for_command

LONGEST = 40_000  # characters of a message

# Writing


async def say(workspace: Workspace, user: str, channel: str, text: str, thread: str = "", files: Sequence[str] = ()) -> Body:
    """Somebody writes: {"ts"}. `text` is as typed, with `<@U…>` and `<#C…|name>` for whom and what was picked."""
    acting(workspace, user)
    into = inside(workspace, user, channel)
    if not text.strip() and not files:
        raise SlackError("no_text")
    if len(text) > LONGEST:
        raise SlackError("msg_too_long")
    if thread and workspace.state.message(into["id"], thread) is None:
        raise SlackError("thread_not_found")
    message: Body = {"user": user, "text": written(with_mentions(workspace, text)), "client_msg_id": str(uuid.uuid4())}
    message |= {"thread_ts": thread} if thread else {}
    message |= {"files": [_shared(workspace, user, into["id"], each) for each in files]} if files else {}
    kept = workspace.post(into["id"], message)
    if files:
        stands_in(workspace, into["id"], kept)
    workspace.state.read(into["id"], user, kept["ts"])
    return {"ts": kept["ts"]}


def _shared(workspace: Workspace, user: str, channel: str, key: str) -> Body:
    """A file that somebody attached, shared in a channel."""
    file = workspace.state.file(key)
    if file is None or "came" not in file or file["user"] not in ("", user):
        raise SlackError("file_not_found")
    return told_file(workspace, shared(workspace, file | {"user": user}, channel))


async def upload(workspace: Workspace, user: str, name: str, content: BinaryIO, size: int) -> Body:
    """Somebody attaches a file, which nobody else sees until they send it: as it is kept."""
    return receive(workspace, begun(workspace, name, size, user)["id"], content, size)


async def command(workspace: Workspace, user: str, channel: str, name: str, text: str = "", thread: str = "") -> Body:
    """Somebody types a slash command, which the app takes: {}."""
    person, into = acting(workspace, user), inside(workspace, user, channel)
    if thread:
        raise SlackError("not_supported_in_threads", command=name)
    if name == INVITE["command"]:
        return await invited(workspace, user, into["id"], text)
    slash = next((each for each in slash_commands(workspace) if each["command"] == name), None)
    if slash is None:
        raise SlackError("unknown_command", command=name)
    if not can(person).commands:
        raise SlackError("no_commands")
    typed = written_for_command(workspace, text, slash.get("should_escape", False))
    payload = payloads.command(workspace, person, into, name, typed.strip())
    taken = await send(workspace, payload, "slash_commands")
    unless_failed(workspace, user, taken, name, {"channel": into["id"]})
    _at_once(workspace, payload, taken.body)
    return {}


def slash_commands(workspace: Workspace) -> list[Body]:
    """The app's, as its manifest has them."""
    return list(workspace.manifest.get("features", {}).get("slash_commands", []))


def _at_once(workspace: Workspace, payload: Body, said: Any) -> None:
    """What a command was acknowledged with is its first answer, and uses up none of its response URL."""
    body = {"text": said} if isinstance(said, str) and said else said
    if isinstance(body, dict) and any(body.get(name) for name in ("text", "blocks", "attachments")):
        answer(workspace, workspace.replies.give(payload["channel_id"], payload["user_id"]), body)


# Shortcuts, Home, and the rest


async def shortcut(workspace: Workspace, user: str, name: str, channel: str = "", ts: str = "") -> Body:
    """Somebody chooses a shortcut of the app's, on a message or from anywhere."""
    person = acting(workspace, user)
    offered = next((each for each in shortcuts(workspace) if each["callback_id"] == name), None)
    if offered is None or (offered["type"] == "message") != bool(ts):
        raise SlackError("no_such_shortcut")
    if not can(person).shortcuts:
        raise SlackError("no_shortcuts")
    into = inside(workspace, user, channel) if ts else None
    message = message_in(workspace, user, into["id"], ts) if into else None
    taken = await send(workspace, payloads.shortcut(workspace, person, name, into, message), "interactive")
    unless_failed(workspace, user, taken, offered["name"], {"channel": into["id"], "ts": ts} if into else {})
    return {}


def shortcuts(workspace: Workspace) -> list[Body]:
    return list(workspace.manifest.get("features", {}).get("shortcuts", []))


async def home(workspace: Workspace, user: str, tab: str = "home") -> Body:
    """Somebody opens the app: {"view"}, what is published for them there, or None. The app is told."""
    if not can(acting(workspace, user)).home:
        raise SlackError("no_home")
    view = workspace.state.get("home", user)
    what = {"type": "app_home_opened", "user": user, "channel": direct(workspace, user)["id"], "tab": tab}
    shown = {"view": view} if view and tab == "home" else {}
    workspace.tell("event", {**what, **shown, "event_ts": payloads.moment(workspace)}, frozenset())
    return {"view": view}


async def dismiss(workspace: Workspace, user: str, channel: str, ts: str) -> Body:
    """Somebody takes away a message that only they see."""
    if workspace.state.alone(channel, ts) != user:
        raise SlackError("message_not_found")
    workspace.delete(channel, ts)
    return {}


async def react(workspace: Workspace, user: str, channel: str, ts: str, name: str) -> Body:
    """Somebody puts a reaction on a message, or takes it off."""
    acting(workspace, user)
    into = inside(workspace, user, channel)
    message = message_in(workspace, user, into["id"], ts)
    users = {each["name"]: list(each["users"]) for each in message.get("reactions", [])}
    on = user not in users.setdefault(name, [])
    users[name] = [*users[name], user] if on else [each for each in users[name] if each != user]
    message["reactions"] = [{"name": each, "users": who, "count": len(who)} for each, who in users.items() if who]
    workspace.change(into["id"], message)
    item = {"type": "message", "channel": into["id"], "ts": ts}
    kind = "reaction_added" if on else "reaction_removed"
    what = {"type": kind, "user": user, "reaction": name, "item": item, "item_user": message["user"]}
    workspace.tell("event", {**what, "event_ts": payloads.moment(workspace)}, frozenset())
    return {}
