"""files.*: the three steps of sending a file, and asking what it is."""

from __future__ import annotations

from typing import Any

from bot.workspace.api.chat import writable
from bot.workspace.contents import BY_APP, blocks_of, thread_of
from bot.workspace.core import BOT, Workspace
from bot.workspace.errors import SlackError, invalid_arguments
from bot.workspace.filing import begun, readable, shared, stands_in, told_file
from bot.workspace.methods import TIER_4, Answer, Call, method
from bot.workspace.paging import metadata
from bot.workspace.state import Body
from bot.workspace.values import completed

CHANNELS, ALT = 100, 1000


@method("files.getUploadURLExternal", "files:write", per_minute=TIER_4)
def get_upload_url(call: Call) -> Answer:
    """An address to send the bytes of a file to."""
    name = call.needed("filename")
    if call.text("length") in ("", "0"):
        raise SlackError("missing_argument")
    if not call.text("length").isdecimal():
        raise invalid_arguments("must provide an integer [json-pointer:/length]")
    if len(call.text("alt_txt")) > ALT:
        raise SlackError("alt_txt_too_large")
    file = begun(call.workspace, name, int(call.text("length")))
    return {"upload_url": f"{call.workspace.address}/upload/{file['id']}", "file_id": file["id"]}


@method("files.completeUploadExternal", "files:write", per_minute=TIER_4)
def complete_upload(call: Call) -> Answer:
    """Share files that have come, in one message; private where no channel is named."""
    files = [_come(call.workspace, each) for each in _listed(call)]
    channels = [each.strip() for each in (call.text("channel_id") or call.text("channels")).split(",") if each.strip()]
    if len(channels) > CHANNELS:
        raise SlackError("channels_limit_exceeded")
    if any(key[0] not in "CDG" or not key.isalnum() for key in channels):
        raise SlackError("invalid_channel")
    for file in files:
        call.workspace.state.keep_file(file)
    for channel in [writable(call.workspace, key)["id"] for key in channels]:
        files = [shared(call.workspace, file, channel) for file in files]
        _post(call, channel, [told_file(call.workspace, file) for file in files])
    now = [call.workspace.state.file(file["id"]) or file for file in files]
    return {"files": [told_file(call.workspace, file) for file in now]}


@method("files.info", "files:read", per_minute=TIER_4)
def info(call: Call) -> Answer:
    return {"file": told_file(call.workspace, readable(call.workspace, call.needed("file"))), "comments": [], **metadata("")}


def _listed(call: Call) -> list[Any]:
    files = call.data("files", "invalid_arguments")
    if not isinstance(files, list) or not files or not all(isinstance(each, dict) and isinstance(each.get("id"), str) for each in files):
        raise invalid_arguments("must provide an array [json-pointer:/files]")
    for place, each in enumerate(files):
        for name in set(each) - {"id", "title", "highlight_type"}:
            raise invalid_arguments(f"invalid additional property: {name} [json-pointer:/files/{place}]")
    return files


def _come(workspace: Workspace, named: Body) -> Body:
    """A file of the app's own that has come, under the title it is given."""
    file = workspace.state.file(named["id"])
    if file is None or "came" not in file:
        raise SlackError("file_not_found")
    if file["user"] != BOT:
        raise SlackError("access_denied")
    return file | {"title": named.get("title") or file["title"]}


def _post(call: Call, channel: str, files: list[Body]) -> None:
    """One message with all the files; a comment goes before blocks."""
    comment = call.text("initial_comment")
    blocks = None if comment else blocks_of(call)
    said = {"text": comment, **({"blocks": completed(blocks)} if blocks else {})}
    kept = call.workspace.post(channel, {**BY_APP, **said, "files": files, "upload": True, **thread_of(call, channel)})
    stands_in(call.workspace, channel, kept)
