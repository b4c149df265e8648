"""Who acts, and where: what somebody may see and be in, and what they are told when the app fails them."""

from __future__ import annotations

from bot.workspace.core import Workspace
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError
from bot.workspace.people import can
from bot.workspace.sending import Acknowledged
from bot.workspace.state import Body
from bot.workspace.words import words


def acting(workspace: Workspace, user: str) -> Body:
    """Somebody who does something; refuses who cannot."""
    person = workspace.state.get("person", user)
    if person is None or person.get("is_bot"):
        raise SlackError("user_not_found")
    if not can(person).act:
        raise SlackError("user_is_deactivated")
    return person


def seen(workspace: Workspace, user: str, channel: str) -> Body:
    """A channel that somebody may look into. The id of a person, or the app's, is the conversation with them."""
    if workspace.state.get("person", channel):
        channel = direct(workspace, user, channel)["id"]
    found = workspace.channel(channel, user)
    if found["kind"] == "app" and not can(acting(workspace, user)).home:
        raise SlackError("no_home")
    return found


def inside(workspace: Workspace, user: str, channel: str) -> Body:
    """A channel that somebody is in."""
    found = seen(workspace, user, channel)
    if not workspace.state.is_member(found["id"], user):
        raise SlackError("not_in_channel")
    return found


def message_in(workspace: Workspace, user: str, channel: str, ts: str) -> Body:
    """A message as somebody sees it."""
    found = workspace.state.message(channel, ts)
    if found is None or workspace.state.alone(channel, ts) not in ("", user):
        raise SlackError("message_not_found")
    return found


def unless_failed(workspace: Workspace, user: str, taken: Acknowledged, what: str, where: Body) -> None:
    """Tell somebody, and refuse, when the app did not take what it was sent."""
    if taken.ok:
        return
    codes = {"late": "operation_timeout", "away": "did_not_respond", "refused": "dispatch_failed"}
    refused = SlackError(codes[taken.why], what=what)
    about = {"channel": None, "ts": None, "view": None, **where, "text": words(refused)}
    workspace.tell("late", about, frozenset({user}))
    raise refused
