"""The steps of a meeting's cycle: when each is due, in what order, and how they are laid down as rows."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.base import Refusal
from models.calendar import Calendar
from models.cycle import AGENDA, ASK, DRAFT, GATHERING, KINDS, MINUTES, MORNING, REMIND, Leads, Step, steps_of
from models.groups import Group
from models.laying import lay_down, steps_between
from models.meetings import CANCELLED, PLANNED, Meeting
from models.notices import DUE, GATHERED, SKIPPED, Obligation
from models.occurrences import Occurrence
from models.working_days import WorkingDays

LONDON = ZoneInfo("Europe/London")
WORKING = WorkingDays()
SINCE = datetime(2013, 9, 2, 8, tzinfo=UTC)


@pytest.fixture
def databases(sqlite):
    return sqlite


def meeting(begins: datetime, minutes: int = 120) -> Occurrence:
    local = begins.replace(tzinfo=LONDON)
    return Occurrence(1, begins, local, minutes, "", PLANNED, False, "", "", 0, None)


def told(steps: list[Step]) -> list[str]:
    return [f"{step.name} {step.due_at:%a %d %b %H:%M}" for step in steps]


# The example's


def test_jag_of_september_2013_is_asked_reminded_drafted_and_posted_in_working_days_over_a_bank_holiday():
    steps = steps_of(meeting(datetime(2013, 9, 10, 10)), datetime(2013, 8, 13, 12, tzinfo=LONDON), Leads(), WORKING)
    assert told(steps) == [
        "ask Tue 27 Aug 09:00",
        "remind-7 Fri 30 Aug 09:00",
        "remind-5 Tue 03 Sep 09:00",
        "draft Wed 04 Sep 09:00",
        "agenda Thu 05 Sep 09:00",
        "morning Tue 10 Sep 08:00",
        "minutes Wed 11 Sep 09:00",
    ]


def test_nobody_is_asked_before_the_end_of_the_meeting_before_and_a_reminder_that_would_come_first_falls_away():
    steps = steps_of(meeting(datetime(2013, 9, 10, 10)), datetime(2013, 8, 30, 16, tzinfo=LONDON), Leads(), WORKING)
    assert told(steps)[:3] == ["ask Mon 02 Sep 09:00", "remind-5 Tue 03 Sep 09:00", "draft Wed 04 Sep 09:00"]


def test_the_draft_waits_for_an_ask_that_had_to_wait():
    steps = steps_of(meeting(datetime(2013, 9, 10, 10)), datetime(2013, 9, 3, 12, tzinfo=LONDON), Leads(), WORKING)
    assert told(steps)[:3] == ["ask Wed 04 Sep 09:00", "draft Wed 04 Sep 12:00", "agenda Thu 05 Sep 09:00"]


def test_where_the_meeting_before_ends_on_the_eve_the_agenda_goes_out_all_the_same_and_the_ask_follows():
    steps = steps_of(meeting(datetime(2013, 9, 10, 10)), datetime(2013, 9, 9, 12, tzinfo=LONDON), Leads(), WORKING)
    assert [step.name for step in steps] == ["draft", "agenda", "morning", "ask", "minutes"]
    later = steps_of(meeting(datetime(2013, 9, 10, 8, 30)), datetime(2013, 9, 9, 12, tzinfo=LONDON), Leads(), WORKING)
    assert [step.name for step in later] == ["draft", "agenda", "morning", "minutes"]


def test_the_morning_of_an_early_meeting_is_an_hour_before_it():
    steps = steps_of(meeting(datetime(2013, 9, 10, 8)), None, Leads(), WORKING)
    assert "morning Tue 10 Sep 07:00" in told(steps)


# Over all calendars

LEADS = st.builds(
    lambda agenda, draft, ask, reminds, at, draft_at: Leads(
        agenda + draft + ask,
        tuple(sorted({agenda + 1 + each % (draft + ask - 1) for each in reminds if draft + ask > 1}, reverse=True)),
        agenda + draft,
        agenda,
        time(at),
        time(draft_at),
    ),
    st.integers(1, 6),
    st.integers(0, 5),
    st.integers(0, 20),
    st.lists(st.integers(0, 30), max_size=4),
    st.integers(8, 17),
    st.integers(8, 17),
)
BEGINS = st.datetimes(datetime(2011, 1, 1, 8), datetime(2060, 1, 1)).map(
    lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
)
GAPS = st.one_of(st.none(), st.timedeltas(timedelta(hours=3), timedelta(days=120)))


@settings(max_examples=400, deadline=None)
@given(begins=BEGINS, gap=GAPS, leads=LEADS)
def test_whatever_the_calendar_the_steps_are_in_order_in_time_and_on_working_days(begins, gap, leads):
    now = meeting(begins)
    ended = now.begins - gap if gap else None
    steps = steps_of(now, ended, Leads.read(leads.plain()), WORKING)
    by_name = {step.name: step.due_at for step in steps}
    assert steps == sorted(steps, key=lambda step: (step.due_at, KINDS.index(step.kind)))
    assert len(by_name) == len(steps)
    assert {DRAFT, AGENDA, MORNING, MINUTES} <= set(by_name)
    for step in steps:
        assert step.kind == MORNING or WORKING.is_working(step.due_at.date()), step
        assert step.due_at > now.ends if step.kind == MINUTES else step.due_at < now.begins, step
    gathering = [step for step in steps if step.kind in GATHERING]
    assert not gathering or gathering[0].kind == ASK
    assert all(ended is None or step.due_at >= ended for step in gathering)
    assert len({step.due_at for step in gathering}) == len(gathering)
    assert by_name[DRAFT] <= by_name[AGENDA]
    heard = [step.due_at for step in gathering if step.due_at < by_name[AGENDA]]
    assert not heard or by_name[DRAFT] > heard[-1] or by_name[DRAFT] == by_name[AGENDA]


@settings(max_examples=100, deadline=None)
@given(begins=BEGINS, leads=LEADS)
def test_with_no_meeting_before_every_step_is_as_many_working_days_back_as_was_set(begins, leads):
    now = meeting(begins)
    for step in steps_of(now, None, leads, WORKING):
        number = {ASK: leads.ask, AGENDA: leads.agenda}.get(step.name) or (int(step.name[7:]) if step.kind == REMIND else 0)
        if number:
            between = [now.on - timedelta(days=n) for n in range(1, (now.on - step.due_at.date()).days + 1)]
            assert sum(map(WORKING.is_working, between)) == number
            assert step.due_at.time() == leads.at


@pytest.mark.parametrize(
    "plain",
    [{"ask": 2}, {"agenda": 0}, {"draft": 2}, {"reminds": [10]}, {"reminds": [3]}, {"ask": 61}, {"ask": 3, "agenda": 3, "draft": 3}],
)
def test_lead_times_out_of_order_are_refused(plain):
    with pytest.raises(Refusal, match="working days before the meeting"):
        Leads.read(plain)


def test_lead_times_are_read_as_they_are_written():
    leads = Leads.read({"ask": 5, "reminds": [2], "draft": 2, "draft_at": "12:00", "agenda": 1})
    assert leads == Leads(5, (2,), 2, 1, draft_at=time(12))
    assert Leads.read(leads.plain()) == leads


# Laid down


class Laid:
    """A group's steps as rows."""

    def __init__(self, held, key: str = "jag") -> None:
        self.held, self.key = held, key

    def group(self, session) -> Group:
        return session.scalars(select(Group).where(Group.key == self.key)).one()

    def down(self, now: datetime = SINCE, since: datetime | None = None) -> None:
        with self.held.session() as session:
            group = self.group(session)
            group.cycle_since = group.cycle_since or since or SINCE
            lay_down(group, now, session)

    def of(self, on: date) -> list[tuple[str, str, str, str]]:
        with self.held.session() as session:
            rows = session.scalars(
                select(Obligation).join(Obligation.meeting).where(Meeting.group == self.group(session)).order_by(Obligation.due_at)
            )
            return [
                (row.step, f"{row.due_at.astimezone(LONDON):%d %b %H:%M}", row.state, row.reason)
                for row in rows
                if row.meeting.begins.astimezone(LONDON).date() == on
            ]

    def change(self, on: date, **columns) -> None:
        with self.held.session() as session:
            calendar = Calendar.of(self.group(session), session)
            row = calendar.row(calendar.on(on, cancelled=True)[0], session)
            for name, value in columns.items():
                setattr(row, name, value)

    def said(self, step: str, on: date) -> None:
        with self.held.session() as session:
            row = next(
                o
                for o in session.scalars(select(Obligation).where(Obligation.step == step))
                if o.meeting.begins.astimezone(LONDON).date() == on
            )
            row.state = GATHERED

    def count(self) -> int:
        with self.held.session() as session:
            return len(session.scalars(select(Obligation)).all())


