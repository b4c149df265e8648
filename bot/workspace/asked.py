"""What the page asks, each as the person it acts as."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bot.workspace import acting, entering, filling, pressing
from bot.workspace.direct import direct
from bot.workspace.errors import SlackError
from bot.workspace.faults import KINDS
from bot.workspace.people import can, in_order
from bot.workspace.present import acting as acting_as
from bot.workspace.present import seen
from bot.workspace.state import Body
from bot.workspace.telling import app_shown, channels_shown, message_shown, person_shown

if TYPE_CHECKING:
    from bot.workspace.live import Live

MOST = 200  # messages that are given at once


async def become(page: Live, said: Body) -> Body:
    workspace = page.workspace
    everybody = in_order(workspace.state)
    people = [each for each in everybody if not each.get("is_bot")]
    user = said.get("user") or next((each["id"] for each in people if can(each).act), "")
    person = acting_as(workspace, user)
    page.me, page.viewing = user, ""
    able = can(person)
    if able.home:
        direct(workspace, user)
    commands = [entering.INVITE, *(acting.slash_commands(workspace) if able.commands else [])]
    return {
        "me": person_shown(person),
        "people": [person_shown(each) for each in everybody],
        "channels": channels_shown(workspace, user),
        "app": app_shown(workspace),
        "commands": [
            {"command": each["command"], "usage": each.get("usage_hint", ""), "description": each.get("description", "")}
            for each in commands
        ],
        "shortcuts": [{"name": each["name"], "callback_id": each["callback_id"]} for each in acting.shortcuts(workspace)]
        if able.shortcuts
        else [],
        "can": {"commands": able.commands, "shortcuts": able.shortcuts, "home": able.home},
        "clock": workspace.mover.shown(user) if workspace.mover else None,
        "team": {"name": workspace.team["name"]},
        "views": page.views(workspace.screens.stack(user)),
    }


async def open(page: Live, said: Body) -> Body:
    found = seen(page.workspace, page.me, said["channel"])
    key, state = found["id"], page.workspace.state
    limit = min(max(int(said.get("limit") or 50), 1), MOST)
    newest = state.history(key, page.me, before=said.get("before") or "~", most=limit + 1)
    if not said.get("before"):
        _look_at(page, found, newest[0]["ts"] if newest else "")
    messages = [_message(page, key, each) for each in reversed(newest[:limit])]
    pinned = [message["ts"] for message in state.pinned(key)]
    return {"channel": key, "messages": messages, "more": len(newest) > limit, "members": state.members(key), "pinned": pinned}


def _look_at(page: Live, channel: Body, newest: str) -> None:
    """It is being read now."""
    page.viewing = channel["id"]
    unread = page.workspace.state.unread(channel["id"], page.me)
    page.workspace.state.read(channel["id"], page.me, newest)
    if unread:
        page.tell_channel(channel["id"])


def _message(page: Live, channel: str, message: Body) -> Body:
    alone = {"ephemeral": True} if page.workspace.state.alone(channel, message["ts"]) else {}
    return message_shown(page.workspace, message | alone, page.me)


async def thread(page: Live, said: Body) -> Body:
    key = seen(page.workspace, page.me, said["channel"])["id"]
    return {"messages": [_message(page, key, each) for each in page.workspace.state.replies(key, said["ts"], page.me)]}


async def say(page: Live, said: Body) -> Body:
    files = said.get("files") or []
    return await acting.say(page.workspace, page.me, said["channel"], said.get("text") or "", said.get("thread") or "", files)


async def command(page: Live, said: Body) -> Body:
    text, thread = said.get("text") or "", said.get("thread") or ""
    return await acting.command(page.workspace, page.me, said["channel"], said["command"], text, thread)


async def act(page: Live, said: Body) -> Body:
    place = said["block_id"], said["action_id"]
    return await pressing.act(page.workspace, page.me, said["in"], *place, said.get("value"), said.get("state"))


async def submit(page: Live, said: Body) -> Body:
    return await filling.submit(page.workspace, page.me, said["view"], said.get("state"))


async def close(page: Live, said: Body) -> Body:
    return await filling.close(page.workspace, page.me, said["view"], bool(said.get("all")))


async def shortcut(page: Live, said: Body) -> Body:
    return await acting.shortcut(page.workspace, page.me, said["callback_id"], said.get("channel") or "", said.get("ts") or "")


async def home(page: Live, said: Body) -> Body:
    del said
    shown = await acting.home(page.workspace, page.me)
    return {"view": page.view(shown["view"]) if shown["view"] else None}


async def dismiss(page: Live, said: Body) -> Body:
    return await acting.dismiss(page.workspace, page.me, said["channel"], said["ts"])


async def react(page: Live, said: Body) -> Body:
    return await acting.react(page.workspace, page.me, said["channel"], said["ts"], said["name"])


async def join(page: Live, said: Body) -> Body:
    return await entering.join(page.workspace, page.me, said["channel"])


async def invite(page: Live, said: Body) -> Body:
    return await entering.invite(page.workspace, page.me, said["channel"], said["user"])


async def move(page: Live, said: Body) -> Body:
    if page.workspace.mover is None or said["by"] not in ("day", "week", "event"):
        raise SlackError("no_clock")
    return {"clock": await page.workspace.mover.move(said["by"], page.me, said.get("to") or "")}


async def broken(page: Live, said: Body) -> Body:
    fault = said.get("fault")
    if fault is None:
        page.workspace.faults.clear()
    elif fault == "disconnect":
        page.workspace.background(page.workspace.sockets.refresh())
    elif fault in KINDS and fault != "answer":
        page.workspace.faults.plan(fault)
    else:
        raise SlackError("unknown_fault")
    return {}


Does = Callable[["Live", Body], Awaitable[Body]]
DOES: dict[str, Does] = {
    "become": become,
    "open": open,
    "thread": thread,
    "say": say,
    "command": command,
    "act": act,
    "submit": submit,
    "close": close,
    "shortcut": shortcut,
    "home": home,
    "dismiss": dismiss,
    "react": react,
    "join": join,
    "invite": invite,
    "move": move,
    "break": broken,
}
