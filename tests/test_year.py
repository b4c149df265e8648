"""A year of the example's meetings, by moving a clock and by chat alone: the whole ledger of what went out, when, and to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import pytest
from cycled import LONDON, at
from slack_arrived import Arrived
from slack_server import workspace
from sqlalchemy import select
from talking import Talk, hosting, talking

from bot.demo.moving import Moving
from bot.workspace.core import BOT
from models.answered import ANSWERED
from models.cycle import KINDS
from models.notices import SENT, SKIPPED, Notice, Obligation
from models.people import Person
from scheduler.clockwork import Clockwork

BEGINS, ENDS = at("2013-09-02 09:00"), at("2014-08-31 23:59")
HOLIDAYS = [
    date.fromisoformat(day)
    for day in "2013-08-26 2013-12-25 2013-12-26 2014-01-01 2014-04-18 2014-04-21 2014-05-05 2014-05-26 2014-08-25".split()
]
JAG = "2013-09-10 2013-10-08 2013-11-12 2013-12-17 2014-01-14 2014-02-11 2014-03-11 2014-05-13 2014-06-10 2014-07-08 2014-08-12 2014-09-09"
MEETS = {
    "jag": [date.fromisoformat(day) for day in JAG.split()],
    "csag": [date(2013, 9, 12) + timedelta(days=14 * n) for n in range(27) if n != 8],  # that of 2 January is cancelled
    "raog": [date.fromisoformat(day) for day in "2013-09-04 2013-12-04 2014-03-05 2014-06-04 2014-09-03".split()],
    "forum": [date.fromisoformat(day) for day in "2013-09-19 2014-02-20 2014-09-18".split()],
}
LEADS = {"csag": {"ask": 5, "remind": (2,), "draft": 2, "agenda": 1}}
USUAL = {"ask": 10, "remind": (7, 5), "draft": 4, "agenda": 3}
CHAIRS = {"jag": ["jag-chair"], "csag": ["csag-chair"], "raog": ["strategy-chair"], "forum": []}
CHANNELS = {"jag": "#jag", "csag": "#csag", "raog": "#raog", "forum": "#members-forum"}
ACTIONS = (
    ("jag", "Fit alley gates", "housing-officer"),
    ("jag", "Visit the flats", "fire-officer"),
    ("jag", "Warn the landlords", "burglary-lead"),
    ("jag", "Find beds", "dens-officer"),
    ("jag", "Number plates", "vehicle-lead"),
    ("csag", "Case 1234: visit", "housing-officer"),
    ("csag", "Case 1235: school plan", "youth-officer"),
    ("raog", "Bid for a fund", "strategy-chair"),
    ("forum", "Open day", "asb-lead"),
)
# What people write of their own accord: (when, who, what).
SAID = (
    ("2013-09-25 12:00", "coordinator", "action add jag: Walk the campus @college due ongoing"),
    ("2013-10-30 12:00", "burglary-lead", "I'm away from 1 Nov to 30 Nov"),
    ("2013-12-02 12:00", "coordinator", "meeting move jag 10 dec to 17 dec 10:00 because the room is taken"),
    ("2013-12-20 12:00", "coordinator", "meeting cancel csag 2 jan because nobody is there"),
    ("2014-03-27 12:00", "coordinator", "meeting cancel jag 8 apr because of the election"),
)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = BEGINS

    def __call__(self) -> datetime:
        return self.now

    def move(self, to: datetime) -> None:
        self.now = max(to, self.now)


@dataclass
class Year:
    """The example in a workspace: its people answer, each in their own way, whatever the bot asks them."""

    talk: Talk
    clock: Clock
    users: dict[str, str] = field(default_factory=dict)
    seen: int = 0

    def settle(self) -> None:
        """Everybody is there, the groups have their channels and actions, and the coordinator switches the cycles on."""
        slack = self.talk.workspace
        with self.talk.held.session() as session:
            people = session.scalars(select(Person).where(Person.reached != "email")).all()
            for person in people:
                self.users[person.handle] = person.slack_user = slack.joins(
                    f"U{person.handle.upper().replace('-', '')}", person.email, person.handle
                )
        for name in ("raog", "members-forum"):
            slack.real.state.put(
                "channel", f"C{name.upper().replace('-', '')}", {"id": f"C{name.upper().replace('-', '')}", "name": name, "kind": "private"}
            )
        for channel in slack.real.state.all("channel"):
            slack.real.state.join(channel["id"], BOT)
        for group, wording, owner in ACTIONS:
            self.says("coordinator", f"action add {group}: {wording} @{owner} due ongoing")
        for group in MEETS:
            self.says("coordinator", f"meeting on {group} as planned")

    def says(self, who: str, words: str) -> list[Arrived]:
        came = self.talk.dm(words, self.users[who])
        assert not any(word in each.text for each in came for word in ("Nothing was changed", "I need a little more", "broke")), (
            who,
            words,
            came,
        )
        return came

    def live(self) -> None:
        """Go through the year, an instant at which something is due after the other; people answer in between."""
        clockwork = Clockwork(self.talk.slack.tick)
        moving = Moving(self.clock, self.talk.held.store, self.talk.held.partnership, self.talk.workspace.real, clockwork.all_due)  # type: ignore[arg-type]
        own = {at(when): (who, words) for when, who, words in SAID}
        while self.clock() < ENDS:
            self.clock.move(
                min([moving.next_instant(min(self.clock() + timedelta(days=7), ENDS)), *(when for when in own if when > self.clock())])
            )
            if self.clock() in own:
                self.says(*own[self.clock()])
            clockwork.all_due()
            self.answer()

    def answer(self) -> None:
        """Each answers in their own way what has just come."""
        came, self.seen = self.talk.workspace.arrived[self.seen :], len(self.talk.workspace.arrived)
        for who in sorted(
            {who for who, user in self.users.items() for each in came if each.place == f"D{user}" and "to update" in each.text}
        ):
            asked = next(each.text for each in came if each.place == f"D{self.users[who]}" and "to update" in each.text)
            match who:
                case "youth-officer" | "vehicle-lead":
                    pass
                case "fire-officer":
                    if asked.startswith("Still to hear"):
                        self.says(who, "rest no change")
                case "burglary-deputy":
                    self.says(who, "rest no change for @burglary-lead")
                case _:
                    self.says(who, "rest no change")
        if any("to ask yourself" in each.text for each in came):
            self.says("coordinator", "update JAG-13-004 no change for @dens-officer")
        if (local := self.clock().astimezone(LONDON)).date() in MEETS["jag"] and local.time() == time(10):
            self.says("vehicle-lead", "JAG-13-005 at risk: I am late again")
        self.seen = len(self.talk.workspace.arrived)


@pytest.fixture(scope="module")
def lived(sqlite) -> Iterator[Year]:
    """The year, lived through once."""
    from conftest import Held, _example, _held

    from models.store import Store

    held: Held = _held(Store(sqlite.like("example", _example)))
    clock = Clock()
    with workspace() as slack, hosting() as host, talking(held, slack, host, clock) as talk:
        year = Year(talk, clock)
        year.settle()
        year.live()
        yield year


# What should go out, worked out by hand


def back(day: date, number: int) -> date:
    while number:
        day -= timedelta(days=1)
        number -= day.weekday() < 5 and day not in HOLIDAYS
    return day


def after(day: date) -> date:
    day += timedelta(days=1)
    return day if day.weekday() < 5 and day not in HOLIDAYS else after(day)


def owners(group: str, on: date) -> list[str]:
    """Who is asked on a day: those out of reach are the coordinator's to ask, and the away their deputies'."""
    found = [owner for of, _, owner in ACTIONS if of == group] + (["college"] if group == "jag" and on > date(2013, 9, 25) else [])
    stand_in = {"dens-officer": "coordinator"} | (
        {"burglary-lead": "burglary-deputy"} if date(2013, 11, 1) <= on <= date(2013, 11, 30) else {}
    )
    return [stand_in.get(owner, owner) for owner in found]


def silent(group: str, on: date, first: bool) -> list[str]:
    """Who is reminded: the fire officer answers the first reminder, the youth officer none, and the vehicle lead only in the meeting."""
    if group == "jag" and on == date(2013, 9, 27):
        return ["fire-officer", "vehicle-lead", "college"]  # whose action was raised after the ask
    return [who for who in owners(group, on) if who in ("youth-officer", "vehicle-lead") or (who == "fire-officer" and first)]


def expected() -> list[tuple[str, str, str, str, str]]:
    """(when, kind, group, meeting, to) of every message of the year."""
    found: list[tuple[datetime, str, str, date, str]] = []
    for group, days in MEETS.items():
        leads = LEADS.get(group, USUAL)
        for meets in [*days, *([date(2014, 4, 8)] if group == "jag" else [])]:
            moved = {date(2013, 12, 17): date(2013, 12, 10)}.get(meets, meets) if group == "jag" else meets
            asked, noon = back(moved, leads["ask"]), time(12 if group == "csag" else 9)
            chair = [*CHAIRS[group], "coordinator"]
            steps = [(asked, time(9), "ask", owners(group, asked))]
            for number in leads["remind"]:
                on = back(moved if back(moved, number) < date(2013, 12, 2) else meets, number)
                steps.append((on, time(9), "remind", silent(group, on, number == max(leads["remind"]))))
            steps += [
                (back(meets, leads["draft"]), noon, "draft", chair),
                (back(meets, leads["agenda"]), time(9), "agenda", [CHANNELS[group]]),
            ]
            steps += [(meets, time(8), "morning", [CHANNELS[group]]), (after(meets), time(9), "minutes", chair)]
            if meets == date(2014, 4, 8):
                steps = steps[:1]  # it is cancelled after the ask
            if meets == date(2013, 9, 10):
                steps = [each if each[2] != "remind" else (*each[:3], owners(group, each[0])) for each in steps]  # nobody had been asked
            found += [(datetime.combine(on, when, LONDON), kind, group, meets, who) for on, when, kind, to in steps for who in to]
    return sorted(written(each) for each in found if BEGINS < each[0] <= ENDS)


def written(entry: tuple[datetime, str, str, date, str]) -> tuple[str, str, str, str, str]:
    when, kind, group, meets, who = entry
    return f"{when:%Y-%m-%d %H:%M}", kind, group, str(meets), who


def ledger(year: Year) -> list[tuple[str, str, str, str, str]]:
    """The same of what was sent, from the rows."""
    with year.talk.held.session() as session:
        people = {person.id: person.handle for person in session.scalars(select(Person))}
        rows = session.scalars(select(Obligation).where(Obligation.notice_id.is_not(None))).unique().all()
        return sorted(
            written(
                (
                    row.notice.sent_at.astimezone(LONDON),
                    row.kind,
                    row.meeting.group.key,
                    row.meeting.begins.astimezone(LONDON).date(),
                    people.get(row.person_key, row.notice.channel),
                )
            )
            for row in rows
            if row.notice is not None and row.notice.state == SENT
        )


def test_the_whole_ledger_of_the_year_is_as_it_should_be(lived):
    found, wanted = ledger(lived), expected()
    assert [each for each in wanted if each not in found] == []
    assert [each for each in found if each not in wanted] == []
    assert len(found) == len(wanted) == len(set(found)) > 400


def test_everything_arrived_once_and_nothing_else_was_sent_for_a_meeting(lived):
    posted = [
        (each.said["metadata"]["event_payload"]["key"], each.said["metadata"]["event_payload"]["part"])
        for each in lived.talk.workspace.of("chat.postMessage")
        if each.said.get("metadata")
    ]
    assert set(Counter(posted).values()) == {1}
    with lived.talk.held.session() as session:
        notices = session.scalars(select(Notice)).unique().all()
        assert {notice.state for notice in notices} <= {SENT, SKIPPED}
        assert {notice.key for notice in notices if notice.state == SENT and notice.over_id is None} <= {key for key, _ in posted}
        assert {notice.error for notice in notices if notice.state == SKIPPED and notice.kind in KINDS} <= {"all of it has been answered"}


def test_every_message_that_was_answered_shows_it_in_its_place_and_no_message_came_of_that(lived):
    slack = lived.talk.workspace
    with lived.talk.held.session() as session:
        notices = session.scalars(select(Notice)).unique().all()
        asked = {(notice.conversation, ts) for notice in notices if notice.kind in ("ask", "remind", "nudge") for ts in notice.stamps}
        changes = [notice for notice in notices if notice.kind == ANSWERED]
    changed = [(each.place, each.ts) for each in slack.changed if "answered" in each.said["text"]]
    last = {(each.place, each.ts): each.text for each in slack.changed}
    assert {notice.state for notice in changes} == {SENT}
    assert min(notice.due_at for notice in changes) > ENDS - timedelta(days=32), "those of long ago are forgotten"
    assert set(changed) <= asked <= {(each.place, each.ts) for each in slack.of("chat.postMessage")}
    assert len(set(changed)) > 100
    assert max(Counter(changed).values()) <= 6, "one for each time that something of it was answered"
    assert sum("All is answered" in last[place] or "is marked late" in last[place] for place in set(changed)) > 100


def test_nobody_had_two_gathering_messages_on_a_day(lived):
    with lived.talk.held.session() as session:
        sent = session.scalars(select(Notice).where(Notice.kind.in_(("ask", "remind", "nudge")), Notice.state == SENT)).unique().all()
        days = Counter((notice.person_id, notice.sent_at.astimezone(LONDON).date()) for notice in sent)
    assert set(days.values()) == {1}


def test_everything_was_sent_when_it_was_due(lived):
    with lived.talk.held.session() as session:
        sent = session.scalars(select(Notice).where(Notice.kind.in_(KINDS), Notice.state == SENT)).unique().all()
        assert [notice.about for notice in sent if notice.sent_at - notice.due_at > timedelta(minutes=1)] == []


def test_what_was_cancelled_says_why_it_was_not_said(lived):
    with lived.talk.held.session() as session:
        rows = session.scalars(select(Obligation).where(Obligation.person_key == 0)).unique().all()
        cancelled = {
            (row.meeting.group.key, row.step): row.reason for row in rows if row.meeting.state == "cancelled" and row.state == SKIPPED
        }
    assert set(cancelled.values()) == {"cancelled"}
    assert ("csag", "ask") in cancelled
    assert ("jag", "ask") not in cancelled
    assert ("jag", "remind-7") in cancelled


def test_late_answers_were_taken_and_marked_at_every_meeting(lived):
    from models.changes import LATE, Change

    with lived.talk.held.session() as session:
        late = [change.after[LATE] for change in session.scalars(select(Change)) if LATE in change.after]
    assert late == [str(day) for day in MEETS["jag"] if day <= ENDS.date()]
