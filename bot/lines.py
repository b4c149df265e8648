"""What Slack sends, read as lines: every kind of payload is one line of one person, somewhere. A message may be several."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.forms import FORM, typed
from bot.speaking import Place

MENTION = re.compile(r"^\s*<@[A-Z0-9]+(?:\|[^>]*)?>[\s,:]*")
SHORTCUTS = {"add_as_action": "/action add"}  # callback id -> the line that it asks, with the message as its wording
NAMED = {"share": "share", "fill-in": "fill_in"}  # a button's action id -> what is done with its value
VALUED = {"take-back": "take_back", "load-figures": "load_figures"}  # how a button's value begins -> what is done with it
OVERHEARD, CAPTURED = "overheard", "captured"  # a message in some thread; one in a meeting's, that is to be recorded
EDITED = "edited"  # a message in some thread that was changed
Body = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """Something heard: who, the line they ask with its fields, where, and by what a second copy of it is known.

    `how` is what is done with it, `channel` the name Slack gave with it, and `trigger` opens one form within three seconds. `kept` is
    whether it is stored until it is answered, since `at`. `typed` is what they typed, where that is not the line: other words, or nothing
    where a button was pressed.
    """

    user: str
    text: str
    place: Place
    key: str
    how: str = "ask"
    fields: Mapping[str, str] = field(default_factory=dict)
    channel: str = ""
    trigger: str = ""
    kept: bool = False
    at: datetime | None = None
    typed: str | None = None

    @property
    def by_hand(self) -> str:
        """What they typed, if anything."""
        return self.text if self.typed is None else self.typed

    def plainly(self) -> dict[str, Any]:
        """The line as plain data, to be stored. Its trigger would be no use to anybody later."""
        about = {"user": self.user, "text": self.text, "how": self.how, "fields": dict(self.fields), "channel": self.channel}
        return {**about, "typed": self.typed, "place": asdict(self.place), "at": self.at.isoformat() if self.at else None}

    @classmethod
    def of(cls, key: str, plain: Mapping[str, Any]) -> Line:
        """The line that was stored under this key."""
        at = datetime.fromisoformat(plain["at"]) if plain["at"] else None
        kept = {"key": key, "kept": True, "at": at, "place": Place(**plain["place"])}
        return cls(**{**plain, **kept})


def command_lines(body: Body) -> Sequence[Line]:
    """A slash command. Its trigger is its own; a copy has the same."""
    line = f"{body['command']} {body.get('text', '')}".strip()
    place = Place(body["user_id"], body["channel_id"], response_url=body.get("response_url", ""))
    about = {"channel": body.get("channel_name", ""), "trigger": body["trigger_id"]}
    return [Line(body["user_id"], line, place, f"command:{body['trigger_id']}", **about)]


def pressed_lines(body: Body) -> Sequence[Line]:
    """A button, or one of several to choose from: its value is the line it asks. Slack gives values back escaped."""
    action = body["actions"][0]
    value = html.unescape(action.get("value") or (action.get("selected_option") or {}).get("value") or "")
    if action.get("type") not in ("button", "static_select") or not value:
        return []
    user, name = body["user"]["id"], action["action_id"]
    place = _pressed_in(user, body)
    key = f"press:{user}:{place.channel}:{name}:{action.get('action_ts') or body.get('trigger_id')}"
    how = NAMED.get(name) or VALUED.get(value.partition(" ")[0], "ask")
    channel = (body.get("channel") or {}).get("name", "")
    return [Line(user, value, place, key, how, channel=channel, trigger=body.get("trigger_id", ""), typed="")]


def _pressed_in(user: str, body: Body) -> Place:
    view = body.get("view") or {}
    if view:
        modal = view.get("id", "") if view.get("type") == "modal" else ""
        return Place(user, user, direct=True, view=modal, home=view.get("type") == "home")
    channel = (body.get("channel") or {}).get("id", "")
    thread = (body.get("message") or body.get("container") or {}).get("thread_ts", "")
    direct = not channel or channel.startswith("D")
    return Place(user, channel or user, thread, "" if direct else body.get("response_url", ""), direct)


def submitted_lines(body: Body) -> Sequence[Line]:
    """A form that was filled in: what it asks, its fields, and the place it was opened from."""
    view, user = body["view"], body["user"]["id"]
    if view.get("callback_id") != FORM:
        return []
    about = json.loads(view["private_metadata"])
    asks = about.get("asks") or view["private_metadata"]  # what was too long for Slack is fetched when it is asked
    place = Place(user, user, direct=True, view=view["id"], home=about.get("home", False))
    return [Line(user, asks, place, f"submit:{view['id']}:{view['hash']}", "submit", typed(view), about.get("from", ""))]


def shortcut_lines(body: Body) -> Sequence[Line]:
    """A message that somebody makes something of: its words are the wording."""
    asks = SHORTCUTS.get(body.get("callback_id", ""))
    if not asks or body.get("type") != "message_action":
        return []
    user, channel, message = body["user"]["id"], body["channel"], body["message"]
    direct = channel["id"].startswith("D")
    place = Place(user, channel["id"], message.get("thread_ts", ""), "" if direct else body.get("response_url", ""), direct)
    about = {"channel": channel.get("name", ""), "trigger": body["trigger_id"]}
    return [Line(user, asks, place, f"shortcut:{body['trigger_id']}", "shortcut", {"wording": message.get("text", "")}, **about)]


def mention_lines(body: Body) -> Sequence[Line]:
    """A mention in a channel, answered to who wrote it alone."""
    return [] if _not_for_me(body["event"]) else [_said(body)]


def message_lines(body: Body) -> Sequence[Line]:
    """A direct message: its words, and each file that came with it. Of what others write in channels, replies in a thread are overheard."""
    event = body["event"]
    if event.get("subtype") == "message_changed":
        return _edited(event)
    if _in_a_thread(event) and not _not_for_me(event):
        return [] if _mentions_me(body) else [replace(_said(body), how=OVERHEARD)]
    if event.get("channel_type") != "im" or event.get("subtype") not in (None, "file_share") or _not_for_me(event):
        return []
    said, files = _said(body), event.get("files") or []
    dropped = [Line(said.user, each["id"], said.place, f"file:{said.key}:{each['id']}", "file") for each in files]
    return [said, *dropped] if said.text or not dropped else dropped


def _edited(event: Body) -> Sequence[Line]:
    """A reply in a channel's thread whose words somebody changed; its text is what it said, and says now."""
    now, before = event.get("message") or {}, event.get("previous_message") or {}
    new = {**now, "channel_type": event.get("channel_type"), "subtype": None}
    if not _in_a_thread(new) or _not_for_me(now) or now.get("text") == before.get("text"):
        return []
    place = Place(now["user"], event["channel"], now["thread_ts"])
    key = f"edited:{event['channel']}:{now['ts']}:{event.get('event_ts') or event.get('ts')}"
    return [Line(now["user"], "\0".join((before.get("text", ""), now.get("text", ""))), place, key, EDITED)]


