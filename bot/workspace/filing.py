"""Files of a workspace: an address to send one to, what is known of it, and who may read it."""

from __future__ import annotations

import mimetypes
from io import BytesIO
from pathlib import PurePath
from typing import BinaryIO
from urllib.parse import quote

from bot.workspace.core import BOT, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.ids import new_id
from bot.workspace.state import Body

LARGEST = 50 << 20  # bytes
SETTLING = 2.0  # seconds after its upload before a file can stand in a block


def begun(workspace: Workspace, name: str, size: int, user: str = BOT, title: str = "") -> Body:
    """A file that is announced and has not come yet. Refuses one that is too large."""
    if size > LARGEST:
        raise SlackError("file_upload_size_restricted")
    name = PurePath(name.replace("\\", "/")).name or "file"
    made = int(workspace.clock().timestamp())
    body = {"id": new_id("F"), "name": name, "title": title or name, "size": size, "user": user, "created": made, "channels": []}
    workspace.state.keep_file(body)
    return body


def receive(workspace: Workspace, key: str, data: bytes | BinaryIO, size: int | None = None) -> Body:
    """Take the content of an announced file: as many bytes as were announced, and once. The file as it is kept.

    Of content that is read a piece at a time the `size` is said; it is never held in one.
    """
    content, size = (BytesIO(data), len(data)) if isinstance(data, bytes) else (data, size or 0)
    body = workspace.state.file(key)
    if body is None or "came" in body:
        raise SlackError("file_not_found")
    if size > LARGEST:
        raise SlackError("file_upload_size_restricted")
    if size != body["size"]:
        raise SlackError("invalid_upload_length")
    kept = body | {"came": workspace.real()}
    workspace.state.take_in(kept, content, size)
    return kept


def shared(workspace: Workspace, body: Body, channel: str) -> Body:
    """The file once it is in a channel too, which its members may read it for."""
    body = body | {"channels": list(dict.fromkeys([*body["channels"], channel]))}
    workspace.state.keep_file(body)
    return body


def stands_in(workspace: Workspace, channel: str, message: Body) -> None:
    """Note with the files of a message where it stands, by which apps find it."""
    place = {name: message[name] for name in ("ts", "thread_ts") if name in message}
    for each in message["files"]:
        file = workspace.state.file(each["id"])
        if file:
            shares = file.get("shares", {})
            workspace.state.keep_file(file | {"shares": {**shares, channel: [*shares.get(channel, []), place]}})


def readable(workspace: Workspace, key: str, reader: str = BOT) -> Body:
    """A file that somebody may read: their own, or one in a channel they are in."""
    body = workspace.state.file(key)
    if body is None or "came" not in body:
        raise SlackError("file_not_found")
    if body["user"] != reader and not any(workspace.state.is_member(channel, reader) for channel in body["channels"]):
        raise SlackError("file_not_found")
    return body


def settled(workspace: Workspace, key: str) -> bool:
    """Whether a file can stand in a block, which it cannot straight after its upload."""
    body = workspace.state.file(key)
    return body is not None and workspace.real() - body.get("came", workspace.real()) >= SETTLING


def told_file(workspace: Workspace, body: Body) -> Body:
    """A file as Slack tells of it."""
    ending = PurePath(body["name"]).suffix.lstrip(".").lower()
    address = f"{workspace.address}/files/{body['id']}/{quote(body['name'])}"
    where = _where(workspace, body)
    return {
        "id": body["id"],
        "created": body["created"],
        "timestamp": body["created"],
        "name": body["name"],
        "title": body["title"],
        "mimetype": mimetypes.guess_type(body["name"])[0] or "application/octet-stream",
        "filetype": ending or "binary",
        "pretty_type": ending.upper() or "Binary",
        "user": body["user"],
        "user_team": workspace.team["id"],
        "editable": False,
        "size": body["size"],
        "mode": "hosted",
        "is_external": bool(body.get("is_external")),
        "external_type": "",
        "is_public": bool(where["channel"]),
        "public_url_shared": False,
        "display_as_bot": False,
        "username": "",
        "url_private": body.get("url_private", address),
        "url_private_download": body.get("url_private_download", body.get("url_private", address)),
        "permalink": f"{workspace.address}/archives/files/{body['id']}",
        "shares": _shares(workspace, body),
        "channels": where["channel"],
        "groups": where["private"],
        "ims": where["im"],
        "comments_count": 0,
        "is_starred": False,
        "has_rich_preview": False,
        "file_access": "visible",
    }


def _where(workspace: Workspace, body: Body) -> dict[str, list[str]]:
    """The channels a file is in, by their kind."""
    where: dict[str, list[str]] = {"channel": [], "private": [], "im": []}
    for key in body["channels"]:
        kind = (workspace.state.get("channel", key) or {}).get("kind", "im")
        where["im" if kind == "app" else kind].append(key)
    return where


def _shares(workspace: Workspace, body: Body) -> Body:
    """{"public" or "private": {channel: [a message with the file]}}."""
    shares: Body = {}
    for key, messages in body.get("shares", {}).items():
        channel = workspace.state.get("channel", key) or {"kind": "im", "name": ""}
        about = {"channel_name": channel["name"], "team_id": workspace.team["id"], "share_user_id": body["user"], "source": "UNKNOWN"}
        among = shares.setdefault("public" if channel["kind"] == "channel" else "private", {})
        among[key] = [{**about, **place} for place in messages]
    return shares
