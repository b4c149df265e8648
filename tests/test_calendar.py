"""When groups meet: the cadence, bank holidays, clocks that change, and what was moved, cancelled or added."""

from __future__ import annotations

import calendar as months
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.calendar import Calendar
from models.groups import Group
from models.meetings import CANCELLED, Meeting
from models.working_days import WorkingDays

LONDON = ZoneInfo("Europe/London")
YEARS = 50
DAYS = "MO TU WE TH FR SA SU".split()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def local(found) -> list[str]:
    return [f"{each.begins:%Y-%m-%d %H:%M}" for each in found]


@dataclass
class Meets:
    """A group's calendar, and what is done to its meetings."""

    held: object

    def window(self, key: str, after: str, until: str, **more) -> list[str]:
        with self.held.session() as session:
            return local(self.of(key, session).between(at(after), at(until), **more))

    def of(self, key: str, session) -> Calendar:
        return Calendar.of(session.scalars(select(Group).where(Group.key == key)).one(), session)

    def set(self, key: str, **columns) -> None:
        with self.held.session() as session:
            group = session.scalars(select(Group).where(Group.key == key)).one()
            for name, value in columns.items():
                setattr(group, name, value)

    def change(self, key: str, slot: str, **columns) -> None:
        with self.held.session() as session:
            calendar = self.of(key, session)
            wanted = datetime.fromisoformat(slot)
            found = next(
                each for each in calendar.between(at(slot) - timedelta(days=9), at(slot) + timedelta(days=9)) if each.slot == wanted
            )
            row = calendar.row(found, session)
            for name, value in columns.items():
                setattr(row, name, value)


@pytest.fixture
def meets(example) -> Meets:
    return Meets(example)


def test_each_group_of_the_example_meets_as_its_papers_say(meets):
    said = {
        "jag": "2013-09-10 10:00, 2013-10-08 10:00, 2013-11-12 10:00, 2013-12-10 10:00",
        "csag": "2013-09-12 14:00, 2013-09-26 14:00, 2013-10-10 14:00, 2013-10-24 14:00, 2013-11-07 14:00, 2013-11-21 14:00, "
        "2013-12-05 14:00, 2013-12-19 14:00",
        "raog": "2013-09-04 09:30, 2013-12-04 09:30",
        "forum": "2013-09-19 18:30",
    }
    assert {key: ", ".join(meets.window(key, "2013-09-01", "2013-12-31")) for key in said} == said
    assert meets.window("raog", "2014-01-01", "2014-07-31") == ["2014-03-05 09:30", "2014-06-04 09:30"]
    assert meets.window("forum", "2014-01-01", "2014-08-31") == ["2014-02-20 18:30"]


def test_a_meeting_on_a_bank_holiday_is_moved_as_its_group_says(meets):
    assert meets.window("csag", "2014-12-20", "2015-01-12") == ["2015-01-02 14:00"]
    meets.set("csag", starts=datetime(2014, 12, 11, 14), cadence="FREQ=WEEKLY;INTERVAL=2;BYDAY=TH")
    assert meets.window("csag", "2014-12-12", "2015-01-12") == ["2014-12-29 14:00", "2015-01-08 14:00"]
    meets.set("csag", holiday="before")
    assert meets.window("csag", "2014-12-12", "2015-01-12") == ["2014-12-24 14:00", "2015-01-08 14:00"]
    meets.set("csag", holiday="skip")
    assert meets.window("csag", "2014-12-12", "2015-01-12") == ["2015-01-08 14:00"]


def test_a_moved_meeting_stands_where_it_was_put_and_nowhere_else(meets):
    meets.change("jag", "2013-12-10T10:00", begins=at("2013-12-12T14:00"))
    assert meets.window("jag", "2013-12-01", "2013-12-31") == ["2013-12-12 14:00"]
    meets.change("jag", "2013-11-12T10:00", begins=at("2014-03-01T14:00"))
    assert meets.window("jag", "2013-11-01", "2013-11-30") == []
    assert meets.window("jag", "2014-02-20", "2014-03-31") == ["2014-03-01 14:00", "2014-03-11 10:00"]


def test_next_is_never_a_cancelled_or_a_past_one(meets):
    meets.change("jag", "2013-10-08T10:00", state=CANCELLED)
    with meets.held.session() as session:
        jag = meets.of("jag", session)
        assert local([jag.next(at("2013-09-10T11:59"))]) == ["2013-09-10 10:00"], "it is going on"
        assert local([jag.next(at("2013-09-10T12:00"))]) == ["2013-11-12 10:00"]
        assert local([jag.begins_next(at("2013-09-10T10:00"))]) == ["2013-11-12 10:00"]
        assert local([jag.last(at("2013-11-12T09:59"))]) == ["2013-09-10 10:00"]
        assert local([jag.previous(jag.next(at("2013-10-01")))]) == ["2013-09-10 10:00"]
        assert local(jag.on(date(2013, 10, 8), cancelled=True)) == ["2013-10-08 10:00"]
        assert jag.on(date(2013, 10, 8)) == []
        assert jag.last(at("2011-08-01")) is None
        assert jag.at(at("2013-10-08T10:30")) is None


