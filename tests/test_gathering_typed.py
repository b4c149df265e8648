"""Answers typed in the conversation, right below the message that asked: with no command, and with no number."""

from __future__ import annotations

from datetime import date

import pytest
from asking import Asking, labels, shown, table
from cycled import Cycle, at
from planned import Plan
from sqlalchemy import select

from commands.routing import writes
from models.actions import Action

ASK = "2013-08-27 09:00"
THEN = at("2013-08-28 10:00")
DIRECT = {"at": THEN, "where": "direct message"}


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def asking(example) -> Asking:
    """JAG's owners have been asked: for two actions of the housing officer's, and one of the fire officer's."""
    plan, cycle = Plan(example), Cycle(example)
    for number, (wording, owner) in enumerate(
        [("Fit alley gates", "housing-officer"), ("Clear the garages", "housing-officer"), ("Visit the flats", "fire-officer")], 1
    ):
        plan.add(wording, owner, number=number, at=at("2013-08-13 11:00"), due=date(2013, 12, 12))
    cycle.on("jag")
    cycle.tick(ASK)
    return Asking(example)


@pytest.mark.parametrize("typed", ["No change for all", "no change for all of them", "no update on any"])
def test_no_change_for_all_does_what_the_button_does(asking, typed):
    assert [row[0] for row in table(asking.answered(typed, person="housing-officer", **DIRECT))] == ["JAG-26-001", "JAG-26-002"]
    reply = asking.answered(typed, person="fire-officer", **DIRECT)
    assert [(row[0], row[2], row[4]) for row in table(reply)] == [("JAG-26-003", "no change", "")]


@pytest.mark.parametrize("typed", ["no change", "No change thanks", "nothing to report."])
def test_no_change_is_said_of_all_that_is_awaited(asking, typed):
    reply = asking.answered(typed, person="housing-officer", **DIRECT)
    assert [(row[0], row[2]) for row in table(reply)] == [("JAG-26-001", "no change"), ("JAG-26-002", "no change")]
    assert asking.says(typed, person="fire-officer", **DIRECT) == "JAG-26-003: no change"


@pytest.mark.parametrize(
    ("typed", "status", "latest"),
    [
        ("its done thanks", "done", ""),
        ("waiting on probation, rest no change", "not reported", "waiting on probation"),
        ("still waiting on 2 quotes, 3 due friday", "not reported", "still waiting on 2 quotes, 3 due friday"),
        ("Blocked: no key", "blocked", "no key"),
        ("at risk because the contractor is late", "at risk", "because the contractor is late"),
    ],
)
def test_news_without_a_number_is_of_the_only_action_that_is_awaited(asking, typed, status, latest):
    reply = asking.answered(typed, person="fire-officer", **DIRECT)
    assert "Undo" in labels(reply)
    said = shown(asking("/action show JAG-26-003", at=THEN))
    assert status in said
    assert latest in said
    assert writes(typed), "so it is stored before it is acknowledged"


def test_where_several_are_awaited_it_asks_which_with_a_button_each(asking):
    reply = asking("waiting on probation, rest no change", person="housing-officer", **DIRECT)
    assert reply.summary.startswith("Which action is that the news of?")
    assert [label.partition(":")[0] for label in labels(reply)] == ["JAG-26-001", "JAG-26-002"]
    settled = asking.answered(reply.asks[1].asks, person="housing-officer", **DIRECT)
    assert [(row[0], row[2], row[4]) for row in table(settled)] == [
        ("JAG-26-002", "update saved", "waiting on probation"),
        ("JAG-26-001", "no change", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("remind me tomorrow", "I will ask you again on Thursday 29 August at 09:00"),
        ("ask me again tomorrow", "I will ask you again on Thursday 29 August at 09:00"),
        ("remind me on friday", "I will ask you again on Friday 30 August at 09:00"),
        ("remind me on the 3rd", "I will ask you again on Tuesday 3 September at 09:00"),
        ("remind me on 1 sep", "I will ask you again on Monday 2 September at 09:00"),
        ("remind me on 10 sep", "Nothing was changed"),
        ("pass to @burglary-deputy", "Passed to burglary-deputy"),
        ("write", "News of your actions"),
        ("back", "Nothing was changed"),
        ("plan until christmas", "What I will send until 25 December 2013"),
        ("health", "How fresh the figures are"),
        ("people", "People"),
        ("Pass to my deputy", "Pass to my deputy"),
        ("pass it on to my deputy please", "Pass to my deputy"),
        ("I'm away until 12 Sep", "You are away until 12 September 2013"),
        ("no change please tell me what hotspots are", None),
    ],
)
def test_the_words_of_a_button_are_the_button(asking, typed, title):
    assert title in (None, asking(typed, person="fire-officer", **DIRECT).title)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("who hasnt replied", "Responses for JAG, 10 September 2013"),
        ("who has not answered for the jag yet?", "Responses for JAG, 10 September 2013"),
        ("who hasn't responded", "Responses for JAG, 10 September 2013"),
        ("responses for jag", "Responses for JAG, 10 September 2013"),
        ("who is away?", "Responses for JAG, 10 September 2013"),
        ("nudge jag", "2 nudges sent"),
        ("remind everyone who has not answered for the JAG", "2 nudges sent"),
    ],
)
def test_the_chair_asks_who_has_not_replied(asking, typed, title):
    assert asking.answered(typed, person="jag-chair", **DIRECT).title == title


