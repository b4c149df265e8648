"""Seats on groups: given and taken back by their coordinator, and silent about groups that may not be seen."""

import pytest
from asking import Asking, facts, labels
from conftest import Held
from sqlalchemy import select

from commands.routing import writes
from models.base import Refusal
from models.groups import Group, Membership
from models.partnership import Partnership
from models.people import Person
from models.sources.founding import Answers, make_own

MINE = Answers("Northends CSP", "Northends", "Borderland", "Borderland Police", "me@northends.gov.uk", ("burglary",))


@pytest.fixture
def mine(example) -> Asking:
    """A partnership of the test's own: seats are changed here."""
    return Asking(example)


def groups(ask: Asking, person: str) -> str:
    return facts(ask.answered("/jag me", person=person)).get("Groups", "")


def test_a_seat_is_given_read_back_and_can_be_undone(mine):
    reply = mine.answered("/jag seat @analyst on Members Forum as the deputy chair")
    assert reply.summary == "analyst is deputy of Members Forum."
    assert groups(mine, "analyst") == "JAG (member); Members Forum (deputy)"
    undone = mine.answered(reply.asks[0].asks)
    assert "They no longer see its actions." in str(undone.parts)
    assert groups(mine, "analyst") == "JAG (member)"
    mine.answered(undone.asks[0].asks)
    assert groups(mine, "analyst") == "JAG (member); Members Forum (deputy)"


@pytest.mark.parametrize(
    "words",
    ["analyst raog as chair", "raog analyst chair", "@analyst as chair of raog", "chair of RAOG: @analyst", "the chair of raog to analyst"],
)
def test_words_come_in_any_order(mine, words):
    mine.answered(f"/jag seat {words}")
    assert groups(mine, "analyst") == "JAG (member); RAOG (chair)"
    mine.answered(f"/jag unseat {words}")
    assert groups(mine, "analyst") == "JAG (member)"


def test_help_names_the_seats_and_a_new_lead_is_offered_one(mine):
    assert "/jag seat housing-officer on CSAG as chair" in facts(mine("/jag")).values()
    assert "Seat them on a group" not in facts(mine("/jag", person="analyst"))
    assert mine.answered("/jag help seat").title == "/jag"
    mine.answered("/jag add sam@example.org as warden, Street warden")
    lead = mine.answered("/jag lead burglary warden")
    assert labels(lead) == ["Undo", "Seat on JAG", "Seat on Members Forum", "The card"]


def test_whoever_is_added_without_an_address_is_asked_for_it_with_the_rest_filled_in(mine):
    form = mine.answered("/jag add dens, DENS outreach worker, DENS").form
    assert form is not None
    assert {field.name: field.value for field in form.fields} == {
        "email": "", "handle": "dens", "role": "DENS outreach worker", "agency": "DENS",
    }  # fmt: skip


