"""Notices on their way: each is said once, goes on from where it was, and what cannot be said is seen by the coordinator."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from acting import MONDAY
from asking import Asking, facts, labels, shown, table
from conftest import Held
from slack_sdk import WebClient
from slack_server import PRIVATE, TOKEN, Workspace, workspace
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from talking import hosting, talking

import scheduler.agenda  # noqa: F401  # says what agendas say
from bot.sending import Sending
from bot.workspace.faults import Fault
from commands.frozen import frozen
from commands.reply import Reply, Table
from models.agendas import Agenda
from models.calendar import Calendar
from models.groups import Group, Membership
from models.notices import Notice
from models.people import Person
from scheduler import TICK, Job
from scheduler.booking import UNREADABLE, due
from scheduler.delivery import Delivery, Lease
from scheduler.saying import Skip, afterwards, says
from scheduler.tick import Tick

LEASE = Lease()


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@says("test")
def probe(notice: Notice, _session: object, now: datetime) -> Reply | Skip:
    if "breaks" in notice.about:
        raise ValueError("secret words")
    overtaken = now > notice.due_at + timedelta(days=1)
    return Skip("its meeting has begun") if overtaken else Reply(notice.about, "Said then.", summary=notice.about)


@says("change", gives_up=True)
def change(notice: Notice, _session: object, _now: datetime) -> Reply:
    assert notice.over
    return Reply(notice.about, "Changed.", summary=notice.about).but(over=(notice.over.conversation, *notice.over.stamps))


@afterwards("test")
def below(notice: Notice, session: object, now: datetime) -> None:
    if notice.about.startswith("head "):
        Notice.to_channel(notice.conversation, "tell", f"below {notice.id}", now, session, notice.stamps[0], frozen(Reply("Below")))


@dataclass
class Post:
    """A partnership's notices, delivered into a workspace when it is told to."""

    held: Held
    slack: Workspace
    now: datetime = MONDAY
    ahead: float = 0.0  # seconds by which what it waits by is ahead
    looked: int = 0  # times that it looked at that
    made: Delivery = field(init=False)

    def __post_init__(self) -> None:
        self.restart()
        for number, handle in enumerate(("coordinator", "housing-officer", "college"), 1):
            self.slack.joins(f"U{number}", f"{handle}@example.org", handle)
            with self.held.session() as session:
                Person.named(handle, session).slack_user = f"U{number}"

    def restart(self) -> None:
        client = WebClient(TOKEN, f"{self.slack.address}/api/")
        self.made = Delivery(self.held.store, self.held.partnership.id, Sending(client), lambda: self.now, LEASE)
        self.made.waiting.clock = self.clock

    def clock(self) -> float:
        self.looked += 1
        return time.monotonic() + self.ahead

    def put(self, about: str, to: str = "housing-officer", reply: Reply | None = None, kind: str = "tell", **due: float) -> int:
        """A notice that is due so much later; its number."""
        with self.held.session() as session:
            body = None if kind != "tell" else frozen(reply or Reply(about, "Something was done.", summary=about))
            at = self.now + timedelta(**due)
            if to.startswith("#"):
                return Notice.to_channel(to, kind, about, at, session, body=body).id
            return Notice.to_person(Person.named(to, session), kind, about, at, session, body).id

    def change(self, number: int, about: str) -> int:
        """A notice that changes what another has become, in its place."""
        with self.held.session() as session:
            over = session.get_one(Notice, number)
            values = {"kind": "change", "about": about, "due_at": self.now, "next_at": self.now, "over_id": number}
            session.add(made := Notice(person_id=over.person_id, channel=over.conversation, **values))
            session.flush()
            return made.id

    def stands(self, number: int) -> list[str]:
        """What the messages of a notice say by now."""
        row = self.row(number)
        return [(self.slack.real.state.message(row.conversation, ts) or {})["text"] for ts in row.stamps]

    def deliver(self, linger: float = 0.0, lapse: bool = False) -> list[str]:
        """What arrives, by the titles: with `lapse` also once every lease is over."""
        before = list(self.slack.arrived)
        self.made.deliver(linger)
        if lapse:
            self.ahead += LEASE.whole
            self.made.deliver(linger)
        return [each.said["text"] for each in self.slack.arrived if each not in before]

    def row(self, number: int) -> Notice:
        with self.held.session() as session:
            return session.get_one(Notice, number)

    def ask(self, line: str, person: str = "coordinator") -> Reply:
        return Asking(self.held)(line, person, self.now)


