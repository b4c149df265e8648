"""A meeting recorded in the thread that `/meeting start` opens: plain replies there are read, and nothing else is ever answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from acting import Acting, acting, plan_of_six, press, words
from asking import facts, table
from conftest import Held
from slack_server import JAG, PRIVATE, Arrived, workspace
from sqlalchemy import select
from talking import Host, Talk, hosting, talking

from commands.meetings.capturing import read
from models.actions import Action
from models.agendas import Decision, Item
from models.heard import Heard
from models.meetings import Attendance, Meeting

BEGINS = datetime(2013, 9, 10, 9, 2, tzinfo=UTC)  # 10:02 in Hemel Hempstead: the JAG meets at 10:00
CHAIR, COORDINATOR, HOUSING, COLLEGE, TOWN = "U1", "U2", "U3", "U4", "U5"
WHO = {CHAIR: "jag-chair", COORDINATOR: "coordinator", HOUSING: "housing-officer", COLLEGE: "college", TOWN: "town-centre"}


class Clock:
    def __init__(self) -> None:
        self.at = BEGINS

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=5)
        return self.at


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    with hosting() as made:
        yield made


@pytest.fixture
def databases(request):
    """SQLite: nothing that is said in a thread depends on the database, and what is written by it is tested on both elsewhere."""
    return request.getfixturevalue("sqlite")


@pytest.fixture
def held(opened) -> Held:
    return acting(opened("plan of six", plan_of_six)).held


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def talk(held: Held, host: Host, clock: Clock) -> Iterator[Talk]:
    with workspace() as made, talking(held, made, host, clock) as talk:
        for user, handle in WHO.items():
            made.joins(user, f"{handle}@example.org", handle)
            talk.know(user, handle)
        yield talk


@pytest.fixture
def thread(talk: Talk) -> str:
    """The ts of the message that opens the meeting's thread."""
    talk.command("/meeting", "start jag", user=CHAIR)
    return opened_in(talk, JAG).ts


def opened_in(talk: Talk, channel: str) -> Arrived:
    talk.slack.tick()
    [opening] = [each for each in talk.workspace.of("chat.postMessage") if each.place == channel and "meeting is open" in each.text]
    return opening


def said(talk: Talk, thread: str, text: str, user: str = CHAIR, channel: str = JAG) -> list[Arrived]:
    """What is answered in the channel to a reply in the thread."""
    arrived = talk.say(text, user, channel, thread_ts=thread)
    return [each for each in arrived if each.place == channel]


def one(found: list[Arrived]) -> Arrived:
    assert len(found) == 1, [each.text for each in found]
    return found[0]


def shown_to_all(answer: Arrived, thread: str) -> bool:
    return answer.method == "chat.postMessage" and answer.said["thread_ts"] == thread


def rows(held: Held, table: type) -> list:
    with held.session() as session:
        return list(session.scalars(select(table)).unique())


# Opening


def test_starting_a_meeting_posts_what_opens_its_thread(talk):
    answer = next(each for each in talk.command("/meeting", "start", user=CHAIR) if each.method == "response")
    assert "JAG of 10 September 2013 is open" in answer.text
    opening = opened_in(talk, JAG)
    assert "JAG, 10 September 2013: the meeting is open" in opening.text
    assert "decision: …" in opening.text
    assert "3 responsible authorities; I say who is there as they come" in opening.text
    assert "meeting is open" in opening.said["text"]


def test_what_opens_it_is_posted_once_however_often_it_is_started(talk):
    talk.command("/meeting", "start jag", user=CHAIR)
    talk.command("/meeting", "start jag", user=COORDINATOR)
    talk.slack.tick()
    talk.slack.tick()
    opened_in(talk, JAG)


# What is recorded


