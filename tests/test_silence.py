"""CSAG's silence: who isn't on it gets, letter for letter, the answer for what doesn't exist; notifications say only how many."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from asking import Asking
from conftest import Held
from hypothesis import given, settings
from hypothesis import strategies as st
from made import NOW
from planned import TODAY, YESTERDAY, Plan
from slack_server import workspace
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from talking import hosting, talking

from bot.blockkit import draw
from commands.frozen import frozen, thawed
from commands.reply import Reply
from models.actions import BLOCKED, CLOSED, DONE, ON_TRACK, WITHDRAWN
from models.agendas import HELD, Agenda, Decision, Item, Minutes
from models.calendar import Calendar
from models.drafts import Draft, Kept
from models.groups import Group
from models.meetings import CANCELLED, OPEN, PRESENT, Attendance, Meeting
from models.partnership import Partnership
from models.people import Person
from models.sources.founding import make_example
from models.store import Store

BOTH = pytest.mark.parametrize("databases", ["sqlite", "postgresql"], indirect=True)
OUTSIDERS = ("town-centre", "jag-chair", "analyst", "burglary-lead")
# Words of CSAG's actions and of what was said of them, and of nothing else.
SECRET = re.compile(r"csag\W?26|canterbury|mediat|barking|dogs|evict|gadebridge|bins\b|wheelie", re.I)
DRAWN = re.compile(r"settled\W+[0-9a-f]{8}|~[0-9a-f]{8}\b|\b[1-9]\d{8}\b")  # by lot, each time anew
TYPED = re.compile(r'"You typed: [^"]*"')  # one's own words, given back
OF_CSAG = re.compile(rf"{SECRET.pattern}|csag\W?\d", re.I)


def jag(held: Held) -> None:
    """What both stores have: actions of groups that the outsiders sit on, news of them, and a request."""
    plan = Plan(held)
    plan.add("Light the underpass at Riverside", "town-centre", number=101, supporters=["housing-officer"])
    plan.add("Gates behind the shops", "burglary-lead", number=102, priority="burglary", status=ON_TRACK)
    plan.add("Map of incidents", "analyst", number=103, due=TODAY + timedelta(days=60))
    plan.add("Letters to shops", "jag-chair", number=104, status=DONE)
    plan.add("Survey of lamps", "town-centre", number=105, due=YESTERDAY - timedelta(days=9))
    plan.add("Old noise survey", "town-centre", number=106, status=CLOSED, closed_on=YESTERDAY)
    plan.add("Strategy on noise", "jag-chair", "raog", number=101)
    plan.add("Diary of works", "housing-officer", number=108, priority="burglary")
    plan.said("JAG-26-101", "lamps ordered", "town-centre", status=ON_TRACK, at=NOW - timedelta(hours=2))
    plan.asks("JAG-26-105", "due 31 March 2026", "town-centre")


def csag(held: Held) -> None:
    """What one store has besides: CSAG's actions. Outsiders own, support, lead, raised and changed them, and have asked for one."""
    plan = Plan(held)
    about: dict[str, Any] = {"group": "csag", "by": "jag-chair"}
    plan.add("Canterbury Close noise: offer mediation", number=101, priority="asb", supporters=["town-centre", "analyst"], **about)
    plan.add("Eviction papers for Gadebridge", "burglary-lead", number=102, priority="burglary", **about)
    plan.add("Canterbury Close wheelie bins", "town-centre", number=103, status=DONE, parent="CSAG-26-101", **about)
    plan.add("Barking diary", "analyst", number=107, due=YESTERDAY - timedelta(days=20), status=BLOCKED, **about)
    plan.add("Gadebridge bins", "jag-chair", number=109, status=CLOSED, closed_on=YESTERDAY, **about)
    plan.add("Gadebridge dogs", "town-centre", number=110, status=WITHDRAWN, closed_on=YESTERDAY, **about)
    plan.said("CSAG-26-101", "barking dogs at Canterbury Close; mediator visited", "housing-officer", where="#csag")
    for number, who in ((103, "town-centre"), (102, "burglary-lead"), (107, "analyst"), (109, "jag-chair")):
        plan.said(f"CSAG-26-{number}", "mediation refused", who, at=NOW - timedelta(hours=1), where="#csag", settled="one line")
    plan.asks("CSAG-26-101", "due 31 March 2026")
    plan.asks("CSAG-26-103", "due 30 April 2026", "town-centre")
    with held.session() as session:
        member = Person.named("housing-officer", session).id
        session.add(Draft(person_id=member, at=NOW, source="pasted", group_key="csag", rows=[{"wording": "Canterbury Close bins"}]))
        session.add(Kept(person_id=member, at=NOW, line="update CSAG-26-101 canterbury close"))
        _recorded(session, member)
        meetings_of_csag(session)
        _agenda(session, member)