@pytest.fixture
def slack() -> Iterator[Workspace]:
    with workspace() as made:
        yield made


@pytest.fixture
def post(slack: Workspace, example: Held) -> Iterator[Post]:
    made = Post(example, slack)
    yield made
    made.made.stop()


def test_a_notice_is_made_once_and_said_once_when_it_is_due(post):
    first, later = post.put("One"), post.put("Two", hours=1)
    assert post.put("One") == first
    assert post.deliver() == ["One"]
    assert post.deliver() == []
    row = post.row(first)
    assert (row.state, row.conversation, row.stamps, row.attempts) == ("sent", "DU2", [post.slack.arrived[-1].ts], 1)
    post.now += timedelta(hours=1)
    assert post.deliver() == ["Two"]
    assert post.row(later).sent_at == post.now


def test_what_it_says_is_settled_when_it_is_sent_and_what_is_overtaken_is_skipped_with_the_reason(post):
    said, skipped = post.put("Said", kind="test"), post.put("Overtaken", kind="test")
    with post.held.session() as session:
        session.get_one(Notice, skipped).due_at = post.now - timedelta(days=2)
    assert post.deliver() == ["Said"]
    assert (post.row(skipped).state, post.row(skipped).error) == ("skipped", "its meeting has begun")
    assert post.row(said).state == "sent"


def test_what_follows_a_notice_is_done_as_it_is_marked_and_goes_out_at_once(post):
    post.put("head of a thread", "#jag", kind="test")
    assert post.deliver() == ["head of a thread", "Below"]
    head, below = post.slack.arrived
    assert below.said["thread_ts"] == head.ts


def test_one_whose_words_break_stops_nobody_and_is_seen(post):
    broken = post.put("breaks", kind="test")
    post.put("For the same person"), post.put("For another", "college")
    assert sorted(post.deliver()) == ["For another", "For the same person"]
    assert post.row(broken).state == "waiting"
    assert table(post.ask("/jag health"))[0][2:] == [
        "housing-officer",
        "2 September 2013, 10:00",
        "waiting",
        "what it says broke: ValueError",
    ]


def test_a_long_one_goes_on_from_where_it_was(post):
    many = post.put("Long", reply=Reply("Long", *["word " * 2_500] * 3))
    post.slack.real.faults.plan(Fault("slow", seconds=0), "chat.postMessage")
    post.slack.real.faults.plan(Fault("429", status=429, headers={"Retry-After": "1"}), "chat.postMessage")
    began = time.monotonic()
    post.deliver(linger=30)
    assert time.monotonic() - began > 1
    parts = [each.said["metadata"]["event_payload"]["part"] for each in post.slack.of("chat.postMessage")]
    assert parts == list(range(len(parts)))
    assert len(parts) > 2
    assert post.row(many).stamps == [each.ts for each in post.slack.of("chat.postMessage")]


def test_a_table_that_slack_refuses_goes_out_plainly_and_once(post):
    post.slack.refusing.kinds = {"table"}
    filler = ["word " * 2_500] * 2
    number = post.put("Table", reply=Reply("Table", *filler, Table(["Ward"], [["Grovehill"]])))
    post.deliver()
    posted = post.slack.of("chat.postMessage")
    assert [each.said["metadata"]["event_payload"]["part"] for each in posted] == list(range(len(posted)))
    assert sum("Grovehill" in each.text for each in posted) == 1
    assert post.row(number).stamps == [each.ts for each in posted]


def test_one_that_may_have_gone_is_looked_for_and_not_sent_again(post):
    post.slack.real.faults.plan("drop after", "chat.postMessage")
    number = post.put("Once")
    assert post.deliver() == ["Once"]
    assert post.row(number).state == "sending"
    assert post.deliver() == [], "it is left alone until nothing of it can be under way"
    assert post.deliver(lapse=True) == []
    assert post.row(number).state == "sent"
    assert post.row(number).stamps == [post.slack.arrived[0].ts]


