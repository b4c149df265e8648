"""Looks for what may have been said already, by the mark that each message of a notice carries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from bot.blockkit import draw
from bot.calls import Calls, SaysNo
from bot.enclosing import enclosed, papers_of
from scheduler.parcels import CannotLook, Parcel, Sent

EVENT = "jagbot_notice"
BEFORE = timedelta(days=1)  # how far before it was due it is looked for: clocks differ
PAGES, A_PAGE = 20, 200  # of history
Message = dict[str, Any]


class Looking:
    """Reads conversations, as far as the bot may."""

    def __init__(self, calls: Calls) -> None:
        self.calls = calls
        self._channels: dict[str, str] = {}  # name -> id

    def look(self, parcel: Parcel) -> Sent | None:
        """How much of a parcel is there; None where nothing is. What only changes messages in their place may be done again unseen."""
        if only_changes(parcel):
            return None
        try:
            conversation = parcel.conversation or self._conversation(parcel)
            said = list(self._said(conversation, parcel))
        except SaysNo as no:
            raise CannotLook(f"whether it was sent cannot be seen: Slack says {no.code}") from no
        except LookupError:
            raise CannotLook(f"whether it was sent cannot be seen: there is no {parcel.to}") from None
        marked = {mark["part"]: (each["ts"], bool(mark.get("plain"))) for each in said if (mark := _mark(each)).get("key") == parcel.key}
        plain = any(plain for _, plain in marked.values()) or (parcel.plain and not marked)
        messages = draw(parcel.reply, plain=plain)[0]
        if any(_like(each, message) for part, message in enumerate(messages) if part not in marked for each in said):
            raise CannotLook("a message just like it is there, without the mark that would tell whether it is this one")
        stamps = tuple(marked.get(part, ("", False))[0] for part in range(len(messages)))
        stamps += tuple(enclosed(paper, said) for paper in papers_of(parcel.reply))
        return Sent(conversation, stamps, all(stamps), plain) if any(stamps) else None

    def channel(self, name: str) -> str:
        """The id of a channel by its name, or by its id. Raises LookupError."""
        wanted = name.removeprefix("#")
        if not name.startswith("#"):
            return name
        if wanted not in self._channels:
            self._channels = {each["name"]: each["id"] for each in self._list()}
        return self._channels[wanted]

    def _list(self) -> Iterator[dict[str, Any]]:
        cursor = ""
        while True:
            kinds = "public_channel,private_channel"
            page = self.calls.read("conversations.list", types=kinds, exclude_archived=True, limit=1000, cursor=cursor)
            yield from page["channels"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return

    def _conversation(self, parcel: Parcel) -> str:
        if parcel.person:
            return str(self.calls.read("conversations.open", users=parcel.to)["channel"]["id"])
        return self.channel(parcel.to)

    def _said(self, conversation: str, parcel: Parcel) -> Iterator[Message]:
        """What was said there since a day before it was due."""
        method, ts = ("conversations.replies", {"ts": parcel.thread}) if parcel.thread else ("conversations.history", {})
        oldest, cursor = f"{(parcel.since - BEFORE).timestamp():.6f}", ""
        for _ in range(PAGES):
            about = {"channel": conversation, "oldest": oldest, "limit": A_PAGE, "cursor": cursor, "include_all_metadata": True, **ts}
            page = self.calls.read(method, **about)
            yield from page["messages"]
            cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return
        raise CannotLook("whether it was sent cannot be seen: too much has been said there since")


def only_changes(parcel: Parcel) -> bool:
    """Whether a parcel stands in the place of messages and adds none: what is said to a person anew is a notice of its own."""
    return parcel.person and bool(parcel.reply.over)


def _mark(message: Message) -> dict[str, Any]:
    mark = message.get("metadata") or {}
    return dict(mark.get("event_payload") or {}) if mark.get("event_type") == EVENT else {}


def _like(said: Message, message: Message) -> bool:
    """Whether something that the bot said has our words, and nothing that says which notice it is of."""
    return bool(said.get("bot_id")) and not said.get("metadata") and said.get("text") == message["text"]
