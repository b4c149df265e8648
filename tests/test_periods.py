"""Periods as people write them, read against January 2023 to December 2025."""

from contextlib import suppress
from datetime import UTC, datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.words import plain
from models.base import Refusal
from models.figures import periods
from models.figures.months import Period, iso, month, month_from, runs
from models.near import folded

FIRST, LAST = month(2023, 1), month(2025, 12)


def held(last: int = LAST, jag: datetime | None = datetime(2025, 11, 11, 10, tzinfo=UTC)) -> periods.Held:
    return periods.Held(FIRST, last, datetime(2026, 2, 10, tzinfo=UTC), lambda: jag)


def asked(words: str) -> periods.Asked:
    """What is read of words as they are typed."""
    return periods.read(folded(plain(words)))


def read(words: str, **against: object) -> str:
    """The months that words mean, and those they are compared with: "2025-03..2025-05 vs 2024-03..2024-05"."""
    given, when = asked(words), held(**against)
    assert given.period, f"no period was read in {words!r}"
    period = given.period(when)
    spans = [period, given.against(period, when)] if given.against else [period]
    return " vs ".join(iso(span.first) if len(span) == 1 else f"{iso(span.first)}..{iso(span.last)}" for span in spans)


def refused(words: str, **against: object) -> str:
    with pytest.raises(Refusal) as refusal:
        read(words, **against)
    return refusal.value.words


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("2025", "2025-01..2025-12"),
        ("Mar 2025", "2025-03"),
        ("March 2025", "2025-03"),
        ("sept 2024", "2024-09"),
        ("2025-03", "2025-03"),
        ("03/2025", "2025-03"),
        ("3-2025", "2025-03"),
        ("Mar-May 2025", "2025-03..2025-05"),
        ("March to May 2025", "2025-03..2025-05"),
        ("between March and May 2025", "2025-03..2025-05"),
        ("from March to May 2025", "2025-03..2025-05"),
        ("Jan-Apr 2024", "2024-01..2024-04"),
        ("Oct 2018 - Feb 2019", "2018-10..2019-02"),
        ("Oct-Feb 2019", "2018-10..2019-02"),
        ("Nov 2024 to Feb", "2024-11..2025-02"),
        ("2025-01..2025-06", "2025-01..2025-06"),
        ("2023 to 2024", "2023-01..2024-12"),
        ("last month", "2025-12"),
        ("last 3 months", "2025-10..2025-12"),
        ("last six months", "2025-07..2025-12"),
        ("the past 2 quarters", "2025-07..2025-12"),
        ("rolling 12 months", "2025-01..2025-12"),
        ("last two years", "2024-01..2025-12"),
        ("this year", "2025-01..2025-12"),
        ("year to date", "2025-01..2025-12"),
        ("last year", "2024-01..2024-12"),
        ("since March", "2025-03..2025-12"),
        ("since Oct 2024", "2024-10..2025-12"),
        ("since 2024", "2024-01..2025-12"),
        ("since last JAG", "2025-11..2025-12"),
        ("financial year 2024/25", "2024-04..2025-03"),
        ("fy 24/25", "2024-04..2025-03"),
        ("2024/25", "2024-04..2025-03"),
        ("last financial year", "2024-04..2025-03"),
        ("this financial year", "2025-04..2025-12"),
        ("last quarter", "2025-10..2025-12"),
        ("in May", "2025-05"),
        ("asb may", "2025-05"),
    ],
)
def test_a_period_is_read_as_people_write_it(words, months):
    assert read(words) == months


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("2025 vs 2024", "2025-01..2025-12 vs 2024-01..2024-12"),
        ("Mar-May 2025 vs 2023", "2025-03..2025-05 vs 2023-03..2023-05"),
        ("Mar-May 2025 vs the same months of 2023", "2025-03..2025-05 vs 2023-03..2023-05"),
        ("last month vs last year", "2025-12 vs 2024-12"),
        ("this year compared with last year", "2025-01..2025-12 vs 2024-01..2024-12"),
        ("this year on last year", "2025-01..2025-12 vs 2024-01..2024-12"),
        ("March 2025 against the year before", "2025-03 vs 2024-03"),
        ("March vs April", "2025-03 vs 2025-04"),
        ("Mar 2025 v Mar 2024", "2025-03 vs 2024-03"),
        ("2024/25 vs financial year 2023/24", "2024-04..2025-03 vs 2023-04..2024-03"),
    ],
)
def test_a_period_is_compared_with_what_was_asked(words, months):
    assert read(words) == months


@pytest.mark.parametrize("words", ["mar25", "Mar 25", "Mar ’25", "mar ‘25", "Mar-25", "MAR/25", "Mar\u00a02025", "March, 2025"])
def test_a_month_is_read_as_phones_and_spreadsheets_write_it(words):
    assert read(words) == "2025-03"


def test_a_range_is_read_as_phones_and_spreadsheets_write_it():
    assert read("Mar25-May25") == read("Mar–May 2025") == read("Mar ’25 — May ’25") == "2025-03..2025-05"


def test_may_i_is_a_request_and_no_month():
    assert asked("may i have asb").period is None
    assert asked("May we see asb?").period is None
    assert read("may i have asb in march") == "2025-03"
    assert read("may i have asb for may") == "2025-05"


