"""The message that asks for news as it is in Slack: chosen from, pressed, filled in, and answered in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from cycled import Cycle, at
from planned import Plan
from slack_arrived import Arrived, seen
from slack_server import workspace
from slack_views import Screen
from sqlalchemy import select
from talking import Host, Talk, hosting, talking

from models.actions import Action
from models.away import Away

ASK, REMIND_7 = "2013-08-27 09:00", "2013-08-30 09:00"


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


class Clock:
    """A clock that stands."""

    now = at(ASK)

    def __call__(self):
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talk(example, host, clock) -> Iterator[Talk]:
    """A workspace in which the housing officer (U2) and the coordinator (U1) are known, and JAG's cycle is on."""
    with workspace() as slack, talking(example, slack, host, clock) as made:
        made.know("U1", "coordinator")
        made.know("U2", "housing-officer")
        Cycle(example).on("jag")
        yield made


def plan(talk: Talk, number: int) -> None:
    for n in range(1, number + 1):
        Plan(talk.held).add(f"Thing {n}", number=n, at=at("2013-08-13 11:00"), due=date(2013, 12, 12))


def asked(talk: Talk, clock: Clock, when: str = ASK) -> list[Arrived]:
    """What the housing officer is sent at a time."""
    clock.now = at(when)
    before = len(talk.workspace.arrived)
    talk.slack.tick()
    return [each for each in talk.workspace.arrived[before:] if each.place == "DU2"]


def top(talk: Talk) -> Screen:
    """The form that was opened last."""
    return talk.workspace.screens.top()


def shows(screen: Screen) -> str:
    return seen(screen.view["blocks"])


def statuses(talk: Talk) -> list[str]:
    with talk.held.session() as session:
        return [action.status for action in session.scalars(select(Action).order_by(Action.number))]


def test_an_answer_is_chosen_from_the_list_beside_each_action(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.choose(message, "At risk", of="JAG-26-002", user="U2")
    talk.choose(message, "Done", of="JAG-26-001", user="U2")
    assert statuses(talk) == ["done", "at risk"]
    assert asked(talk, clock, REMIND_7) == []


def test_no_change_for_all_is_one_press_and_pressed_twice_it_does_no_harm(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.press(message, "No change for all", user="U2")
    talk.press(message, "No change for all", user="U2")
    assert asked(talk, clock, REMIND_7) == []


def test_the_form_is_filled_in_for_all_of_them(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.press(message, "Write …", user="U2")
    screen = top(talk)
    assert "JAG-26-001: Thing 1" in shows(screen)
    talk.submit(screen, **{"JAG-26-001 status": "done", "JAG-26-002 said": "half way", "JAG-26-002 due": "31 Jan"})
    assert statuses(talk) == ["done", "at risk"]
    receipt = [each for each in talk.workspace.arrived if each.place == "DU2"][-1]
    assert (receipt.place, receipt.text.splitlines()[0]) == ("DU2", "2 actions settled")
    assert "Undo JAG-26-001" in receipt.text
    assert asked(talk, clock, REMIND_7) == []


def test_what_is_more_than_a_form_holds_goes_on_in_the_next(talk, clock):
    plan(talk, 40)
    (message,) = asked(talk, clock)
    assert "28 more of 40" in message.text
    talk.press(message, "Write …", user="U2")
    screen = top(talk)
    talk.submit(screen, **{"JAG-26-001 status": "done"})
    assert "1 action saved, 15 to go." in shows(screen)
    talk.submit(screen, **{"JAG-26-040 status": "blocked"})
    assert (statuses(talk)[0], statuses(talk)[39]) == ("done", "blocked")


def test_a_line_in_the_conversation_answers_without_a_command(talk, clock):
    plan(talk, 3)
    asked(talk, clock)
    talk.dm("3 done, rest no change", "U2")
    assert statuses(talk) == ["not reported", "not reported", "done"]
    assert asked(talk, clock, REMIND_7) == []


def test_whose_account_is_deactivated_is_on_the_coordinators_list_at_once(talk, clock):
    plan(talk, 1)
    state = talk.workspace.real.state
    state.put("person", "U2", (state.get("person", "U2") or {}) | {"deleted": True})
    assert asked(talk, clock) == []
    talk.slack.tick()
    (told,) = [each for each in talk.workspace.arrived if "to ask yourself" in each.text]
    assert told.place == "DU1"
    assert "no longer on chat" in told.text
    assert "no longer in chat" in talk.command("/jag", "people")[0].text
    talk.press(told, "JAG-26-001: housing-officer")
    talk.submit(top(talk), status="on track", said="rang me")
    assert statuses(talk) == ["on track"]


def test_tomorrow_and_away_are_a_press_away(talk, clock):
    plan(talk, 1)
    (message,) = asked(talk, clock)
    (said,) = talk.press(message, "Remind me tomorrow", user="U2")
    assert "I will ask you again on Wednesday 28 August at 09:00" in said.text
    (again,) = asked(talk, clock, "2013-08-28 09:00")
    talk.press(again, "I'm away until …", user="U2")
    talk.submit(top(talk), until="12 Sep")
    with talk.held.session() as session:
        assert [(row.person.handle, str(row.until)) for row in session.scalars(select(Away))] == [("housing-officer", "2013-09-12")]
    assert asked(talk, clock, REMIND_7) == []
