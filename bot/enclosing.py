"""Encloses papers with what is sent: Word documents, in the conversation or thread of the messages they belong to."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bot.calls import Answer, SaysNo
from bot.filed import filed
from commands.reply import Paper, Reply
from scheduler.parcels import Away, Parcel

PLACE, SHARE, PIN = "files.getUploadURLExternal", "files.completeUploadExternal", "pins.add"
Write = Callable[..., Answer]  # (parcel, method, what is said) -> Slack's answer


def papers_of(reply: Reply) -> list[Paper]:
    """The papers of a reply: each is sent after its messages, as a part of its own."""
    return [part for part in reply.parts if isinstance(part, Paper)]


def enclosed(paper: Paper, said: Iterable[Mapping[str, Any]]) -> str:
    """The id of a paper's file among what was said, by its name; empty where it is not there. A file carries no mark."""
    name = paper.file
    return next((str(file["id"]) for each in said if each.get("bot_id") for file in each.get("files", ()) if file.get("name") == name), "")


def enclose(paper: Paper, parcel: Parcel, conversation: str, write: Write, patience: float) -> str:
    """Send a paper into a conversation, in the parcel's thread; the file's id.

    Slack gives an address, takes the bytes there, and shows them only when it is told to: what breaks before that has left nothing to be
    seen. Raises Away for it, and what `write` raises.
    """
    import requests

    name, data = filed(paper)
    place = write(parcel, PLACE, filename=name, length=str(len(data)))
    try:
        octets = {"Content-Type": "application/octet-stream"}
        requests.post(str(place["upload_url"]), data=data, timeout=patience, headers=octets).raise_for_status()
    except OSError as error:  # of which requests makes all its own
        raise Away(f"the file could not be brought to Slack ({type(error).__name__})") from error
    thread = {"thread_ts": parcel.thread} if parcel.thread else {}
    files = json.dumps([{"id": place["file_id"], "title": paper.title}])
    write(parcel, SHARE, files=files, channel_id=conversation, **thread)
    return str(place["file_id"])


def pin_the_head(parcel: Parcel, write: Write) -> str:
    """Pin the head of the parcel's thread; why that could not be, where Slack says no: nothing that is said waits for it."""
    try:
        write(parcel, PIN, channel=parcel.to, timestamp=parcel.thread)
    except SaysNo as no:
        return "" if no.code == "already_pinned" else no.code
    except Away as away:  # as where the app was never given pins:write
        return away.words
    return ""