@pytest.fixture
def laid(example) -> Laid:
    return Laid(example)


def test_while_the_cycle_is_off_nothing_is_laid_down(example):
    with example.session() as session:
        lay_down(session.scalars(select(Group).where(Group.key == "jag")).one(), SINCE, session)
        assert session.scalars(select(Obligation)).all() == []


def test_switching_on_skips_the_steps_already_past_and_lays_the_others_for_120_days(laid):
    laid.down()
    assert [(step, state) for step, _, state, _ in laid.of(date(2013, 9, 10))] == [
        ("ask", SKIPPED), ("remind-7", SKIPPED), ("remind-5", DUE), ("draft", DUE), ("agenda", DUE), ("morning", DUE), ("minutes", DUE),
    ]  # fmt: skip
    assert laid.of(date(2013, 9, 10))[0][3] == "before the cycle was switched on"
    assert [bool(laid.of(on)) for on in (date(2013, 8, 13), date(2013, 12, 10), date(2014, 1, 14))] == [False, True, False]


def test_laid_down_again_nothing_is_added_or_changed(laid):
    laid.down()
    before = laid.of(date(2013, 10, 8)), laid.count()
    laid.down()
    assert (laid.of(date(2013, 10, 8)), laid.count()) == before


def test_steps_follow_a_meeting_that_is_moved_but_for_what_has_been_said(laid):
    laid.down()
    laid.said("ask", date(2013, 10, 8))
    laid.change(date(2013, 10, 8), begins=datetime(2013, 10, 15, 10, tzinfo=LONDON), sequence=1)
    laid.down(datetime(2013, 9, 25, 9, tzinfo=LONDON))
    rows = {step: (due, state) for step, due, state, _ in laid.of(date(2013, 10, 15))}
    assert rows["ask"] == ("24 Sep 09:00", GATHERED)
    assert rows["remind-7"] == ("04 Oct 09:00", DUE)
    assert rows["minutes"] == ("16 Oct 09:00", DUE)
    november = {step: due for step, due, _, _ in laid.of(date(2013, 11, 12))}
    assert november["ask"] == "29 Oct 09:00"


