"""The demo: the example with a year behind it, under a clock that goes on where it was left and steps through all that is due."""

import asyncio
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asking import Asking, table
from conftest import Held
from sqlalchemy import func, select

from bot.demo.clock import BEGINS, DemoClock
from bot.demo.coming import coming, next_event
from bot.demo.later import DATE, moved
from bot.demo.making import make
from bot.demo.moving import Moving
from bot.demo.year import Said, the_year
from bot.manifest import manifest
from bot.workspace.core import BOT, Workspace
from bot.workspace.state import State
from models.actions import STATUSES, Action
from models.base import Refusal
from models.calendar import Calendar
from models.groups import Group
from models.notices import Notice, Obligation
from models.partnership import Partnership
from models.store import Store

LONDON = "Europe/London"


@pytest.fixture
def databases(sqlite):
    """The demo is on SQLite alone."""
    return sqlite


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Held, Workspace]:
    """The demo as it begins."""
    folder = tmp_path_factory.mktemp("demo")
    store = Store(f"sqlite:///{folder / 'demo.db'}")
    store.bring_up_to_date()
    workspace = Workspace(State(str(folder / "workspace.db")), manifest(), lambda: BEGINS)
    return Held(store, make(store, workspace)), workspace


@pytest.fixture
def ask(made) -> Asking:
    return Asking(made[0])


def test_the_year_holds_actions_at_every_stage(made):
    with made[0].session() as session:
        counted = dict(session.execute(select(Action.status, func.count()).group_by(Action.status)).all())
    assert set(counted) == set(STATUSES)


def test_every_line_of_the_year_is_taken_at_the_time_it_was_typed(made):
    lines = [said for said in the_year(LONDON) if said.asks]
    with made[0].session() as session:
        assert session.scalar(select(func.count()).select_from(Action)) == sum(bool(said.name) for said in lines)
        assert {action.raised_at for action in session.scalars(select(Action))} <= {said.at.astimezone(UTC) for said in lines}


def test_an_action_raised_in_a_meeting_says_at_which(made):
    with made[0].session() as session:
        gates = session.scalars(select(Action).where(Action.ref == "JAG-12-001")).one()
        assert (gates.meeting, gates.status) == (datetime(2012, 9, 11).date(), "blocked")


def test_some_of_it_is_overdue_and_some_waits_to_be_agreed(ask):
    on = BEGINS
    assert "JAG-12-001" in [row[0] for row in table(ask.answered("/action list overdue", at=on))]
    assert [row[0] for row in table(ask.answered("/action list done jag", at=on))] == ["JAG-13-005"]


def test_what_the_bot_says_of_months_is_said_to_be_simulated(ask):
    assert "simulated spread of published totals" in str(ask.answered("/figures asb Aug 2012", at=BEGINS))


def test_everybody_on_chat_is_in_the_workspace_known_to_the_bot_and_in_their_channels(made):
    held, workspace = made
    assert workspace.state.get("person", "UTOWNCENTRE")["kind"] == "guest"
    assert workspace.state.get("person", "UDENSOFFICER") is None  # reached by e-mail only
    assert workspace.state.is_member("CCSAG", "UHOUSINGOFFICER")
    assert not workspace.state.is_member("CCSAG", "UVEHICLELEAD")
    assert workspace.state.get("channel", "CRAOG")["kind"] == "private"
    with held.session() as session:
        assert session.scalar(select(func.count()).select_from(Action).where(Action.owner_id.is_(None))) == 0


def test_channels_hold_what_was_said_at_its_time_and_all_of_it_is_read(made):
    _, workspace = made
    said = workspace.state.history("CJAG", "UJAGCHAIR")
    assert [each["ts"] for each in said] == sorted((each["ts"] for each in said), reverse=True)
    assert any(each["user"] == BOT for each in said)
    assert float(said[0]["ts"]) < BEGINS.timestamp()
    assert workspace.state.unread("CJAG", "UJAGCHAIR") == 0


def test_made_again_nothing_is_added(made):
    held, workspace = made
    before = workspace.state.last_ts()
    make(held.store, workspace)
    assert workspace.state.last_ts() == before
    with held.session() as session:
        assert session.scalar(select(func.count()).select_from(Partnership)) == 1


# Moved to another date


NOWS = [datetime(2026, 11, 23, 9, tzinfo=UTC) + timedelta(days=days, hours=days % 24) for days in range(0, 800, 3)]


def later(made, now: datetime) -> list[Said]:
    with made[0].session() as session:
        return moved(the_year(LONDON), now, session)


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 23, 9, tzinfo=UTC), datetime(2026, 11, 23, 8, 5, tzinfo=UTC), datetime(2014, 1, 1, tzinfo=UTC)]
)
def test_on_another_date_the_year_ends_within_a_week_of_it(made, now):
    year = later(made, now)
    assert timedelta(0) <= now - year[-1].at < timedelta(weeks=1, hours=1)
    assert {(each.at.hour, each.at.weekday()) for each in the_year(LONDON)} == {(each.at.hour, each.at.weekday()) for each in year}


