"""Keeps what was heard until it is answered: stored before it is acknowledged, and taken up again when a process ended in between."""

from __future__ import annotations

import json
import logging
import secrets
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from bot.lines import Line
from commands.frozen import frozen, thawed
from commands.reply import Reply
from models.base import Refusal
from models.heard import Heard
from models.store import Store

log = logging.getLogger("jagbot")

PATIENCE = 1.8  # seconds for storing; Slack waits three for the acknowledgement
STORING = 8  # at once
PUT_BY = "put-by"
LEFT = timedelta(seconds=60)  # after which what nobody has answered is taken up again

Fate = Literal["kept", "copy", "away"]


@dataclass(frozen=True)
class LeftBehind:
    """A line that was stored, and its answer where it was carried out; the how-manieth time it is taken up again."""

    line: Line
    reply: Reply | None
    attempt: int


class TakingUp:
    """What one partnership's people asked in Slack, from when it is heard until it is answered."""

    def __init__(self, store: Store, partnership_id: int, now: Callable[[], datetime]) -> None:
        self.store, self.partnership_id, self.now = store, partnership_id, now
        self.storing = ThreadPoolExecutor(STORING, thread_name_prefix="keep")

    def keep(self, line: Line) -> tuple[Fate, Line]:
        """Store a line in one short transaction: kept, a copy of what was heard before, or the database is away.

        What turns out to be stored only after the asker was told that it could not be is taken back.
        """
        line = replace(line, kept=True, at=self.now())
        storing = self.storing.submit(self._store, line)
        try:
            return storing.result(PATIENCE), line
        except TimeoutError:
            storing.cancel()
            storing.add_done_callback(lambda late: self._take_back(late, line.key))
            log.warning("storing what was heard took longer than %s s", PATIENCE)
            return "away", line

    def first_time(self, line: Line) -> bool:
        """Whether nobody has taken this line up before; marks it taken."""
        with self.store.unbound() as session:
            return Heard.first_time(line.key, self.now(), session)

    def done(self, line: Line) -> None:
        """Forget its words and its answer: it was said."""
        with self.store.session() as session:
            Heard.said(line.key, session)

    def drop(self, line: Line) -> None:
        """As if it had never been heard: it may come again as it stands."""
        with self.store.session() as session:
            Heard.drop(line.key, session)

    def told(self, line: Line, reply: Reply) -> None:
        """Keep an answer that could not be said."""
        with self.store.session() as session:
            Heard.told(line.key, frozen(reply), session)

    def put_by(self, plain: dict[str, Any]) -> str:
        """Keep something for a day that is too long for Slack to carry; returns its key."""
        key = f"{PUT_BY}:{secrets.token_hex(16)}"
        with self.store.unbound() as session:
            Heard.keep(key, self.now(), None, plain, session)
        return key

    def carried(self, said: str) -> dict[str, Any]:
        """What Slack carried for us as JSON, fetched where it was put by; refuses what is older than that is kept."""
        plain: dict[str, Any] = json.loads(said)
        if PUT_BY not in plain:
            return plain
        with self.store.session() as session:
            found = session.get(Heard, plain[PUT_BY])
        if found is None or found.line is None:
            raise Refusal("That form is more than a day old, and I no longer have what it was for. Ask again.")
        return found.line

    def left_behind(self) -> Iterator[LeftBehind]:
        """What should have been answered by now and was not, each claimed by one replica alone."""
        now = self.now()
        with self.store.session() as session:
            rows = Heard.left_behind(self.partnership_id, now - LEFT, session)
        for row in rows:
            with self.store.session() as session:
                claimed = row.claim(now, session)
            if claimed and row.line:
                yield LeftBehind(Line.of(row.key, row.line), thawed(row.reply) if row.reply else None, row.attempts + 1)

    def _store(self, line: Line) -> Fate:
        try:
            with self.store.unbound() as session:
                new = Heard.keep(line.key, self.now(), self.partnership_id, line.plainly(), session)
        except Exception as error:  # whatever keeps it from being stored, its words go back to who typed them
            log.error("what was heard could not be stored: %s", type(error).__name__)
            return "away"
        return "kept" if new else "copy"

    def _take_back(self, late: Future[Fate], key: str) -> None:
        if not late.cancelled() and late.result() == "kept":
            with self.store.session() as session:
                Heard.drop(key, session)
