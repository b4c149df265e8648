"""Delivers notices, each once, whatever ends, hangs or fails in between.

The intent is on the row before anything leaves, the message carries the notice's key, and the row is marked once that is confirmed.
What was begun and never marked is taken up when nothing of it can be under way any more, looked for by its key, and sent only if it is
not there.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from queue import Empty, SimpleQueue
from threading import Event, Lock

from sqlalchemy.exc import SQLAlchemyError

from models.notices import IN_HAND
from models.store import Store
from scheduler.booking import Landed, claim, due, keep, land, no_lock_outlives
from scheduler.parcels import Ambiguous, CannotLook, Later, NotSent, Parcel, Sender, Sent, TooLate
from scheduler.waiting import Waiter, Waiting

log = logging.getLogger("jagbot")

AT_A_TIME = 20  # sent at once
AHEAD = 16  # claimed while those are under way, so that nobody who sends waits for the database
COLLECT = 0.015  # seconds in which what comes back is marked together


@dataclass(frozen=True)
class Lease:
    """Real seconds that a notice is in somebody's hands. Nothing is begun in the last `margin`, which is longer than the longest request,
    late answers included, can be under way: when the lease is over, what was begun in it is there, or never will be."""

    whole: float = IN_HAND
    margin: float = 40.0


def nowhere(_step: str) -> None:
    """Nothing happens between the steps of a delivery."""


class Delivery:
    """Delivers one partnership's notices. `now` is the partnership's clock, by which they are due; all waiting is by the real one.

    `step` is called at each step of a delivery with its name, so that tests can end the process there.
    """

    def __init__(
        self,
        store: Store,
        partnership_id: int,
        sender: Sender,
        now: Callable[[], datetime],
        lease: Lease = Lease(),
        step: Callable[[str], None] = nowhere,
    ) -> None:
        self.store, self.partnership_id, self.sender, self.now, self.lease, self.step = store, partnership_id, sender, now, lease, step
        self.replica = f"{socket.gethostname()} {os.getpid()} {secrets.token_hex(2)}"
        self.waiting = Waiting()
        self._pool = ThreadPoolExecutor(AT_A_TIME, thread_name_prefix="deliver")
        self._back: SimpleQueue[Landed | None] = SimpleQueue()  # None wakes
        self._landed: list[Landed] = []  # and not marked yet
        self._flying: dict[int, Waiter] = {}
        self._newest: dict[int, Parcel] = {}  # as it was last written down
        self._dirty = False  # whether something was done since we last looked for what is due
        self._stale, self._stopping = Event(), Event()
        self._turn = Lock()

    def deliver(self, linger: float = 0.0, wait: bool = False) -> None:
        """Deliver all that is due, and what comes to be due meanwhile; then return, or go on with what can within `linger` seconds of now.

        One thread does it at a time: another finds its notices taken along, and returns at once unless it is to `wait` until they are.
        """
        until = self.waiting.clock() + linger
        self._stale.set()
        self._back.put(None)
        while (self._stale.is_set() or wait) and not self._stopping.is_set() and self._turn.acquire(blocking=wait):
            wait = False
            try:
                self._all(until)
            finally:
                self._turn.release()

    def stop(self) -> None:
        """Begin nothing any more; what is in hand is finished and marked first."""
        self._stopping.set()
        self._back.put(None)
        with self._turn:
            self._pool.shutdown(wait=True)
            self._drain(block=False)
            try:
                self._book([])
            except SQLAlchemyError as error:  # whoever is next finds by their keys what was sent
                log.error("what was sent last could not be marked: %s", type(error).__name__)

    def _all(self, until: float) -> None:
        try:
            while self._goes_on(until):
                pass
        except SQLAlchemyError as error:  # what was sent and not marked is marked at the next turn, or found by its key
            log.error("the database was away while notices were delivered: %s", type(error).__name__)

    def _goes_on(self, until: float) -> bool:
        """Do the next thing; False where there is none until then."""
        self._look_for_work()
        wanted = self.waiting.take(self._room)
        if wanted or self._landed:
            self._book(wanted)
        if self._flying:  # and where that hangs, nobody else waits for it
            self._drain(block=self._room == 0 or not (self.waiting.any or self._dirty))
        elif not (self._stopping.is_set() or self._stale.is_set() or self._dirty or self.waiting.any):
            if not self._soon(until):
                return False
            self._drain(block=True)
        return bool(self._flying) or not self._stopping.is_set()

    @property
    def _room(self) -> int:
        """How many more can be claimed."""
        return 0 if self._stopping.is_set() else AT_A_TIME + AHEAD - len(self._flying) + len(self._landed)

    def _look_for_work(self) -> None:
        woken = self.waiting.wakes is not None and self.waiting.wakes <= self.waiting.clock()
        through = self._dirty and not self.waiting.any
        if self._stopping.is_set() or not (self._stale.is_set() or woken or through):
            return
        self._stale.clear()
        self._dirty = False
        with self.store.session(self.partnership_id) as session:
            self.waiting.fill(due(session, self.now(), self.lease.whole))

    def _soon(self, until: float) -> bool:
        """Whether something can go on by then."""
        return self.waiting.wakes is not None and self.waiting.wakes <= until

    def _drain(self, block: bool) -> None:
        """Take what is back; first wait until something is, or somebody wakes us, or something else may go on."""
        wakes = None if self._stopping.is_set() else self.waiting.wakes
        try:
            back = self._back.get(block, None if wakes is None else max(0.0, wakes - self.waiting.clock()))
            until = time.monotonic() + COLLECT
            while True:
                self._landed += [back] if back else []
                others = block and len(self._flying) > len(self._landed)
                back = self._back.get(others, max(0.0, until - time.monotonic()))
        except Empty:
            return

    def _book(self, wanted: Sequence[Waiter]) -> None:
        """In one transaction mark what is back and claim what is wanted; then send that."""
        landed, now, begun, parcels = self._landed, self.now(), self.waiting.clock(), list[Parcel]()
        try:
            with self.store.session(self.partnership_id, writing=True) as session:
                no_lock_outlives(self.lease.whole, session)
                if landed:
                    land(landed, session, now)
                    self.step("marking")
                if wanted:
                    parcels = claim(wanted, self.replica, begun + self.lease.whole - self.lease.margin, session, now)
                    self.step("claiming")
        except Exception:
            for waiter in wanted:
                self.waiting.free(waiter.to)
            raise
        if wanted and not parcels:
            time.sleep(COLLECT)  # somebody else has those rows in hand, and is about to put them down
        self._landed = []
        for each in landed:
            self._freed(each)
        self._claimed(wanted, parcels, begun)

    def _freed(self, landed: Landed) -> None:
        self.step("marked")
        self._dirty = True  # what follows it may be due by now
        self.waiting.free(self._flying.pop(landed.parcel.number).to, landed.came.seconds if isinstance(landed.came, Later) else 0.0)
        if not isinstance(landed.came, Sent):
            self._stale.set()  # it is to be held back, and maybe what else is for the same recipient

    def _claimed(self, wanted: Sequence[Waiter], parcels: Sequence[Parcel], begun: float) -> None:
        claimed = {parcel.number: parcel for parcel in parcels}
        for waiter in wanted:
            if parcel := claimed.get(waiter.id):
                self.step("claimed")
                self.waiting.seen(parcel.number, parcel.fence, begun)
                self._flying[parcel.number] = waiter
                self._pool.submit(self._carry, parcel)
            else:  # somebody else has it, or there was nothing to say
                self.waiting.passed_over(waiter.to)
                self._dirty = True

    def _carry(self, parcel: Parcel) -> None:
        """Send a parcel, or look for it, in a thread of the pool; what comes of it is back with whoever delivers."""
        came: Sent | Exception | None
        try:
            self.step("looking" if parcel.look else "sending")
            came = self.sender.look(parcel) if parcel.look else self.sender.send(parcel, self._keep)
            self.step("looked" if parcel.look else "sent")
        except (NotSent, Ambiguous, TooLate, CannotLook) as error:
            came = error
        except Exception as error:
            log.exception("sending notice %s broke", parcel.number)
            came = error
        self._back.put(Landed(self._newest.pop(parcel.number, parcel), came))

    def _keep(self, parcel: Parcel, sent: Sent) -> Parcel:
        """Write down how much of a parcel is there, which gives it a lease anew."""
        begun = self.waiting.clock()
        try:
            with self.store.session(self.partnership_id, writing=True) as session:
                no_lock_outlives(self.lease.whole, session)
                fence = keep(parcel, sent, session)
        except SQLAlchemyError as error:
            raise Ambiguous("the database was away between two of its messages") from error
        if fence is None:
            raise TooLate("somebody else has taken it up")
        self.step("kept")
        newest = replace(
            parcel, fence=fence, conversation=sent.conversation, stamps=sent.stamps, plain=sent.plain,
            leave_by=begun + self.lease.whole - self.lease.margin,
        )  # fmt: skip
        self._newest[parcel.number] = newest
        return newest
