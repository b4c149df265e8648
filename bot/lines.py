"""What Slack sends, read as lines: every kind of payload is one line of one person, somewhere."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from bot.speaking import Place

MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s,:]*")
Body = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """Something heard: who, the line they ask, where, and by what a second copy of it is known."""

    user: str
    text: str
    place: Place
    key: str
    how: str = "ask"


def command_line(body: Body) -> Line:
    """A slash command. Its trigger is its own; a copy has the same."""
    line = f"{body['command']} {body.get('text', '')}".strip()
    place = Place(body["user_id"], body["channel_id"], response_url=body.get("response_url", ""))
    return Line(body["user_id"], line, place, f"command:{body['trigger_id']}")


def pressed_line(body: Body) -> Line | None:
    """A button: its value is the line it asks. Slack gives values back escaped."""
    action = body["actions"][0]
    if action.get("type") != "button" or not action.get("value"):
        return None
    user, name, value = body["user"]["id"], action["action_id"], html.unescape(action["value"])
    channel = (body.get("channel") or {}).get("id", "")
    thread = (body.get("message") or body.get("container") or {}).get("thread_ts", "")
    direct = not channel or channel.startswith("D")
    place = Place(user, channel or user, thread, "" if direct else body.get("response_url", ""), direct)
    key = f"press:{user}:{channel}:{name}:{action.get('action_ts') or body.get('trigger_id')}"
    how = "share" if name == "share" else "take_back" if value.startswith("take-back ") else "ask"
    return Line(user, value, place, key, how)


def mention_line(body: Body) -> Line | None:
    """A mention in a channel, answered to who wrote it alone."""
    return None if _not_for_me(body["event"]) else _said(body)


def message_line(body: Body) -> Line | None:
    """A direct message. What others write in channels is not for the bot."""
    event = body["event"]
    if event.get("channel_type") != "im" or event.get("subtype") not in (None, "file_share") or _not_for_me(event):
        return None
    return _said(body)


def _not_for_me(event: Body) -> bool:
    return bool(event.get("bot_id")) or not event.get("user")


def _said(body: Body) -> Line:
    """A message's words without the bot's own name. What a message is: copies of its event may carry other ids."""
    event = body["event"]
    me = next((each["user_id"] for each in body.get("authorizations") or () if each.get("user_id")), "")
    words = event.get("text", "").replace(f"<@{me}>", " ") if me else event.get("text", "")
    channel, user = event["channel"], event["user"]
    place = Place(user, channel, event.get("thread_ts", ""), direct=channel.startswith("D"))
    return Line(user, MENTION.sub("", words).strip(), place, f"message:{channel}:{event['ts']}")


def home_line(body: Body) -> Line | None:
    """The Home tab opened: my own page."""
    event = body["event"]
    if event.get("tab") != "home":
        return None
    return Line(event["user"], "/jag me", Place(event["user"], event["user"], direct=True), f"home:{body.get('event_id')}", "home")
