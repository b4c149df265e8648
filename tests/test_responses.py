"""Who has answered and who has not; nudges; away, back, tomorrow, and somebody else instead."""

from __future__ import annotations

from datetime import date

import pytest
from asking import Asking, facts, labels, notes, shown, table
from cycled import Cycle, at, to
from planned import Plan
from sqlalchemy import select

from models.away import Away
from models.groups import Membership
from models.people import GONE, Person

ASK, REMIND_7, REMIND_5 = "2013-08-27 09:00", "2013-08-30 09:00", "2013-09-03 09:00"
THEN = at("2013-08-28 10:00")


@pytest.fixture
def databases(sqlite):
    return sqlite


@pytest.fixture
def cycle(example) -> Cycle:
    return Cycle(example)


@pytest.fixture
def asking(example) -> Asking:
    return Asking(example)


@pytest.fixture
def plan(example) -> Plan:
    return Plan(example)


@pytest.fixture
def asked(cycle, plan) -> Cycle:
    """JAG's owners have been asked: two actions of the housing officer's, one of each of three others."""
    about = [
        ("Fit alley gates", "housing-officer", "asb"),
        ("Clear the garages", "housing-officer", ""),
        ("Visit the flats", "fire-officer", ""),
        ("Find beds", "dens-officer", ""),
        ("Warn the landlords", "burglary-lead", "burglary"),
    ]
    for number, (wording, owner, priority) in enumerate(about, 1):
        plan.add(wording, owner, number=number, priority=priority, at=at("2013-08-13 11:00"), due=date(2013, 12, 12))
    cycle.on("jag")
    cycle.tick(ASK)
    return cycle


def aways(held) -> list[tuple[str, str, str, str]]:
    with held.session() as session:
        rows = session.scalars(select(Away).order_by(Away.id)).all()
        return [(row.person.handle, str(row.since), str(row.until), row.deputy.handle if row.deputy else "") for row in rows]


# The board


@pytest.mark.usefixtures("asked")
def test_the_board_says_who_has_answered_who_has_not_and_how_many(asking):
    asking.answered("1 no change", person="housing-officer", at=THEN)
    asking.answered("3 done", person="fire-officer", at=THEN)
    reply = asking.answered("/meeting responses jag", at=THEN)
    assert reply.title == "Responses for JAG, 10 September 2013"
    assert reply.parts[0] == "2 of 5 actions answered, 40%. Asked on 27 August 2013."
    assert table(reply) == [
        ["burglary-lead", 0, 1, "waiting"],
        ["dens-officer", 0, 1, "not on chat (dens-officer@example.org): ask yourself"],
        ["housing-officer", 1, 1, "waiting, 1 answered"],
        ["fire-officer", 1, 0, "answered"],
    ]
    assert labels(reply) == ["Nudge all 2", "Nudge burglary-lead", "Nudge housing-officer", "JAG-26-004: dens-officer"]


@pytest.mark.usefixtures("asked")
def test_the_board_says_who_is_away_and_who_is_asked_instead(asking):
    asking.answered("/meeting away until 12 sep", person="burglary-lead", at=THEN)
    row = next(row for row in table(asking.answered("/meeting responses jag", at=THEN)) if row[0] == "burglary-lead")
    assert row[3] == "away until 12 September 2013, burglary-deputy is asked"


@pytest.mark.usefixtures("asked")
def test_answers_after_the_meeting_are_shown_as_late(asking):
    asking.answered("3 done", person="fire-officer", at=at("2013-09-10 15:00"))
    reply = asking.answered("/meeting responses jag", at=at("2013-09-11 09:00"))
    assert ["fire-officer", 1, 0, "answered, 1 late"] in table(reply)
    assert "Nudge" not in str(labels(reply))
    assert "late" in notes(reply)


def test_before_anybody_is_asked_the_board_says_so(asking):
    assert asking.says("/meeting responses jag", at=THEN) == "Nobody has been asked for a meeting of JAG yet."