def test_an_action_is_added_and_read_back_to_all_in_the_thread(talk, thread, held):
    answer = one(said(talk, thread, "action: check the lights <@U3> due fri #asb"))
    assert shown_to_all(answer, thread)
    assert answer.text.startswith("JAG-13-007 is added")
    assert "check the lights — housing-officer, due 13 September 2013." in answer.text
    assert answer.has_button("Undo")
    assert len(answer.blocks) <= 3, "briefly"
    [action] = [each for each in rows(held, Action) if each.number == 7]
    assert f"{action.meeting}" == "2013-09-10"
    assert action.raised_by_id != action.owner_id


def test_its_history_says_that_it_was_raised_at_the_meeting(talk, thread, held):
    said(talk, thread, "action: check the lights <@U3> due fri #asb")
    say = Acting(held, BEGINS + timedelta(hours=1))
    assert "at the meeting of 10 September 2013" in say.history("JAG-13-007")[0][2]
    assert say.shown("JAG-13-007")["Raised"] == "10 September 2013 by jag-chair, at JAG of 10 September 2013"


def test_its_owner_is_told_privately(talk, thread):
    arrived = talk.say("action: check the lights <@U3> due fri #asb", CHAIR, thread_ts=thread)
    talk.slack.tick()
    assert any("JAG-13-007 is yours" in each.text for each in talk.workspace.of("chat.postMessage") if each.place == "DU3") or any(
        "JAG-13-007 is yours" in each.text for each in arrived
    )


@pytest.mark.parametrize(
    ("text", "title", "said_back"),
    [
        ("decision: move the knife arch", "Decision 1, JAG of 10 September 2013", "move the knife arch"),
        ("Descision: move the knife arch", "Decision 1, JAG of 10 September 2013", "move the knife arch"),
        ("Agreed: move the knife arch", "Decision 1, JAG of 10 September 2013", "move the knife arch"),
        ("note - the wardens were thanked", "Noted, JAG of 10 September 2013", "the wardens were thanked"),
        ("present: <@U3>, <@U4>", "JAG of 10 September 2013: who is there", "Present: housing-officer and college."),
        ("apologies from <@U3> and <@U4>", "JAG of 10 September 2013: who is there", "Apologies: housing-officer and college."),
        ("substitute: <@U4> for <@U3>", "JAG of 10 September 2013: who is there", "Present: college for housing-officer."),
        ("present: @fire-officer, Jo Bloggs of the Samaritans", "JAG of 10 September 2013: who is there", "Jo Bloggs of the Samaritans"),
        ("4: nothing", "", ""),
    ],
)
def test_what_is_said_of_the_meeting_is_recorded(talk, thread, text, title, said_back):
    found = said(talk, thread, text)
    if not title:
        assert not found
        return
    answer = one(found)
    assert shown_to_all(answer, thread)
    assert answer.text.startswith(title)
    assert said_back in answer.text
    assert answer.has_button("Undo")


@pytest.mark.parametrize(
    ("text", "title", "read_as"),
    [
        ("desicion: move the knife arch", "Decision 1, JAG of 10 September 2013", "decision"),
        ("actoin: check the lights <@U3> due fri #asb", "JAG-13-007 is added", "action"),
        ("noet: the wardens were thanked", "Noted, JAG of 10 September 2013", "note"),
        ("aplogies: <@U3>", "JAG of 10 September 2013: who is there", "apologies"),
    ],
)
def test_a_misspelt_word_is_read_as_the_one_it_is_nearly_and_said_so(talk, thread, text, title, read_as):
    answer = one(said(talk, thread, text))
    assert shown_to_all(answer, thread)
    assert answer.text.startswith(title)
    assert f"Read as {read_as}." in answer.text
    assert answer.has_button("Undo")


def test_agreeing_is_read_where_its_word_is_misspelt(talk, thread, held):
    Acting(held, BEGINS).answered("/action done 1 it is done", person="housing-officer")
    answer = one(said(talk, thread, "agreee all done"))
    assert "closed" in answer.text
    assert "Read as agree." in answer.text


