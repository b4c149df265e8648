"""What a bot has sent to the workspace, as somebody there reads it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from block_rules import seen

Payload = dict[str, Any]
SAYING = ("chat.postMessage", "chat.postEphemeral", "files.completeUploadExternal", "views.open", "views.update", "views.publish")


@dataclass
class Arrived:
    """Something that the bot sent: by which method, with what, and where it stands."""

    method: str
    said: Payload
    ts: str = ""
    place: str = ""  # the channel it is in
    screen: str = ""  # the id of the modal it is in

    @property
    def blocks(self) -> list[Payload]:
        return self.said.get("blocks") or self.said.get("view", {}).get("blocks") or []

    @property
    def text(self) -> str:
        """What a person reads."""
        return seen(self.blocks) or self.said.get("text", "")

    @property
    def channel(self) -> str:
        return str(self.said.get("channel", ""))

    @property
    def kinds(self) -> list[str]:
        return [block["type"] for block in self.blocks]

    def button(self, label: str) -> Payload:
        """The button of this label."""
        return button(self.blocks, label)[1]

    def option(self, label: str, of: str = "") -> tuple[Payload, Payload]:
        """(the list, its option of this label): the first such, or that beside the words `of`."""
        return option(self.blocks, label, of)[1:]

    def has_button(self, label: str) -> bool:
        return f"[{label}]" in self.text.splitlines()


def button(blocks: list[Payload], label: str) -> tuple[Payload, Payload]:
    """(block, button) of a label."""
    buttons = [(block, each) for block in blocks if block["type"] == "actions" for each in block["elements"]]
    return next((block, each) for block, each in buttons if each["text"]["text"] == label)


def option(blocks: list[Payload], label: str, of: str = "") -> tuple[Payload, Payload, Payload]:
    """(block, list, option) of a label."""
    lists = [(block, block["accessory"]) for block in blocks if block["type"] == "section" and "accessory" in block]
    beside = [(block, each) for block, each in lists if of in block["text"]["text"]]
    return next((block, each, one) for block, each in beside for one in each["options"] if one["text"]["text"] == label)


def read(said: Payload) -> Payload:
    """Arguments of a call, where a form carries blocks and views as JSON."""
    return {name: json.loads(each) if isinstance(each, str) and each[:1] in ("[", "{") else each for name, each in said.items()}


def changed(method: str, said: Payload, answer: Payload) -> Arrived | None:
    """What a call changed of what people see already; None where it changed nothing."""
    return Arrived(method, read(said), said["ts"], said["channel"]) if method == "chat.update" and answer["ok"] else None


def arrived(method: str, said: Payload, answer: Payload) -> Arrived | None:
    """What a call left for people to see; None where it left nothing."""
    if method not in SAYING or not answer["ok"]:
        return None
    said = read(said)
    if method in ("chat.postMessage", "files.completeUploadExternal"):
        said["channel"] = answer.get("channel") or said["channel_id"]
    ts = answer.get("ts") or answer.get("message_ts") or ""
    modal = answer["view"]["id"] if method in ("views.open", "views.update") else ""
    return Arrived(method, said, ts, said.get("channel", ""), modal)


@dataclass
class Acknowledged:
    """How the bot took something: an HTTP status, 0 down a socket; what it said to it; how much had arrived by then."""

    status: int
    body: str
    seen_before: int
