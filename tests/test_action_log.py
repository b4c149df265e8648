"""A log of actions loaded from a file: twice, with references of its own, and beside what is there already."""

from collections.abc import Callable
from pathlib import Path

import pytest
from acting import Acting, acting, filled, form, plan_of_six, press
from asking import table

from commands import Enquiry
from commands.plan.drafting import from_file
from commands.reply import Reply
from models.people import Person

LOG = """Action,Owner,Due,Status,Date closed,Progress
Cut the hedge,college,1.11.13,A,,ordered
Patrol the park,housing-officer,,,1.8.13,
Patrol the park,housing-officer,,,1.8.13,
Write to residents,fire-officer,ongoing,,,
"""


@pytest.fixture
def say(opened) -> Acting:
    return acting(opened("plan of six", plan_of_six))


@pytest.fixture
def load(say: Acting, tmp_path: Path) -> Callable[[str], Reply]:
    """The preview of a log."""

    def loaded(text: str) -> Reply:
        (tmp_path / "log.csv").write_text(text, encoding="utf-8")
        with say.held.store.session(say.held.partnership.id, writing=True) as session:
            return from_file(tmp_path / "log.csv", Enquiry("", Person.named("coordinator", session), say.now), session)[0]

    return loaded


def asked(reply: Reply) -> list[str]:
    return [row[6] for row in table(reply)]


def save(reply: Reply) -> str:
    return next(button.asks for button in reply.asks if button.label.startswith("Save"))


def test_a_log_loaded_twice_is_held_once(say, load):
    assert asked(load(LOG)) == [""] * 4
    say.answered(save(load(LOG)))
    again = load(LOG)
    assert asked(again) == [f"held already as JAG-13-{number:03d}" for number in (7, 8, 9, 10)]
    assert again.parts[0] == "4 actions read, nothing saved yet. 4 held already."
    assert say.answered(save(again)).title == "4 held already, as they are"
    assert say.count() == 10


def test_what_a_later_log_says_otherwise_is_shown_and_brought_up_to_date(say, load):
    say.answered(save(load(LOG)))
    again = load(LOG.replace("1.11.13,A,,ordered", ",Done,,cut on Friday"))
    assert asked(again)[0] == "held already as JAG-13-007; to be brought up to date: latest update and status"
    assert say.answered(save(again)).title == "1 action brought up to date; 3 held already, as they are"
    read = say.shown("JAG-13-007")
    assert (read["Latest"], read["Due"]) == ("cut on Friday", "1 November 2013")
    say.answered("/action undo JAG-13-007")
    assert say.shown("JAG-13-007")["Latest"] == "ordered"


def test_an_action_that_comes_back_after_it_was_closed_is_a_new_one(say, load):
    say.answered(save(load(LOG)))
    assert asked(load("Action,Owner,Due\nPatrol the park,housing-officer,ongoing\n")) == [""]


REFS = """Ref,Action,Owner,Due,Group
JAG-13-021,Cut the hedge,college,1.11.13,
jag-13-21,Cut the hedge again,college,1.11.13,
CSAG-13-002,Visit,csag-chair,next mtg,
JAG-13-029,Patrol the park,college,ongoing,
JAG-13-003,Audit,csag-chair,ongoing,CSAG
ZZZ-13-003,Sweep,college,ongoing,
"""


def test_a_reference_that_cannot_be_is_asked_about_row_by_row_and_the_others_are_saved(say, load):
    reply = load(REFS)
    twice = "JAG-13-021 stands in rows 1 and 2. Leave all but one out, or take the reference off the others."
    mistaken = "JAG-13-003 is no reference of CSAG. Take it off, and it gets the next one."
    assert asked(reply) == [twice, twice, "", "", mistaken, "You add no actions to a group called “ZZZ”."]
    assert [row[5] for row in table(reply)][:5] == ["JAG", "JAG", "CSAG", "JAG", "CSAG"]
    assert [row[0] for row in table(say.answered(save(reply)))] == ["CSAG-13-002", "JAG-13-029"]
    assert asked(say.answered(f"{press(reply, 'Row 2')} drop"))[0] == ""
    row = say.answered(press(reply, "Row 5"))
    assert asked(say.answered(form(row).asks, fields=filled(row) | {"ref": ""}))[1] == ""
    assert [row[0] for row in table(say.answered(save(reply)))] == ["JAG-13-021", "CSAG-13-003"]


def test_a_pasted_reference_does_not_change_what_is_not_ones_own_to_change(say):
    reply = say.answered("/action add • JAG-13-001\tFit no gates\tcollege\tfri\n• 7\tPatrol\tcollege\tfri", person="fire-officer")
    assert asked(reply)[0].startswith("JAG-13-001 is held already, and not yours to change.")
    say.answered(save(reply), person="fire-officer")
    assert say.shown("JAG-13-001")["Action"] == "Fit alley gates"


def test_an_owner_of_actions_of_several_groups_is_told_without_the_private_ones_words(say):
    reply = say.answered("/action add \nGroup\tAction\tOwner\tDue\nJAG\tFit gates\thousing-officer\tfri\nCSAG\tVisit\thousing-officer\tfri")
    told = say.told(say.answered(save(reply)))["housing-officer"]
    assert told.summary == "1 CSAG action"
