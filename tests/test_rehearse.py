"""What the cycle will send, before it sends any of it: in chat, at the command line, and as the tick then does it."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from asking import Asking, labels, notes, table
from cycled import Cycle, at
from planned import Plan
from sqlalchemy import func, select

from models.away import Away
from models.groups import Group
from models.meetings import Meeting
from models.notices import Notice, Obligation
from models.people import Person
from models.rehearsing import rehearse

NOW = at("2013-09-02 09:00")


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def plan(example) -> Plan:
    return Plan(example)


@pytest.fixture
def asking(example) -> Asking:
    return Asking(example)


def rows(held, keys: str, after: str, until: str) -> list[tuple[str, str, str, str]]:
    """(when, kinds, meetings, to) of a rehearsal."""
    with held.session() as session:
        groups = session.scalars(select(Group).where(Group.key.in_(keys.split()))).all()
        return [
            (
                f"{each.at:%Y-%m-%d %H:%M}",
                " ".join(about.kind for about in each.about),
                " ".join(f"{about.group.key}-{about.meeting.on:%m-%d}" for about in each.about),
                " ".join(each.recipients),
            )
            for each in rehearse(groups, at(after), at(until), session)
        ]


# Rehearsed


def test_a_month_of_jag_is_rehearsed_by_its_sending_times(example, plan):
    plan.add("Fit gates", "housing-officer", number=1)
    plan.add("Find beds", "dens-officer", number=2)
    asked = "housing-officer coordinator"
    assert rows(example, "jag", "2013-09-01 00:00", "2013-10-01 00:00") == [
        ("2013-09-03 09:00", "remind", "jag-09-10", asked),
        ("2013-09-04 09:00", "draft", "jag-09-10", "jag-chair coordinator"),
        ("2013-09-05 09:00", "agenda", "jag-09-10", "#jag"),
        ("2013-09-10 08:00", "morning", "jag-09-10", "#jag"),
        ("2013-09-11 09:00", "minutes", "jag-09-10", "jag-chair coordinator"),
        ("2013-09-24 09:00", "ask", "jag-10-08", asked),
        ("2013-09-27 09:00", "remind", "jag-10-08", asked),
    ]


def test_a_chair_outside_chat_leaves_the_draft_to_the_coordinator(example):
    found = rows(example, "forum", "2013-09-01 00:00", "2013-10-01 00:00")
    assert [row for row in found if row[1] == "draft"] == [("2013-09-13 09:00", "draft", "forum-09-19", "coordinator")]
    assert [row[3] for row in found if row[1] == "ask"] == [""]  # there is no action to ask about


def test_whoever_two_groups_ask_on_one_day_gets_one_message_of_both(example, plan):
    plan.add("Fit gates", "housing-officer", number=1)
    plan.add("Clear cans", "town-centre", number=2)
    plan.add("Case 1234", "housing-officer", "csag", number=1)
    found = rows(example, "jag csag", "2013-09-24 00:00", "2013-09-25 00:00")
    assert found == [
        ("2013-09-24 09:00", "remind ask", "csag-09-26 jag-10-08", "housing-officer"),
        ("2013-09-24 09:00", "ask", "jag-10-08", "town-centre"),
        ("2013-09-24 12:00", "draft", "csag-09-26", "csag-chair coordinator"),
    ]
    assert rows(example, "jag", "2013-09-24 00:00", "2013-09-25 00:00") == [
        ("2013-09-24 09:00", "ask", "jag-10-08", "housing-officer town-centre"),
    ]


def test_in_twelve_months_nobody_is_written_to_twice_a_day_for_news(example, plan):
    for number, (owner, group) in enumerate([("housing-officer", "jag"), ("fire-officer", "jag"), ("asb-lead", "jag")], 1):
        plan.add("Something", owner, group, number=number)
    for number, (owner, group) in enumerate([("housing-officer", "csag"), ("fire-officer", "csag")], 1):
        plan.add("Something", owner, group, number=number)
    plan.add("Something", "fire-officer", "raog", number=1)
    plan.add("Something", "asb-lead", "forum", number=1)
    found = rows(example, "jag csag raog forum", "2013-09-01 00:00", "2014-09-01 00:00")
    gathered = [(when[:10], who) for when, kinds, _, to in found if {"ask", "remind"} & set(kinds.split()) for who in to.split()]
    assert len(gathered) == len(set(gathered)) > 100
    assert [row[0] for row in found] == sorted(row[0] for row in found)
    with example.session() as session:  # and nothing was sent, nor written down
        assert [session.scalar(select(func.count()).select_from(each)) for each in (Notice, Obligation, Meeting)] == [0, 0, 0]


def test_groups_that_ask_at_different_times_of_a_day_write_on_two_days(example, plan):
    plan.add("Fit gates", "housing-officer", number=1)
    plan.add("Case 1234", "housing-officer", "csag", number=1)
    with example.session() as session:
        session.scalars(select(Group).where(Group.key == "csag")).one().leads = {
            "ask": 5,
            "reminds": [2],
            "draft": 2,
            "agenda": 1,
            "at": "12:00",
        }
    found = rows(example, "jag csag", "2013-09-24 00:00", "2013-09-26 00:00")
    assert [row[:3] for row in found if row[3] == "housing-officer"] == [
        ("2013-09-24 09:00", "ask", "jag-10-08"),
        ("2013-09-25 09:00", "remind", "csag-09-26"),
    ]


def test_the_away_are_answered_for_in_the_rehearsal_as_well(example, plan):
    plan.add("Warn landlords", "burglary-lead", number=1)
    with example.session() as session:
        lead = Person.named("burglary-lead", session)
        session.add(Away(person=lead, since=date(2013, 9, 20), until=date(2013, 9, 26), said_by_id=lead.id, at=NOW))
    found = rows(example, "jag", "2013-09-24 00:00", "2013-09-30 00:00")
    assert [(row[1], row[3]) for row in found] == [("ask", "burglary-deputy"), ("remind", "burglary-lead")]


def test_what_has_been_said_is_not_rehearsed_again_for_a_meeting_that_is_moved(example, plan, asking):
    plan.add("Fit gates", "housing-officer", number=1)
    cycle = Cycle(example)
    cycle.on("jag", since="2013-09-02 09:00")
    cycle.tick("2013-09-24 09:00")
    asking.answered("/meeting move jag 8 oct to 22 oct 10:00", at=at("2013-09-25 09:00"))
    found = rows(example, "jag", "2013-09-25 09:01", "2013-10-16 00:00")
    assert [(row[0], row[1]) for row in found] == [("2013-10-11 09:00", "remind"), ("2013-10-15 09:00", "remind")]


def test_the_tick_sends_what_was_rehearsed(example, plan):
    plan.add("Fit gates", "housing-officer", number=1)
    plan.add("Find beds", "dens-officer", number=2)
    plan.add("Visit", "fire-officer", number=3)
    plan.add("Case 1234", "housing-officer", "csag", number=1)
    plan.add("Review", "fire-officer", "raog", number=1)
    keys = "jag csag raog forum"
    rehearsed = rows(example, keys, "2013-09-02 09:01", "2013-12-20 00:00")
    cycle = Cycle(example)
    cycle.on(*keys.split(), since="2013-09-02 09:00")
    moment, times = at("2013-09-02 10:00"), []
    while moment < at("2013-12-20 00:00"):
        times += [f"{moment.date()} {hour}" for hour in ("08:00", "09:00", "12:00")]
        moment += timedelta(days=1)
    sent = sorted((f"{message.at:%Y-%m-%d %H:%M}", message.to) for message in cycle.tick(*times))
    assert sent == sorted((when, who) for when, _, _, to in rehearsed for who in to.split())


# In chat


def test_plan_shows_what_goes_out_until_a_day(asking, plan):
    plan.add("Fit gates", "housing-officer", number=1)
    reply = asking.answered("/meeting plan jag until 8 oct", at=NOW)
    assert reply.title == "What I will send for JAG until 8 October 2013"
    assert table(reply)[0] == ["Tue 3 Sep 2013, 09:00", "reminds the silent", "10 Sep 2013", "housing-officer"]
    assert len(table(reply)) == 11
    assert reply.summary == "11 messages until 8 October 2013."
    assert "The cycle of JAG is off: nothing of it goes out until it is switched on." in notes(reply)
    assert labels(reply) == ["Switch JAG on"]


@pytest.mark.parametrize(
    "line",
    [
        "/meeting plan until christmas",
        "/meeting plan between now and Christmas",
        "what will you send everyone between now and Christmas",
        "/jag what will you send between now and xmas?",
    ],
)
def test_what_will_you_send_until_christmas_is_understood(asking, line):
    reply = asking.answered(line, at=NOW)
    assert reply.title == "What I will send until 25 December 2013"
    assert any("CSAG" in row[2] for row in table(reply))


@pytest.mark.parametrize(
    ("words", "until"),
    [
        ("", "1 November 2013"),
        ("jag for 3 months", "4 December 2013"),
        ("jag next 2 weeks", "16 September 2013"),
        ("jag to 20 sep", "20 September 2013"),
        ("until 24 dec", "24 December 2013"),
        ("jag this month", "30 September 2013"),
        ("everything until christmas eve", "24 December 2013"),
        ("jag rest of the year", "31 December 2013"),
    ],
)
def test_the_time_ahead_is_read_from_words(asking, words, until):
    assert asking.answered(f"/meeting plan {words}", at=NOW).title.endswith(f"until {until}")


def test_a_step_that_asks_nobody_is_listed_and_is_no_message(asking):
    reply = asking.answered("/meeting plan forum until 20 sep", at=NOW)
    assert [row[3] for row in table(reply)] == [
        "nobody",
        "nobody",
        "nobody",
        "coordinator",
        "#members-forum",
        "#members-forum",
        "coordinator",
    ]
    assert reply.summary == "4 messages until 20 September 2013."


def test_who_may_not_see_a_group_sees_nothing_of_its_plan(asking):
    reply = asking.answered("/meeting plan until christmas", person="vehicle-lead", at=NOW)
    assert not any("CSAG" in str(row) or "RAOG" in str(row) for row in table(reply))
    strange = [str(asking(f"/meeting plan {name}", person="vehicle-lead", at=NOW)).replace(name, "it") for name in ("csag", "nosuch")]
    assert strange[0] == strange[1]


def test_a_long_plan_says_how_much_more_there_is(asking):
    reply = asking.answered("/meeting plan until 1 sep 2014", at=NOW)
    assert len(table(reply)) == 90
    assert "more. The rest: /meeting plan from 23 December 2013 until 1 September 2014" in notes(reply)
    last = reply
    while rest := [button.asks for button in last.asks if button.label == "The rest"]:
        last = asking.answered(rest[0], at=NOW)
    assert table(last)[-1][0].startswith(("Thu 28 Aug 2014", "Fri 29 Aug 2014", "Mon 1 Sep 2014"))


@pytest.mark.parametrize(
    ("words", "title", "first"),
    [
        ("jag from 1 December until christmas", "What I will send for JAG from 1 December 2013 until 25 December 2013", "Tue 3 Dec 2013"),
        ("jag between 1 Dec and xmas", "What I will send for JAG from 1 December 2013 until 25 December 2013", "Tue 3 Dec 2013"),
        ("jag from december for 2 weeks", "What I will send for JAG from 1 December 2013 until 15 December 2013", "Tue 3 Dec 2013"),
        ("jag from now until 8 oct", "What I will send for JAG until 8 October 2013", "Tue 3 Sep 2013"),
    ],
)
def test_a_plan_begins_on_the_day_that_is_named(asking, plan, words, title, first):
    plan.add("Fit gates", "housing-officer", number=1)
    reply = asking.answered(f"/meeting plan {words}", at=NOW)
    assert (reply.title, table(reply)[0][0].partition(",")[0]) == (title, first)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("jag december", "from 1 December 2013 until 31 December 2013"),
        ("december jag", "from 1 December 2013 until 31 December 2013"),
        ("for jag in december 2014", "from 1 December 2014 until 31 December 2014"),
        ("jag next month", "from 1 October 2013 until 31 October 2013"),
        ("next month for jag", "from 1 October 2013 until 31 October 2013"),
        ("jag next week", "from 9 September 2013 until 15 September 2013"),
        ("jag next year", "from 1 January 2014 until 31 December 2014"),
        ("jag 2014", "from 1 January 2014 until 31 December 2014"),
        ("jag august", "from 1 August 2014 until 31 August 2014"),
        ("jag october to december", "from 1 October 2013 until 31 December 2013"),
        ("jag october until christmas", "from 1 October 2013 until 25 December 2013"),
        ("jag 24 dec", "on 24 December 2013"),
        ("jag tomorrow", "on 3 September 2013"),
    ],
)
def test_the_time_that_a_plan_is_of_is_read_and_said(asking, words, period):
    reply = asking.answered(f"/meeting plan {words}", at=NOW)
    assert reply.title == f"What I will send for JAG {period}"
    assert reply.summary.endswith(f" {period}.")


@pytest.mark.parametrize("words", ["jag december 2012", "jag past", "jag 10 aug 2013"])
def test_what_is_over_is_not_ahead(asking, words):
    assert asking.refused(f"/meeting plan {words}", at=NOW).startswith("That is over.")


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("jag next month", "1 October 2013 to 31 October 2013"),
        ("jag this week", "2 September 2013 to 8 September 2013"),
        ("jag next week", "9 September 2013 to 15 September 2013"),
    ],
)
def test_a_list_of_this_or_the_next_week_or_month(asking, words, period):
    assert asking.answered(f"/meeting list {words}", at=NOW).title == f"JAG meetings, {period}"


@pytest.mark.parametrize("words", ["jag zebra", "nosuch", "jag from zebra until christmas", "jag until christmas zebra"])
def test_words_of_a_plan_that_are_not_understood_are_refused(asking, words):
    assert asking.refused(f"/meeting plan {words}", at=NOW).startswith("I cannot read “")


def test_everybody_is_named_in_a_terminal(asking, plan):
    owners = ["housing-officer", "dens-officer", "fire-officer", "college", "town-centre", "youth-officer", "asb-deputy", "burglary-deputy"]
    for number, owner in enumerate([*owners, "analyst", "vehicle-lead"], 1):
        plan.add("Fit gates", owner, number=number)
    chat, terminal = (asking.answered("/meeting plan jag until 8 oct", at=NOW, where=where) for where in ("#jag", "terminal"))
    assert "2 more" in table(chat)[0][3]
    assert "more" not in table(terminal)[0][3]
    assert "vehicle-lead" in table(terminal)[0][3]


# Switched on


def test_the_cycle_is_switched_on_by_the_coordinator_who_has_seen_the_plan(asking, plan, example):
    plan.add("Fit gates", "housing-officer", number=1)
    reply = asking.answered("/meeting on jag", at=NOW)
    assert reply.title == "Switch the cycle of JAG on?"
    assert table(reply)[0][3] == "housing-officer"
    with example.session() as session:
        assert session.scalars(select(Group).where(Group.key == "jag")).one().cycle_since is None
    press = next(button for button in reply.asks if button.label == "Switch it on as planned")
    assert asking.says(press.asks, at=NOW) == "The cycle of JAG is on"
    with example.session() as session:
        states = {row.step: row.state for row in session.scalars(select(Obligation)) if row.meeting.begins == at("2013-09-10 10:00")}
    assert (states["ask"], states["remind-7"], states["remind-5"]) == ("skipped", "skipped", "due")
    assert "on since 2 September 2013" in asking.refused("/meeting on jag", at=NOW)


def test_whoever_switches_it_on_after_a_draft_was_due_is_told_of_that(asking):
    on = asking.answered("/meeting on jag as planned", at=at("2013-09-04 10:00"))
    assert "So is the draft of JAG's agenda of 10 September 2013: look at it before it goes out." in notes(on)
    button = next(each for each in on.asks if each.label == "That agenda")
    assert asking.answered(button.asks, at=at("2013-09-04 10:00")).title == "JAG agenda, Tuesday 10 September 2013, 10:00"


def test_whoever_switches_it_on_in_time_is_told_of_none(asking):
    assert "draft" not in notes(asking.answered("/meeting on jag as planned", at=at("2013-09-04 08:00")))


@pytest.mark.parametrize("verb", ["on", "off", "pause", "resume"])
def test_nobody_else_switches_it(asking, verb):
    assert asking.refused(f"/meeting {verb} jag", person="jag-chair", at=NOW) == "The coordinator of JAG switches its cycle."
    there, nowhere = (
        str(asking(f"/meeting {verb} {name}", person="vehicle-lead", at=NOW)).replace(name, "it") for name in ("csag", "nosuch")
    )
    assert there == nowhere


def test_off_and_pause_stop_all_of_it_and_what_falls_due_meanwhile_is_left_out(asking, plan, example):
    plan.add("Fit gates", "housing-officer", number=1)
    cycle = Cycle(example)
    asking.answered("/meeting on jag as planned", at=at("2013-08-20 09:00"))
    asking.answered("/meeting pause jag", at=at("2013-08-26 09:00"))
    assert cycle.tick("2013-08-27 09:00") == []
    asking.answered("/meeting resume jag", at=at("2013-08-28 09:00"))
    assert cycle.states("ask")[0] == ("skipped", "the cycle was paused")
    assert [message.kind for message in cycle.tick("2013-08-30 09:00")] == ["remind"]
    asking.answered("/meeting off jag", at=at("2013-09-01 09:00"))
    assert cycle.tick("2013-09-03 09:00", "2013-09-05 09:00") == []
    asking.answered("/meeting on jag as planned", at=at("2013-09-05 10:00"))
    assert [(message.kind, message.to) for message in cycle.tick("2013-09-05 10:01", "2013-09-10 08:00")] == [("morning", "#jag")]
    assert "is off" in asking.refused("/meeting pause forum", at=NOW)


# At the command line


def test_the_command_line_lists_every_message_as_json_and_sends_none(rehearsed):
    code, said = rehearsed("jag --from 2013-09-01 --months 12 --as json")
    found = json.loads(said)
    assert code == 0
    assert found[0] == {
        "time": "2013-09-03T09:00:00+01:00",
        "kind": "remind",
        "group": "jag",
        "meeting": "2013-09-10",
        "recipients": ["housing-officer"],
    }
    assert {each["kind"] for each in found} == {"ask", "remind", "draft", "agenda", "morning", "minutes"}
    times = [datetime.fromisoformat(each["time"]) for each in found]
    assert times == sorted(times)
    assert at("2013-09-01 00:00") <= times[0] < times[-1] < at("2014-09-01 00:00")
    assert found[-1]["meeting"] == "2014-09-09"
    assert {each["time"][-6:] for each in found} == {"+01:00", "+00:00"}


def test_the_command_line_puts_groups_together_where_none_is_named(rehearsed):
    _, said = rehearsed("--from 2013-09-24 --months 1 --as json")
    both = next(each for each in json.loads(said) if each["recipients"] == ["housing-officer"])
    assert (both["kind"], both["group"], both["with"]) == ("remind", "csag", [{"kind": "ask", "group": "jag", "meeting": "2013-10-08"}])


@pytest.mark.parametrize("begins", ["2013-09-01", "1/9/2013"])
def test_the_command_line_prints_a_table(rehearsed, begins):
    code, said = rehearsed(f"jag --from {begins} --months 1")
    assert code == 0
    assert "Tue 3 Sep 2013, 09:00" in said
    assert "housing-officer" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [("nosuch --from 2013-09-01", "no group"), ("jag --from soon", "is no date"), ("jag --months 0", "between 1 and 120")],
)
def test_the_command_line_refuses_in_plain_words(rehearsed, words, said):
    code, told = rehearsed(words)
    assert code == 2
    assert said in told


@pytest.fixture
def rehearsed(example, plan, capsys):
    """The exit code and the words of `jagbot rehearse …`."""
    from bot.__main__ import parser
    from bot.running import run
    from bot.settings import Settings

    plan.add("Fit gates", "housing-officer", number=1)
    plan.add("Case 1234", "housing-officer", "csag", number=1)

    def run_it(words: str) -> tuple[int, str]:
        code = run(parser().parse_args(["rehearse", *words.split()]), Settings(database_url=example.store.url))
        told = capsys.readouterr()
        return code, told.out + told.err

    return run_it
