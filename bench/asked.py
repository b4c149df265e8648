"""The demo's workspace in this process, with the bot in one of its own, and when the bot was asked and had answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.servers import ending, says, started
from bot.demo.clock import DemoClock
from bot.demo.making import make
from bot.manifest import manifest
from bot.workspace.core import APP, News, Workspace
from bot.workspace.running import Served, serving
from bot.workspace.sockets import Sockets
from bot.workspace.state import State
from models.partnership import Partnership
from models.store import Store

CONNECTED = "connected to Slack"


class Watched(Sockets):
    """Sockets that note when a slash command goes down one of them, and when the bot is there with its answer."""

    sent = answered = 0.0

    async def deliver(self, payload: Any, kind: Any, attempt: int = 0, reason: str = "") -> Any:
        self.sent = perf_counter() if kind == "slash_commands" else self.sent
        return await super().deliver(payload, kind, attempt, reason)

    def hear(self, news: News) -> None:
        if news.kind == "asked" and news.body["method"] == "response":
            self.answered = perf_counter()

    @property
    def took(self) -> float:
        """The bot's own time for the last command."""
        return self.answered - self.sent


@contextmanager
def watched(folder: Path, begin: Callable[[Store, Partnership, Workspace], None] = lambda *_: None) -> Iterator[tuple[Served, Watched]]:
    """The demo as it is at its beginning and what `begin` adds, with its bot connected."""
    url = f"sqlite:///{folder / 'demo.db'}"
    store = Store(url)
    store.bring_up_to_date()
    with closing(State(str(folder / "workspace.db"))) as state:
        workspace = Workspace(state, manifest(), DemoClock(state), limited=False)
        begin(store, make(store, workspace), workspace)
        sockets = workspace.sockets = Watched(APP)
        workspace.listeners.append(sockets.hear)
        with serving(workspace) as served, ending(started(["-m", "bot", "run"], **settings(served, url))) as bot:
            says(bot, CONNECTED)
            yield served, sockets


def settings(served: Served, url: str) -> dict[str, str]:
    """What `jagbot run` is told, to answer in a workspace out of a database."""
    workspace = served.workspace
    tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token}
    return {"DATABASE_URL": url, "SLACK_API_URL": f"{served.address}/api/", **tokens}