@pytest.mark.usefixtures("asked")
def test_members_see_the_board_and_others_see_nothing_of_it(asking, plan, cycle):
    plan.add("Case 1234", "housing-officer", "csag", number=1)
    cycle.on("csag")
    cycle.tick("2013-09-05 09:00")
    assert labels(asking.answered("/meeting responses jag", person="analyst", at=THEN)) == []
    when = at("2013-09-06 09:00")
    assert asking.says("/meeting responses csag", person="csag-chair", at=when) == "0 CSAG answers."
    there, nowhere = (
        str(asking(f"/meeting responses {name}", person="vehicle-lead", at=when)).replace(name, "it") for name in ("csag", "nosuch")
    )
    assert there == nowhere


@pytest.mark.usefixtures("asked")
def test_what_is_raised_in_the_meeting_is_not_awaited_for_it(asking):
    for number, owner in ((1, "housing-officer"), (2, "housing-officer")):
        asking.answered(f"{number} no change", person=owner, at=THEN)
    asking.answered("/meeting start jag", at=at("2013-09-10 09:50"))
    asking.answered("/action add Mend the stile @housing-officer due next JAG", at=at("2013-09-10 09:55"))
    asking.answered("/action add Sweep the path @college due next JAG", at=at("2013-09-10 10:05"))
    reply = asking.answered("/meeting responses jag", at=at("2013-09-10 10:06"))
    assert reply.parts[0] == "2 of 5 actions answered, 40%. Asked on 27 August 2013."
    assert ["housing-officer", 2, 0, "answered"] in table(reply)
    assert "college" not in str(table(reply))


# Nudging


def test_a_nudge_asks_the_silent_once_more_and_nobody_twice_a_day(asked, asking):
    asking.answered("3 no change", person="fire-officer", at=THEN)
    assert asking.says("/meeting nudge jag", at=THEN) == "2 nudges sent"
    sent = asked.tick("2013-08-28 10:00")
    assert [(message.to, message.kind) for message in sent] == [("housing-officer", "nudge"), ("burglary-lead", "nudge")]
    assert sent[0].reply.title == "Still to hear: 2 actions to update before JAG, Tuesday 10 September 2013"
    again = asking("/meeting nudge jag", at=at("2013-08-28 15:00"))
    assert again.refused
    assert "Had today's message already: housing-officer and burglary-lead" in shown(again)
    assert asked.tick("2013-08-28 15:00") == []


@pytest.mark.usefixtures("asked")
def test_a_share_of_answers_is_rounded_to_the_nearest(asking, plan):
    plan.add("Sweep the alley", "fire-officer", number=6, at=at("2013-08-13 11:00"))
    for line, person in (("1 no change, 2 no change", "housing-officer"), ("3 no change, 6 no change", "fire-officer")):
        asking.answered(line, person=person, at=THEN)
    assert "4 of 6 actions answered, 67%" in shown(asking.answered("/meeting responses jag", at=THEN))


def test_on_the_day_of_the_ask_there_is_no_nudge(asked, asking):
    assert asking("/meeting nudge jag @housing-officer", at=at("2013-08-27 15:00")).title == "Nobody was nudged"
    assert asked.tick("2013-08-27 15:00") == []


def test_a_nudge_at_night_waits_for_the_morning(asked, asking):
    reply = asking.answered("/meeting nudge jag @housing-officer", at=at("2013-08-28 20:00"))
    assert "housing-officer on Thursday at 09:00" in shown(reply)
    assert asked.tick("2013-08-28 20:00") == []
    assert to(asked.tick("2013-08-29 09:00")) == ["housing-officer"]


@pytest.mark.usefixtures("asked")
def test_a_nudge_of_somebody_who_asked_for_tomorrow_says_so(asking):
    asking.answered("/meeting later", person="housing-officer", at=at("2013-09-02 09:05"))
    reply = asking.answered("/meeting nudge jag @housing-officer", at=at("2013-09-02 09:11"))
    assert reply.title == "1 nudge to come"
    assert "Not now: housing-officer on Tuesday at 09:00, as they asked to be reminded then." in shown(reply)


def test_a_nudge_on_the_day_of_a_reminder_is_the_same_message(asked, asking):
    asking.answered("/meeting nudge jag @housing-officer", at=at("2013-08-30 08:30"))
    assert [message.steps for message in asked.tick("2013-08-30 08:30", "2013-08-30 09:00") if message.to == "housing-officer"] == [
        ("jag nudge-2013-08-30",)
    ]
    assert [message.steps for message in asked.tick("2013-09-02 09:00")] == [("jag remind-7",)]