@pytest.mark.parametrize(
    ("text", "said_back"),
    [
        ("sorry: <@U3>", "Apologies: housing-officer."),
        ("apology: @college", "Apologies: college."),
        ("absent: <@U3>", "Absent: housing-officer."),
        ("here: <@U3>", "Present: housing-officer."),
        ("attending: <@U3>", "Present: housing-officer."),
        ("attendees: <@U3>", "Present: housing-officer."),
    ],
)
def test_every_word_for_who_is_there_is_read_before_a_colon(talk, thread, text, said_back):
    assert said_back in one(said(talk, thread, text)).text


def test_another_word_and_a_colon_begin_another_line(talk, thread, held):
    found = said(talk, thread, "apologies: college; absent: @drugs-lead\ndecision: move the knife arch")
    for answer in ("Apologies: college.", "Absent: drugs-lead.", "move the knife arch"):
        assert len([each for each in found if answer in each.text]) == 1
    recorded = {each.person.handle if each.person else each.guest: each.kind for each in rows(held, Attendance)}
    assert recorded == {"jag-chair": "present", "college": "apologies", "drugs-lead": "absent"}
    assert talk.again() == []
    assert len(rows(held, Decision)) == 1


def test_what_is_no_name_is_never_recorded_as_a_guest(say):
    say.answered("/meeting start jag", person="jag-chair")
    refused = words(say("/meeting sorry jag: @college; absent: @drugs-lead", person="jag-chair"))
    assert "I know nobody called “absent:”. Nothing was kept." in refused
    assert "I know nobody called “the late train”" in words(say("/meeting sorry jag: the late train", person="jag-chair"))
    assert not {"college", "drugs-lead"} & {each.person.handle for each in rows(say.held, Attendance) if each.person}


def test_people_are_written_down_by_their_handles_and_not_as_chat_writes_them(talk, thread, held):
    answer = one(said(talk, thread, "decision: <@U3> writes to R&D"))
    assert "@housing-officer writes to" in answer.text
    assert [each.words for each in rows(held, Decision)] == ["@housing-officer writes to R&D"]


def test_a_reply_that_is_also_sent_to_the_channel_is_recorded(talk, thread, held):
    event = {"type": "message", "subtype": "thread_broadcast", "channel": JAG, "channel_type": "channel", "user": CHAIR}
    talk.after(lambda: talk.workspace.happens({**event, "thread_ts": thread, "text": "decision: move the knife arch"}))
    assert [each.words for each in rows(held, Decision)] == ["move the knife arch"]


def test_anybody_says_that_they_are_here(talk, thread, held):
    answer = one(said(talk, thread, "I'm here", user=COLLEGE))
    assert "Present: college." in answer.text
    assert (
        "There now: 2 people, 1 responsible authority (Hertfordshire Constabulary), the quorum being 3: not quorate so far." in answer.text
    )
    assert {each.person.handle for each in rows(held, Attendance)} == {"jag-chair", "college"}


def test_done_actions_are_agreed_there(talk, thread, held):
    say = Acting(held, BEGINS)
    for number in (1, 2, 5):
        say.answered(f"/action done {number} it is done", person="housing-officer")
    assert one(said(talk, thread, "agree 1")).text.startswith("JAG-13-001 is closed")
    assert one(said(talk, thread, "agree all done")).text.startswith("2 actions closed")
    assert say.status("2") == "closed (green)"
    assert "at the meeting of 10 September 2013" in say.history("2")[-1][2]


def test_an_item_is_for_the_next_agenda(talk, thread, held):
    answer = one(said(talk, thread, "item: fireworks before bonfire night", user=COLLEGE))
    assert shown_to_all(answer, thread)
    assert [each.words for each in rows(held, Item)] == ["fireworks before bonfire night"]


def test_undo_takes_back_what_was_recorded(talk, thread, held):
    answer = one(said(talk, thread, "decision: move the knife arch"))
    talk.press(answer, "Undo", user=CHAIR)
    assert [each.withdrawn for each in rows(held, Decision)] == [True]