def _recorded(session: Session, member: int) -> None:
    """A meeting of CSAG's that is open, with who came, what it decided, and minutes."""
    group = session.scalars(select(Group).where(Group.key == "csag")).one()
    begins = datetime(2026, 1, 29, 14, tzinfo=UTC)
    meeting = Meeting(group=group, slot=begins.replace(tzinfo=None), begins=begins, state=OPEN, began_at=begins, notes=[])
    meeting.attendance = [Attendance(person_id=member, kind=PRESENT, said_by_id=member, at=NOW)]
    session.add(meeting)
    session.flush()
    session.add(Decision(meeting=meeting, number=1, words="Offer mediation at Canterbury Close", by_id=member, at=NOW))
    session.add(Minutes(meeting=meeting, at=NOW, by_id=member, body="## Decisions\n\n1. Offer mediation at Canterbury Close"))


def _agenda(session: Session, member: int) -> None:
    """CSAG's next agenda, written for, held, with items suggested and a template of its own."""
    group = session.scalars(select(Group).where(Group.key == "csag")).one()
    group.template = "# Canterbury\n## Barking\n{minutes}\n{actions}\n{items}\n{next meeting}"
    calendar = Calendar.of(group, session)
    meeting = calendar.row(calendar.next(NOW), session)  # type: ignore[arg-type]
    texts = {"asb": {"words": "barking dogs", "by": "csag-chair", "at": NOW.isoformat(), "reviewed": True}}
    session.add(Agenda(meeting=meeting, state=HELD, by_id=member, at=NOW, reason="mediation goes on", texts=texts))
    session.add(Item(id=101, group=group, meeting=meeting, words="Canterbury Close bins", by_id=member, at=NOW))
    session.add(Item(id=102, group=group, words="Gadebridge dogs", by_id=member, at=NOW, lineage="escalated from JAG"))


def meetings_of_csag(session: Session) -> None:
    """One moved, one cancelled, one added; an outsider is sent to one of them."""
    group = session.scalars(select(Group).where(Group.key == "csag")).one()
    calendar = Calendar.of(group, session)
    first, second = calendar.between(NOW, NOW + timedelta(days=30))[:2]
    moved, cancelled = calendar.row(first, session), calendar.row(second, session)
    moved.begins, moved.place, moved.reason, moved.sequence = first.begins + timedelta(days=1), "Canterbury Close hall", "barking dogs", 1
    cancelled.state, cancelled.reason, cancelled.sequence = CANCELLED, "nobody for Gadebridge", 1
    added = Meeting(group=group, slot=datetime(2026, 3, 3, 9), begins=NOW + timedelta(days=21), added=True, reason="mediation")
    said_by = Person.named("csag-chair", session).id
    for name in ("housing-officer", "town-centre"):
        person = Person.named(name, session)
        added.attendance.append(Attendance(person=person, kind="coming", said_by_id=said_by, at=NOW))
    session.add(added)


def held_in(store: Store) -> Held:
    with store.session() as session:
        return Held(store, Partnership.named(session))


def without(store: Store) -> None:
    make_example(store, NOW)
    jag(held_in(store))


def with_csag(store: Store) -> None:
    without(store)
    csag(held_in(store))


@dataclass
class Two:
    """A partnership in which CSAG has actions, and the same one in which it has none."""

    kind: str
    has: Asking
    lacks: Asking

    def replies(self, line: str, who: str, **more: Any) -> tuple[Reply, Reply]:
        return self.has(line, person=who, **more), self.lacks(line, person=who, **more)

    def differing(self, lines: Iterable[str], who: str, **more: Any) -> list[str]:
        """The lines whose answers differ in a letter; each is asked in both, so that they go on alike."""
        answered = ((line, *self.replies(line, who, **more)) for line in lines)
        return [f"{line}\n  {letters(has)}\n  {letters(lacks)}" for line, has, lacks in answered if letters(has) != letters(lacks)]


def letters(reply: Reply) -> str:
    """Everything of a reply, those who are told included."""
    plain = frozen(reply)
    assert reply.title != "Something broke"
    assert frozen(thawed(plain)) == plain
    return DRAWN.sub("", json.dumps(plain, ensure_ascii=False))


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def two(request) -> Iterator[Two]:
    databases = request.getfixturevalue(request.param)
    stores = [Store(databases.like(name, prepare)) for name, prepare in (("with CSAG", with_csag), ("without CSAG", without))]
    yield Two(request.param, *(Asking(held_in(store)) for store in stores))
    for store in stores:
        store.engine.dispose()


