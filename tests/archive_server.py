"""A small web server on 127.0.0.1 that stands in for police.uk's archive, with its good and its bad days."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class Day:
    """How the server behaves, and what it saw: `asked` is (method, path, range), `sent` the bytes of bodies."""

    files: dict[str, bytes]
    ranges: bool = True
    failing: list[int] = field(default_factory=list)  # statuses to answer first, one a request
    retry_after: str | None = None
    refused_heads: int | None = None  # the status of every HEAD
    moved: dict[str, str] = field(default_factory=dict)  # path -> where it went
    cuts: list[int] = field(default_factory=list)  # bodies to break off, after so many bytes, one a body longer than that
    claimed: int | None = None  # a length to claim for whole bodies, whatever they are
    slow: float = 0  # seconds before an answer
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)
    sent: int = 0


class Answering(BaseHTTPRequestHandler):
    """Answers one request from the day it is bound to."""

    protocol_version = "HTTP/1.1"
    day: Day

    def do_HEAD(self) -> None:
        self.answer(b"", self.day.refused_heads)

    def do_GET(self) -> None:
        self.answer(self.day.files.get(urlsplit(self.path).path, b""))

    def answer(self, body: bytes, status: int | None = None) -> None:
        day, path, wanted = self.day, urlsplit(self.path).path, self.headers["Range"]
        time.sleep(day.slow)
        day.asked.append((self.command, path, wanted))
        status = day.failing.pop(0) if day.failing else status
        if status or path in day.moved or path not in day.files:
            self.say(status or (302 if path in day.moved else 404), b"", Location=day.moved.get(path))
        elif day.ranges and (part := asked_part(wanted or "", len(body))):
            first, last = part
            self.say(206, body[first : last + 1], **{"Content-Range": f"bytes {first}-{last}/{len(body)}"})
        else:
            self.say(200, body, length=day.claimed)

    def say(self, status: int, body: bytes, length: int | None = None, **headers: str | None) -> None:
        self.send_response(status)
        for name, value in {**headers, "Retry-After": self.day.retry_after if status >= 400 else None}.items():
            if value:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(self.cut(body, length))

    def cut(self, body: bytes, length: int | None) -> bytes:
        """The body, broken off if the day has it so; a body that is not what was claimed ends the connection."""
        if self.day.cuts and len(body) > self.day.cuts[0]:
            body, self.close_connection = body[: self.day.cuts.pop(0)], True
        self.close_connection = self.close_connection or length is not None
        self.day.sent += len(body)
        return body

    def log_message(self, *_: object) -> None:
        """Tests are quiet."""


class Quiet(ThreadingHTTPServer):
    """A caller that hangs up in the middle of a body is no news."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None: ...


def asked_part(wanted: str, size: int) -> tuple[int, int] | None:
    """(first, last) byte of "bytes=5-9", "bytes=5-" or "bytes=-5"; None for what is no part."""
    if suffix := re.fullmatch(r"bytes=-(\d+)", wanted):
        return max(0, size - int(suffix[1])), size - 1
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", wanted)
    first, last = (int(found[1]), min(int(found[2] or size), size - 1)) if found else (0, -1)
    return (first, last) if first <= last else None


@contextmanager
def served(day: Day) -> Iterator[str]:
    """The address of a server that has such a day."""
    server = Quiet(("127.0.0.1", 0), type("Answers", (Answering,), {"day": day}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