def test_on_the_demos_own_date_the_year_is_as_it_was_written(made):
    assert later(made, BEGINS) == the_year(LONDON)


@pytest.mark.parametrize(
    ("now", "last", "next_jag", "before"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "10 November 2026", "8 December 2026", "13 October 2026"),
        (datetime(2026, 12, 8, 9, tzinfo=UTC), "10 November 2026", "8 December 2026", "13 October 2026"),  # on the day of a meeting
        (datetime(2026, 12, 9, 9, tzinfo=UTC), "8 December 2026", "12 January 2027", "10 November 2026"),
    ],
)
def test_on_another_date_what_people_wrote_of_meetings_agrees_with_the_calendar(made, now, last, next_jag, before):
    said = [each.words for each in later(made, now)]
    agenda = next(words for words in said if words.startswith("Agenda"))
    assert agenda.startswith(f"Agenda, JAG, Tuesday {last}, 10:00.")
    assert f"3 Minutes of {before}." in agenda
    assert f"10 Next meeting: {datetime.strptime(next_jag, '%d %B %Y'):%-d %b %Y}." in agenda
    assert f"Good morning. The next JAG is on Tuesday {next_jag}: please look at your actions." in said


def test_on_every_date_actions_are_raised_and_closed_at_meetings_and_the_story_of_each_is_in_order(made):
    year = the_year(LONDON)
    for now in NOWS:
        lived = later(made, now)
        with made[0].session() as session:
            jag = Calendar.of(session.scalars(select(Group).where(Group.key == "jag")).one(), session)
            meetings = {each.on for each in jag.between(now - timedelta(days=500), now)}
        at_one = {each.at.date() for each in lived if each.where == "jag" and re.match("/action (add|close)", each.words)}
        assert len(at_one) == 12
        assert at_one <= meetings, now
        assert stories(lived) == stories(year), now
        assert all(each.at <= now for each in lived), now
        assert all(due >= each.at.date() for each in lived if each.asks for due in dates(each)), now


def stories(year: list[Said]) -> dict[str, list[str]]:
    """What was done to each action, in order, without its dates."""
    done: dict[str, list[str]] = {}
    for each in year:
        for name in [each.name, *re.findall(r"\{(\w+)\}", each.words)]:
            done.setdefault(name, []).append(DATE.sub("", each.words))
    return {name: words for name, words in done.items() if name}


def dates(said: Said) -> list[date]:
    return [datetime.strptime(found[0], "%d %b %Y").date() for found in DATE.finditer(said.words)]


# The clock


def test_the_clock_goes_on_where_it_was_left(tmp_path: Path):
    state = State(str(tmp_path / "w.db"))
    clock = DemoClock(state)
    assert BEGINS <= clock() < BEGINS + timedelta(minutes=1)
    clock.move(BEGINS + timedelta(days=3))
    with pytest.raises(Refusal, match="is in use"):
        State(str(tmp_path / "w.db"))
    state.close()
    again = DemoClock(State(str(tmp_path / "w.db")))
    assert BEGINS + timedelta(days=3) <= again() < BEGINS + timedelta(days=3, minutes=1)


def test_the_clock_is_never_before_a_message_and_never_goes_back(tmp_path: Path):
    state = State(str(tmp_path / "w.db"))
    late = BEGINS + timedelta(days=9)
    state.keep("C1", {"ts": f"{late.timestamp():.6f}", "user": "U1"})
    clock = DemoClock(state)
    assert clock() >= late
    clock.move(BEGINS)
    assert clock() >= late


# What comes


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ("UJAGCHAIR", "RAOG meets"),  # on the fourth, in private
        ("UVEHICLELEAD", "JAG: the agenda"),  # on the fifth
        ("UNEWCOMER", "JAG: the agenda"),
    ],
)
def test_what_comes_next_is_named_to_who_may_know_of_it(made, user, name):
    with made[0].session() as session:
        event = next_event(BEGINS + timedelta(days=2, minutes=15), LONDON, user, session)
    assert event is not None
    assert event.name == name


def test_events_come_in_order_between_the_two_times(made):
    held, _ = made
    until = BEGINS + timedelta(days=200)
    with held.session() as session:
        found = coming(BEGINS, until, LONDON, session)
    assert found == sorted(found)
    assert all(BEGINS < event.at <= until for event in found)
    jag = [event.at.astimezone(ZoneInfo(LONDON)) for event in found if event.name == "JAG meets"]
    assert [(at.day, at.hour) for at in jag] == [(10, 10), (8, 10), (12, 10), (10, 10), (14, 10), (11, 10), (11, 10)]


