"""Who may ask what: one table, looked at in one place before a command runs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import Refusal
from models.groups import Membership
from models.people import Person
from models.priorities import Priority

# What a command needs, and who has it. "member" is anybody who is a person of the partnership.
TABLE: dict[str, frozenset[str]] = {
    "see figures": frozenset({"member"}),
    "teach words": frozenset({"coordinator", "analyst", "chair", "lead"}),
    "load figures": frozenset({"coordinator", "analyst"}),
    "see actions": frozenset({"member"}),
    "load actions": frozenset({"coordinator"}),
    "load meetings": frozenset({"coordinator"}),
    "confirm people": frozenset({"coordinator"}),
    "look after the bot": frozenset({"coordinator"}),
    "see meetings": frozenset({"member"}),
}


def parts_of(person: Person, session: Session) -> set[str]:
    """The parts a person plays: member, coordinator, analyst, chair (or deputy chair), lead (or deputy)."""
    seats = set(session.scalars(select(Membership.seat).where(Membership.person_id == person.id)))
    leads = session.scalar(select(Priority.id).where((Priority.lead_id == person.id) | (Priority.deputy_id == person.id)).limit(1))
    parts = {"member"}
    parts |= {"coordinator"} if person.administrator or "coordinator" in seats else set()
    parts |= {"chair"} if seats & {"chair", "deputy"} else set()
    parts |= {"lead"} if leads else set()
    return parts | ({"analyst"} if person.handle == "analyst" else set())


def may(person: Person, needs: str, session: Session) -> bool:
    """Whether a person may do what `needs` names."""
    allowed = TABLE[needs]
    return "member" in allowed or bool(allowed & parts_of(person, session))


def must(person: Person, needs: str, session: Session) -> None:
    """Refuse, saying who may, unless this person may."""
    if not may(person, needs, session):
        who = ", ".join(sorted(TABLE[needs]))
        raise Refusal(f"To {needs} you would need to be one of: {who}. Ask the coordinator.")


THE_COORDINATOR_S = ("/jag add", "/jag seat")  # lines that mend a refusal, for who may ask them


def pressable(asks: Iterable[tuple[str, str]], person: Person, session: Session) -> list[tuple[str, str]]:
    """The buttons of a refusal, (label, line), without those that this person would be refused."""
    offered = list(asks)
    if not any(line.startswith(THE_COORDINATOR_S) for _, line in offered):
        return offered
    with session.no_autoflush:
        every = may(person, "confirm people", session)
    return [each for each in offered if every or not each[1].startswith(THE_COORDINATOR_S)]


# What may be done with an action, and by whom: the parts somebody plays towards it. Whoever plays several has the most of them.

Allowed = Literal["yes", "propose", "no"]
YES: Allowed = "yes"
PROPOSE: Allowed = "propose"
NO: Allowed = "no"
ACTIONS: dict[str, dict[str, Allowed]] = {
    "see": {"member": YES, "coordinator": YES},
    "add": {"lead": YES, "chair": YES, "coordinator": YES, "member": YES},
    "update": {"owner": YES, "stand-in": YES, "lead": YES, "chair": YES, "coordinator": YES},
    "update for somebody": {"stand-in": YES, "coordinator": YES},  # who stands in says it for the owner, who is away
    "change": {"owner": PROPOSE, "lead": YES, "chair": YES, "coordinator": YES},  # assign, set the date, reopen, withdraw
    "close": {"chair": YES, "coordinator": YES},
    "hand on": {"member": PROPOSE, "lead": YES, "chair": YES, "coordinator": YES},  # escalate, refer
}

# What may be done with a group's meetings, by the parts somebody plays on that group.
MEETINGS: dict[str, dict[str, Allowed]] = {
    "see meetings": {"member": YES, "coordinator": YES},
    "arrange meetings": {"chair": YES, "coordinator": YES},  # add, move, cancel, restore; place, cadence, lead times
    "review agendas": {"chair": YES, "coordinator": YES},  # approve, hold, post, set the template, write any lead's word
    "suggest items": {"member": YES, "coordinator": YES},
    "keep minutes": {"chair": YES, "coordinator": YES},  # open and close a meeting, record it, write in its minutes, have them agreed
    "say who comes": {"chair": YES, "coordinator": YES},  # of others; everybody says it of themselves
}


def allowed(right: str, parts: set[str]) -> Allowed:
    """What the parts somebody plays towards an action, or on a group, let them do: yes, propose or no."""
    given = {(ACTIONS | MEETINGS)[right].get(part, NO) for part in parts}
    return YES if YES in given else PROPOSE if PROPOSE in given else NO
