"""conversations.history and conversations.replies: what was said."""

from __future__ import annotations

import re

from bot.workspace.api.conversations import readable
from bot.workspace.core import BOT
from bot.workspace.errors import SlackError
from bot.workspace.methods import TIER_3, Answer, Call, method
from bot.workspace.paging import metadata, page, read
from bot.workspace.shapes import told_message
from bot.workspace.state import Body

MOST = 999
HISTORIES = ("channels:history", "groups:history", "im:history", "mpim:history")
MICRO = 1_000_000


@method("conversations.history", *HISTORIES, per_minute=TIER_3)
def history(call: Call) -> Answer:
    """The newest messages first, without those in threads. `latest` and `oldest` bound them, and count where `inclusive`."""
    channel = inside(call)
    limit, count = call.number("limit", 100, MOST), int(call.flag("inclusive"))
    before, after = moment(call, "latest", count), moment(call, "oldest", -count)
    if call.text("cursor"):
        before = read(call.text("cursor"))
    found = call.workspace.state.history(channel["id"], BOT, before or "~", after, limit + 1)
    more = len(found) > limit
    following = metadata(found[limit - 1]["ts"] if more else "")
    pins = sum(bool(each.get("pinned_to")) for each in found)
    return {"messages": _told(call, found[:limit]), "has_more": more, "pin_count": pins, **(following if more else {})}


@method("conversations.replies", *HISTORIES, per_minute=TIER_3)
def replies(call: Call) -> Answer:
    """A thread, its head first, by the ts of any message in it."""
    channel, ts = inside(call), call.needed("ts")
    message = call.workspace.state.message(channel["id"], ts)
    if message is None or call.workspace.state.alone(channel["id"], ts):
        raise SlackError("thread_not_found")
    count = int(call.flag("inclusive"))
    before, after = moment(call, "latest", count) or "~", moment(call, "oldest", -count)
    thread = message.get("thread_ts", ts)
    every = call.workspace.state.replies(channel["id"], thread, BOT)
    some, following = page(call, [each for each in every if each["ts"] == thread or after < each["ts"] < before], MOST)
    more = bool(following["response_metadata"]["next_cursor"])
    return {"messages": _told(call, some), "has_more": more, **(following if more else {})}


def inside(call: Call) -> Body:
    """The channel that is asked of, which the app is in."""
    channel = readable(call, "history")
    if not call.workspace.state.is_member(channel["id"], BOT):
        raise SlackError("not_in_channel")
    return channel


def moment(call: Call, name: str, further: int) -> str:
    """A bound as a ts, so many microseconds further; empty where none is given. Bounds may be given short, as "0" is."""
    given = call.text(name)
    if given in ("", "0"):
        return ""
    if not re.fullmatch(r"\d{1,10}(\.\d*)?", given):
        raise SlackError(f"invalid_ts_{name}")
    whole, _, part = given.partition(".")
    count = int(whole) * MICRO + int(f"{part:0<6}"[:6]) + further
    return f"{count // MICRO:010d}.{count % MICRO:06d}"


def _told(call: Call, messages: list[Body]) -> list[Body]:
    return [told_message(call.workspace, each, metadata=call.flag("include_all_metadata")) for each in messages]
