"""Agendas on their way, in the local workspace: the draft, the post with its detail and Word document, what is late, what is held."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pytest
from asking import Asking, facts, labels
from cycled import at
from docx import Document
from lived import a_year, shown
from slack_arrived import Arrived
from slack_sdk import WebClient
from slack_server import JAG, TOKEN, Workspace, workspace
from sqlalchemy import select

from bot.sending import Sending
from commands.reply import Reply
from models.actions import Action
from models.agendas import POSTED, Agenda
from models.groups import Group
from models.notices import SENDING, SENT, Notice
from models.partnership import Partnership
from models.people import Person
from scheduler import all_jobs
from scheduler.delivery import Delivery
from scheduler.tick import Tick

CHAT = {"coordinator": "U1", "jag-chair": "U2"}
BEGINS = at("2013-09-03 08:00")
DRAFT, AGENDA, LATE, MORNING = "2013-09-04 09:00", "2013-09-05 09:00", "2013-09-09 12:00", "2013-09-10 08:00"


BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@dataclass
class Posting:
    """A bot that ticks at times a test names, in a workspace."""

    slack: Workspace
    asking: Asking
    now: datetime = BEGINS

    def __post_init__(self) -> None:
        held, sender = self.asking.held, Sending(WebClient(token=TOKEN, base_url=f"{self.slack.address}/api/"))
        delivery = Delivery(held.store, held.partnership.id, sender, lambda: self.now)
        self.tick = Tick(held.store, held.partnership.id, lambda: self.now, delivery)

    def at(self, *times: str) -> list[Arrived]:
        """What arrives in Slack at these times."""
        before = list(self.slack.arrived)
        for each in times:
            self.now = at(each)
            for job in all_jobs():
                if not job.ticks:
                    self.tick.run(job)
            self.tick()
        return [each for each in self.slack.arrived if each not in before]

    def ask(self, line: str, person: str = "coordinator", when: str = "") -> Reply:
        self.now = at(when) if when else self.now
        return self.asking.answered(line, person=person, at=self.now)

    def row(self, kind: type) -> list:
        with self.asking.held.session() as session:
            return list(session.scalars(select(kind)).unique())

    def message(self, ts: str) -> dict:
        return self.slack.real.state.message(JAG, ts) or {}


@pytest.fixture
def posting(opened, asks) -> Iterator[Posting]:
    from conftest import Held

    store = opened("a year lived through", a_year)
    with store.session() as session:
        held = Held(store, Partnership.named(session))
    with workspace() as slack, held.session() as session:
        for handle, user in CHAT.items():
            slack.joins(user, f"{handle}@example.org", handle)
            Person.named(handle, session).slack_user = user
        session.scalars(select(Group).where(Group.key == "jag")).one().cycle_since = at("2013-09-02 08:00")
        session.commit()
        yield Posting(slack, asks(held))


def text(arrived: list[Arrived]) -> str:
    return "\n".join(each.text for each in arrived)


def test_the_draft_goes_to_chair_and_coordinator_with_everything_and_buttons(posting):
    posting.ask("/agenda add jag Talk about fireworks", "trading-standards")
    posting.ask("/agenda edit burglary: three arrests", "burglary-lead")
    came = [each for each in posting.at(DRAFT) if "Draft:" in each.text]
    assert len(came) == 2
    all_ = text(posting.slack.arrived)
    assert "Talk about fireworks (trading-standards)" in all_
    assert "three arrests (burglary-lead)" in all_
    assert "the contractor's gates do not fit the arch" in all_
    assert "It goes out on Thursday 5 September at 09:00." in came[0].text
    for label in ("Approve", "Edit…", "Hold", "Post now"):
        assert came[0].has_button(label)


@BOTH
def test_the_draft_is_one_message_with_everything_in_its_thread(posting):
    came = [each for each in posting.at(DRAFT) if each.place != JAG and "raft" in each.said["text"]]
    heads = {each.place: each for each in came if "thread_ts" not in each.said}
    assert len(heads) == 2
    assert {each.said["text"] for each in heads.values()} == {"Draft: JAG agenda, Tuesday 10 September 2013, 10:00."}
    for place, head in heads.items():
        assert "*4. Matters arising*  10 open: 2 red, 1 green, 7 grey; 1 done, for JAG to agree." in head.text
        assert "Everything, item by item, is in this message's thread." in head.text
        below = [each for each in came if each.place == place and each is not head]
        assert {each.said["thread_ts"] for each in below} == {head.ts}
        assert len({each.said["text"] for each in below}) == len(below)
        assert below[0].said["text"] == "The draft in full: JAG agenda, Tuesday 10 September 2013, 10:00."
        assert below[1].said["text"].startswith("The draft in full: JAG agenda, Tuesday 10 September 2013, 10:00, part 2 of ")
        assert "the contractor's gates do not fit the arch" in text(below)
        assert below[-1].has_button("Approve")


def test_a_heading_stands_with_the_table_below_it(posting):
    came = posting.at(DRAFT)
    (burglary,) = {each.text for each in came if "Dwelling burglary | 407 | 430" in each.text}
    assert burglary.splitlines()[0] == "Dwelling Burglary"
    assert not [each for each in came if each.text.splitlines()[-1].startswith("*As printed")]


def test_actions_without_change_for_three_meetings_are_shown_to_the_chair_alone(posting):
    posting.at(DRAFT, AGENDA)
    drafts = [each for each in posting.slack.arrived if each.place != JAG]
    channel = [each for each in posting.slack.arrived if each.place == JAG]
    assert "No change for 3 meetings" in text(drafts)
    assert "JAG-13-008" in text(drafts).partition("No change for 3 meetings")[2][:600]
    assert "No change for 3 meetings" not in text(channel)


def test_it_goes_out_on_time_without_what_nobody_has_looked_at(posting):
    posting.ask("/agenda add jag Talk about fireworks", "trading-standards")
    posting.ask("/agenda edit burglary: three arrests", "burglary-lead")
    posting.at(DRAFT)
    came = [each for each in posting.at(AGENDA) if each.place == JAG]
    post, *below = came
    assert "JAG agenda, Tuesday 10 September 2013, 10:00" in post.text
    assert "10 open: 2 red, 1 green, 7 grey; 1 done, for JAG to agree." in post.text
    assert "Nobody has looked at what people wrote for it, so that is left out." in post.text
    assert "thread_ts" not in post.said
    assert {each.said["thread_ts"] for each in below} == {post.ts}
    for words in ("fireworks", "three arrests", "do not fit the arch"):
        assert words not in text(came)
    assert "JAG-12-001" in text(below)
    assert "3,917 from 5,690" in text(below)
    (data,) = posting.slack.sent_files.values()
    assert not [p.text for p in Document(io.BytesIO(data)).paragraphs if "not approved" in p.text], "it is posted as it stands"


def test_each_item_of_the_post_says_where_it_is_and_an_empty_one_has_its_heading_alone(posting):
    posting.ask("/agenda add jag Fireworks", "jag-chair", "2013-09-03 09:00")
    posting.ask("/agenda add jag Bonfires", "jag-chair", "2013-09-03 09:10")
    post, *below = [each for each in posting.at(DRAFT, AGENDA) if each.place == JAG]
    lines = post.text.splitlines()
    assert "*10. Any other business*" in lines
    assert "*2. Declarations of interest and confidentiality*  In the thread." in lines
    assert "*9. Partner updates and items suggested*  Fireworks (jag-chair) (and 1 more)" in lines
    assert "Bonfires (jag-chair)" in text(below)
    assert "asked to declare it" in text(below)
    assert "Any other business" not in text(below)


@BOTH
def test_it_is_pinned_with_its_detail_and_a_word_document_in_its_thread(posting):
    posting.ask("/agenda approve jag")
    came = [each for each in posting.at(DRAFT, AGENDA) if each.place == JAG]
    post, *below = came
    assert posting.message(post.ts)["pinned_to"] == [JAG]
    assert below[-1].method == "files.completeUploadExternal"
    (data,) = posting.slack.sent_files.values()
    document = Document(io.BytesIO(data))
    assert [each.text for each in document.paragraphs[1:3]] == ["Joint Action Group (JAG)", "Agenda"]
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "30 Aug: the contractor's gates do not fit the arch by the chemist" in cells
    (agenda,) = posting.row(Agenda)
    assert (agenda.state, agenda.channel, agenda.stamps) == (POSTED, JAG, [post.ts])


def test_nothing_goes_out_twice_however_often_it_ticks(posting):
    posting.at(DRAFT, AGENDA)
    assert posting.at(AGENDA, "2013-09-05 09:20", "2013-09-06 09:00") == []


def test_late_answers_change_the_post_in_its_place_and_are_said_below_it(posting):
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    posting.ask("/action JAG-13-011 on track: one page drafted", "offenders-lead", LATE)
    came = in_jag(posting.at("2013-09-09 12:10"))
    now = str(posting.message(post.ts)["blocks"])
    assert "Brought up to date on Monday 9 September at 12:10: JAG-13-011 is on track." in now
    assert "10 open: 2 red, 2 green, 6 grey" in now
    assert [each.said["thread_ts"] for each in came] == [post.ts]
    assert "JAG-13-011 is on track" in text(came)
    assert "one page drafted" not in text(came) + now
    assert posting.at("2013-09-09 12:20") == []
    assert "brought up to date 1 time since" in shown(posting.ask("/agenda jag"))


def test_the_morning_says_what_was_late_and_where_the_figures_end(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/action JAG-13-011 on track: one page drafted", "offenders-lead", LATE)
    posting.at("2013-09-09 12:10")
    came = text([each for each in posting.at(MORNING) if each.place == JAG])
    assert "JAG meets today at 10:00" in came
    assert "JAG-13-011 is on track" in came
    assert "August 2013 is not in: figures by the month (a simulated spread of published totals) go to July 2013." in came
    assert "The agenda is pinned in this channel." in came


@BOTH
def test_a_held_agenda_stays_and_the_coordinator_is_told_at_the_deadline(posting):
    posting.at(DRAFT)
    posting.ask("/agenda hold jag because a figure is wrong", "jag-chair")
    came = posting.at(AGENDA)
    assert not [each for each in came if each.place == JAG]
    assert "jag-chair holds it, because: a figure is wrong." in text(came)
    (held,) = [each for each in came if "Held:" in each.text]
    assert held.has_button("Post now")
    posting.ask("/agenda post jag", when="2013-09-05 11:00")
    assert "JAG agenda, Tuesday 10 September 2013, 10:00" in text([each for each in posting.at("2013-09-05 11:00") if each.place == JAG])


@BOTH
def test_a_held_agenda_whose_meeting_is_moved_goes_out_at_its_new_deadline_once_it_is_approved(posting):
    posting.at(DRAFT)
    posting.ask("/agenda hold jag because a figure is wrong", "jag-chair")
    posting.at(AGENDA)
    posting.ask("/meeting move jag 10 sep to 12 sep", when="2013-09-05 12:00")
    approved = posting.ask("/agenda approve jag", "jag-chair", "2013-09-06 10:00")
    assert "Approved by jag-chair. It goes out on Monday 9 September at 09:00." in shown(approved)
    came = posting.at("2013-09-09 09:00")
    assert "JAG agenda, Thursday 12 September 2013, 10:00" in text([each for each in came if each.place == JAG])


def test_a_held_agenda_that_is_moved_is_told_of_again_at_its_new_deadline(posting):
    posting.at(DRAFT)
    posting.ask("/agenda hold jag because a figure is wrong", "jag-chair")
    posting.at(AGENDA)
    posting.ask("/meeting move jag 10 sep to 12 sep", when="2013-09-05 12:00")
    came = posting.at("2013-09-09 09:00")
    assert [each for each in came if "Held:" in each.text]
    assert not [each for each in came if each.place == JAG]


def test_one_approved_after_the_deadline_it_was_held_at_says_that_it_waits_for_somebody(posting):
    posting.at(DRAFT)
    posting.ask("/agenda hold jag because a figure is wrong", "jag-chair")
    posting.at(AGENDA)
    approved = posting.ask("/agenda approve jag", "jag-chair", "2013-09-05 12:00")
    assert "would have gone out is over: it goes out when somebody posts it." in shown(approved)
    assert "Post now" in labels(approved)


def test_posted_before_its_time_it_is_not_posted_again(posting):
    posting.ask("/agenda post jag", "jag-chair", "2013-09-03 09:00")
    posts = [each for each in posting.at("2013-09-03 09:00", DRAFT, AGENDA) if each.place == JAG and "thread_ts" not in each.said]
    assert len(posts) == 1
    assert "was posted on Tuesday 3 September at 09:00. What changes now" in posting.asking.refused("/agenda hold jag", at=posting.now)


def test_approved_after_it_was_posted_its_words_come_in(posting):
    posting.ask("/agenda edit burglary: three arrests", "burglary-lead")
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    assert "left out" in str(posting.message(post.ts)["blocks"])
    posting.ask("/agenda approve jag", when="2013-09-05 10:00")
    posting.at("2013-09-05 10:00")
    assert "left out" not in str(posting.message(post.ts)["blocks"])


@BOTH
def test_what_is_approved_after_the_post_is_shown_in_its_thread_and_named_in_post_and_corrected_paper(posting):
    posting.ask("/agenda edit burglary: three arrests", "burglary-lead")
    posting.ask("/agenda add jag Talk about fireworks", "trading-standards")
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    posting.ask("/agenda approve jag", "jag-chair", "2013-09-05 10:00")
    came = [each for each in posting.at("2013-09-05 10:00") if each.place == JAG]
    assert {each.said["thread_ts"] for each in came} == {post.ts}
    assert came[0].said["text"] == "Words and items now approved by jag-chair."
    lines = text(came).splitlines()
    at_burglary = lines.index("Dwelling Burglary")
    assert lines[at_burglary - 1 : at_burglary + 2] == [
        "5. Performance",
        "Dwelling Burglary",
        "*Lead's word*  three arrests (burglary-lead)",
    ]
    assert "- Talk about fireworks (trading-standards)" in lines
    assert "30 Aug: the contractor's gates do not fit the arch by the chemist" in text(came)
    assert "3,917" not in text(came), "what was there already is not said again"
    assert "10:00: words and items now approved by jag-chair." in str(posting.message(post.ts)["blocks"])
    assert posting.at("2013-09-05 10:20") == []
    corrected = text([each for each in posting.at(MORNING) if "Corrected paper" in each.text])
    assert "- words and items now approved by jag-chair" in corrected
    assert "Items that differ: 4. Matters arising; 5. Performance; 9. Partner updates and items suggested." in corrected


def test_what_the_chair_and_the_coordinator_write_after_the_post_is_shown_at_once(posting):
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    said = posting.ask("/agenda add jag Talk about fireworks", "jag-chair", "2013-09-05 10:00")
    assert "The agenda was posted already: this is in its thread now." in shown(said)
    assert text(in_jag(posting.at("2013-09-05 10:00"))).splitlines() == [
        "An item added by jag-chair",
        "9. Partner updates and items suggested",
        "- Talk about fireworks (jag-chair)",
    ]
    posting.ask("/agenda edit jag vehicle: plates are being screwed on", when="2013-09-05 11:00")
    assert text(in_jag(posting.at("2013-09-05 11:00"))).splitlines() == [
        "Words written by coordinator",
        "5. Performance",
        "Vehicle Crime",
        "*Lead's word*  plates are being screwed on (written by coordinator)",
    ]
    now = str(posting.message(post.ts)["blocks"])
    assert "11:00: an item added by jag-chair; words written by coordinator." in now
    assert "Talk about fireworks (jag-chair)" in now


def test_approved_with_nothing_to_come_in_the_post_alone_says_so(posting):
    with posting.asking.held.session() as session:
        for action in session.scalars(select(Action)):
            action.latest, action.latest_at = "", None
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    posting.ask("/agenda approve jag", "jag-chair", "2013-09-05 10:00")
    assert in_jag(posting.at("2013-09-05 10:00")) == []
    assert "Brought up to date on Thursday 5 September at 10:00: approved by jag-chair." in str(posting.message(post.ts)["blocks"])


def test_what_comes_into_a_private_group_s_agenda_is_not_in_its_notification(posting):
    with posting.asking.held.session() as session:
        jag = session.scalars(select(Group).where(Group.key == "jag")).one()
        jag.private = True
    posting.at(DRAFT, AGENDA)
    posting.ask("/agenda add jag Talk about fireworks", "jag-chair", "2013-09-05 10:00")
    (came,) = in_jag(posting.at("2013-09-05 10:00"))
    assert came.said["text"] == "1 JAG agenda brought up to date."


def more(arrived: list[Arrived]) -> list[Arrived]:
    return [each for each in arrived if each.text.startswith("More to look at")]


@BOTH
def test_what_is_written_after_the_draft_or_the_post_is_told_to_who_looks_once_and_its_writer_told_the_truth(posting):
    posting.ask("/agenda add jag Bonfires", "trading-standards")
    posting.at(DRAFT)
    item = posting.asking.answered("/agenda add jag Fireworks", person="trading-standards", at=at("2013-09-04 10:00"))
    assert "The chair and the coordinator have the draft already: they are told, and it goes out once" in shown(item)
    assert {tell.reply.title for tell in item.tells} == {"More to look at: the agenda of JAG, Tuesday 10 September 2013"}
    assert "after you had its draft. It goes out once one of you approves it." in shown(item.tells[0].reply)
    word = posting.asking.answered("/agenda edit burglary: three arrests", person="burglary-lead", at=at("2013-09-04 11:00"))
    assert "have the draft already" in shown(word)
    assert not word.tells
    posting.at(AGENDA)
    posting.ask("/agenda back " + item.asks[0].asks.split()[-1], "trading-standards", "2013-09-05 09:30")
    posting.ask("/agenda edit burglary: -", "burglary-lead", "2013-09-05 09:31")
    late = posting.asking.answered("/agenda add jag The fair", person="trading-standards", at=at("2013-09-05 10:00"))
    assert "The agenda was posted already: the chair and the coordinator are told, and it comes in once" in shown(late)
    assert "after it was posted. It comes in once one of you approves it." in shown(late.tells[0].reply)


@BOTH
def test_owners_words_after_the_draft_and_after_an_approval_are_told_once_each(posting):
    posting.at(DRAFT)
    assert more(posting.at("2013-09-04 09:10")) == []
    posting.ask("/action JAG-13-011 on track: one page drafted", "offenders-lead", "2013-09-04 10:00")
    came = more(posting.at("2013-09-04 10:10"))
    assert len({each.place for each in came}) == len(came) == 2
    assert came[0].has_button("Approve")
    posting.ask("/action JAG-13-010 at risk: no lorry", "fire-officer", "2013-09-04 11:00")
    assert more(posting.at("2013-09-04 11:10", AGENDA)) == []
    assert not posting.ask("/agenda add jag Fireworks", "trading-standards", "2013-09-05 09:30").tells
    posting.ask("/agenda approve jag", "jag-chair", "2013-09-05 10:00")
    assert more(posting.at("2013-09-05 10:10")) == []
    posting.ask("/action JAG-13-010 blocked: still no lorry", "fire-officer", "2013-09-05 11:00")
    came = more(posting.at("2013-09-05 11:10", "2013-09-05 11:20"))
    assert len(came) == 2
    assert "after it was approved. It goes out once one of you approves it again." in came[0].text


def test_an_agenda_that_was_posted_can_be_read_when_its_meeting_is_over(posting):
    posting.at(DRAFT, AGENDA)
    read = shown(posting.ask("/agenda jag 10 September 2013", when="2013-09-20 09:00"))
    assert "10 open: 2 red, 1 green, 7 grey; 1 done, for JAG to agree." in read
    assert "JAG-12-001" in read


def test_what_its_meeting_has_overtaken_is_not_said(posting):
    came = posting.at("2013-09-10 11:00")
    assert not [each for each in came if each.place == JAG]


def test_a_file_that_went_missing_on_the_way_is_sent_again_alone(posting):
    posting.ask("/agenda approve jag")
    posting.slack.refusing.methods["files.completeUploadExternal"] = [(429, "", {"Retry-After": "1"})]
    posting.at(DRAFT, AGENDA)
    posting.tick(linger=30)
    assert len([each for each in posting.slack.arrived if each.method == "files.completeUploadExternal"]) == 1
    in_jag = [each for each in posting.slack.arrived if each.place == JAG]
    assert len({each.ts for each in in_jag}) == len(in_jag)
    assert all(each.state == SENT for each in posting.row(Notice) if each.kind.startswith("agenda"))


def test_a_pin_that_slack_refuses_keeps_nothing_back(posting):
    posting.slack.refusing.methods["pins.add"] = [(200, '{"ok": false, "error": "missing_scope"}', {})]
    came = [each for each in posting.at(DRAFT, AGENDA) if each.place == JAG]
    assert came[-1].method == "files.completeUploadExternal"


def test_a_meeting_that_is_moved_or_cancelled_says_so_in_its_post(posting):
    posting.at(DRAFT, AGENDA)
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    posting.ask("/meeting move jag 10 Sep 2013 to 12 Sep 2013 14:00 because the hall is taken", when="2013-09-06 10:00")
    came = posting.at("2013-09-06 10:05")
    assert "JAG agenda, Thursday 12 September 2013, 14:00" in str(posting.message(post.ts)["blocks"])
    assert "it is on Thursday 12 September 2013, 14:00: the hall is taken" in text([each for each in came if each.place == JAG])
    posting.ask("/meeting cancel jag 12 Sep 2013 because of the flood", when="2013-09-09 10:00")
    posting.at("2013-09-09 10:05")
    assert "cancelled: the flood." in str(posting.message(post.ts)["blocks"])


@BOTH
def test_each_change_is_said_once_below_the_post(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/action JAG-13-011 on track", "offenders-lead", LATE)
    first = posting.at("2013-09-09 12:10")
    posting.ask("/action JAG-13-010 at risk: no lorry", "fire-officer", "2013-09-09 13:00")
    posting.ask("/action add jag: Ring the depot @fire-officer due 1 Oct 2013", when="2013-09-09 13:05")
    second = posting.at("2013-09-09 13:10")
    assert "JAG-13-011 is on track" in text(first)
    assert "JAG-13-011" not in text(second)
    assert "JAG-13-010 is at risk" in text(second)
    assert "JAG-13-017 is new" in text(second)


def test_a_group_without_a_channel_has_its_agenda_sent_to_chair_and_coordinator(posting):
    with posting.asking.held.session() as session:
        session.scalars(select(Group).where(Group.key == "jag")).one().channel = ""
    came = posting.at(DRAFT, AGENDA)
    whole = [each for each in came if "in full" in each.text]
    assert len({each.place for each in whole}) == 2
    assert len([each for each in came if each.method == "files.completeUploadExternal"]) == 2
    for data in posting.slack.sent_files.values():
        assert not [p.text for p in Document(io.BytesIO(data)).paragraphs if "not approved" in p.text]
    assert "Posted on" in shown(posting.ask("/agenda jag"))
    posting.ask("/agenda approve jag")


def test_pressed_twice_it_is_posted_once(posting):
    posting.ask("/agenda post jag", "jag-chair", "2013-09-03 09:00")
    with posting.asking.held.session() as session:
        session.scalars(select(Notice).where(Notice.kind == "agenda")).one().state = SENDING
    posting.ask("/agenda post jag", "coordinator", "2013-09-03 09:01")
    assert [each.state for each in posting.row(Notice) if each.kind == "agenda"] == [SENDING]


NEARER = "/meeting move jag 10 Sep 2013 to 6 Sep 2013 14:00 because the hall is taken"


def in_jag(arrived: list[Arrived]) -> list[Arrived]:
    return [each for each in arrived if each.place == JAG]


@BOTH
def test_a_move_that_makes_an_agenda_overdue_posts_it_an_hour_later_and_its_draft_says_when(posting):
    posting.ask(NEARER, when="2013-09-04 08:30")
    came = posting.at("2013-09-04 08:31", "2013-09-04 09:20")
    assert in_jag(came) == []
    drafts = [each for each in came if "Draft:" in each.text]
    assert len(drafts) == 2
    assert "It goes out on Wednesday 4 September at 09:30." in drafts[0].text
    assert "JAG agenda, Friday 6 September 2013, 14:00" in text(in_jag(posting.at("2013-09-04 09:30")))


def test_a_move_undone_within_the_hour_posts_nothing(posting):
    moved = posting.ask(NEARER, when="2013-09-04 08:30")
    posting.at("2013-09-04 08:31")
    posting.ask(next(each.asks for each in moved.asks if each.label == "Undo"), when="2013-09-04 08:40")
    assert in_jag(posting.at("2013-09-04 09:30", "2013-09-04 11:00")) == []
    assert "JAG agenda, Tuesday 10 September 2013, 10:00" in text(in_jag(posting.at(AGENDA)))


@pytest.mark.parametrize(
    ("line", "moved", "goes_out"),
    [
        (NEARER, "2013-09-04 17:30", "Thursday 5 September at 09:00"),
        ("/meeting move jag 10 Sep 2013 to 5 Sep 2013 08:30", "2013-09-04 20:00", "Wednesday 4 September at 21:00"),
        ("/meeting move jag 10 Sep 2013 to 5 Sep 2013 10:00", "2013-09-05 08:30", "Thursday 5 September at 09:15"),
    ],
)
def test_it_is_put_off_into_working_hours_unless_the_meeting_is_sooner(posting, line, moved, goes_out):
    posting.ask(line, when=moved)
    assert f"It goes out on {goes_out}." in shown(posting.ask("/agenda jag"))
    assert in_jag(posting.at(moved)) == []


def test_moved_again_while_it_waits_it_waits_an_hour_more(posting):
    posting.ask(NEARER, when="2013-09-04 08:30")
    posting.ask("/meeting move jag 6 Sep 2013 to 6 Sep 2013 15:00", when="2013-09-04 09:20")
    assert in_jag(posting.at("2013-09-04 09:30", "2013-09-04 10:10")) == []
    assert "JAG agenda, Friday 6 September 2013, 15:00" in text(in_jag(posting.at("2013-09-04 10:20")))


def test_a_meeting_moved_to_today_keeps_its_morning_for_an_hour(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/meeting move jag 10 Sep 2013 to 6 Sep 2013 15:00", when="2013-09-06 10:00")
    assert "JAG meets today" not in text(posting.at("2013-09-06 10:01", "2013-09-06 10:50"))
    assert "JAG meets today at 15:00" in text(in_jag(posting.at("2013-09-06 11:00")))


def test_a_post_follows_its_meeting_back_at_once(posting):
    moved = posting.ask(NEARER, when="2013-09-04 08:30")
    post = in_jag(posting.at("2013-09-04 08:31", "2013-09-04 09:30"))[0]
    posting.ask(next(each.asks for each in moved.asks if each.label == "Undo"), when="2013-09-04 09:33")
    posting.tick()
    assert "JAG agenda, Tuesday 10 September 2013, 10:00" in str(posting.message(post.ts)["blocks"])
    paper, file = posting.at("2013-09-04 09:43")
    assert paper.text.startswith("Corrected paper: JAG agenda, Tuesday 10 September 2013, 10:00")
    assert file.method == "files.completeUploadExternal"
    assert posting.at("2013-09-04 09:53") == []


def test_only_answers_are_said_to_be_answers(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/action refer JAG-13-009 to forum because members ask", "asb-lead", LATE)
    came = text(posting.at("2013-09-09 12:10") + posting.at(MORNING))
    assert "No late answers." in came
    assert "JAG-13-009 is" not in came


def test_an_old_draft_s_buttons_are_refused_in_words(posting):
    posting.at(DRAFT)
    approve, hold, post = (f"/agenda {verb} jag 10 Sep 2013 10:00" for verb in ("approve", "hold", "post"))
    posting.ask(approve)
    posting.at(AGENDA)
    for line in (approve, hold, post):
        said = posting.asking.refused(line, at=at("2013-09-05 10:00"))
        assert "was posted on Thursday 5 September at 09:00. What changes now is said in its thread." in said
    for line in (approve, hold, post):
        assert "The meeting of JAG, Tuesday 10 September 2013 is over." in posting.asking.refused(line, at=at("2013-09-11 10:00"))


def test_a_draft_s_buttons_name_their_meeting(posting):
    reply = posting.ask("/agenda jag")
    assert "/agenda approve jag 10 Sep 2013 10:00" in [each.asks for each in reply.asks]


# A meeting that is moved after its draft was sent

LATER, BACK = "/meeting move jag 10 Sep to 17 Sep 10:00", "/meeting move jag 17 Sep to 10 Sep 10:00"


def drafts(arrived: list[Arrived]) -> list[str]:
    """The first line of each draft that arrived."""
    return [each.text.splitlines()[0] for each in arrived if each.text.startswith("Draft:")]


@BOTH
def test_a_meeting_moved_after_its_draft_was_sent_has_it_anew_at_its_new_time(posting):
    assert len(drafts(posting.at(DRAFT))) == 2
    posting.ask(LATER, when="2013-09-04 10:00")
    assert drafts(posting.at("2013-09-04 10:01", "2013-09-05 09:00", "2013-09-11 08:59")) == []
    came = posting.at("2013-09-11 09:00")
    assert drafts(came) == ["Draft: JAG agenda, Tuesday 17 September 2013, 10:00"] * 2
    heads = {each.ts for each in came if each.text.startswith("Draft:")}
    below = [each for each in came if each.text.startswith("The draft in full: JAG agenda, Tuesday 17 September 2013")]
    assert {each.said["thread_ts"] for each in below} == heads
    assert drafts(posting.at("2013-09-11 10:00", "2013-09-12 08:59")) == []
    assert len(in_jag(posting.at("2013-09-12 09:00"))) > 1


@BOTH
def test_moved_and_moved_back_it_has_one_draft_and_its_agenda(posting):
    posting.at(DRAFT)
    posting.ask(LATER, when="2013-09-04 10:00")
    posting.at("2013-09-04 10:01")
    posting.ask(BACK, when="2013-09-04 10:05")
    assert drafts(posting.at("2013-09-04 10:06", "2013-09-04 10:20")) == []
    assert len(in_jag(posting.at(AGENDA))) > 1
    assert drafts(posting.at("2013-09-09 09:00")) == []


def test_moved_back_after_the_second_draft_the_last_one_is_true(posting):
    posting.at(DRAFT)
    posting.ask("/meeting move jag 10 Sep to 12 Sep 10:00", when="2013-09-04 10:00")
    assert drafts(posting.at("2013-09-06 09:00")) == ["Draft: JAG agenda, Thursday 12 September 2013, 10:00"] * 2
    posting.ask("/meeting move jag 12 Sep to 11 Sep 10:00", when="2013-09-06 09:10")
    assert drafts(posting.at("2013-09-06 09:11")) == [], "it may have been a slip"
    assert drafts(posting.at("2013-09-06 09:20")) == ["Draft: JAG agenda, Wednesday 11 September 2013, 10:00"] * 2


def test_a_draft_overtaken_when_the_cycle_was_switched_on_comes_where_its_meeting_is_moved_on(posting):
    with posting.asking.held.session() as session:
        session.scalars(select(Group).where(Group.key == "jag")).one().cycle_since = at("2013-09-04 09:30")
    assert drafts(posting.at("2013-09-04 09:31")) == []
    posting.ask(LATER, when="2013-09-04 10:00")
    assert drafts(posting.at("2013-09-11 08:59")) == []
    assert drafts(posting.at("2013-09-11 09:00")) == ["Draft: JAG agenda, Tuesday 17 September 2013, 10:00"] * 2


# The corrected paper


def papers(posting: Posting) -> list[str]:
    """The names of the Word documents in JAG's thread, as they came."""
    post = next(each for each in posting.slack.arrived if each.place == JAG)
    thread = posting.slack.real.state.replies(JAG, post.ts, CHAT["jag-chair"])
    return [file["name"] for each in thread for file in each.get("files", ())]


