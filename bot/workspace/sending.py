"""How the app is sent something: down a socket, else by signed request; how it takes it; and events again until it does."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import SplitResult, urlencode, urlsplit

from httptools import HttpParserError, HttpResponseParser

from bot.workspace.core import BOT, News, Workspace
from bot.workspace.payloads import changed_event, event, mention_event, message_event
from bot.workspace.sockets import Gone, Kind
from bot.workspace.state import Body

AGAIN = (0, 60, 300)  # seconds after which an event that was not acknowledged is sent again
LARGEST = 1 << 20  # bytes of an answer that are read
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Why = Literal["", "late", "away", "refused"]


@dataclass(frozen=True)
class Acknowledged:
    """How the app took something: `body` is what it said to it, `why` it did not take it, `status` the HTTP status, 0 of a socket.

    late: nothing came in time. away: nobody is there. refused: another status than 200.
    """

    ok: bool
    body: Any = None
    why: Why = ""
    status: int = 0

    @property
    def late(self) -> bool:
        return self.why in ("late", "away")


async def send(workspace: Workspace, payload: Body, kind: Kind, attempt: int = 0, reason: str = "") -> Acknowledged:
    """Send the app something once, and how it took it within the time it has."""
    try:
        async with asyncio.timeout(workspace.patience):
            taken = await _delivered(workspace, payload, kind, attempt, reason)
    except TimeoutError:
        taken = Acknowledged(False, why="late")
    except (Gone, OSError, EOFError):
        taken = Acknowledged(False, why="away")
    workspace.tell("acknowledged", {"kind": kind, "payload": payload, "how": taken}, frozenset())
    return taken


async def _delivered(workspace: Workspace, payload: Body, kind: Kind, attempt: int, reason: str) -> Acknowledged:
    if workspace.sockets.open or not workspace.request_url:
        return Acknowledged(True, await workspace.sockets.deliver(payload, kind, attempt, reason))
    retried = {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason} if attempt else {}
    status, body = await _posted(workspace, *written(payload, kind), retried)
    return Acknowledged(status == 200, body, "" if status == 200 else "refused", status)


async def send_event(workspace: Workspace, what: Body) -> bool:
    """Send the app an event until it acknowledges it: at once again, after a minute, and after five. False when it never does."""
    payload = event(workspace, what)
    taken = await send(workspace, payload, "events_api")
    for attempt, seconds in enumerate(AGAIN, 1):
        if taken.ok:
            break
        await asyncio.sleep(seconds)
        taken = await send(workspace, payload, "events_api", attempt, _reason(taken))
    return taken.ok


def _reason(taken: Acknowledged) -> str:
    return {"late": "timeout", "away": "connection_failed"}.get(taken.why, "http_error")


class Announcing:
    """Sends the app the events that it subscribed to, of what happens where it is."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.wanted = frozenset(workspace.manifest.get("settings", {}).get("event_subscriptions", {}).get("bot_events", []))
        workspace.listeners.append(self.hear)

    def hear(self, news: News) -> None:
        """Make events of news: a message, or a changed one."""
        if news.kind in ("message", "changed") and not news.body["message"].get("ephemeral"):
            for what in self._of_message(news.kind, news.body):
                self.announce(what)
        elif news.kind == "event":
            self.announce(news.body)

    def announce(self, what: Body) -> None:
        """Send an event, where the app wants it."""
        name = f"message.{_KINDS[what['channel_type']]}" if what["type"] == "message" else what["type"]
        if name in self.wanted:
            self.workspace.background(send_event(self.workspace, what))

    def _of_message(self, kind: str, body: Body) -> Sequence[Body]:
        workspace, message = self.workspace, body["message"]
        channel = workspace.state.get("channel", body["channel"])
        if channel is None or not workspace.state.is_member(channel["id"], BOT):
            return []
        if kind == "changed":
            before = body.get("previous") or {}
            said = any(before.get(name) != message.get(name) for name in ("text", "blocks"))
            return [changed_event(channel, message, before, workspace.ts())] if said else []
        mentioned = channel["kind"] in ("channel", "private") and f"<@{BOT}" in message.get("text", "") and "bot_id" not in message
        return [message_event(channel, message), *([mention_event(channel, message)] if mentioned else [])]


_KINDS = {"channel": "channels", "group": "groups", "im": "im"}

# By HTTP


def written(payload: Body, kind: Kind) -> tuple[str, str]:
    """(body, content type) of a request, as Slack writes it."""
    if kind == "events_api":
        return json.dumps(payload), JSON
    return urlencode(payload if kind == "slash_commands" else {"payload": json.dumps(payload)}), FORM


def signature(secret: str, stamp: int, body: str) -> dict[str, str]:
    """The headers by which a request of Slack's is known."""
    made = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": str(stamp), "X-Slack-Signature": f"v0={made}"}


async def _posted(workspace: Workspace, body: str, kind: str, more: dict[str, str]) -> tuple[int, Any]:
    """(status, what was answered: JSON or text) of a signed request."""
    to = urlsplit(workspace.request_url)
    headers = {"Content-Type": kind, **signature(workspace.signing_secret, int(workspace.real()), body), **more}
    answer = await _exchanged(to, _request(to, headers, body.encode()))
    text = answer.body.decode("utf-8", "replace")
    with suppress(ValueError):
        return answer.status, json.loads(text) if text and answer.kind.startswith(JSON) else text
    return answer.status, text


def _request(to: SplitResult, headers: dict[str, str], body: bytes) -> bytes:
    every = {"Host": to.netloc, "User-Agent": "Slackbot 1.0", "Content-Length": str(len(body)), "Connection": "close", **headers}
    path = f"{to.path or '/'}{f'?{to.query}' if to.query else ''}"
    lines = [f"POST {path} HTTP/1.1", *(f"{name}: {value}" for name, value in every.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class _Answer:
    """An answer over HTTP, as it is read."""

    def __init__(self) -> None:
        self.status, self.kind, self.body, self.whole = 0, "", bytearray(), False

    def on_header(self, name: bytes, value: bytes) -> None:
        if name.lower() == b"content-type":
            self.kind = value.decode("latin-1").lower()

    def on_body(self, part: bytes) -> None:
        self.body += part

    def on_message_complete(self) -> None:
        self.whole = True


async def _exchanged(to: SplitResult, request: bytes) -> _Answer:
    """Raises OSError or EOFError where nothing that could be read came back."""
    secure, answer = to.scheme == "https", _Answer()
    parser = HttpResponseParser(answer)
    reader, writer = await asyncio.open_connection(to.hostname, to.port or (443 if secure else 80), ssl=secure or None)
    try:
        writer.write(request)
        while not answer.whole and len(answer.body) < LARGEST:
            part = await reader.read(1 << 16)
            if not part:
                break
            parser.feed_data(part)
        answer.status = parser.get_status_code()
    except HttpParserError:
        raise EOFError from None
    finally:
        writer.close()
    if not answer.status:
        raise EOFError
    return answer
