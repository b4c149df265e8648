"""Sends what delivery hands over: each message once, marked with its notice's key. Looking for it by that is `bot.looking`."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from slack_sdk import WebClient

from bot.blockkit import draw
from bot.calls import Answer, Calls, SaysNo
from bot.enclosing import enclose, papers_of, pin_the_head
from bot.looking import EVENT, Looking, only_changes
from bot.punctual import Punctual, leaving
from bot.roster import GONE, Roster
from bot.speaking import BLOCKS_REFUSED
from commands.reply import Paper
from scheduler.parcels import Keep, NotSent, Parcel, Refused, Sent, Shut

log = logging.getLogger("jagbot")

PATIENCE = 10  # seconds for each step of a request
POST, UPDATE = "chat.postMessage", "chat.update"
OUTSIDE = ("not_in_channel", "channel_not_found", "is_archived", "restricted_action")
DEACTIVATED = ("user_disabled", "user_not_found", "account_deactivated")


class _Plainer(Exception):
    """Slack did not take a message's tables or charts."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__()
        self.parcel = parcel


class Sending:
    """Slack, for delivery: a `scheduler.parcels.Sender`."""

    def __init__(self, client: WebClient, patience: float = PATIENCE) -> None:
        own: Any = {"token": client.token, "base_url": client.base_url, "timeout": patience, "proxy": client.proxy, "ssl": client.ssl}
        self.patience = patience
        self.calls = Calls(Punctual(**own, retry_handlers=[]))
        self.roster, self.looking = Roster(self.calls), Looking(self.calls)
        self.look = self.looking.look

    def send(self, parcel: Parcel, keep: Keep) -> Sent:
        """Every message of a parcel that is not there yet, in order; in plainer form where Slack does not take it as it is."""
        if parcel.person:
            self.roster.must_be_there(parcel.to)
        try:
            return self._send(parcel, keep)
        except _Plainer as refused:
            return self._send(self._taken_back(refused.parcel, keep), keep)

    def _send(self, parcel: Parcel, keep: Keep) -> Sent:
        parts = _parts(parcel)
        stamps = [*parcel.stamps, *[""] * (len(parts) - len(parcel.stamps))]
        conversation = parcel.conversation
        if parcel.reply.pinned and parcel.thread and not any(stamps) and (why := pin_the_head(parcel, self._write)):
            log.warning("notice %s: its thread was not pinned: %s", parcel.number, why)
        for number, part in enumerate(parts):
            if stamps[number]:
                continue
            conversation, stamps[number] = self._put(parcel, number, part, conversation)
            if not all(stamps):
                parcel = keep(parcel, Sent(conversation, tuple(stamps), whole=False, plain=parcel.plain))
        return Sent(conversation, tuple(stamps), plain=parcel.plain)

    def _put(self, parcel: Parcel, number: int, part: dict[str, Any] | Paper, conversation: str) -> tuple[str, str]:
        """(the conversation, the ts of a message or the id of a file): a new one, or in the place of one that stands there."""
        over = parcel.reply.over
        try:
            if isinstance(part, Paper):
                return conversation, enclose(part, parcel, conversation, self._write, self.patience)
            if number + 1 < len(over):
                self._write(parcel, UPDATE, channel=over[0], ts=over[number + 1], **_unlike_before(part, parcel))
                return over[0], over[number + 1]
        except SaysNo as no:
            if no.code in BLOCKS_REFUSED and not parcel.plain:
                raise _Plainer(parcel) from no
            raise _meaning(no, parcel) from no
        said = self._post(parcel, number, part)
        return str(said.get("channel") or conversation), str(said["ts"])

    def _post(self, parcel: Parcel, part: int, message: dict[str, Any]) -> Answer:
        mark = {"event_type": EVENT, "event_payload": {"key": parcel.key, "part": part, "plain": parcel.plain}}
        thread = {"thread_ts": parcel.thread} if parcel.thread else {}
        said = {"channel": parcel.conversation or parcel.to, "unfurl_links": False, "metadata": mark, **thread, **message}
        try:
            return self._write(parcel, POST, **said)
        except SaysNo as no:
            if no.code in BLOCKS_REFUSED and not parcel.plain:
                raise _Plainer(parcel) from no
            if no.code != "not_in_channel" or parcel.person or not self._joined(parcel):
                raise _meaning(no, parcel) from no
        try:
            return self._write(parcel, POST, **said)
        except SaysNo as no:
            raise _meaning(no, parcel) from no

    def _write(self, parcel: Parcel, method: str, **said: Any) -> Answer:
        with leaving(parcel.leave_by):
            return self.calls.write(method, parcel.to, **said)

    def _joined(self, parcel: Parcel) -> bool:
        """Whether the bot could let itself in, as it may where a channel is public."""
        try:
            self._write(parcel, "conversations.join", channel=self.looking.channel(parcel.to))
        except (SaysNo, LookupError):
            return False
        return True

    def _taken_back(self, parcel: Parcel, keep: Keep) -> Parcel:
        """Without what was sent of it in the form that Slack does not take; what it stands in the place of is changed once more."""
        for ts in filter(None, parcel.stamps):
            if ts in parcel.reply.over:
                continue
            try:
                self._write(parcel, "chat.delete", channel=parcel.conversation, ts=ts)
            except SaysNo as no:
                if no.code != "message_not_found":
                    raise _meaning(no, parcel) from no
        return keep(replace(parcel, stamps=()), Sent(parcel.conversation, (), whole=False, plain=True))


def _parts(parcel: Parcel) -> list[dict[str, Any] | Paper]:
    """The messages and files of a parcel, in order; of one that only changes messages, as many as there are."""
    messages = draw(parcel.reply, plain=parcel.plain)[0]
    if only_changes(parcel) and len(messages) > (room := len(parcel.reply.over) - 1):
        log.warning("notice %s: %s more messages than it changes were left out", parcel.number, len(messages) - room)
        return list(messages[:room])
    return [*messages, *papers_of(parcel.reply)]


def _unlike_before(message: dict[str, Any], parcel: Parcel) -> dict[str, Any]:
    """The message with blocks of other names: under the same, Slack goes on showing what somebody chose there."""
    return message | {"blocks": [block | {"block_id": f"{block['block_id']}-{parcel.number}"} for block in message["blocks"]]}


def _meaning(no: SaysNo, parcel: Parcel) -> NotSent:
    if parcel.person and no.code in DEACTIVATED:
        return Refused(GONE, gone=True)
    if no.code in OUTSIDE:
        return Shut(f"Slack does not let me in ({no.code})")
    return Refused(f"Slack refused it: {no.code}")
