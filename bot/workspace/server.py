"""The addresses of a workspace: the Web API, sockets, response URLs, files, and the page. For this machine alone."""

from __future__ import annotations

import asyncio
import mimetypes
from collections.abc import Awaitable, Callable
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket

from bot.workspace.calling import Calling
from bot.workspace.core import Workspace
from bot.workspace.live import Live
from bot.workspace.sending import Announcing
from bot.workspace.transfers import HEADERS, Transfers

PAGE = files("bot.workspace") / "page"
CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SAFE = {**HEADERS, "Content-Security-Policy": CSP, "Cross-Origin-Opener-Policy": "same-origin"}
OURS = ("127.0.0.1", "localhost")
Served = Callable[[Scope, Receive, Send], Awaitable[None]]


def application(workspace: Workspace) -> Served:
    """The workspace as an ASGI application, which answers to its own names and to its own page alone."""
    Announcing(workspace)
    return guarded(Starlette(routes=routes(workspace)), workspace)


def routes(workspace: Workspace) -> list[Route | WebSocketRoute]:
    """What is answered at each address. The page is under a secret, so that no other page of this machine finds it."""
    calling, transfers, secret = Calling(workspace), Transfers(workspace), f"/{workspace.secret}"

    async def link(websocket: WebSocket) -> None:
        """A socket of the app's, for a ticket that is good once."""
        ticket = websocket.path_params["ticket"]
        if ticket not in workspace.tickets:
            await websocket.close(1008)
            return
        workspace.tickets.discard(ticket)
        await workspace.sockets.hold(websocket)

    async def calendar(request: Request) -> Response:
        """A person's calendar, at the address that the bot gave them."""
        found = await asyncio.to_thread(workspace.calendars, request.url.path) if workspace.calendars else None
        return (
            Response(found, headers=SAFE, media_type="text/calendar") if found else PlainTextResponse("There is nothing here.", 404, SAFE)
        )

    async def live(websocket: WebSocket) -> None:
        await Live(workspace, websocket).hold()

    return [
        Route("/api/{method}", calling.api, methods=["GET", "POST"]),
        Route("/response/{key}", calling.response, methods=["POST"]),
        Route("/upload/{key}", transfers.sent, methods=["POST", "PUT"]),
        Route("/files/{key}/{name}", transfers.for_app),
        WebSocketRoute("/link/{ticket}", link),
        Route("/calendar/{name}", calendar),
        Route(f"{secret}/", page),
        WebSocketRoute(f"{secret}/live", live),
        Route(f"{secret}/upload", transfers.attached, methods=["POST"]),
        Route(f"{secret}/files/{{key}}/{{name}}", transfers.for_person),
        Route(f"{secret}/{{name}}", page),
    ]


async def page(request: Request) -> Response:
    """The page, and what it is made of."""
    found = PAGE / request.path_params.get("name", "index.html")
    if not found.is_file():
        return PlainTextResponse("There is nothing here.", 404, SAFE)
    kind = "text/javascript" if found.name.endswith(".js") else mimetypes.guess_type(found.name)[0]
    return Response(found.read_bytes(), headers=SAFE, media_type=kind or "application/octet-stream")


def guarded(served: Served, workspace: Workspace) -> Served:
    """Refuse what comes under another name (421), and what another site's page sends (403); a socket is closed for both."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        headers = {name: value.decode("latin-1") for name, value in scope.get("headers", ()) if name in (b"host", b"origin")}
        port = workspace.address.rpartition(":")[2]
        names = [f"{host}:{port}" for host in OURS]
        if headers.get(b"host") not in (*names, *OURS):  # clients of Socket Mode leave out the port
            await _refuse(421, "This workspace answers at 127.0.0.1 alone.", scope, receive, send)
        elif b"origin" in headers and headers[b"origin"] not in [f"http://{name}" for name in names]:
            await _refuse(403, "This workspace answers to its own page alone.", scope, receive, send)
        else:
            await served(scope, receive, send)

    return answer


async def _refuse(status: int, words: str, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).close(1008)
    elif scope["type"] == "http":
        await PlainTextResponse(words, status)(scope, receive, send)
