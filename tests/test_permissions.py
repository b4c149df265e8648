"""Who may do what: the table, cell by cell. People of the example play its parts, and what they may not do changes nothing.

Agenda, minutes, own items and suggested ones come with the meetings (issue 5), and releasing figures with them.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from asking import Asking, shown
from conftest import Held
from made import NOW
from planned import YESTERDAY, Plan
from slack_server import workspace
from sqlalchemy import select
from talking import hosting, talking

from bot.asking import Asked, Unknown, ask
from commands import Enquiry
from commands.frozen import frozen
from commands.permissions import must
from commands.plan.drafting import from_file
from commands.reply import Reply
from models.actions import CLOSED, DONE, ON_TRACK, Action, Supporter
from models.base import Refusal
from models.changes import Change
from models.drafts import Draft
from models.partnership import Partnership
from models.people import Person
from models.proposals import WAITING, Proposal
from models.sources.founding import make_example
from models.store import Store

# The action is housing-officer's, of JAG, on #asb; an outsider sits on no group that sees it.
PLAYED_BY = {
    "own action": ["housing-officer"],
    "priority lead": ["asb-lead", "asb-deputy"],
    "chair, deputy chair": ["jag-chair", "jag-deputy"],
    "coordinator": ["coordinator"],
    "other member": ["college"],
    "outsider": ["town-centre"],
}
TABLE = """
|                                    | own action | priority lead | chair, deputy chair | coordinator | other member | outsider |
| see figures, priorities            | yes        | yes           | yes                 | yes         | yes          | no       |
| see a group's actions              | yes        | yes           | yes                 | yes         | yes          | no       |
| add an action to a group of theirs | –          | yes           | yes                 | yes         | yes          | no       |
| update, done, ask for a new date   | yes        | yes           | yes                 | yes         | no           | no       |
| on somebody's behalf               | no         | no            | no                  | yes         | no           | no       |
| assign, date, reopen, withdraw     | propose    | yes           | yes                 | yes         | no           | no       |
| settle what was proposed           | no         | yes           | yes                 | yes         | no           | no       |
| agree for the meeting: close       | no         | no            | yes                 | yes         | no           | no       |
| load actions                       | no         | no            | no                  | yes         | no           | no       |
"""
EVERYBODY = [who for handles in PLAYED_BY.values() for who in handles]
ROWS = {row[0]: row[1:] for row in ([cell.strip() for cell in line.strip("|").split("|")] for line in TABLE.strip().splitlines())}


def cells(row: str, lines: Mapping[str, str] | None = None) -> list[Any]:
    """(line, who, what the table says) for everybody who plays a part."""
    every = itertools.product(zip(ROWS[""], ROWS[row], strict=True), lines or [""])
    return [
        pytest.param(*((lines[name],) if lines else ()), who, said, id="-".join(filter(None, (name, part, who, said))))
        for (part, said), name in every
        for who in PLAYED_BY[part]
        if said != "–"
    ]


@dataclass
class Table:
    """The partnership with an action for each cell, and what of it can be seen to change."""

    held: Held
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(100))

    @property
    def asking(self) -> Asking:
        return Asking(self.held)

    def action(self, who: str = "", owner: str = "housing-officer", **more: Any) -> str:
        """The reference of a new action that a person plays a part towards: one of CSAG where they are to be an outsider."""
        group = "csag" if who == "town-centre" else "jag"
        about = {"group": group, "priority": "asb", "supporters": ["fire-officer"]} | more
        return Plan(self.held).add("Fit alley gates", owner, number=next(self.numbers), **about)

    def proposal(self, ref: str) -> int:
        """The number of the owner's request for another date."""
        self.asking.answered(f"/action due {ref} 31 March 2026", person="housing-officer")
        with self.held.session() as session:
            wanted = select(Proposal.id).join(Action).where(Action.ref == ref, Proposal.state == WAITING)
            return session.scalars(wanted).one()

    def everything(self, *kinds: Any) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of the plan."""
        with self.held.session() as session:
            tables = [kind.__table__ for kind in (kinds or (Action, Supporter, Change, Proposal, Draft))]
            return {each.name: [tuple(row) for row in session.connection().execute(select(each).order_by(each.c.id))] for each in tables}

    def of(self, ref: str) -> tuple[Any, ...]:
        """An action as it is: everything that a change may touch."""
        with self.held.session() as session:
            action = session.scalars(select(Action).where(Action.ref == ref)).one()
            whom = sorted(action.supported_by())
            return action.wording, action.status, action.owner.handle, action.due, action.latest, action.closed_on, action.open, whom

    def person(self, handle: str) -> Person:
        with self.held.session() as session:
            return Person.named(handle, session)

    def told(self, reply: Reply) -> set[str]:
        """Handles of those who are told."""
        with self.held.session() as session:
            return set(session.scalars(select(Person.handle).where(Person.id.in_({tell.person_id for tell in reply.tells}))))

    def unchanged_by(self, does: Callable[[], Any]) -> Any:
        """What comes of doing something that must not change a row."""
        before = self.everything()
        made = does()
        assert self.everything() == before
        return made


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def table(request) -> Iterator[Table]:
    """One store for all cells: each has an action of its own."""
    store = Store(request.getfixturevalue(request.param).like("example", lambda store: make_example(store, NOW)))
    with store.session() as session:
        made = Table(Held(store, Partnership.named(session)))
    made.action(due=YESTERDAY - timedelta(days=900))
    made.action("town-centre", due=YESTERDAY - timedelta(days=900))
    yield made
    store.engine.dispose()


SEEN = {"jag": "JAG-26-100", "csag": "CSAG-26-101"}


def nobody(_: Any) -> Person:
    """A chat user who is no person of the partnership."""
    raise Unknown


def as_if_missing(table: Table, line: str, ref: str, who: str) -> None:
    """What somebody gets for an action they may not see is what they get for one that isn't there."""
    missing = f"{ref[:-3]}999"
    got, expected = (table.asking(line.format(ref=each), person=who) for each in (ref, missing))
    assert got.refused
    assert json.dumps(frozen(got)) == json.dumps(frozen(expected)).replace(missing, ref)


