"""News of actions: one at a time, or many settled in one line."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.adding import as_typed
from commands.plan.kept import PERSONAL, Doubt, kept_asks
from commands.plan.naming import accountable
from commands.plan.recording import Recording
from commands.plan.refs import Ref
from commands.plan.saying import Item, News, items, on_behalf, read_news
from commands.plan.sight import Sight, Which, discreet
from commands.plan.taking_news import Said, Settled, must_take_news, settle
from commands.plan.told import as_facts, rag_said, status_said, undo_of
from commands.plan.when import due_beginning, read_due
from commands.reply import Facts, Field, Form, Note, Reply, Table, counted, press
from commands.words import lasting
from models.actions import AT_RISK, BLOCKED, DONE, FINISHED, NOT_REPORTED, ON_TRACK, STATUSES, Action
from models.base import Refusal
from models.people import Person

NO_CHANGE = "no change"
MANY = 100  # actions settled in one line
WAYS = ((ON_TRACK, "On track"), (AT_RISK, "At risk"), (BLOCKED, "Blocked"), (DONE, "Done"), (NO_CHANGE, "No change"))


@dataclass
class NotSaved:
    """A stretch of a line that was not carried out: as typed, why, and what would mend it."""

    typed: str
    why: str
    asks: Sequence[tuple[str, str]] = ()


def update(enquiry: Enquiry, session: Session) -> Reply:
    """Take news of one action or of many: `4 at risk: contractor delayed`, `3 done, 5 waiting on highways, rest no change`."""
    sight = Sight.of(enquiry, session)
    line, speaker = on_behalf(lasting(enquiry.words))
    for_ = accountable(speaker, session, lambda name: f"/action update {line} for @{name}") if speaker else None
    found = items(line, lambda ref: _known(ref, sight))
    if enquiry.fields:
        return _from_form(found, for_, sight)
    one = found[0] if len(found) == 1 and not found[0].rest and len(found[0].refs) == 1 else None
    if not found or (one and not one.words):
        return _ask(one, sight)
    return _one(one, for_, sight) if one else _many(found, for_, sight)


def done(enquiry: Enquiry, session: Session) -> Reply:
    """`done 4 gates fitted`, `done 4 and 5`: the words may be left out."""
    sight = Sight.of(enquiry, session)
    line, speaker = on_behalf(lasting(enquiry.words))
    said = [
        f"{' and '.join(ref.typed for ref in each.refs)} done: {each.words}".removesuffix(": ")
        for each in items(line, lambda ref: _known(ref, sight))
        if each.refs
    ]
    whose = f" for @{speaker}" if speaker else ""
    return update(replace(enquiry, words=f"{', '.join(said)}{whose}" if said else enquiry.words, fields={}), session)


def _known(ref: Ref, sight: Sight) -> bool:
    """Whether a number could be an action of theirs: of their groups, and not finished."""
    query = select(Action.id).where(Action.group_id.in_(sight.group_ids), Action.number == ref.number, Action.status.not_in(FINISHED))
    return sight.session.scalar(query.limit(1)) is not None


def _read(words: str, typed: str, for_: Person | None, action: Action, sight: Sight) -> Said:
    """What a line says of an action."""
    news = read_news(words)
    later = due_beginning(news.later, action.group, sight) if news.later else None
    return Said(news, typed, for_, later[0] if later else None)


def _from_form(found: Sequence[Item], for_: Person | None, sight: Sight) -> Reply:
    """A form's answers are values: they are not read as a line."""
    refs = [ref for item in found for ref in item.refs]
    if not refs:
        raise Refusal("Which action? Such as: /action update 4")
    fields = sight.enquiry.fields
    action = sight.action(refs[0], writing=True)
    way, words = fields.get("status", ""), lasting(fields.get("said", ""))
    news = News(words, way if way in STATUSES else None, same=way == NO_CHANGE)
    due = lasting(fields.get("due", ""))
    said = Said(news, as_typed(sight.enquiry), for_, read_due(due, action.group, sight) if due else None)
    return _settled_one(action, said, sight)


def _one(item: Item, for_: Person | None, sight: Sight) -> Reply:
    action = sight.action(item.refs[0], writing=True)
    return _settled_one(action, _read(item.words, as_typed(sight.enquiry), for_, action, sight), sight)


