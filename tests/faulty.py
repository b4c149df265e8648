"""Many deliveries that are cut short, side by side in one workspace, and the count of what was lost and what came twice."""

from __future__ import annotations

import itertools
import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from conftest import Held
from databases import Databases
from deliverer import Deliverers
from slack_server import BOT, TOKEN, Workspace
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.blockkit import draw
from bot.workspace.core import News
from bot.workspace.faults import Fault, Faults
from commands.frozen import frozen, thawed
from commands.reply import Reply
from models.notices import SENT, SKIPPED, Notice
from models.partnership import Partnership
from models.people import Person
from models.store import Store

PEOPLE = 8  # a lane
PATIENCE = 90.0  # seconds before a test gives up
AGAIN = 0.1  # seconds until it is asked again how far a delivery is
STEPS = ("claiming", "claimed", "sending", "kept", "sent", "marking", "marked")
LOOKS = ("looking", "looked")  # steps of who takes up what another left


class Post:
    """What was posted, by the keys of notices; and what was asked, when, and whether it was refused for its rate."""

    def __init__(self, slack: Workspace) -> None:
        self.parts: dict[str, Counter[int]] = defaultdict(Counter)
        self.stamps: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self.at: dict[str, float] = {}  # when the last of it came
        self.asked: list[tuple[float, str, str, Fault | None]] = []  # when, which method, where, and how it was to go wrong
        self.slack = slack
        slack.real.listeners.append(self.hear)

    def quiet(self, seconds: float = 0.5, most: float = 4.0) -> None:
        """Wait until nothing has been asked for so long; where others go on asking, no longer than that."""
        until = time.monotonic() + most
        while self.asked and time.monotonic() < min(self.asked[-1][0] + seconds, until):
            time.sleep(seconds / 5)

    def hear(self, news: News) -> None:
        if news.kind == "asked":
            where = str(news.body["said"].get("channel", "")).removeprefix("D").replace("#lane-", "C0LANE")
            self.asked.append((time.monotonic(), news.body["method"], where, getattr(self.slack.real.faults, "last", None)))
        mark = (news.body["message"].get("metadata") or {}).get("event_payload", {}) if news.kind == "message" else {}
        if "key" in mark:
            self.parts[mark["key"]][mark["part"]] += 1
            self.stamps[mark["key"]].append((mark["part"], news.body["message"]["ts"]))
            self.at[mark["key"]] = time.monotonic()


@dataclass(frozen=True)
class Verdict:
    """How many messages were lost and how many came twice, of how many."""

    lost: int
    twice: int
    of: int


@dataclass
class Lane:
    """A database of its own, with people of its own, in which one delivery after another is cut short."""

    number: int
    held: Held
    post: Post
    slack: Workspace
    deliverers: Deliverers
    how: dict[str, Any] = field(default_factory=dict)
    runs: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def start(self, **how: Any) -> int:
        """A process that delivers."""
        where = {"url": self.held.store.url, "partnership": self.held.partnership.id, "api": f"{self.slack.address}/api/", "token": TOKEN}
        return self.deliverers.start(**where, **self.how, **how)

    def put(self, many: int, due: Callable[[int], datetime] = lambda _: datetime.now(UTC), kind: str = "") -> list[str]:
        """Notices that are due: to people, and one in four to the channel; half of them settled, and one in five too long for a message.
        Or all of one kind, which is settled once they are claimed. Their keys."""
        run = next(self.runs)
        with self.held.store.session(self.held.partnership.id, writing=True) as session:
            people = list(session.scalars(select(Person).where(Person.slack_user.like(f"U{self.number}P%")).order_by(Person.id)))
            made = []
            for n in range(many):
                said = frozen(Reply(f"Told {run}.{n}", "Something was done.")) if n % 2 and not kind else None
                which, about = kind or ("tell" if said else "probe"), f"run {run} {n}"
                if n % 4 == 3:
                    made.append(Notice.to_channel(f"#lane-{self.number}", which, about, due(n), session, body=said))
                else:
                    made.append(Notice.to_person(people[n % len(people)], which, about, due(n), session, body=said))
            return [notice.key for notice in made]

    def put_changes(self, keys: Sequence[str]) -> list[str]:
        """Two changes of the first message of each notice to a person, the one to be made after the other. Their keys."""
        made = []
        with self.held.store.session(self.held.partnership.id, writing=True) as session:
            now = datetime.now(UTC)
            for of in session.scalars(select(Notice).where(Notice.key.in_(keys), Notice.person_id.is_not(None))).all():
                for about in (f"changed {of.id}", f"changed again {of.id}"):
                    where = {"person_id": of.person_id, "channel": of.conversation, "over_id": of.id}
                    made.append(Notice(kind="change", about=about, due_at=now, next_at=now, **where))
            session.add_all(made)
            session.flush()
            return [notice.key for notice in made]

    def changed(self, keys: Sequence[str]) -> tuple[int, int]:
        """(how many messages of these notices do not say what they were changed to last, of how many)."""
        rows = [row for row in self.rows(keys) if row.person_id]
        stand = [(self.slack.real.state.message(row.conversation, row.stamps[0]) or {}).get("text") for row in rows]
        return sum(text != f"changed again {row.id}" for row, text in zip(rows, stand, strict=True)), len(rows)

    def rows(self, keys: Sequence[str]) -> list[Notice]:
        with self.held.session() as session:
            return list(session.scalars(select(Notice).where(Notice.key.in_(keys)).order_by(Notice.id)))

    def undone(self) -> int:
        """How many are still to be sent, as far as the database is there to say."""
        try:
            with self.held.session() as session:
                return session.scalar(select(func.count()).select_from(Notice).where(Notice.state.not_in((SENT, SKIPPED)))) or 0
        except OperationalError:
            return 1

    def ended(self, process: int, most: float = PATIENCE) -> bool:
        """Whether a process ends by itself, before it has nothing to do any more."""
        until = time.monotonic() + most
        while self.deliverers.alive(process) and self.undone():
            assert time.monotonic() < until, "it neither ends nor comes to an end"
            time.sleep(AGAIN)
        return not self.deliverers.alive(process)

    def finish(self, *processes: int, most: float = PATIENCE) -> None:
        """Let processes deliver what is left, and end them."""
        until = time.monotonic() + most
        while self.undone():
            assert time.monotonic() < until, f"still to be sent: {self.left()}"
            time.sleep(AGAIN)
        for process in processes:
            self.deliverers.signal(process, "kill")

    def left(self) -> list[tuple[str, str, int]]:
        with self.held.session() as session:
            wanted = select(Notice.state, Notice.error, Notice.attempts).where(Notice.state.not_in((SENT, SKIPPED)))
            return [tuple(row) for row in session.execute(wanted)]

    def cut_short(self, *at: dict[str, Any], many: int = 10) -> Verdict:
        """One run: deliver notices, end the process in each of these ways in turn, and let another finish."""
        keys = self.put(many)
        for how in at:
            process = self.start(**how)
            if not self.ended(process):
                self.deliverers.signal(process, "kill")
        self.finish(self.start())
        verdict = self.verdict(keys)
        self.clear_away(keys)
        return verdict

    def clear_away(self, keys: Sequence[str]) -> None:
        """Whoever looks for a message reads what was said since the day before: a thousand runs are not to be one day's talk."""
        said = [(row.conversation, ts) for row in self.rows(keys) for _, ts in self.post.stamps[row.key]]
        self.slack.on_loop(lambda: [self.slack.real.state.forget(*each) for each in said])

    def verdict(self, keys: Sequence[str]) -> Verdict:
        """What became of notices, by what stands in the workspace; the rows say the same."""
        lost = twice = of = 0
        for row in self.rows(keys):
            parts, wanted = self.post.parts[row.key], len(draw(thawed(row.body or {}))[0]) if row.body else 0
            lost += sum(not parts[part] for part in range(wanted))
            twice += sum(count - 1 for count in parts.values() if count > 1)
            of += wanted
            if not (lost or twice or self.how.get("planted")):
                assert sorted(self.post.stamps[row.key]) == list(enumerate(row.stamps)), "its row says where it is"
                assert [part for part, _ in self.post.stamps[row.key]] == list(range(wanted)), "in order"
        return Verdict(lost, twice, of)


