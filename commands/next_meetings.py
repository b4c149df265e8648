"""What is asked besides figures and actions: when we meet, the agenda that isn't there yet, and thanks."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from commands import Does, Enquiry
from commands.plan.sight import Sight
from commands.reply import Facts, Reply, counted, press
from models.calendar import Calendar
from models.groups import Group

ASKED_NOW = (
    ("Due before the meeting", "/action list due before the meeting"),
    ("Overdue", "/action list overdue"),
    ("Done, to agree", "/action list done"),
)


def meetings(enquiry: Enquiry, session: Session) -> Reply:
    """When each of my groups meets next."""
    sight = Sight.of(enquiry, session)
    mine = [group for group in sight.groups if sight.seats[group.id]]
    if not mine:
        return Reply("Next meetings", "You sit on no group whose meetings I can tell you. Ask the coordinator for a seat.")
    dates = [(group.name, next_of(group, sight) or "no date is known") for group in mine]
    private = any(group.private for group in mine)
    said = "; ".join(f"{name}: {when}" for name, when in dates)
    return Reply(
        "Next meetings",
        Facts(dates),
        press(*ASKED_NOW),
        summary=f"Next meetings of {counted(len(mine), 'group')}." if private else f"{said}.",
    )


def next_of(group: Group, sight: Sight) -> str:
    """ "Tuesday 10 September 2013 at 10:00, #jag"; empty where no date is known."""
    coming = Calendar.of_all([group], sight.now, sight.session)[group.id].next(sight.now)
    at = coming.begins if coming else None
    return f"{at:%A %-d %B %Y} at {at:%H:%M}{f', {group.channel}' if group.channel else ''}" if at else ""


def agenda(_enquiry: Enquiry, _session: Session) -> Reply:
    """That there is none, and what can be asked."""
    said = "I cannot make agendas or minutes yet. I can list what is due before the meeting, what is overdue and what is done."
    return Reply("No agenda yet", said, press(*ASKED_NOW, ("Next meetings", "/jag meetings")), summary=said)


def thanks(_enquiry: Enquiry, _session: Session) -> Reply:
    """A friendly word."""
    return Reply("Glad to help", "Ask me anything else, or say help to see what I answer.")


ANSWERED: Mapping[str, Does] = {"meetings": meetings, "agenda": agenda, "thanks": thanks}
