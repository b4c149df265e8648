"""The process that answers Slack: by Socket Mode, or over HTTP with signed requests. Stops gracefully."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from slack_bolt import App, BoltRequest
from slack_sdk.errors import SlackApiError

from bot.feeds import HEADERS, PREFIX, Feed
from bot.settings import Settings
from bot.slack import Slack, reason, unreachable
from models.base import Refusal
from models.partnership import Partnership
from models.store import Store

log = logging.getLogger("jagbot")

PATH = "/slack/events"
LARGEST = 1 << 20  # bytes; Slack's payloads are a few kilobytes
WORKERS = 16
EARS = 16  # requests heard at once; a few of them may wait for the outcome of a form
RECOVERING = timedelta(minutes=1)  # between looks at what was heard and never answered
SECRETS = re.compile(r"xox[a-z]-[\w-]+|xapp-[\w-]+")


def serve(store: Store, partnership: Partnership, settings: Settings, port: int | None, host: str) -> int:
    """Answer until told to stop."""
    keep_secrets(settings.log_level)
    if not settings.slack_bot_token:
        raise Refusal("SLACK_BOT_TOKEN is not set. Expected the bot's token (xoxb-…) in the environment or in .env.")
    if port is None and not settings.slack_app_token:
        raise Refusal("Set SLACK_APP_TOKEN (xapp-…) for Socket Mode, or listen for HTTP requests with --http PORT.")
    if port is not None and not settings.slack_signing_secret:
        raise Refusal("SLACK_SIGNING_SECRET is not set. Over HTTP every request is checked against it.")
    workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")
    slack = Slack(store, partnership.id, settings, lambda: datetime.now(UTC), workers)
    with _housekeeping(slack, settings.police_uk_url):
        if port is not None:
            _over_http(asgi(slack.app, Feed(store, lambda: datetime.now(UTC))), host, port)
        else:
            _by_socket(slack, settings, stopping())
    workers.shutdown(wait=True, cancel_futures=False)
    return 0


@contextmanager
def _housekeeping(slack: Slack, police_uk: str) -> Iterator[None]:
    """Timed jobs beside the answering; they start once that has begun, and stop before it."""
    stops: list[Callable[[], None]] = []

    def start() -> None:
        from scheduler.clockwork import Clockwork
        from scheduler.new_figures import OFTEN, NewFigures

        clockwork = Clockwork(slack.tick)
        new_figures = NewFigures(slack.tick.store, slack.tick.partnership_id, police_uk, slack.tick.now)
        clockwork.start()
        clockwork.ring("recover", slack.recover, RECOVERING)
        clockwork.ring("new figures", new_figures, OFTEN)
        stops.extend((new_figures.stop, clockwork.stop))

    starting = threading.Timer(1.0, start)
    starting.start()
    try:
        yield
    finally:
        starting.cancel()
        starting.join()
        for stop in stops:
            stop()


def _over_http(answering: Answering, host: str, port: int) -> None:
    """Uvicorn, which stops on SIGTERM once the requests in hand are answered."""
    import uvicorn

    listening = _listen(host, port)
    config = uvicorn.Config(answering, lifespan="off", log_config=None, access_log=False, http="httptools", ws="none")
    # Uvicorn raises the signal again once it has stopped; what is in hand is still to be answered then.
    signal.signal(signal.SIGTERM, lambda *_: None)
    _announcing()(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET, backlog=2048)
    except (OSError, OverflowError) as error:
        raise Refusal(f"I cannot listen on {host}:{port}: {error}. Choose another port with --http PORT.") from None
    # Asyncio sees to this only where a socket names its protocol; without it an acknowledgement waits 40 ms.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _announcing() -> Any:
    import uvicorn

    class Announcing(uvicorn.Server):
        """Says where it listens, once it does."""

        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            print(f"jagbot listens on http://{f'[{host}]' if ':' in host else host}:{port}{PATH}", flush=True)

    return Announcing


def stopping() -> threading.Event:
    """What is set on SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _by_socket(slack: Slack, settings: Settings, stop: threading.Event) -> None:
    """Socket Mode until it is to stop."""
    with connected(slack, settings) as at_once:
        print("jagbot is connected to Slack by Socket Mode" if at_once else "jagbot goes on trying to connect to Slack", flush=True)
        stop.wait()


@contextmanager
def connected(slack: Slack, settings: Settings) -> Iterator[bool]:
    """Socket Mode while the block runs: whether it is connected at once.

    Its client pings, notices a dead connection, and connects again.
    """
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    handler: Any = SocketModeHandler(slack.app, settings.slack_app_token, web_client=slack.client, concurrency=EARS)
    try:
        handler.connect()
        yield bool(handler.client.is_connected())  # its client swallows what goes wrong with the socket itself, and tries again
    except SlackApiError as error:
        raise Refusal(f"Slack did not take SLACK_APP_TOKEN: {reason(error)}") from None
    except OSError as error:
        raise unreachable(slack.client, error) from None
    finally:
        handler.close()


Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


Answering = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]


def asgi(app: App, feed: Feed) -> Answering:
    """The Bolt app, and the calendars, as an ASGI application: each request in a thread, so that none waits for another."""
    ears = ThreadPoolExecutor(EARS, thread_name_prefix="hear")

    async def answer(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if scope["path"].startswith(PREFIX) and scope["method"] in ("GET", "HEAD"):
            found = await asyncio.get_running_loop().run_in_executor(ears, feed.at, scope["path"])
            await (_send(send, 200, found, HEADERS) if found else _send(send, 404, "There is nothing here."))
            return
        if scope["path"] != PATH or scope["method"] != "POST":
            await _send(send, 404, f"Slack's requests go to POST {PATH}")
            return
        body = await _body(receive)
        if body is None:
            await _send(send, 413, "Expected a request of Slack's, which are smaller.")
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        try:
            request = BoltRequest(body=body.decode("utf-8", "replace"), headers=headers, query=scope["query_string"].decode("latin-1"))
        except (ValueError, AttributeError):  # neither a form nor an object in JSON
            await _send(send, 400, "Expected JSON, or a form, as Slack sends it.")
            return
        said = await asyncio.get_running_loop().run_in_executor(ears, app.dispatch, request)
        await _send(send, said.status, said.body, said.first_headers_without_set_cookie())

    return answer


async def _body(receive: Receive) -> bytes | None:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
        more = message.get("more_body", False)
    return b"".join(parts)


async def _send(send: Send, status: int, body: str | bytes, headers: dict[str, str] | None = None) -> None:
    plain = [(name.encode("latin-1"), str(value).encode("latin-1")) for name, value in (headers or {}).items()]
    await send({"type": "http.response.start", "status": status, "headers": plain})
    await send({"type": "http.response.body", "body": body.encode() if isinstance(body, str) else body})


class _NoSecrets(logging.Formatter):
    """Takes tokens out of whatever is logged, tracebacks too."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRETS.sub("xox?-…", super().format(record))


def keep_secrets(level: str) -> None:
    """Log to the error stream, without tokens."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_NoSecrets("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=getattr(logging, level.upper(), logging.INFO), handlers=[handler], force=True)
    quietest = logging.getLogger().level
    for name in ("slack_sdk", "apscheduler"):
        logging.getLogger(name).setLevel(max(logging.WARNING, quietest))
    logging.getLogger("slack_sdk.web.base_client").setLevel(logging.CRITICAL)  # it calls a 429 without a body an error
    logging.getLogger("slack_bolt").setLevel(max(logging.ERROR, quietest))  # it warns that it found our token in the environment