def test_where_slack_will_not_have_it_looked_for_just_then_it_is_looked_for_when_slack_says_and_not_a_lease_later(post):
    post.slack.real.faults.plan("drop after", "chat.postMessage")
    number = post.put("Once")
    post.deliver()
    post.slack.refusing.methods["conversations.history"] = [(429, "", {"Retry-After": "7"})]
    post.deliver(lapse=True)
    assert (post.row(number).state, post.row(number).error) == ("sending", "Slack asked me to wait")
    with post.held.session() as session:
        [waiter] = due(session, post.now, LEASE.whole)
    assert 1 < waiter.rests <= 7


@pytest.mark.parametrize("to", ["housing-officer", "#jag"])
def test_one_that_did_not_go_is_looked_for_and_then_sent(post, to):
    post.slack.real.faults.plan("drop before", "chat.postMessage")
    number = post.put("Once", to)
    assert post.deliver() == []
    assert post.deliver(lapse=True) == ["Once"]
    assert post.row(number).state == "sent"


def test_where_history_cannot_be_read_it_is_uncertain_and_the_coordinator_may_have_it_sent_again(post):
    post.slack.real.faults.plan("drop before", "chat.postMessage")
    post.slack.real.faults.plan(Fault("answer", body='{"ok": false, "error": "channel_not_found"}'), "conversations.history", times=2)
    number = post.put("Once")
    assert post.deliver(lapse=True) == []
    assert post.row(number).state == "uncertain"
    health = post.ask("/jag health")
    assert table(health)[0][4:] == ["uncertain", "whether it was sent cannot be seen: Slack says channel_not_found"]
    assert health.summary == "1 message could not be delivered."
    assert post.ask(f"/jag retry {number}", "college").refused
    assert post.deliver() == []
    assert post.ask(next(button.asks for button in health.asks if button.label.startswith("Try"))).title == "I try again"
    assert post.deliver(lapse=True) == ["Once"]
    assert post.ask(f"/jag retry {number}").refused, "it has gone"
    assert post.ask("/jag health").summary == "All is well."


def uncertain(post: Post, about: str = "Once", to: str = "housing-officer", **how: Any) -> int:
    """A message of which nobody knows whether it arrived; its number."""
    post.slack.real.faults.plan("drop after", "chat.postMessage")
    post.slack.real.faults.plan(Fault("answer", body='{"ok": false, "error": "channel_not_found"}'), "conversations.history")
    number = post.put(about, to, **how)
    post.deliver(lapse=True)
    assert post.row(number).state == "uncertain"
    return number


def test_who_has_looked_says_that_it_did_arrive_and_may_take_that_back(post):
    number = uncertain(post)
    press = next(button for button in post.ask("/jag health").asks if button.label == f"{number}: it did arrive")
    assert post.ask(press.asks, "college").refused
    said = post.ask(press.asks)
    assert said.title == "It did arrive"
    assert said.parts[0] == (
        f"Message {number}, for housing-officer, is marked as sent: coordinator says that it arrived. It is not tried again."
    )
    row = post.row(number)
    assert (row.state, row.sent_at, row.error) == ("sent", post.now, "coordinator says that it arrived")
    assert post.deliver(lapse=True) == []
    assert post.ask("/jag health").summary == "All is well."
    assert post.ask(press.asks).parts[0].endswith("Nothing was changed.")
    assert post.ask(next(button.asks for button in said.asks if button.label == "Undo")).title == "Undone"
    assert table(post.ask("/jag health"))[0][4:] == ["uncertain", "coordinator took back that it arrived"]


def test_what_is_known_not_to_have_arrived_is_not_said_to_have(post):
    post.slack.real.faults.plan(Fault("answer", body='{"ok": false, "error": "msg_too_long"}'), "chat.postMessage")
    failed, waiting = post.put("One"), post.put("Later", hours=3)
    post.deliver()
    assert post.ask(f"/jag arrived {failed}").parts[0] == (
        f"Message {failed} is failed: Slack refused it: msg_too_long. Only what is uncertain is said to have arrived; nothing was changed."
    )
    for other in (waiting, 999):
        assert f"There is no message {other} that could not be delivered." in shown(post.ask(f"/jag arrived {other}"))
    assert post.row(failed).state == "failed"


