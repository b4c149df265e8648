"""What is due "next JAG" follows the group's next meeting wherever that goes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from arranging import NOW, Says
from asking import facts, labels, notes, table


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    """JAG-13-001 is due at the next JAG, JAG-13-002 on the day it is held on as it happens, JAG-13-003 is done."""
    says = Says(example)
    says.answered("/action add Light the underpass @housing-officer due next JAG")
    says.answered("/action add Count the bins @fire-officer due 10 Dec")
    says.answered("/action add Thank the wardens @college due next JAG")
    says.answered("/action done 3 thanked")
    return says


def due(say: Says, number: int = 1, **who) -> str:
    return facts(say.answered(f"/action show JAG-13-{number:03d}", **who))["Due"]


def test_what_is_due_at_a_meeting_follows_it_and_comes_back(say):
    moved = say.answered("/meeting move jag 10 Dec to 12 Dec 14:00 because the chair is away")
    assert notes(moved) == "2 actions due next JAG are due then: 12 December 2013."
    assert [due(say, number) for number in (1, 2, 3)] == ["next JAG (12 December 2013)", "10 December 2013", "next JAG (12 December 2013)"]
    overdue = say.answered("/action list overdue jag", at=NOW + timedelta(days=9))
    assert [row[0] for row in table(overdue)] == ["JAG-13-002"], "the day before its meeting nothing due at that is late"
    shown = [row for row in table(say.answered("/agenda jag")) if row[0] == "JAG-13-001"]
    assert [row[3] for row in shown] == ["this meeting"]
    say.press(moved, "Undo")
    assert due(say) == "next JAG (10 December 2013)"


def test_what_was_due_at_a_cancelled_meeting_is_due_at_the_next_that_is_held(say):
    cancelled = say.answered("/meeting cancel jag 10 Dec because of the snow")
    assert notes(cancelled) == "2 actions due next JAG are due then: 14 January 2014."
    assert due(say) == "next JAG (14 January 2014)"
    assert notes(say.press(cancelled, "Undo")) == "2 actions due next JAG are due then: 10 December 2013."
    assert due(say) == "next JAG (10 December 2013)"


def test_a_meeting_moved_past_another_leaves_what_was_due_to_that_one(say):
    say.answered("/meeting move jag 10 Dec to 20 Dec")
    say.answered("/meeting add jag 18 Dec 10:00")
    assert due(say) == "next JAG (18 December 2013)", "the next meeting is that by now"
    say.answered("/meeting cancel jag 18 Dec")
    assert due(say) == "next JAG (20 December 2013)"


def test_a_meeting_that_was_not_held_is_found_out_afterwards(say):
    after = NOW + timedelta(days=9)
    asked = say("/meeting cancel jag 10 Dec because of the snow", at=after)
    cancelled = say.press(asked, asked.asks[0].label, at=after)
    assert due(say, at=after) == "next JAG (14 January 2014)"
    assert notes(say.press(cancelled, "Undo", at=after)) == "2 actions due next JAG are due then: 10 December 2013."
    assert due(say, at=after) == "next JAG (10 December 2013)"


def test_a_new_cadence_takes_along_what_is_due_next(say):
    changed = say.answered("/meeting cadence jag third tuesday 10:00")
    assert "2 actions due next JAG are due then: 17 December 2013." in notes(changed)
    assert due(say) == "next JAG (17 December 2013)"


def test_the_history_says_that_it_follows_and_nobody_undoes_it(say):
    say.answered("/action update 1 at risk: no contractor", person="housing-officer")
    say.answered("/meeting move jag 10 Dec to 12 Dec because the chair is away")
    line = table(say.answered("/action show 1"))[0]
    assert line[1:4] == ["coordinator", "terminal", "follows the meeting: due 10 December 2013 → 12 December 2013"]
    assert "Undo" in labels(say.answered("/action show 1", person="housing-officer"))
    assert say.says("/action undo 1", person="housing-officer") == "Undone: JAG-13-001 is as it was"
    assert due(say) == "next JAG (12 December 2013)"
    assert say.refused("/action undo 1 ~3") == "You have changed nothing of JAG-13-001 that is still to undo."


def test_a_date_that_is_taken_back_to_the_next_meeting_is_that_of_the_meeting_as_it_is(say):
    later = NOW + timedelta(minutes=5)
    say.answered("/action due 1 20 Jan contractor delayed", at=later)
    say.answered("/meeting move jag 10 Dec to 12 Dec")
    assert due(say) == "20 January 2014"
    say.answered("/action undo 1", at=later)
    assert due(say) == "next JAG (12 December 2013)"


def test_a_request_for_the_next_meeting_means_the_meeting_as_it_is_when_it_is_agreed(say):
    asked = say.answered("/action due 2 next jag", person="fire-officer")
    assert asked.title == "JAG-13-002: asked, due next JAG (10 December 2013)"
    say.answered("/meeting move jag 10 Dec to 12 Dec")
    say.press(say.answered("/action list asked"), "Agree: JAG-13-002")
    assert due(say, 2) == "next JAG (12 December 2013)"


def test_what_is_due_at_the_meeting_that_goes_on_stays_due_at_it(say):
    opened = NOW + timedelta(days=8, hours=1)
    say.answered("/meeting start jag", at=opened)
    say.answered("/action add Mend the gate @college due next JAG", at=opened)
    say.answered("/meeting move jag 14 Jan to 16 Jan", at=opened)
    assert [due(say, number, at=opened) for number in (1, 4)] == ["next JAG (10 December 2013)", "next JAG (16 January 2014)"]
