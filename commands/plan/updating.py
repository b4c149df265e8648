"""News of actions: one at a time, or many settled in one line."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.permissions import NO, YES
from commands.plan.adding import as_typed
from commands.plan.kept import Doubt, look_for_a_person
from commands.plan.proposing import due_values, propose
from commands.plan.recording import Recording
from commands.plan.refs import Ref
from commands.plan.saying import Item, News, items, on_behalf, read_news
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, rag_said, status_said, undo_of
from commands.plan.when import due_beginning
from commands.reply import Facts, Field, Form, Note, Reply, Table, Tell, counted, press
from commands.words import lasting
from models.actions import AT_RISK, BLOCKED, DONE, FINISHED, ON_TRACK, Action
from models.base import Refusal
from models.due import Due
from models.people import Person

MANY = 100  # actions settled in one line
WAYS = ((ON_TRACK, "On track"), (AT_RISK, "At risk"), (BLOCKED, "Blocked"), (DONE, "Done"), ("no change", "No change"))


@dataclass
class Settled:
    """What came of one action: as it is now, or why not."""

    action: Action
    did: str
    tells: list[Tell] = field(default_factory=list)


def update(enquiry: Enquiry, session: Session) -> Reply:
    """Take news of one action or of many: `4 at risk: contractor delayed`, `3 done, 5 waiting on highways, rest no change`."""
    sight = Sight.of(enquiry, session)
    line, speaker = on_behalf(_line(enquiry))
    found = items(line, lambda ref: _known(ref, sight))
    if not found or (len(found) == 1 and not found[0].words and not found[0].rest):
        return _ask(found[0].refs if found else (), sight)
    for_ = Person.named(speaker, session) if speaker else None
    if len(found) == 1 and len(found[0].refs) == 1:
        return _one(found[0], for_, sight)
    return _many(found, for_, sight)


def done(enquiry: Enquiry, session: Session) -> Reply:
    """`done 4 gates fitted`: the words may be left out."""
    line = _line(enquiry)
    begun = Ref.at_start(line)
    if not begun:
        return update(replace(enquiry, words=line), session)
    sight = Sight.of(enquiry, session)
    stretches = items(line, lambda ref: _known(ref, sight))
    said = ", ".join(f"{' and '.join(ref.typed for ref in each.refs)} done {each.words}".strip() for each in stretches if each.refs)
    return update(replace(enquiry, words=said, fields={}), session)


def _line(enquiry: Enquiry) -> str:
    """The line, a form's answers put behind its reference."""
    line = lasting(enquiry.words)
    said = lasting(enquiry.fields.get("said", ""))
    status = enquiry.fields.get("status", "")
    later = enquiry.fields.get("due", "").strip()
    asks = f" New date {later}." if later else ""
    return f"{line} {status}: {said}{asks}".strip() if enquiry.fields else line


def _known(ref: Ref, sight: Sight) -> bool:
    """Whether a number could be an action of theirs: of their groups, and not finished."""
    query = select(Action.id).where(Action.group_id.in_(sight.group_ids), Action.number == ref.number, Action.status.not_in(FINISHED))
    return sight.session.scalar(query.limit(1)) is not None


