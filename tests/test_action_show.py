"""/action show: one action as it stands, what may be done with it, and its whole history."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asking import Asking, facts, labels, table
from planned import NOW, TODAY, TOMORROW, YESTERDAY, Plan

from commands.reply import Choice

MINUTE = timedelta(minutes=1)
CSAG_WORDS = "Case conference on the tenancy at Gadebridge"


@pytest.fixture
def plan(example) -> Plan:
    plan = Plan(example)
    plan.add("Fit alley gates behind the shops", number=4, due=YESTERDAY, priority="asb", supporters=["fire-officer"], meeting=TODAY)
    return plan


@pytest.fixture
def ask(plan) -> Asking:
    return Asking(plan.held)


@pytest.mark.parametrize("line", ["/action show 4", "/action 4", "/action show jag 26 4", "/action show JAG-26-004", "/action show #4"])
def test_an_action_is_shown_by_its_reference_or_its_number(ask, line):
    reply = ask.answered(line, person="analyst")
    assert reply.title == "JAG-26-004: Fit alley gates behind the shops"
    assert reply.summary == "JAG-26-004: not reported, housing-officer, due 9 February 2026."
    about = facts(reply)
    assert about["Owner"] == "housing-officer, Housing Officer, Hightown Housing Association"
    assert about["Supported by"] == "fire-officer"
    assert about["Due"] == "9 February 2026"
    assert about["Status"] == "not reported (red: overdue)"
    assert about["Raised"] == "11 January 2026 by coordinator, at JAG of 10 February 2026"


def test_a_long_wording_stands_below_its_reference(plan, ask):
    plan.add("A long one. " * 20, number=5)
    reply = ask.answered("/action show 5")
    assert (reply.title, reply.parts[0]) == ("JAG-26-005", "A long one. " * 20)


def test_the_history_says_who_for_whom_from_where_what_changed_and_the_words_as_typed(plan, ask):
    plan.said("JAG-26-004", "4 at risk: contractor delayed", "housing-officer", at=NOW - 3 * MINUTE, where="#jag", status="at risk")
    plan.said("JAG-26-004", "4 due 31 jan 27", verb="due", at=NOW - 2 * MINUTE, due_on=TODAY.replace(year=2027))
    plan.said("JAG-26-004", "karen rang for @fire-officer", for_="fire-officer", at=NOW - MINUTE)
    rows = table(ask.answered("/action show 4", person="analyst"))
    assert rows == [
        ["10 Feb 2026 08:59", "coordinator for fire-officer", "terminal", "update", "karen rang for @fire-officer"],
        ["10 Feb 2026 08:58", "coordinator", "terminal", "due 9 February 2026 → 10 February 2027", "4 due 31 jan 27"],
        ["10 Feb 2026 08:57", "housing-officer", "#jag", "update: status not reported → at risk", "4 at risk: contractor delayed"],
        [
            "11 Jan 2026 09:00",
            "coordinator",
            "terminal",
            "added: due 9 February 2026; status not reported; owner housing-officer; supporters fire-officer; priority asb",
            "add Fit alley gates behind the shops",
        ],
    ]


def test_an_undone_line_stays_and_says_so(ask):
    ask.answered("/action 4 blocked: no key", person="housing-officer")
    ask.answered("/action undo 4", person="housing-officer", at=NOW + MINUTE)
    whats = [row[3] for row in table(ask.answered("/action show 4", at=NOW + MINUTE))]
    assert whats[1].endswith("→ blocked (undone)")
    assert whats[0].startswith("undone: status blocked → not reported")


def test_more_than_thirty_lines_go_on_with_the_next_page(plan, ask):
    for number in range(40):
        plan.said("JAG-26-004", f"news {number}", at=NOW + number * MINUTE)
    first = ask.answered("/action show 4")
    assert [row[4] for row in table(first)][::29] == ["news 39", "news 10"]
    older = next(button.asks for button in first.asks if button.label == "Older")
    assert [row[4] for row in table(ask.answered(older))][::10] == ["news 9", "add Fit alley gates behind the shops"]


@pytest.mark.parametrize(
    ("person", "status", "offered"),
    [
        (
            "housing-officer",
            "on track",
            ["Write an update", "Ask for a new date", "Ask for another owner", "Ask to escalate", "Ask to refer", "Ask to withdraw"],
        ),
        ("asb-lead", "on track", ["Write an update", "Change the date", "Assign", "Escalate", "Refer", "Withdraw"]),
        ("jag-chair", "done", ["Write an update", "Change the date", "Assign", "Reopen", "Close", "Withdraw"]),
        ("housing-officer", "closed", ["Ask to reopen"]),
        ("analyst", "on track", []),
    ],
)
def test_what_is_offered_is_what_somebody_may_do(plan, ask, person, status, offered):
    plan.said("JAG-26-004", "so it is", "road-safety", status=status)
    reply = ask.answered("/action show 4", person=person)
    choice = next((part for part in reply.parts if isinstance(part, Choice)), None)
    answers = [button.label for button in choice.options] if choice else []
    assert [label for label in labels(reply) if label not in answers] == [*offered, "My actions"]
    assert bool(choice) == ("Write an update" in offered)
    assert not choice or choice.chosen == {"on track": "On track", "done": "Done"}[status]


def test_one_s_own_last_change_can_be_undone(plan, ask):
    plan.said("JAG-26-004", "at risk", "housing-officer", status="at risk")
    assert "Undo" in labels(ask("/action show 4", person="housing-officer"))
    assert "Undo" not in labels(ask("/action show 4", person="asb-lead"))


def test_a_request_that_waits_is_shown_with_what_settles_it(plan, ask):
    number = plan.asks("JAG-26-004", "due 31 March 2026")
    reply = ask.answered("/action show 4", person="jag-chair")
    assert facts(reply)["Asked for"] == "due 31 March 2026, asked by housing-officer on 10 February 2026"
    assert f"/action agree {number}" in [button.asks for button in reply.asks]


def test_where_an_action_comes_from_is_said_to_those_who_see_it(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1)
    plan.add("Light the path", number=5, due=TOMORROW, parent="CSAG-26-001", lineage="escalated from")
    assert facts(ask("/action show JAG-26-005"))["Lineage"] == "escalated from CSAG-26-001"
    assert facts(ask("/action show CSAG-26-001"))["Goes on as"] == "JAG-26-005"
    assert "CSAG" not in str(ask("/action show JAG-26-005", person="analyst"))


def test_of_a_csag_action_a_notification_says_only_how_many(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1)
    assert ask.says("/action show CSAG-26-001", person="csag-chair") == "1 CSAG action"


CSAG_SHOWS = (
    "/action show CSAG-26-001",
    "/action show csag 26 1",
    "/action show 1",
    "/action 1",
    "/action show 4",
    "/action show CSAG-26-001 page 2",
)


@pytest.mark.parametrize("person", ["jag-chair", "analyst"])
def test_what_csag_has_does_not_exist_for_others_letter_for_letter(plan, ask, person):
    before = [ask(line, person=person) for line in CSAG_SHOWS]
    plan.add(CSAG_WORDS, group="csag", number=1, parent="JAG-26-004", lineage="referred from", supporters=[person])
    plan.add(CSAG_WORDS, group="csag", number=4, due=YESTERDAY)
    plan.asks("CSAG-26-001", "due 31 March 2026")
    assert [ask(line, person=person) for line in CSAG_SHOWS] == before


def test_a_line_that_settled_csag_s_actions_too_shows_others_only_their_part(plan, ask):
    plan.add(CSAG_WORDS, group="csag", number=1)
    ask.answered("/action jag-26-4 gates ordered, csag-26-1 tenancy at risk", where="#csag")
    assert table(ask("/action show JAG-26-004", person="analyst"))[0][2:] == ["a private channel", "update", "jag-26-4 gates ordered"]
    assert table(ask("/action show JAG-26-004", person="housing-officer"))[0][2:] == ["#csag", "update", "jag-26-4 gates ordered"]


def test_what_is_not_there_and_what_is_no_reference_are_refused(ask):
    assert ask.refused("/action show 99") == "There is no action 99. See what there is: /action list"
    assert ask.refused("/action show gates").startswith("Which action? Give its reference or its number")


def test_words_of_a_form_are_shown_with_what_it_called_its_fields(ask):
    ask.answered("/action update 4", fields={"status": "at risk", "said": "contractor late", "due": ""})
    assert table(ask("/action show 4"))[0][4] == "Now: at risk; News: contractor late"
