"""How many responsible authorities sit at a meeting, and whether that is its quorum."""

from __future__ import annotations

from commands.reply import counted
from commands.words import listed
from models.meetings import CLOSED, PRESENT, Attendance, Meeting
from models.partnership import Agency

STATUTORY = "statutory"


def authorities_said(number: int) -> str:
    """ "1 responsible authority", "3 responsible authorities"."""
    return counted(number, "responsible authority", "responsible authorities")


def authorities(meeting: Meeting) -> list[str]:
    """The responsible authorities that are present, by name. Who stands in for somebody sits for their own agency, or else for theirs."""
    present = (_agency(each) for each in meeting.attendance if each.kind == PRESENT)
    return sorted({agency.name for agency in present if agency is not None and agency.kind == STATUTORY})


def quorate(meeting: Meeting) -> bool:
    """Whether enough of them are; always so where no quorum is set."""
    return len(authorities(meeting)) >= meeting.group.quorum


def quorum_said(meeting: Meeting) -> str:
    """ "3 responsible authorities (…), the quorum being 3: quorate", "…: held inquorate"; never forbidden, and always recorded."""
    short = "held inquorate" if meeting.state == CLOSED else "not quorate so far"
    names, wanted = authorities(meeting), meeting.group.quorum
    said = authorities_said(len(names)) + (f" ({listed(names)})" if names else "")
    if not wanted:
        return f"{said}; no quorum is set."
    return f"{said}, the quorum being {wanted}: {'quorate' if quorate(meeting) else short}."


def _agency(each: Attendance) -> Agency | None:
    own = each.person.agency if each.person else None
    return own or (each.for_.agency if each.for_ else None)