@pytest.mark.parametrize(
    ("now", "going_on"), [("2013-09-10T09:29", False), ("2013-09-10T09:30", True), ("2013-09-10T13:00", True), ("2013-09-10T13:01", False)]
)
def test_a_meeting_goes_on_from_half_an_hour_before_it_until_an_hour_after(meets, now, going_on):
    with meets.held.session() as session:
        assert bool(meets.of("jag", session).at(at(now))) == going_on


def test_a_group_without_a_cadence_meets_when_a_meeting_is_added(meets):
    meets.set("forum", cadence="", starts=None)
    with meets.held.session() as session:
        forum = meets.of("forum", session)
        assert forum.next(at("2013-09-01")) is None
        session.add(Meeting(group=forum.group, slot=datetime(2013, 9, 9, 18), begins=at("2013-09-09T18:00"), minutes=60, added=True))
        session.flush()
        assert local([forum.next(at("2013-09-01"))]) == ["2013-09-09 18:00"]


def test_the_calendars_of_several_groups_are_as_each_is_by_itself(meets):
    meets.change("jag", "2013-10-08T10:00", state=CANCELLED)
    meets.change("csag", "2013-10-10T14:00", begins=at("2013-10-11T09:00"))
    now = at("2013-10-01")
    with meets.held.session() as session:
        groups = session.scalars(select(Group)).all()
        for group in groups:
            together, alone = Calendar.of_all(groups, now, session)[group.id], Calendar.of(group, session)
            assert together.next(now) == alone.next(now)
            assert together.between(now, now + timedelta(days=300), cancelled=True) == alone.between(
                now, now + timedelta(days=300), cancelled=True
            )


def test_a_row_is_made_once_and_stands_where_the_cadence_puts_it(meets):
    with meets.held.session() as session:
        jag = meets.of("jag", session)
        first = jag.next(at("2013-10-01"))
        row = jag.row(first, session)
        assert (row.slot, row.begins, row.sequence, row.state) == (datetime(2013, 10, 8, 10), first.begins, 0, "planned")
        again = jag.next(at("2013-10-01"))
        assert (again.meeting_id, again.uid) == (row.id, first.uid)
        assert jag.row(first, session) is row
        assert jag.row(again, session) is row


# Clocks: they went forward at 01:00 on 31 March 2013, and back at 02:00 on 27 October 2013.


def test_a_meeting_at_a_time_that_clocks_skip_is_at_the_later_one_and_at_a_time_that_comes_twice_at_the_first(meets):
    meets.set("forum", cadence="FREQ=DAILY", starts=datetime(2013, 3, 30, 1, 30), minutes=120)
    assert meets.window("forum", "2013-03-30", "2013-04-01T05:00") == ["2013-03-30 01:30", "2013-03-31 02:30"]
    with meets.held.session() as session:
        forum = meets.of("forum", session)
        october = forum.next(at("2013-10-27T00:00"))
        assert october.begins.astimezone(UTC) == datetime(2013, 10, 27, 0, 30, tzinfo=UTC)
        assert october.ends.astimezone(UTC) == datetime(2013, 10, 27, 2, 30, tzinfo=UTC)
        assert f"{october.ends:%H:%M %Z}" == "02:30 GMT"


# Working days.


def test_working_days_are_neither_weekends_nor_bank_holidays():
    days = WorkingDays()
    assert days.holiday(date(2013, 8, 26)) == "Late Summer Bank Holiday"
    assert days.back(date(2013, 9, 10), 10) == date(2013, 8, 27)
    assert days.back(date(2013, 9, 10), 0) == date(2013, 9, 10)
    assert days.back(date(2013, 8, 25), 1) == date(2013, 8, 23)
    assert days.after(date(2013, 12, 24)) == date(2013, 12, 27)
    assert days.after(date(2015, 12, 24)) == date(2015, 12, 29), "Boxing Day in lieu"
    assert not days.is_working(date(2022, 9, 19)), "the state funeral"
    assert days.is_working(date(2013, 12, 27))


def test_nothing_reads_the_bank_holidays_before_a_day_must_be_known():
    asking = "import sys, models.calendar, commands; commands.all_commands(); print('holidays' in sys.modules, 'icalendar' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", asking], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "False"]


# Every kind of rule, against days counted one by one, for fifty years.


