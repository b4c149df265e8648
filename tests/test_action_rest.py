"""All but one, and the rest: what "all done except the letter" leaves alone, and what a number or "rest" means to who was asked."""

from __future__ import annotations

import pytest
from acting import Acting, H, acting, plan_of_six, press
from asking import labels, table


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(opened) -> Acting:
    """The housing officer has a case of CSAG beside four actions of JAG."""
    say = acting(opened("plan of six", plan_of_six))
    say.added(f"csag: ring about case 12 @{H} due 13 Dec")
    return say


DM = {"person": H, "where": "direct message"}
LETTER, CASE = "JAG-13-002", "CSAG-13-001"
ALL = ["JAG-13-001", "JAG-13-002", "JAG-13-005", "JAG-13-006", "CSAG-13-001"]


@pytest.mark.parametrize(
    "typed",
    ["all done except the letter", "all done, apart from the letter", "all done but not the letter", "rest done bar residents letter"],
)
def test_what_is_excepted_in_words_is_the_one_action_that_has_them(say, typed):
    reply = say.answered(typed, **DM)
    assert [(row[0], row[2].partition(",")[0]) for row in table(reply)] == [(ref, "done") for ref in ALL if ref != LETTER]
    assert all(not row[4] for row in table(reply)), "and the words are no news"


@pytest.mark.parametrize("but", ["except the letter", "but the letter,"])
def test_what_is_said_of_the_excepted_one_is_its_news(say, but):
    reply = say.answered(f"all on track {but} which is blocked: no stamps", **DM)
    assert {row[0]: (row[2], row[4]) for row in table(reply)} == {
        ref: ("blocked", "no stamps") if ref == LETTER else ("on track", "") for ref in ALL
    }


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("all done except the lettuce", "Which is the lettuce? Nothing was saved yet."),
        ("all done except 2 gates", "Which is 2 gates? Nothing was saved yet."),
        ("all done but the plan", "Which is the plan? Nothing was saved yet."),
        ("rest no change apart from the weather", "Which is the weather? Nothing was saved yet."),
    ],
)
def test_an_exception_that_is_not_understood_is_asked_about_and_changes_nothing(say, typed, asks):
    reply = say(typed, **DM)
    assert (reply.refused, reply.parts[0], reply.summary) == (True, asks, "Which action do you mean?")
    assert {label.partition(":")[0] for label in labels(reply)} == set(ALL)
    assert {say.status(ref) for ref in ALL} == {"not reported (grey)"}
    settled = say.answered(next(each.asks for each in reply.asks if LETTER in each.label), **DM)
    assert sorted(row[0] for row in table(settled)) == sorted(set(ALL) - {LETTER})


def test_of_several_that_have_the_words_each_is_offered(say):
    say.added(f"Letter to shops @{H} due 12 Dec")
    reply = say("all done except the letter", **DM)
    assert labels(reply) == ["JAG-13-002: Letter to residents", "JAG-13-007: Letter to shops"]
    assert press(reply, "JAG-13-007: Letter to shops") == "/action update all done except JAG-13-007"


@pytest.mark.parametrize(
    "typed", ["all on track but 2 weeks late", "all on track but the contractor is slow", "all on track other than that"]
)
def test_words_that_except_nothing_stay_news_of_all(say, typed):
    assert len(table(say.answered(typed, **DM))) == len(ALL)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("no change for all", "no change"), ("/action no change for all of them", "no change"),
        ("/action update no update on any", "no change"),
        ("done for all", "done, for JAG to agree"), ("on track for all of mine.", "on track"),
    ],
)  # fmt: skip
def test_of_all_of_them_may_be_said_last(say, typed, status):
    reply = say.answered(typed, **DM)
    assert [(row[0], row[2], row[4]) for row in table(reply)] == [(ref, status.replace("JAG", ref[:-7]), "") for ref in ALL]


@pytest.mark.parametrize("typed", ["/action 2 no change for all the blocks", "/action 2 on track for them"])
def test_what_is_said_of_one_with_such_words_is_of_that_one(say, typed):
    assert say.answered(typed, **DM).title.startswith(f"{LETTER}: ")


def test_a_misspelt_status_is_read_and_said(say):
    reply = say.answered("2 dne, 5 waitng on highways wont be til jan, rest no chnage", **DM)
    same = "no change; “no chnage” read as no change"
    assert {row[0]: (row[2], row[4]) for row in table(reply)} == {
        LETTER: ("done, for JAG to agree; “dne” read as done", ""),
        "JAG-13-005": ("update saved; asked for 31 January 2014; at risk, as a later date is asked", "waitng on highways wont be til jan"),
        "JAG-13-001": (same, ""),
        "JAG-13-006": (same, ""),
        "CSAG-13-001": (same, ""),
    }
    assert say.answered("6 blokced: no lease", **DM).title == "JAG-13-006: blocked; “blokced” read as blocked"


def test_the_rest_is_without_those_that_a_number_may_mean(say):
    reply = say.answered("1 done, rest no change", **DM)
    assert [row[0] for row in table(reply)] == ["JAG-13-002", "JAG-13-005", "JAG-13-006"]
    assert labels(reply)[-2:] == ["JAG-13-001: Fit alley gates", "CSAG-13-001: ring about case 12"]


@pytest.mark.parametrize("typed", ["2 fitted, 13-5 is done", "2 fitted, 13-05 done", "13-5 is done, 2 fitted"])
def test_a_year_and_a_number_is_an_action(say, typed):
    reply = say.answered(typed, **DM)
    assert {row[0]: row[2].partition(",")[0] for row in table(reply)} == {LETTER: "update saved", "JAG-13-005": "done"}


def test_where_a_year_and_a_number_may_be_a_row_of_actions_it_is_asked(say):
    for number in range(7, 15):
        say.added(f"Visit block {number} @{H} due 12 Dec")
    reply = say("13-14 is done", **DM)
    assert reply.parts[0] == "Which 13-14? JAG-13-014 or 13 to 14?"
    assert labels(reply) == ["JAG-13-014: Visit block 14", "13 to 14"]
    assert [row[0] for row in table(say.answered(press(reply, "13 to 14"), **DM))] == ["JAG-13-013", "JAG-13-014"]
    reply = say("2 done, 13-12 is blocked, 13-14 on track", **DM)
    assert [row[0] for row in table(reply)] == [LETTER, "JAG-13-012"]
    assert labels(reply)[-2:] == ["JAG-13-014: Visit block 14", "13 to 14"]
