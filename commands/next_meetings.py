"""What is asked besides: the agenda that isn't there yet, and thanks."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from commands import Does, Enquiry
from commands.reply import Reply, press

ASKED_NOW = (
    ("Due before the meeting", "/action list due before the meeting"),
    ("Overdue", "/action list overdue"),
    ("Done, to agree", "/action list done"),
)


def agenda(_enquiry: Enquiry, _session: Session) -> Reply:
    """That there is none, and what can be asked."""
    said = "I cannot make agendas or minutes yet. I can list what is due before the meeting, what is overdue and what is done."
    return Reply("No agenda yet", said, press(*ASKED_NOW, ("Next meetings", "/meeting next")), summary=said)


def thanks(_enquiry: Enquiry, _session: Session) -> Reply:
    """A friendly word."""
    return Reply("Glad to help", "Ask me anything else, or say help to see what I answer.")


ANSWERED: Mapping[str, Does] = {"agenda": agenda, "thanks": thanks}
