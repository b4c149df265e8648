"""/meeting: when groups meet, and arranging that; asked as a coordinator, a chair and a member would."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from asking import Asking, facts, labels, notes, table
from sqlalchemy import select

from commands.frozen import thawed
from commands.reply import Reply
from models.meetings import Meeting
from models.notices import Notice, Obligation

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
        ("move the JAG to thursday", "Thursday 5 December 2013 at 10:00"),
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
        from models.groups import Group

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
