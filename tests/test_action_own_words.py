"""News of one's own action in plain words, with no number and no command: which it is of is asked, and nothing is lost."""

import pytest
from acting import Acting, C, H, fresh, plan_of_six, press
from asking import facts, labels, notes

DIRECT = {"person": H, "where": "direct message"}
ASKS = "Which action is that the news of?"


@pytest.fixture(scope="module")
def desk(sqlite) -> Acting:
    """The plan of six, and three actions more of the housing officer's."""
    say = fresh(sqlite, "plan of six", plan_of_six)
    for wording in ("Clear the garages", "Light the underpass", "Fix the fence at Woodhall"):
        say.added(f"{wording} @{H} due 12 Dec #asb")
    return say


@pytest.mark.parametrize(
    ("typed", "first", "status"),
    [
        ("garages are done", "JAG-13-007", "done, for JAG to agree"),
        ("the underpass is blocked: no power", "JAG-13-008", "blocked (red: blocked)"),
        ("underpass at risk", "JAG-13-008", "at risk (amber)"),
        ("fence on track thanks", "JAG-13-009", "on track (green)"),
        ("fence no longer blocked", "JAG-13-009", "not reported (grey)"),
        ("fence done", "JAG-13-009", "done, for JAG to agree"),
        ("lights are in", "JAG-13-008", "not reported (grey)"),
        ("we met the fence people", "JAG-13-009", "not reported (grey)"),
    ],
)
def test_words_of_an_action_of_ones_own_beside_how_it_stands_ask_which(desk, typed, first, status):
    reply = desk(typed, **DIRECT)
    assert (reply.refused, reply.summary.startswith(ASKS), labels(reply)[0].partition(":")[0]) == (True, True, first)
    saved = desk.answered(reply.asks[0].asks, **DIRECT)
    assert facts(saved)["Status"].partition(" (")[0] == status.partition(" (")[0]
    desk.answered(press(saved, "Undo"), **DIRECT)


@pytest.mark.parametrize("typed", ["fence done", "underpass at risk"])
def test_who_owns_none_that_has_the_words_is_answered_as_before(desk, typed):
    for person in (C, "analyst"):
        assert desk(typed, person=person).summary.startswith("I don't know “")


@pytest.mark.parametrize(
    "typed",
    [
        "garages",
        "are the garages done?",
        "hotspots garages",
        "how many garages",
        "what about the fence, is it done",
        "find fence done",
        "add Paint the fence done up",
        "my actions blocked",
        "when is the next meeting about garages done",
    ],
)
def test_questions_and_commands_with_words_of_an_action_stay_what_they_are(desk, typed):
    assert not desk(typed, **DIRECT).summary.startswith(ASKS)


def test_a_private_group_s_action_is_not_named_in_the_notification(desk):
    desk.added(f"csag: visit the almshouse @{H} due fri")
    reply = desk("almshouse is blocked: no answer", **DIRECT)
    assert reply.summary == "Which action do you mean?"
    assert press(reply, "CSAG-13-001: visit the almshouse") == "/action update CSAG-13-001 blocked: almshouse is blocked: no answer"
    assert "almshouse" not in notes(reply)


@pytest.mark.parametrize("command", ["", "/action "])
@pytest.mark.parametrize("typed", ["the bins are blocked: no key", "bins are blocked because of the strike"])
def test_that_something_is_so_and_why_is_news_of_no_action_in_particular_and_asks_which(desk, command, typed):
    reply = desk(f"{command}{typed}", **DIRECT)
    assert "Which action" in reply.summary
    assert press(reply, "JAG-13-002: Letter to residents") == f"/action update JAG-13-002 blocked: {typed}"