FIRST, SECOND = "jag-agenda-2013-09-10.docx", "jag-agenda-2013-09-10-revision-1.docx"


@BOTH
def test_what_was_late_is_in_one_corrected_paper_on_the_morning(posting):
    posting.at(DRAFT, AGENDA)
    for line, person, time in (("011 on track", "offenders-lead", "11:50"), ("010 at risk: no lorry", "fire-officer", "12:50")):
        posting.ask(f"/action JAG-13-{line}", person, f"2013-09-09 {time}")
        posting.at(f"2013-09-09 {time}")
    posting.at("2013-09-09 13:10")
    assert papers(posting) == [FIRST]
    came = text([each for each in posting.at(MORNING) if each.place == JAG])
    assert "Corrected paper: JAG agenda, Tuesday 10 September 2013, 10:00" in came
    assert "It takes the place of the earlier Word document." in came
    assert "JAG-13-011 is on track" in came
    assert papers(posting) == [FIRST, SECOND]
    documents = [Document(io.BytesIO(data)) for data in posting.slack.sent_files.values()]
    revised = "Revision\t1, of 10 September 2013, 08:00; it takes the place of the earlier paper"
    (document,) = [each for each in documents if revised in [paragraph.text for paragraph in each.paragraphs]]
    assert any("amber: at risk" in cell.text for row in document.tables[0].rows for cell in row.cells)
    posting.at("2013-09-10 08:10", "2013-09-10 09:50")
    assert papers(posting) == [FIRST, SECOND]