def test_a_lead_nudges_for_their_own_priority_alone(asked, asking):
    asking.answered("/meeting nudge jag", person="asb-lead", at=THEN)
    assert to(asked.tick("2013-08-28 10:00")) == ["housing-officer"]
    assert "Nobody is silent" in asking.refused("/meeting nudge jag @fire-officer", person="asb-lead", at=THEN)
    assert "whom you may nudge" in asking.refused("/meeting nudge jag", person="analyst", at=THEN)


def test_nobody_nudges_themselves(asked, asking):
    assert asking.refused("/meeting nudge jag", person="burglary-lead", at=THEN) == (
        "Of those whom you may nudge only you are silent. Nothing was sent."
    )
    assert asked.tick("2013-08-28 10:00") == []


def test_a_nudge_is_for_the_meeting_of_the_day_that_is_said(asked, asking):
    assert asking.says("/meeting nudge jag 10 Sep @housing-officer", at=THEN) == "1 nudge sent"
    assert asking.says("/meeting nudge everyone for jag on 10 September please", at=THEN) == "3 nudges sent"
    assert to(asked.tick("2013-08-28 10:00")) == ["burglary-lead", "fire-officer", "housing-officer"]


def test_a_nudge_for_a_meeting_for_which_nobody_is_asked_says_so_and_nudges_nobody(asked, asking):
    reply = asking("/meeting nudge jag 12 Nov @housing-officer", at=THEN)
    assert reply.refused
    assert "Nobody has been asked for JAG of 12 November 2013 yet. Nothing was sent." in shown(reply)
    assert labels(reply) == ["Responses for 10 September 2013", "The plan"]
    assert "No answers for JAG of 13 August 2013 are awaited any more." in asking.refused("/meeting nudge jag 13 Aug", at=THEN)
    assert "14 November" in asking.refused("/meeting nudge jag 14 Nov", at=THEN), "none is held on that day"
    assert "cannot tell which meeting “housing-officer” is" in shown(asking("/meeting nudge jag housing-officer", at=THEN))
    assert asked.tick("2013-08-28 10:00") == []


@pytest.mark.usefixtures("asked")
def test_once_the_meeting_has_begun_nobody_is_nudged(asking):
    assert "Nobody is asked" in asking.refused("/meeting nudge jag", at=at("2013-09-10 10:00"))


# Tomorrow


def test_remind_me_tomorrow_asks_on_the_next_working_day_and_not_before(asked, asking):
    reply = asking.answered("/meeting later", person="fire-officer", at=at("2013-08-29 15:00"))
    assert reply.title == "I will ask you again on Friday 30 August at 09:00"
    sent = asked.tick("2013-08-29 16:00", "2013-08-30 08:59", REMIND_7)
    assert [message.steps for message in sent if message.to == "fire-officer"] == [("jag remind-2013-08-30", "jag remind-7")]


def test_an_ordinary_reminder_heeds_it_too(asked, asking):
    asking.answered("/meeting later", person="fire-officer", at=at("2013-08-30 08:30"))
    assert "fire-officer" not in to(asked.tick(REMIND_7))
    assert to(asked.tick("2013-09-02 09:00")) == ["fire-officer"]


def test_remind_me_on_a_day_asks_then_and_not_before_and_is_refused_for_the_day_of_the_meeting(asked, asking):
    assert asking.answered("/meeting later tues 3 sep", person="fire-officer", at=THEN).title.endswith("Tuesday 3 September at 09:00")
    sent = asked.tick(REMIND_7, "2013-09-02 09:00", "2013-09-03 09:00")
    assert [message.at for message in sent if message.to == "fire-officer"] == [at("2013-09-03 09:00")]
    said = asking.refused("/meeting later 10 sep", person="fire-officer", at=at("2013-09-03 10:00"))
    assert said == "JAG meets on 10 September 2013: I can remind you on a day before that."


