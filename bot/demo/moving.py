"""Moving the demo's clock: through every instant at which something is due, in order, each thing once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.demo.clock import DemoClock
from bot.demo.coming import Event, coming, first_due, next_event
from bot.workspace.core import Workspace
from bot.workspace.state import Body
from models.partnership import Partnership
from models.store import Store

NOTE = "Monthly and beat figures are a simulated spread of published totals. The assessment and its priorities date from March 2014."
STEPS = {"day": timedelta(days=1), "week": timedelta(weeks=1)}


class Moving:
    """What the page's clock bar shows and does. `due` does all that is due by the clock's time, and is called at each instant."""

    def __init__(self, clock: DemoClock, store: Store, partnership: Partnership, workspace: Workspace, due: Callable[[], None]) -> None:
        self.clock, self.store, self.partnership, self.workspace, self.due = clock, store, partnership, workspace, due
        self.zone = ZoneInfo(partnership.timezone)
        self.moving = asyncio.Lock()

    def shown(self, user: str) -> Body:
        """The clock as the page draws it for somebody."""
        now = self.clock().astimezone(self.zone)
        event = self._next(user)
        at = event.at.astimezone(self.zone) if event else now
        ahead = {"name": event.name, "at": at.isoformat(), "words": said(at, self.zone)} if event else None
        return {"now": now.isoformat(), "words": said(now, self.zone), "next": ahead, "moving": self.moving.locked(), "note": NOTE}

    async def move(self, by: str, user: str, to: str = "") -> Body:
        """A day, a week, or to somebody's next event, or the one that was named to them: at most `to` its time. Not while it moves."""
        if not self.moving.locked():
            try:
                async with self.moving:
                    await self._through(self._target(by, user, to))
            finally:
                self._tell()
        return self.shown(user)

    async def _through(self, target: datetime) -> None:
        while True:
            self._tell()
            instant = await asyncio.to_thread(self.next_instant, target)
            self.clock.move(instant)
            await asyncio.to_thread(self.due)
            if instant >= target:
                break

    async def go_by(self) -> None:
        """Tell pages of the time, each minute."""
        while True:
            await asyncio.sleep(60 - self.clock().second)
            self._tell()

    def _tell(self) -> None:
        self.workspace.tell("clock", {})

    def _target(self, by: str, user: str, to: str) -> datetime:
        if by != "event":
            return self.clock() + STEPS[by]
        if to:
            return datetime.fromisoformat(to)
        event = self._next(user)
        return event.at if event else self.clock()

    def next_instant(self, target: datetime) -> datetime:
        """The first instant up to the target at which something comes, or is due to be said; what is done at one may make another."""
        now = self.clock()
        with self.store.session(self.partnership.id) as session:
            events = [event.at for event in coming(now, target, self.partnership.timezone, session)]
            return min([*events, *first_due(now, target, session), target])

    def _next(self, user: str) -> Event | None:
        with self.store.session(self.partnership.id) as session:
            return next_event(self.clock(), self.partnership.timezone, user, session)


def said(at: datetime, zone: ZoneInfo) -> str:
    """ "Monday 2 September 2013, 09:00"."""
    return f"{at.astimezone(zone):%A %-d %B %Y, %H:%M}"