# Seeing


@pytest.mark.parametrize("line", ["/priority", "/priority asb", "/figures", "/hotspots asb", "/figures asb"])
@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_of_the_partnership_sees_figures_and_priorities(table, line, who):
    assert table.asking.answered(line, person=who)


@pytest.mark.parametrize(
    "line", ["/priority", "/figures asb", "/action show JAG-26-100", "/action list", "/action done JAG-26-100", "/jag me"]
)
def test_who_is_nobody_of_the_partnership_is_asked_to_join_whatever_they_ask(table, line):
    with pytest.raises(Unknown):
        table.unchanged_by(lambda: ask(table.held.store, table.held.partnership.id, nobody, Asked(line, NOW)))


@pytest.mark.parametrize(("who", "said"), cells("see a group's actions"))
def test_a_group_s_actions_are_seen_by_its_members(table, who, said):
    ref = SEEN["csag" if who == "town-centre" else "jag"]
    group = ref.partition("-")[0].lower()
    for line in ("/action list", f"/action list {group}", "/action list overdue", "/action find alley gates", "/action export"):
        reply = table.asking(line, person=who)
        assert (ref in shown(reply) + str(reply.as_json())) == (said == "yes"), line
    if said == "no":
        as_if_missing(table, "/action show {ref}", ref, who)
    else:
        assert table.asking.answered(f"/action show {ref}", person=who).title == f"{ref}: Fit alley gates"


@pytest.mark.parametrize(
    ("who", "about"),
    [
        pytest.param("college", {"group": "raog", "owner": "college"}, id="its owner"),
        pytest.param("burglary-lead", {"group": "csag", "priority": "burglary"}, id="its priority's lead"),
        pytest.param("burglary-deputy", {"group": "csag", "priority": "burglary"}, id="that lead's deputy"),
        pytest.param("jag-chair", {"group": "csag"}, id="another group's chair"),
        pytest.param("jag-deputy", {"group": "csag"}, id="another group's deputy chair"),
        pytest.param("analyst", {"group": "csag", "supporters": ["analyst"]}, id="a supporter"),
        pytest.param("analyst", {"group": "csag", "by": "analyst"}, id="who raised it"),
    ],
)
def test_members_only_holds_in_every_column(table, who, about):
    ref = table.action(**about)
    for line in (
        "/action show {ref}",
        "/action update {ref} at risk",
        "/action due {ref} 3 March",
        "/action withdraw {ref}",
        "/action undo {ref}",
    ):
        table.unchanged_by(lambda line=line: as_if_missing(table, line, ref, who))
    assert ref not in str(table.asking("/action list all", person=who).as_json())
    assert table.asking.answered(f"/action show {ref}", person="coordinator")


# Adding