def _one(item: Item, for_: Person | None, sight: Sight) -> Reply:
    action = sight.action(item.refs[0], writing=True)
    settled = _settle(action, item.words, for_, Recording(sight.enquiry, sight.session, as_typed(sight.enquiry)), sight)
    ways = [(label, f"/action update {action.ref} {way}") for way, label in WAYS[:3]] if action.status == "not reported" else []
    return Reply(
        f"{action.ref}: {settled.did}",
        Facts(as_facts(action, sight)),
        Note(f"{for_.handle}'s word, entered by {sight.person.handle}.") if for_ else None,
        press(*undo_of(action), *ways, ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or f"{action.ref}: {settled.did}",
        tells=settled.tells,
    )


def _many(found: list[Item], for_: Person | None, sight: Sight) -> Reply:
    """Settle each; what cannot be is said, and does not hold up the others."""
    recording = Recording(sight.enquiry, sight.session, as_typed(sight.enquiry), settled=secrets.token_hex(4))
    settled: list[Settled] = []
    not_saved: list[tuple[str, str]] = []
    for typed, action, words in _each(found, for_, sight, not_saved):
        try:
            settled.append(_settle(action, words, for_, recording, sight))
        except Refusal as refusal:
            not_saved.append((typed, refusal.words))
        except Doubt as doubt:
            not_saved.append((action.ref, doubt.words))
    if not settled and not not_saved:
        raise Refusal(
            "You have no open actions. Add one with /action add, or see what there is: /action list", ("Open actions", "/action list")
        )
    return _read_back(settled, not_saved, sight)


def _each(found: list[Item], for_: Person | None, sight: Sight, not_saved: list[tuple[str, str]]) -> list[tuple[str, Action, str]]:
    """(as typed, action, words) of every action named, and of the rest of the owner's; what isn't there is noted."""
    pairs: list[tuple[str, Action, str]] = []
    for item in found:
        for ref in item.refs:
            try:
                pairs.append((ref.typed, sight.action(ref, writing=True), item.words))
            except Refusal as refusal:
                not_saved.append((ref.typed, refusal.words))
    named = {action.id for _, action, _ in pairs}
    for item in found:
        if item.rest:
            pairs += [(each.ref, each, item.words) for each in _open_of(for_ or sight.person, sight) if each.id not in named]
    if len(pairs) > MANY:
        raise Refusal(f"That would settle {len(pairs)} actions. I settle up to {MANY} in one line; nothing was saved.")
    return pairs


def _open_of(owner: Person, sight: Sight) -> list[Action]:
    """An owner's open actions, what is due first first."""
    query = select(Action).where(Action.owner_id == owner.id, Action.open, Action.group_id.in_(sight.group_ids))
    return list(sight.session.scalars(query.order_by(Action.due_sort, Action.id)))


def _settle(action: Action, words: str, for_: Person | None, recording: Recording, sight: Sight) -> Settled:
    """Look at every rule, then write down the news of one action."""
    _must(action, for_, sight)
    news = read_news(words)
    look_for_a_person(news.said, sight)
    later = due_beginning(news.later, action.group, sight) if news.later else None
    due = later[0] if later and later[0] != action.due else None
    if not (news.status or news.same or news.said):
        raise Refusal(f"What is the news of {action.ref}? Such as: /action update {action.ref} at risk: contractor delayed", field="said")
    if action.status == DONE and news.status in (ON_TRACK, AT_RISK, BLOCKED):
        raise Refusal(
            f"{action.ref} is done, for {action.group.name} to agree. To open it again: /action reopen {action.ref}",
            ("Reopen", f"/action reopen {action.ref} {news.said}".strip()),
            discreet=discreet([action]),
        )
    if news.status == action.status and not news.said and not for_:
        return Settled(action, f"is {action.status} already; nothing was changed")
    sets = due is not None and for_ is None and sight.may("change", action) == YES
    recording.change(action, _verb(news), lambda: _write(action, news, due if sets else None, due is not None, sight), news.said, for_)
    tells: list[Tell] = []
    if due and not sets:
        tells = propose(action, "due", due_values(due), f"due {due.said(action.group.name)}", recording, sight, for_)
    return Settled(action, _did(action, news, due, sets), tells)


def _must(action: Action, for_: Person | None, sight: Sight) -> None:
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


def _write(action: Action, news: News, due: Due | None, slips: bool, sight: Sight) -> None:
    if news.status:
        action.status = news.status
    elif slips and action.status not in (BLOCKED, DONE):
        action.status = AT_RISK  # it will not be done by the date it has
    if news.said:
        action.latest = news.said
    action.latest_at = sight.enquiry.at
    if due:
        action.due = due


def _verb(news: News) -> str:
    return "no change" if news.same else "done" if news.status == DONE else "update"


def _did(action: Action, news: News, due: Due | None, sets: bool) -> str:
    """What was done, in a line: "at risk", "done, for JAG to agree", "no change"."""
    done = f"done, for {action.group.name} to agree" if news.status == DONE else ""
    said = "no change" if news.same else done or news.status or "update saved"
    later = f"; due {due.said(action.group.name)}" if due and sets else f"; asked for {due.said(action.group.name)}" if due else ""
    return said + later


def _read_back(settled: list[Settled], not_saved: list[tuple[str, str]], sight: Sight) -> Reply:
    """Everything that was settled, a line each, and what was not."""
    actions = [each.action for each in settled]
    rows = [[each.action.ref, each.action.wording, each.did, rag_said(each.action, sight), each.action.latest] for each in settled]
    title = f"{counted(len(settled), 'action')} settled" if settled else "Nothing was saved"
    return Reply(
        title,
        Table(["Ref", "Action", "Settled as", "RAG", "Latest"], rows) if rows else None,
        *(f"Not saved: {typed}. {why}" for typed, why in not_saved),
        press(*undo_of(*actions), *([("Undo all", "/action undo all")] if len(actions) > 1 else [])),
        summary=discreet(actions) or f"{title}." + (f" {len(not_saved)} not saved." if not_saved else ""),
        refused=not settled,
        tells=[tell for each in settled for tell in each.tells],
    )


def _ask(refs: tuple[Ref, ...], sight: Sight) -> Reply:
    """Ask what the news is: of the action named, or of all that are mine."""
    if refs:
        action = sight.action(refs[0])
        _must(action, None, sight)
        return news_form(action, sight)
    mine = _open_of(sight.person, sight)
    if len(mine) == 1:
        return news_form(mine[0], sight)
    from commands.plan.listing import list_

    if not mine:
        raise Refusal(
            "Which action, and what is the news? Such as: /action update 4 at risk: contractor delayed", ("Open actions", "/action list")
        )
    return list_(sight.enquiry_of("mine"), sight.session)


def reworded(ref: Ref, said: str, enquiry: Enquiry, session: Session) -> Reply:
    """The form again, with what was typed in it."""
    sight = Sight.of(enquiry, session)
    return news_form(sight.action(ref), sight, said)


def news_form(action: Action, sight: Sight, said: str = "") -> Reply:
    """A form for the news of one action, prefilled with how it stands."""
    way = action.status if action.status in dict(WAYS) else ON_TRACK
    fields = [
        Field("status", "How it stands", way, WAYS),
        Field("said", "What is the news", said, long=True, optional=True, hint="Gates fitted on Friday, two to go"),
        Field("due", "A new date, if it needs one", optional=True, hint="31 Jan, next JAG"),
    ]
    return Reply(
        f"News of {action.ref}",
        action.wording,
        f"Now {status_said(action, sight)}; due {action.due.said(action.group.name)}.",
        f"Latest: {action.latest}" if action.latest else None,
        Form(f"News of {action.ref}", f"/action update {action.ref}", fields),
        summary=discreet([action]) or f"News of {action.ref}",
    )
