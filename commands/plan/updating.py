"""News of actions: one at a time, or many settled in one line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.agency_words import left_as_words
from commands.plan.excepted import by_reference
from commands.plan.gathered import of_news
from commands.plan.many import settle_many
from commands.plan.naming import accountable
from commands.plan.news_form import NO_CHANGE, WAYS, news_form
from commands.plan.owned import open_of, owns_none
from commands.plan.phrases import LATER_ON
from commands.plan.recording import Recording, as_typed
from commands.plan.refs import Ref
from commands.plan.saying import Item, News, items, on_behalf
from commands.plan.settling import of_one
from commands.plan.sight import Sight, discreet
from commands.plan.signs import signs
from commands.plan.taking_news import Said, must_take_news, said_of, settle
from commands.plan.the_rest import all_first
from commands.plan.told import as_facts, undo_of
from commands.plan.undoable import to_undo
from commands.plan.unnamed import which
from commands.plan.when import read_due
from commands.reply import Facts, Note, Reply, press
from commands.words import lasting
from models.actions import DONE, FINISHED, NOT_REPORTED, STATUSES, Action
from models.base import Refusal
from models.people import Person


def update(enquiry: Enquiry, session: Session) -> Reply:
    """Take news of one action or of many: `4 at risk: contractor delayed`, `3 done, 5 waiting on highways, rest no change`."""
    sight = Sight.of(enquiry, session)
    line, speaker = on_behalf(lasting(enquiry.words))
    line = all_first(line)
    for_ = accountable(speaker, session, lambda name: f"/action update {line} for @{name}") if speaker else None
    found = items(line, lambda ref: _known(ref, sight))
    if enquiry.fields:
        return _from_form(found, for_, sight)
    if (named := by_reference(line, found, for_, sight)) != line:
        words = f"{named} for @{speaker}" if speaker else named
        return update(replace(enquiry, words=words, line=words), session)
    one = found[0] if len(found) == 1 and not found[0].rest and len(found[0].refs) == 1 else None
    if not found or (one and not one.words):
        return _ask(one, for_, sight)
    if one and (asked := signs([one], f" for @{speaker}" if speaker else "")[1]):
        raise Refusal(asked[0].question, *asked[0].asks, discreet="How does it stand?")
    return _one(one, for_, sight) if one else settle_many(found, for_, sight)


def done(enquiry: Enquiry, session: Session) -> Reply:
    """`done 4 gates fitted`, `done 4 and 5`, or `done` alone, of the only one that is mine: the words may be left out."""
    sight = Sight.of(enquiry, session)
    line, speaker = on_behalf(lasting(enquiry.words))
    found = items(line, lambda ref: _known(ref, sight))
    if not (found or enquiry.fields):
        return _done_of_mine(line, speaker, sight)
    said = [_said_done(each) for each in found] if any(each.refs for each in found) else []
    whose = f" for @{speaker}" if speaker else ""
    return update(replace(enquiry, words=f"{', '.join(said)}{whose}" if said else enquiry.words, fields={}), session)


def _done_of_mine(words: str, speaker: str, sight: Sight) -> Reply:
    """That something is done, which is not said to be of an action."""
    said = f"done {words.strip(' .!')}".strip() + (f" for @{speaker}" if speaker else "")
    if said == DONE:
        return _of_mine(DONE, sight)
    raise which(said, sight)


def _said_done(item: Item) -> str:
    """A stretch behind "done", with the status in it. What may be a count stays as it is, to be asked about."""
    if item.rest or item.unsure:
        return item.typed
    refs = " and ".join(ref.typed for ref in item.refs)
    stop = "" if LATER_ON.match(item.words) else ":"  # "done 4 by friday" is not done yet
    return f"{refs} done{stop} {item.words}".rstrip().removesuffix(":")


def _known(ref: Ref, sight: Sight) -> bool:
    """Whether a number could be an action of theirs: of their groups, and not finished."""
    query = select(Action.id).where(Action.group_id.in_(sight.group_ids), Action.number == ref.number, Action.status.not_in(FINISHED))
    if ref.dated:
        query = query.where(Action.ref.endswith(f"-{ref.whole}"))
    return sight.session.scalar(query.limit(1)) is not None


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
    if due and way == DONE:
        raise Refusal("What is done needs no new date. Leave the date out, or say how it stands.", field="due")
    said = Said(news, as_typed(sight.enquiry), for_, read_due(due, action.group, sight) if due else None)
    return _settled_one(action, said, sight)


def _one(item: Item, for_: Person | None, sight: Sight) -> Reply:
    action = of_news(item.refs[0], for_, sight)
    whole = of_one(lasting(sight.enquiry.words))
    typed = whole.typed if whole else as_typed(sight.enquiry)
    return _settled_one(action, said_of(item.words, typed, for_, action, sight), sight)


def _settled_one(action: Action, said: Said, sight: Sight) -> Reply:
    recording = Recording(sight.enquiry, sight.session, said.kept(sight.enquiry))
    settled = settle(action, said, recording, sight)
    undo = undo_of(action) if recording.made else to_undo(action, sight)
    open_still = said.news.not_done and action.open
    asks_how = action.status == NOT_REPORTED or open_still
    ways = [(label, f"/action update {action.ref} {way}") for way, label in WAYS[:3]] if asks_how else []
    if said.hoped and action.open and said.hoped.kind == "date" and said.hoped != action.due and not said.hoped.is_past(sight.today):
        ways.append((f"New due date: {said.hoped.said()}", f"/action due {action.ref} {said.hoped.said()}"))
    return Reply(
        settled.title,
        Facts(as_facts(action, sight)),
        Note(f"Not taken as done: it stays {action.status}. How does it stand?") if open_still else None,
        Note(f"{said.for_.handle}'s word, entered by {sight.person.handle}.") if said.for_ else None,
        Note(note) if not said.for_ and (note := left_as_words(said.news.said, action, sight)) else None,
        press(*undo, *ways, ("Show", f"/action show {action.ref}")),
        summary=discreet([action]) or settled.title,
        tells=settled.tells,
    )


def _ask(one: Item | None, for_: Person | None, sight: Sight) -> Reply:
    """Ask what the news is: of the action named, or of all that are mine."""
    if one:
        action = of_news(one.refs[0], for_, sight)
        must_take_news(action, for_, sight)
        return news_form(action, sight, for_=for_)
    if sight.enquiry.words.strip():
        raise which(sight.enquiry.words.strip(), sight)
    return _of_mine("", sight)


def _of_mine(way: str, sight: Sight) -> Reply:
    """Ask for the news of the only action that is mine, or which of them it is of; `way` is all that was said of it."""
    mine = open_of(sight.person, sight)
    if not mine:
        raise Refusal(owns_none(None, sight), ("Open actions", "/action list"))
    if len(mine) > 1:
        raise which(way, sight)
    return news_form(mine[0], sight, way=way)
