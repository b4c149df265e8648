"""Minutes: drafted when a meeting is closed, written in, agreed by the next one and locked; printed, and found."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import pytest
from acting import Acting, acting, filled, form, plan_of_six, press, words
from asking import facts, labels, table
from sqlalchemy import select

from bot.__main__ import parser
from bot.filed import filed
from bot.markdown import markdown
from bot.running import run
from bot.settings import Settings
from commands.meetings.written import read, text_of, written
from commands.reply import Heading, Paper, Reply, Section, Table
from models.agendas import AGREED, Minutes
from models.meetings import Meeting
from models.notices import Notice
from models.people import Person
from scheduler import all_jobs
from scheduler.saying import Skip
from scheduler.saying import said as says

BEGINS, NEXT = datetime(2013, 9, 10, 9, 2, tzinfo=UTC), datetime(2013, 10, 8, 9, 2, tzinfo=UTC)
CHAIR, H, C = "jag-chair", "housing-officer", "college"


@pytest.fixture
def say(opened) -> Acting:
    made = acting(opened("plan of six", plan_of_six))
    made.now = BEGINS
    return made


@pytest.fixture
def closed(say) -> Acting:
    """The JAG of 10 September: 2 is agreed, 1 reported done, 4 at risk, 5 escalated, 7 raised; two decisions, one struck out."""
    say.answered("/meeting start jag", person=CHAIR)
    say.answered("/meeting present @housing-officer, @fire-officer, @asb-deputy for @asb-lead, Jo Bloggs of the Samaritans", person=CHAIR)
    say.answered("/meeting sorry @college", person=CHAIR)
    say.answered("/meeting decision jag: Move the knife arch to the bus station", person=CHAIR)
    say.answered("/meeting decision jag: Cake", person=CHAIR)
    say.answered("/meeting strike jag: decision 2", person=CHAIR)
    say.answered("/meeting note jag: The wardens were thanked", person=CHAIR)
    say.answered("/action done 2 letters sent", person=H)
    say.answered("/action close 2", person=CHAIR)
    say.answered("/action done 1 gates fitted", person=H)
    say.answered("/action 4 at risk: paint is late", person=C)
    say.answered("/action escalate 5 to raog because of money", person=CHAIR)
    say.added("Check the lights @housing-officer due fri #asb", person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    return say


def sections(reply: Reply) -> dict[str, str]:
    """What stands under each heading, tables as their rows."""
    found: dict[str, list[str]] = {}
    for part in reply.parts:
        if isinstance(part, Heading):
            found[part.text.partition(". ")[2]] = []
        elif found and isinstance(part, str | Table):
            said = part if isinstance(part, str) else "\n".join(" | ".join(map(str, row)) for row in part.rows)
            found[list(found)[-1]].append(said)
    return {heading: "\n".join(said) for heading, said in found.items()}


def minutes(say: Acting, what: str = "jag", **who) -> dict[str, str]:
    return sections(say.answered(f"/meeting minutes {what}", **({"person": CHAIR} | who)))


# The draft


def test_matters_arising_are_named_by_reference(closed):
    assert minutes(closed)["Matters arising"].splitlines() == [
        "- JAG-13-001: reported done, for JAG to agree",
        "- JAG-13-002: completed",
        "- JAG-13-003: to be updated at the next meeting",
        "- JAG-13-004: at risk: paint is late",
        "- JAG-13-005: escalated; to be updated at the next meeting",
        "- JAG-13-006: to be updated at the next meeting",
    ]


def test_what_is_handed_on_once_the_meeting_is_open_is_said_however_early_that_was(say):
    say.answered("/meeting start jag", person=CHAIR, at=datetime(2013, 9, 10, 8, 50, tzinfo=UTC))
    say.answered("/action escalate 5 to raog because of money", person=CHAIR, at=datetime(2013, 9, 10, 8, 52, tzinfo=UTC))
    say.answered("/meeting close jag", person=CHAIR)
    assert "- JAG-13-005: escalated; to be updated at the next meeting" in minutes(say)["Matters arising"].splitlines()


def test_nobody_is_in_the_chair_who_is_not_recorded_as_present(say):
    afterwards = datetime(2013, 9, 12, 9, tzinfo=UTC)
    say.answered("/meeting start raog 4 sep", person="strategy-chair", at=afterwards)
    say.answered("/meeting present @coordinator", person="strategy-chair", at=afterwards)
    say.answered("/meeting close raog", person="strategy-chair", at=afterwards)
    came = minutes(say, "raog 4 Sep", person="strategy-chair")["Attendance and apologies"]
    assert came.startswith("Held from 09:30 to 11:00.\ncoordinator | ")


def test_no_change_is_news_as_well_and_has_its_day(say):
    say.answered("/action 1 at risk", person=H)
    say.answered("/action 1 no change", person=H)
    say.answered("/action 4 no change, paint is late", person=C)
    say.answered("/meeting start jag", person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    arising = minutes(say)["Matters arising"].splitlines()
    assert [arising[0], arising[3]] == [
        "- JAG-13-001: at risk, no change (10 September)",
        "- JAG-13-004: no change (10 September): paint is late",
    ]


def test_decisions_are_numbered_and_one_struck_out_is_left_out(closed):
    assert minutes(closed)["Decisions"] == "1. Move the knife arch to the bus station"


def test_actions_raised_have_owner_and_date(closed):
    assert minutes(closed)["Actions raised"] == "JAG-13-007 | Check the lights | housing-officer | 13 September 2013"


def test_who_came_for_which_agency_and_whether_it_was_quorate(closed):
    came = minutes(closed)["Attendance and apologies"]
    assert "jag-chair | Chair of JAG | Hertfordshire Constabulary" in came
    assert "asb-deputy, for asb-lead | " in came
    assert "Jo Bloggs of the Samaritans | guest | " in came
    assert "Apologies: college (West Herts College)." in came
    assert "Held from 10:03 to 10:16. In the chair: jag-chair." in came
    assert "the quorum being 3" in came
    assert "the quorum being 3: quorate" in came
    assert "Nothing is recorded of 19 other members of the group. No attendance or apologies are recorded for " in came
    assert "alcohol-deputy" not in came
    assert "CGL" in came
    assert "West Herts College" not in came.partition("No attendance or apologies")[2], "it has sent its apologies"


def test_a_few_of_whom_nothing_is_recorded_are_named(say):
    say.answered("/meeting start csag", person="csag-chair", at=datetime(2013, 9, 12, 13, tzinfo=UTC))
    say.answered("/meeting present @housing-officer, @asb-lead, @youth-officer, @fire-officer", person="csag-chair")
    say.answered("/meeting close csag", person="csag-chair")
    assert (
        "Nothing is recorded of college, coordinator and dens-officer.\n"
        in minutes(say, "csag", person="csag-chair")["Attendance and apologies"]
    )


def test_it_was_held_inquorate_and_that_forbids_nothing(say):
    say.answered("/meeting start jag", person=CHAIR)
    assert facts(say.answered("/meeting close jag", person=CHAIR))["Quorum"] == (
        "1 responsible authority (Hertfordshire Constabulary), the quorum being 3: held inquorate."
    )
    assert "held inquorate" in minutes(say)["Attendance and apologies"]


@pytest.fixture
def afterwards(say) -> Acting:
    """The JAG of 10 September, recorded on the 16th."""
    say.answered("/action done 2 letters sent", person=H)
    say.now = datetime(2013, 9, 16, 9, 0, tzinfo=UTC)
    say.answered("/meeting start jag 2013-09-10 10.00")
    say.answered("/meeting present @jag-chair, @fire-officer")
    say.answered("/meeting decision jag: Move the knife arch")
    say.answered("/action close 2")
    say.answered("/action 4 at risk: paint is late", person=C)
    say.added("Check the lights @housing-officer due next JAG #asb")
    return say


def test_a_meeting_recorded_days_afterwards_has_all_that_was_recorded_for_it(afterwards):
    closed = facts(afterwards.answered("/meeting close jag"))
    assert (closed["Held"], closed["Present"]) == ("10:00 to 12:00", "2")
    assert (closed["Actions raised"], closed["Actions agreed as done"], closed["Decisions"]) == ("1", "1", "1")
    found = minutes(afterwards)
    assert found["Actions raised"] == "JAG-13-007 | Check the lights | housing-officer | next JAG (8 October 2013)"
    assert "- JAG-13-002: completed" in found["Matters arising"].splitlines()
    assert "- JAG-13-004: at risk: paint is late" in found["Matters arising"]
    assert "Held from 10:00 to 12:00. In the chair: jag-chair." in found["Attendance and apologies"]
    assert "coordinator |" not in found["Attendance and apologies"], "who records it need not have been there"


def test_one_that_nobody_closes_is_not_recorded_for_ever(afterwards):
    afterwards.later(hours=13)
    assert "at JAG" not in afterwards.shown(afterwards.added("Mend the gate @housing-officer due 12 Dec"))["Raised"]


def test_what_is_recorded_before_the_hour_is_due_at_the_meeting_after_and_its_items_are_for_that(say):
    say.now = BEGINS - timedelta(minutes=12)
    say.answered("/meeting start jag", person="jag-deputy")
    ref = say.added("Check the lights @housing-officer due next JAG #asb", person=CHAIR)
    assert say.shown(ref)["Due"] == "next JAG (8 October 2013)"
    assert say.shown(ref)["Raised"].endswith("at JAG of 10 September 2013")
    assert say.answered("/agenda add jag Fireworks", person=CHAIR).title == "Suggested for JAG, 8 October 2013"
    assert "Fireworks" not in say.shows("/agenda jag 10 Sep", person=CHAIR)
    assert "Fireworks" in say.shows("/agenda jag 8 Oct", person=CHAIR)
    say.answered("/meeting close jag", person="jag-deputy")
    assert "In the chair: jag-deputy." in minutes(say)["Attendance and apologies"]


def test_the_date_of_the_next_meeting_is_in_it(closed):
    assert minutes(closed)["Date of the next meeting"].startswith("Tuesday 8 October 2013 at 10:00")


def test_chair_and_coordinator_are_given_the_draft(say):
    say.answered("/meeting start jag", person=CHAIR)
    reply = say.answered("/meeting close jag", person=CHAIR)
    told = say.told(reply)
    assert set(told) == {"coordinator", CHAIR}
    assert len(reply.tells) == 2
    assert told[CHAIR].title == "The minutes of JAG of 10 September 2013 are drafted"
    assert "Decisions" in minutes(say, press(told[CHAIR], "Read them").removeprefix("/meeting minutes "))


def test_what_is_recorded_after_it_was_closed_is_in_the_draft(closed):
    assert "The draft of the minutes has it." in words(closed.answered("/meeting decision jag: Buy paint", person=CHAIR))
    assert minutes(closed)["Decisions"].endswith("3. Buy paint")


def test_an_action_that_is_raised_or_agreed_as_people_leave_is_in_the_draft(closed):
    closed.answered("/action close JAG-13-001", person=CHAIR)
    closed.added("Buy paint @college due fri", person=CHAIR)
    assert minutes(closed)["Actions raised"].endswith("JAG-13-008 | Buy paint | college | 13 September 2013")
    assert "- JAG-13-001: completed" in minutes(closed)["Matters arising"]


def test_who_had_said_that_they_come_and_is_marked_present_can_be_put_back(say):
    say.answered("/meeting attend jag 10 Sep", person=C)
    say.answered("/meeting start jag", person=CHAIR)
    undo = press(say.answered("/meeting present @college", person=CHAIR), "Undo")
    assert undo == "/meeting attend jag 2013-09-10 10.00: @college"
    say.answered(undo, person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    assert "West Herts College" in minutes(say)["Attendance and apologies"].partition("No attendance or apologies")[2]


def test_what_is_undone_after_it_was_closed_is_out_of_the_draft_at_once(say):
    say.answered("/meeting attend jag 10 Sep", person=C)
    say.answered("/action done 1 gates fitted", person=H)
    say.answered("/meeting start jag", person=CHAIR)
    recorded = [
        ("Decisions", "Buy paint", say.answered("/meeting decision jag: Buy paint", person=CHAIR)),
        ("Notes", "thanked", say.answered("/meeting note jag: The wardens were thanked", person=CHAIR)),
        ("Attendance and apologies", "| Dacorum", say.answered("/meeting present @asb-lead", person=CHAIR)),
        ("Attendance and apologies", "| West Herts", say.answered("/meeting present @college", person=CHAIR)),
        ("Actions raised", "Check the lights", say.answered("/action add Check the lights @housing-officer due fri #asb", person=CHAIR)),
        ("Matters arising", "001: completed", say.answered("/action close 1", person=CHAIR)),
        ("Matters arising", "005: escalated", say.answered("/action escalate 5 to raog because of money", person=CHAIR)),
        ("Matters arising", "004: at risk: paint is late", say.answered("/action 4 at risk: paint is late", person=CHAIR)),
    ]
    say.answered("/meeting close jag", person=CHAIR)
    for section, words_, reply in recorded:
        assert words_ in minutes(say)[section]
        undone = say.answered(press(reply, "Undo"), person=CHAIR)
        assert "The draft of the minutes has it." in words(undone), section
        assert words_ not in minutes(say).get(section, "")


def test_what_agreed_minutes_say_is_not_undone(say):
    say.answered("/meeting start jag", person=CHAIR)
    raised = say.answered("/action add Check the lights @housing-officer due fri #asb", person=CHAIR)
    present = say.answered("/meeting present @asb-lead", person=CHAIR)
    decided = say.answered("/meeting decision jag: Buy paint", person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    with say.held.session() as session:
        [held] = session.scalars(select(Minutes))
        held.state, held.agreed_on = AGREED, NEXT.date()
    for reply in (raised, present, decided):
        assert "agreed on 8 October 2013, and are locked" in words(say(press(reply, "Undo"), person=CHAIR))
    assert "Check the lights" in minutes(say)["Actions raised"]


def test_a_meeting_is_closed_once_and_can_be_opened_again(closed):
    assert "was closed at 10:16 already" in words(closed("/meeting close jag", person=CHAIR))
    assert closed.answered("/meeting start jag", person=CHAIR).title == "JAG of 10 September 2013 is open again"
    closed.answered("/meeting decision jag: Buy paint", person=CHAIR)
    closed.answered("/meeting close jag", person=CHAIR)
    assert minutes(closed)["Decisions"].endswith("3. Buy paint")


def test_an_item_put_off_is_carried_over(say):
    say.now = BEGINS - timedelta(days=7)
    say.answered("/agenda add jag Lights at the underpass", person=C)
    say.now = BEGINS
    say.answered("/meeting start jag", person=CHAIR)
    carried = say.answered("/meeting carry jag: underpass", person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    assert "- Carried over: Lights at the underpass (college)" in minutes(say)["Items"]
    assert press(carried, "Undo") == "/meeting carry jag 2013-09-10 10.00: back Lights at the underpass"


def test_every_item_of_the_agenda_is_in_them_as_talked_about_or_carried_over(say):
    say.now = BEGINS - timedelta(days=7)
    say.answered("/agenda add jag Talk about fireworks", person=C)
    say.answered("/agenda add jag The bonfire on the common", person=CHAIR)
    say.now = BEGINS
    say.answered("/meeting start jag", person=CHAIR)
    say.answered("/agenda add jag For another day", person=C)
    say.answered("/meeting close jag", person=CHAIR)
    assert minutes(say)["Items"].splitlines() == [
        "- The bonfire on the common (jag-chair)",
        "- Carried over: Talk about fireworks (college)",
    ]


def test_who_is_away_that_day_is_among_the_apologies_unless_they_came(say):
    say.now = BEGINS - timedelta(days=7)
    say.answered("/meeting away until 12 Sep", person=C)
    say.answered("/meeting away until 9 Sep", person="fire-officer")
    say.answered("/meeting away until 12 Sep", person=H)
    say.answered("/meeting apologies jag", person="town-centre")
    assert "Apologies so far: town-centre, college (away) and housing-officer (away)." in words(say.answered("/agenda jag", person=CHAIR))
    say.now = BEGINS
    assert facts(say.answered("/meeting start jag", person=CHAIR))["Apologies"] == "town-centre, college (away) and housing-officer (away)"
    say.answered("/meeting present @housing-officer", person=CHAIR)
    say.answered("/meeting close jag", person=CHAIR)
    said = minutes(say)["Attendance and apologies"]
    [line] = [line for line in said.splitlines() if line.startswith("Apologies:")]
    assert line.endswith("college (West Herts College, away).")
    assert "fire-officer" not in line
    assert "housing-officer" not in line


# Writing in them


def test_a_section_is_changed_in_a_form_and_how_it_was_is_kept(closed):
    asked = closed.answered("/meeting minutes edit jag 4", person=CHAIR)
    assert filled(asked) == {"text": "1. Move the knife arch to the bus station"}
    closed.answered(form(asked).asks, person=CHAIR, fields={"text": "1. The knife arch moves to the bus station.\n2. Agreed by all."})
    assert minutes(closed)["Decisions"] == "1. The knife arch moves to the bus station.\n2. Agreed by all."
    rows = table(closed.answered("/meeting minutes versions jag", person=CHAIR))
    assert [(row[0], *row[2:]) for row in rows] == [(1, "drawn up", "first draft"), (2, CHAIR, "Decisions")]
    assert minutes(closed, "jag 2013-09-10 10.00 version 1")["Decisions"] == "1. Move the knife arch to the bus station"


def test_or_after_its_number(closed):
    closed.answered("/meeting minutes edit jag 4: 1. The arch moves.", person="coordinator")
    assert minutes(closed)["Decisions"] == "1. The arch moves."


@pytest.mark.parametrize("line", ["jag 4: see: the map", "jag 10 Sep 4: see: the map", "jag section 4 see: the map", "4: see: the map"])
def test_its_words_are_kept_as_they_stand(closed, line):
    closed.now = NEXT - timedelta(days=3)
    closed.answered(f"/meeting minutes edit {line}", person=CHAIR, where="#jag")
    assert minutes(closed)["Decisions"] == "see: the map"


def test_two_who_write_in_one_section_at_once_are_told(closed):
    asked = closed.answered("/meeting minutes edit jag 4", person=CHAIR)
    closed.answered("/meeting minutes edit jag 4: 1. The arch moves.", person="coordinator")
    again = closed(form(asked).asks, person=CHAIR, fields={"text": "1. The arch stays."})
    assert "While you were writing, coordinator changed this section." in words(again)
    assert filled(again) == {"text": "1. The arch stays."}
    closed.answered(form(again).asks, person=CHAIR, fields=filled(again))
    assert minutes(closed)["Decisions"] == "1. The arch stays."


def test_a_table_stays_one_and_a_line_begins_no_section(closed):
    text = "| Ref | Action |\n|---|---|\n| JAG-13-007 | a \\| b |\n\n## Any other business"
    closed.answered("/meeting minutes edit jag 5", person=CHAIR, fields={"text": text})
    assert minutes(closed)["Actions raised"] == "JAG-13-007 | a | b\nAny other business"
    assert list(minutes(closed))[-1] == "Date of the next meeting"


def test_what_was_written_by_hand_is_not_drawn_up_again(closed):
    closed.answered("/meeting minutes edit jag 4: 1. The arch moves.", person=CHAIR)
    assert "put it right there" in words(closed.answered("/meeting decision jag: Buy paint", person=CHAIR))
    assert minutes(closed)["Decisions"] == "1. The arch moves."


def test_personal_data_is_held_back_from_them(closed):
    reply = closed("/meeting minutes edit jag 6", person=CHAIR, fields={"text": "John Smith, born 3 May 1971, was spoken to"})
    assert reply.title == "Not saved: it may name somebody"
    assert "1971" not in minutes(closed)["Notes"]


@pytest.mark.parametrize("person", [C, "asb-lead"])
def test_others_read_them_and_do_not_write_in_them(closed, person):
    assert "Decisions" in minutes(closed, person=person)
    assert "write in its minutes" in closed.refused("/meeting minutes edit jag 4: x", person=person)


# Agreeing them


def test_they_are_agreed_by_the_next_meeting_and_locked(closed):
    assert "are agreed by the next meeting on 8 October 2013" in words(closed("/meeting minutes agree jag", person=CHAIR))
    closed.now = NEXT
    closed.answered("/meeting start jag", person=CHAIR)
    assert closed.answered("/meeting minutes agree", person=CHAIR).title == "The minutes of JAG of 10 September 2013 are agreed"
    for line in ("minutes edit jag 10 Sep: 4: x", "decision jag 10 Sep: x", "strike jag 10 Sep: decision 1", "start jag 10 Sep"):
        assert "were agreed on 8 October 2013, and are locked" in words(closed(f"/meeting {line}", person=CHAIR)), line
    closed.answered("/meeting close jag", person=CHAIR)
    assert minutes(closed)["Minutes of the last meeting"] == "The minutes of 10 September 2013 were agreed."


def test_those_of_a_meeting_that_was_opened_again_are_agreed_once_it_is_closed(closed):
    closed.answered("/meeting start jag", person=CHAIR)
    closed.now = NEXT
    started = closed.answered("/meeting start jag", person=CHAIR)
    assert "JAG of 10 September 2013 is still open, and its minutes are not finished." in words(started)
    refused = closed("/meeting minutes agree", person=CHAIR)
    assert "is still open, and its minutes are not finished. Close it first" in words(refused)
    closed.answered(press(refused, "Close it"), person=CHAIR)
    assert closed.answered("/meeting minutes agree", person=CHAIR).title == "The minutes of JAG of 10 September 2013 are agreed"


def test_agreeing_is_undone_and_says_that_the_meeting_is_not_quorate(closed):
    closed.now = NEXT
    closed.answered("/meeting start jag", person=CHAIR)
    agreed = closed.answered("/meeting approve jag", person=CHAIR)
    assert "the quorum being 3: not quorate so far." in words(agreed)
    undo = press(agreed, "Undo")
    assert undo == "/meeting minutes reopen jag 2013-09-10 10.00"
    assert "The chair, the deputy chair and the coordinator of JAG say that its minutes are agreed." in closed.refused(undo, person=C)
    assert closed.answered(undo, person=CHAIR).title == "The minutes of JAG of 10 September 2013 are a draft again"
    assert "are not agreed" in closed.refused(undo, person=CHAIR)
    closed.answered("/meeting decision jag 10 Sep: Buy paint", person=CHAIR)
    closed.answered("/meeting minutes agree", person=CHAIR)
    closed.answered("/meeting close jag", person=CHAIR)
    closed.later(hours=4)
    closed.answered(undo, person=CHAIR)
    assert minutes(closed)["Minutes of the last meeting"] == "The minutes of 10 September 2013 are still to be agreed."
    closed.answered("/meeting minutes agree jag 10 Sep", person=CHAIR)
    closed.later(days=3)
    assert "and are locked" in closed.refused(undo, person=CHAIR)


def test_without_minutes_to_agree_it_says_so(say):
    say.answered("/meeting start jag", person=CHAIR)
    assert say.refused("/meeting minutes agree", person=CHAIR) == "No minutes of JAG wait to be agreed."
    assert "No minutes of JAG are held" in say.refused("/meeting minutes jag", person=CHAIR)


# On paper


def test_they_are_a_word_document_and_markdown(closed):
    from docx import Document

    reply = closed.answered("/meeting minutes file jag 10 Sep", person=CHAIR)
    [paper] = [part for part in reply.parts if isinstance(part, Paper)]
    name, data = filed(paper)
    assert name == "jag-minutes-2013-09-10.docx"
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(data)).paragraphs)
    assert "Joint Action Group (JAG)\nMinutes of 10 September 2013" in text
    assert "Status\tDraft, to be agreed by a later meeting" in text
    assert "JAG-13-002: completed" in text
    assert "OFFICIAL" in "".join(p.text for p in Document(io.BytesIO(data)).sections[0].header.paragraphs)
    plain = markdown(paper)
    assert "## 4. Decisions" in plain
    assert "| JAG-13-007 | Check the lights | housing-officer | 13 September 2013 |" in plain


@pytest.mark.parametrize(("name", "begins"), [("m.docx", b"PK"), ("m.md", b"# Joint Action Group (JAG): minutes of 10 September 2013\n")])
def test_they_are_exported_from_the_command_line(closed, tmp_path, capsys, name, begins):
    at = ["--at", "2013-09-11T09:00"]
    words = ["export", "minutes", "jag", "2013-09-10", str(tmp_path / name), *at]
    assert run(parser().parse_args(words), Settings(database_url=closed.held.store.url)) == 0
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert "is written" in capsys.readouterr().out


def test_what_is_written_is_read_again_as_it_was():
    held = [Section("A", ["one\n- two", Table(["x", "y"], [["1 | 2", ""]])]), Section("B", [Heading("c"), "d"])]
    assert read(written(held)) == held
    assert text_of(held[1]) == "### c\n\nd"


# Found again


def test_decisions_and_minutes_are_found_with_actions(closed):
    rows = table(closed.answered("/action find knife arch", person=C))
    assert rows == [["JAG, 10 Sep 2013", "Decision", "decided", "decision 1", "Move the knife arch to the bus station"]]
    rows = table(closed.answered("/action find wardens", person=C))
    assert rows == [["JAG, 10 Sep 2013", "Minutes", "draft", "minutes, 6. Notes", "- The wardens were thanked"]]


def test_decisions_are_listed(closed):
    rows = table(closed.answered("/meeting decisions jag", person=C))
    assert rows == [["JAG, 10 Sep 2013", 1, "Move the knife arch to the bus station", CHAIR]]


def test_a_meeting_shows_what_may_be_done_with_it(say):
    def offered(person: str = CHAIR) -> list[str]:
        return [label for label in labels(say.answered("/meeting show jag 10 Sep", person=person)) if label in DONE]

    DONE = ("Open it", "Close it", "Minutes", "Move", "Cancel")
    assert offered() == ["Open it"]
    say.answered("/meeting start jag", person=CHAIR)
    assert (offered(), offered(C)) == (["Close it"], [])
    say.answered("/meeting close jag", person=CHAIR)
    assert (offered(), offered(C)) == (["Minutes"], ["Minutes"])
    say.now = BEGINS - timedelta(days=3)
    assert "has been" in words(say("/meeting move jag 10 Sep to 12 Sep 14:00", person=CHAIR))


# The reminder of the cycle


def reminder(say: Acting, person: str = CHAIR):
    all_jobs()
    with say.held.session() as session:
        meeting = session.scalars(select(Meeting).order_by(Meeting.begins)).first()
        about = f"minutes {meeting.id} 1"
        notice = Notice.to_person(Person.named(person, session), "minutes", about, say.now, session)
        return says(notice, session, say.now)


def test_the_chair_is_reminded_of_minutes_that_are_not_drafted(say):
    say.answered("/meeting start jag", person=CHAIR)
    reply = reminder(say)
    assert reply.title == "JAG of 10 September 2013 has no minutes yet"
    assert press(reply, "Close it") == "/meeting close jag 2013-09-10 10.00"


def test_and_not_of_those_that_are(closed):
    assert reminder(closed) == Skip("the minutes are drafted")


def test_minutes_are_kept_as_markdown(closed):
    with closed.held.session() as session:
        body = session.scalars(select(Minutes.body)).one()
    assert body.startswith("## Attendance and apologies\n")