def test_the_rest_of_the_words_are_left_for_others():
    assert asked("asb in Grovehill since March vs 2023 top").rest.split() == ["asb", "in", "grovehill", "top"]
    assert asked("asb vs burglary").rest == "asb vs burglary"
    assert asked("asb grovehill").period is None


def test_this_year_goes_to_the_last_month_held():
    assert read("this year", last=month(2025, 7)) == "2025-01..2025-07"
    assert read("2025", last=month(2025, 7)) == "2025-01..2025-07"
    assert read("this year on last year", last=month(2025, 2)) == "2025-01..2025-02 vs 2024-01..2024-02"


def test_since_march_is_the_latest_march_held():
    assert read("since March", last=month(2025, 2)) == "2024-03..2025-02"
    assert read("March", last=month(2025, 2)) == "2024-03"


def test_the_last_quarter_is_a_whole_one():
    assert read("last quarter", last=month(2025, 7)) == "2025-04..2025-06"
    assert read("last quarter", last=month(2025, 6)) == "2025-04..2025-06"


def test_a_jag_since_which_no_month_has_come_in_is_said():
    assert "No whole month has come in since the last JAG (13 January 2026)" in refused(
        "since last jag", jag=datetime(2026, 1, 13, tzinfo=UTC)
    )
    assert "I don't know when the JAG last met" in refused("since last jag", jag=None)


def test_a_month_not_held_yet_is_said():
    assert refused("since March 2027") == "March 2027 is not held yet: the last month held is December 2025."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("31 February", "There is no 31 February. I hold whole months: ask for February"),
        ("31st of February 2025", "There is no 31 February 2025"),
        ("February 31 2025", "There is no 31 February 2025"),
        ("29 February 2025", "There is no 29 February 2025"),
        ("31/02/2025", "There is no 31 February 2025"),
        ("2025-02-31", "There is no 31 February 2025"),
        ("1/13/2025", "there is no month 13"),
        ("13/2025", "'13/2025' is no month. Expected a year and month such as 2025-03."),
        ("2025-13", "'2025-13' is no month"),
        ("2025-01..2025-13", "has a month that isn't one. Expected such as 2025-01..2025-12."),
        ("May 2025 - March 2025", "May 2025 comes after March 2025. Expected the earlier month first."),
        ("2025-06..2025-01", "June 2025 comes after January 2025"),
        ("2025 to 2023", "2025 comes after 2023. Expected the earlier year first."),
        ("2024/26", "'2024/26' is no financial year. Expected such as financial year 2024/25."),
        ("last 0 months", "Expected one month or more, such as last 3 months."),
    ],
)
def test_a_period_that_is_none_is_refused_with_what_was_expected(words, said):
    assert said in refused(words)


@pytest.mark.parametrize("words", ["12 March 2025", "March 12th", "12/03/2025", "2025-03-12", "29 February", "March 15, 2025"])
def test_a_day_is_refused_and_its_month_offered(words):
    said = refused(f"asb {words}")
    assert said.startswith("I hold whole months, not days: police.uk gives no day. Ask for ")
    assert "the constabulary's analyst holds the days" in said


@pytest.mark.parametrize("words", ["yesterday", "last week", "on Fridays", "last 10 days", "at the weekend", "last night"])
def test_days_and_weeks_are_refused_and_who_holds_them_is_said(words):
    said = refused(f"asb {words}")
    assert "I hold whole months" in said
    assert "analyst holds days and hours" in said


def test_a_thousand_digits_are_nobody_s_months():
    assert asked(f"last {'9' * 500} months").period is None


@given(first=st.integers(FIRST - 60, LAST), length=st.integers(1, 40))
def test_a_period_is_read_back_from_its_name_and_from_its_words(first, length):
    period = Period(first, min(first + length - 1, LAST))
    for words in (str(period), period.words):
        assert asked(words).period(held()) == period
        assert not asked(words).rest.strip()


@given(text=st.text(alphabet="marchyjun0123456789/-.'’ vs to last since fy", max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_words(text):
    with suppress(Refusal):
        given = asked(text)
        period = given.period(held()) if given.period else None
        if period and given.against:
            given.against(period, held())


@given(st.sets(st.integers(0, 60)))
def test_runs_are_the_months_they_came_from(months):
    found = runs(list(months))
    assert [m for run in found for m in run.months] == sorted(months)
    assert all(later.first > earlier.last + 1 for earlier, later in pairwise(found))


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "2025-1", "25-01", "", "2025/01", "2025-0a", "-202-01", "+202-01", "2025-+1"])
def test_what_is_no_month_is_not_read_as_one(text):
    with pytest.raises(ValueError):  # noqa: PT011
        month_from(text)


@given(st.integers(month(1000, 1), month(9999, 12)))
def test_a_month_is_read_back_as_it_is_written(ordinal):
    assert month_from(iso(ordinal)) == ordinal


@pytest.mark.parametrize(
    ("words", "months"),
    [
        ("q1 2025", "2025-01..2025-03"),
        ("in Q4 24", "2024-10..2024-12"),
        ("12 months to March 2025", "2024-04..2025-03"),
        ("3 months ending june", "2025-04..2025-06"),
    ],
)
def test_quarters_and_months_that_end_somewhere_are_read(words, months):
    asked = periods.read(words.lower())
    period = asked.period(held())
    assert f"{iso(period.first)}..{iso(period.last)}" == months