@pytest.fixture
def databases(request):
    """SQLite, except where a test asks for both: `two` is asked on both anyway."""
    return request.getfixturevalue(getattr(request, "param", "sqlite"))


@pytest.fixture
def talkative(opened) -> Held:
    """A store of one's own in which CSAG has actions."""
    return held_in(opened("with CSAG", with_csag))


@pytest.fixture
def silent(opened) -> Held:
    """A store of one's own in which it has none."""
    return held_in(opened("without CSAG", without))


# Letter for letter

SPELT = (
    "CSAG-26-101",
    "csag-26-101",
    "csag 26 101",
    "CSAG/26/101",
    "csag–26–101",
    "CSAG26-101",
    "#CSAG-26-102",
    "action csag-26-107",
    "csag-26-109",
)
SAID_OF_IT = (
    "update {} at risk: contractor late",
    "update {}",
    "{} done",
    "{}: blocked",
    "done {} all of it",
    "assign {} @fire-officer",
    "assign {}",
    "due {} 31 March 2026",
    "due {}",
    "reopen {} again",
    "withdraw {} overtaken",
    "close {}",
    "undo {}",
    "update {} no change for @housing-officer",
    "news {} on track",
)
GROUP = ("csag", "CSAG", "the CSAG", "#csag", "Community Safety Action Group", "csga", "<#C2|csag>")
SCOPES = "mine open overdue blocked red done closed withdrawn asked all".split()
NARROWED = (
    "#asb",
    "#burglary",
    "@housing-officer",
    "@town-centre",
    "Hightown",
    "police",
    "JAG",
    "RAOG",
    "page 2",
    "canterbury",
    "gadebridge",
)
SOUGHT = (
    "canterbury",
    "canterbury close",
    "cantebury close",
    "noise",
    "noice",
    "barking dogs",
    "mediator",
    "gadebrige",
    "csag",
    "csag-26-101",
)
NUMBERS = (1, 2, 3, 4, 99, 99_999_999_999_999_999_999)
LINES: dict[str, list[str]] = {
    "seeing": [*(f"/action {verb} {ref}".replace("  ", " ") for ref in SPELT for verb in ("show", "")), "/action show csag-26-101 page 2"],
    "bare numbers": [f"/action {words}" for words in ("show 101", "101", "107", "show 107", "107 done", "101 at risk", "undo 109", "#110")],
    "listing": ["/action", "/action list", *(f"/action list {words}" for words in (*SCOPES, *GROUP, *NARROWED))],
    "listing narrowly": [f"/action list {scope} {words}" for scope in ("all", "overdue", "asked") for words in (*GROUP[:3], *NARROWED[:6])],
    "finding": [f"/action find {words}" for words in SOUGHT],
    "acting": [f"/action {said.format(ref)}" for said in SAID_OF_IT for ref in ("CSAG-26-101", "csag 26 103", "CSAG-26-109")],
    "settling": [
        "/action JAG-26-101 on track, CSAG-26-101 canterbury close quiet",
        "/action CSAG-26-103 done, JAG-26-101 at risk",
        "/action 101 blocked, 107 done, rest no change",
        "/action 101-110 on track",
        "/action all no change",
        "/action update rest no change",
        "/action JAG-26-101 and CSAG-26-102 on track",
        "/action close all",
    ],
    "requests": [f"/action {verb} {number}" for verb in ("agree", "decline") for number in NUMBERS],
    "drafts": [f"/action {verb} {number}" for verb in ("draft", "keep", "discard", "yes", "mend", "drop") for number in NUMBERS],
    "drafts' rows": ["/action draft", "/action draft 1 1", "/action draft 1 1 drop", "/action draft 1 1 insist"],
    "export": ["/action export", *(f"/action export {words}" for words in (*GROUP[:5], "done", "closed", "open", "all", "raog"))],
    "undoing": ["/action undo", "/action undo all", "/action undo"],
    "adding": [
        "/action add Count the bins @town-centre due 3 March 2026 #csag",
        "/action add csag: count the gates @town-centre due 3 March 2026",
        "/action add Count the gates @housing-officer due next csag",
        "/action add Count the gates @portfolio-holder due 3 March 2026",
        "/action add Count the gates @housing-officer due 3 March 2026 #csga",
    ],
    "other commands": [
        *("/jag me", "/jag people", "/jag", "/jag help action", "/jag seat analyst on csag", "/priority asb", "/priority burglary"),
        *("/figures", "/figures canterbury close", "/hotspots canterbury", "/jag action list csag", "/jag remove housing-officer"),
    ],
    "meetings recorded": [
        *(f"/meeting {verb} {group}" for verb in ("start", "close", "minutes", "decisions", "present") for group in GROUP[:4]),
        *(f"/meeting {verb} csag: bins" for verb in ("decision", "note", "present", "sorry", "absent", "carry", "strike", "unmark")),
        *(f"/meeting {words}" for words in ("decision bins", "note bins", "present", "close", "minutes", "decisions", "minutes agree")),
        *(f"/meeting minutes {verb} csag" for verb in ("edit", "file", "versions", "agree", "export")),
        *(f"/meeting {verb} csag 2026-01-29 14.00" for verb in ("start", "close", "minutes", "approve", "decision", "minutes edit")),
        *("/meeting minutes 29 Jan", "/meeting minutes csag 29 Jan", "/meeting close 29 Jan", "/action find mediation"),
        *(f"/action {verb} JAG-26-102 to {group}" for verb in ("escalate", "refer") for group in ("csag", "nowhere", "raog because bins")),
        *(f"/action {verb} {ref} to raog" for verb in ("escalate", "refer") for ref in ("CSAG-26-101", "103", "csag 26 102")),
        *(f"/agenda {verb} {number} to jag" for verb in ("escalate", "refer") for number in (101, 102, 103)),
    ],
    "agendas": [
        "/agenda",
        *(f"/agenda {words}" for words in GROUP),
        *(f"/agenda {verb} csag" for verb in ("show", "export", "template", "approve", "hold", "post", "edit", "draft")),
        *(f"/agenda {verb} {number}" for verb in ("back", "carry", "yes", "mend", "drop") for number in (101, 102, 103)),
        *(f"/agenda {words}" for words in ("csag 12 February 2026", "12 February 2026", "add csag Talk of barking", "template csag usual")),
        *(f"/agenda {words}" for words in ("edit csag asb: barking", "edit asb: barking", "jag", "raog", "hold csag because of dogs")),
    ],
    "meetings": [
        *("/meeting", *(f"/meeting {words}" for words in ("next", "list", "list 2026", "list past", "list march 2026", "settings"))),
        *(f"/meeting {words}" for words in (*GROUP, "12 Feb 2026", "13 Feb 2026", "3 March 2026", "last", "march")),
        *(f"/meeting {verb} {words}" for verb in ("show", "list", "next", "settings") for words in GROUP),
        *(f"/meeting {verb} {day}" for verb in ("move", "cancel", "restore") for day in ("csag", "csag 13 Feb 2026", "13 Feb 2026")),
        *(f"/meeting {words}" for words in ("add csag 3 March 2026 09:00", "add csag 19 March 2026 10:00", "move csag to 5 March 2026")),
        *(f"/meeting {verb} csag" for verb in ("attend", "apologies", "place", "cadence", "leads", "holiday", "quorum", "lasts")),
        *(f"/meeting {words}" for words in ("attend 3 March 2026", "apologies 13 Feb 2026, @housing-officer instead")),
        *(f"/meeting {verb} {number}" for verb in ("yes", "mend", "drop") for number in NUMBERS[:2]),
        *("/meeting calendar", "move the csag to thursday", "cancel the csag on 13 Feb 2026", "when is the csag?", "I can't make the csag"),
    ],
    "plain words": [
        *("my actions", "overdue actions", "what is overdue", "csag-26-101 done", "CSAG-26-101", "csag 26 101", "canterbury close noise"),
        *("107 done", "show csag actions", "101 done, 107 at risk, rest no change", "rest no change", "what does csag do", "action plan"),
        *("what is due before the meeting", "who owns action 107?", "who owns CSAG-26-101?", "delete CSAG-26-101", "find barking dogs"),
        *("actions of csag", "who has not reported", "when is the next csag meeting?", "agenda", "due before the next csag", "export csag"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("number", range(len(OUTSIDERS)), ids=OUTSIDERS)
@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_an_outsider_is_answered_as_if_csag_had_no_actions(two, lines, number):
    """Each asks some of the lines, so that each line is asked by somebody."""
    step = 3 if two.kind == "sqlite" else 4
    assert two.differing(lines[number % step :: step], OUTSIDERS[number]) == []


@pytest.mark.parametrize("who", OUTSIDERS)
def test_nor_do_a_form_s_answers_or_csag_s_channel_tell_an_outsider_more(two, who):
    forms: list[tuple[str, dict[str, str]]] = [
        ("/action update CSAG-26-101", {"status": "done", "said": "quiet", "due": ""}),
        ("/action due CSAG-26-101", {"due": "3 March 2026", "said": "late"}),
        ("/action assign CSAG-26-103", {"owner": "fire-officer"}),
        ("/action add", {"wording": "Count gates", "owner": "town-centre", "due": "3 March 2026", "group": "csag"}),
        ("/action draft 1 1", {"wording": "Count gates", "owner": "town-centre", "due": "3 March 2026"}),
    ]
    assert not [line for line, fields in forms if two.differing([line], who, fields=fields)]
    lines = ("/action list", "/action show CSAG-26-101", "/action 101", "/action find canterbury", "/jag me", "/action list asked")
    for audience in ("asker", "here"):
        assert two.differing(lines, who, where="#csag", audience=audience) == []


WORDS = (
    *("show", "list", "find", "update", "done", "agree", "draft", "close", "undo", "export", "all", "rest", "mine", "no change", "at risk"),
    *(
        "CSAG-26-101",
        "csag 26 103",
        "101",
        "107",
        "JAG-26-101",
        "csag",
        "2",
        "canterbury",
        "noise",
        "overdue",
        "@housing-officer",
        "#asb",
        ",",
    ),
)


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), who=st.sampled_from(OUTSIDERS))
def test_whatever_an_outsider_types_is_answered_alike(two, words, who):
    assert two.differing([f"/action {' '.join(words)}"], who) == []


@pytest.mark.parametrize("line", [f"/action {said}" for said in ("show {}", "{}", *SAID_OF_IT)])
def test_a_member_is_told_of_what_isn_t_there_what_an_outsider_is_told_of_what_is(two, line):
    missing = letters(two.has(line.format("CSAG-26-999"), person="csag-chair"))
    for who in OUTSIDERS:
        assert letters(two.has(line.format("CSAG-26-101"), person=who)) == missing.replace("999", "101")
    assert "no action CSAG-26-999" in missing


@pytest.mark.parametrize(
    "line",
    [
        *(
            "show csag",
            "csag",
            "csag 13 Feb 2026",
            "list csag",
            "list csag 2026",
            "next csag",
            "settings csag",
            "restore csag",
            "tell csag",
        ),
        *("move csag to 5 March 2026 10:00", "move csag 13 Feb 2026 to 5 March 2026", "cancel csag", "cancel csag 13 Feb 2026 because"),
        *("attend csag", "apologies csag", "add csag 3 March 2026 09:00", "place csag here", "cadence csag second monday 10:00"),
        *("leads csag ask 5", "quorum csag 2"),
    ],
)
def test_a_private_group_s_meetings_are_those_of_a_group_that_is_none(two, line):
    for who in OUTSIDERS:
        hidden = letters(two.has(f"/meeting {line}", person=who))
        nothing = letters(two.has(f"/meeting {line.replace('csag', 'zzag')}", person=who))
        assert hidden == nothing.replace("zzag", "csag").replace("ZZAG", "CSAG")


# What comes to be there later


@BOTH
def test_a_request_s_number_does_not_tell_how_many_there_were_in_csag(talkative, silent):
    has, lacks = (Asking(held)("/action due JAG-26-101 30 April 2026", person="town-centre") for held in (talkative, silent))
    assert letters(has) == letters(lacks)
    has, lacks = (Asking(held)("/action list asked", person="town-centre") for held in (talkative, silent))
    assert letters(has) == letters(lacks)


@pytest.mark.parametrize(
    "line", ["/action add\n- Count the gates\n- Count the lamps", "/action add Count the gates @college due 3 March 2020"]
)
def test_a_draft_s_number_does_not_tell_how_many_there_were_in_csag(talkative, silent, line):
    has, lacks = (Asking(held)(line, person="town-centre") for held in (talkative, silent))
    assert letters(has) == letters(lacks)


@BOTH
def test_an_action_that_comes_from_csag_does_not_tell_so(talkative, silent):
    """Letter for letter as one that comes from nowhere."""
    for held, more in ((talkative, {"parent": "CSAG-26-101", "lineage": "escalated from"}), (silent, {})):
        Plan(held).add("Noise in the town", "town-centre", number=120, **more)
    for line in ("/action show JAG-26-120", "/action list all", "/action find town", "/action export", "/action JAG-26-120 on track"):
        assert letters(Asking(talkative)(line, person="town-centre")) == letters(Asking(silent)(line, person="town-centre")), line


MIXED = {
    "both settled": ("housing-officer", "/action JAG-26-108 at risk, CSAG-26-101 canterbury close is quiet"),
    "of CSAG's first": ("housing-officer", "/action CSAG-26-101 canterbury close is quiet, JAG-26-108 at risk"),
    "CSAG's finished": ("housing-officer", "/action JAG-26-108 at risk, CSAG-26-109 canterbury close is quiet"),
    "CSAG's somebody else's": ("housing-officer", "/action JAG-26-108 at risk, CSAG-26-107 canterbury close is quiet"),
    "CSAG's mistyped": ("housing-officer", "/action JAG-26-108 at risk, CSAG-26-991 canterbury close is quiet"),
    "a date asked for": ("housing-officer", "/action JAG-26-108 wont be til 31 March 2026, CSAG-26-101 canterbury close is quiet"),
    "said done": ("housing-officer", "/action done JAG-26-108 all of it, CSAG-26-101 canterbury close is quiet"),
    "rest": ("housing-officer", "/action CSAG-26-101 canterbury close is quiet, rest no change"),
    "by the coordinator": ("coordinator", "/action JAG-26-101 on track, JAG-26-108 blocked, CSAG-26-101 canterbury close is quiet"),
}


@pytest.mark.parametrize(("who", "line"), MIXED.values(), ids=MIXED)
def test_a_line_on_actions_of_two_groups_shows_each_group_what_is_its_own(talkative, who, line):
    asking = Asking(talkative)
    settled = asking(line, person=who)
    replies = [tell.reply for tell in settled.tells if handle(talkative, tell.person_id) in OUTSIDERS]
    seeing = ("/action show JAG-26-108", "/action show JAG-26-101", "/action list all", "/action list asked", "/action export", "/jag me")
    for outsider in ("town-centre", "burglary-lead"):
        replies += [asking(each, person=outsider) for each in seeing]
        assert asking("/action find canterbury", person=outsider).title == "Nothing found"
    assert not [found[0] for reply in replies if (found := OF_CSAG.search(letters(reply)))]


def test_undoing_such_a_line_shows_each_group_what_is_its_own(talkative):
    asking = Asking(talkative)
    asking.answered(MIXED["both settled"][1], person="housing-officer")
    asking.answered("/action undo all", person="housing-officer", at=NOW + timedelta(minutes=5))
    for line in ("/action show JAG-26-108", "/action export", "/action find canterbury"):
        assert not SECRET.search(letters(asking(line, person="burglary-lead")).replace("has “canterbury”", ""))


def handle(held: Held, person: int) -> str:
    with held.session() as session:
        return session.get_one(Person, person).handle


# Who was on CSAG and is no longer


@BOTH
def test_who_has_left_csag_cannot_undo_or_see_what_they_did_there(talkative):
    asking = Asking(talkative)
    asking.answered(MIXED["both settled"][1], person="housing-officer")
    asking.answered("/jag unseat housing-officer from csag")
    for line in ("/action undo", "/action undo CSAG-26-101", "/action undo all", "/action list mine", "/action list asked", "/jag me"):
        reply = asking(line, person="housing-officer", at=NOW + timedelta(minutes=5))
        assert not SECRET.search(TYPED.sub("", letters(reply)).replace("no action CSAG-26-101", "")), line
    shown = letters(asking("/action show CSAG-26-101"))
    assert "canterbury close is quiet" in shown
    assert "undone" not in shown


@pytest.mark.parametrize(
    "line",
    [
        "/action assign CSAG-26-101 @college",
        "/action due CSAG-26-101 30 April 2026",
        "/action withdraw CSAG-26-101 overtaken",
        "/action agree 2",
        "/action decline 2",
        "/action close CSAG-26-103",
        "/action reopen CSAG-26-103 bins again",
        "/action decline 3",
    ],
)
def test_who_has_left_csag_is_told_of_none_of_it(talkative, line):
    """An owner, or who asked for something, who has no seat there any more."""
    asking = Asking(talkative)
    asking.answered("/jag unseat housing-officer from csag")
    told = {handle(talkative, tell.person_id) for tell in asking.answered(line).tells}
    assert not told & {"housing-officer", "town-centre"}


# Shared in a channel

SHARED = (
    *("/agenda", "/agenda csag", "/agenda jag", "/agenda export csag", "/agenda template csag", "/agenda add csag Talk of dogs"),
    *("/action list", "/action list mine", "/action list all", "/action list csag", "/action list asked", "/action show CSAG-26-101"),
    *(
        "/action 101",
        "/action 107",
        "/action find canterbury",
        "/action find noice",
        "/action export",
        "/jag me",
        "/action list @town-centre",
    ),
)


@pytest.mark.parametrize(
    ("who", "where"),
    [("housing-officer", "#jag"), ("coordinator", "#jag"), ("csag-chair", "#raog"), ("csag-chair", "direct message"), ("coordinator", "")],
)
def test_what_a_member_shares_elsewhere_shows_nothing_of_csag(two, who, where):
    assert two.differing(SHARED, who, where=where, audience="here") == []


def test_what_a_member_shares_in_csag_s_channel_shows_csag_s(two):
    for line in ("/action list", "/action show CSAG-26-101", "/action find canterbury", "/action 101"):
        shared = two.has(line, person="housing-officer", where="#csag", audience="here")
        assert shared.audience == "here"
        assert "Canterbury Close noise" in letters(shared)
        assert "JAG-26" not in letters(shared)


# Discretion

TOUCHING = (
    *re.split(
        r"\s*[|\n]\s*",
        """
    show CSAG-26-101 | 101 | list csag | list all | list mine | list asked | list overdue csag | list csag #burglary | export csag
    find canterbury | find barking dogs | find mediatr | find gadebrige bins | find canterbury barking | find csag-26-101
    CSAG-26-101 at risk: mediator late | CSAG-26-101 no change | CSAG-26-101 on track | update CSAG-26-101 | update CSAG-26-101 …
    update CSAG-26-101 --- | CSAG-26-101 done | CSAG-26-101 at risk | done CSAG-26-101 dogs gone
    CSAG-26-101 mediator rang for @college | CSAG-26-101 barking for @housing-officer | CSAG-26-101 from @dens-officer: dogs
    CSAG-26-109 canterbury quiet | CSAG-26-110 done | CSAG-26-101 wont be til 30 April 2026 mediator away
    CSAG-26-101 wont be til 31 February | CSAG-26-101, CSAG-26-107 no change | CSAG-26-101 on track, JAG-26-108 no change
    CSAG-26-101 blocked, CSAG-26-109 dogs, 999 done | rest no change | undo | undo all | due CSAG-26-101 31 March 2026 mediator away
    due CSAG-26-101 when the dogs are gone | due CSAG-26-101 31 February | due CSAG-26-101 | due CSAG-26-101 3 March 2020 canterbury
    due CSAG-26-109 31 March 2026 | due CSAG-26-101 31 March 2026 | undo CSAG-26-101 | assign CSAG-26-101 @college
    assign CSAG-26-101 @nobody | assign CSAG-26-101 @town-centre | assign CSAG-26-101 @housing-officer | assign CSAG-26-101
    assign CSAG-26-101 the mediator | assign CSAG-26-102 @all | undo CSAG-26-102 | agree 2 | decline 2 | agree 3 | agree 3
    reopen CSAG-26-101 dogs back | reopen CSAG-26-109 dogs back | withdraw CSAG-26-110 | withdraw CSAG-26-102 evicted
    close CSAG-26-103 | close CSAG-26-101 | close CSAG-26-103, CSAG-26-107 | close all | undo | show CSAG-26-101 page 2
    add Canterbury Close bins @college due 3 March 2026 #csag | add csag: Canterbury Close bins @nobody due 3 March 2026
    add csag: Canterbury Close bins @college due 3 March 2020 | add csag: Canterbury Close bins @town-centre due 3 March 2026
    add csag: Canterbury Close bins @college due 31 February | add csag: Canterbury Close bins #csag | undo
    add csag: Canterbury Close bins @college due 3 March 2026 #nothing | update CSAG-26-101 John Smith dob 1/2/1990 canterbury close
    """.strip(),
    ),
    f"update CSAG-26-101 {'canterbury ' * 400}",
    "add\n- Canterbury bins @college due 3 March 2026\n- Barking dogs @nobody due 3 March 2026",
)
MEMBERS = ("housing-officer", "college", "coordinator")


def indiscreet(reply: Reply, **drawn: Any) -> list[str]:
    """What a reply lets out where others may read it: in its summary, those of who are told, and what Slack notifies of."""
    every = [reply, *(tell.reply for tell in reply.tells)]
    public = [each.summary for each in every] + [message["text"] for each in every for message in draw(each, **drawn)[0]]
    return [said for said in public if SECRET.search(said)]


@pytest.mark.parametrize("who", MEMBERS)
def test_notifications_and_logs_say_of_csag_only_how_many(talkative, who, caplog):
    asking, let_out = Asking(talkative), list[str]()
    with caplog.at_level(logging.INFO):
        for number, words in enumerate(TOUCHING):
            reply = asking(f"/action {words}", person=who, at=NOW + timedelta(minutes=number), where="#csag")
            let_out += [f"{words[:80]}: {said[:200]}" for said in indiscreet(reply)]
    assert not let_out
    assert not SECRET.search(caplog.text)


AGENDAS = """
    csag | csag 12 Feb 2026 | csag 1 March 1999 | back 102 | back 101 | back 9 | add csag Barking dogs in Gadebridge | edit csag
    approve csag | add csag John Smith dob 1/2/1990 canterbury close | edit csag asb: mediation failed | edit csag bins: x
    edit csag asb: Jo Smith dob 1/2/1990 | hold csag because of the dogs | approve csag | template csag | template csag change
    export csag | carry 102 | post csag | hold csag | add csag | template csag usual
"""


@pytest.mark.parametrize("who", MEMBERS)
def test_notifications_of_csag_s_agenda_say_only_that_there_is_one(talkative, who, caplog):
    asking, let_out = Asking(talkative), list[str]()
    with caplog.at_level(logging.INFO):
        for number, words in enumerate(re.split(r"\s*[|\n]\s*", AGENDAS.strip())):
            reply = asking(f"/agenda {words}", person=who, at=NOW + timedelta(minutes=number), where="#csag")
            let_out += [f"{words[:80]}: {said[:200]}" for said in indiscreet(reply)]
    assert not let_out
    assert not SECRET.search(caplog.text)


def test_a_notification_says_how_many(talkative):
    asking = Asking(talkative)
    assert asking("/action show CSAG-26-101", person="housing-officer").summary == "1 CSAG action"
    assert asking("/action list csag", person="csag-chair").summary == "3 CSAG actions"
    assert asking.refused("/action reopen CSAG-26-101", person="housing-officer") == "1 CSAG action"
    told = asking("/action due CSAG-26-101 31 March 2026", person="housing-officer").tells
    assert {tell.reply.summary for tell in told} == {"1 CSAG action"}


def test_who_is_told_of_actions_of_two_groups_at_once_is_notified_of_neither_s_reference(talkative):
    table = "Action\tOwner\tDue\tGroup\n{}\tcollege\t3 March 2026\t{}\n{}\tcollege\t3 March 2026\t{}\n"
    for rows in (("Light the alley", "JAG", "Canterbury Close bins", "CSAG"), ("Canterbury Close dogs", "CSAG", "Light the lane", "JAG")):
        asking = Asking(talkative)
        [save] = [button.asks for button in asking("/action add\n" + table.format(*rows)).asks if "keep" in button.asks]
        kept = asking.answered(save)
        assert len(kept.tells) == 1
        assert not indiscreet(kept)


def test_in_slack_what_notifies_names_no_action_of_csag_s(talkative, caplog):
    with workspace() as slack, hosting() as host, talking(talkative, slack, host) as talk:
        for user, who in (("U1", "coordinator"), ("U2", "housing-officer"), ("U3", "asb-lead")):
            slack.joins(user, f"{who}@example.org", who)
            talk.know(user, who)
        lines = (
            "show CSAG-26-101",
            "due CSAG-26-101 31 March 2026 mediator away",
            "CSAG-26-101 dogs gone",
            "list",
            "find mediatr",
            "due CSAG-26-101 31 February",
        )
        arrived = [each for line in lines for each in talk.command("/action", line, user="U2")]
        arrived += [each for line in lines for each in talk.dm(f"/action {line}", user="U2")]
    assert len(arrived) > len(lines)
    assert not [each.said["text"] for each in arrived if SECRET.search(str(each.said.get("text", "")))]
    assert not SECRET.search(caplog.text)


@BOTH
@pytest.mark.parametrize(
    "broken",
    ["drop table supporter", "alter table change rename to changed", "create unique index one_wording on action (wording, group_id)"],
)
def test_logs_hold_nothing_of_csag_when_something_breaks(talkative, broken, caplog):
    with talkative.store.engine.begin() as connection:
        connection.execute(text(broken))
    asking = Asking(talkative)
    lines = (
        "/action add csag: Gadebridge bins @college due 3 March 2026",
        "/action CSAG-26-101 at risk: mediator late, dogs barking",
        "/action assign CSAG-26-101 @college",
    )
    with caplog.at_level(logging.INFO):
        replies = [asking(line, person="csag-chair") for line in lines]
        replies += [asking("/action add Gadebridge bins @college due 3 March 2026 #csag", person="csag-chair")]
    assert any(reply.title == "Something broke" for reply in replies)
    assert not [said for reply in replies for said in indiscreet(reply)]
    assert not SECRET.search(caplog.text)
