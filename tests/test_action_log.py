"""A log of actions loaded from a file: twice, with references of its own, and beside what is there already."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest
from acting import Acting, acting, filled, form, plan_of_six, press
from asking import headings, labels, notes, shown, table

from bot.logs import load_actions
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
    return [row[-1] for row in table(reply)]


def save(reply: Reply) -> str:
    return next(button.asks for button in reply.asks if button.asks.startswith("/action keep "))


def test_a_log_loaded_twice_is_held_once(say, load):
    assert asked(load(LOG)) == [""] * 4
    say.answered(save(load(LOG)))
    again = load(LOG)
    assert asked(again) == [f"held already as JAG-13-{number:03d}" for number in (7, 8, 9, 10)]
    assert again.parts[0] == "4 actions read, and all of it is held already, as it is. There is nothing to load."
    assert labels(again) == ["Open actions"]
    assert "You have no drafts." in say.says("/action draft")
    assert say.count() == 10


def test_the_button_of_a_file_loads_it_or_what_is_clear_of_it(say, load):
    assert labels(load(LOG)) == ["Load it", "Throw away"]
    assert labels(load(LOG + "Sweep,college,ASAP,,,\n")) == ["Load the 4 that are clear", "Row 5", "Throw away"]
    say.answered(save(load(LOG)))
    assert labels(load(LOG + "Sweep,college,ASAP,,,\n")) == ["Row 5", "Throw away"]


def test_a_log_held_already_is_nothing_to_keep_at_a_terminal(say, load, tmp_path, capsys):
    say.answered(save(load(LOG)))
    options = Namespace(person="coordinator", at=say.now.isoformat(), group="", yes=False)
    assert load_actions(say.held.store, say.held.partnership, options, tmp_path / "log.csv") == 0
    said = capsys.readouterr()
    assert "There is nothing to load." in said.out
    assert said.err == ""


def test_what_came_with_a_log_is_undone_together_or_one_by_one(say, load):
    saved = say.answered(save(load(LOG)))
    assert say.answered("/action undo JAG-13-007").title == "Undone: JAG-13-007 is withdrawn, and its reference stays"
    say.answered(press(saved, "Undo all"))
    assert [say.status(f"JAG-13-{number:03d}") for number in (7, 8, 9, 10)] == ["withdrawn (grey)"] * 4


def test_what_was_undone_comes_again_as_new_whatever_its_status(say, load):
    log = (
        "Action,Owner,Due,Status\nCut the hedge,college,1.11.13,Complete\nPatrol the park,college,ongoing,A\nWrite,college,ongoing,Closed\n"
    )
    say.answered(press(say.answered(save(load(log))), "Undo all"))
    again = load(log)
    assert asked(again) == [""] * 3
    assert [row[0] for row in table(say.answered(save(again)))] == ["JAG-13-010", "JAG-13-011", "JAG-13-012"]
    assert [say.status(f"JAG-13-00{number}") for number in "789"] == ["withdrawn (grey)"] * 3


def test_a_log_undone_says_what_is_withdrawn_and_what_is_as_before(say, load):
    undone = say.answered(press(say.answered(save(load(LOG))), "Undo all"))
    assert undone.title == "Undone: 4 actions are withdrawn, and their references stay"
    say.answered(save(load(LOG)))
    later = say.answered(save(load(LOG.replace("1.11.13,A,,ordered", ",Done,,cut on Friday") + "Sweep,college,ongoing,,,\n")))
    assert say.answered(press(later, "Undo all")).title == "Undone: 1 action is withdrawn, and its reference stays; 1 as before"


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


MENDED = """Ref,Action,Owner,Due,RAG,Update
12/01,Fit gates,Karen,1.11.13,R,
JAG 45,Write to residents,housng-officer,ASAP,A,drafted
"""


def mend(say: Acting, preview: Reply) -> Reply:
    """Both rows with an owner, the second with a date."""
    say.answered(f"{press(preview, 'Row 1')} owner college")
    return say.answered(f"{press(preview, 'Row 2')}", fields={"owner": "housing-officer", "due": "fri"})


def test_a_preview_shows_how_actions_stand_and_names_what_it_took_plainly(load):
    reply = load(MENDED)
    assert headings(reply) == ["Row", "Action", "Owner", "Due", "Priority", "Group", "Status", "Latest", "To be asked"]
    assert [row[6:8] for row in table(reply)] == [["blocked", ""], ["at risk", "drafted"]]
    assert "Ref as reference; RAG as status; Update as latest update." in notes(reply)
    assert "Red, with no word of why, was read as blocked: row 2." in notes(reply)
    assert ".;" not in shown(reply)


def test_the_references_of_a_log_are_kept_in_the_history_and_found(say, load):
    reply = load(MENDED)
    assert "(12/01, JAG 45) are kept in the history, and found: /action find 12/01" in notes(reply)
    say.answered(save(mend(say, reply)))
    assert [table(say.answered(f"/action find {ref}"))[0][0] for ref in ("12/01", "JAG 45")] == ["JAG-13-007", "JAG-13-008"]
    assert say.history("JAG-13-007")[0][-1] == "was 12/01 in log.csv"


def test_rows_mended_by_hand_are_known_when_the_file_comes_again(say, load):
    say.answered(save(mend(say, load(MENDED))))
    again = load(MENDED)
    assert asked(again) == ["held already as JAG-13-007", "held already as JAG-13-008"]
    assert [row[2:4] for row in table(again)][1] == ["housing-officer", "6 September 2013"]
    assert "There is nothing to load." in again.parts[0]
    later = load(MENDED.replace("drafted", "sent"))
    assert asked(later)[1] == "held already as JAG-13-008; to be brought up to date: latest update"
    say.answered(save(later))
    assert say.shown("JAG-13-008")["Owner"].startswith("housing-officer")
    assert say.count() == 8


def test_a_file_sent_again_takes_the_place_of_its_draft_with_what_was_mended(say, load):
    first = load(MENDED)
    mend(say, first)
    again = load(MENDED)
    assert [row[2] for row in table(again)] == ["college", "housing-officer"]
    assert "takes the place of the draft you had of this file" in notes(again)
    assert "You have no draft" in say.refused(f"/action keep {press(first, 'Throw away').split()[-1]}")
    assert len(table(say.answered("/action draft"))) == 1


@pytest.mark.parametrize(("log", "says"), [(MENDED, "every row has something to be asked"), (LOG, "To keep them: jagbot ask")])
def test_how_to_keep_a_log_is_said_where_any_of_it_can_be_kept(say, tmp_path, capsys, log, says):
    (tmp_path / "log.csv").write_text(log, encoding="utf-8")
    options = Namespace(person="coordinator", at=say.now.isoformat(), group="", yes=False)
    assert load_actions(say.held.store, say.held.partnership, options, tmp_path / "log.csv") == 2
    assert says in " ".join(capsys.readouterr().err.split())