def test_an_agenda_that_did_arrive_is_posted(post):
    with post.held.session() as session:
        group = session.scalars(select(Group).where(Group.key == "jag")).one()
        calendar = Calendar.of(group, session)
        meeting = calendar.row(calendar.next(post.now), session)
        session.flush()
        about = f"agenda {meeting.id}"
    number = uncertain(post, about, "#jag", kind="agenda")
    post.ask(f"/jag arrived {number}")
    assert "was posted on Monday 2 September at 10:00" in shown(post.ask("/agenda post jag"))
    post.ask(f"/jag arrived {number} undo")
    with post.held.session() as session:
        assert [(agenda.state, agenda.posted_at) for agenda in session.scalars(select(Agenda))] == [("drafted", None)]


def test_of_a_private_group_that_somebody_does_not_see_a_message_is_none(post):
    number = uncertain(post, "One", "#jag")
    with post.held.session() as session:
        group = session.scalars(select(Group).where(Group.key == "jag")).one()
        group.private = True
        person = Person.named("coordinator", session)
        person.administrator = False
        session.execute(delete(Membership).where(Membership.group_id == group.id, Membership.person_id == person.id))
        over = session.get_one(Notice, number)
        session.add(made := Notice(kind="change", about="a change", channel="C0JAG", over_id=over.id, due_at=post.now, next_at=post.now))
        made.state, made.error = "failed", "it broke"
    assert shown(post.ask(f"/jag arrived {number}")) == shown(post.ask("/jag arrived 9")).replace("9", str(number))
    assert "2 messages of private groups could not be delivered" in shown(post.ask("/jag health"))
    assert post.row(number).state == "uncertain"


def test_a_message_just_like_it_without_its_mark_is_no_proof_either_way(post):
    post.slack.real.faults.plan("drop before", "chat.postMessage")
    number = post.put("Once", reply=Reply("Once"))
    post.made.deliver()
    message = {"user": "U0BOT", "bot_id": "B0BOT", "text": "Once"}
    post.slack.on_loop(lambda: post.slack.real.post("DU2", message))
    post.deliver(lapse=True)
    row = post.row(number)
    assert (row.state, row.error) == (
        "uncertain",
        "a message just like it is there, without the mark that would tell whether it is this one",
    )


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_what_somebody_else_is_just_taking_up_is_not_overtaken_by_what_follows_it(post):
    first = post.put("One")
    post.put("Two")
    with post.held.session() as session:
        session.scalars(select(Notice).where(Notice.id == first).with_for_update(of=Notice)).one()
        delivering = threading.Thread(target=post.made.deliver)
        delivering.start()
        time.sleep(0.3)
        assert not post.slack.arrived
    delivering.join()
    assert [each.said["text"] for each in post.slack.arrived] == ["One", "Two"]


@pytest.mark.parametrize("fault", ["drop before", "drop after", Fault("500", status=500)])
def test_a_change_of_a_message_that_went_wrong_is_made_again_and_holds_up_nothing_else(post, fault):
    number = post.put("One")
    post.deliver()
    post.slack.real.faults.plan(fault, "chat.update")
    changed = post.change(number, "One, changed")
    post.put("Two")
    assert post.deliver() == ["Two"]
    assert post.row(changed).state == "sending"
    assert post.deliver(lapse=True) == []
    assert (post.row(changed).state, post.stands(number)) == ("sent", ["One, changed"])


def test_a_change_that_slack_puts_off_holds_up_nothing_else(post):
    number = post.put("One")
    post.deliver()
    post.slack.real.faults.plan(Fault("429", status=429, headers={"Retry-After": "1"}), "chat.update")
    changed = post.change(number, "One, changed")
    post.put("Two")
    assert post.deliver() == ["Two"]
    assert post.deliver(linger=30) == []
    assert (post.row(changed).state, post.stands(number)) == ("sent", ["One, changed"])


def test_changes_of_one_message_are_made_in_order(post):
    number = post.put("One")
    post.deliver()
    post.slack.real.faults.plan("drop before", "chat.update")
    post.change(number, "One, changed"), post.change(number, "One, changed again")
    assert post.deliver(lapse=True) == []
    assert post.stands(number) == ["One, changed again"]
    assert [each.said["text"] for each in post.slack.changed] == ["One, changed", "One, changed again"]


