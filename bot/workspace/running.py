"""Serving a workspace from a thread of its own, until the block ends."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from bot.workspace.calling import DROP
from bot.workspace.core import Workspace
from bot.workspace.server import application
from models.base import Refusal

PORT = 8765
T = TypeVar("T")


class Droppable(HttpToolsProtocol):
    """Lets what is served close a connection without an answer."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope.setdefault("state", {})[DROP] = self.transport.abort


class Served:
    """A workspace that is being served."""

    def __init__(self, workspace: Workspace, listening: socket.socket) -> None:
        self.workspace, self.loop, self._listening = workspace, asyncio.new_event_loop(), listening
        self.address = workspace.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        self._thread = threading.Thread(target=self._run, name="workspace", daemon=True)
        self._started, self._stop = threading.Event(), asyncio.Event()

    @property
    def page(self) -> str:
        """The address to open in a browser."""
        return f"{self.address}/{self.workspace.secret}/"

    def do(self, does: Coroutine[Any, Any, T]) -> T:
        """Do something in the workspace, from another thread."""
        return asyncio.run_coroutine_threadsafe(does, self.loop).result()

    def start(self) -> None:
        self._thread.start()
        self._started.wait()

    def stop(self) -> None:
        self.loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self.loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        """Uvicorn, without its wait of a tenth of a second at the end."""
        config = uvicorn.Config(
            application(self.workspace),
            lifespan="off",
            log_config=None,
            access_log=False,
            http=Droppable,
            ws="websockets-sansio",
            ws_per_message_deflate=False,
            ws_ping_interval=10,
            ws_ping_timeout=20,
            server_header=False,
            date_header=False,
        )
        logging.getLogger("uvicorn.error").setLevel(logging.WARNING)  # below that it names tickets and the page's secret
        server = uvicorn.Server(config)
        config.load()
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[self._listening])
        self._started.set()
        await self._stop.wait()
        self.workspace.tell("gone", {})
        await asyncio.sleep(0)  # so that pages hear of it
        await asyncio.sleep(0)
        for listening in server.servers:
            listening.close()
        for connection in list(server.server_state.connections):
            connection.shutdown()
        await asyncio.sleep(0)


@contextmanager
def serving(workspace: Workspace, port: int = 0) -> Iterator[Served]:
    """A workspace on 127.0.0.1, at any free port or the one that is asked for. Refuses one that is taken."""
    served = Served(workspace, listening(port))
    served.start()
    try:
        yield served
    finally:
        served.stop()


def listening(port: int) -> socket.socket:
    """A socket that listens on this machine alone."""
    try:
        made = socket.create_server(("127.0.0.1", port), backlog=2048)
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be listened on ({error.strerror})"
        raise Refusal(f"Port {port} {why}: another server may be running there. Choose another with --port PORT.") from None
    except OverflowError:
        raise Refusal(f"There is no port {port}. Choose one up to 65535 with --port PORT.") from None
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return made
