"""News taken of one action: who may give it, what it does, and how it is written down."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from commands import Enquiry
from commands.permissions import NO, YES
from commands.plan.agency_words import of_the_owner
from commands.plan.kept import look_for_a_person
from commands.plan.proposing import drop_requests, due_values, propose
from commands.plan.recording import Recording
from commands.plan.saying import News, read_news
from commands.plan.sight import Sight, discreet
from commands.plan.told import late_said
from commands.plan.when import doubt_the_past, due_beginning
from commands.reply import Tell
from models.actions import AT_RISK, BLOCKED, DONE, FINISHED, ON_TRACK, Action
from models.base import Refusal
from models.changes import LATE, Change
from models.due import Due
from models.meetings import Meeting
from models.people import Person

REOPENS = re.compile(r"(?:please\s+)?re-?open(?:ed|ing|s)?\b[\s:,.-]*", re.I)


@dataclass(frozen=True)
class Said:
    """What is said of an action: the news read from it, whose word it is, as typed, and when it will be instead.

    `hoped`: the day it will be done by, where it is earlier than it need be: a new date perhaps, and perhaps not.
    """

    news: News
    typed: str
    for_: Person | None = None
    due: Due | None = None
    hoped: Due | None = None

    def kept(self, enquiry: Enquiry) -> str:
        """The words for the history; none of a button that was pressed, unless it took up words of somebody's own."""
        return self.typed if self.news.said or enquiry.fields or not enquiry.pressed else ""


def said_of(words: str, typed: str, for_: Person | None, action: Action, sight: Sight) -> Said:
    """What a line says of an action."""
    words, for_ = (words, for_) if for_ else of_the_owner(words, action, sight)
    news = read_news(words)
    later, hoped = (due_beginning(each, action.group, sight) if each else None for each in (news.later, news.hoped))
    if hoped and hoped[0].sorts > action.due.sorts and not hoped[0].is_past(sight.today):
        later, hoped = hoped, None
    return Said(news, typed, for_, later[0] if later else None, hoped[0] if hoped else None)


@dataclass
class Settled:
    """What came of one action: as it is now."""

    action: Action
    did: str
    tells: list[Tell] = field(default_factory=list)

    @property
    def title(self) -> str:
        """ "JAG-26-004: at risk", "JAG-26-004 is done already; nothing was changed"."""
        return f"{self.action.ref}{'' if self.did.startswith('is ') else ':'} {self.did}"


def settle(action: Action, said: Said, recording: Recording, sight: Sight) -> Settled:
    """Look at every rule, then write down the news of one action."""
    news, for_ = said.news, said.for_
    if for_ is None and sight.stands_in(action):
        for_ = action.owner
    must_take_news(action, for_, sight)
    look_for_a_person(said.typed, sight)
    due = said.due if said.due != action.due and DONE not in (news.status, action.status) else None
    if due:
        doubt_the_past(due, sight)
    if not (news.status or news.same or news.said):
        raise Refusal(
            f"What is the news of {action.ref}? Such as: /action update {action.ref} at risk: contractor delayed",
            field="said",
            discreet=discreet([action]),
        )
    if action.status == DONE and (news.status in (ON_TRACK, AT_RISK, BLOCKED) or REOPENS.match(news.said)):
        raise Refusal(
            f"{action.ref} is done, for {action.group.name} to agree. To open it again: /action reopen {action.ref}",
            ("Reopen", f"/action reopen {action.ref} {REOPENS.sub('', news.said, count=1)}".strip()),
            discreet=discreet([action]),
        )
    awaited = sight.awaits(action)
    if news.status == action.status and not news.said and not for_ and not due and awaited is None:
        return Settled(action, f"is {action.status} already; nothing was changed")
    typed = said.kept(sight.enquiry)
    sets = due is not None and for_ is None and sight.may("change", action) == YES
    was = action.status
    change = recording.change(action, _verb(news), lambda: _write(action, news, due, sets, sight), news.said, for_, typed)
    if news.status == was:
        change.after = {"status": was, **change.after}  # asked how it stands, they say that it stands as before
    late = _late(awaited, change, sight)
    tells: list[Tell] = []
    if news.status == DONE:
        drop_requests(action, recording, sight, "it is done", ("due",))
    if due and not sets:
        tells = propose(action, "due", due_values(due), f"due {due.said(action.group.name)}", recording, sight, for_, typed)
    at_risk = f"at risk, as a later date is {'set' if sets else 'asked'}" if action.status not in (was, news.status) else ""
    return Settled(action, "; ".join(filter(None, (_did(action, news, due, sets), at_risk, late))), tells)


def _late(awaited: Meeting | None, change: Change, sight: Sight) -> str:
    """Mark an answer that comes after the meeting it was asked for has begun: ", late for JAG of 10 September 2013"."""
    if awaited is None or awaited.begins > sight.enquiry.at:
        return ""
    day = awaited.begins.astimezone(sight.now.tzinfo).date()
    change.after = {**change.after, LATE: day.isoformat()}
    return late_said(awaited.group.name, day)


def must_take_news(action: Action, for_: Person | None, sight: Sight) -> None:
    """Refuse who may not, and what is finished."""
    if action.status in FINISHED:
        when = f" on {Due('date', action.closed_on).said()}" if action.closed_on else ""
        raise Refusal(
            f"{action.ref} was {action.status}{when}. To open it again: /action reopen {action.ref}",
            ("Reopen", f"/action reopen {action.ref}"),
            ("Show", f"/action show {action.ref}"),
            discreet=discreet([action]),
        )
    if for_ and sight.may("update for somebody", action) == NO:
        raise Refusal("Only the coordinator enters somebody else's word. Say it as your own, without “for @…”.")
    if for_ and for_.id != action.owner_id and for_.id not in {each.person_id for each in action.supporters}:
        raise Refusal(f"{action.ref} is {action.owner.handle}'s, not {for_.handle}'s. Nothing was saved.", discreet=discreet([action]))
    if sight.may("update", action) == NO:
        raise Refusal(
            f"{action.ref} is {action.owner.handle}'s. Its owner, its priority's lead, the chair or the coordinator gives news of it.",
            discreet=discreet([action]),
        )


def _write(action: Action, news: News, due: Due | None, sets: bool, sight: Sight) -> None:
    if news.status:
        action.status = news.status
    elif due and action.status not in (BLOCKED, DONE) and due.sorts > action.due.sorts:
        action.status = AT_RISK  # it will not be done by the date it has
    action.say(news.said, sight.enquiry.at)
    if due and sets:
        action.due = due


def _verb(news: News) -> str:
    return "no change" if news.same else "done" if news.status == DONE else "update"


def _did(action: Action, news: News, due: Due | None, sets: bool) -> str:
    """What was done, in a line: "at risk", "done, for JAG to agree", "no change"."""
    done = f"done, for {action.group.name} to agree" if news.status == DONE else ""
    said = "no change" if news.same else done or news.status or "update saved"
    later = f"; due {due.said(action.group.name)}" if due and sets else f"; asked for {due.said(action.group.name)}" if due else ""
    read = f"; “{news.read_as[0]}” read as {news.read_as[1]}" if news.read_as else ""
    return said + later + read