def test_the_meeting_is_closed_from_its_thread(talk, thread, held):
    answer = one(said(talk, thread, "close the meeting"))
    assert answer.text.startswith("JAG of 10 September 2013 is closed")
    assert "held inquorate" in answer.text
    assert [each.state for each in rows(held, Meeting) if each.thread] == ["closed"]


def test_a_mention_in_the_thread_is_recorded_too_and_once(talk, thread, held):
    arrived = talk.mention("decision: move the knife arch", CHAIR, thread_ts=thread)
    assert len([each for each in arrived if each.place == JAG]) == 1
    assert [each.words for each in rows(held, Decision)] == ["move the knife arch"]


# Nothing else is answered


@pytest.mark.parametrize(
    "text",
    [
        "good morning all",
        "I agree with that",
        "4 people came",
        "action!",
        "here we go",
        "apologies for being late",
        "see note above",
        "note that: it is cold",
        "Sorry I'm late",
        "Sorry: I'm late",
        "Question: who has the keys?",
        "Prevent: nothing to report",
        "Votes: three for",
        "done?",
    ],
)
def test_people_talking_in_the_thread_are_not_answered_and_nothing_of_it_is_kept(talk, thread, held, text):
    before = len(rows(held, Heard))
    assert not talk.say(text, COLLEGE, thread_ts=thread)
    assert len(rows(held, Heard)) == before


@pytest.mark.usefixtures("thread")
def test_a_reply_in_another_thread_is_not_answered_whatever_it_says(talk, held):
    other = talk.workspace.message("Morning all", COLLEGE, JAG)
    assert not talk.say("decision: go home early", CHAIR, thread_ts=other)
    assert not talk.say("decision: go home early", CHAIR)
    assert rows(held, Decision) == []


def test_what_cannot_be_read_is_told_to_its_writer_alone(talk, thread):
    answer = one(said(talk, thread, "action: check the lights", user=HOUSING))
    assert answer.method == "chat.postEphemeral"
    assert answer.said["user"] == HOUSING
    assert answer.said["thread_ts"] == thread
    assert "who is accountable" in answer.text


def test_who_may_not_record_it_is_told_alone(talk, thread, held):
    answer = one(said(talk, thread, "decision: free cake", user=COLLEGE))
    assert (answer.method, answer.said["user"]) == ("chat.postEphemeral", COLLEGE)
    assert "The chair, the deputy chair and the coordinator of JAG record its decisions." in answer.text
    assert rows(held, Decision) == []


def test_personal_data_is_held_back_and_not_repeated(talk, thread, held):
    answer = one(said(talk, thread, "decision: write to John Smith of 14 Alma Road about his dog"))
    assert (answer.method, answer.said["user"]) == ("chat.postEphemeral", CHAIR)
    assert "Alma" not in str(answer.said)
    assert "delete that message yourself" in answer.text
    assert rows(held, Decision) == []
    talk.press(answer, "It is a place, not a person: save it", user=CHAIR)
    assert len(rows(held, Decision)) == 1


def test_the_same_event_three_times_is_recorded_once(talk, thread, held):
    said(talk, thread, "decision: move the knife arch")
    assert talk.again() == []
    assert talk.again() == []
    assert len(rows(held, Decision)) == 1


def test_after_the_minutes_are_agreed_nothing_is_added(talk, thread, clock):
    said(talk, thread, "close the meeting")
    clock.at = datetime(2013, 10, 8, 9, 5, tzinfo=UTC)
    talk.command("/meeting", "minutes agree jag", user=CHAIR)
    answer = one(said(talk, thread, "decision: too late"))
    assert answer.method == "chat.postEphemeral"
    assert "agreed on 8 October 2013, and are locked" in answer.text


