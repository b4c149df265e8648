"""How a group meets as a rule: its cadence, place, length, bank holidays, quorum and lead times."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from arranging import JAG, NOW, Says
from asking import facts, notes, table
from sqlalchemy import select

from models.groups import Group
from models.meetings import Meeting
from models.notices import Obligation


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def say(example) -> Says:
    return Says(example)


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


def test_one_authority_is_one_and_a_quorum_is_a_whole_number(say):
    assert facts(say.answered("/meeting quorum jag 1"))["Quorum"] == "1 responsible authority"
    assert facts(say.answered("/meeting jag"))["Quorum"] == "1 responsible authority"
    assert facts(say.answered("/agenda jag"))["Quorum"] == "1 responsible authority"
    for wrong in ("-1", "1.5", "2,5"):
        assert say.refused(f"/meeting quorum jag {wrong}") == (
            f"I cannot read “{wrong}” as a number of responsible authorities. Say 3, or none."
        )
    assert facts(say.answered("/meeting quorum jag: 2."))["Quorum"] == "2 responsible authorities"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "ask 10 remind 7 and 5 draft 6 agenda 3",
            "The draft follows the last reminder: it goes out 3 hours after that, 5 working days before the meeting, and not 6.",
        ),
        ("draft 5", "The draft follows the last reminder: it goes out 3 hours after that, 5 working days before the meeting, and not 5."),
        (
            "ask 4 no reminders draft 6 agenda 3",
            "The draft follows the last ask: it goes out 3 hours after that, 4 working days before the meeting, and not 6.",
        ),
        ("draft 5 at 12:00", ""),
        ("draft 3", ""),
    ],
)
def test_a_draft_that_goes_out_later_than_it_is_said_to_is_told(say, words, said):
    assert notes(say.answered(f"/meeting leads jag {words}")) == said
    assert notes(say.answered("/meeting settings jag", person="college")) == said


@pytest.mark.parametrize("words", ["no reminders", "ask 10, no reminders, draft 4, agenda 3"])
def test_no_reminders_are_none_and_leave_what_follows(say, words):
    assert facts(say.answered(f"/meeting leads jag {words}"))["Lead times"] == "ask 10, draft 4, agenda 3 (working days before)"


@pytest.mark.parametrize("verb", ["place", "lasts", "holiday", "quorum", "leads"])
def test_a_setting_without_its_value_is_asked_for(say, verb):
    asked = say.answered(f"/meeting {verb} csag")
    assert say.refused(asked.form.asks, fields={"value": asked.form.fields[0].value}) == "Nothing was changed"


def test_one_meeting_may_be_at_another_place(say):
    assert facts(say.answered("/meeting place jag 10 Dec Room 9"))["Now"] == "Tuesday 10 December 2013 at 10:00, Room 9, #jag, 2 hours"


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
