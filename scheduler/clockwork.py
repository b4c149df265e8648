"""Wakes the timed jobs. What is due is known by the database; APScheduler only rings."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler

from models.store import Store
from scheduler import Job, all_jobs

log = logging.getLogger("jagbot")


class Clockwork:
    """The timed jobs of a process, each in a transaction of its own; one that fails stops no other."""

    def __init__(self, store: Store, partnership_id: int, now: Callable[[], datetime]) -> None:
        self.store, self.partnership_id, self.now = store, partnership_id, now
        self.scheduler = BackgroundScheduler(timezone="UTC")

    def start(self) -> None:
        """Ring for each job in turn, late rather than never, and once for all that was missed."""
        for job in all_jobs():
            self.ring(job.name, partial(self.run, job), job.every)
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
        """Run every job now, here."""
        for job in all_jobs():
            self.run(job)

    def run(self, job: Job) -> None:
        """Run one job now."""
        try:
            with self.store.session(self.partnership_id if job.scoped else None, writing=job.scoped) as session:
                job.does(session, self.now())
        except Exception:
            log.exception("the job %s failed; it is tried again at its next time", job.name)

    def stop(self) -> None:
        """Let a job in hand finish, and ring no more."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=True)