def test_moving_the_clock_stops_at_every_instant_once_and_in_order(made, tmp_path):
    held, workspace = made
    clock = DemoClock(State(str(tmp_path / "w.db")))
    stops: list[datetime] = []
    moving = Moving(clock, held.store, held.partnership, workspace, lambda: stops.append(clock()))
    user = "UVEHICLELEAD"
    shown = asyncio.run(moving.move("event", user))
    with held.session() as session:
        expected = next_event(BEGINS, LONDON, user, session)
    assert expected is not None
    assert datetime.fromisoformat(shown["now"]) >= expected.at
    assert stops == sorted(stops)
    asyncio.run(moving.move("week", user))
    asyncio.run(moving.move("day", user))
    with held.session() as session:
        instants = sorted({event.at for event in coming(BEGINS, clock(), LONDON, session)})
    assert len(stops) == len(set(stops))
    for instant in instants:
        assert next(stop for stop in stops if stop >= instant) < instant + timedelta(seconds=20), instant


def test_pages_hear_at_once_that_the_clock_moves_and_another_move_meanwhile_does_nothing(made, tmp_path):
    held, workspace = made
    clock = DemoClock(State(str(tmp_path / "w.db")))
    heard = list[bool]()
    moving = Moving(clock, held.store, held.partnership, workspace, lambda: heard.append(False))
    workspace.listeners.append(hear := lambda _: heard.append(moving.moving.locked()))

    async def twice() -> list[Any]:
        return await asyncio.gather(moving.move("day", "UVEHICLELEAD"), moving.move("day", "UVEHICLELEAD"))

    first, second = asyncio.run(twice())
    workspace.listeners.remove(hear)
    assert heard[:2] == [True, False]  # told, and then done what is due
    assert (second["moving"], first["moving"]) == (True, False)
    assert clock() < BEGINS + timedelta(days=1, minutes=1)


def test_a_move_to_an_event_goes_no_further_than_the_one_that_was_named(made, tmp_path):
    held, workspace = made
    clock = DemoClock(State(str(tmp_path / "w.db")))
    moving = Moving(clock, held.store, held.partnership, workspace, lambda: None)
    named = moving.shown("UJAGCHAIR")["next"]
    for _ in range(2):
        shown = asyncio.run(moving.move("event", "UJAGCHAIR", named["at"]))
        assert (shown["words"], shown["moving"]) == (named["words"], False)


def test_the_cycle_of_every_group_is_on_and_what_was_due_before_is_there_as_sent(made):
    held, workspace = made
    with held.session() as session:
        assert all(group.cycle_since for group in session.scalars(select(Group)))
        past = session.scalars(select(Obligation).where(Obligation.person_key == 0, Obligation.due_at < BEGINS)).all()
        assert {(step.meeting.group.key, step.step, step.state) for step in past} == {
            ("jag", "ask", "gathered"), ("jag", "remind-7", "gathered"), ("raog", "ask", "gathered"), ("raog", "remind-7", "gathered"),
            ("raog", "remind-5", "gathered"), ("raog", "draft", "gathered"), ("raog", "agenda", "gathered"),
        }  # fmt: skip
        assert session.scalar(select(func.count()).select_from(Notice).where(Notice.state != "sent")) == 0
    asked = [said for said in workspace.state.history("DUHOUSINGOFFICER", "UHOUSINGOFFICER") if said["user"] == BOT]
    assert [said["text"] for said in reversed(asked)] == [
        "1 of 1 action answered for JAG, Tuesday 10 September 2013",
        "1 of 1 action answered for JAG, Tuesday 10 September 2013",
    ]
    posted = workspace.state.history("CRAOG", "UJAGCHAIR")[0]
    assert (posted["text"], posted["pinned"], posted["reply_count"]) == ("1 RAOG agenda.", True, 2)


def test_a_line_answers_what_was_asked_in_the_demo(made, ask):
    del made
    reply = ask.answered("/meeting responses jag", at=BEGINS)
    assert reply.title == "Responses for JAG, 10 September 2013"
    assert ["housing-officer", 1, 0, "answered"] in table(reply)


def test_steps_come_next_by_name_and_a_private_groups_to_its_members_alone(made):
    held, _ = made
    with held.session() as session:
        found = coming(BEGINS, BEGINS + timedelta(days=14), LONDON, session)
        csag = session.scalars(select(Group).where(Group.key == "csag")).one().id
    assert [(event.name, event.private) for event in found if "CSAG" in event.name][:2] == [
        ("CSAG: owners are asked for news", csag),
        ("CSAG: the silent are reminded", csag),
    ]
    assert "JAG: the silent are reminded" in [event.name for event in found]
