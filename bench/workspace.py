"""Slack as the bot meets it: signed requests in, and a stub that takes its calls and the answers at its response URLs."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import itertools
import json
import threading
from contextlib import suppress
from http.client import HTTPConnection
from queue import SimpleQueue
from time import perf_counter, time
from typing import Self
from urllib.parse import urlencode

from bench.databases import USER

SECRET = "bench"
PATIENCE = 30.0  # seconds to wait for an answer
CALLS = {"ok": True, "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0", "team": "Bench", "user": "jagbot", "url": "http://127.0.0.1/"}
_numbers = itertools.count(1)


def signed(line: str, address: str) -> tuple[bytes, dict[str, str]]:
    """(body, headers) of a slash command in #jag, never the same twice; "{}" in the line is its number."""
    number = next(_numbers)
    command, _, text = line.replace("{}", str(number)).partition(" ")
    asked = {"command": command, "text": text, "response_url": address, "trigger_id": f"{number}.{time()}"}
    where = {"channel_id": "C0", "channel_name": "jag", "team_id": "T0"}
    body = urlencode({**asked, **where, "user_id": USER, "user_name": "coordinator"})
    at = str(int(time()))
    mark = hmac.new(SECRET.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded"
    return body.encode(), {"Content-Type": kind, "X-Slack-Request-Timestamp": at, "X-Slack-Signature": f"v0={mark}"}


class Asker:
    """Sends one line to a bot, again and again, over one connection that is kept."""

    def __init__(self, port: int, workspace: Workspace, line: str = "/hotspots asb") -> None:
        self.connection, self.workspace, self.line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE), workspace, line

    def acknowledged(self) -> float:
        """Seconds from a command to its acknowledgement."""
        body, headers = signed(self.line, self.workspace.answers)
        begin = perf_counter()
        self.connection.request("POST", "/slack/events", body, headers)
        answer = self.connection.getresponse()
        answer.read()
        took = perf_counter() - begin
        assert answer.status == 200, answer.status
        return took

    def acknowledged_and_answered(self) -> float:
        """Seconds to the acknowledgement; returns once the answer is there too, so that none is in the next one's way."""
        took = self.acknowledged()
        self.workspace.answer()
        return took

    def answered(self) -> float:
        """Seconds from a command to its answer's arrival at the response URL."""
        begin = perf_counter()
        self.acknowledged()
        return self.workspace.answer() - begin


class Workspace:
    """A stub of Slack on 127.0.0.1, in a thread."""

    def __init__(self) -> None:
        self.arrived: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
        self.loop = asyncio.new_event_loop()
        self.server = self.loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port: int = self.server.sockets[0].getsockname()[1]

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/"

    @property
    def answers(self) -> str:
        """A response URL."""
        return f"http://127.0.0.1:{self.port}/answer"

    def answer(self) -> float:
        """Wait for an answer: when it arrived. One that says that something broke is none."""
        at, said = self.arrived.get(timeout=PATIENCE)
        assert b"broke" not in said, said.decode()
        return at

    def __enter__(self) -> Self:
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
                length = next((int(line[15:]) for line in head.split("\r\n") if line.startswith("content-length:")), 0)
                body = await reader.readexactly(length)
                said = b"ok"
                if " /answer" in head:
                    self.arrived.put((perf_counter(), body))
                else:
                    said = json.dumps(CALLS).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
                await writer.drain()
        writer.close()
