"""/meeting: moved, cancelled and put back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from arranging import JAG, NOW, Says
from asking import facts, labels
from sqlalchemy import select

from commands.frozen import thawed
from commands.reply import Form, Note
from models.groups import Group
from models.meetings import Meeting
from models.notices import Notice, Obligation


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    return Says(example)


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("/meeting move jag 10 Dec to 12 Dec 14:00 because the chair is ill", "Thursday 12 December 2013 at 14:00"),
        ("/meeting move jag to 12 Dec", "Thursday 12 December 2013 at 10:00"),
        ("/meeting move 10 dec to thu 12 dec 2pm", "Thursday 12 December 2013 at 14:00"),
        ("/meeting move the next JAG to 3pm", "Tuesday 10 December 2013 at 15:00"),
        ("/meeting move jag by a week", "Tuesday 17 December 2013 at 10:00"),
        ("/meeting move jag two days later", "Thursday 12 December 2013 at 10:00"),
        ("/meeting move jag a day earlier", "Monday 9 December 2013 at 10:00"),
        ("/meeting postpone jag until 12 Dec", "Thursday 12 December 2013 at 10:00"),
        ("move the JAG to thursday", "Thursday 12 December 2013 at 10:00"),
        ("can you move the jag on 10 dec to 12 dec please", "Thursday 12 December 2013 at 10:00"),
        ("reschedule the joint action group meeting to 12 Dec at 11:00", "Thursday 12 December 2013 at 11:00"),
    ],
)
def test_a_meeting_is_moved_and_put_back(say, line, when):
    before = say.meets()
    moved = say.answered(line)
    assert moved.title == f"JAG is moved to {when}"
    assert say.says("/meeting next jag") == f"JAG, {when}."
    assert say.press(moved, "Undo").title == "JAG is moved to Tuesday 10 December 2013 at 10:00"
    assert say.meets() == before
    assert facts(say.answered("/meeting jag"))["State"] == "planned"
    assert say.refused(next(each.asks for each in moved.asks if each.label == "Undo"))


@pytest.mark.parametrize(
    ("words", "when"),
    [
        ("14 jan to friday", "Friday 17 January 2014 at 10:00"),
        ("14 jan to thu 2pm", "Thursday 16 January 2014 at 14:00"),
        ("14 jan to tuesday 14:00", "Tuesday 14 January 2014 at 14:00"),
        ("14 jan to monday", "Monday 13 January 2014 at 10:00"),
        ("10 dec to monday at 15:00", "Monday 9 December 2013 at 15:00"),
    ],
)
def test_a_weekday_alone_is_that_of_the_meetings_own_week(say, words, when):
    assert say.answered(f"/meeting move jag {words}").title == f"JAG is moved to {when}"


@pytest.mark.parametrize(
    ("line", "title", "read"),
    [
        ("/meeting cancell jag", "JAG on Tuesday 10 December 2013 at 10:00 is cancelled", "Read as cancel."),
        ("/meeting move jag to thurday", "JAG is moved to Thursday 12 December 2013 at 10:00", "Read as Thursday."),
        ("move the jag to thurday", "JAG is moved to Thursday 12 December 2013 at 10:00", "Read as Thursday."),
        ("/meeting cancell jag 10 Decmber because of marchs", "JAG on Tuesday 10 December 2013 at 10:00 is cancelled",
         "Read as cancel and December."),
        ("/meeting cancel jag because of the snow in decembr", "JAG on Tuesday 10 December 2013 at 10:00 is cancelled", ""),
        ("/meeting move jag to thursday", "JAG is moved to Thursday 12 December 2013 at 10:00", ""),
    ],
)  # fmt: skip
def test_a_mended_word_of_what_changes_something_is_said(say, line, title, read):
    reply = say.answered(line)
    assert reply.title == title
    assert [part.text for part in reply.parts if isinstance(part, Note) and part.text.startswith("Read as")] == ([read] if read else [])


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("/meeting move jag to the 12th", "JAG is moved to Thursday 12 December 2013 at 10:00"),
        ("move the jag on the 10th to the 12th at 2pm", "JAG is moved to Thursday 12 December 2013 at 14:00"),
        ("move the january jag to the 16th", "JAG is moved to Thursday 16 January 2014 at 10:00"),
        ("/meeting move jag 14 jan to 16th because of snow", "JAG is moved to Thursday 16 January 2014 at 10:00"),
        ("cancel the jag on the 10th", "JAG on Tuesday 10 December 2013 at 10:00 is cancelled"),
        ("/meeting add jag the 19th 10am", "JAG meets on Thursday 19 December 2013 at 10:00"),
        ("/meeting move jag to 2pm in the 21st Century Hall", "JAG is moved to Tuesday 10 December 2013 at 14:00"),
    ],
)
def test_a_day_may_be_its_number_alone(say, line, title):
    assert say.answered(line).title == title


def test_a_number_on_which_it_does_not_meet_is_no_reason_to_cancel_another(say):
    assert "JAG does not meet on 17 December 2013." in say.refused("cancel the jag on the 17th")
    assert say.row() is None


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("cancel the jag in january", "JAG on Tuesday 14 January 2014 at 10:00 is cancelled"),
        ("/meeting move jag in january to 16 jan", "JAG is moved to Thursday 16 January 2014 at 10:00"),
    ],
)
def test_a_month_after_in_says_which_meeting(say, line, title):
    assert say.answered(line).title == title


@pytest.mark.parametrize(
    "line", ["cancel the jag after next", "/meeting cancel jag the week after next", "/meeting apologies jag after next"]
)
def test_words_that_would_name_another_meeting_are_no_reason(say, line):
    assert "I cannot tell which meeting" in str(say(line).parts[0])
    assert say.row() is None


@pytest.mark.parametrize(
    "line", ["/meeting cancel jag and csag", "cancel the jag and csag on 10 dec", "/meeting move jag & csag to thursday"]
)
def test_two_groups_meetings_are_not_taken_for_one_and_its_reason(say, line):
    refused = say(line)
    assert "One meeting at a time: JAG's, or CSAG's? Nothing was changed." in str(refused.parts[0])
    assert say.row() is None


def test_what_begins_like_a_number_of_a_day_and_is_a_place_is_none(say):
    asked = say("/meeting move jag to 1st floor meeting room")
    assert isinstance(asked.parts[-1], Form)
    assert say.row() is None


def test_a_moved_meeting_is_put_back_in_a_word(say):
    say.answered("/meeting move jag 14 jan to 16 jan 14:00")
    refused = say("/meeting restore jag 16 jan")
    assert "is moved, and not cancelled" in str(refused.parts[0])
    assert say.press(refused, "Put it back").title == "JAG is moved to Tuesday 14 January 2014 at 10:00"
    say.answered("/meeting move jag 14 jan to 16 jan")
    assert say.answered("move the january jag back").title == "JAG is moved to Tuesday 14 January 2014 at 10:00"


def test_a_weekday_of_the_meetings_week_that_has_begun_is_the_next_week_s(say):
    moved = say.answered("/meeting move jag 10 dec to monday", at=NOW + timedelta(days=7))
    assert moved.title == "JAG is moved to Monday 16 December 2013 at 10:00"


def test_a_weekday_in_a_form_is_that_of_the_meetings_own_week_too(say):
    assert say.sent(say.answered("/meeting move jag 14 Jan"), day="friday").title == "JAG is moved to Friday 17 January 2014 at 10:00"


@pytest.mark.parametrize(
    ("words", "asked", "yes"),
    [
        ("11 mar to 27 mar", "JAG on Tuesday 11 March 2014 at 10:00 would be moved to Thursday 27 March 2014 at 10:00: 16 days later.",
         "Yes, Thursday 27 March 2014 at 10:00"),
        ("11 mar to saturday", "JAG on Tuesday 11 March 2014 at 10:00 would be moved to Saturday 15 March 2014 at 10:00: a Saturday.",
         "Yes, Saturday 15 March 2014 at 10:00"),
        ("11 mar to 23:00", "JAG on Tuesday 11 March 2014 at 10:00 would be moved to Tuesday 11 March 2014 at 23:00: not between 7:00 and "
         "22:00.", "Yes, Tuesday 11 March 2014 at 23:00"),
        ("14 jan to 6 dec", "JAG on Tuesday 14 January 2014 at 10:00 would be moved to Friday 6 December 2013 at 10:00: 39 days earlier "
         "and sooner than the 10 working days before it at which owners are asked.", "Yes, Friday 6 December 2013 at 10:00"),
    ],
)  # fmt: skip
def test_a_move_that_is_hardly_meant_is_asked_about(say, words, asked, yes):
    doubted = say(f"/meeting move jag {words}")
    assert (doubted.refused, doubted.parts[0]) == (True, f"{asked} Nothing was saved yet.")
    assert labels(doubted) == [yes, "Change the words", "Let it go"]
    assert say.row() is None
    moved = say.press(doubted, yes)
    assert moved.title == f"JAG is moved to {yes.removeprefix('Yes, ')}"
    assert say.press(moved, "Undo").title.startswith("JAG is moved to Tuesday")


def test_a_move_is_read_back_with_what_was_and_why(say):
    moved = say.answered("/meeting move jag 10 Dec to 12 Dec 14:00 in Room 2 for 1 hour because the chair is ill")
    assert facts(moved) == {
        "Was": "Tuesday 10 December 2013 at 10:00, Civic Centre, Hemel Hempstead, #jag, 2 hours",
        "Now": "Thursday 12 December 2013 at 14:00, Room 2, #jag, 1 hour",
        "Because": "the chair is ill",
    }
    assert facts(say.answered("/meeting jag"))["State"] == "moved from 10 December 2013 at 10:00: the chair is ill"
    say.press(moved, "Undo")
    assert facts(say.answered("/meeting jag"))["Where"] == "Civic Centre, Hemel Hempstead"


def test_an_undo_of_what_was_changed_since_changes_nothing(say):
    first = say.answered("/meeting move jag 10 Dec to 12 Dec")
    say.answered("/meeting move jag 12 Dec to 12 Dec 14:00")
    say.answered("/meeting move jag 12 Dec to 12 Dec 10:00")
    assert say.refused(next(each.asks for each in first.asks if each.label == "Undo")) == (
        "JAG on Thursday 12 December 2013 at 10:00 has been changed since. Nothing was changed; look at it again."
    )


def test_a_move_without_words_opens_a_form_of_the_meetings_to_come(say):
    asked = say.answered("/meeting move", person="jag-chair")
    which = asked.form.fields[0]
    assert which.options[0] == ("jag 10 Dec 2013 10:00", "JAG, Tue 10 Dec 2013, 10:00")
    assert all(value.startswith("jag ") for value, _ in which.options)
    done = say.sent(asked, meeting=which.options[1][0], day="15 Jan")
    assert done.title == "JAG is moved to Wednesday 15 January 2014 at 10:00"


def test_a_form_opened_before_somebody_else_moved_it_says_so_and_keeps_what_was_written(say):
    asked = say.answered("/meeting move jag 10 Dec")
    assert {field.name: field.value for field in asked.form.fields}["day"] == "10 Dec 2013"
    say.answered("/meeting move jag 10 Dec to 10 Dec 14:00")
    with_time = say(asked.form.asks.replace("10:00", "14:00"), fields={"day": "13 Dec", "time": "09:00"})
    assert with_time.parts[0] == "It was changed while you were writing: this is how it stands now."
    assert {field.name: field.value for field in with_time.form.fields}["day"] == "13 Dec 2013"
    assert say.sent(with_time).title == "JAG is moved to Friday 13 December 2013 at 09:00"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("move jag 11 dec to 12 dec", "JAG does not meet on 11 December 2013. It meets on 10 December 2013 and 14 January 2014."),
        ("move jag 12 nov to 12 dec", "JAG on Tuesday 12 November 2013 at 10:00 has been. Only a meeting to come can be moved."),
        (
            "move jag to 10 dec",
            "JAG is on Tuesday 10 December 2013 at 10:00, Civic Centre, Hemel Hempstead, #jag already. Nothing was changed.",
        ),
    ],
)
def test_what_cannot_be_moved_is_refused(say, line, said):
    assert say.refused(f"/meeting {line}") == said


def test_a_group_that_is_none_is_no_reason_to_move_another_s_meeting(say):
    assert say.refused("/meeting move zzz to 12 dec", person="town-centre") == (
        "I cannot tell which meeting “zzz to 12 dec” is. Give a group (JAG), a day, or both, such as: 10 Dec"
    )


# Cancelling.


@pytest.mark.parametrize(
    "line",
    ["/meeting cancel jag 10 Dec because of the snow", "/meeting cancel jag: the snow", "cancel the JAG on 10 Dec because of the snow"],
)
def test_a_cancelled_meeting_is_not_the_next_and_can_be_restored(say, line):
    gone = say.answered(line)
    assert gone.title == "JAG on Tuesday 10 December 2013 at 10:00 is cancelled"
    assert facts(gone) == {"Because": "the snow", "Next": "Tuesday 14 January 2014 at 10:00"}
    assert say.says("/meeting next jag") == "JAG, Tuesday 14 January 2014 at 10:00."
    assert facts(say.answered("/meeting show jag 10 Dec"))["State"] == "cancelled: the snow"
    assert (
        say.refused("/meeting cancel jag 10 Dec") == "JAG on Tuesday 10 December 2013 at 10:00 is cancelled already. Nothing was changed."
    )
    assert "is cancelled. Restore it first" in say.refused("/meeting move jag 10 Dec to 12 Dec")
    assert say.answered("/meeting restore jag").title == "JAG on Tuesday 10 December 2013 at 10:00 is held after all"
    assert say.says("/meeting next jag") == f"{JAG}."


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ("/meeting show jag 10 Dec", "/meeting show jag 12 Dec 2013 14:00"),
        ("/meeting cancel jag 10 Dec because of the snow", "/meeting cancel jag 12 Dec 2013 14:00 because of the snow"),
        ("/meeting restore jag 10 Dec", "/meeting restore jag 12 Dec 2013 14:00"),
        ("/meeting apologies jag 10 Dec, @fire-officer instead", "/meeting apologies jag 12 Dec 2013 14:00 @fire-officer instead"),
        ("I can't make the JAG on 10 Dec", "/meeting apologies jag 12 Dec 2013 14:00"),
        ("/agenda jag 10 Dec", "/agenda jag 12 Dec 2013 14:00"),
    ],
)
def test_the_day_that_a_meeting_was_moved_from_leads_to_the_one_it_is_on(say, line, asks):
    say.answered("/meeting move jag 10 Dec to 12 Dec 14:00")
    reply = say(line, person="jag-chair")
    assert reply.summary == "JAG does not meet on 10 December 2013: it was moved to Thursday 12 December 2013."
    assert [(each.label, each.asks) for each in reply.asks] == [("JAG, 12 Dec 2013", asks)]


def test_a_day_alone_says_whose_meeting_was_moved_from_it(say):
    say.answered("/meeting move jag 10 Dec to 12 Dec 14:00")
    assert (
        say.refused("/meeting show 10 Dec") == "None of your groups meets on 10 December 2013: JAG was moved to Thursday 12 December 2013."
    )
    say.answered("/meeting move jag 12 Dec to 10 Dec 14:00")
    assert say.answered("/meeting show jag 10 Dec")
    say.answered("/meeting add jag 17 Dec 10:00")
    say.answered("/meeting move jag 17 Dec to 18 Dec")
    assert say.refused("/meeting show jag 17 Dec").endswith("it was moved to Wednesday 18 December 2013.")


def test_an_action_due_at_the_next_meeting_is_due_at_one_that_is_held(say):
    say.answered("/meeting cancel jag 10 Dec")
    say.answered("/meeting move jag 14 Jan to 16 Jan")
    assert facts(say.answered("/action add Light the underpass @housing-officer due next JAG"))["Due"] == "next JAG (16 January 2014)"
    assert say.answered("/jag me").parts


def test_a_channel_is_told_once_of_each_change(say):
    moved = say.answered("/meeting move jag 10 Dec to 12 Dec because the chair is ill")
    for _ in range(2):
        assert say.press(moved, "Tell #jag").title == "#jag is told"
    with say.held.session() as session:
        notice = session.scalars(select(Notice)).one()
        told = thawed(notice.body)
        assert (notice.channel, notice.kind, told.title) == ("#jag", "tell", "JAG meets on Thursday 12 December 2013 at 10:00")
        assert facts(told)["State"] == "moved from 10 December 2013 at 10:00: the chair is ill"
    say.press(say.answered("/meeting cancel jag 12 Dec"), "Tell #jag")
    with say.held.session() as session:
        assert len(session.scalars(select(Notice)).all()) == 2


def test_each_change_raises_the_sequence(say):
    for line, sequence in (("move jag to 12 Dec", 1), ("cancel jag 12 Dec", 2), ("restore jag", 3), ("move jag to 10 Dec", 4)):
        say.answered(f"/meeting {line}")
        assert (say.row().slot, say.row().sequence) == (datetime(2013, 12, 10, 10), sequence)


def test_what_is_due_before_a_meeting_moves_with_it(say):
    with say.held.session() as session:
        group = session.scalars(select(Group).where(Group.key == "jag")).one()
        group.cycle_since = NOW - timedelta(days=60)
    say.answered("/meeting move jag 14 Jan to 21 Jan")
    with say.held.session() as session:
        of = select(Obligation.due_at).join(Meeting).where(Meeting.slot == datetime(2014, 1, 14, 10), Obligation.step == "agenda")
        assert session.scalars(of).one().date().isoformat() == "2014-01-16"


def test_what_is_told_of_a_cancelled_meeting_says_so_once(say):
    told = say.press(say.answered("/meeting cancel jag 10 Dec because of the snow"), "Tell #jag")
    assert told.parts[0] == "JAG on Tuesday 10 December 2013 at 10:00 is cancelled (the snow)."