def test_minutes_are_agreed_in_the_next_meeting_s_thread(talk, thread, clock):
    said(talk, thread, "close the meeting")
    clock.at = datetime(2013, 10, 8, 9, 5, tzinfo=UTC)
    talk.command("/meeting", "start jag", user=CHAIR)
    talk.slack.tick()
    second = talk.workspace.of("chat.postMessage")[-1].ts
    answer = one(said(talk, second, "agree minutes"))
    assert answer.text.startswith("The minutes of JAG of 10 September 2013 are agreed")
    assert "the quorum being 3: not quorate so far." in answer.text
    assert answer.has_button("Undo")


def test_the_thread_of_a_closed_meeting_agrees_nothing_and_says_where_to(talk, thread, held, clock):
    say = Acting(held, BEGINS)
    said(talk, thread, "close the meeting")
    say.answered("/action done 1 it is done", person="housing-officer")
    clock.at = datetime(2013, 10, 2, 9, 5, tzinfo=UTC)
    answer = one(said(talk, thread, "agree all done"))
    assert (answer.method, answer.said["user"]) == ("chat.postEphemeral", CHAIR)
    assert "JAG of 10 September 2013 is closed, and agrees nothing more. Nothing was changed." in answer.text
    assert "going on" not in answer.text
    assert say.status("1").startswith("done")
    clock.at = datetime(2013, 10, 8, 9, 5, tzinfo=UTC)
    talk.command("/meeting", "start jag", user=CHAIR)
    answer = one(said(talk, thread, "agree 1"))
    assert "JAG of 8 October 2013 is going on: write it in its thread in #jag." in answer.text
    talk.press(answer, "Close it now", user=CHAIR)
    assert say.status("1") == "closed (green)"


def test_an_action_in_the_thread_of_a_closed_meeting_says_which_it_counts_for(talk, thread, clock):
    said(talk, thread, "close the meeting")
    clock.at = datetime(2013, 10, 2, 9, 5, tzinfo=UTC)
    answer = one(said(talk, thread, "action: check the lights <@U3> due fri #asb"))
    assert answer.text.startswith("JAG-13-007 is added, outside a meeting; JAG of 10 September 2013 is closed")
    clock.at = datetime(2013, 10, 8, 9, 5, tzinfo=UTC)
    talk.command("/meeting", "start jag", user=CHAIR)
    answer = one(said(talk, thread, "update 1: at risk"))
    assert "at JAG of 8 October 2013; JAG of 10 September 2013 is closed" in answer.text
    answer = one(said(talk, thread, "note: the wardens were thanked"))
    assert answer.text.startswith("Noted, JAG of 10 September 2013")


# Messages that are changed or deleted


def test_a_changed_message_is_not_read_again_and_its_writer_is_told(talk, thread, held):
    said(talk, thread, "decision: move the knife arch")
    ts = next(sent["event"]["ts"] for sent, _, _ in reversed(talk.workspace.taken) if sent["event"].get("text", "").startswith("decision"))
    [answer] = changed(talk, thread, ts, "decision: move the knife arch", "decision: keep the knife arch")
    assert (answer.method, answer.said["user"]) == ("chat.postEphemeral", CHAIR)
    assert "stands as it was first written" in answer.text
    assert [each.words for each in rows(held, Decision)] == ["move the knife arch"]
    assert changed(talk, thread, ts, "good morning", "good morning all") == []
    other = talk.workspace.message("Morning all", COLLEGE, JAG)
    assert changed(talk, other, ts, "decision: x", "decision: y") == []


def changed(talk: Talk, thread: str, ts: str, before: str, now: str) -> list[Arrived]:
    """What arrives when somebody changes a message."""
    message = {"type": "message", "user": CHAIR, "text": now, "ts": ts, "thread_ts": thread}
    event = {"type": "message", "subtype": "message_changed", "channel": JAG, "channel_type": "channel", "message": message}
    return talk.after(lambda: talk.workspace.happens({**event, "previous_message": {**message, "text": before}}))


