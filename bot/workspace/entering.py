"""Coming into a channel: by oneself, or brought by somebody who is in it."""

from __future__ import annotations

from bot.workspace import payloads
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.present import acting, seen
from bot.workspace.state import Body
from bot.workspace.writing import mentioned

INVITE = {"command": "/invite", "description": "Bring somebody, or the app, into this channel", "usage_hint": "@name"}


async def join(workspace: Workspace, user: str, channel: str) -> Body:
    """Somebody joins a public channel."""
    acting(workspace, user)
    found = seen(workspace, user, channel)
    if found["kind"] != "channel":
        raise SlackError("channel_not_found")
    _enter(workspace, found["id"], user)
    return {}


async def invite(workspace: Workspace, user: str, channel: str, whom: str) -> Body:
    """Somebody brings another person, or the app, into a channel that they are in."""
    acting(workspace, user)
    into = seen(workspace, user, channel)
    if into["kind"] not in ("channel", "private") or not workspace.state.is_member(into["id"], user):
        raise SlackError("cannot_invite")
    other = workspace.state.get("person", whom)
    if other is None or other.get("deleted"):
        raise SlackError("user_not_found")
    if not _enter(workspace, into["id"], whom, by=user):
        raise SlackError("already_in_channel")
    return {}


async def invited(workspace: Workspace, user: str, channel: str, text: str) -> Body:
    """`/invite @name`, by who was picked or by a name as typed."""
    named = {person["name"].lower(): person["id"] for person in workspace.state.all("person")}
    whom = [*mentioned(text), *(named[word] for word in text.lower().replace("@", " ").split() if word in named)]
    if not whom:
        raise SlackError("whom_to_invite")
    return await invite(workspace, user, channel, whom[0])


def _enter(workspace: Workspace, channel: str, person: str, by: str = "") -> bool:
    """Make somebody a member, for all to see; False when they were one."""
    if not workspace.state.join(channel, person):
        return False
    words = f"<@{person}> has joined the channel"
    workspace.tell("channel", {"channel": channel}, frozenset({person}))
    workspace.post(channel, {"subtype": "channel_join", "user": person, "text": words, **({"inviter": by} if by else {})})
    what = {"type": "member_joined_channel", "user": person, "channel": channel, "channel_type": "C", "team": workspace.team["id"]}
    workspace.tell("event", {**what, "event_ts": payloads.moment(workspace)}, frozenset())
    return True