def test_who_answers_meanwhile_is_not_reminded(asked, asking):
    asking.answered("/meeting later", person="fire-officer", at=THEN)
    asking.answered("3 no change", person="fire-officer", at=at("2013-08-28 11:00"))
    assert asked.tick("2013-08-29 09:00") == []


def test_with_nothing_asked_there_is_nothing_to_put_off(asking):
    assert "Nothing is asked of you" in asking.refused("/meeting later", person="fire-officer", at=THEN)
    assert "Nothing is asked of you" in asking.refused("/meeting pass", person="fire-officer", at=THEN)


# Away


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("until 12 Sep", "2013-08-28", "2013-09-12"),
        ("12 sep", "2013-08-28", "2013-09-12"),
        ("from 2 sep to 12 sep", "2013-09-02", "2013-09-12"),
        ("2 sep until 12 sep", "2013-09-02", "2013-09-12"),
        ("for 2 weeks", "2013-08-28", "2013-09-11"),
        ("until fri", "2013-08-28", "2013-08-30"),
        ("back on 12 sep", "2013-08-28", "2013-09-11"),
    ],
)
def test_days_away_are_read_from_words(asking, example, words, since, until):
    asking.answered(f"/meeting away {words}", person="fire-officer", at=THEN)
    assert aways(example) == [("fire-officer", since, until, "")]


@pytest.mark.parametrize("line", ["I'm away until 12 Sep", "i am on leave until 12 sep", "I’ll be away 12 sep", "away until 12 Sep"])
def test_plain_words_say_it_too(asking, example, line):
    assert asking.says(line, person="fire-officer", at=THEN) == "You are away until 12 September 2013."
    assert aways(example) == [("fire-officer", "2013-08-28", "2013-09-12", "")]
    assert asking.says("I'm back", person="fire-officer", at=at("2013-09-02 09:00")) == "You are back"
    assert aways(example) == [("fire-officer", "2013-08-28", "2013-09-01", "")]


@pytest.mark.parametrize(
    ("line", "since", "until"),
    [
        ("I'm back on 12 Sep", "2013-08-28", "2013-09-11"),
        ("i'll be back on monday", "2013-08-28", "2013-09-01"),
        ("I'm away on 17 sep", "2013-09-17", "2013-09-17"),
        ("i am away tomorrow", "2013-08-29", "2013-08-29"),
        ("I'm away next week", "2013-09-02", "2013-09-06"),
        ("i'm away on friday until monday", "2013-08-30", "2013-09-02"),
        ("I'm on leave until the 20th", "2013-08-28", "2013-09-20"),
        ("away from the 16th to the 20th of september", "2013-09-16", "2013-09-20"),
    ],
)
def test_the_days_on_which_somebody_is_away_are_those_that_they_say(asking, example, line, since, until):
    asking.says(line, person="fire-officer", at=THEN)
    assert aways(example) == [("fire-officer", since, until, "")]


def test_a_deputy_who_stands_in_and_goes_away_too_hands_over_what_they_were_asked(asked, asking):
    asking.answered("/meeting away until 12 Sep", person="burglary-lead", at=THEN)
    asked.tick("2013-08-28 10:00")
    reply = asking.answered("/meeting away until 11 Sep", person="burglary-deputy", at=at("2013-08-28 11:00"))
    asked_now = asked.tick("2013-08-29 09:00")
    assert "Asked now for what is still awaited: jag-chair." in shown(reply)
    assert to(asked_now) == ["jag-chair"]


def test_alone_it_opens_a_form_whose_answers_are_taken(asking, example):
    form = asking("/meeting away", person="fire-officer", at=THEN).form
    assert [each.name for each in form.fields] == ["until", "since", "deputy"]
    reply = asking.answered(
        form.asks, person="fire-officer", at=THEN, fields={"until": "12 Sep", "since": "2 Sep", "deputy": "housing-officer"}
    )
    assert reply.title == "You are away from 2 September 2013 until 12 September 2013"
    assert facts(reply)["JAG"] == "housing-officer is asked"
    assert aways(example) == [("fire-officer", "2013-09-02", "2013-09-12", "housing-officer")]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("until 1 aug", "is past"),
        ("from 12 sep to 2 sep", "is before"),
        ("until 1 jan 2016", "more than a year"),
        ("until soon", "as a day"),
        ("until 12 sep deputy @fire-officer", "own deputy"),
    ],
)
def test_days_that_make_no_sense_are_refused(asking, example, words, why):
    assert why in asking.refused(f"/meeting away {words}", person="fire-officer", at=THEN)
    assert aways(example) == []


