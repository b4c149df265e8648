"""What the chair and the coordinator decide of a draft: it goes out as it is, it waits, or it goes out now."""

from __future__ import annotations

import re

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.agendas.brought_in import brought_in
from commands.agendas.posting import POST
from commands.agendas.showing import state
from commands.agendas.suggesting import taken
from commands.agendas.which import Wanted, discreetly
from commands.plan.kept import look_for_a_person
from commands.plan.recording import as_typed
from commands.plan.sight import Sight
from commands.reply import Reply, press
from commands.words import lasting
from models.agendas import APPROVED, HELD, POSTED, Agenda
from models.base import Refusal
from models.notices import FAILED, SKIPPED, WAITING, Notice

BECAUSE = re.compile(r"^[\s:,;–-]*(?:(?:because|as|since|for|until)\b[\s:,]*)?", re.I)


def approve(enquiry: Enquiry, session: Session) -> Reply:
    """`approve jag`: what people wrote goes out with it."""
    wanted = Wanted.to("approve", lasting(enquiry.words), Sight.of(enquiry, session))
    wanted.must_review("approve its agenda")
    _must_be_to_come(wanted)
    agenda = wanted.agenda()
    if not wanted.again().sitting().withholds:
        _must_not_be_posted(agenda, wanted)
    with brought_in(wanted, "Words and items now approved"):
        _approved(agenda, wanted)
    return _said("Approved", wanted, ("Hold", "hold"), ("Post now", "post"))


def hold(enquiry: Enquiry, session: Session) -> Reply:
    """`hold jag because …`: it does not go out until somebody posts it."""
    sight = Sight.of(enquiry, session)
    look_for_a_person(as_typed(enquiry), sight)
    wanted = Wanted.to("hold", lasting(enquiry.words), sight, why=True)
    wanted.must_review("hold its agenda")
    _must_be_to_come(wanted)
    agenda = wanted.agenda()
    _must_not_be_posted(agenda, wanted)
    agenda.state, agenda.by, agenda.at = HELD, sight.person, enquiry.at
    agenda.reason = BECAUSE.sub("", wanted.words, count=1).strip()
    session.flush()
    return _said("Held", wanted, ("Approve", "approve"), ("Post now", "post"))


def post(enquiry: Enquiry, session: Session) -> Reply:
    """`post jag`: approved, and posted in the group's channel now."""
    wanted = Wanted.to("post", lasting(enquiry.words), Sight.of(enquiry, session))
    wanted.must_review("post its agenda")
    _must_be_to_come(wanted)
    if not wanted.group.channel:
        raise Refusal(f"{wanted.group.name} has no channel to post in. Have it as a file: /agenda export {wanted.line}")
    agenda = wanted.agenda()
    _must_not_be_posted(agenda, wanted)
    _approved(agenda, wanted)
    _send_now(agenda, wanted)
    title = f"The agenda of {wanted.name} is on its way to {wanted.group.channel}"
    return Reply(title, press(("The agenda", f"/agenda {wanted.line}")), summary=discreetly(wanted.group, "agenda") or title)


def _approved(agenda: Agenda, wanted: Wanted) -> None:
    """Everything written so far has been looked at."""
    sight = wanted.sight
    agenda.state = POSTED if agenda.state == POSTED else APPROVED
    agenda.by, agenda.at, agenda.reason = sight.person, sight.enquiry.at, ""
    agenda.texts = {name: {**text, "reviewed": True} for name, text in agenda.texts.items()}
    taken(agenda, sight.session)
    sight.session.flush()


def _send_now(agenda: Agenda, wanted: Wanted) -> None:
    """Its envelope, due now; one that was put off while it was held goes after all."""
    at, session = wanted.sight.enquiry.at, wanted.sight.session
    notice = Notice.to_channel(wanted.group.channel, POST, f"{POST} {agenda.meeting_id}", at, session)
    session.refresh(notice, with_for_update={"of": Notice})
    if notice.state in (SKIPPED, FAILED):  # what is being sent just now is left alone
        notice.state, notice.next_at, notice.body, notice.error = WAITING, at, None, ""
    session.flush()


def _must_be_to_come(wanted: Wanted) -> None:
    if wanted.occurrence.cancelled:
        restore = f"/meeting restore {wanted.line}"
        raise Refusal(
            f"The meeting of {wanted.name} is cancelled. Nothing was changed. If it is held after all: {restore}", ("Restore", restore)
        )
    if wanted.occurrence.ends <= wanted.sight.now:
        raise Refusal(f"The meeting of {wanted.name} is over. Nothing was changed.", ("The agenda", f"/agenda {wanted.line}"))


def _must_not_be_posted(agenda: Agenda, wanted: Wanted) -> None:
    if agenda.state == POSTED:
        at = agenda.posted_at.astimezone(wanted.sight.now.tzinfo) if agenda.posted_at else None
        when = f" on {at:%A %-d %B at %H:%M}" if at else ""
        raise Refusal(
            f"The agenda of {wanted.name} was posted{when}. What changes now is said in its thread.",
            ("The agenda", f"/agenda {wanted.line}"),
        )


def _said(did: str, wanted: Wanted, *asks: tuple[str, str]) -> Reply:
    wanted = wanted.again()
    title = f"{did}: the agenda of {wanted.name}"
    buttons = [(label, f"/agenda {verb} {wanted.line}") for label, verb in asks]
    posted = (sitting := wanted.sitting()).agenda is not None and sitting.agenda is not None and sitting.agenda.state == POSTED
    return Reply(
        title,
        state(sitting),
        press(*([] if posted else buttons), ("Edit…", f"/agenda edit {wanted.group.key}"), ("The agenda", f"/agenda {wanted.line}")),
        summary=discreetly(wanted.group, "agenda") or title,
    )
