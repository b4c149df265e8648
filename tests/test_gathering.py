"""Gathering news: who is asked, once a day, in what words; what they answer; who is reminded, and who answers for the away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from asking import Asking, headings, labels, notes, shown, table
from cycled import Cycle, Message, at, to
from planned import Plan
from sqlalchemy import select

from commands.reply import Choice, Reply
from models.actions import Action
from models.away import Away
from models.changes import Change
from models.due import Due
from models.groups import Group, Membership
from models.meetings import CANCELLED
from models.people import Person
from scheduler.gathering import gather

ASK, REMIND_7, REMIND_5, DRAFT = "2013-08-27 09:00", "2013-08-30 09:00", "2013-09-03 09:00", "2013-09-04 09:00"
MEETS = "2013-09-10 10:00"


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@pytest.fixture
def cycle(example) -> Cycle:
    return Cycle(example)


@pytest.fixture
def plan(example) -> Plan:
    return Plan(example)


@pytest.fixture
def asking(example) -> Asking:
    return Asking(example)


@pytest.fixture
def three(plan) -> list[str]:
    """Three actions of JAG: two of the housing officer's, one of the fire officer's."""
    about = [("Fit alley gates", "housing-officer"), ("Clear the garages", "housing-officer"), ("Visit the flats", "fire-officer")]
    return [
        plan.add(wording, owner, number=n, at=at("2013-08-13 11:00"), due=date(2013, 12, 12)) for n, (wording, owner) in enumerate(about, 1)
    ]


def only(messages: list[Message]) -> Reply:
    assert len(messages) == 1, to(messages)
    assert messages[0].reply is not None
    return messages[0].reply


def choices(reply: Reply) -> list[Choice]:
    return [part for part in reply.parts if isinstance(part, Choice)]


def away(held, handle: str, since: str, until: str, deputy: str = "") -> None:
    with held.session() as session:
        person = Person.named(handle, session)
        row = Away(
            person=person, since=date.fromisoformat(since), until=date.fromisoformat(until), said_by_id=person.id, at=at("2013-08-20 09:00")
        )
        row.deputy = Person.named(deputy, session) if deputy else None
        session.add(row)


# Asked


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.usefixtures("three")
def test_each_owner_is_asked_once_for_all_their_open_actions(cycle):
    cycle.on("jag")
    sent = cycle.tick("2013-08-27 08:59", ASK, "2013-08-27 09:01", "2013-08-28 09:00")
    assert [(message.to, message.kind) for message in sent] == [("housing-officer", "ask"), ("fire-officer", "ask")]
    reply = sent[0].reply
    assert reply.title == reply.summary == "2 actions to update before JAG, Tuesday 10 September 2013"
    assert [choice.label for choice in choices(reply)] == [
        "JAG-26-001: Fit alley gates (due 12 December 2013)",
        "JAG-26-002: Clear the garages (due 12 December 2013)",
    ]
    assert [option.label for option in choices(reply)[0].options] == ["On track", "At risk", "Blocked", "Done", "No change"]
    assert labels(reply)[-5:] == ["Write …", "No change for all", "Remind me tomorrow", "Pass to my deputy", "I'm away until …"]


def test_what_they_said_last_stands_beside_each(cycle, plan, three):
    plan.said(three[0], "contractor delayed", by="housing-officer", at=at("2013-08-20 09:00"), status="at risk")
    cycle.on("jag")
    choice = choices(cycle.tick(ASK)[0].reply)[0]
    assert (choice.chosen, choice.label.splitlines()[1]) == ("", "Last time: at risk, “contractor delayed”")


def test_what_is_due_at_a_meeting_says_so_without_brackets_in_brackets(cycle, plan):
    plan.add("Fit alley gates", at=at("2013-08-13 11:00"), due=Due("meeting", date(2013, 9, 10)))
    cycle.on("jag")
    assert choices(only(cycle.tick(ASK)))[0].label == "JAG-26-001: Fit alley gates (due next JAG, 10 September 2013)"


def test_with_no_open_action_nobody_is_asked(cycle, plan):
    plan.add("Done with", status="done")
    cycle.on("jag")
    assert cycle.tick(ASK, REMIND_7) == []


@pytest.mark.usefixtures("three")
def test_while_the_cycle_is_off_or_paused_nothing_goes_out(cycle, example):
    assert cycle.tick(ASK) == []
    cycle.on("jag")
    with example.session() as session:
        session.scalars(select(Group).where(Group.key == "jag")).one().paused_at = at("2013-08-20 09:00")
    assert cycle.tick(ASK) == []


@pytest.mark.usefixtures("three")
def test_several_groups_that_ask_on_one_day_ask_in_one_message(cycle, plan):
    with plan.held.session() as session:
        group = session.scalars(select(Group).where(Group.key == "csag")).one()
        group.cadence, group.starts = "FREQ=MONTHLY;BYDAY=2TU", at("2013-08-13 14:00").replace(tzinfo=None)
        group.leads = {}
    plan.add("Look at the case", "housing-officer", "csag", number=1)
    cycle.on("jag", "csag")
    sent = [message for message in cycle.tick(ASK, "2013-08-27 12:00", "2013-08-27 14:00") if message.to == "housing-officer"]
    reply = only(sent)
    assert sent[0].steps == ("csag ask", "jag ask")
    assert reply.title == "3 actions to update before JAG, Tuesday 10 September 2013 and CSAG, Tuesday 10 September 2013"
    assert reply.summary == "3 actions to update"


@pytest.mark.usefixtures("three")
def test_who_has_had_the_days_message_is_asked_for_another_group_on_the_next_working_day(cycle, plan, example):
    with example.session() as session:
        group = session.scalars(select(Group).where(Group.key == "csag")).one()
        group.cadence, group.starts = "FREQ=MONTHLY;BYDAY=2TU", at("2013-08-13 14:00").replace(tzinfo=None)
        group.leads = {"at": "12:00"}
    plan.add("Look at the case", "housing-officer", "csag", number=1)
    cycle.on("jag", "csag")
    sent = cycle.tick(ASK, "2013-08-27 12:00", "2013-08-28 08:59", "2013-08-28 09:00")
    assert [(f"{message.at:%d %H:%M}", message.steps) for message in sent if message.to == "housing-officer"] == [
        ("27 09:00", ("jag ask",)),
        ("28 09:00", ("csag ask",)),
    ]


def test_a_private_groups_notification_says_only_how_many(cycle, plan):
    plan.add("Case 1234: visit", "housing-officer", "csag", number=1)
    cycle.on("csag")
    reply = only(cycle.tick("2013-09-05 09:00"))
    assert "CSAG, Thursday 12 September 2013" in reply.title
    assert reply.summary == "1 action to update"


def test_more_than_a_screenful_goes_on_in_the_form(cycle, plan, asking):
    for number in range(1, 31):
        plan.add(f"Thing {number}", number=number)
    cycle.on("jag")
    reply = only(cycle.tick(ASK))
    assert len(choices(reply)) == 12
    assert "18 more of 30" in notes(reply)
    form = asking("/action write", person="housing-officer", at=at(ASK)).form
    assert [each.name for each in form.fields[:4]] == ["JAG-26-001 status", "JAG-26-001 said", "JAG-26-001 due", "JAG-26-002 status"]
    assert (len(form.fields), form.submit) == (75, "Save and go on")
    rest = asking(
        "/action write",
        person="housing-officer",
        at=at(ASK),
        fields={each.name: "" for each in form.fields} | {"JAG-26-001 status": "done"},
    )
    assert rest.form.fields[0].name == "JAG-26-026 status"
    assert "1 action saved, 5 to go." in notes(rest)
    last = asking(
        "/action write",
        person="housing-officer",
        at=at(ASK),
        fields={each.name: "" for each in rest.form.fields} | {"JAG-26-030 said": "half way"},
    )
    assert last.title == "1 action settled"


# Answered


@pytest.mark.usefixtures("three")
def test_one_line_answers_for_all(cycle, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    reply = asking.answered("1 done, rest no change", person="housing-officer", at=at("2013-08-28 14:00"), where="direct message")
    assert [(row[0], row[2]) for row in table(reply)] == [("JAG-26-001", "done, for JAG to agree"), ("JAG-26-002", "no change")]
    assert to(cycle.tick(REMIND_7)) == ["fire-officer"]


@pytest.mark.parametrize(
    "line", ["/action update JAG-26-003 no change", "/action update JAG-26-003 on track", "/action update JAG-26-003 at risk: locked"]
)
def test_an_answer_is_an_answer_whatever_it_says(cycle, plan, three, asking, line):
    plan.said(three[2], "going well", by="fire-officer", at=at("2013-08-20 09:00"), status="on track")
    cycle.on("jag")
    cycle.tick(ASK)
    asking.answered(line, person="fire-officer", at=at("2013-08-28 10:00"))
    assert to(cycle.tick(REMIND_7)) == ["housing-officer"]


def test_where_nothing_is_awaited_the_same_status_again_changes_nothing(plan, three, asking):
    plan.said(three[2], "going well", by="fire-officer", at=at("2013-08-20 09:00"), status="on track")
    assert "nothing was changed" in asking.says("/action update JAG-26-003 on track", person="fire-officer", at=at("2013-08-28 10:00"))


@pytest.mark.usefixtures("three")
def test_an_answer_that_is_undone_is_none(cycle, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    asking.answered("3 at risk", person="fire-officer", at=at("2013-08-28 10:00"))
    asking.answered("/action undo 3", person="fire-officer", at=at("2013-08-28 10:01"))
    assert to(cycle.tick(REMIND_7)) == ["fire-officer", "housing-officer"]


@pytest.mark.usefixtures("three")
def test_the_owners_word_entered_by_the_coordinator_is_an_answer_and_her_own_is_not(cycle, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    asking.answered("/action update 3 rang me for @fire-officer", at=at("2013-08-28 10:00"))
    asking.answered("/action update 2 I looked at it", at=at("2013-08-28 10:00"))
    asking.answered("/action update 1 no change", person="housing-officer", at=at("2013-08-28 10:00"))
    reply = only(cycle.tick(REMIND_7))
    assert [choice.label[:10] for choice in choices(reply)] == ["JAG-26-002"]
    assert reply.title == "Still to hear: 1 action to update before JAG, Tuesday 10 September 2013"


@pytest.mark.usefixtures("three")
def test_answers_can_be_changed_and_after_the_meeting_they_are_taken_and_marked_late(cycle, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    for words, when in (("3 at risk", "2013-08-28 10:00"), ("3 on track", "2013-09-10 09:59")):
        assert "late" not in asking.says(words, person="fire-officer", at=at(when))
    assert "late" not in asking.says("3 blocked", person="fire-officer", at=at("2013-09-10 15:00"))
    assert asking.says("1 done", person="housing-officer", at=at("2013-09-10 15:00")) == (
        "JAG-26-001: done, for JAG to agree; late for JAG of 10 September 2013"
    )
    assert "late for JAG of 10 September 2013" in shown(asking("/action show 1", at=at("2013-09-11 09:00")))
    cycle.tick("2013-09-24 09:00")  # the next meeting is asked for
    assert "late" not in asking.says("2 blocked", person="housing-officer", at=at("2013-09-24 15:00"))


# The form


def test_the_form_is_filled_in_with_what_was_said_last_and_left_as_it_is_says_no_change(cycle, plan, three, asking, example):
    plan.said(three[0], "contractor delayed", by="housing-officer", at=at("2013-08-20 09:00"), status="at risk")
    cycle.on("jag")
    cycle.tick(ASK)
    form = asking("/action write", person="housing-officer", at=at(ASK)).form
    assert [(each.value, each.hint) for each in form.fields[:3]] == [
        ("at risk", ""),
        ("", "Last: contractor delayed"),
        ("", "due 12 December 2013 now"),
    ]
    answers = {each.name: each.value for each in form.fields}
    reply = asking("/action write", person="housing-officer", at=at("2013-08-28 09:00"), fields=answers)
    assert [row[:3] for row in table(reply)] == [["JAG-26-001", "Fit alley gates", "no change"]]  # of the other nothing was said
    again = asking("/action write", person="housing-officer", at=at("2013-08-28 09:05"), fields=answers)
    assert again.title == "Nothing was changed"
    with example.session() as session:
        assert [change.verb for change in session.scalars(select(Change).order_by(Change.id.desc()).limit(1))] == ["no change"]


def test_words_and_dates_of_the_form_are_taken_for_each(cycle, three, asking, example):
    cycle.on("jag")
    cycle.tick(ASK)
    fields = {"JAG-26-001 status": "done", "JAG-26-001 said": "gates fitted", "JAG-26-002 status": "at risk", "JAG-26-002 due": "31 Jan"}
    reply = asking.answered("/action write", person="housing-officer", at=at("2013-08-28 09:00"), fields=fields)
    assert [(row[0], row[2]) for row in table(reply)] == [
        ("JAG-26-001", "done, for JAG to agree"),
        ("JAG-26-002", "at risk; asked for 31 January 2014"),
    ]
    with example.session() as session:
        assert session.scalars(select(Action).where(Action.ref == three[0])).one().latest == "gates fitted"


def test_a_date_that_is_none_is_said_at_its_field_and_nothing_is_saved(three, asking, example):
    fields = {"JAG-26-001 status": "done", "JAG-26-002 status": "at risk", "JAG-26-002 due": "soon"}
    reply = asking("/action write", person="housing-officer", at=at("2013-08-28 09:00"), fields=fields)
    assert reply.refused
    assert "JAG-26-002: 'soon' is no date" in reply.parts[0]
    with example.session() as session:
        assert session.scalars(select(Action).where(Action.ref == three[0])).one().status == "not reported"


@pytest.mark.usefixtures("three")
def test_words_that_may_name_somebody_are_held_back_and_the_others_are_saved(asking):
    fields = {"JAG-26-001 said": "John Smith dob 1.1.80", "JAG-26-002 said": "cleared"}
    reply = asking("/action write", person="housing-officer", at=at("2013-08-28 09:00"), fields=fields)
    assert reply.title == "1 action settled"
    assert "John" not in shown(reply)
    assert "It is a place, not a person: save it" in labels(reply)


@pytest.mark.usefixtures("three")
def test_an_answer_to_an_action_closed_meanwhile_is_said_not_to_be_saved(asking):
    asking.answered("/action done 1", person="housing-officer", at=at("2013-08-28 09:00"))
    asking.answered("/action close 1", at=at("2013-08-28 09:01"))
    reply = asking(
        "/action write",
        person="housing-officer",
        at=at("2013-08-28 09:02"),
        fields={"JAG-26-001 said": "late", "JAG-26-002 said": "cleared"},
    )
    assert "JAG-26-001 was closed on 28 August 2013" in shown(reply)
    assert reply.title == "1 action settled"


@pytest.mark.usefixtures("three")
def test_who_owns_nothing_is_told_so(asking):
    assert "You own no open actions" in asking.refused("/action write", person="analyst", at=at(ASK))


# Reminded


@pytest.mark.usefixtures("three")
def test_reminders_go_to_the_silent_alone_and_name_only_what_is_silent(cycle, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    asking.answered("3 no change", person="fire-officer", at=at("2013-08-28 10:00"))
    asking.answered("1 no change", person="housing-officer", at=at("2013-08-28 10:00"))
    sent = cycle.tick(REMIND_7, REMIND_5)
    assert [(message.to, message.kind) for message in sent] == [("housing-officer", "remind")] * 2
    assert [choice.label[:10] for message in sent for choice in choices(message.reply)] == ["JAG-26-002"] * 2


@pytest.mark.usefixtures("three")
def test_an_action_raised_after_the_ask_joins_the_next_reminder(cycle, plan, asking):
    cycle.on("jag")
    cycle.tick(ASK)
    asking.answered("3 no change", person="fire-officer", at=at("2013-08-28 10:00"))
    plan.add("Check the extinguishers", "fire-officer", number=4, at=at("2013-08-29 10:00"))
    reply = next(message.reply for message in cycle.tick(REMIND_7) if message.to == "fire-officer")
    assert [choice.label[:10] for choice in choices(reply)] == ["JAG-26-004"]


@pytest.mark.usefixtures("three")
def test_after_an_outage_what_still_makes_sense_is_said_once(cycle):
    cycle.on("jag")
    sent = cycle.tick("2013-08-30 14:00")
    assert [(message.to, message.kind) for message in sent] == [("housing-officer", "ask"), ("fire-officer", "ask")]
    assert ("skipped", "said together with ask") in cycle.states("remind-7")


@pytest.mark.usefixtures("three")
def test_what_is_overtaken_by_its_meeting_is_skipped_and_says_why(cycle):
    cycle.on("jag")
    sent = cycle.tick("2013-09-11 09:30")
    assert {message.kind for message in sent} == {"minutes"}
    assert cycle.states("ask")[0] == ("skipped", "the meeting had begun")


@pytest.mark.usefixtures("three")
def test_nobody_is_written_to_at_night_or_on_a_holiday(cycle):
    cycle.on("jag")
    assert cycle.tick("2013-08-27 19:00", "2013-08-28 03:00", "2013-08-28 08:59") == []
    assert to(cycle.tick("2013-08-28 09:00")) == ["fire-officer", "housing-officer"]


@pytest.mark.usefixtures("three")
def test_a_cancelled_meeting_is_not_gathered_for(cycle, example):
    cycle.on("jag")
    cycle.tick(ASK)
    with example.session() as session:
        from models.meetings import Meeting

        meeting = next(each for each in session.scalars(select(Meeting)) if each.begins == at(MEETS))
        meeting.state = CANCELLED
    assert cycle.tick(REMIND_7, REMIND_5, DRAFT) == []


# Those who cannot be asked


def test_who_is_away_is_not_chased_and_their_deputy_is_asked(cycle, plan, example):
    ref = plan.add("Warn the landlords", "burglary-lead", priority="burglary")
    away(example, "burglary-lead", "2013-08-26", "2013-09-06")
    cycle.on("jag")
    reply = only(sent := cycle.tick(ASK))
    assert sent[0].to == "burglary-deputy"
    assert choices(reply)[0].label.startswith(f"{ref}, for burglary-lead: Warn the landlords")
    assert "No change for burglary-lead's actions" in labels(reply)
    assert "No change for all" not in labels(reply)


def test_what_a_deputy_says_is_written_down_as_said_for_the_owner(cycle, plan, example, asking):
    plan.add("Warn the landlords", "housing-officer", number=1)
    away(example, "housing-officer", "2013-08-26", "2013-09-06", deputy="fire-officer")
    cycle.on("jag")
    assert to(cycle.tick(ASK)) == ["fire-officer"]
    asking.answered("/action update 1 at risk: no lease", person="fire-officer", at=at("2013-08-28 10:00"))
    assert "fire-officer for housing-officer" in shown(asking("/action show 1", at=at("2013-08-28 10:00")))
    assert cycle.tick(REMIND_7) == []
    assert "Its owner" in asking.refused("/action update 1 at risk", person="fire-officer", at=at("2013-09-09 10:00"))


def test_one_press_answers_for_all_of_the_owner_who_is_away(plan, example, asking):
    refs = [plan.add(f"Thing {number}", "housing-officer", number=number) for number in (1, 2)]
    away(example, "housing-officer", "2013-08-26", "2013-09-06", deputy="fire-officer")
    reply = asking.answered("/action update rest no change for @housing-officer", person="fire-officer", at=at(ASK))
    assert [row[0] for row in table(reply)] == refs


def test_with_no_deputy_a_colleague_of_the_agency_is_asked_who_sits_on_the_group(cycle, plan, example):
    plan.add("Check the plates", "vehicle-lead", number=1)
    away(example, "vehicle-lead", "2013-08-26", "2013-09-06")
    with example.session() as session:
        session.execute(Membership.__table__.delete().where(Membership.person_id == Person.named("vehicle-deputy", session).id))
    cycle.on("jag")
    assert to(cycle.tick(ASK)) == ["jag-chair"]


def test_those_out_of_reach_are_the_coordinators_list_with_a_press_for_each(cycle, plan, asking):
    plan.add("Find beds", "dens-officer", number=1)
    plan.add("Put up signs", "neighbourhood-watch", number=2)
    plan.add("Visit", "fire-officer", number=3)
    cycle.on("jag")
    sent = cycle.tick(ASK)
    assert to(sent) == ["coordinator", "fire-officer"]
    reply = next(message.reply for message in sent if message.to == "coordinator")
    assert reply.title == "2 owners to ask yourself before JAG, Tuesday 10 September 2013"
    assert table(reply)[0] == ["dens-officer", "not on chat (dens-officer@example.org)", "JAG-26-001"]
    press = next(button for button in reply.asks if button.label == "JAG-26-001: dens-officer")
    form = asking(press.asks, at=at(ASK)).form
    assert form.asks == "/action update JAG-26-001 for @dens-officer"
    said = {"status": "on track", "said": "rang me: two beds"}
    asking.answered(form.asks, at=at("2013-08-28 10:00"), fields=said)
    assert "coordinator for dens-officer" in shown(asking("/action show 1", at=at(REMIND_7)))
    reply = next(message.reply for message in cycle.tick(REMIND_7) if message.to == "coordinator")
    assert [row[0] for row in table(reply)] == ["neighbourhood-watch"]


def test_the_coordinators_own_actions_and_her_list_are_one_message(cycle, plan):
    plan.add("Find beds", "dens-officer", number=1)
    plan.add("Book the hall", "coordinator", number=2)
    cycle.on("jag")
    reply = only(cycle.tick(ASK))
    assert len(choices(reply)) == 1
    assert headings(reply) == ["Owner", "Why", "Actions"]


# Where steps go


@pytest.mark.usefixtures("three")
def test_drafts_and_minutes_go_to_chair_and_coordinator_and_the_agenda_and_the_morning_to_the_channel(cycle):
    cycle.on("jag")
    sent = cycle.tick(DRAFT, "2013-09-05 09:00", "2013-09-10 08:00", "2013-09-11 09:00")
    sent = [message for message in sent if message.kind not in ("ask", "remind")]
    assert [(message.kind, message.to) for message in sent] == [
        ("draft", "jag-chair"), ("draft", "coordinator"), ("agenda", "#jag"), ("morning", "#jag"),
        ("minutes", "jag-chair"), ("minutes", "coordinator"),
    ]  # fmt: skip


def test_a_chair_outside_chat_leaves_the_draft_to_the_coordinator(cycle):
    cycle.on("forum")
    assert to(cycle.tick("2013-09-13 09:00")) == ["coordinator"]


@pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.usefixtures("three")
def test_replicas_that_gather_at_one_moment_make_everything_once(cycle, example):
    cycle.on("jag")

    def gathers(_: int) -> None:
        with example.store.session(example.partnership.id, writing=True) as session:
            gather(session, at(ASK))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(gathers, range(8)))
    assert to(cycle.tick(ASK)) == ["fire-officer", "housing-officer"]


@pytest.mark.usefixtures("three")
def test_gathered_twice_at_one_moment_everything_is_said_once(cycle):
    cycle.on("jag")
    assert len(cycle.tick(ASK, ASK, ASK)) == 2
