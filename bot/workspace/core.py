"""The workspace itself: who and what is in it, the one app installed in it, and whoever listens to what happens."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Protocol

from bot.workspace.errors import SlackError
from bot.workspace.faults import Faults
from bot.workspace.limits import Limits
from bot.workspace.people import may_see
from bot.workspace.replies import Replies
from bot.workspace.screens import Screens
from bot.workspace.sockets import Sockets
from bot.workspace.state import Body, State

TEAM, APP, BOT, BOT_ID = "T0JAG", "A0JAG", "U0BOT", "B0BOT"
OWNER = {"team_id": TEAM, "app_id": APP, "bot_id": BOT_ID, "app_installed_team_id": TEAM}  # of every view


@dataclass(frozen=True)
class News:
    """Something that happened: of what kind, what, and to whom it is told (person ids; None is everybody)."""

    kind: str
    body: Body
    to: frozenset[str] | None = None


class Mover(Protocol):
    """A clock that the page can move: {"now", "words", "next", "moving", "note"}."""

    def shown(self, user: str) -> Body:
        """As one person sees it: the next event is one that they may know of."""
        ...

    async def move(self, by: str, user: str, to: str = "") -> Body:
        """By a "day", a "week", or to that person's next "event", whose time as they read it is `to`; nothing while it moves.

        On the way, and as time goes by, there is news `clock`.
        """
        ...


class Workspace:
    """A workspace with one app in it, made from the app's manifest. All of it happens on one event loop.

    `clock` gives the time that messages show; `real` the seconds that triggers, limits and signatures go by.
    """

    def __init__(
        self,
        state: State,
        manifest: Body,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        real: Callable[[], float] = time.time,
        limited: bool = True,
    ) -> None:
        self.state, self.manifest, self.clock, self.real = state, manifest, clock, real
        self.address = ""  # where it is served, once it is
        self.bot_token, self.app_token = self._made("bot_token", "xoxb-"), self._made("app_token", "xapp-1-")
        self.signing_secret, self.secret = self._made("signing_secret"), self._made("secret")
        self.token_revoked = False
        self.team: Body = state.get("kept", "team") or {"id": TEAM, "name": "The partnership", "domain": "partnership"}
        self.scopes = frozenset(manifest["oauth_config"]["scopes"]["bot"])
        self.listeners: list[Callable[[News], None]] = []
        self.limits, self.faults = Limits(real, limited), Faults()
        self.screens, self.replies = Screens(real, OWNER), Replies(real)
        self.without: set[str] = set()  # kinds of block that this workspace does not take yet
        self.tickets: set[str] = set()  # for Socket Mode, each good for one connection
        self.sockets = Sockets(APP)
        self.request_url = request_url(manifest)  # of an app that has no socket open; empty where it has none
        self.patience = 3.0  # seconds that the app has to acknowledge what it is sent
        self.mover: Mover | None = None
        self.calendars: Callable[[str], bytes | None] | None = None  # those of its people, by the path of their address
        self.under_way: set[asyncio.Task[Any]] = set()  # what nobody waits for
        self._last = state.last_ts()
        state.forget_ephemeral()
        state.put("person", BOT, {"id": BOT, "name": self.app_name, "is_bot": True, "deleted": False, "title": "", "kind": "app"})

    def _made(self, name: str, prefix: str = "") -> str:
        """A secret of this workspace, made once."""
        kept = self.state.get("kept", name)
        if kept is None:
            kept = {"value": f"{prefix}{secrets.token_urlsafe(24)}"}
            self.state.put("kept", name, kept)
        return str(kept["value"])

    @property
    def app_name(self) -> str:
        return str(self.manifest["display_information"]["name"])

    def ts(self) -> str:
        """The next message's: by the clock, and after every one before."""
        moment = self.clock().timestamp()
        now = f"{int(moment)}.{int(moment % 1 * 1_000_000):06d}"
        if now <= self._last:
            whole, _, part = self._last.partition(".")
            now = f"{int(whole)}.{int(part or 0) + 1:06d}" if int(part or 0) < 999_999 else f"{int(whole) + 1}.000000"
        self._last = now
        return now

    def tell(self, kind: str, body: Body, to: frozenset[str] | None = None) -> None:
        """Tell whoever listens."""
        for listener in list(self.listeners):
            listener(News(kind, body, to))

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """What happens meanwhile is past: nobody is told of it."""
        heard, self.listeners = self.listeners, []
        try:
            yield
        finally:
            self.listeners = heard

    def background(self, does: Coroutine[Any, Any, Any]) -> None:
        """Do something that nobody waits for."""
        task = asyncio.get_running_loop().create_task(does)
        self.under_way.add(task)
        task.add_done_callback(self.under_way.discard)

    def channel(self, key: str, reader: str = BOT) -> Body:
        """A channel as somebody may know of it: a private one only by its members."""
        found = self.state.get("channel", key)
        if found is None or not may_see(self.state, reader, found):
            raise SlackError("channel_not_found")
        return found

    def audience(self, channel: str) -> frozenset[str]:
        """Who is told of what happens in a channel."""
        return frozenset(self.state.members(channel))

    def post(self, channel: str, message: Body, alone: str = "") -> Body:
        """Put a message into a channel under a ts of its own, tell its readers, and return it as kept."""
        kept = {"type": "message", "team": TEAM, **message, "ts": self.ts()}
        self.state.keep(channel, kept, alone)
        shown = kept | ({"ephemeral": True} if alone else {})
        self.tell("message", {"channel": channel, "message": shown}, frozenset({alone}) if alone else self.audience(channel))
        if kept.get("thread_ts") and not alone:
            self._counted(channel, kept["thread_ts"])
        return kept

    def _counted(self, channel: str, thread: str) -> None:
        """Say at the head of a thread what is in it."""
        parent = self.state.message(channel, thread)
        if parent is None:
            return
        replies = [each for each in self.state.replies(channel, thread, "") if each["ts"] != thread]
        told = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply")
        plain = {name: value for name, value in parent.items() if name not in told}
        who = list(dict.fromkeys(each["user"] for each in replies))
        counted = (thread, len(replies), who, len(who), replies[-1]["ts"] if replies else "")
        self.change(channel, plain | (dict(zip(told, counted, strict=True)) if replies else {}))

    def change(self, channel: str, message: Body) -> None:
        """Put a message in the place of the one of its ts, and tell."""
        alone, before = self.state.alone(channel, message["ts"]), self.state.message(channel, message["ts"])
        self.state.keep(channel, message, alone)
        shown = message | ({"ephemeral": True} if alone else {})
        self.tell(
            "changed", {"channel": channel, "message": shown, "previous": before}, frozenset({alone}) if alone else self.audience(channel)
        )

    def delete(self, channel: str, ts: str) -> None:
        """Take a message away, and tell."""
        alone = self.state.alone(channel, ts)
        gone = self.state.message(channel, ts) or {}
        self.state.forget(channel, ts)
        self.tell("deleted", {"channel": channel, "ts": ts}, frozenset({alone}) if alone else self.audience(channel))
        if gone.get("thread_ts", ts) != ts and not alone:
            self._counted(channel, gone["thread_ts"])


def request_url(manifest: Body) -> str:
    """Where an app takes requests over HTTP, by its manifest."""
    return str(manifest.get("settings", {}).get("interactivity", {}).get("request_url", ""))
