"""Response URLs: what an app says back to what somebody did, wherever they did it."""

from __future__ import annotations

from bot.workspace.contents import BY_APP, new_content, thread_of
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.methods import Answer, Call
from bot.workspace.replies import Reply

TYPES = ("ephemeral", "in_channel")


def answer(workspace: Workspace, key: str, said: dict[str, object]) -> Answer:
    """Do what is said to a response URL. Every use counts, also one that is refused."""
    reply = workspace.replies.take(key)
    call = Call(workspace, dict(said))
    if call.text("response_type", "ephemeral") not in TYPES:
        raise SlackError("invalid_response_type")
    if call.flag("delete_original"):
        return _deleted(workspace, reply)
    body = {**BY_APP, **new_content(call)}
    if call.flag("replace_original") and reply.ts:
        return _replaced(workspace, reply, body)
    alone = reply.user if call.text("response_type", "ephemeral") == "ephemeral" else ""
    workspace.post(reply.channel, {**body, **thread_of(call, reply.channel)}, alone)
    return {"ok": True}


def _deleted(workspace: Workspace, reply: Reply) -> Answer:
    """The message that was pressed on goes; that it has gone already is no matter."""
    if reply.ts and workspace.state.message(reply.channel, reply.ts):
        workspace.delete(reply.channel, reply.ts)
    return {"ok": True}


def _replaced(workspace: Workspace, reply: Reply, body: dict[str, object]) -> Answer:
    """The message that was pressed on becomes another, where it stands."""
    before = workspace.state.message(reply.channel, reply.ts)
    if before is None:
        raise SlackError("message_not_found")
    kept = {name: value for name, value in before.items() if name not in ("blocks", "attachments", "metadata")}
    workspace.change(reply.channel, {**kept, **body})
    return {"ok": True}
