"""Response URLs: each is good for five uses within thirty minutes."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from bot.workspace.errors import SlackError

USES, SECONDS = 5, 30 * 60


@dataclass
class Reply:
    """What a response URL stands for: for whom, in which channel, and the message that was pressed on, where one was.

    `thread` is that message's thread; `ephemeral` says that only the person sees it. `given` is in seconds of the real clock.
    """

    channel: str
    user: str
    ts: str
    thread: str
    ephemeral: bool
    given: float
    uses: int = USES


class Replies:
    """The response URLs that were given out, by the last part of their path."""

    def __init__(self, real: Callable[[], float]) -> None:
        self.real = real
        self._given: dict[str, Reply] = {}

    def give(self, channel: str, user: str, ts: str = "", thread: str = "", ephemeral: bool = False) -> str:
        """A new response URL's id."""
        key = secrets.token_urlsafe(16)
        self._given[key] = Reply(channel, user, ts, thread, ephemeral, self.real())
        return key

    def take(self, key: str) -> Reply:
        """Use a response URL once; `expired_url` after thirty minutes or where there is none, `used_url` after five uses."""
        reply = self._given.get(key)
        if reply is None or self.real() - reply.given > SECONDS:
            self._given.pop(key, None)
            raise SlackError("expired_url")
        if not reply.uses:
            raise SlackError("used_url")
        reply.uses -= 1
        return reply
