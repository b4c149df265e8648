"""The message that asks for news as it is in Slack: chosen from, pressed, filled in, and answered in a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from cycled import Cycle, at
from planned import Plan
from slack_arrived import Arrived, seen
from slack_server import workspace
from slack_views import Screen
from sqlalchemy import select, update
from talking import Host, Talk, hosting, talking

from models.actions import Action
from models.away import Away
from models.notices import Notice

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


def stands(talk: Talk, message: Arrived) -> str:
    """What a message says by now, where it stands."""
    return seen((talk.workspace.real.state.message(message.place, message.ts) or {})["blocks"])


def chosen(talk: Talk, message: Arrived) -> list[str]:
    """What is chosen in the lists of a message, "" where nothing is."""
    blocks = (talk.workspace.real.state.message(message.place, message.ts) or {})["blocks"]
    lists = [block["accessory"] for block in blocks if "accessory" in block]
    return [each.get("initial_option", {}).get("text", {}).get("text", "") for each in lists]


def a_while_later(talk: Talk) -> None:
    """The seconds have gone by in which a message is not changed once more."""
    with talk.held.session() as session:
        session.execute(update(Notice).values(rests=0.0))
    talk.slack.tick()


def posted(talk: Talk) -> int:
    """How many messages the housing officer has, of whatever kind."""
    return len([each for each in talk.workspace.of("chat.postMessage") if each.place == "DU2"])


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
    talk.forge(message, "No change for all", "U2")  # a second press, on its way before the message was changed
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
    assert receipt.text.splitlines()[1:3] == [
        "JAG-26-001, Thing 1: done, for JAG to agree",
        "JAG-26-002, Thing 2: update saved; asked for 31 January 2014; at risk, as a later date is asked; latest: “half way”",
    ]
    assert "Undo JAG-26-001" in receipt.text
    assert asked(talk, clock, REMIND_7) == []


def test_of_many_the_receipt_names_the_first_few_and_of_a_private_group_the_notification_none(talk, clock):
    Cycle(talk.held).on("csag")
    for number in range(1, 8):
        Plan(talk.held).add(f"Case {number}: visit", "housing-officer", "csag", number=number)
    (message,) = asked(talk, clock, "2013-09-05 09:00")
    talk.press(message, "Write …", user="U2")
    talk.submit(top(talk), **{f"CSAG-26-00{number} status": "blocked" for number in range(1, 8)})
    receipt = [each for each in talk.workspace.arrived if each.place == "DU2"][-1]
    assert receipt.text.splitlines()[1:7] == [*(f"CSAG-26-00{n}, Case {n}: visit: blocked" for n in range(1, 6)), "and 2 others"]
    assert "CSAG-26" not in receipt.said["text"]


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


# What was answered is shown where it was asked


def test_the_message_that_asked_shows_what_was_chosen_in_it_and_how_many_are_awaited(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.choose(message, "At risk", of="JAG-26-002", user="U2")
    assert stands(talk, message).splitlines()[:2] == [
        "1 of 2 actions answered for JAG, Tuesday 10 September 2013",
        "1 still awaited; answers can be changed until the meeting of JAG, Tuesday 10 September 2013.",
    ]
    assert "*JAG-26-002: Thing 2 (due 12 December 2013)*\nYou said: at risk" in stands(talk, message)
    assert "No change for the rest" in stands(talk, message)
    assert chosen(talk, message) == ["", "At risk"]
    assert [(each.ts, each.said["text"]) for each in talk.workspace.changed] == [
        (message.ts, "1 of 2 actions answered for JAG, Tuesday 10 September 2013")
    ]


def test_when_all_is_answered_it_says_so_and_each_can_still_be_answered_otherwise(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.press(message, "No change for all", user="U2")
    all_of_it = "All is answered; you can change it until the meeting of JAG, Tuesday 10 September 2013."
    assert stands(talk, message).splitlines()[:2] == ["2 of 2 actions answered for JAG, Tuesday 10 September 2013", all_of_it]
    assert (chosen(talk, message), "You said: no change" in stands(talk, message)) == (["No change"] * 2, True)
    assert "[Write …]" in stands(talk, message)
    assert "[Remind me tomorrow]" not in stands(talk, message)
    talk.choose(message, "Blocked", of="JAG-26-001", user="U2")
    a_while_later(talk)
    assert chosen(talk, message) == ["Blocked", "No change"]
    assert all_of_it in stands(talk, message)


def test_what_was_said_last_time_stands_in_words_and_chosen_again_it_is_what_they_said(talk, clock):
    plan(talk, 1)
    Plan(talk.held).said("JAG-26-001", "", by="housing-officer", at=at("2013-08-20 09:00"), status="on track")
    (message,) = asked(talk, clock)
    assert "Last time: on track" in message.text
    assert chosen(talk, message) == [""]
    assert '"Choose …"' in json.dumps(talk.workspace.real.state.message(message.place, message.ts), ensure_ascii=False)
    (said,) = talk.choose(message, "On track", of="JAG-26-001", user="U2")
    assert said.text.splitlines()[0] == "JAG-26-001: on track"
    assert (chosen(talk, message), "You said: on track" in stands(talk, message)) == (["On track"], True)
    assert "update: status on track" in talk.command("/action", "show 1", user="U2")[0].text


def test_whatever_way_the_answer_came_it_is_shown(talk, clock):
    plan(talk, 4)
    (message,) = asked(talk, clock)
    talk.dm("1 at risk: waiting for the gates", "U2")
    assert "You said: at risk, “waiting for the gates”" in stands(talk, message)
    talk.press(message, "Write …", user="U2")
    talk.submit(top(talk), **{"JAG-26-002 status": "done", "JAG-26-002 said": "fitted", "JAG-26-003 status": "on track"})
    talk.command("/action", "update 4 blocked rang me for @housing-officer")
    a_while_later(talk)
    shown = stands(talk, message)
    assert "You said: done, “fitted”" in shown
    assert "You said: on track" in shown
    assert "coordinator said: blocked, “rang me”" in shown
    assert chosen(talk, message) == ["At risk", "Done", "On track", "Blocked"]
    assert "All is answered" in shown


def test_the_ask_and_the_reminder_of_it_both_show_it_and_what_is_undone_is_awaited_again(talk, clock):
    plan(talk, 2)
    (ask,) = asked(talk, clock)
    talk.choose(ask, "On track", of="JAG-26-001", user="U2")
    (reminder,) = asked(talk, clock, REMIND_7)
    (said,) = talk.choose(ask, "Blocked", of="JAG-26-002", user="U2")
    assert stands(talk, ask).startswith("2 of 2 actions answered")
    assert stands(talk, reminder).startswith("1 of 1 action answered")
    talk.press(said, "Undo", user="U2")
    a_while_later(talk)
    assert stands(talk, ask).startswith("1 of 2 actions answered")
    assert stands(talk, reminder).startswith("0 of 1 action answered")
    assert chosen(talk, reminder) == [""]


def test_what_is_no_longer_theirs_to_answer_says_so_and_is_not_awaited(talk, clock):
    plan(talk, 3)
    (message,) = asked(talk, clock)
    talk.command("/action", "withdraw 1 we will not")
    talk.command("/action", "assign 2 @fire-officer")
    a_while_later(talk)
    assert "JAG-26-001: Thing 1 (due 12 December 2013)\nIt is withdrawn." in stands(talk, message)
    assert "JAG-26-002: Thing 2 (due 12 December 2013)\nIt is fire-officer's now." in stands(talk, message)
    assert stands(talk, message).splitlines()[1].startswith("1 still awaited")
    assert len(chosen(talk, message)) == 1


def test_what_the_coordinator_was_to_ask_themselves_is_ticked_off_where_it_stands(talk, clock):
    for number, owner in enumerate(("dens-officer", "neighbourhood-watch"), 1):
        Plan(talk.held).add(f"Thing {number}", owner, number=number, at=at("2013-08-13 11:00"), due=date(2013, 12, 12))
    clock.now = at(ASK)
    talk.slack.tick()
    (message,) = [each for each in talk.workspace.arrived if "to ask yourself" in each.text]
    talk.command("/action", "update JAG-26-001 on track for @dens-officer")
    assert stands(talk, message).startswith("1 of 2 actions answered for JAG")
    assert "JAG-26-001 (on track)" in stands(talk, message)


def test_a_late_answer_is_shown_as_late(talk, clock):
    plan(talk, 1)
    (message,) = asked(talk, clock)
    clock.now = at("2013-09-10 15:00")
    talk.dm("1 at risk", "U2")
    assert "You said: at risk, late for JAG of 10 September 2013" in stands(talk, message)
    assert "JAG, Tuesday 10 September 2013 has begun: what is said now is marked late." in stands(talk, message)


def test_many_answers_in_a_minute_are_few_changes_of_the_message_and_no_message_more(talk, clock):
    plan(talk, 12)
    (message,) = asked(talk, clock)
    before = posted(talk)
    for number in range(1, 13):
        talk.choose(message, "On track", of=f"JAG-26-{number:03}", user="U2")
    assert posted(talk) - before == 12, "each answer is read back"
    assert len(talk.workspace.changed) == 1
    a_while_later(talk)
    assert len(talk.workspace.changed) == 2
    assert stands(talk, message).startswith("12 of 12 actions answered")


def test_in_a_private_groups_message_the_notification_says_only_how_many(talk, clock):
    Cycle(talk.held).on("csag")
    Plan(talk.held).add("Case 1234: visit", "housing-officer", "csag", number=1)
    (message,) = asked(talk, clock, "2013-09-05 09:00")
    talk.choose(message, "On track", of="CSAG-26-001", user="U2")
    (change,) = talk.workspace.changed
    assert change.said["text"] == "1 of 1 action answered"


def test_a_message_that_is_gone_is_given_up_quietly_and_nothing_comes_in_its_place(talk, clock):
    plan(talk, 2)
    (message,) = asked(talk, clock)
    talk.workspace.on_loop(lambda: talk.workspace.real.delete(message.place, message.ts))
    before = posted(talk)
    talk.dm("rest no change", "U2")
    assert posted(talk) == before + 1, "the answer to their line"
    assert talk.command("/jag", "health")[0].said["text"] == "All is well."


def test_a_clock_that_is_moved_on_is_noted_with_the_tick_at_that_time(talk, clock):
    asked(talk, clock)
    asked(talk, clock, "2013-08-29 12:00")
    said = talk.command("/jag", "health", "U1")[-1].text
    assert "29 August 2013, 12:00" in said
    assert "is jagbot running?" not in said