@pytest.mark.parametrize("typed", ["when is the JAG?", "when is jag", "next jag?"])
def test_a_group_s_next_meeting_is_asked_for_by_its_name_alone(asking, typed):
    assert asking.answered(typed, person="college", **DIRECT).title == "JAG, Tuesday 10 September 2013 at 10:00"


def test_of_a_group_that_one_is_not_to_know_of_it_says_what_it_says_of_none(asking):
    of_csag, of_none = (asking(f"when is {name}?", person="drugs-lead", **DIRECT) for name in ("csag", "foo"))
    assert of_csag == of_none


def test_the_chair_starts_the_meeting_in_plain_words(asking):
    there = {"at": at("2013-09-10 10:00"), "where": "direct message", "person": "jag-chair"}
    assert asking.answered("start the JAG meeting", **there).title == "JAG of 10 September 2013 is open"
    assert writes("start the meeting")


@pytest.mark.parametrize("typed", ["hotspots asb", "is burglary done?", "waiting for burglary?"])
def test_what_is_no_answer_stays_what_it_was(asking, typed):
    elsewhere = asking(typed, person="fire-officer", at=THEN)
    assert asking(typed, person="fire-officer", **DIRECT).title == elsewhere.title


@pytest.mark.parametrize("typed", ["no change", "Done", "blocked: waiting for the depot", "we met the landlord"])
def test_who_was_asked_for_nothing_is_read_as_anywhere_else(asking, typed):
    assert asking(typed, person="jag-chair", **DIRECT).summary == asking(typed, person="jag-chair", at=THEN).summary


@pytest.mark.parametrize(
    ("typed", "status", "latest"),
    [
        ("blocked: waiting for the depot", "blocked", "waiting for the depot"),
        ("actully its blocked: no key", "blocked", "no key"),
        ("sorry wrong one, no change", "on track", ""),
        ("Done", "done", ""),
        ("we met the landlord in Tring", "on track", "we met the landlord in Tring"),
    ],
)
def test_what_was_answered_is_answered_otherwise_until_the_meeting_is_over(asking, typed, status, latest):
    asking.answered("on track", person="fire-officer", **DIRECT)
    there = {"person": "fire-officer", "where": "direct message"}
    assert asking.answered(typed, **there, at=at("2013-09-10 11:00")).summary.startswith("JAG-26-003: ")
    with asking.held.session() as session:
        action = session.scalars(select(Action).where(Action.ref == "JAG-26-003")).one()
        assert (action.status, action.latest) == (status, latest)
    over = at("2013-09-10 12:30")
    assert asking(typed, **there, at=over).summary == asking(typed, person="fire-officer", at=over).summary


@pytest.mark.parametrize(
    "typed", ["blocked: waiting for the depot", "sorry wrong one, no change", "Done", "its done now", "gates are done"]
)
def test_where_several_were_asked_about_and_all_is_answered_it_asks_which(asking, typed):
    asking.answered("no change", person="housing-officer", **DIRECT)
    reply = asking(typed, person="housing-officer", **DIRECT)
    assert reply.summary.startswith("Which action is that the news of?")
    assert [label.partition(":")[0] for label in labels(reply)][:2] == ["JAG-26-001", "JAG-26-002"]


@pytest.mark.parametrize(
    ("typed", "status", "latest"),
    [
        ("its done now", "done", ""),
        ("gates are done", "done", "gates are"),
        ("actully we are waiting on Trading Standrds", "not reported", "we are waiting on Trading Standrds"),
        ("contractor came tuesday and fitted the gates", "not reported", "contractor came tuesday and fitted the gates"),
        ("spoke to the landlord", "not reported", "spoke to the landlord"),
        ("gates ordered", "not reported", "gates ordered"),
    ],
)
def test_plain_words_that_are_nothing_else_are_news_of_what_is_awaited(asking, typed, status, latest):
    assert asking(typed, person="housing-officer", **DIRECT).summary.startswith("Which action is that the news of?")
    assert "Undo" in labels(asking.answered(typed, person="fire-officer", **DIRECT))
    with asking.held.session() as session:
        action = session.scalars(select(Action).where(Action.ref == "JAG-26-003")).one()
        assert (action.status, action.latest) == (status, latest)
    assert writes(typed), "so it is stored before it is acknowledged"


