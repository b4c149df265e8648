"""Asking the silent once more, for the meeting whose answers are gathered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings.responding import board_of, day_of, gathers, may_nudge, meant, plan, why_none
from commands.meetings.told import discreetly
from commands.meetings.which import Found
from commands.plan.mentions import PERSON
from commands.plan.sight import Sight
from commands.reply import Reply, counted, press
from commands.words import lasting, listed
from models.asking_again import nudge as ask_again
from models.base import Refusal
from models.dates import said
from models.envelopes import has_had, put_off_until
from models.groups import Group
from models.people import Person
from models.responses import Board

WHOM = re.compile(r"\b(?:all(?: of (?:them|us))?|every(?:body|one)|(?:the )?(?:silent|others|owners)|again|once more|please)\b", re.I)


def nudge(enquiry: Enquiry, session: Session) -> Reply:
    """`nudge jag`, `nudge jag 10 Sep @fire-officer`: ask the silent once more. Nobody gets more than one such message a day."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    group, wanted_for = meant(WHOM.sub(" ", PERSON.sub(" ", words)), sight, f"nudge {{meeting}} {' '.join(PERSON.findall(words))}".rstrip())
    found = board_of(group, sight)
    if wanted_for and not gathers(found, wanted_for):
        raise _nothing_to_nudge_for(wanted_for, found, sight)
    if found is None or found.asked.meeting.begins <= enquiry.at:
        raise Refusal(f"Nobody is asked for a meeting of {group.name} at the moment. Nothing was sent.", *plan(group))
    handles = {handle.lower().lstrip("@") for handle in PERSON.findall(words)}
    wanted = [
        each
        for each in may_nudge(found, group, sight)
        if not handles or {each.action.owner.handle, each.of.handle if each.of else ""} & handles
    ]
    silent = {each.of.id: each.of for each in wanted if each.of}
    people = [person for person in silent.values() if person.id != sight.person.id]
    if not people:
        raise _nobody_to_nudge(group, silent)
    return _nudged(people, found, group, sight)


def _nudged(people: Sequence[Person], found: Board, group: Group, sight: Sight) -> Reply:
    today = [person for person in people if has_had(person, sight.today, sight.session)]
    others = [person for person in people if person not in today]
    times = {person: ask_again(person, found.asked.meeting, sight.enquiry.at, sight.session) for person in others}
    later = [f"{person.handle} on {at:%A} at {at:%H:%M}{_why_later(person, sight)}" for person, at in times.items() if at > sight.now]
    at_once = [person.handle for person, at in times.items() if at <= sight.now]
    sent, to_come = f"{counted(len(at_once), 'nudge')} sent", f"{counted(len(later), 'nudge')} to come"
    title = sent if at_once else to_come if later else "Nobody was nudged"
    return Reply(
        title,
        f"Nudged: {listed(at_once)}." if at_once else None,
        f"Not now: {listed(later)}." if later else None,
        f"Had today's message already: {listed([person.handle for person in today])}. One a day is enough." if today else None,
        press(("Responses", f"/meeting responses {group.key}")),
        summary=title,
        refused=not others,
    )


def _nobody_to_nudge(group: Group, silent: Mapping[int, Person]) -> Refusal:
    """That nobody else is silent: nobody nudges themselves."""
    responses = ("Responses", f"/meeting responses {group.key}")
    if silent:
        return Refusal("Of those whom you may nudge only you are silent. Nothing was sent.", ("My actions", "/action list mine"), responses)
    return Refusal("Nobody is silent there who can be written to, and whom you may nudge.", responses)


def _why_later(person: Person, sight: Sight) -> str:
    """Why a nudge waits: ", as they asked", ", in working hours"."""
    until = put_off_until(person, sight.session)
    return ", as they asked to be reminded then" if until and until > sight.enquiry.at else ", in working hours"


def _nothing_to_nudge_for(wanted: Found, found: Board | None, sight: Sight) -> Refusal:
    """That it is another meeting whose answers are gathered, or that none are yet."""
    asks = plan(wanted.group)
    if found and found.asked.meeting.begins > sight.enquiry.at:
        asks.insert(0, (f"Responses for {said(day_of(found.asked.meeting.begins, sight))}", f"/meeting responses {wanted.group.key}"))
    return Refusal(f"{why_none(wanted, sight)} Nothing was sent.", *asks, discreet=discreetly(wanted.group, "looked at"))