def _in_a_thread(event: Body) -> bool:
    """Whether it is a new reply of somebody's in a channel's thread."""
    new = event.get("subtype") in (None, "file_share", "thread_broadcast")
    return new and event.get("channel_type") in ("channel", "group") and bool(event.get("thread_ts"))


def _mentions_me(body: Body) -> bool:
    """Whether it names the bot, of which another event tells."""
    return f"<@{_me(body)}" in body["event"].get("text", "")


def _me(body: Body) -> str:
    return next((each["user_id"] for each in body.get("authorizations") or () if each.get("user_id")), "nobody")


def _not_for_me(event: Body) -> bool:
    return bool(event.get("bot_id")) or not event.get("user")


def _said(body: Body) -> Line:
    """A message's words without the bot's own name. What a message is: copies of its event may carry other ids."""
    event = body["event"]
    words = event.get("text", "").replace(f"<@{_me(body)}>", " ")
    channel, user = event["channel"], event["user"]
    place = Place(user, channel, event.get("thread_ts", ""), direct=channel.startswith("D"))
    return Line(user, MENTION.sub("", words).strip(), place, f"message:{channel}:{event['ts']}")


def home_lines(body: Body) -> Sequence[Line]:
    """The Home tab opened: my own page."""
    event = body["event"]
    if event.get("tab") != "home":
        return []
    place = Place(event["user"], event["user"], direct=True, home=True)
    return [Line(event["user"], "/jag me", place, f"home:{body.get('event_id')}", "home")]