@pytest.mark.parametrize(
    "typed",
    [
        "where is asb worst",
        "burglary in tring",
        "burglry in tring",
        "has burglary been rising",
        "we need asb for tring",
        "asb tring last year",
        "fly tipping",
        "gang related",
        "hello",
        "thanks for that",
        "help me please",
        "i cant make the meeting",
        "when is the next meeting",
        "I am away until 12 sep",
        "my actions",
        "I want a map",
    ],
)
def test_questions_and_commands_are_no_news(asking, typed):
    elsewhere = asking(typed, person="fire-officer", at=THEN)
    assert asking(typed, person="fire-officer", **DIRECT).title == elsewhere.title
    assert "JAG-26-003" not in elsewhere.title


@pytest.fixture
def between(example) -> Asking:
    """The housing officer was asked for two actions of JAG, and not for a case of CSAG, a group that asks for nothing; its number is 3."""
    plan, cycle = Plan(example), Cycle(example)
    about = {"at": at("2013-08-13 11:00"), "due": date(2013, 12, 12)}
    for number, wording in enumerate(["Fit alley gates", "Clear the garages"], 1):
        plan.add(wording, "housing-officer", number=number, **about)
    plan.add("Visit case 12", "housing-officer", group="csag", number=3, **about)
    plan.add("Ring case 14", "housing-officer", group="csag", number=1, **about)
    cycle.on("jag")
    cycle.tick(ASK)
    return Asking(example)


def test_a_number_is_of_what_is_awaited_and_the_rest_is_what_is_left_of_it(between):
    line = "1 fitted at last, 12 waiting on highways wont be til jan, rest no change"
    reply = between.answered(line, person="housing-officer", **DIRECT)
    assert [(row[0], row[2], row[4]) for row in table(reply)] == [
        ("JAG-26-001", "update saved", "fitted at last"),
        ("JAG-26-002", "no change", ""),
    ]
    assert "Not saved: “12 waiting on highways wont be til jan”. There is no action 12. See what there is: /action list" in reply.parts
    again = between.answered("1 blocked: hinges", person="housing-officer", **DIRECT)
    assert again.summary == "JAG-26-001: blocked", "which was asked about, and is answered"


def test_a_number_of_what_was_not_asked_about_is_asked(between):
    for line in ("3 fitted at last", "1 done, 3 fitted at last"):
        reply = between(line, person="housing-officer", **DIRECT)
        assert "Which 3? CSAG-26-003 or JAG-26-" in shown(reply)
        assert "CSAG" not in reply.summary
        assert "fitted at last" not in shown(between("/action show CSAG-26-003", at=THEN))
    pressed = next(each.asks for each in reply.asks if each.label.startswith("CSAG-26-003"))
    assert between.answered(pressed, person="housing-officer", **DIRECT).title == "CSAG-26-003: update saved"
    between.answered("2 done", person="housing-officer", **DIRECT)
    assert between.refused("3 fitted", person="housing-officer", **DIRECT) == "Which action do you mean?", "also when all is answered"
    assert between.answered("/action 3 fitted", person="housing-officer", at=THEN).title == "CSAG-26-003: update saved"


def test_the_rest_is_what_has_not_been_answered_yet(between):
    between.answered("1 blocked: no lease", person="housing-officer", **DIRECT)
    reply = between.answered("rest no change", person="housing-officer", **DIRECT)
    assert [row[0] for row in table(reply)] == ["JAG-26-002"]
    reply = between.answered("all no change", person="housing-officer", **DIRECT)
    assert sorted(row[0] for row in table(reply)) == ["CSAG-26-001", "CSAG-26-003"], "nothing is awaited, and news given stays"
    reply = between.answered("all on track", person="housing-officer", **DIRECT)
    assert len(table(reply)) == 4


@pytest.mark.parametrize("person", ["jag-chair", "coordinator"])
def test_no_change_as_a_first_answer_stands_in_the_draft_with_its_day_until_it_is_undone(asking, person):
    said = asking.answered("no change", person="fire-officer", **DIRECT)
    assert "grey: no change (28 Aug)" in asking.shows("/agenda jag", person=person, at=THEN)
    asking.answered(said.asks[0].asks, person="fire-officer", **DIRECT)
    assert "no change (28 Aug)" not in asking.shows("/agenda jag", person=person, at=THEN)