def test_a_deleted_message_takes_nothing_back(talk, thread, held):
    said(talk, thread, "decision: move the knife arch")
    event = {"type": "message", "subtype": "message_deleted", "channel": JAG, "channel_type": "channel", "deleted_ts": thread}
    assert talk.after(lambda: talk.workspace.happens({**event, "previous_message": {"user": CHAIR, "thread_ts": thread}})) == []
    assert [each.withdrawn for each in rows(held, Decision)] == [False]


# A private group's


def test_a_private_group_s_notification_says_only_how_many(talk, clock):
    clock.at = datetime(2013, 9, 12, 13, 2, tzinfo=UTC)
    talk.workspace.invites_bot(PRIVATE)
    talk.command("/meeting", "start csag", user=COORDINATOR)
    opening = opened_in(talk, PRIVATE)
    assert opening.said["text"] == "1 CSAG meeting is open."
    answer = one(said(talk, opening.ts, "decision: offer mediation", user=COORDINATOR, channel=PRIVATE))
    assert "offer mediation" in answer.text
    assert answer.said["text"] == "1 CSAG meeting was added to."


def test_who_does_not_sit_on_the_group_is_told_that_there_is_no_such_meeting(talk, clock):
    clock.at = datetime(2013, 9, 12, 13, 2, tzinfo=UTC)
    talk.workspace.invites_bot(PRIVATE)
    talk.command("/meeting", "start csag", user=COORDINATOR)
    opening = opened_in(talk, PRIVATE)
    answer = one(said(talk, opening.ts, "decision: offer mediation", user=TOWN, channel=PRIVATE))
    assert (answer.method, answer.said["user"]) == ("chat.postEphemeral", TOWN)
    assert "I know no such meeting, or you do not sit on its group. Nothing was kept." in answer.text


# Figures, asked privately and shared with one press


def test_the_chair_asks_a_figure_in_the_thread_and_shares_it_there(talk, thread):
    [answer] = talk.mention("hotspots asb", CHAIR, thread_ts=thread)
    assert (answer.method, answer.said["thread_ts"]) == ("chat.postEphemeral", thread)
    [shared] = [each for each in talk.press(answer, "Share here", user=CHAIR) if each.method == "chat.postMessage"]
    assert shared.said["thread_ts"] == thread


# Without a thread, in the terminal or by slash command


@pytest.fixture
def say(opened) -> Acting:
    made = acting(opened("plan of six", plan_of_six))
    made.now = BEGINS
    return made


def test_everything_works_without_a_thread(say):
    say.answered("/meeting start jag", person="jag-chair")
    assert say.says("/meeting decision jag: Move the knife arch", person="jag-chair").endswith("Move the knife arch")
    assert "Present: college and fire-officer." in words(say.answered("/meeting present jag @college @fire-officer", person="jag-chair"))
    assert "Absent: youth-officer." in words(say.answered("/meeting absent @youth-officer", person="jag-chair"))
    say.answered("/meeting note jag: The wardens were thanked", person="jag-chair")
    closed = say.answered("/meeting close jag", person="jag-chair")
    assert facts(closed)["Decisions"] == "1"
    assert facts(closed)["Present"] == "3"


def test_a_meeting_is_opened_around_its_time_and_asked_about_otherwise(say):
    say.now = datetime(2013, 9, 5, 9, 0, tzinfo=UTC)
    reply = say("/meeting start jag", person="jag-chair")
    assert reply.refused
    assert "JAG is not meeting now" in words(reply)
    assert press(reply, "Open 10 Sep") == "/meeting start jag 2013-09-10 10.00"
    asked = say(press(reply, "Open 10 Sep"), person="jag-chair")
    assert (asked.refused, asked.title) == (True, "Open JAG of 10 September 2013 already?")
    assert asked.parts[0] == (
        "It is on Tuesday 10 September 2013 at 10:00, 5 days from now. All of #jag would see it. It was not opened yet."
    )
    opened = say.answered(press(asked, "Yes, open 10 September 2013 now"), person="jag-chair")
    assert opened.title == "JAG of 10 September 2013 is open"


