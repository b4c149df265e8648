"""New figures by themselves: fetched from a real archive server, told once to those who may load them, and missed when they are late."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from archive_server import Day, served
from asking import Asking
from conftest import Held
from made import THEIRS, VEHICLE, County, Report
from slack_server import SECRET, TOKEN, workspace
from sqlalchemy import select
from starting import PATIENCE, says, started

from commands.frozen import thawed
from commands.reply import Reply
from models.figures.months import iso, month_of
from models.held import Load
from models.notices import Notice
from models.once import Turn
from models.people import GONE, Person
from models.sources.line import Patience
from models.store import Store
from scheduler.new_figures import NewFigures, latest_turn, overdue

GROVEHILL = Report("E01900011")
LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
HASTY = Patience(connect=2, read=2, again=0, pause=0)
BOTH = [("analyst", "November 2025 is in"), ("coordinator", "November 2025 is in")]
KNOWN = {"U1": "coordinator", "U2": "analyst", "U3": "housing-officer"}


@dataclass
class Looking:
    """A partnership whose figures come from an archive server; replicas of its bot look for new ones."""

    held: Held
    made: County
    day: Day
    base: str
    at: datetime = TUESDAY

    def publish(self, newest: str, **months: list[Report]) -> None:
        """police.uk publishes an archive: publish("2025-11", m2025_10=[...])."""
        files = [self.made.street(month.removeprefix("m").replace("_", "-"), reports) for month, reports in months.items()]
        files.append(self.made.street("2025-10", [Report("E01900011", VEHICLE)], THEIRS))
        self.day.files[f"/data/archive/{newest}.zip"] = Path(self.made.zipped(*files)).read_bytes()

    def replica(self, store: Store | None = None) -> NewFigures:
        return NewFigures(store or self.held.store, self.held.partnership.id, self.base, lambda: self.at, HASTY)

    def look(self, **later: float) -> list[Reply]:
        """Look, so much later; what people are told because of it."""
        before = {notice.id for notice in self.notices()}
        self.at += timedelta(**later)
        self.replica()()
        return [thawed(notice.body or {}) for notice in self.notices() if notice.id not in before]

    def notices(self) -> list[Notice]:
        with self.held.session() as session:
            return list(session.scalars(select(Notice).order_by(Notice.id)))

    def loads(self) -> list[str]:
        with self.held.session() as session:
            return [load.outcome for load in session.scalars(select(Load).where(Load.kind == "archive").order_by(Load.id))]


@pytest.fixture
def looking(placed: Held, made: County) -> Iterator[Looking]:
    with know(placed) as held, served(day := Day({})) as base:
        held.street(made.street("2025-10", [GROVEHILL] * 3))
        yield Looking(held, made, day, base)


@contextmanager
def know(held: Held) -> Iterator[Held]:
    with held.session() as session:
        for user, handle in KNOWN.items():
            Person.named(handle, session).slack_user = user
    yield held


def told(looking: Looking) -> list[tuple[str, str]]:
    """(whom, what), by name."""
    return sorted((notice.person.handle, thawed(notice.body or {}).title) for notice in looking.notices() if notice.person)


def test_a_new_month_is_fetched_and_both_are_told_once(looking):
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL] * 5)
    replies = looking.look()
    assert told(looking) == BOTH
    assert "hertfordshire: 2025-11 taken." in replies[0].parts
    assert "5 of 5 reports lie in the county and were placed." in replies[0].parts
    assert " November 2025: 5; " in Asking(looking.held).says("/figures asb Nov 2025")
    assert [looking.look(), looking.look(hours=1), looking.look(days=1), looking.look(days=1)] == [[], [], [], []]
    assert looking.loads() == ["kept"]


def test_a_revision_says_what_it_changed(looking):
    looking.publish("2025-11", m2025_09=[GROVEHILL], m2025_10=[GROVEHILL] * 4, m2025_11=[GROVEHILL])
    reply, _ = looking.look()
    assert "2025-10 was revised: Anti-social behaviour 3 to 4." in reply.parts
    assert "hertfordshire: 3 months, 2025-09 to 2025-11, taken." in reply.parts


def test_months_revised_in_nothing_that_is_counted_are_said_in_one_sentence(looking):
    looking.publish("2025-11", m2025_09=[GROVEHILL], m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    looking.look()
    elsewhere = Report("E01900061")
    looking.publish(
        "2025-12", m2025_09=[GROVEHILL, elsewhere], m2025_10=[*[GROVEHILL] * 3, elsewhere], m2025_11=[GROVEHILL], m2025_12=[GROVEHILL]
    )
    reply, _ = looking.look(days=30)
    assert "2 months, 2025-09 to 2025-10, were revised: no total of the district changed." in reply.parts


def test_an_archive_without_the_force_s_new_month_says_what_it_revised(looking):
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 4)
    replies = looking.look()
    assert [reply.title for reply in replies] == ["police.uk revised months that are held"] * 2
    assert "2025-10 was revised: Anti-social behaviour 3 to 4." in replies[0].parts
    assert looking.look(days=1) == []
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 4, m2025_11=[GROVEHILL])
    assert [reply.title for reply in looking.look(days=1)] == ["November 2025 is in"] * 2


def test_two_replicas_that_look_at_once_fetch_and_tell_once(looking):
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    looking.day.slow = 0.02
    stores = [Store(looking.held.store.url) for _ in range(4)]
    threads = [threading.Thread(target=looking.replica(store)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.engine.dispose()
    assert looking.loads() == ["kept"]
    assert told(looking) == BOTH


def test_a_month_that_is_later_than_usual_is_missed_once_and_welcomed(looking):
    looking.publish("2025-10", m2025_10=[GROVEHILL] * 3)
    assert looking.look() == []
    for later in range(1, 35):  # to the 9th of February: it takes up to eight weeks
        assert looking.look(days=1) == [], later
    replies = looking.look(days=1)
    assert [reply.title for reply in replies] == ["Still waiting for November 2025"] * 2
    assert list(replies[0].parts[:2]) == [
        "police.uk has not published it for this force.",
        "A month usually comes 4 to 8 weeks after its end. Figures of police.uk are held to October 2025.",
    ]
    assert looking.look(days=1) == []
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    assert [reply.title for reply in looking.look(days=1)] == ["November 2025 is in"] * 2
    assert [reply.title for reply in looking.look(days=28)] == ["Still waiting for December 2025"] * 2


def test_a_network_that_is_away_is_logged_once_a_day_and_nothing_is_lost(looking, caplog):
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    caplog.set_level(logging.WARNING, "jagbot")
    looking.day.failing = [503]
    assert [looking.look(), looking.look(hours=1), looking.look(hours=1)] == [[], [], []]
    [logged] = [record for record in caplog.records if record.name == "jagbot"]
    assert "new figures were not fetched: police.uk did not answer at 127.0.0.1" in logged.message
    assert [reply.title for reply in looking.look(days=1)] == ["November 2025 is in"] * 2


def test_a_broken_archive_changes_nothing_and_is_tried_again(looking):
    revision = looking.held.revision
    good = looking.made.street("2025-10", [GROVEHILL] * 4)
    spoilt = looking.made.street("no month", [GROVEHILL], name="street/2025-11/2025-11-hertfordshire-street.csv")
    looking.day.files["/data/archive/2025-11.zip"] = Path(looking.made.zipped(good, spoilt)).read_bytes()
    assert (looking.look(), looking.held.revision) == ([], revision)
    [outcome] = looking.loads()
    assert outcome.startswith("refused: 2025-11-hertfordshire-street.csv has the month 'no month'")
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 4, m2025_11=[GROVEHILL])
    assert [reply.title for reply in looking.look(days=1)] == ["November 2025 is in"] * 2


def test_when_it_cannot_be_looked_a_late_month_is_said_to_be_unread(looking):
    looking.day.failing = [503] * 9
    looking.at = datetime(2026, 2, 10, 9, 30, tzinfo=UTC)
    reply, _ = looking.look()
    assert reply.title == "Still waiting for November 2025"
    assert reply.parts[0] == "I could not read its archive when I last looked; the log says why."


def test_a_process_that_is_to_end_keeps_nothing_of_a_download(looking):
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 4, m2025_11=[GROVEHILL])
    revision, replica = looking.held.revision, looking.replica()
    replica.stop()
    replica()
    assert (looking.held.revision, looking.notices()) == (revision, [])
    assert [reply.title for reply in looking.look(days=1)] == ["November 2025 is in"] * 2


def test_nothing_is_asked_for_a_partnership_without_figures_of_police_uk(example):
    with know(example) as held, served(day := Day({})) as base:
        NewFigures(held.store, held.partnership.id, base, lambda: TUESDAY, HASTY)()
        with held.session() as session:
            assert not session.scalars(select(Turn)).all()
            assert not session.scalars(select(Notice)).all()
    assert day.asked == []


def test_only_who_may_load_figures_and_is_in_chat_is_told(looking):
    with looking.held.session() as session:
        Person.named("analyst", session).reached = GONE
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    looking.look()
    assert told(looking) == [("coordinator", "November 2025 is in")]


def test_nobody_is_told_in_the_evening(looking):
    looking.at = datetime(2026, 1, 9, 21, 0, tzinfo=UTC)  # a Friday: nothing ran all day
    looking.publish("2025-11", m2025_10=[GROVEHILL] * 3, m2025_11=[GROVEHILL])
    looking.look()
    assert {notice.due_at.astimezone(LONDON) for notice in looking.notices()} == {datetime(2026, 1, 12, 9, 0, tzinfo=LONDON)}


def test_a_bot_that_runs_looks_by_itself(looking, tmp_path):
    newest = iso(month_of(datetime.now(LONDON)) - 2)
    looking.publish(newest, **{f"m{newest.replace('-', '_')}": [GROVEHILL] * 5})
    database = {"DATABASE_URL": looking.held.store.url, "POLICE_UK_URL": looking.base, "NO_PROXY": "*"}
    with workspace() as slack:
        tokens = {"SLACK_BOT_TOKEN": TOKEN, "SLACK_SIGNING_SECRET": SECRET, "SLACK_API_URL": f"{slack.address}/api/"}
        with started(tmp_path, "run", "--http", "0", **tokens, **database) as bot:
            says(bot, "listens on")
            slack.wait(lambda: looking.loads() == ["kept"])
            bot.send_signal(signal.SIGTERM)
            assert bot.wait(PATIENCE) == 0
    assert [handle for handle, title in told(looking) if title.endswith(" is in")] == ["analyst", "coordinator"]


@pytest.mark.parametrize(
    ("now", "turn"),
    [
        ("2026-01-06T09:00", "2026-01-06T09:00"),
        ("2026-01-06T08:59", "2026-01-05T09:00"),
        ("2026-01-05T08:00", "2026-01-02T09:00"),  # before nine on a Monday: Friday's
        ("2026-01-01T12:00", "2025-12-31T09:00"),  # a bank holiday
        ("2026-07-07T09:30", "2026-07-07T09:00"),  # in summer too
    ],
)
def test_it_looks_at_nine_on_working_days(now, turn):
    assert latest_turn(datetime.fromisoformat(now).replace(tzinfo=LONDON), LONDON).isoformat()[:16] == turn


@pytest.mark.parametrize(
    ("day", "month"),
    [
        ("2026-01-09", "2025-09"),
        ("2026-01-10", "2025-09"),  # a Saturday
        ("2026-01-11", "2025-09"),
        ("2026-01-12", "2025-10"),
        ("2026-02-09", "2025-10"),
        ("2026-02-10", "2025-11"),
    ],
)
def test_a_month_is_late_from_the_tenth_or_the_next_working_day(day, month):
    assert iso(overdue(date.fromisoformat(day))) == month
