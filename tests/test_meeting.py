"""/meeting: shown, listed and added, and read back."""

from __future__ import annotations

import pytest
from arranging import JAG, Says
from asking import facts, labels, notes, table

from commands.meetings import in_words


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    return Says(example)


@pytest.mark.parametrize(
    "line",
    [
        "/meeting show jag", "/meeting jag", "/meeting next jag", "/meeting show", "/meeting 10 dec", "/meeting show the next JAG meeting",
        "/meeting show Joint Action Group 10.12.13", "/meeting jag december", "/meeting show jag tues 10th dec 10:00", "/meeting shwo jag",
        "when is the next JAG?", "when does the JAG meet next", "/jag meetings jag", "/jag when is the next jag",
    ],
)  # fmt: skip
def test_a_meeting_is_shown_by_its_group_its_day_or_both(say, line):
    assert say(line, where="#jag").title == JAG


def test_what_is_shown_of_a_meeting(say):
    assert facts(say.answered("/meeting jag")) == {
        "When": "Tuesday 10 December 2013 at 10:00 to 12:00",
        "Where": "Civic Centre, Hemel Hempstead",
        "State": "planned",
        "Group": "JAG",
        "Lasts": "2 hours",
        "Chair": "jag-chair",
        "Deputy chair": "jag-deputy",
        "Coordinator": "coordinator",
        "Quorum": "3 responsible authorities",
        "Cadence": "second Tuesday of the month at 10:00",
    }


@pytest.mark.parametrize(
    ("line", "about"),
    [
        ("cancel 10 Dec because of the snow", True), ("move 10.12. to 12.12.", True),
        ("reschedule the joint action group to thursday", True),
        ("cancel 4 because it was overtaken", False), ("cancel JAG-13-004", False), ("move action 4 to thursday", False),
        ("who is going to fix the gates?", False), ("who comes first for asb", False),
        ("I can't make it", False), ("what are asb figures", False), ("since last JAG", False),
    ],
)  # fmt: skip
def test_plain_words_are_about_meetings_where_they_move_one_and_no_action(line, about):
    assert bool(in_words.meetings(line)) == about


def test_may_is_no_month_where_it_asks():
    assert in_words.meetings("when may we meet next?") == "next"
    assert in_words.meetings("when do we meet in may?") == "show may"


@pytest.mark.parametrize("line", ["/meeting", "/meeting next", "meetings", "when do we meet?", "when is the next meeting", "next meetings"])
def test_the_next_meeting_of_each_of_my_groups_the_soonest_first(say, line):
    assert list(facts(say.answered(line, person="asb-lead"))) == ["CSAG", "JAG", "Members Forum"]
    reply = say.answered(line, person="analyst")
    assert reply.summary == "JAG: Tuesday 10 December 2013 at 10:00, Civic Centre, Hemel Hempstead, #jag."


@pytest.mark.parametrize(
    ("words", "first", "last", "number"),
    [
        ("jag", "Tue 10 Dec 2013, 10:00", "Tue 11 Nov 2014, 10:00", 12),
        ("jag 2014", "Tue 14 Jan 2014, 10:00", "Tue 9 Dec 2014, 10:00", 12),
        ("jag 2013/14", "Tue 9 Apr 2013, 10:00", "Tue 11 Mar 2014, 10:00", 12),
        ("jag past", "Tue 11 Dec 2012, 10:00", "Tue 12 Nov 2013, 10:00", 12),
        ("raog next year", "Wed 5 Mar 2014, 09:30", "Wed 3 Dec 2014, 09:30", 4),
        ("csag jan 2014", "Thu 2 Jan 2014, 14:00", "Thu 30 Jan 2014, 14:00", 3),
        ("jag next 3 months", "Tue 10 Dec 2013, 10:00", "Tue 11 Feb 2014, 10:00", 3),
        ("csag until christmas", "Thu 5 Dec 2013, 14:00", "Thu 19 Dec 2013, 14:00", 2),
        ("2063 of the jag", "Tue 9 Jan 2063, 10:00", "Tue 11 Dec 2063, 10:00", 12),
    ],
)
def test_meetings_are_listed_by_group_and_period(say, words, first, last, number):
    when = [row[0] for row in table(say.answered(f"/meeting list {words}"))]
    assert (when[0], when[-1], len(when)) == (first, last, number)