@pytest.mark.parametrize(("who", "said"), cells("add an action to a group of theirs"))
def test_members_add_actions_to_their_group(table, who, said):
    asking = table.asking
    fields = {"wording": "Light the underpass", "owner": "coordinator", "due": "3 March 2026"}
    if said == "yes":
        line = f"/action add Light the underpass, {who} says @college due 3 March 2026"
        assert asking.says(line, person=who).startswith("JAG-26-")
        formed = {**fields, "wording": f"Light the subway, {who} says", "group": "jag"}
        assert asking.says("/action add", person=who, fields=formed).startswith("JAG-26-")
        return
    words = table.unchanged_by(lambda: asking.refused("/action add", person=who, fields={**fields, "group": "csag"}))
    assert words == asking.refused("/action add", person=who, fields={**fields, "group": "xyz"}).replace("xyz", "csag")
    words = table.unchanged_by(lambda: asking.refused("/action add Light the underpass @college due 3 March 2026 #csag", person=who))
    assert words.startswith("I don't know #csag.")


# News


NEWS = {
    "update": "/action update {ref} at risk: contractor late",
    "in short": "/action {ref} blocked",
    "done": "/action done {ref} gates fitted",
    "done without words": "/action {ref} done",
    "no change": "/action update {ref} no change",
    "of two": "/action {ref} at risk, {ref} done",
    "ask for a new date": "/action update {ref} waiting on highways, wont be til 31 March 2026",
}


@pytest.mark.parametrize(("line", "who", "said"), cells("update, done, ask for a new date", NEWS))
def test_news_is_given_by_owner_lead_chair_and_coordinator(table, line, who, said):
    ref = table.action(who)
    if said == "no":
        table.unchanged_by(lambda: table.asking.refused(line.format(ref=ref), person=who))
        if who == "town-centre" and line != NEWS["of two"]:
            as_if_missing(table, line, ref, who)
        return
    before = table.of(ref)
    assert table.asking.answered(line.format(ref=ref), person=who)
    assert table.of(ref) != before or line == NEWS["no change"]
    with table.held.session() as session:
        change = session.scalars(select(Change).join(Action).where(Action.ref == ref).order_by(Change.id.desc())).first()
        assert (change.by.handle, change.at) == (who, NOW)


@pytest.mark.parametrize(("who", "said"), cells("update, done, ask for a new date"))
def test_who_may_decide_sets_a_new_date_with_their_news_and_the_owner_asks_for_it(table, who, said):
    ref = table.action(who)
    reply = table.asking(NEWS["ask for a new date"].format(ref=ref), person=who)
    with table.held.session() as session:
        asked = session.scalars(select(Proposal).join(Action).where(Action.ref == ref)).all()
    assert len(asked) == (who == "housing-officer")
    assert reply.refused == (said == "no")
    assert (str(table.of(ref)[3].on) == "2026-03-31") == (said == "yes" and not asked)


@pytest.mark.parametrize(("who", "said"), cells("on somebody's behalf"))
@pytest.mark.parametrize(
    "line", ["/action update {ref} gates fitted fri for {of}", "/action done {ref} from {of}", "/action {ref} blocked for {of}"]
)
def test_only_the_coordinator_enters_somebody_else_s_word(table, line, who, said):
    ref, of = table.action(who), "@fire-officer" if who == "housing-officer" else "@housing-officer"
    asked = line.format(ref=ref, of=of)
    if said == "no":
        table.unchanged_by(lambda: table.asking.refused(asked, person=who))
        return
    table.asking.answered(asked, person=who)
    with table.held.session() as session:
        change = session.scalars(select(Change).join(Action).where(Action.ref == ref).order_by(Change.id.desc())).first()
        assert (change.by.handle, change.speaker.handle) == ("coordinator", "housing-officer")


# What an owner proposes and others decide

CHANGES = {
    "assign": "/action assign {ref} @fire-officer",
    "assign with": "/action assign {ref} @youth-officer with @dens-officer",
    "date": "/action due {ref} 31 March 2026 contractor late",
    "next meeting": "/action due {ref} ongoing",
    "reopen": "/action reopen {ref} broken again",
    "withdraw": "/action withdraw {ref} overtaken",
}
ASKED = {"assign": "assigned", "due": "due", "reopen": "reopened", "withdraw": "withdrawn"}


@pytest.mark.parametrize("state", [DONE, CLOSED])
@pytest.mark.parametrize(("who", "said"), cells("assign, date, reopen, withdraw"))
def test_reopening_is_decided_whether_it_is_done_or_closed(table, state, who, said):
    decided(table, CHANGES["reopen"], who, said, table.action(who, status=state))


@pytest.mark.parametrize(
    ("line", "who", "said"), cells("assign, date, reopen, withdraw", {k: v for k, v in CHANGES.items() if k != "reopen"})
)
def test_changes_are_proposed_by_the_owner_and_made_by_lead_chair_and_coordinator(table, line, who, said):
    decided(table, line, who, said, table.action(who))