def test_a_meeting_that_was_closed_is_not_the_next_and_is_still_the_one_that_is_recorded(say):
    say.now = datetime(2013, 9, 9, 12, 0, tzinfo=UTC)  # the day before it is held
    say.answered("/meeting start jag 10 Sep", person="jag-chair")
    say.answered("/meeting close jag", person="jag-chair")
    say.now = datetime(2013, 9, 9, 13, 0, tzinfo=UTC)
    assert say.says("/meeting jag") == "JAG, Tuesday 8 October 2013 at 10:00."
    assert "8 October" in say.says("I can't make the next JAG", person="college")
    assert "has been" in say.refused("/meeting apologies jag 10 Sep", person="college")
    assert "I come" not in [each.label for each in say.answered("/meeting jag 10 Sep", person="college").asks]
    assert say.says("/meeting decision jag: Paint the wall", person="jag-chair").startswith("Decision 1, JAG of 10 September 2013")


def test_closing_names_the_meeting_or_nothing(say):
    say.answered("/meeting start jag", person="jag-chair")
    reply = say("/meeting close zzz", person="coordinator")
    assert "“zzz”" in words(reply)
    assert "{meeting}" not in words(reply)
    assert "zzz" in words(say("/meeting close jag zzz", person="coordinator"))
    which = say("/meeting close 9 Sep", person="coordinator")
    assert which.refused
    assert which.asks[0].asks.startswith("/meeting close ")
    assert "{" not in which.asks[0].asks
    assert say.answered("/meeting close the jag meeting", person="jag-chair").title == "JAG of 10 September 2013 is closed"


def test_a_meeting_that_nobody_closed_is_over_by_the_evening_and_is_named_when_the_next_one_opens(say):
    say.answered("/meeting start jag", person="jag-chair")
    say.now = datetime(2013, 9, 11, 9, 0, tzinfo=UTC)
    assert "at JAG of" not in say.shown(say.added("Buy paint @college due fri"))["Raised"]
    say.now = datetime(2013, 10, 8, 9, 0, tzinfo=UTC)
    opened = say.answered("/meeting start jag", person="jag-chair")
    assert "JAG of 10 September 2013 was never closed, and has no minutes." in words(opened)
    say.answered("/meeting decision jag: x", person="jag-chair")
    assert [row[0] for row in table(say.answered("/meeting decisions jag"))] == ["JAG, 8 Oct 2013"]
    assert say.answered(press(opened, "Close 10 Sep"), person="jag-chair").title == "JAG of 10 September 2013 is closed"


@pytest.mark.parametrize("line", ["start jag tomorow", "start jag xyz", "minutes jag xyz"])
def test_words_that_name_no_meeting_are_not_passed_over(say, line):
    assert "xyz" in words(say(f"/meeting {line}", person="jag-chair")) or "tomorow" in words(say(f"/meeting {line}", person="jag-chair"))


def test_a_cancelled_meeting_is_not_opened(say):
    say.answered("/meeting cancel jag 8 Oct because of the strike", person="jag-chair")
    assert "was cancelled" in say.refused("/meeting start jag 8 Oct", person="jag-chair")


@pytest.mark.parametrize("person", ["college", "asb-lead"])
@pytest.mark.parametrize(
    "line", ["start jag", "close jag", "decision jag: x", "note jag: x", "present jag @fire-officer", "minutes agree jag"]
)
def test_others_may_not(say, person, line):
    reply = say(f"/meeting {line}", person=person)
    assert reply.refused


