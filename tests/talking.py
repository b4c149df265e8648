"""A bot that answers a workspace over real HTTP, and conversations with it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uvicorn
from conftest import NOW, Held
from slack_server import JAG, PATIENCE, SECRET, TOKEN, Acknowledged, Arrived, Workspace
from slack_views import Screen

from bot.feeds import Feed
from bot.serving import PATH, asgi
from bot.settings import Settings
from bot.slack import Slack
from models.people import Person


class Workers(ThreadPoolExecutor):
    """A pool that can be kept busy, and waited for."""

    def __init__(self) -> None:
        super().__init__(4)
        self.given: list[Future[Any]] = []

    def submit(self, does: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        self.given.append(super().submit(does, *args, **more))
        return self.given[-1]

    def settle(self) -> None:
        """Wait until everything handed over is done."""
        undone = wait(self.given, 3 * PATIENCE).not_done
        assert not undone, "the bot has not come to an end"
        for done in self.given:
            done.result()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Every thread is at other work, until the block ends."""
        released = threading.Event()
        for _ in range(self._max_workers):
            self.submit(released.wait, PATIENCE)
        try:
            yield
        finally:
            released.set()


@dataclass
class Talk:
    """People talking with the bot: each doing gives what arrived because of it."""

    workspace: Workspace
    workers: Workers
    held: Held
    slack: Slack
    address: str

    def know(self, user: str, handle: str) -> str:
        """Make a chat user a person of the partnership."""
        if not self.workspace.has(user):
            self.workspace.joins(user, None, handle)
        with self.held.session() as session:
            Person.named(handle, session).slack_user = user
        return user

    def command(self, command: str, text: str = "", user: str = "U1", channel: str = JAG, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.command(command, text, user, channel, **more))

    def again(self, **changed: Any) -> list[Arrived]:
        """What arrives when Slack sends a copy of the last it sent."""
        return self.after(lambda: self.workspace.again(**changed))

    def press(self, on: Arrived, label: str, user: str = "U1") -> list[Arrived]:
        return self.after(lambda: self.workspace.press(on, label, user))

    def forge(self, on: Arrived, label: str, user: str) -> list[Arrived]:
        return self.after(lambda: self.workspace.forge(on, label, user))

    def dm(self, text: str, user: str = "U1", **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.say_in_dm(text, user, **more))

    def mention(self, text: str, user: str = "U1", channel: str = JAG, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.mention(channel, text, user, **more))

    def say(self, text: str, user: str = "U1", channel: str = JAG, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.say(channel, text, user, **more))

    def choose(self, on: Arrived, label: str, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.choose(on, label, **more))

    def shortcut(self, text: str, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.shortcut(text, **more))

    def drop(self, name: str, data: bytes, **more: Any) -> list[Arrived]:
        return self.after(lambda: self.workspace.drop(name, data, **more))

    def submit(self, screen: Screen, **typed: str) -> list[Arrived]:
        """What arrives when a form is filled in; what becomes of the form is on the screen."""
        before = list(self.workspace.arrived)
        assert self.workspace.submit(screen, **typed).status == 200
        self.workers.settle()
        return [each for each in self.workspace.arrived if each not in before]

    def home(self, user: str = "U1") -> list[Arrived]:
        return self.after(lambda: self.workspace.open_home(user))

    def after(self, does: Callable[[], Acknowledged]) -> list[Arrived]:
        """What arrives when something is done, which the bot takes with an empty 200."""
        before = list(self.workspace.arrived)
        taken = does()
        assert (taken.status, taken.body) == (200, "")
        self.workers.settle()
        return [each for each in self.workspace.arrived if each not in before]


def settings(workspace: Workspace, **more: str) -> Settings:
    return Settings(slack_bot_token=TOKEN, slack_signing_secret=SECRET, slack_api_url=f"{workspace.address}/api", **more)


class Host:
    """One real server on a port of its own, with a folder for each bot."""

    def __init__(self, port: int) -> None:
        self.address, self.bots = f"http://127.0.0.1:{port}", list[Any]()

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        number, _, rest = scope["path"].lstrip("/").partition("/")
        await self.bots[int(number)]({**scope, "path": f"/{rest}"}, receive, send)

    def add(self, bot: Any) -> str:
        self.bots.append(bot)
        return f"{self.address}/{len(self.bots) - 1}{PATH}"


@contextmanager
def hosting() -> Iterator[Host]:
    """A running server, without a bot yet."""
    listening = socket.create_server(("127.0.0.1", 0))
    host = Host(listening.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(host, lifespan="off", log_config=None, http="httptools", ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield host
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def talking(held: Held, workspace: Workspace, host: Host, now: Callable[[], datetime] = lambda: NOW) -> Iterator[Talk]:
    """A bot on the host, whom people in the workspace talk with."""
    workers = Workers()
    slack = Slack(held.store, held.partnership.id, settings(workspace), now, workers)
    workspace.bot = host.add(asgi(slack.app, Feed(held.store, now)))
    try:
        yield Talk(workspace, workers, held, slack, workspace.bot)
    finally:
        workers.shutdown()