def test_said_again_it_takes_the_place_of_what_was_said(asking, example):
    for words in ("until 20 sep", "until 12 sep"):
        asking.answered(f"/meeting away {words}", person="fire-officer", at=THEN)
    assert aways(example) == [("fire-officer", "2013-08-28", "2013-09-12", "")]


def test_leave_booked_for_later_stays_whatever_is_said_of_days_before_it(asking, example):
    asking.answered("I'm away from 24 Sep to 4 Oct", person="vehicle-lead", at=THEN)
    leave = ("vehicle-lead", "2013-09-24", "2013-10-04", "")
    asking.answered("I'm away until friday", person="vehicle-lead", at=THEN)
    assert aways(example) == [leave, ("vehicle-lead", "2013-08-28", "2013-08-30", "")]
    asking.answered("I'm back", person="vehicle-lead", at=at("2013-08-29 09:00"))
    assert aways(example)[0] == leave
    asking.answered("/meeting back", person="vehicle-lead", at=at("2013-09-02 09:00"))
    assert leave not in aways(example), "where nothing else is said, it is that which is taken back"


@pytest.mark.usefixtures("asked")
def test_passing_what_is_asked_on_once_leaves_booked_leave_as_it_is(asking, example):
    asking.answered("I'm away from 5 Sep to 4 Oct", person="burglary-lead", at=THEN)
    asking.answered("pass to my deputy", person="burglary-lead", at=THEN)
    assert ("burglary-lead", "2013-09-05", "2013-10-04", "") in aways(example)


def test_who_goes_away_after_the_ask_hands_over_at_once(asked, asking):
    reply = asking.answered("/meeting away until 12 Sep", person="burglary-lead", at=THEN)
    assert "Asked now for what is still awaited: burglary-deputy." in shown(reply)
    assert to(asked.tick("2013-08-28 10:00")) == ["burglary-deputy"]
    assert "burglary-lead" not in to(asked.tick(REMIND_7))


def test_with_nobody_to_answer_the_coordinator_is_told_to_ask(asked, asking, example):
    with example.session() as session:
        college = Person.named("college", session)
        college.agency_id = None
    asking.answered("/action assign 3 @college", at=THEN)
    reply = asking.answered("/meeting away until 12 Sep for @college", at=THEN)
    assert facts(reply)["JAG"] == "the coordinator asks"
    sent = asked.tick("2013-08-28 10:00")
    assert to(sent) == ["coordinator"]
    assert ["college", "away, with no deputy here", "JAG-26-003"] in table(sent[0].reply)


def test_only_the_coordinator_says_it_for_somebody_else(asking, example):
    assert "Only the coordinator" in asking.refused("/meeting away until 12 Sep for @fire-officer", person="analyst", at=THEN)
    asking.answered("/meeting away until 12 Sep for @fire-officer", at=THEN)
    asking.answered("/meeting back for @fire-officer", at=THEN)
    assert aways(example) == []
    assert "not away" in asking.refused("/meeting back", at=THEN)


# Somebody else


def test_passed_to_their_deputy_who_is_asked_at_once_until_the_meeting(asked, asking, example):
    reply = asking.answered("/meeting pass", person="burglary-lead", at=THEN)
    assert reply.title == "Passed to burglary-deputy"
    assert aways(example) == [("burglary-lead", "2013-08-28", "2013-09-10", "burglary-deputy")]
    assert facts(reply) == {"JAG": "burglary-deputy is asked"}
    board = table(asking.answered("/meeting responses jag", at=THEN))
    assert ["burglary-lead", 0, 1, "passed to burglary-deputy"] in board
    assert to(asked.tick("2013-08-28 10:00")) == ["burglary-deputy"]
    asking.answered("5 on track", person="burglary-deputy", at=at("2013-08-28 11:00"))
    assert "burglary-deputy" not in to(asked.tick(REMIND_7))


