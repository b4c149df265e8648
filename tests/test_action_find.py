"""/action find: words in actions and in what was said of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from asking import Asking, labels, table
from planned import NOW, Plan

DAY = timedelta(days=1)


@pytest.fixture
def plan(example) -> Plan:
    plan = Plan(example)
    plan.add("Light the bus station", number=1)
    plan.add("Meet the owners of the Café Zoë", "jag-chair", number=2, status="closed")
    plan.add("Fit alley gates, 50% paid", "fire-officer", number=3)
    plan.add("Count burglaries, don’t guess", "burglary-lead", number=4)
    plan.said("JAG-26-003", "no gate fits at the bus\nstation, said the contractor", "fire-officer", at=NOW - DAY)
    plan.said("JAG-26-003", "one gate is fitted 🚒", "fire-officer")
    return plan


@pytest.fixture
def ask(plan) -> Asking:
    return Asking(plan.held)


def found(reply) -> list[str]:
    return [row[0] for row in table(reply)] if any(hasattr(part, "rows") for part in reply.parts) else []


@pytest.mark.parametrize(
    ("words", "refs"),
    [
        ("bus station", ["JAG-26-003", "JAG-26-001"]),
        ("BUS STATIONS", ["JAG-26-003", "JAG-26-001"]),
        ("station bus light", ["JAG-26-001"]),
        ("cafe zoe", ["JAG-26-002"]),
        ("CAFÉ", ["JAG-26-002"]),
        ("owner", ["JAG-26-002"]),
        ("burglary", ["JAG-26-004"]),
        ("don't", ["JAG-26-004"]),
        ("jag-26-004", ["JAG-26-004"]),
        ("50%", ["JAG-26-003"]),
        ("%", ["JAG-26-003"]),
        ("_", []),
        ("f_t", []),
        ("b%s", []),
        ("🚒", ["JAG-26-003"]),
        ("gates bus", ["JAG-26-003"]),
        ("zzz", []),
    ],
)
def test_all_words_are_found_whatever_their_case_accents_and_number(ask, words, refs):
    assert found(ask.answered(f"/action find {words}")) == refs


def test_what_is_found_says_where_and_shows_the_words_around_it(ask):
    reply = ask.answered("/action find bus station")
    assert table(reply) == [
        [
            "JAG-26-003",
            "Fit alley gates, 50% paid",
            "not reported",
            "update by fire-officer, 9 Feb",
            "no gate fits at the bus station, said the contractor",
        ],
        ["JAG-26-001", "Light the bus station", "not reported", "wording", "Light the bus station"],
    ]
    assert reply.summary == "2 actions found: JAG-26-003 and JAG-26-001."
    assert "Show JAG-26-003" in labels(reply)


def test_open_actions_come_first_and_then_the_newest(plan, ask):
    plan.add("A kiosk", number=5, status="closed", at=NOW)
    plan.add("Kiosk two", number=6, at=NOW - 3 * DAY)
    plan.add("Kiosk three", number=7, at=NOW - 2 * DAY)
    assert found(ask.answered("/action find kiosks")) == ["JAG-26-007", "JAG-26-006", "JAG-26-005"]


def test_twenty_are_on_a_page(plan, ask):
    for number in range(10, 35):
        plan.add(f"Visit shop {number}", number=number)
    first = ask.answered("/action find shops")
    assert first.parts[0] == "25 places, 1–20 of 25."
    assert len(found(ask.answered(first.asks[0].asks))) == 5


def test_what_is_not_found_is_offered_as_what_it_is_like(ask):
    reply = ask.answered("/action find bus staton")
    assert reply.parts[0] == "Nothing that you see has “bus” and “staton” together. Did you mean “bus station”?"
    assert reply.summary == "Nothing found.", "a word offered may be a private group's"
    assert found(ask.answered(reply.asks[0].asks)) == ["JAG-26-003", "JAG-26-001"]
    assert "together. Try fewer words, or a part of one." in str(ask.answered("/action find zoe burglary").parts[0])
    assert ask.refused("/action find").startswith("What shall I look for?")


def test_a_line_that_settled_several_is_found_for_what_it_said_of_each(plan, ask):
    plan.said("JAG-26-003", "3 scaffold is up", said="scaffold is up", settled="abc")
    plan.said("JAG-26-001", "1 lamps ordered", said="lamps ordered", settled="abc")
    assert found(ask.answered("/action find scaffold")) == ["JAG-26-003"]


CSAG_WORDS = ("tenancy", "tenancey", "gadebridge tenancy", "csag", "CSAG-26-001", "bus station", "bus tenancy", "refuge", "refuje", "001")


@pytest.mark.parametrize("person", ["jag-chair", "analyst"])
def test_no_word_of_csag_is_found_or_offered_to_others_letter_for_letter(plan, ask, person):
    before = [ask(f"/action find {words}", person=person) for words in CSAG_WORDS]
    plan.add("Case conference on the tenancy at Gadebridge, bus station", group="csag", number=1, supporters=[person])
    plan.said("CSAG-26-001", "refuge found", "csag-chair")
    assert [ask(f"/action find {words}", person=person) for words in CSAG_WORDS] == before
    assert found(ask("/action find refuge", person="csag-chair")) == ["CSAG-26-001"]
    assert ask.says("/action find refuge", person="csag-chair") == "1 CSAG action"