def test_a_decision_is_not_recorded_where_no_meeting_is_open(say):
    say.now = datetime(2013, 9, 20, 9, 0, tzinfo=UTC)
    reply = say("/meeting decision jag: x", person="jag-chair")
    assert "JAG of 10 September 2013 is not open" in words(reply)
    assert press(reply, "Open it") == "/meeting start jag 2013-09-10 10.00"


def test_a_name_that_is_nearly_somebody_s_is_asked_about(say):
    say.answered("/meeting start jag", person="jag-chair")
    assert "housing-officer" in words(say("/meeting present @housng-officer", person="jag-chair"))
    assert "Name who it is" in say.refused("/meeting present everyone", person="jag-chair")


def test_who_had_sent_apologies_and_came_is_present_and_undo_brings_the_apologies_back(say):
    say.answered("/meeting start jag", person="jag-chair")
    say.answered("/meeting sorry jag: @college", person="jag-chair")
    came = say.answered("/meeting present jag: @college", person="jag-chair")
    assert press(came, "Undo") == "/meeting sorry jag 2013-09-10 10.00: @college"


def test_quorum_counts_responsible_authorities_once_each_and_substitutes_for_their_agency(say):
    say.answered("/meeting start jag", person="jag-chair")
    reply = say.answered("/meeting present @burglary-lead, @fire-officer, @asb-deputy for @asb-lead, @town-centre", person="jag-chair")
    assert "3 responsible authorities" in words(reply)
    assert "the quorum being 3: quorate." in words(reply)
    assert "so far" not in words(reply)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("action: fit gates @housing-officer due fri", "/action add fit gates @housing-officer due fri"),
        ("ACTION - fit gates", "/action add fit gates"),
        ("agree 4, 5 and JAG-13-007", "/action close 4, 5 and JAG-13-007"),
        ("agree all done", "/action close all"),
        ("agreed 4", "/action close 4"),
        ("Agree: 4 and 5", "/action close 4 and 5"),
        ("agreed: the gates stay", "/meeting decision jag 2013-09-10 10.00: the gates stay"),
        ("agree: minutes", "/meeting approve jag 2013-09-10 10.00"),
        ("update: 4 at risk", "/action update 4 at risk"),
        ("agree the minutes", "/meeting approve jag 2013-09-10 10.00"),
        ("here", "/meeting present jag 2013-09-10 10.00"),
        ("apologies: @a, @b", "/meeting sorry jag 2013-09-10 10.00: @a, @b"),
        ("update 4: at risk", "/action update 4: at risk"),
        ("done 4 gates fitted", "/action done 4 gates fitted"),
        ("item: lights", "/agenda add jag lights"),
        ("carry over: lights", "/meeting carry jag 2013-09-10 10.00: lights"),
    ],
)
def test_a_line_is_read_as_what_it_records(text, line):
    captured = read(text)
    assert captured is not None
    assert captured.line("jag 2013-09-10 10.00") == line


@pytest.mark.parametrize(
    "text", ["", "hello", "https://example.org: see", "time: 10:30", "agree", "we agree to disagree", "done", "present company excepted"]
)
def test_other_words_are_people_talking(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "typed",
    ["Minutes agreed", "close the meeting", "decision: move the lamps on to the next", "note: bring the map", "present: @fire-officer"],
)
def test_what_cannot_be_recorded_is_given_back_as_it_was_written_in_the_thread_and_not_as_the_line_made_of_it(talk, thread, typed):
    answer = one(said(talk, thread, typed, user=COLLEGE))
    assert f"You typed: {typed}" in answer.text
    assert "/meeting" not in answer.text.partition("You typed")[2]


@pytest.mark.parametrize("typed", ["approve jag", "close jag 10 Sep", "close jag 2013-09-10 10.00"])
def test_what_is_refused_is_given_back_as_it_was_typed_and_a_button_has_typed_nothing(say, typed):
    assert f"You typed: /meeting {typed}" in words(say(f"/meeting {typed}", person="college"))
    assert "You typed" not in words(say(f"/meeting {typed}", person="college", typed=""))
