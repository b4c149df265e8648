"""The baseline of the page: one that sends a question over a WebSocket, is sent its answer at once, and draws both as text."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from bot.workspace.running import listening

PAGE = """<!doctype html>
<html lang="en-GB"><meta charset="utf-8"><title>Bare</title>
<main></main><input autofocus>
<script>
const socket = new WebSocket(`ws://${location.host}/live`);
const draw = (kind, text) => {
  const said = document.createElement("p");
  said.className = kind;
  said.textContent = text;
  document.querySelector("main").append(said);
};
socket.onmessage = ({ data }) => draw("answer", data);
document.querySelector("input").onkeydown = ({ key, target }) => {
  if (key !== "Enter") return;
  socket.send(target.value);
  draw("question", target.value);
  target.value = "";
};
</script></html>
"""


@contextmanager
def bare(answer: str) -> Iterator[str]:
    """Served as the workspace is, in a thread of this process: its address. Whatever it is asked it answers with this."""

    async def page(_: Request) -> HTMLResponse:
        return HTMLResponse(PAGE)

    async def live(websocket: WebSocket) -> None:
        await websocket.accept()
        async for _ in websocket.iter_text():
            await websocket.send_text(answer)

    held = listening(0)
    served = Starlette(routes=[Route("/", page), WebSocketRoute("/live", live)])
    config = uvicorn.Config(
        served, lifespan="off", log_config=None, access_log=False, http="httptools", ws="websockets-sansio", ws_per_message_deflate=False
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([held],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{held.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join()