def test_a_cancelled_meetings_steps_are_skipped_and_come_back_when_it_is_restored(laid):
    laid.down()
    laid.change(date(2013, 10, 8), state=CANCELLED)
    laid.down()
    assert {(state, reason) for _, _, state, reason in laid.of(date(2013, 10, 8))} == {(SKIPPED, "cancelled")}
    laid.change(date(2013, 10, 8), state=PLANNED)
    laid.down()
    assert {(state, reason) for _, _, state, reason in laid.of(date(2013, 10, 8))} == {(DUE, "")}


def test_a_reminder_that_falls_away_is_skipped_and_comes_back(laid):
    laid.down()
    laid.change(date(2013, 9, 10), begins=datetime(2013, 9, 27, 10, tzinfo=LONDON), sequence=1)
    laid.down()
    rows = {step: (due, state, reason) for step, due, state, reason in laid.of(date(2013, 10, 8))}
    assert rows["ask"] == ("30 Sep 09:00", DUE, "")
    assert rows["remind-7"] == ("27 Sep 09:00", SKIPPED, "no longer part of the cycle")
    laid.change(date(2013, 9, 27), begins=datetime(2013, 9, 10, 10, tzinfo=LONDON), sequence=1)
    laid.down()
    assert {state for _, _, state, _ in laid.of(date(2013, 10, 8))} == {DUE}


def test_meetings_that_nobody_moved_follow_the_groups_settings_though_their_steps_are_laid_down(laid):
    laid.down()
    laid.change(date(2013, 11, 12), begins=datetime(2013, 11, 19, 10, tzinfo=LONDON), minutes=30, sequence=1)
    with laid.held.session() as session:
        laid.group(session).minutes = 90
    laid.down()
    with laid.held.session() as session:
        found = session.scalars(select(Meeting).order_by(Meeting.begins)).all()
        assert [(f"{each.begins:%d %b}", each.minutes) for each in found] == [
            ("10 Sep", 90),
            ("08 Oct", 90),
            ("19 Nov", 30),
            ("10 Dec", 90),
        ]


def test_steps_between_know_the_meeting_before_the_first(example):
    with example.session() as session:
        calendar = Calendar.of(session.scalars(select(Group).where(Group.key == "jag")).one(), session)
        row = calendar.row(calendar.on(date(2013, 8, 13))[0], session)
        row.begins = datetime(2013, 8, 29, 14, tzinfo=LONDON)
        session.flush()
        found = list(steps_between(calendar, datetime(2013, 9, 1, tzinfo=LONDON), datetime(2013, 9, 30, tzinfo=LONDON)))
    assert [told(steps)[0] for _, steps in found] == ["ask Fri 30 Aug 09:00"]
