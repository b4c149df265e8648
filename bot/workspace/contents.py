"""What the app says in a message: words, blocks, attachments and metadata, taken as far as Slack takes them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from bot.workspace.blockchecks import Fault
from bot.workspace.blockrules import MARKDOWN, faults, too_long
from bot.workspace.core import APP, BOT, BOT_ID, Workspace
from bot.workspace.errors import SlackError
from bot.workspace.filing import settled
from bot.workspace.methods import Call
from bot.workspace.state import Body
from bot.workspace.values import completed

LONGEST, ATTACHMENTS, METADATA = 40_000, 100, 16_000  # characters; attachments; characters as JSON
BY_APP = {"user": BOT, "bot_id": BOT_ID, "app_id": APP}
UNREADABLE = "This content can't be displayed."


def content(call: Call, longest: int = LONGEST) -> Body:
    """{"text", and "blocks", "attachments", "metadata" where they are given}; `no_text` where nothing is said."""
    said = marked(call) or {"text": call.text("text")}
    blocks, attachments, metadata = blocks_of(call), attachments_of(call), metadata_of(call)
    if len(said["text"]) > longest:
        raise SlackError("msg_too_long")
    said |= {} if blocks is None else {"blocks": completed(blocks)}
    said |= {} if attachments is None else {"attachments": attachments}
    if not said["text"].strip() and not said.get("blocks") and not attachments:
        raise SlackError("no_text")
    return said | ({} if metadata is None else {"metadata": metadata})


def new_content(call: Call, longest: int = LONGEST) -> Body:
    """The content of a new message, which has no empty parts."""
    said = {name: value for name, value in content(call, longest).items() if value or name == "text"}
    return said if said["text"] or "blocks" not in said else said | {"text": UNREADABLE}


def marked(call: Call) -> Body:
    """What is said in markdown, as a block."""
    words = call.text("markdown_text")
    if not words:
        return {}
    if call.text("text") or call.said.get("blocks"):
        raise SlackError("markdown_text_conflict")
    if len(words) > MARKDOWN:
        raise SlackError("msg_too_long")
    return {"text": words, "blocks": completed([{"type": "markdown", "text": words}])}


def blocks_of(call: Call) -> list[Body] | None:
    """The blocks, where they are given. Refused by Slack's names, with which block and why."""
    blocks = call.data("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise SlackError("invalid_blocks_format")
    if not blocks:
        return []
    found = faults(blocks)
    if len(found) == 1 and too_long(blocks):
        raise SlackError("msg_blocks_too_long")
    if not found:
        found = not_here(call.workspace, blocks)
    if found:
        raise invalid_blocks(found)
    return blocks


def invalid_blocks(found: Sequence[Fault]) -> SlackError:
    """Slack's refusal of blocks, with every fault in them."""
    said = [str(fault) for fault in found]
    return SlackError("invalid_blocks", errors=said, response_metadata={"messages": [f"[ERROR] {each}" for each in said]})


def not_here(workspace: Workspace, blocks: Sequence[Body]) -> list[Fault]:
    """Blocks that are well made, and that this workspace does not take: of a kind it is without, or of a file that is not there yet."""
    found = [(place, block) for place, block in enumerate(blocks) if block["type"] in workspace.without]
    away = [Fault(f"/blocks/{place}/type", f"unsupported type: {block['type']}") for place, block in found]
    for place, block in enumerate(blocks):
        if "slack_file" in block and not settled(workspace, _file_in(block["slack_file"])):
            away.append(Fault(f"/blocks/{place}/slack_file", "invalid slack file"))
    return away


def _file_in(named: Body) -> str:
    """A file's id, also from its address."""
    return str(named.get("id") or named.get("url", "").partition("/files/")[2].partition("/")[0])


def attachments_of(call: Call) -> list[Any] | None:
    """Attachments, where they are given."""
    attachments = call.data("attachments", "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list) or not all(isinstance(each, dict) for each in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise SlackError("too_many_attachments")
    return attachments


def metadata_of(call: Call) -> Body | None:
    """Metadata, where it is given; empty takes it away."""
    metadata = call.data("metadata", "invalid_metadata_format")
    if metadata is None or metadata == {}:
        return None if metadata is None else {}
    if not isinstance(metadata, dict):
        raise SlackError("invalid_metadata_format")
    if not isinstance(metadata.get("event_type"), str) or not isinstance(metadata.get("event_payload"), dict):
        raise SlackError("invalid_metadata_schema")
    if len(json.dumps(metadata)) > METADATA:
        raise SlackError("metadata_too_large")
    return {name: metadata[name] for name in ("event_type", "event_payload")}


def thread_of(call: Call, channel: str) -> Body:
    """{"thread_ts"} where the message goes into a thread. Where its head is gone Slack says nothing and posts in the channel."""
    given = call.text("thread_ts")
    if not given:
        return {}
    if not re.fullmatch(r"\d+\.\d+", given):
        raise SlackError("invalid_thread_ts", response_metadata={"messages": [f"[ERROR] {given} is not a valid thread_ts"]})
    state = call.workspace.state
    head = state.message(channel, given)
    if head is None or state.alone(channel, given):
        return {}
    return {"thread_ts": head.get("thread_ts", given)}
