"""The coordinator's people: added, given a priority to lead, taken back; and nobody else's to change."""

import pytest
from asking import facts


def test_somebody_is_added_read_back_and_can_be_undone(printed):
    reply = printed.answered("/jag add Sam@Council.gov.uk as warden-1, Street warden, dacorum borough council")
    assert reply.summary == (
        "warden-1 is Street warden, Dacorum Borough Council, known in chat by Sam@Council.gov.uk. "
        "They are yours to confirm once they have asked something."
    )
    assert facts(printed.answered("/jag me", person="warden-1"))["You are"] == "warden-1, Street warden"
    gone = printed.answered(reply.asks[0].asks)
    assert "warden-1 is nobody here" in gone.summary
    assert "I know nobody called 'warden-1'" in printed.refused("/jag me", person="warden-1")
    printed.answered(gone.asks[0].asks)
    assert facts(printed.answered("/jag me", person="warden-1"))["Agency"] == "Dacorum Borough Council"


def test_a_handle_is_one_person_s(printed):
    assert printed.refused("/jag add a@example.org as coordinator") == "There is a coordinator already. Choose another handle."


def test_somebody_with_a_seat_or_a_priority_stays(printed):
    assert "cannot be removed" in printed.refused("/jag remove burglary-lead")
    assert "keeps this partnership" in printed.refused("/jag remove coordinator")


def test_a_priority_is_given_a_lead_and_the_one_before_can_be_had_back(printed):
    reply = printed.answered("/jag lead house burglary fire-officer deputy analyst")
    assert reply.summary == "fire-officer leads Dwelling Burglary, with analyst as deputy."
    assert facts(printed.answered("/priority burglary"))["Lead"] == "fire-officer (deputy analyst)"
    assert printed.says(reply.asks[0].asks).startswith("burglary-lead leads Dwelling Burglary")


@pytest.mark.parametrize("line", ["/jag add a@example.org as b", "/jag remove analyst", "/jag lead asb analyst", "/jag confirm U1"])
def test_these_are_the_coordinator_s_alone(printed, line):
    assert "you would need to be one of: coordinator" in printed.refused(line, person="asb-lead")


@pytest.mark.parametrize("line", ["/jag add sam", "/jag add", "/jag lead nonsense analyst", "/jag lead"])
def test_what_is_missing_is_asked_for_with_an_example(printed, line):
    assert "Expected" in printed.refused(line)
    assert "such as: /jag" in printed.refused(line) or "/jag add sam@" in printed.refused(line)
