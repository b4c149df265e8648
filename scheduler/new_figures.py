"""Fetches what police.uk newly publishes, unasked, and says what came in, what was revised, and what is long in coming."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands.frozen import frozen
from commands.permissions import may
from commands.reply import Note, Reply, press
from models.base import Refusal
from models.envelopes import in_hours
from models.figures.months import iso, month_from, month_of, named
from models.held import Batch
from models.notices import Notice
from models.once import Turn
from models.partnership import Partnership
from models.people import GONE, Person
from models.sources.archive import newest_archive
from models.sources.line import PATIENT, Patience
from models.sources.taking import Taken
from models.store import Store
from models.working_days import DAY, WorkingDays

log = logging.getLogger("jagbot")

OFTEN = timedelta(hours=1)  # between looks at whether it is time to look
LOOKS = time(9)  # local, on working days
LATE = 10  # of the third month after its own, a month is later than usual: it comes 4 to 8 weeks after its end
JOB = KIND = "figures"
NOT_OUT = "police.uk has not published it for this force."
NOT_READ = "I could not read its archive when I last looked; the log says why."


class Stopped(Exception):
    """The process is to end, and nothing of a download is kept."""


class NewFigures:
    """Looks once a working day, on one replica, whether police.uk's archive at `base` has a month that is not held.

    Only for a partnership that has figures of police.uk already. What comes in and the notices that say so are one transaction.
    """

    def __init__(self, store: Store, partnership_id: int, base: str, now: Callable[[], datetime], patience: Patience = PATIENT) -> None:
        self.store, self.partnership_id, self.base, self.now, self.patience = store, partnership_id, base, now, patience
        self._ending = threading.Event()

    def __call__(self) -> None:
        """Look, where it is time to and nobody else does; what fails is logged, and tried again the next working day."""
        now = self.now()
        try:
            if self._is_ours(now):
                self._say_what_is_late(now, NOT_OUT if self._looked(now) else NOT_READ)
        except Stopped:
            log.info("new figures were not fetched: the process is to end")
        except Exception:
            log.exception("the job %s failed; it is tried again at its next time", JOB)

    def stop(self) -> None:
        """Let a download go no further."""
        self._ending.set()

    def _is_ours(self, now: datetime) -> bool:
        """Take the turn that is due, unless it is taken: written down before anything is fetched."""
        with self.store.session(self.partnership_id, writing=True) as session:
            return last_held(session) is not None and Turn.take(JOB, latest_turn(now, Partnership.here(session).zone), session)

    def _looked(self, now: datetime) -> bool:
        """Fetch what is new; whether the archive could be read."""
        try:
            self._fetch(now)
        except Refusal as refusal:
            log.warning("new figures were not fetched: %s", refusal.words)
            return False
        return True

    def _fetch(self, now: datetime) -> None:
        with self.store.session(self.partnership_id) as session:
            partnership, last = session.get_one(Partnership, self.partnership_id), last_held(session)
        newest = newest_archive(self.base, now, patience=self.patience).rpartition("/")[2]
        if last is None or month_from(newest.removesuffix(".zip")) <= last:
            return
        from models.sources.police_uk import load_from_police_uk

        load_from_police_uk(self.store, partnership, self.base, "", now, self._go_on, lambda taken, session: tell_of(taken, now, session))

    def _go_on(self, _done: int, _total: int, _label: str) -> None:
        if self._ending.is_set():
            raise Stopped

    def _say_what_is_late(self, now: datetime, why: str) -> None:
        with self.store.session(self.partnership_id, writing=True) as session:
            last, late = last_held(session), overdue(now.astimezone(Partnership.here(session).zone).date())
            if last is not None and last < late:
                _tell(f"waiting {iso(late)}", still_waiting(late, last, why), now, session)


def last_held(session: Session) -> int | None:
    """The last month in use of the own force's street files; None where there is none."""
    force = session.get_one(Partnership, session.info["partnership"]).force
    return session.scalar(select(func.max(Batch.month)).where(Batch.feed == f"police.uk/{force}", Batch.current))


def latest_turn(now: datetime, zone: ZoneInfo) -> datetime:
    """The last time to look: nine o'clock of a working day, not after `now`; aware, local."""
    local, days = now.astimezone(zone), WorkingDays()
    day = local.date() if local.time() >= LOOKS else local.date() - DAY
    return datetime.combine(day if days.is_working(day) else days.before(day), LOOKS, zone)


def overdue(day: date) -> int:
    """The last month that is later than usual by a day: from the 10th of the third month after it, or the next working day."""
    days, tenth = WorkingDays(), day.replace(day=LATE)
    since = tenth if days.is_working(tenth) else days.after(tenth)
    return month_of(day) - (3 if day >= since else 4)


def tell_of(taken: Taken, now: datetime, session: Session) -> None:
    """Say what came in, in the words that a load reports."""
    newest = max(taken.months, default=None)
    title = "police.uk revised months that are held" if newest is None else f"{named(newest)} is in"
    fetched = Note(f"I fetched this by myself: {taken.file}.")
    reply = Reply(title, *taken.said, fetched, press(("All that is held", "/figures")), summary=title)
    _tell(f"revised by {taken.file} {now.date()}" if newest is None else f"in {iso(newest)}", reply, now, session)


def still_waiting(late: int, last: int, why: str) -> Reply:
    """Say that a month is later than usual."""
    title = f"Still waiting for {named(late)}"
    usual = f"A month usually comes 4 to 8 weeks after its end. Figures of police.uk are held to {named(last)}."
    goes_on = Note("I look every working day, and say when it is in. I say this once.")
    return Reply(title, why, usual, goes_on, press(("All that is held", "/figures")), summary=title)


def _tell(what: str, reply: Reply, now: datetime, session: Session) -> None:
    """Those who may load figures and are known in chat, in working hours."""
    when = in_hours(now, Partnership.here(session).zone, WorkingDays())
    known = select(Person).where(Person.slack_user.is_not(None), Person.reached != GONE).order_by(Person.id)
    for person in session.scalars(known).all():
        if may(person, "load figures", session):
            Notice.to_person(person, KIND, f"{KIND} {what} {person.id}", when, session, frozen(reply))