@pytest.mark.usefixtures("asked")
def test_who_has_no_deputy_is_asked_who_it_is_and_it_is_remembered(asking, example):
    form = asking("/meeting pass", person="fire-officer", at=THEN).form
    assert (
        asking.answered(form.asks, person="fire-officer", at=THEN, fields={"deputy": "housing-officer"}).title
        == "Passed to housing-officer"
    )
    with example.session() as session:
        assert Person.named("fire-officer", session).deputy.handle == "housing-officer"


@pytest.mark.usefixtures("asked")
def test_nothing_is_passed_to_somebody_who_would_not_see_it(asking, example):
    assert "does not sit on JAG" in asking.refused("/meeting pass to @portfolio-holder", person="fire-officer", at=THEN)
    assert aways(example) == []


# Gone


def test_whoever_is_gone_from_chat_is_on_the_coordinators_list(asked, example):
    with example.session() as session:
        Person.named("fire-officer", session).reached = GONE
    sent = asked.tick(REMIND_7)
    assert "fire-officer" not in to(sent)
    reply = next(message.reply for message in sent if message.to == "coordinator")
    assert ["fire-officer", "no longer on chat", "JAG-26-003"] in table(reply)


def test_a_deputy_who_left_the_group_is_not_asked(asked, asking, example):
    with example.session() as session:
        session.execute(Membership.__table__.delete().where(Membership.person_id == Person.named("burglary-deputy", session).id))
    asking.answered("/meeting away until 12 Sep", person="burglary-lead", at=THEN)
    assert to(asked.tick("2013-08-28 10:00")) == ["jag-chair"]


# Who is missing


def test_once_the_last_reminder_is_out_those_it_concerns_see_who_is_missing(asked, asking):
    asking.answered("3 no change", person="fire-officer", at=THEN)
    assert "Not heard from" not in shown(asking.answered("/jag me", person="jag-chair", at=THEN))
    asked.tick(REMIND_7, REMIND_5)
    later = at("2013-09-03 10:00")
    for who in ("jag-chair", "coordinator"):
        page = shown(asking.answered("/jag me", person=who, at=later))
        assert "JAG, 10 September 2013: 4 actions of housing-officer, burglary-lead and dens-officer." in page
    assert "JAG, 10 September 2013: 1 action of housing-officer." in shown(asking.answered("/jag me", person="asb-lead", at=later))
    assert "Not heard from" not in shown(asking.answered("/jag me", person="fire-officer", at=later))


def test_the_draft_names_who_is_missing(asked, asking, example):
    from commands.agendas.sitting import Sitting
    from commands.agendas.unheard import parts
    from models.calendar import Calendar
    from models.groups import Group

    asking.answered("3 no change", person="fire-officer", at=THEN)
    asking.answered("/meeting away until 12 Sep", person="burglary-lead", at=THEN)
    with example.session() as session:
        group = session.scalars(select(Group).where(Group.key == "jag")).one()
        meeting = Calendar.of(group, session).next(at("2013-09-04 09:00"))
        _, found, _ = parts(Sitting.of(group, meeting, session, at("2013-09-04 09:00")))
    assert [list(row) for row in found.rows] == [
        ["housing-officer", "JAG-26-001, JAG-26-002", "in chat"],
        ["dens-officer", "JAG-26-004", "not on chat: ask them"],
        ["burglary-lead", "JAG-26-005", "burglary-deputy, as they are away"],
    ]
    assert asked.sent


def test_responses_of_a_day_are_those_of_its_meeting(asking, example):
    Cycle(example).on("jag", since="2013-08-20 09:00")
    Cycle(example).tick("2013-08-27 09:00")
    assert asking.answered("/meeting responses jag 10 Sep", at=THEN).title == "Responses for JAG, 10 September 2013"
    later = asking.answered("/meeting responses jag 8 Oct", at=THEN)
    assert later.summary == "Nobody has been asked for JAG of 8 October 2013 yet."
    assert labels(later) == ["Those for 10 September 2013", "The plan"]
    assert "does not meet on 14 November 2013" in asking.refused("/meeting responses jag 14 Nov", at=THEN)
    assert "zebra" in shown(asking("/meeting responses jag zebra", at=THEN))
