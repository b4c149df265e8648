"""Calls of the Web API and of response URLs over HTTP, which go wrong as it was planned that they do."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from bot.workspace.api.responses import answer
from bot.workspace.core import Workspace
from bot.workspace.errors import SlackError
from bot.workspace.faults import Fault
from bot.workspace.methods import all_methods, call
from bot.workspace.said import said_in

DROP = "jagbot.drop"  # in the scope's state: what closes the connection
GONE = {"used_url": 404, "expired_url": 404}
Done = Callable[[], Response]


class Dropped(Response):
    """No answer: the connection is closed."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del send
        scope["state"][DROP]()
        while (await receive())["type"] != "http.disconnect":
            pass


class Calling:
    """What the app calls. Listeners are told of all that is `asked`, and of what was `called` or `answered` in the end."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        all_methods()

    async def api(self, request: Request) -> Response:
        """A call of the Web API."""
        name = request.path_params["method"]
        try:
            said, token = await said_in(request)
        except SlackError as refused:
            return JSONResponse(refused.answer())
        return await self._with_faults(name, said, lambda: self._called(name, token, said))

    def _called(self, name: str, token: str | None, said: dict[str, Any]) -> Response:
        method = all_methods().get(name)
        wait = self.workspace.limits.wait(name, method.per_minute, str(said.get("channel", ""))) if method else None
        if wait is not None:
            return PlainTextResponse("", 429, {"Retry-After": str(wait)})
        told = call(self.workspace, name, token, said)
        self.workspace.tell("called", {"method": name, "said": said, "answer": told}, frozenset())
        return JSONResponse(told, headers={"X-OAuth-Scopes": ",".join(sorted(self.workspace.scopes))} if told["ok"] else None)

    async def response(self, request: Request) -> Response:
        """What the app says at a response URL."""
        try:
            said, _ = await said_in(request)
        except SlackError:
            return PlainTextResponse("invalid_payload", 400)
        return await self._with_faults("response", said, lambda: self._answered(request.path_params["key"], said))

    def _answered(self, key: str, said: dict[str, Any]) -> Response:
        try:
            answer(self.workspace, key, said)
        except SlackError as refused:
            return PlainTextResponse(refused.code, GONE.get(refused.code, 400))
        self.workspace.tell("answered", {"key": key, "said": said}, frozenset())
        return PlainTextResponse("ok")

    async def _with_faults(self, name: str, said: dict[str, Any], does: Done) -> Response:
        """Do something, and go wrong as it was planned to."""
        fault = self.workspace.faults.take(name)
        self.workspace.tell("asked", {"method": name, "said": said}, frozenset())
        if fault is None:
            return does()
        if fault.kind in ("429", "500", "answer"):
            return Response(fault.body, fault.status, dict(fault.headers))
        return Dropped() if fault.kind == "drop before" else await self._late_or_lost(fault, does)

    async def _late_or_lost(self, fault: Fault, does: Done) -> Response:
        if fault.kind == "disconnect":
            await self.workspace.sockets.drop()
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        done = does()
        if fault.kind == "time-out":
            await asyncio.sleep(fault.seconds)
        return Dropped() if fault.kind in ("drop after", "time-out") else done
