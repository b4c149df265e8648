"""Settling people in a workspace: who there is, and which channels with whom in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.workspace.core import BOT, Workspace


@dataclass(frozen=True)
class Member:
    """Somebody to be: known by a handle; `kind` is one of people.KINDS."""

    handle: str
    name: str = ""
    email: str = ""
    title: str = ""
    kind: str = "member"


@dataclass(frozen=True)
class Channel:
    """A channel to be: who is in it, by handle, and whether the app is."""

    name: str
    members: tuple[str, ...] = field(default_factory=tuple)
    private: bool = False
    topic: str = ""
    app: bool = True


def person_id(handle: str) -> str:
    """ "housing-officer" is UHOUSINGOFFICER."""
    return f"U{_plain(handle)}"


def channel_id(name: str) -> str:
    return f"C{_plain(name)}"


def settle(workspace: Workspace, members: Iterable[Member], channels: Iterable[Channel] = ()) -> None:
    """Put people and channels into a workspace, in the place of those of their ids; who is in a channel already stays in it."""
    for place, member in enumerate(members):
        key = person_id(member.handle)
        body = {
            "id": key,
            "name": member.handle,
            "real_name": member.name or member.handle,
            "email": member.email,
            "title": member.title,
            "place": place,
        }
        gone = member.kind == "deactivated"
        workspace.state.put("person", key, {**body, "kind": member.kind, "deleted": gone, "is_bot": False, "team_id": workspace.team["id"]})
    for channel in channels:
        key = channel_id(channel.name)
        kind = "private" if channel.private else "channel"
        workspace.state.put("channel", key, {"id": key, "name": channel.name, "kind": kind, "topic": channel.topic})
        for handle in channel.members:
            workspace.state.join(key, person_id(handle))
        if channel.app:
            workspace.state.join(key, BOT)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.upper() if letter.isascii() and letter.isalnum())