def test_a_list_that_cannot_be_read_says_what_it_may_be(say):
    assert say("/meeting list jag gibberish").parts[0] == (
        "I cannot read “gibberish” as a group or a period. Your groups: JAG, CSAG, RAOG, Members Forum. A period is 2014, Dec 2013, past, "
        "next 3 months or until 25 Dec."
    )


# Adding.


@pytest.mark.parametrize(
    ("words", "when", "place"),
    [
        ("jag 17 Dec 10:00 at Civic Centre for 90 minutes", "Tuesday 17 December 2013 at 10:00 to 11:30", "Civic Centre"),
        ("an extra JAG meeting on tue 17 dec at 2.30pm", "Tuesday 17 December 2013 at 14:30 to 16:30", "Civic Centre, Hemel Hempstead"),
        ("jag 17/12/13 10:00-11:00", "Tuesday 17 December 2013 at 10:00 to 11:00", "Civic Centre, Hemel Hempstead"),
        ("jag 17 Dec 9am until noon", "Tuesday 17 December 2013 at 09:00 to 12:00", "Civic Centre, Hemel Hempstead"),
        ("jag friday at 2 for an hour and a half", "Friday 6 December 2013 at 14:00 to 15:30", "Civic Centre, Hemel Hempstead"),
        ("jag 1400hrs 17 December in the Forum", "Tuesday 17 December 2013 at 14:00 to 16:00", "the Forum"),
        ("jag 17 Dec 10:00 https://meet.example.org/jag", "Tuesday 17 December 2013 at 10:00 to 12:00", "https://meet.example.org/jag"),
    ],
)
def test_a_meeting_is_added_and_read_back(say, words, when, place):
    said = facts(say.answered(f"/meeting add {words}"))
    assert (said["When"], said["Where"]) == (when, place)
    shown = facts(say.answered(f"/meeting jag {when.split(' ', 1)[1].partition(' at ')[0]}"))
    assert (shown["When"], shown["Where"], shown["State"]) == (when, place, "added")


@pytest.mark.parametrize("line", ["/meeting undo", "/meeting undo jag 10 Dec", "undo"])
def test_how_a_meeting_is_taken_back_is_said_where_it_is_asked_in_words(say, line):
    say.answered("/meeting cancel jag 10 Dec")
    assert "taken back with the Undo button" in say.refused(line)
    assert "/meeting restore … brings back one that was cancelled" in say.refused(line)


def test_an_added_meeting_is_undone_with_its_button(say):
    before = say.meets()
    added = say.answered("/meeting add jag 17 Dec 10:00")
    assert labels(added) == ["Undo", "Tell #jag", "Show"]
    say.press(added, "Undo")
    assert [row[:3:2] for row in table(say.answered("/meeting list jag dec"))] == [
        ["Tue 10 Dec 2013, 10:00", "planned"],
        ["Tue 17 Dec 2013, 10:00", "cancelled: added by mistake"],
    ]
    assert say.says("/meeting next jag") == f"{JAG}."
    assert len(say.meets()) == len(before) + 1


def test_what_was_added_cancelled_and_added_again_is_one_meeting(say):
    for _ in range(2):
        say.press(say.answered("/meeting add jag 17 Dec 10:00 for 1 hour"), "Undo")
    say.answered("/meeting add jag 17 Dec 10:00 at Room 2")
    assert facts(say.answered("/meeting show jag 17 Dec"))["Where"] == "Room 2"
    assert (say.row().sequence, say.row().reason) == (4, "")


@pytest.mark.parametrize("words", ["jag 17 Dec 25:00", "jag 17 Dec at 25:00 for 90 minutes", "jag 17 Dec 25.00", "jag 25:00"])
def test_a_time_that_no_clock_shows_is_refused(say, words):
    assert say.refused(f"/meeting add {words}") == "There is no 25:00: a time of day is from 0:00 to 23:59, such as 12:00."
    assert say.refused("/meeting move jag to 12 Dec 10:75") == "There is no 10:75: a time of day is from 0:00 to 23:59, such as 12:00."


def test_a_room_may_have_a_number_like_no_time(say):
    assert facts(say.answered("/meeting add jag 17 Dec 14:00 at Room 25.30"))["Where"] == "Room 25.30"


