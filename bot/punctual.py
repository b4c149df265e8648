"""A client whose requests leave before a moment, or not at all: a process that was stopped for a while sends nothing once it goes on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPSConnection
from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from socket import socket
from ssl import SSLWantReadError, SSLWantWriteError
from typing import Any
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request, build_opener

from slack_sdk import WebClient

from scheduler.parcels import TooLate

_leaving = threading.local()


def in_time() -> None:
    """Nothing, unless this thread's request is too late by now."""
    if time.monotonic() > getattr(_leaving, "by", float("inf")):
        raise TooLate("its time to leave went by")


@contextmanager
def leaving(by: float) -> Iterator[None]:
    """Requests of this thread leave by then, in seconds of `time.monotonic`."""
    _leaving.by = by
    try:
        yield
    finally:
        del _leaving.by


class _Timely(HTTPConnection):
    """Looks at the clock right before the network takes each piece, and waits for nothing in between.

    A socket that may wait gives up the interpreter before it sends: on a busy machine a process is stopped just there.
    """

    def send(self, data: Any) -> None:
        if self.sock is None:
            self.connect()
        left = memoryview(data)
        while left:
            try:
                left = left[self._taken(left) :]
            except (BlockingIOError, SSLWantWriteError):
                self._wait(EVENT_WRITE)
            except SSLWantReadError:
                self._wait(EVENT_READ)

    def _taken(self, data: memoryview) -> int:
        """How many octets the network takes at once."""
        sock: socket = self.sock
        sock.settimeout(0)
        try:
            in_time()
            return sock.send(data)
        finally:
            sock.settimeout(self.timeout)

    def _wait(self, until_it_can: int) -> None:
        with DefaultSelector() as ready:
            ready.register(self.sock, until_it_can)
            if not ready.select(self.timeout):
                raise TimeoutError("the network took no more of it")


class _Secure(_Timely, HTTPSConnection):
    """The same, over TLS."""


class _PlainHandler(HTTPHandler):
    def http_open(self, req: Request) -> Any:
        return self.do_open(_Timely, req)


class _SecureHandler(HTTPSHandler):
    def https_open(self, req: Request) -> Any:
        return self.do_open(_Secure, req, context=self._context)  # type: ignore[attr-defined]


class Punctual(WebClient):
    """Slack's client, looking at the clock in the last moment before each piece of a request is handed to the network.

    Slack does nothing before it has the whole of a request, and so a request that was late is not done.
    """

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        proxies = {"http": self.proxy, "https": self.proxy} if self.proxy else None
        self._opener: OpenerDirector = build_opener(ProxyHandler(proxies), _PlainHandler(), _SecureHandler(context=self.ssl))

    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        """In the place of slack_sdk's own, which offers no way to hand it an opener."""
        del url  # the request has it
        with self._opener.open(req, timeout=self.timeout) as answer:
            said = answer.read().decode(answer.headers.get_content_charset() or "utf-8")
            return {"status": answer.code, "headers": answer.headers, "body": said}