def test_where_nothing_changed_the_paper_stands(posting):
    posting.at(DRAFT, AGENDA, MORNING, "2013-09-10 08:10")
    assert papers(posting) == [FIRST]


@BOTH
def test_a_meeting_that_is_moved_has_a_corrected_paper_once_that_has_settled(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/meeting move jag 10 Sep 2013 to 12 Sep 2013 14:00", when="2013-09-06 10:00")
    posting.at("2013-09-06 10:00", "2013-09-06 10:05")
    assert papers(posting) == [FIRST]
    posting.at("2013-09-06 10:10")
    assert papers(posting) == [FIRST, "jag-agenda-2013-09-12-revision-1.docx"]
    posting.at("2013-09-06 10:20", "2013-09-09 09:00")
    assert papers(posting) == [FIRST, "jag-agenda-2013-09-12-revision-1.docx"]


def test_moved_and_moved_back_at_once_the_paper_stands(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/meeting move jag 10 Sep 2013 to 12 Sep 2013 14:00", when="2013-09-06 10:00")
    posting.at("2013-09-06 10:00")
    posting.ask("/meeting move jag 12 Sep 2013 to 10 Sep 2013 10:00", when="2013-09-06 10:04")
    posting.at("2013-09-06 10:04", "2013-09-06 10:10", "2013-09-06 10:20")
    assert papers(posting) == [FIRST]


def test_a_corrected_paper_that_may_have_been_sent_is_neither_lost_nor_sent_twice(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/action JAG-13-011 on track", "offenders-lead", LATE)
    posting.at(MORNING)
    with posting.asking.held.session() as session:
        notice = session.scalars(select(Notice).where(Notice.kind == "agenda-paper")).one()
        notice.state, notice.stamps, notice.rests = SENDING, notice.stamps[:-1], 0.0
    posting.at("2013-09-10 08:10", "2013-09-10 08:20")
    assert papers(posting) == [FIRST, SECOND]


def test_the_agenda_of_a_cancelled_meeting_says_so_and_is_neither_approved_nor_posted(posting):
    posting.ask("/agenda approve jag 10 Sep 2013", when="2013-09-03 10:00")
    posting.ask("/meeting cancel jag 10 Sep 2013 because of flood", when="2013-09-03 10:00")
    looked_at = posting.ask("/agenda jag 10 Sep 2013", "jag-chair")
    assert looked_at.parts[0] == "Cancelled: flood. The agenda does not go out."
    assert labels(looked_at)[0] == "Restore"
    assert not {"Approve", "Edit…", "Hold", "Post now"} & set(labels(looked_at))
    for verb in ("post", "approve", "hold"):
        assert posting.asking.refused(f"/agenda {verb} jag 10 Sep 2013", person="jag-chair", at=posting.now) == (
            "The meeting of JAG, Tuesday 10 September 2013 is cancelled. Nothing was changed. "
            "If it is held after all: /meeting restore jag 10 Sep 2013 10:00"
        )
    posting.ask(looked_at.asks[0].asks)
    assert posting.ask("/agenda jag 10 Sep 2013").parts[0] == "Approved by coordinator. It goes out on Thursday 5 September at 09:00."


def test_an_agenda_that_was_posted_says_that_its_meeting_is_cancelled(posting):
    posting.at(DRAFT, AGENDA)
    posting.ask("/meeting cancel jag 10 Sep 2013 because of flood", when="2013-09-06 10:00")
    said = posting.ask("/agenda jag 10 Sep 2013").parts[0]
    assert said.startswith("Cancelled: flood. Posted on Thursday 5 September at 09:00")


def test_an_agenda_whose_cycle_does_not_run_promises_no_time(posting):
    posting.ask("/meeting pause jag")
    assert (
        posting.ask("/agenda jag").parts[0] == "A draft: nobody has approved it. The cycle is paused: it goes out when somebody posts it."
    )
    posting.ask("/agenda approve jag")
    assert posting.ask("/agenda jag").parts[0] == "Approved by coordinator. The cycle is paused: it goes out when somebody posts it."
    assert facts(posting.ask("/meeting settings jag", "jag-chair"))["Cycle"] == "paused since 3 September 2013"
    health = facts(posting.ask("/jag health"))
    assert "JAG paused since 3 September 2013" in health["Cycle"]
    assert health["Next due"] == "nothing", "what is paused is not due"
    posting.ask("/meeting off jag")
    assert posting.ask("/agenda jag").parts[0] == "Approved by coordinator. The cycle is off: it goes out when somebody posts it."
    assert facts(posting.ask("/meeting settings jag", "jag-chair"))["Cycle"] == "off"
