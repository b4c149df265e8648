"""Looks for what is due, puts it into notices, and has them delivered. It does no harm when it is woken twice, or late."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import update

from models.partnership import Partnership
from models.store import Store
from scheduler import Job, all_jobs
from scheduler.booking import no_lock_outlives
from scheduler.delivery import Delivery

log = logging.getLogger("jagbot")

NOTED = 120.0  # seconds between the notes that a tick leaves of itself


class Tick:
    """What one partnership is to be told, and its timed jobs. `now` is its clock, by which things are due."""

    def __init__(self, store: Store, partnership_id: int, now: Callable[[], datetime], delivery: Delivery) -> None:
        self.store, self.partnership_id, self.now, self.delivery = store, partnership_id, now, delivery
        self._noted, self._noted_at = float("-inf"), now()

    def __call__(self, linger: float = 0.0, wait: bool = False) -> None:
        """Gather what is due, and deliver it; what can go on within `linger` seconds is waited for.

        Where somebody else in this process is delivering just now it is left to them; to `wait` is to return once it is done.
        """
        for job in all_jobs():
            if job.ticks:
                self.run(job)
        self.delivery.deliver(linger, wait)
        self._note()

    def run(self, job: Job) -> None:
        """Run one job, in a transaction of its own; one that fails stops no other, nor one that freezes for longer than a lease."""
        try:
            with self.store.session(self.partnership_id if job.scoped else None, writing=job.scoped) as session:
                no_lock_outlives(self.delivery.lease.whole, session)
                job.does(session, self.now())
        except Exception:
            log.exception("the job %s failed; it is tried again at its next time", job.name)

    def _note(self) -> None:
        """Leave a note that it ticks, every two minutes by either clock, for `/jag health` and `jagbot doctor` in whatever process."""
        now = self.now()
        if time.monotonic() - self._noted < NOTED and abs((now - self._noted_at).total_seconds()) < NOTED:
            return
        self._noted, self._noted_at = time.monotonic(), now
        try:
            with self.store.session() as session:
                session.execute(update(Partnership).where(Partnership.id == self.partnership_id).values(ticked_at=now))
        except Exception as error:
            log.error("the tick could not be noted: %s", type(error).__name__)
