"""What the page is told: people, channels, messages and files in the shapes that it draws, each as one person may see it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from zlib import crc32

from bot.workspace.core import APP, BOT, Workspace
from bot.workspace.people import can
from bot.workspace.shapes import visible
from bot.workspace.state import Body

COLOURS = 12
FILE = ("id", "name", "mimetype", "size")


def person_shown(person: Body) -> Body:
    name = person.get("real_name") or person["name"]
    kind = "deactivated" if person.get("deleted") else person.get("kind", "member")
    letters = [word[0] for word in name.replace("-", " ").split() if word[0].isalnum()]
    return {
        "id": person["id"],
        "name": name,
        "handle": person["name"],
        "title": person.get("title", ""),
        "email": person.get("email") or "",
        "kind": kind,
        "is_bot": bool(person.get("is_bot")),
        "initials": "".join([*letters[:1], *letters[1:][-1:]]).upper() or "?",
        "colour": crc32(person["id"].encode()) % COLOURS,
        "can_act": can(person).act,
    }


def channel_shown(workspace: Workspace, channel: Body, reader: str) -> Body:
    """A channel as one person sees it; of a direct message the other person."""
    key, member = channel["id"], workspace.state.is_member(channel["id"], reader)
    shown = {"id": key, "name": channel["name"], "kind": channel["kind"], "topic": channel.get("topic", ""), "member": member}
    if channel["kind"] in ("im", "app"):
        others = [each for each in workspace.state.members(key) if each != reader]
        shown["user"] = others[0] if others else reader
    return {**shown, "unread": workspace.state.unread(key, reader) if member else 0}


def channels_shown(workspace: Workspace, reader: str) -> list[Body]:
    """Every channel that somebody may see; the app's messages only where they can write to it."""
    person = workspace.state.get("person", reader) or {}
    some = [each for each in visible(workspace, reader) if each["kind"] != "app" or can(person).home]
    return [channel_shown(workspace, each, reader) for each in some]


def message_shown(workspace: Workspace, message: Body, reader: str) -> Body:
    """A message with the files in it at addresses that the page may ask of."""
    shown = dict(message)
    if message.get("files"):
        shown["files"] = [file_shown(workspace, each, reader) for each in message["files"]]
    if message.get("blocks"):
        shown["blocks"] = with_pictures(workspace, message["blocks"], reader)
    return shown


def with_pictures(workspace: Workspace, blocks: list[Body], reader: str) -> list[Body]:
    """Blocks whose pictures of this workspace's own are at addresses that the page may ask of."""
    return [_pictured(workspace, block, reader) for block in blocks]


def _pictured(workspace: Workspace, block: Body, reader: str) -> Body:
    key = block.get("slack_file", {}).get("id") if block["type"] == "image" else None
    file = workspace.state.file(key) if key else None
    return {**block, "image_url": address(workspace, file, reader)} if file else block


def file_shown(workspace: Workspace, told: Body, reader: str) -> Body:
    """A file as the page draws it."""
    shown: dict[str, Any] = {name: told.get(name) for name in FILE}
    return {**shown, "url": address(workspace, told, reader), "is_image": str(told.get("mimetype")).startswith("image/")}


def address(workspace: Workspace, file: Body, reader: str) -> str:
    """Where the page asks for a file's content."""
    return f"/{workspace.secret}/files/{file['id']}/{quote(str(file.get('name') or 'file'))}?as={reader}"


def app_shown(workspace: Workspace) -> Body:
    about = workspace.manifest["display_information"].get("description", "")
    return {"id": BOT, "name": workspace.app_name, "app_id": APP, "description": about}