def test_a_change_that_will_not_be_taken_is_given_up_and_nobody_is_troubled_with_it(post):
    number = post.put("One")
    post.deliver()
    post.slack.real.faults.plan(Fault("answer", body='{"ok": false, "error": "cant_update_message"}'), "chat.update")
    changed = post.change(number, "One, changed")
    assert post.deliver(lapse=True) == []
    assert (post.row(changed).state, post.row(changed).error) == ("skipped", "Slack refused it: cant_update_message")
    assert post.ask("/jag health").summary == "All is well."


def test_a_change_that_takes_more_room_than_there_was_adds_no_message(post):
    number = post.put("One")
    post.deliver()
    post.change(number, "One, " + "changed " * 20)
    with post.held.session() as session:
        row = session.scalars(select(Notice).where(Notice.over_id == number)).one()
        over = session.get_one(Notice, number)
        row.body = frozen(Reply("Long", *["word " * 2_500] * 3, summary="Long").but(over=(over.conversation, *over.stamps)))
    assert post.deliver() == []
    assert post.stands(number) == ["Long"]


def test_a_change_whose_table_is_refused_is_made_plainly_and_takes_nothing_back(post):
    number = post.put("One")
    post.deliver()
    post.slack.refusing.kinds = {"table"}
    post.change(number, "One, changed")
    with post.held.session() as session:
        row = session.scalars(select(Notice).where(Notice.over_id == number)).one()
        over = session.get_one(Notice, number)
        row.body = frozen(Reply("Wards", Table(["Ward"], [["Grovehill"]]), summary="Wards").but(over=(over.conversation, *over.stamps)))
    assert post.deliver() == []
    assert post.stands(number) == ["Wards"]


def test_a_deactivated_person_is_told_nothing_and_the_coordinator_is_told_of_it_once(post):
    post.slack.joins("U2", "housing-officer@example.org", "housing-officer", deleted=True)
    one, _ = post.put("One"), post.put("Two")
    assert post.deliver() == ["housing-officer is no longer in chat"]
    assert post.slack.arrived[0].channel == "DU1"
    assert (post.row(one).state, post.row(one).error) == ("failed", "their account in chat is deactivated")
    post.slack.joins("U2", "housing-officer@example.org", "housing-officer")
    post.ask(f"/jag retry {one}")
    assert post.deliver() == ["One"]


def test_a_channel_the_bot_is_not_in_keeps_its_post_and_the_coordinator_is_told_once(post):
    one, two = post.put("One", "#csag"), post.put("Two", "#csag")
    assert post.deliver() == ["I cannot reach #csag"]
    assert post.deliver() == []
    row = post.row(one)
    assert (row.state, row.error) == ("waiting", "Slack does not let me in (channel_not_found)")
    post.slack.invites_bot(PRIVATE)
    post.ask(f"/jag retry {one}")
    assert post.deliver() == ["One", "Two"]
    assert post.row(two).state == "sent"
    with post.held.session() as session:
        abouts = session.scalars(select(Notice.about).where(Notice.about.startswith("cannot reach"))).all()
    assert abouts == [f"cannot reach #csag 1 until {one}"]


def test_a_public_channel_is_joined(post):
    post.put("One", "#open")
    assert post.deliver() == ["One"]


def test_what_slack_will_never_take_is_failed_and_seen(post):
    post.slack.real.faults.plan(Fault("answer", body='{"ok": false, "error": "msg_too_long"}'), "chat.postMessage")
    number = post.put("One")
    assert post.deliver() == []
    assert (post.row(number).state, post.row(number).error) == ("failed", "Slack refused it: msg_too_long")
    assert f"Try {number} again" in labels(post.ask("/jag health"))


def test_whoever_has_not_been_confirmed_is_waited_for(post):
    number = post.put("One", "fire-officer", kind="test")
    assert post.deliver() == ["I cannot reach fire-officer"]
    assert (post.row(number).state, post.row(number).error) == ("waiting", "fire-officer has not been confirmed in chat")