def total(verdicts: Sequence[Verdict]) -> Verdict:
    return Verdict(*(sum(getattr(each, name) for each in verdicts) for name in ("lost", "twice", "of")))


def settled(store: Store) -> None:
    """A partnership with nobody in it but those who are told."""
    with store.session() as session:
        partnership = Partnership(key="p", name="The partnership", district="Here", force="force")
        session.add(partnership)
        session.flush()
        for lane, person in itertools.product(range(16), range(PEOPLE)):
            name = f"lane-{lane}-{person}"
            session.add(
                Person(partnership_id=partnership.id, handle=name, role="told", email=f"{name}@example.org", slack_user=f"U{lane}P{person}")
            )


@contextmanager
def lanes(databases: Databases, slack: Workspace, post: Post, deliverers: Deliverers, many: int, **how: Any) -> Iterator[list[Lane]]:
    made = []
    for number in range(many):
        channel = f"C0LANE{number}"
        for person in range(PEOPLE):
            slack.real.state.put(
                "person", f"U{number}P{person}", {"id": f"U{number}P{person}", "name": f"u{number}p{person}", "kind": "member"}
            )
        slack.real.state.put("channel", channel, {"id": channel, "name": f"lane-{number}", "kind": "channel"})
        slack.real.state.join(channel, BOT)
        store = Store(databases.like("told", settled))
        with store.session() as session:
            made.append(Lane(number, Held(store, Partnership.named(session)), post, slack, deliverers, dict(how)))
    try:
        yield made
    finally:
        for lane in made:
            lane.held.store.engine.dispose()
            databases.drop(lane.held.store.url)


def side_by_side(lanes: Sequence[Lane], runs: Sequence[Callable[[Lane], Verdict]]) -> Verdict:
    """Every run, on whichever lane is free."""
    waiting, turn, done = list(runs), threading.Lock(), list[Verdict]()

    def drive(lane: Lane) -> None:
        while True:
            with turn:
                run = waiting.pop(0) if waiting else None
            if run is None:
                return
            done.append(run(lane))

    with ThreadPoolExecutor(len(lanes)) as pool:
        for each in [pool.submit(drive, lane) for lane in lanes]:
            each.result()
    return total(done)


class Often(Faults):
    """Faults that come at random: each call goes wrong, in one of these ways, with a likelihood."""

    def __init__(self, likely: float, *ways: Fault, seed: int = 1) -> None:
        super().__init__()
        self.likely, self.ways, self.chance = likely, ways, random.Random(seed)
        self.last: Fault | None = None

    def take(self, method: str) -> Fault | None:
        del method
        self.last = self.chance.choice(self.ways) if self.chance.random() < self.likely else None
        return self.last
