"""Wakes the timed jobs. What is due is known by the database; APScheduler only rings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from scheduler import TICK, all_jobs
from scheduler.tick import Tick

LINGER = 15.0  # real seconds to wait for what Slack has put off, while a rate limit is over soon


class Clockwork:
    """The timed jobs of a process, and its tick."""

    def __init__(self, tick: Tick) -> None:
        self.tick = tick
        self.scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Ring for each job in turn, late rather than never, and once for all that was missed."""
        for job in all_jobs():
            if not job.ticks:
                self.ring(job.name, partial(self.tick.run, job), job.every)
        self.ring("tick", partial(self.tick, LINGER), TICK)
        self.scheduler.start()

    def ring(self, name: str, does: Callable[[], None], every: timedelta) -> None:
        """Do something at once and then every so often, one at a time; all that was missed is made up for once.

        It rings by the real time, whatever the time is that jobs go by.
        """
        self.scheduler.add_job(
            does,
            "interval",
            seconds=every.total_seconds(),
            id=name,
            next_run_time=datetime.now(UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    def all_due(self) -> None:
        """Run every job now, here, and say all that is due."""
        for job in all_jobs():
            if not job.ticks:
                self.tick.run(job)
        self.tick(LINGER, wait=True)

    def stop(self) -> None:
        """Let what is in hand finish, and ring no more."""
        self.tick.delivery.stop()
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
