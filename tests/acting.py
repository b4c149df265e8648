"""Doing things to the action plan in tests: people who type, on Monday 2 September 2013, and a plan of six actions to type about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from asking import Asking, facts, table
from conftest import Held
from databases import Databases

from commands.reply import Form, Reply
from models.partnership import Partnership
from models.people import Person
from models.sources.founding import make_example
from models.store import Store

MONDAY = datetime(2013, 9, 2, 9, 0, tzinfo=UTC)  # the JAG meets on the 10th, the CSAG on the 12th
H, C = "housing-officer", "college"


@dataclass
class Acting(Asking):
    """Somebody who types; each line comes a minute after the one before."""

    now: datetime = MONDAY

    def __call__(self, line: str, person: str = "coordinator", at: datetime | None = None, **more: Any) -> Reply:
        self.now += timedelta(minutes=1)
        return super().__call__(line, person, at or self.now, **more)

    def later(self, **time: float) -> None:
        """Time goes by."""
        self.now += timedelta(**time)

    def added(self, line: str, **more: Any) -> str:
        """The reference of what a line adds."""
        reply = self.answered(f"/action add {line}", **more)
        assert reply.title.endswith(" is added"), f"{line}: {reply.title}"
        return reply.title.removesuffix(" is added")

    def shown(self, ref: str, **more: Any) -> dict[str, str]:
        """An action as it stands."""
        reply = self.answered(f"/action show {ref}", **more)
        return {"Action": reply.title.partition(": ")[2] or str(reply.parts[0])} | facts(reply)

    def status(self, ref: str) -> str:
        return self.shown(ref)["Status"]

    def history(self, ref: str, **more: Any) -> list[list[Any]]:
        """The lines of its history, oldest first: who, from where, what, the words."""
        return [row[1:] for row in reversed(table(self.answered(f"/action show {ref}", **more)))]

    def listed(self, words: str = "", **more: Any) -> list[str]:
        """The references of a list."""
        reply = self.answered(f"/action list {words}", **more)
        return [row[0] for row in table(reply)] if any(hasattr(part, "rows") for part in reply.parts) else []

    def told(self, reply: Reply) -> dict[str, Reply]:
        """What each is told, by their handle."""
        with self.held.session() as session:
            return {session.get_one(Person, tell.person_id).handle: tell.reply for tell in reply.tells}

    def count(self) -> int:
        """How many actions there are."""
        return len(self.listed("all"))


def plan_of_six(store: Store) -> None:
    """JAG-13-001, 002, 005 and 006 are the housing officer's, 003 is DENS's, 004 the college's; all are of the ASB priority."""
    say = Acting(Held(store, make_example(store, MONDAY)[0]), MONDAY - timedelta(hours=1))
    wordings = ("Fit alley gates", H), ("Letter to residents", H), ("Review CCTV", "dens-officer"), ("Clear graffiti", C)
    for wording, owner in (*wordings, ("Mend the bus shelter", H), ("Audit the lighting", H)):
        say.added(f"{wording} @{owner} due 12 Dec #asb")


def acting(store: Store) -> Acting:
    """Asks the one partnership of a store."""
    with store.session() as session:
        return Acting(Held(store, Partnership.named(session)))


def fresh(
    sqlite: Databases, name: str = "example", prepare: Callable[[Store], object] = lambda store: make_example(store, MONDAY)
) -> Acting:
    """On SQLite alone, for tables of words that need no other database."""
    return acting(Store(sqlite.like(f"{name} of 2013", prepare)))


def filled(reply: Reply) -> dict[str, str]:
    """What a form comes with."""
    return {field.name: field.value for field in form(reply).fields}


def form(reply: Reply) -> Form:
    assert reply.form is not None, f"no form: {reply.title}"
    return reply.form


def press(reply: Reply, label: str) -> str:
    """The line that a button asks."""
    return next(button.asks for button in reply.asks if button.label == label)


def words(reply: Reply) -> str:
    """Everything in an answer, its buttons too, as one text."""
    return str(reply.as_json())