def test_a_hanging_recipient_holds_up_no_other(post):
    post.slack.real.faults.plan(Fault("slow", seconds=3), "chat.postMessage")
    for number in range(12):
        post.put(f"Notice {number}", ("housing-officer", "college", "coordinator")[number % 3])
    assert len(post.deliver()) == 12
    to = [each.channel for each in post.slack.arrived]
    assert max(map(to.index, to)) > 3, "the others had one each, and waited"


def test_where_slack_does_not_say_who_is_there_people_are_asked_after_one_by_one_and_nobody_waits_in_turn(post):
    post.slack.real.faults.plan(Fault("500", status=500), "users.list", times=None)
    for handle in ("housing-officer", "college", "coordinator"):
        post.put(f"For {handle}", handle)
    post.put("For all", "#jag")
    assert sorted(post.deliver()) == ["For all", "For college", "For coordinator", "For housing-officer"]
    assert post.slack.asked("users.list") == 1


def test_what_may_be_under_way_is_not_sent_again_at_once_by_who_asks_for_it_once_more(post):
    post.slack.real.faults.plan("drop before", "chat.postMessage")
    number = post.put("Once")
    post.deliver()
    post.ask(f"/jag retry {number}")
    assert post.deliver() == []
    assert post.row(number).state == "again"
    assert post.deliver(lapse=True) == ["Once"]


def test_who_was_not_confirmed_for_a_while_is_not_told_again_what_may_have_arrived(post):
    post.slack.real.faults.plan("drop after", "chat.postMessage")
    number = post.put("Once")
    assert post.deliver() == ["Once"]
    with post.held.session() as session:
        Person.named("housing-officer", session).slack_user = None
    post.deliver(lapse=True)
    with post.held.session() as session:
        Person.named("housing-officer", session).slack_user = "U2"
    post.ahead += 600
    assert "Once" not in post.deliver()
    assert post.row(number).state == "sent"


def test_however_many_are_put_off_a_tick_lingers_no_longer_than_it_is_to(post):
    for number in range(6):
        post.put(f"Notice {number}", ("housing-officer", "college", "coordinator")[number % 3])
    wait = Fault("429", status=429, headers={"Retry-After": "1"})
    post.slack.real.faults.plan(wait, "chat.postMessage", times=60)
    post.made.deliver(linger=2.5)
    assert post.slack.asked("chat.postMessage") <= 12, "three recipients, each asked at once and twice more"
    assert post.slack.arrived == []


@pytest.mark.parametrize("databases", ["postgresql"], indirect=True)
def test_a_replica_that_freezes_while_it_gathers_stops_the_others_for_a_lease_and_no_longer(post):
    froze, wakes = threading.Event(), threading.Event()

    def gathering(freezes: bool) -> Job:
        def does(session: Session, now: datetime) -> None:
            Notice.to_person(Person.named("college", session), "tell", "gathered", now, session, frozen(Reply("Gathered")))
            if freezes:
                froze.set(), wakes.wait(60)

        return Job("gathering", does, TICK, scoped=True, ticks=True)

    def tick() -> Tick:
        delivery = Delivery(post.held.store, post.held.partnership.id, post.made.sender, lambda: post.now, Lease(2.0, 1.0))
        return Tick(post.held.store, post.held.partnership.id, lambda: post.now, delivery)

    frozen_one, other = threading.Thread(target=tick().run, args=(gathering(True),)), tick()
    frozen_one.start(), froze.wait(60)
    other.run(gathering(False)), other()
    assert [each.said["text"] for each in post.slack.arrived] == ["Gathered"]
    assert not wakes.is_set()
    wakes.set(), frozen_one.join()
    other()
    assert len(post.slack.arrived) == 1


def test_one_that_another_version_wrote_is_shown_and_holds_up_nobody(post):
    number = post.put("One", "college")
    post.put("Two")
    with post.held.session() as session:
        row = session.get_one(Notice, number)
        row.body = {**row.body, "parts": [{"type": "map", "text": "not drawn yet"}]}
    assert post.deliver() == ["Two"]
    post.put("Three", "college")
    assert post.deliver() == ["Three"]
    assert (post.row(number).state, post.row(number).error) == ("failed", UNREADABLE)
    assert f"Try {number} again" in labels(post.ask("/jag health"))