def test_missing_words_are_asked_for_in_a_form_that_keeps_the_others(say):
    asked = say.answered("/meeting add csag 17 Dec for an hour")
    assert asked.parts[0] == "Still to be said: at what time."
    assert {field.name: field.value for field in asked.form.fields} == {
        "group": "csag", "day": "17 Dec 2013", "time": "", "minutes": "1 hour", "place": "Hightown offices, Hemel Hempstead", "reason": "",
    }  # fmt: skip
    assert say.sent(asked).refused
    assert say.sent(asked, time="25:00").summary == "I cannot read “25:00” as a time of day. Write it as 14:00 or 2pm."
    done = say.sent(asked, time="10am to 11:30", minutes="")
    assert facts(done)["When"] == "Tuesday 17 December 2013 at 10:00 to 11:30"
    assert done.summary == "1 CSAG meeting added."


def test_two_meetings_of_a_group_at_once_are_refused_and_two_on_a_day_are_not(say):
    assert say.refused("/meeting add jag 10 Dec 11:30") == (
        "JAG meets on Tuesday 10 December 2013 at 10:00 until 12:00 already: two meetings at once are one too many. "
        "Choose another time, or move that one."
    )
    say.answered("/meeting add jag 10 Dec 12:00")
    asked = say("/meeting show jag 10 Dec")
    assert asked.summary == "Which meeting? JAG on 10 December 2013 at 10:00 or JAG on 10 December 2013 at 12:00?"
    assert say.press(asked, "JAG, 10 Dec 12:00").title == "JAG, Tuesday 10 December 2013 at 12:00"


def test_a_meeting_in_the_past_is_asked_about(say):
    asked = say("/meeting add jag 19 Nov 10:00")
    assert asked.refused
    assert asked.parts[0] == "19 November 2013 at 10:00 is in the past. Is this a meeting that JAG has had? Nothing was saved yet."
    assert labels(asked) == ["I meant 19 November 2014", "Yes, 19 November 2013 at 10:00", "Change the words", "Let it go"]
    assert say.row() is None
    assert say.press(asked, "Yes, 19 November 2013 at 10:00").title == "JAG meets on Tuesday 19 November 2013 at 10:00"
    again = say("/meeting add jag 19 Nov 15:00")
    assert say.press(again, "I meant 19 November 2014").title == "JAG meets on Wednesday 19 November 2014 at 15:00"


def test_words_held_back_are_said_otherwise_in_a_form(say):
    asked = say("/meeting add jag 19 Nov 10:00")
    form = say.press(asked, "Change the words")
    assert [(field.name, field.value) for field in form.form.fields] == [("said", "jag 19 Nov 10:00")]
    assert say.sent(form, said="jag 19 Dec 10:00").title == "JAG meets on Thursday 19 December 2013 at 10:00"
    assert "no longer kept" in say.refused(next(each.asks for each in asked.asks if each.label.startswith("Yes")))


def test_words_that_may_name_somebody_are_held_back(say):
    asked = say("/meeting cancel jag because John Smith of 12 High Street, born 1.2.1980, objects")
    assert (asked.title, asked.refused) == ("Not saved: it may name somebody", True)
    assert say.row() is None


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("jag 26 Dec 10:00", "26 December 2013 is a bank holiday: Boxing Day."),
        ("jag sat 14 Dec 10:00", "14 December 2013 is a Saturday."),
        ("jag 30 March 2014 01:30", "Clocks go forward on 30 March 2014 and there is no 01:30: it is at 02:30."),
    ],
)
def test_an_odd_day_or_time_is_said(say, words, note):
    assert note in notes(say.answered(f"/meeting add {words}"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("jag 31 Feb 10:00", "There is no 31 February. February 2014 ends on the 28th. Give a day that there is, such as 28 February."),
        ("jag 17 Dec 10:00 for 13 hours", "A meeting lasts between 5 minutes and 12 hours, not for 13 hours."),
        ("jag 17 Dec 14:00-13:00", "A meeting lasts between 5 minutes and 12 hours, not from 14:00 to 13:00."),
        ("jag wed 17 Dec 10:00", "17 December 2013 is a Tuesday, not a Wednesday. Give the date that is meant, such as 12 Dec."),
    ],
)
def test_what_cannot_be_is_refused_in_words(say, words, said):
    assert say.refused(f"/meeting add {words}") == said
