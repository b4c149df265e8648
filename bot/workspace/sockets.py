"""Socket Mode: the app's open connections, each payload down one of them, and what has been sent and not yet acknowledged."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Any, Literal

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.workspace.ids import new_id

MOST = 10  # connections of an app
LEAVING = 3.0  # seconds that a connection has to go by itself, and to acknowledge what it was sent
LONGEST = 3600  # seconds, that a connection is said to be good for

Kind = Literal["slash_commands", "interactive", "events_api"]
Body = dict[str, Any]


class Gone(Exception):
    """A connection ended with an envelope that nobody has acknowledged; or there is none."""


class Socket:
    """One connection of the app's."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.waiting: dict[str, asyncio.Future[Any]] = {}
        self.leaving, self.gone = False, False

    async def tell(self, body: Body) -> None:
        """Send something that nobody acknowledges; where the connection is gone, to nobody."""
        with suppress(WebSocketDisconnect, RuntimeError):
            await self.websocket.send_text(json.dumps(body))

    async def deliver(self, envelope: Body) -> Any:
        """The payload an envelope is acknowledged with, or None. Raises Gone when the connection ends before."""
        key = envelope["envelope_id"]
        acknowledged = self.waiting[key] = asyncio.get_running_loop().create_future()
        try:
            await self.websocket.send_text(json.dumps(envelope))
            return await acknowledged
        except (WebSocketDisconnect, RuntimeError):
            raise Gone from None
        finally:
            self.waiting.pop(key, None)

    def heard(self, text: str) -> str:
        """The envelope that something acknowledges; empty when it acknowledges nothing that is waited for."""
        try:
            said = json.loads(text)
            key = said["envelope_id"]
        except (ValueError, KeyError, TypeError):
            return ""
        waiting = self.waiting.get(key)
        if waiting is None or waiting.done():
            return ""
        waiting.set_result(said.get("payload"))
        return str(key)

    async def close(self) -> None:
        with suppress(WebSocketDisconnect, RuntimeError):
            await self.websocket.close()

    def ended(self) -> None:
        """Nothing more is acknowledged."""
        self.gone = True
        for waiting in self.waiting.values():
            if not waiting.done():
                waiting.set_exception(Gone())


class Sockets:
    """The connections that are open. Payloads go down them in turn; one that was asked to go gets none while there is another."""

    def __init__(self, app_id: str) -> None:
        self.app_id = app_id
        self.open: list[Socket] = []
        self.acknowledged: list[str] = []  # the latest envelopes
        self._turn = 0

    async def hold(self, websocket: WebSocket) -> None:
        """Greet a connection and read its acknowledgements until it ends."""
        await websocket.accept()
        socket = Socket(websocket)
        if len(self.open) >= MOST:
            await socket.tell(_disconnect("too_many_websockets"))
            await socket.close()
            return
        self.open.append(socket)
        try:
            await socket.tell(self._hello())
            async for text in websocket.iter_text():
                if key := socket.heard(text):
                    self.acknowledged = [*self.acknowledged[-99:], key]
        finally:
            self.open.remove(socket)
            socket.ended()

    async def deliver(self, payload: Body, kind: Kind, attempt: int = 0, reason: str = "") -> Any:
        """What the app acknowledges a payload with, or None; whoever calls says how long that is waited for. Raises Gone."""
        socket = self._next()
        answers = kind == "slash_commands" or payload.get("type") in ("view_submission", "block_suggestion")
        envelope: Body = {"envelope_id": new_id("E"), "payload": payload, "type": kind, "accepts_response_payload": answers}
        if kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        return await socket.deliver(envelope)

    async def refresh(self) -> None:
        """Ask every connection to make place for a new one, as Slack does about once an hour; one that stays is closed."""
        await asyncio.gather(*(self._see_off(socket) for socket in self.open))

    async def drop(self) -> None:
        """Close every connection at once."""
        for socket in list(self.open):
            socket.ended()
            await socket.close()

    async def _see_off(self, socket: Socket) -> None:
        """Warn it, then ask it to go, and close it once another is there and it has acknowledged what it was sent."""
        socket.leaving = True
        for reason in ("warning", "refresh_requested"):
            await socket.tell(_disconnect(reason))
            with suppress(TimeoutError):
                async with asyncio.timeout(LEAVING):
                    while not self._superfluous(socket):
                        await asyncio.sleep(0.02)
                    break
        await socket.close()

    def _superfluous(self, socket: Socket) -> bool:
        return socket.gone or (not socket.waiting and any(not each.leaving for each in self.open))

    def _next(self) -> Socket:
        staying = [socket for socket in self.open if not socket.leaving] or self.open
        if not staying:
            raise Gone
        self._turn += 1
        return staying[self._turn % len(staying)]

    def _hello(self) -> Body:
        about = {"host": "applink-127.0.0.1", "build_number": 1, "approximate_connection_time": LONGEST}
        return {"type": "hello", "num_connections": len(self.open), "connection_info": {"app_id": self.app_id}, "debug_info": about}


def _disconnect(reason: str) -> Body:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-127.0.0.1"}}