def decided(table: Table, line: str, who: str, said: str, ref: str) -> None:
    """A cell of the row in which owners propose."""
    before, proposals, asked = table.of(ref), table.everything(Proposal), line.format(ref=ref)
    match said:
        case "no":
            table.unchanged_by(lambda: table.asking.refused(asked, person=who))
            if who == "town-centre":
                as_if_missing(table, line, ref, who)
        case "yes":
            table.asking.answered(asked, person=who)
            assert table.of(ref) != before
            assert table.everything(Proposal) == proposals
        case "propose":
            reply = table.asking.answered(asked, person=who)
            assert table.of(ref) == before
            assert table.told(reply) == {"asb-lead", "asb-deputy", "coordinator"}
            assert all("Agree" in [button.label for button in tell.reply.asks] for tell in reply.tells)
            with table.held.session() as session:
                proposal = session.scalars(select(Proposal).join(Action).where(Action.ref == ref)).one()
                assert (proposal.by.handle, proposal.state, proposal.verb) == (who, WAITING, ASKED[line.split()[1]])


@pytest.mark.parametrize("line", CHANGES.values(), ids=CHANGES)
def test_what_was_proposed_is_made_of_the_action_when_it_is_agreed(table, line):
    state = DONE if line == CHANGES["reopen"] else ON_TRACK
    ref, like = table.action(status=state), table.action(status=state)
    tells = table.asking.answered(line.format(ref=ref), person="housing-officer").tells
    agree = next(button.asks for button in tells[0].reply.asks if button.label == "Agree")
    assert "housing-officer" in table.told(table.asking.answered(agree, person="asb-lead"))
    table.asking.answered(line.format(ref=like), person="asb-lead")
    assert table.of(ref)[1:4] == table.of(like)[1:4]
    assert table.of(ref)[5:] == table.of(like)[5:]


@pytest.mark.parametrize("verb", ["agree", "decline"])
@pytest.mark.parametrize(("who", "said"), cells("settle what was proposed"))
def test_who_decides_settles_what_was_proposed(table, verb, who, said):
    ref = table.action(who)
    number, before = table.proposal(ref), table.of(ref)
    if said == "no":
        words = table.unchanged_by(lambda: table.asking.refused(f"/action {verb} {number}", person=who))
        if who == "town-centre":
            assert words == table.asking.refused(f"/action {verb} 99999", person=who).replace("99999", str(number))
        return
    reply = table.asking.answered(f"/action {verb} {number}", person=who)
    assert (table.of(ref) != before) == (verb == "agree")
    assert "housing-officer" in table.told(reply)
    with table.held.session() as session:
        settled = session.get_one(Proposal, number)
        assert (settled.state, session.get_one(Person, settled.settled_by_id).handle) == ("agreed" if verb == "agree" else "declined", who)
    table.unchanged_by(lambda: table.asking.refused(f"/action {verb} {number}", person=who))


@pytest.mark.parametrize(("who", "said"), cells("settle what was proposed"))
def test_what_waits_is_listed_for_who_settles_it_and_for_who_asked(table, who, said):
    ref = table.action(who)
    number = table.proposal(ref)
    asks = [button.asks for button in table.asking("/action list asked", person=who).asks]
    assert (f"/action agree {number}" in asks) == (said == "yes")
    assert (ref in shown(table.asking("/action list asked", person=who))) == (said == "yes" or who == "housing-officer")


@pytest.mark.parametrize("line", ["/action close {ref}", "/action close {ref}, {other}"])
@pytest.mark.parametrize(("who", "said"), cells("agree for the meeting: close"))
def test_the_meeting_s_chair_and_coordinator_close_what_is_done(table, line, who, said):
    ref, other = table.action(who, status=DONE), table.action(who, status=DONE)
    if said == "no":
        table.unchanged_by(lambda: table.asking.refused(line.format(ref=ref, other=other), person=who))
        return
    table.asking.answered(line.format(ref=ref, other=other), person=who)
    assert table.of(ref)[1] == CLOSED
    assert (table.of(other)[1] == CLOSED) == ("other" in line)


@pytest.mark.parametrize("who", ["college", "asb-lead", "housing-officer"])
def test_undo_is_for_who_made_the_change(table, who):
    ref = table.action()
    table.asking.answered(f"/action update {ref} at risk", person="jag-chair")
    table.unchanged_by(lambda: table.asking.refused(f"/action undo {ref}", person=who))
    table.asking.answered(f"/action undo {ref}", person="jag-chair")


# Several parts