@dataclass(frozen=True)
class Rule:
    """A cadence, and whether the group meets on a day, worked out from that day alone."""

    cadence: str
    meets: Callable[[date, date], bool]


def nth(day: date, n: int) -> bool:
    """Whether a day is the nth of its weekday in its month, from the end where n is negative."""
    last = months.monthrange(day.year, day.month)[1]
    return (day.day - 1) // 7 + 1 == n if n > 0 else (last - day.day) // 7 + 1 == -n


def week(day: date) -> int:
    return (day.toordinal() - 1) // 7  # ordinal 1 is a Monday


@st.composite
def rules(draw) -> Rule:
    interval = draw(st.integers(1, 4))
    weekday, n = draw(st.integers(0, 6)), draw(st.sampled_from([1, 2, 3, 4, -1, -2]))
    among = draw(st.sets(st.integers(1, 12), min_size=1))
    some = draw(st.sets(st.integers(0, 6), min_size=1))
    day_of = draw(st.integers(1, 31))
    named = ",".join(DAYS[each] for each in sorted(some))
    by_month = ",".join(map(str, sorted(among)))

    def apart(day: date, first: date) -> int:
        return (day.year - first.year) * 12 + day.month - first.month

    return draw(
        st.sampled_from(
            [
                Rule(
                    f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={named}",
                    lambda d, f: d.weekday() in some and (week(d) - week(f)) % interval == 0,
                ),
                Rule(
                    f"FREQ=MONTHLY;INTERVAL={interval};BYDAY={n}{DAYS[weekday]}",
                    lambda d, f: d.weekday() == weekday and nth(d, n) and apart(d, f) % interval == 0,
                ),
                Rule(
                    f"FREQ=MONTHLY;BYMONTH={by_month};BYDAY={n}{DAYS[weekday]}",
                    lambda d, _: d.weekday() == weekday and nth(d, n) and d.month in among,
                ),
                Rule(f"FREQ=MONTHLY;INTERVAL={interval};BYMONTHDAY={day_of}", lambda d, f: d.day == day_of and apart(d, f) % interval == 0),
                Rule("FREQ=MONTHLY;BYMONTHDAY=-1", lambda d, _: d.day == months.monthrange(d.year, d.month)[1]),
                Rule(
                    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
                    lambda d, _: (
                        d.weekday() < 5
                        and not any((d + timedelta(days=i)).weekday() < 5 and (d + timedelta(days=i)).month == d.month for i in range(1, 4))
                    ),
                ),
                Rule(
                    f"FREQ=YEARLY;INTERVAL={interval};BYMONTH={by_month};BYDAY={n}{DAYS[weekday]}",
                    lambda d, f: d.weekday() == weekday and nth(d, n) and d.month in among and (d.year - f.year) % interval == 0,
                ),
            ]
        )
    )


def counted(rule: Rule, starts: datetime, holiday: str, until: date) -> Iterator[str]:
    """The meetings of a rule in UTC, day by day."""
    days, day, meetings = WorkingDays(), starts.date(), []
    while day <= until:
        if rule.meets(day, starts.date()):
            to = day
            while days.holiday(day) and holiday != "skip" and not days.is_working(to):
                to += timedelta(days=1 if holiday == "after" else -1)
            if holiday != "skip" or not days.holiday(day):
                meetings.append(datetime.combine(to, starts.time()).replace(tzinfo=LONDON).astimezone(UTC))
        day += timedelta(days=1)
    return (f"{each:%Y-%m-%d %H:%M}" for each in sorted(meetings))


@given(
    rule=rules(),
    first=st.dates(date(1995, 1, 1), date(2030, 12, 31)),
    time_of_day=st.sampled_from([time(0, 30), time(1, 30), time(10), time(18, 30), time(23, 45)]),
    holiday=st.sampled_from(["after", "before", "skip"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_calendar_is_that_of_days_counted_one_by_one_for_fifty_years(meets, rule, first, time_of_day, holiday):
    starts = datetime.combine(first, time_of_day)
    until = date(first.year + YEARS, 12, 31)
    meets.set("forum", cadence=rule.cadence, starts=starts, holiday=holiday)
    with meets.held.session() as session:
        begins, ends = starts - timedelta(days=9), datetime.combine(until - timedelta(days=20), time())
        found = meets.of("forum", session).between(begins.replace(tzinfo=LONDON), ends.replace(tzinfo=LONDON))
    last = f"{ends.replace(tzinfo=LONDON).astimezone(UTC):%Y-%m-%d %H:%M}"
    assert [f"{each.begins.astimezone(UTC):%Y-%m-%d %H:%M}" for each in found] == [
        each for each in counted(rule, starts, holiday, until) if each <= last
    ]
