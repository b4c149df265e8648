"""/meeting: when groups meet, and arranging that; asked as a coordinator, a chair and a member would."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asking import Asking, facts, labels, notes, table
from sqlalchemy import select

from commands.frozen import thawed
from commands.plan import meant
from commands.reply import Reply
from models.groups import Group
from models.meetings import Meeting
from models.notices import Notice, Obligation
from models.people import Person

NOW = datetime(2013, 12, 2, 9, tzinfo=ZoneInfo("Europe/London"))  # a Monday


@pytest.fixture
def databases(sqlite):
    return sqlite


class Says(Asking):
    """Asks on 2 December 2013."""

    def __call__(self, line: str, person: str = "coordinator", at: datetime = NOW, **more: Any) -> Reply:
        return super().__call__(line, person, at, **more)

    def meets(self, group: str = "jag") -> list[str]:
        return [row[0] for row in table(self.answered(f"/meeting list {group} until 28 Feb 2014"))]

    def press(self, reply: Reply, label: str, **who: Any) -> Reply:
        return self.answered(next(button.asks for button in reply.asks if button.label == label), **who)

    def sent(self, reply: Reply, **answers: str) -> Reply:
        """A form, filled in."""
        form = reply.form
        assert form is not None
        return self(form.asks, fields={field.name: answers.get(field.name, field.value) for field in form.fields})

    def row(self) -> Meeting:
        with self.held.session() as session:
            return session.scalars(select(Meeting).order_by(Meeting.id.desc())).first()


@pytest.fixture
def say(example) -> Says:
    return Says(example)


JAG = "JAG, Tuesday 10 December 2013 at 10:00"


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
        ("I can't make it", False), ("what are asb figures", False), ("since last JAG", False),
    ],
)  # fmt: skip
def test_plain_words_are_about_meetings_where_they_move_one_and_no_action(line, about):
    assert bool(meant.meetings(line)) == about


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


# Moving.


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


# Who may.


@pytest.mark.parametrize("person", ["coordinator", "jag-chair", "jag-deputy"])
def test_the_chair_the_deputy_and_the_coordinator_arrange_meetings(say, person):
    for line in ("add jag 17 Dec 10:00", "move jag 17 Dec to 18 Dec", "cancel jag 18 Dec", "restore jag 18 Dec", "tell jag 18 Dec"):
        say.answered(f"/meeting {line}", person=person)


@pytest.mark.parametrize("person", ["asb-lead", "college", "analyst"])
def test_others_see_them_and_change_nothing(say, person):
    assert say.answered("/meeting jag", person=person).title == JAG
    assert "Move" not in labels(say.answered("/meeting jag", person=person))
    for line in ("add jag 17 Dec 10:00", "move jag to 18 Dec", "cancel jag 10 Dec", "tell jag 10 Dec"):
        assert say.refused(f"/meeting {line}", person=person) == (
            "The chair, the deputy chair and the coordinator of JAG arrange its meetings. Ask one of them."
        )
    assert say.row() is None


def test_notifications_of_a_private_group_say_only_how_many(say):
    for line, said in (
        ("show csag", "1 CSAG meeting shown."),
        ("list csag until christmas", "2 CSAG meetings listed."),
        ("move csag to 6 dec", "1 CSAG meeting moved."),
        ("cancel csag", "1 CSAG meeting cancelled."),
    ):
        assert say.says(f"/meeting {line}") == said
    assert say.refused("/meeting add csag 19 Dec 14:30") == "Nothing was changed"


# How a group meets as a rule.


@pytest.mark.parametrize(
    ("words", "rule", "said", "following"),
    [
        (
            "third wednesday 14:00",
            "FREQ=MONTHLY;BYDAY=3WE",
            "third Wednesday of the month at 14:00",
            "Wed 18 Dec 2013, Wed 15 Jan 2014",
        ),
        (
            "every thursday 2pm",
            "FREQ=WEEKLY;BYDAY=TH",
            "every Thursday at 14:00",
            "Thu 5 Dec 2013, Thu 12 Dec 2013",
        ),
        (
            "fortnightly on mondays",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            "every second Monday at 10:00",
            "Mon 9 Dec 2013, Mon 23 Dec 2013",
        ),
        (
            "every other thursday from 9 Jan",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH",
            "every second Thursday at 10:00",
            "Tue 10 Dec 2013, Thu 9 Jan 2014",
        ),
        (
            "last friday of each month at 9.30",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "last Friday of the month at 09:30",
            "Fri 27 Dec 2013, Fri 31 Jan 2014",
        ),
        (
            "last working day of the month",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "last weekday of the month at 10:00",
            "Tue 31 Dec 2013, ",
        ),
        (
            "15th of each month",
            "FREQ=MONTHLY;BYMONTHDAY=15",
            "day 15 of the month at 10:00",
            "Sun 15 Dec 2013, Wed 15 Jan 2014",
        ),
        (
            "first wednesday of march and june",
            "FREQ=MONTHLY;BYDAY=1WE;BYMONTH=3,6",
            "first Wednesday of March and June at 10:00",
            "Wed 5 Mar 2014, ",
        ),
        (
            "2nd tuesday of every other month",
            "FREQ=MONTHLY;BYDAY=2TU;INTERVAL=2",
            "second Tuesday of every second month at 10:00",
            "Tue 10 Dec",
        ),
        (
            "quarterly on the first monday",
            "FREQ=MONTHLY;BYDAY=1MO;INTERVAL=3",
            "first Monday of every third month at 10:00",
            "Mon 6 Jan 2014, ",
        ),
        (
            "RRULE:FREQ=MONTHLY;BYDAY=1MO,3MO 11:00",
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "first Monday and third Monday of the month at 11:00",
            "Mon 16 Dec",
        ),
        (
            "freq=yearly;bymonth=5;bymonthday=1 10:00",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1",
            "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1 at 10:00",
            "Thu 1 May 2014",
        ),
    ],
)
def test_a_cadence_is_read_from_words_or_a_rule_and_read_back(say, words, rule, said, following):
    before = say.meets()
    changed = say.answered(f"/meeting cadence jag {words}")
    assert (facts(changed)["Cadence"], facts(changed)["Next"].startswith(following)) == (said, True), facts(changed)["Next"]
    with say.held.session() as session:
        assert session.scalars(select(Group.cadence).where(Group.key == "jag")).one() == rule
    assert say.press(changed, "Undo").title == "JAG meets on the second Tuesday of the month at 10:00"
    assert say.meets() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31st of each month", "There is no 31 February, nor in 4 other months: the group would not meet then."),
        ("29th of each month", "There is no 29 February: the group would not meet then."),
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "That never happens: February has no day 30."),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "That never happens: all its months have no day 32."),
        ("FREQ=YEARLY;BYMONTH=13", "That never happens: FREQ=YEARLY;BYMONTH=13 has no day in the next twelve years."),
        (
            "FREQ=MONTHLY;BYDAY=1MO;UNTIL=20120101",
            "That never happens: FREQ=MONTHLY;BYDAY=1MO;UNTIL=20120101T235959 has no day in the next twelve years.",
        ),
        ("FREQ=MONTHLY;BYDAY=XX", "FREQ=MONTHLY;BYDAY=XX is no rule I can follow."),
        ("FREQ=MONTHLY;INTERVAL=0;BYDAY=1MO", "INTERVAL is a number from 1 to 99, not 0."),
        ("FREQ=HOURLY", "I follow rules of"),
        ("FREQ=DAILY;BYHOUR=9", "I follow rules of"),
        ("FREQ=DAILY 10:00 for 25 hours", "A meeting lasts between 5 minutes and 12 hours, not for 25 hours."),
        ("now and then", "I cannot read “now and then” as how often a group meets."),
        ("second tuesday 10:00", "JAG meets on the second Tuesday of the month at 10:00 already. Nothing was changed."),
    ],
)
def test_a_cadence_that_cannot_be_kept_is_refused_or_explained(say, words, said):
    assert say.refused(f"/meeting cadence jag {words}").startswith(said)


def test_a_new_cadence_leaves_what_has_been_and_cancels_what_was_laid_down(say):
    past = [row[0] for row in table(say.answered("/meeting list jag past"))]
    say.answered("/meeting move jag 14 Jan to 15 Jan")
    changed = say.answered("/meeting cadence jag first monday 10:00")
    assert notes(changed) == "1 meeting of the old cadence is cancelled: 15 January 2014."
    assert [row[0] for row in table(say.answered("/meeting list jag past"))] == past
    assert say.says("/meeting next jag") == "JAG, Monday 6 January 2014 at 10:00."
    say.press(changed, "Undo")
    assert say.meets() == ["Tue 10 Dec 2013, 10:00", "Wed 15 Jan 2014, 10:00", "Tue 11 Feb 2014, 10:00"]
    assert facts(say.answered("/meeting show jag 15 Jan"))["State"] == "moved from 14 January 2014 at 10:00"


def test_a_group_may_have_no_cadence(say):
    changed = say.answered("/meeting cadence forum none")
    assert changed.title == "Members Forum has no cadence now"
    assert say.refused("/meeting next forum") == "Members Forum has no meeting to come. Add one: /meeting add forum 17 Dec 10:00"
    assert say.press(changed, "Undo").title == "Members Forum meets on the third Thursday of February and September at 18:30"


def test_a_cadence_is_asked_for_in_a_form(say):
    asked = say.answered("/meeting cadence jag")
    done = say.sent(asked, rule="first monday", **{"from": "1 March 2014"}, minutes="90 minutes")
    assert facts(done)["Next"].startswith("Tue 10 Dec 2013, Tue 14 Jan 2014, Tue 11 Feb 2014, Mon 3 Mar 2014")
    assert facts(done)["Lasts"] == "90 minutes"


@pytest.mark.parametrize(
    ("words", "fact", "said", "before"),
    [
        ("place jag: Room 2, the Forum", "Where", "Room 2, the Forum", "Civic Centre, Hemel Hempstead"),
        ("place jag https://meet.example.org/x", "Where", "https://meet.example.org/x", "Civic Centre, Hemel Hempstead"),
        ("lasts jag 90 minutes", "Lasts", "90 minutes", "2 hours"),
        ("holiday jag not held", "On a bank holiday", "not held", "the next working day"),
        ("quorum jag 4", "Quorum", "4 responsible authorities", "3 responsible authorities"),
        ("quorum jag none", "Quorum", "none set", "3 responsible authorities"),
        (
            "leads jag ask 8, remind 6, draft 3 at 12:00, agenda 2",
            "Lead times",
            "ask 8, remind 6, draft 3 12:00, agenda 2 (working days before)",
            "ask 10, remind 7 and 5, draft 4, agenda 3 (working days before)",
        ),
    ],
)
def test_how_a_group_meets_is_set_read_back_and_put_back(say, words, fact, said, before):
    changed = say.answered(f"/meeting {words}")
    assert facts(changed)[fact] == said
    assert facts(say.answered("/meeting settings jag", person="college"))[fact] == said
    assert facts(say.press(changed, "Undo"))[fact] == before
    assert say.refused(next(each.asks for each in changed.asks if each.label == "Undo")) == "JAG has that already. Nothing was changed."
    assert say.refused(f"/meeting {words}", person="asb-lead").endswith("arrange its meetings. Ask one of them.")


@pytest.mark.parametrize("verb", ["place", "lasts", "holiday", "quorum", "leads"])
def test_a_setting_without_its_value_is_asked_for(say, verb):
    asked = say.answered(f"/meeting {verb} csag")
    assert say.refused(asked.form.asks, fields={"value": asked.form.fields[0].value}) == "Nothing was changed"


def test_one_meeting_may_be_at_another_place(say):
    assert facts(say.answered("/meeting place jag 10 Dec Room 9"))["Now"] == "Tuesday 10 December 2013 at 10:00, Room 9, #jag, 2 hours"


# Who comes.


@pytest.mark.parametrize(
    "line",
    [
        "/meeting apologies 10 Dec, @burglary-deputy instead",
        "/meeting apologies jag @burglary-deputy will come instead",
        "/meeting apologies jag 10 Dec my deputy instead",
        "apologies for the next JAG, sending @burglary-deputy",
        "I can't make the JAG on 10 Dec, @burglary-deputy goes",
        "please send my apologies for the jag: @burglary-deputy in my place",
    ],
)
def test_apologies_are_sent_with_a_substitute(say, line):
    reply = say.answered(line, person="burglary-lead")
    assert reply.summary == "You send apologies for JAG on Tuesday 10 December 2013 at 10:00. burglary-deputy comes instead."
    assert facts(reply) == {"Coming": "burglary-deputy for burglary-lead", "Apologies": "burglary-lead"}
    shown = facts(say.answered("/meeting jag"))
    assert (shown["Coming"], shown["Apologies"]) == ("burglary-deputy for burglary-lead", "burglary-lead")
    after_all = say.press(reply, "Come after all", person="burglary-lead")
    assert facts(after_all) == {"Coming": "burglary-lead"}


def test_the_coordinator_says_it_for_others_and_nobody_else_does(say):
    line = "/meeting apologies jag, @college sends @fire-officer instead"
    assert say.refused(line, person="asb-lead") == (
        "The chair, the deputy chair and the coordinator of JAG say it for others. Say it of yourself."
    )
    reply = say.answered(line, person="coordinator")
    assert reply.summary == "college sends apologies for JAG on Tuesday 10 December 2013 at 10:00. fire-officer comes instead."
    assert facts(say.press(reply, "Come after all")) == {"Coming": "college"}
    assert (
        say.answered("/meeting attend jag @college @analyst").summary
        == "college and analyst come to JAG on Tuesday 10 December 2013 at 10:00."
    )


def test_a_substitute_on_chat_is_told_unless_the_group_is_private_and_not_theirs(say):
    with say.held.session() as session:
        for handle, user in (("burglary-deputy", "U1"), ("town-centre", "U2")):
            Person.named(handle, session).slack_user = user
    told = say.answered("/meeting apologies jag @burglary-deputy instead", person="burglary-lead").tells
    assert [each.reply.title for each in told] == ["You stand in for burglary-lead at JAG"]
    quiet = say.answered("/meeting apologies csag @town-centre instead", person="housing-officer")
    assert (quiet.tells, notes(quiet)) == ((), "Tell town-centre yourself: I do not.")
    assert quiet.summary == "1 CSAG meeting answered."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("attend jag 12 Nov", "JAG on Tuesday 12 November 2013 at 10:00 has been. Nothing was changed."),
        ("attend jag @town-centre and @nobody", "I know nobody called “nobody”. See who there is: /jag people."),
        ("attend raog @college", "Nothing was changed"),
        ("apologies jag my deputy instead", "coordinator has no deputy that I know of. Say who it is, such as: @burglary-deputy instead"),
    ],
)
def test_who_comes_to_what_is_over_or_is_nobody_is_refused(say, line, said):
    assert say.refused(f"/meeting {line}") == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("draft 2 at 24:00", "There is no 24:00: a time of day is from 0:00 to 23:59, such as 12:00."),
        ("draft 2 at 25:00", "There is no 25:00: a time of day is from 0:00 to 23:59, such as 12:00."),
        ("ask 9 at 9:75", "There is no 9:75: a time of day is from 0:00 to 23:59, such as 12:00."),
        ("draft 2 at noon", "I cannot read “at noon” as a lead time. Such as: ask 10, draft 2 at 12:00, agenda 1"),
    ],
)
def test_a_lead_time_at_no_time_of_day_is_refused(say, words, said):
    assert say.refused(f"/meeting leads jag {words}") == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("second to last friday 10:00", "last but one Friday of the month at 10:00"),
        ("thursday every fortnight 14:00", "every second Thursday at 14:00"),
        ("thursdays, every second week 14:00", "every second Thursday at 14:00"),
        ("every other thursday 14:00", "every second Thursday at 14:00"),
    ],
)
def test_more_words_of_a_cadence(say, words, said):
    assert facts(say.answered(f"/meeting cadence jag {words}"))["Cadence"] == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("cadence jag every fortnight", "On which day of the week? Such as: every fortnight on thursday"),
        ("cadence jag fortnightly 10:00", "On which day of the week? Such as: fortnightly on thursday"),
        ("cadence jag quarterly on the fifth tuesday", "Most months have no fifth Tuesday: the group would not meet then."),
        ("cadence jag second tuesday 25:00", "There is no 25:00: a time of day is from 0:00 to 23:59"),
        ("quorum jag 99", "There are "),
    ],
)
def test_what_a_group_cannot_keep_is_refused(say, line, said):
    assert say.refused(f"/meeting {line}").startswith(said)


NOT_EACH = "Not in every month: most have no fifth {}, and JAG does not meet on it then. Next on {}."


@pytest.mark.parametrize(
    ("words", "day", "dates"),
    [
        ("monthly on the fifth friday 10:00", "Friday", "31 January 2014 and 30 May 2014"),
        ("FREQ=MONTHLY;BYDAY=5FR 10:00", "Friday", "31 January 2014 and 30 May 2014"),
        ("FREQ=MONTHLY;BYDAY=FR;BYSETPOS=5 10:00", "Friday", "31 January 2014 and 30 May 2014"),
        ("fifth friday of march and may 10:00", "Friday", "30 May 2014 and 29 May 2015"),
        ("FREQ=MONTHLY;BYDAY=1TU,5TU 10:00", "Tuesday", "31 December 2013 and 29 April 2014"),
    ],
)
def test_a_fifth_day_is_said_not_to_be_in_every_month(say, words, day, dates):
    assert NOT_EACH.format(day, dates) in notes(say.answered(f"/meeting cadence jag {words}")).splitlines()


@pytest.mark.parametrize("words", ["last friday 11:00", "fourth friday 11:00", "every other friday 11:00", "FREQ=YEARLY;BYDAY=5FR 10:00"])
def test_a_day_that_every_month_has_is_not(say, words):
    assert "Not in every month" not in notes(say.answered(f"/meeting cadence jag {words}"))


def test_a_day_of_the_month_falls_on_weekends(say):
    assert "Some of these fall on a weekend" in notes(say.answered("/meeting cadence jag last day of each month 10:00"))


def test_a_cadence_that_cancels_what_owners_were_asked_for_is_asked_about(say):
    with say.held.session() as session:
        group = session.scalars(select(Group).where(Group.key == "jag")).one()
        group.cycle_since = NOW - timedelta(days=60)
    say.answered("/meeting place jag Room 1")
    with say.held.session() as session:
        of = select(Obligation).join(Meeting).where(Meeting.slot == datetime(2013, 12, 10, 10), Obligation.step == "ask")
        session.scalars(of).one().state = "gathered"
    asked = say("/meeting cadence jag first monday 10:00")
    assert (asked.refused, asked.title) == (True, "Cancel JAG on 10 December 2013?")
    assert say.says("/meeting next jag") == f"{JAG}."
    assert "10 December 2013" in notes(say.press(asked, "Yes, change the cadence"))


def test_what_is_told_of_a_cancelled_meeting_says_so_once(say):
    told = say.press(say.answered("/meeting cancel jag 10 Dec because of the snow"), "Tell #jag")
    assert told.parts[0] == "JAG on Tuesday 10 December 2013 at 10:00 is cancelled (the snow)."