def _settled_one(action: Action, said: Said, sight: Sight) -> Reply:
    settled = settle(action, said, Recording(sight.enquiry, sight.session, said.typed), sight)
    ways = [(label, f"/action update {action.ref} {way}") for way, label in WAYS[:3]] if action.status == NOT_REPORTED else []
    return Reply(
        f"{action.ref}: {settled.did}",
        Facts(as_facts(action, sight)),
        Note(f"{said.for_.handle}'s word, entered by {sight.person.handle}.") if said.for_ else None,
        press(*undo_of(action), *ways, ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or f"{action.ref}: {settled.did}",
        tells=settled.tells,
    )


@dataclass(frozen=True)
class Part:
    """What a line says of one action: its words, and they with the reference as typed."""

    action: Action
    words: str
    typed: str


def _many(found: Sequence[Item], for_: Person | None, sight: Sight) -> Reply:
    """Settle each; what cannot be is said, and does not hold up the others."""
    recording = Recording(sight.enquiry, sight.session, "", settled=secrets.token_hex(4))
    settled: list[Settled] = []
    not_saved: list[NotSaved] = []
    for part in _parts(found, for_, sight, not_saved):
        try:
            settled.append(settle(part.action, _read(part.words, part.typed, for_, part.action, sight), recording, sight))
        except Refusal as refusal:
            not_saved.append(NotSaved(part.typed, refusal.words, refusal.asks))
        except Doubt as doubt:
            again = f"update {part.action.ref} {part.words}" + (f" for @{for_.handle}" if for_ else "")
            typed = part.action.ref if doubt.kind == PERSONAL else part.typed
            not_saved.append(NotSaved(typed, doubt.words, kept_asks(doubt, sight.enquiry_of(again), sight.session)))
    if not settled and not not_saved:
        raise Refusal("You have no open actions. See what there is: /action list", ("Open actions", "/action list"))
    return _read_back(settled, not_saved, sight, recording)


def _parts(found: Sequence[Item], for_: Person | None, sight: Sight, not_saved: list[NotSaved]) -> list[Part]:
    """What is said of every action named, and of the rest of the owner's; what isn't there is noted."""
    parts = [part for item in found for ref in item.refs for part in _part(ref, item, sight, not_saved)]
    taken = {part.action.id for part in parts}
    for item in found:
        if item.rest and (left_out := _left_out(item, sight, not_saved)) is not None:
            rest = [each for each in _open_of(for_ or sight.person, sight) if each.id not in taken | left_out]
            parts += [Part(each, item.words, item.typed) for each in rest]
    if len(parts) > MANY:
        raise Refusal(f"That would settle {len(parts)} actions. I settle up to {MANY} in one line; nothing was saved.")
    return parts


def _part(ref: Ref, item: Item, sight: Sight, not_saved: list[NotSaved]) -> list[Part]:
    """What is said of the action of a reference; nothing where it isn't there, or is one of several."""
    typed = item.typed_of(ref)
    try:
        return [Part(sight.action(ref, writing=True), item.words, typed)]
    except Which as which:
        asks = which.asked_again(f"update {ref.typed} {item.words}").asks
        not_saved.append(NotSaved(typed, which.words, asks))
    except Refusal as refusal:
        not_saved.append(NotSaved(typed, refusal.words))
    return []


def _left_out(item: Item, sight: Sight, not_saved: list[NotSaved]) -> set[int] | None:
    """The actions that "all but 5" leaves out; None where it cannot be told which those are, and so nothing is settled."""
    try:
        return {sight.action(ref).id for ref in item.but}
    except Refusal as refusal:
        not_saved.append(NotSaved(item.typed, refusal.words))
        return None


def _open_of(owner: Person, sight: Sight) -> list[Action]:
    """An owner's open actions, what is due first first."""
    query = select(Action).where(Action.owner_id == owner.id, Action.open, Action.group_id.in_(sight.group_ids))
    return list(sight.session.scalars(query.order_by(Action.due_sort, Action.id)))


def _read_back(settled: Sequence[Settled], not_saved: Sequence[NotSaved], sight: Sight, recording: Recording) -> Reply:
    """Everything that was settled, a line each, and what was not, with what would mend it."""
    actions = [each.action for each in settled]
    rows = [[each.action.ref, each.action.wording, each.did, rag_said(each.action, sight), each.action.latest] for each in settled]
    changed = list(dict.fromkeys(change.action for change in recording.made))
    title = f"{counted(len(changed), 'action')} settled" if changed else "Nothing was saved" if not_saved else "Nothing was changed"
    undo_all = [("Undo all", f"/action undo all ~{recording.settled}")] if len(changed) > 1 else []
    return Reply(
        title,
        Table(["Ref", "Action", "Settled as", "RAG", "Latest"], rows) if rows else None,
        *(f"Not saved: “{each.typed}”. {each.why}" for each in not_saved),
        press(*undo_of(*changed), *undo_all, *(ask for each in not_saved for ask in each.asks)),
        summary=discreet(actions) or f"{title}." + (f" {len(not_saved)} not saved." if not_saved else ""),
        refused=not settled,
        tells=[tell for each in settled for tell in each.tells],
    )


def _ask(one: Item | None, sight: Sight) -> Reply:
    """Ask what the news is: of the action named, or of all that are mine."""
    if one:
        action = sight.action(one.refs[0])
        must_take_news(action, None, sight)
        return news_form(action, sight)
    if sight.enquiry.words.strip():
        raise Refusal(
            "Which action is that the news of? Such as: /action update 4 at risk: contractor delayed", ("Mine", "/action list mine")
        )
    mine = _open_of(sight.person, sight)
    if len(mine) == 1:
        return news_form(mine[0], sight)
    if not mine:
        raise Refusal("You have no open actions. See what there is: /action list", ("Open actions", "/action list"))
    from commands.plan.listing import list_

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