def test_a_seat_of_a_private_group_is_counted_and_not_named_in_a_notification(mine):
    reply = mine.answered("/jag seat college on csag as chair")
    assert reply.summary == "1 CSAG seat given."
    assert "So is csag-chair, until you say otherwise." in str(reply.parts)
    assert "Instead of csag-chair" in labels(reply)
    gone = mine.answered("/jag unseat college from the CSAG")
    assert gone.summary == "2 CSAG seats taken back."
    assert labels(gone) == ["Undo: member", "Undo: chair"]
    for button in gone.asks:
        mine.answered(button.asks)
    assert groups(mine, "college") == "JAG (member); CSAG (member, chair)"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/jag seat", "Expected a handle, a group, and chair, deputy, coordinator or member, such as: /jag seat housing"),
        ("/jag seat analyst", "Expected a handle"),
        ("/jag unseat analyst", "Expected a handle"),
        ("/jag seat nobody on JAG", "I know nobody called 'nobody'."),
        ("/jag seat analyst on SAG", "I know no group called 'SAG'. I know JAG, CSAG, RAOG and Members Forum."),
        ("/jag seat analyst on JAG as king", "There is no seat 'king'. I know chair, deputy, coordinator and member"),
        ("/jag seat analyst on JAG", "analyst is member of JAG already."),
        ("/jag unseat analyst from JAG as chair", "analyst is not chair on JAG."),
        ("/jag unseat analyst from CSAG", "analyst is not seated on CSAG."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_what_could(mine, line, why):
    assert mine.refused(line).startswith(why)


@pytest.mark.parametrize("line", ["/jag seat analyst on CSAG", "/jag unseat college from CSAG", "/jag seat analyst on nothing"])
def test_seats_are_the_coordinator_s_and_nobody_else_learns_what_groups_there_are(mine, line):
    assert mine.refused(line, person="asb-lead") == "To confirm people you would need to be one of: coordinator. Ask the coordinator."


def test_the_coordinator_of_one_group_knows_nothing_of_another(mine):
    mine.answered("/jag seat analyst on JAG as coordinator")
    unseen, nothing = (mine.refused(f"/jag seat analyst on {name}", person="analyst") for name in ("csag", "xxxx"))
    assert unseen == nothing.replace("xxxx", "csag") == "I know no group called 'csag'. I know JAG."
    mine.answered("/jag seat analyst on Members Forum")
    assert mine.refused("/jag seat college on Members Forum", person="analyst") == (
        "To seat people on Members Forum you would need to be its coordinator."
    )
    added = mine.answered("/jag add sam@example.org as warden", person="analyst")
    assert labels(added) == ["Undo", "Seat on JAG", "People"]


def test_somebody_new_is_offered_a_seat_and_can_then_own_an_action(mine):
    added = mine.answered("/jag add sam@example.org as warden, Street warden")
    assert labels(added)[:3] == ["Undo", "Seat on JAG", "Seat on CSAG"]
    line = "/action add Walk the precinct @warden due 12 Dec 2026 group JAG"
    assert "does not sit on JAG" in mine.refused(line)
    mine.answered(added.asks[1].asks)
    assert "is added" in mine.answered(line).title


def test_a_line_that_changes_people_is_known_to_write():
    lines = [
        "/jag seat a on JAG",
        "/jag unseat a from JAG",
        "/jag add a@b.uk as c",
        "/figures call x y",
        "jag lead asb a",
        "/jag confirm U1",
    ]
    assert [line for line in lines if not writes(line)] == []
    assert [line for line in ("/jag me", "/jag", "/jag people", "/figures asb", "/jag help seat") if writes(line)] == []


def test_a_place_called_east_is_no_seat(counted):
    assert "no command" not in counted("/jag east burglary").summary


def test_one_s_own_partnership_can_be_given_actions_at_once(store):
    own = Asking(Held(store, make_own(store, MINE)))
    assert groups(own, "coordinator") == "JAG (coordinator); CSAG (coordinator)"
    with own.held.session() as session:
        assert [(g.channel, g.private, g.cadence) for g in session.scalars(select(Group).order_by(Group.id))] == [
            ("#jag", False, ""),
            ("#csag", True, ""),
        ]
        assert session.scalars(select(Membership.seat)).all() == ["coordinator", "coordinator"]
    assert own.answered("/action add Count the gates @coordinator due 12 Dec 2026 #burglary").title == "JAG-26-001 is added"
    make_own(store, Answers("Southends CSP", "Southends", "Borderland", "Borderland Police", "me@southends.gov.uk"))
    with store.session() as session:
        assert session.scalars(select(Partnership.key).order_by(Partnership.id)).all() == ["northends", "southends"]


def test_one_that_holds_nothing_yet_still_makes_way(store):
    make_own(store, MINE)
    with pytest.raises(Refusal):
        make_own(store, MINE, another=True)
    make_own(store, MINE)
    with store.session() as session:
        assert len(session.scalars(select(Person)).all()) == 1
