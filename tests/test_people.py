"""The coordinator's people: added, given a priority to lead, taken back; and nobody else's to change."""

import pytest
from asking import Asking, facts


@pytest.fixture
def mine(example) -> Asking:
    """A partnership of the test's own: people are changed here."""
    return Asking(example)


def test_somebody_is_added_read_back_and_can_be_undone(mine):
    reply = mine.answered("/jag add Sam@Council.gov.uk as warden-1, Street warden, dacorum borough council")
    assert reply.summary == (
        "warden-1 is Street warden, Dacorum Borough Council, known in chat by Sam@Council.gov.uk. "
        "They are yours to confirm once they have asked something."
    )
    assert facts(mine.answered("/jag me", person="warden-1"))["You are"] == "warden-1, Street warden"
    gone = mine.answered(reply.asks[0].asks)
    assert "warden-1 is nobody here" in gone.summary
    assert "I know nobody called 'warden-1'" in mine.refused("/jag me", person="warden-1")
    mine.answered(gone.asks[0].asks)
    assert facts(mine.answered("/jag me", person="warden-1"))["Agency"] == "Dacorum Borough Council"


def test_a_handle_is_one_person_s(mine):
    assert mine.refused("/jag add a@example.org as coordinator") == "There is a coordinator already. Choose another handle."


def test_somebody_with_a_seat_or_a_priority_stays(mine):
    assert "cannot be removed" in mine.refused("/jag remove burglary-lead")
    assert "keeps this partnership" in mine.refused("/jag remove coordinator")


def test_a_priority_is_given_a_lead_and_the_one_before_can_be_had_back(mine):
    reply = mine.answered("/jag lead house burglary fire-officer deputy analyst")
    assert reply.summary == "fire-officer leads Dwelling Burglary, with analyst as deputy."
    assert facts(mine.answered("/priority burglary"))["Lead"] == "fire-officer (deputy analyst)"
    assert mine.says(reply.asks[0].asks).startswith("burglary-lead leads Dwelling Burglary")


@pytest.mark.parametrize("line", ["/jag add a@example.org as b", "/jag remove analyst", "/jag lead asb analyst", "/jag confirm U1"])
def test_these_are_the_coordinator_s_alone(mine, line):
    assert "you would need to be one of: coordinator" in mine.refused(line, person="asb-lead")


@pytest.mark.parametrize("line", ["/jag add", "/jag add sam", "/jag add @sam"])
def test_what_is_missing_of_somebody_new_is_asked_for_in_a_form(mine, line):
    form = mine.answered(line).form
    assert [field.name for field in form.fields] == ["email", "handle", "role", "agency"]
    assert form.fields[1].value == line.removeprefix("/jag add").strip(" @")
    answers = {"email": "sam@example.org", "handle": "sam", "role": "Housing officer", "agency": "DENS"}
    assert mine.says(form.asks, fields=answers).startswith("sam is Housing officer, DENS")


@pytest.mark.parametrize("line", ["/jag add sam@example.org", "/jag lead nonsense analyst", "/jag lead"])
def test_what_is_missing_is_asked_for_with_an_example(mine, line):
    assert "Expected" in mine.refused(line)
    assert "such as: /jag" in mine.refused(line) or "/jag add sam@" in mine.refused(line)
