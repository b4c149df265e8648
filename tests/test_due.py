"""When something is due, as people type it on Monday 2 September 2013. The JAG meets on the 10th, the CSAG on the 12th."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import Refusal
from models.due import Due

TODAY, JAG, CSAG = date(2013, 9, 2), date(2013, 9, 10), date(2013, 9, 12)
MEETS = {"": JAG, "jag": JAG, "joint action group": JAG, "csag": CSAG, "raog": None, "member forum": None}
OWN = frozenset({"jag", "joint action group"})
DATES = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def due(words: str, today: date = TODAY) -> Due:
    return Due.read(words, today, MEETS, OWN)


def read(words: str, today: date = TODAY) -> str:
    """What is read of words: "2013-12-12", "next JAG (10 September 2013)" or "ongoing"."""
    found = due(words, today)
    return str(found.on) if found.kind == "date" else found.said("JAG")


def refused(words: str) -> str:
    with pytest.raises(Refusal) as refusal:
        due(words)
    return refusal.value.words


def beginning(words: str) -> tuple[str, str] | None:
    found = Due.beginning(words, TODAY, MEETS, OWN)
    return found and (found[0].said("JAG"), found[1])


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("12 Dec", "2013-12-12"),
        ("due 12th December", "2013-12-12"),
        ("Due: 12 Dec 13", "2013-12-12"),
        ("by the 12th of December", "2013-12-12"),
        ("by Thu 12 Dec", "2013-12-12"),
        ("Thurs, 12 Dec, 2013.", "2013-12-12"),
        ("Dec 12th", "2013-12-12"),
        ("Dec 25", "2013-12-25"),
        ("12Dec13", "2013-12-12"),
        ("12-Dec-13", "2013-12-12"),
        ("12 Dec ’13", "2013-12-12"),
        ("12/12/13", "2013-12-12"),
        ("before 5/12", "2013-12-05"),
        ("12.12.2013", "2013-12-12"),
        ("1.11.13", "2013-11-01"),
        ("11–01–2014", "2014-01-11"),
        ("2013-12-01", "2013-12-01"),
        ("deadline 30 novmber", "2013-11-30"),
        ("5 Jan", "2014-01-05"),
        ("29 Feb 2016", "2016-02-29"),
        ("fri", "2013-09-06"),
        ("until Friday", "2013-09-06"),
        ("this fri", "2013-09-06"),
        ("next fri", "2013-09-13"),
        ("wendesday", "2013-09-04"),
        ("monday", "2013-09-09"),
        ("fri week", "2013-09-13"),
        ("by fri wk", "2013-09-13"),
        ("monday week", "2013-09-16"),
        ("a week on monday", "2013-09-16"),
        ("week on friday", "2013-09-13"),
        ("2 weeks on friday", "2013-09-20"),
        ("a fortnight on friday", "2013-09-20"),
        ("a week today", "2013-09-09"),
        ("tomorrow week", "2013-09-10"),
        ("fri of next week", "2013-09-13"),
        ("next week fri", "2013-09-13"),
        ("fri this week", "2013-09-06"),
        ("today", "2013-09-02"),
        ("tomorrow", "2013-09-03"),
        ("tmrw", "2013-09-03"),
        ("this week", "2013-09-06"),
        ("by the end of the week", "2013-09-06"),
        ("next week", "2013-09-13"),
        ("end of next week", "2013-09-13"),
        ("end of month", "2013-09-30"),
        ("the end of the month", "2013-09-30"),
        ("eom", "2013-09-30"),
        ("month end", "2013-09-30"),
        ("next month", "2013-10-31"),
        ("end of jan", "2014-01-31"),
        ("til jan", "2014-01-31"),
        ("till January 2015", "2015-01-31"),
        ("end of Feb", "2014-02-28"),
        ("Sept", "2013-09-30"),
        ("in march", "2014-03-31"),
        ("may", "2014-05-31"),
        ("mid-October", "2013-10-15"),
        ("end of year", "2013-12-31"),
        ("in 2 weeks", "2013-09-16"),
        ("2 weeks", "2013-09-16"),
        ("two weeks", "2013-09-16"),
        ("a fortnight", "2013-09-16"),
        ("seven days", "2013-09-09"),
        ("in 10 days", "2013-09-12"),
        ("in a month", "2013-10-02"),
        ("6 weeks' time", "2013-10-14"),
        ("yesterday", "2013-09-01"),
        ("last friday", "2013-08-30"),
        ("last mon", "2013-08-26"),
        ("by 12.12", "2013-12-12"),
        ("1.10", "2013-10-01"),
        ("w/c 7 Oct", "2013-10-07"),
        ("week commencing Wed 9th October", "2013-10-07"),
        ("1st week of oct", "2013-10-04"),
        ("the last week of September", "2013-09-27"),
        ("2nd tues of next month", "2013-10-08"),
        ("last friday of the month", "2013-09-27"),
        ("first monday of Sept", "2013-09-02"),
        ("third week of August 2014", "2014-08-15"),
        ("before christmas", "2013-12-25"),
        ("by Xmas Eve", "2013-12-24"),
        ("New Year", "2013-12-31"),
        ("1st", "2013-10-01"),
        ("by the 31st", "2013-10-31"),
        ("the 3rd of the month", "2013-09-03"),
        ("2moro", "2013-09-03"),
        ("by next CSAG", "2013-09-12"),
        ("the next csag meeting", "2013-09-12"),
    ],
)
def test_a_day_is_read_as_people_write_it(words, day):
    assert read(words) == day


@pytest.mark.parametrize(
    "words",
    ["next jag", "nxt jag", "by next JAG", "next meeting", "for the next mtg", "the next JAG meeting", "jag", "next Joint Action Group"],
)
def test_the_next_meeting_of_its_own_group_stays_a_meeting(words):
    assert read(words) == "next JAG (10 September 2013)"


@pytest.mark.parametrize("words", ["ongoing", "On-going", "ON GOING.", "due ongoing", "continuous", "rolling", "standing"])
def test_ongoing_is_reviewed_at_each_meeting(words):
    assert read(words) == "ongoing"


@pytest.mark.parametrize(
    ("words", "today", "day"),
    [
        ("fri", date(2013, 9, 6), "2013-09-13"),
        ("this fri", date(2013, 9, 6), "2013-09-06"),
        ("next fri", date(2013, 9, 7), "2013-09-13"),
        ("this week", date(2013, 9, 7), "2013-09-13"),
        ("next week", date(2013, 9, 8), "2013-09-13"),
        ("next month", date(2014, 1, 31), "2014-02-28"),
        ("in a month", date(2014, 1, 31), "2014-02-28"),
        ("30 Dec", date(2014, 1, 5), "2013-12-30"),
    ],
)
def test_weeks_and_months_turn_where_people_expect(words, today, day):
    assert read(words, today) == day


@pytest.mark.parametrize(
    ("words", "day", "past"),
    [
        ("2 Sep", "2013-09-02", False),
        ("1 Sep", "2013-09-01", True),
        ("2 June", "2013-06-02", True),
        ("1 June", "2014-06-01", False),
        ("Aug", "2013-08-31", True),
        ("12 Dec 2012", "2012-12-12", True),
    ],
)
def test_without_a_year_a_day_just_gone_is_past_and_any_other_is_to_come(words, day, past):
    assert (read(words), due(words).is_past(TODAY)) == (day, past)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("31 February", "There is no 31 February. February 2014 ends on the 28th."),
        ("by 31 Feb 2014", "There is no 31 February 2014. February 2014 ends on the 28th."),
        ("30.2.14", "There is no 30 February 2014. February 2014 ends on the 28th."),
        ("29 Feb", "There is no 29 February. February 2014 ends on the 28th."),
        ("12/25/13", "there is no month 25. Write the day first, then the month, as in 25 December."),
        ("2013-13-01", "there is no month 13."),
        ("Fri 12 Dec", "12 December 2013 is a Thursday, not a Friday."),
        ("Dec 13", "'dec 13' may be 13 December or the end of December 2013."),
        ("due ASAP", "'ASAP' is no date. Give one, such as 12 Dec, or next JAG."),
        ("by tbc", "'tbc' is no date. Give one, such as 12 Dec, or next JAG."),
        ("as soon as possible", "is no date"),
        ("next raog", "I do not know when RAOG next meets. Give a date, such as 12 Dec, next JAG or ongoing."),
        ("members forum", "I do not know when Members Forum next meets."),
        ("", "It is not said when it is due."),
        *(
            (words, f"I cannot read {words!r}")
            for words in ("5", "2013", "by", "24/7", "2 weeks ago", "1.5", "10.30", "w/c gates", "12 Dec fit gates", "fridays", "12 Dec, 5")
        ),
    ],
)
def test_what_is_no_date_is_refused_with_what_would_be_one(words, says):
    assert says in refused(words)


@pytest.mark.parametrize(
    ("words", "when", "rest"),
    [
        ("12 Dec #asb", "12 December 2013", "#asb"),
        ("12 Dec 13 fit gates", "12 December 2013", "fit gates"),
        ("by the end of the month - waiting on highways", "30 September 2013", "waiting on highways"),
        ("due by the end of next month please", "31 October 2013", "please"),
        ("til jan, 5 waiting on highways", "31 January 2014", "5 waiting on highways"),
        ("til jan rest no change", "31 January 2014", "rest no change"),
        ("12 Dec, 13 done", "12 December 2013", "13 done"),
        ("fri contractor off sick", "6 September 2013", "contractor off sick"),
        ("mon: contractor off sick", "9 September 2013", "contractor off sick"),
        ("mon: week off", "9 September 2013", "week off"),
        ("fri week contractor off sick", "13 September 2013", "contractor off sick"),
        ("a week on monday they start", "16 September 2013", "they start"),
        ("by sat at noon", "7 September 2013", "at noon"),
        ("next JAG @housing-officer", "next JAG (10 September 2013)", "@housing-officer"),
        ("by the next JAG meeting with a plan", "next JAG (10 September 2013)", "with a plan"),
        ("next csag if they agree", "12 September 2013", "if they agree"),
        ("3 may object in writing", "3 May 2014", "object in writing"),
        ("by march on the town centre", "31 March 2014", "on the town centre"),  # which nothing here can tell from a date
        ("by wendesday at noon", "4 September 2013", "at noon"),
        ("may", "31 May 2014", ""),
        ("by w/c 7 oct fit gates", "7 October 2013", "fit gates"),
        ("due 12.12 contractor", "12 December 2013", "contractor"),
        ("last friday of the month please", "27 September 2013", "please"),
        ("by the 1st @housing-officer", "1 October 2013", "@housing-officer"),
        ("ongoing, patrols weekly", "ongoing", "patrols weekly"),
    ],
)
def test_the_longest_beginning_that_is_a_date_is_read_and_the_rest_kept(words, when, rest):
    assert beginning(words) == (when, rest)


@pytest.mark.parametrize(
    "words",
    [
        "residents may object",
        "may object to the plans",
        "march on the town centre",
        "sat with the family",
        "sun damaged signs",
        "mon repos to be visited",
        "second letter to the landlord",
        "april to ring highways",
        "rolling programme of visits",
        "2 weeks of patrols",
        "for 2 weeks of patrols",
        "24/7 cover",
        "by 1st Avenue",
        "by Christmas tree",
        "by 1.10 metres",
        "yesterday they came",
        "last friday they came",
        "1st floor flats",
        "1/3 of the flats",
        "JAG members to be told",
        "RAOG to be told",
        "Augusta Road lights",
        "fit gates by 12 Dec",
        "ASAP please",
        "4 gates fitted",
        "",
    ],
)
def test_ordinary_words_are_no_date(words):
    assert beginning(words) is None


@pytest.mark.parametrize(
    "words", ["31 February fit gates", "by 30.2.14 fit gates", "12/25/13 fit gates", "fri after next", "fri the following week"]
)
def test_a_beginning_that_is_no_day_of_the_calendar_or_cannot_be_read_whole_is_refused(words):
    with pytest.raises(Refusal):
        beginning(words)


def test_a_group_that_has_no_date_for_its_next_meeting_still_has_a_next_meeting():
    found = Due.read("next meeting", TODAY, {"": None})
    assert (found.kind, found.said("JAG"), found.said(), found.sorts) == ("meeting", "next JAG", "next meeting", date.max)


def test_a_meeting_written_with_a_date_that_has_gone_was_due_on_that_date():
    assert read("next JAG (13 August 2013)") == "2013-08-13"


def test_a_year_on_is_the_same_day_of_next_year():
    assert due("12 Dec 2012").a_year_on() == due("12 Dec 2013")
    assert due("29 Feb 2016").a_year_on() == due("28 Feb 2017")
    assert due("ongoing").a_year_on() == due("ongoing")


def test_what_is_due_sorts_by_its_day_and_ongoing_last():
    given = [due(words) for words in ("ongoing", "12 Dec", "next jag", "fri")]
    assert [found.said() for found in sorted(given, key=lambda found: found.sorts)] == [
        "6 September 2013", "next meeting (10 September 2013)", "12 December 2013", "ongoing",
    ]  # fmt: skip


STYLES = ("%d/%m/%Y", "%d.%m.%y", "%d-%m-%Y", "%Y-%m-%d", "%d %b %Y", "%d %B %y", "%a %d %b %Y", "%A, %d %B %Y", "%B %d, %Y", "by %d-%b-%y")


@given(DATES, st.sampled_from(STYLES))
def test_a_date_with_its_year_reads_back_to_itself(day, style):
    assert due(day.strftime(style)) == Due("date", day)


@given(st.one_of(st.builds(Due, st.just("date"), DATES), st.just(Due("ongoing")), st.just(Due("meeting", JAG))))
def test_what_is_said_reads_back_to_itself(found):
    assert due(found.said("JAG")) == found


PIECES = """12 31 1st 12.12 w/c last first christmas yesterday
 0 99 2013 1/2/13 13.13.13 . , / - ( ’ by due next the end of mid in feb may fri
wendesday week month fortnight a 999 years jag raog meeting asap 三"""


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES.split()), max_size=9).map(" ".join)))
def test_whatever_is_typed_is_read_or_refused_and_no_beginning_loses_a_word(words):
    with suppress(Refusal):
        assert isinstance(due(words), Due)
    with suppress(Refusal):
        if found := Due.beginning(words, TODAY, MEETS, OWN):
            assert words.strip().endswith(found[1])
