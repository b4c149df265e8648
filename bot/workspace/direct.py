"""Direct messages: the conversation of two, made when it is first needed."""

from __future__ import annotations

from bot.workspace.core import BOT, Workspace
from bot.workspace.state import Body


def direct(workspace: Workspace, person: str, other: str = BOT) -> Body:
    """The conversation of somebody with somebody else, or with the app. As Slack does, it is there also for who is deactivated."""
    first, second = sorted((person, other))
    key = f"D{person if other == BOT else other if person == BOT else f'{first}{second}'}"
    found = workspace.state.get("channel", key)
    if found is None:
        found = {"id": key, "name": "", "kind": "app" if BOT in (person, other) else "im"}
        workspace.state.put("channel", key, found)
        for each in (person, other):
            workspace.state.join(key, each)
        workspace.tell("channel", {"channel": key}, workspace.audience(key))
    return found