@pytest.mark.parametrize(
    ("who", "about", "said"),
    [
        pytest.param("asb-lead", {"owner": "asb-lead"}, "yes", id="owner and lead"),
        pytest.param("asb-deputy", {"owner": "asb-deputy"}, "yes", id="owner and deputy of the lead"),
        pytest.param("jag-deputy", {"owner": "jag-deputy"}, "yes", id="owner and deputy chair"),
        pytest.param("coordinator", {"owner": "coordinator"}, "yes", id="owner and coordinator"),
        pytest.param("housing-officer", {"supporters": ["housing-officer"]}, "propose", id="owner and supporter"),
        pytest.param("burglary-lead", {"owner": "burglary-lead"}, "propose", id="owner, and lead of another priority"),
        pytest.param("burglary-lead", {}, "no", id="lead of another priority"),
        pytest.param("asb-lead", {"priority": ""}, "no", id="lead, of an action without a priority"),
        pytest.param("fire-officer", {}, "no", id="supporter"),
        pytest.param("college", {"by": "college"}, "no", id="who raised it"),
        pytest.param("jag-chair", {"group": "raog", "owner": "fire-officer"}, "no", id="chair of another group, and member"),
        pytest.param("csag-chair", {"group": "raog", "owner": "fire-officer"}, "no", id="chair of a private group, and member of another"),
        pytest.param("csag-chair", {"group": "csag"}, "yes", id="chair of this one"),
        pytest.param("alcohol-lead", {"group": "raog", "owner": "fire-officer", "priority": "alcohol"}, "yes", id="lead, in another group"),
        pytest.param("analyst", {}, "no", id="analyst"),
    ],
)
def test_whoever_plays_several_parts_towards_an_action_has_the_most_of_them(table, who, about, said):
    ref = table.action(**about)
    before, proposals = table.of(ref), len(table.everything(Proposal)["proposal"])
    does = lambda: table.asking(f"/action due {ref} 30 April 2026", person=who)  # noqa: E731
    reply = table.unchanged_by(does) if said == "no" else does()
    assert reply.refused == (said == "no")
    assert (table.of(ref) != before) == (said == "yes")
    assert len(table.everything(Proposal)["proposal"]) - proposals == (said == "propose")


def test_a_seat_as_coordinator_counts_in_its_own_group_alone(table):
    table.asking.answered("/jag seat trading-standards on jag as coordinator")
    try:
        table.asking.answered(f"/action due {table.action()} 30 April 2026", person="trading-standards")
        as_if_missing(table, "/action due {ref} 30 April 2026", table.action(group="csag"), "trading-standards")
    finally:
        table.asking.answered("/jag unseat trading-standards from jag as coordinator")


# Loading


@pytest.mark.parametrize(("who", "said"), cells("load actions"))
def test_the_coordinator_alone_loads_actions(table, tmp_path: Path, who, said):
    log = tmp_path / "log.csv"
    log.write_text("Action,Owner,Due\nLight the underpass,college,3 March 2026\n", encoding="utf-8")

    def load() -> int:
        with table.held.session() as session:
            return from_file(log, Enquiry("", Person.named(who, session), NOW), session)[1]

    if said == "no":
        with pytest.raises(Refusal, match="To load actions you would need to be one of: coordinator"):
            table.unchanged_by(load)
    else:
        assert table.asking.answered(f"/action keep {load()}", person=who)


@pytest.mark.parametrize(("who", "said"), [*((who, who == "coordinator") for who in EVERYBODY), ("analyst", True)])
def test_figures_are_loaded_by_the_coordinator_and_the_analyst(table, who, said):
    with table.held.session() as session:
        if said:
            must(Person.named(who, session), "load figures", session)
        else:
            with pytest.raises(Refusal, match="one of: analyst, coordinator"):
                must(Person.named(who, session), "load figures", session)


# Outsiders in chat


def test_a_stranger_in_chat_is_told_alike_of_what_is_there_and_what_isn_t(table):
    with workspace() as slack, hosting() as host:
        slack.joins("U9", "sam@elsewhere.example", "Sam")
        with talking(table.held, slack, host) as talk:
            before = table.everything()
            lines = [f"{verb} {ref}" for verb in ("show", "done", "withdraw") for ref in (*SEEN.values(), "JAG-26-999", "CSAG-26-999")]
            answers = {
                talk.command("/action", line, user="U9")[0].text
                for line in [*lines, "list", "find alley", "export", "add Fit gates @college due fri"]
            }
            answers |= {talk.command(command, words, user="U9")[0].text for command, words in (("/priority", "asb"), ("/figures", "asb"))}
    assert len(answers) == 1
    assert "I don't know you yet" in answers.pop()
    assert table.everything() == before
