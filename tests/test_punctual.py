"""Requests that leave in time or not at all, over real sockets: plain, and by TLS."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from urllib.error import URLError

import pytest
import trustme

from bot.punctual import Punctual, leaving
from scheduler.parcels import TooLate

LONG = "word " * 2_000_000  # more than a network takes before the other side reads
ANSWER = b'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 12\r\nConnection: close\r\n\r\n{"ok": true}'


class Slack:
    """The other side of one request: it reads when it is told to, and answers what is whole."""

    def __init__(self, tls: bool) -> None:
        authority = trustme.CA() if tls else None
        self.ours = ssl.create_default_context() if authority else None
        self.theirs = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if authority else None
        if authority and self.ours and self.theirs:
            authority.configure_trust(self.ours)
            authority.issue_cert("127.0.0.1").configure_cert(self.theirs)
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.reads, self.came = threading.Event(), b""
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def client(self, timeout: int = 10) -> Punctual:
        scheme, port = "https" if self.ours else "http", self.listening.getsockname()[1]
        return Punctual(token="xoxb-1", base_url=f"{scheme}://127.0.0.1:{port}/api/", timeout=timeout, ssl=self.ours, retry_handlers=[])

    def _serve(self) -> None:
        plain, _ = self.listening.accept()
        plain.settimeout(10)
        with self.theirs.wrap_socket(plain, server_side=True) if self.theirs else plain as connection:
            self.reads.wait(10)
            try:
                while not self.whole and (piece := connection.recv(1 << 16)):
                    self.came += piece
                if self.whole:
                    connection.sendall(ANSWER)
            except OSError:  # the client has gone
                pass

    @property
    def whole(self) -> bool:
        head, _, body = self.came.partition(b"\r\n\r\n")
        length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), None)
        return length is not None and len(body) >= length

    def read_all(self) -> None:
        self.reads.set()
        self.thread.join(10)
        assert not self.thread.is_alive()


@pytest.fixture(params=[False, True], ids=["plain", "tls"])
def slack(request: pytest.FixtureRequest) -> Iterator[Slack]:
    made = Slack(request.param)
    with made.listening:
        yield made
        made.read_all()


def test_a_long_request_to_one_that_reads_late_arrives_whole(slack):
    threading.Timer(0.5, slack.reads.set).start()
    with leaving(time.monotonic() + 10):
        assert slack.client().api_call("chat.postMessage", json={"text": LONG})["ok"]
    assert json.loads(slack.came.partition(b"\r\n\r\n")[2]) == {"text": LONG}


def test_what_did_not_leave_in_time_never_arrives_whole(slack):
    threading.Timer(1.0, slack.reads.set).start()
    with leaving(time.monotonic() + 0.5), pytest.raises(TooLate):
        slack.client().api_call("chat.postMessage", json={"text": LONG})
    slack.read_all()
    assert slack.came
    assert not slack.whole


def test_nothing_is_said_when_it_is_too_late_already(slack):
    slack.reads.set()
    with leaving(time.monotonic() - 0.01), pytest.raises(TooLate):
        slack.client().api_call("chat.postMessage", json={"text": "late"})
    slack.read_all()
    assert not slack.came


def test_one_that_does_not_read_is_not_waited_for_for_ever(slack):
    with leaving(time.monotonic() + 10), pytest.raises(URLError, match="no more of it"):
        slack.client(timeout=1).api_call("chat.postMessage", json={"text": LONG})
    slack.read_all()
    assert not slack.whole