def test_while_it_stops_it_waits_for_what_is_in_hand_and_does_nothing_else(post):
    post.slack.real.faults.plan(Fault("429", status=429, headers={"Retry-After": "1"}), "chat.postMessage")
    post.put("Put off", "college")
    post.deliver()
    post.slack.real.faults.plan(Fault("slow", seconds=3), "chat.postMessage")
    post.put("Slow")
    delivering = threading.Thread(target=post.made.deliver)
    delivering.start()
    post.slack.wait(lambda: post.slack.asked("chat.postMessage") == 2)
    looked = post.looked
    post.made.stop()
    delivering.join()
    assert post.looked - looked < 100, "it looked at the clock again and again"


def test_on_a_signal_to_stop_what_is_in_hand_is_finished_and_nothing_is_begun(post):
    post.slack.real.faults.plan(Fault("slow", seconds=1), "chat.postMessage", times=None)
    numbers = [post.put(f"Notice {number}") for number in range(5)]
    delivering = threading.Thread(target=post.made.deliver)
    delivering.start()
    post.slack.wait(lambda: post.slack.asked("chat.postMessage"))
    post.made.stop()
    delivering.join()
    assert [post.row(number).state for number in numbers] == ["sent", *["waiting"] * 4]
    assert [each.said["text"] for each in post.slack.arrived] == ["Notice 0"]


@pytest.mark.parametrize("night", [datetime(2013, 10, 27, tzinfo=UTC), datetime(2014, 3, 30, tzinfo=UTC)], ids=["back", "forward"])
def test_both_nights_on_which_clocks_change_are_lived_through_in_order_and_once(post, night):
    post.now = night - timedelta(hours=1)
    wanted = []
    for minutes in range(0, 300, 20):
        local = (post.now + timedelta(minutes=minutes)).astimezone(ZoneInfo("Europe/London"))
        post.put(f"At {local.isoformat()}", minutes=minutes)
        wanted.append(f"At {local.isoformat()}")
    said = []
    for _ in range(31):
        said += post.deliver()
        post.now += timedelta(minutes=10)
    assert said == wanted


def test_the_same_payload_three_times_tells_once(slack, example):
    slack.joins("U1", "coordinator@example.org"), slack.joins("U2", "housing-officer@example.org")
    with hosting() as host, talking(example, slack, host) as one, talking(example, slack, host) as other:
        one.know("U1", "coordinator"), one.know("U2", "housing-officer")
        slack.command("/action", "add Mend the lamps @housing-officer due ongoing")
        slack.again()
        slack.bot = one.address
        slack.again()
        one.workers.settle(), other.workers.settle()
    assert [each.channel for each in slack.of("chat.postMessage")] == ["DU2"]


def test_what_is_told_is_kept_with_what_was_done_and_told_by_whoever_comes_next(slack, example):
    slack.joins("U1", "coordinator@example.org"), slack.joins("U2", "housing-officer@example.org")
    with hosting() as host, talking(example, slack, host) as talk:
        talk.know("U1", "coordinator"), talk.know("U2", "housing-officer")
        talk.slack.tick.delivery.stop()
        talk.command("/action", "add Mend the lamps @housing-officer due ongoing")
        assert not slack.of("chat.postMessage")
        with talking(example, slack, host) as other:
            other.slack.tick()
    assert [each.channel for each in slack.of("chat.postMessage")] == ["DU2"]


def test_health_tells_everybody_how_fresh_it_is_and_the_coordinator_what_is_due(post):
    post.put("One", hours=3)
    assert post.ask("/jag health", "college").title == "How fresh the figures are"
    said = facts(post.ask("/jag health"))
    assert said["Next due"] == "2 September 2013, 13:00"
    assert said["Waiting to be delivered"] == "1"
    assert said["Last looked for what is due"] == "never: is jagbot running?"


def test_what_people_were_told_is_forgotten_after_a_month_and_what_belongs_to_a_meeting_is_not(post):
    told, kept = post.put("tell key 0"), post.put("Kept")
    post.deliver()
    with post.held.store.session() as session:
        Notice.forget_told(post.now + timedelta(hours=1), session)
    with post.held.session() as session:
        assert session.get(Notice, told) is None
        assert session.get(Notice, kept)
