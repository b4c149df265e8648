"""Many actions settled in one line: `3 done, 5 waiting on highways, rest no change`."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from commands.plan.by_number import Which
from commands.plan.either import Either, parted
from commands.plan.gathered import of_news, of_the_rest
from commands.plan.kept import PERSONAL, Doubt, kept_asks
from commands.plan.owned import open_of, owns_none
from commands.plan.recording import Recording
from commands.plan.refs import Ref
from commands.plan.saying import Item
from commands.plan.sight import Sight, discreet
from commands.plan.signs import Sign, signs
from commands.plan.taking_news import Settled, said_of, settle
from commands.plan.told import rag_said, undo_all, undo_of
from commands.reply import Note, Reply, Table, counted, press
from models.actions import Action
from models.base import Refusal
from models.people import Person
from models.personal import names_a_person

MOST = 100  # actions settled in one line


@dataclass
class NotSaved:
    """A stretch of a line that was not carried out: as typed, why, what would mend it, and what else there is to know.

    `called`: what stands in the place of words that are not repeated.
    """

    typed: str
    why: str
    asks: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    called: str = ""

    @classmethod
    def doubted(cls, doubt: Doubt, ref: str, typed: str, asks: Sequence[tuple[str, str]]) -> NotSaved:
        """What is kept until its writer insists; words that may name a person are not repeated."""
        return cls(typed, doubt.words, asks, doubt.notes, f"your words on {ref}" if doubt.kind == PERSONAL else "")

    def said(self) -> str:
        """The line that tells of it."""
        quoted = "words that may name somebody" if names_a_person(self.typed) else f"“{self.typed}”"
        return f"Not saved: {self.called or quoted}. {self.why}"


@dataclass(frozen=True)
class Part:
    """What a line says of one action: its words, and they with the reference as typed."""

    action: Action
    words: str
    typed: str


def settle_many(found: Sequence[Item], for_: Person | None, sight: Sight) -> Reply:
    """Settle each; what cannot be is said, and does not hold up the others."""
    recording = Recording(sight.enquiry, sight.session, "", settled=secrets.token_hex(4))
    settled: list[Settled] = []
    whose = f" for @{for_.handle}" if for_ else ""
    said, either = parted(found, whose)
    sure, but_a_sign = signs(said, whose)
    asked: list[Either | Sign] = [*either, *but_a_sign]
    not_saved = [NotSaved(each.typed, each.question, each.asks) for each in asked]
    for part in _parts(sure, _meant(asked, for_, sight), for_, sight, not_saved):
        try:
            settled.append(settle(part.action, said_of(part.words, part.typed, for_, part.action, sight), recording, sight))
        except Refusal as refusal:
            not_saved.append(NotSaved(part.typed, refusal.words, refusal.asks))
        except Doubt as doubt:
            again = f"update {part.action.ref} {part.words}" + (f" for @{for_.handle}" if for_ else "")
            asks = kept_asks(doubt, sight.enquiry_of(again), sight.session)
            not_saved.append(NotSaved.doubted(doubt, part.action.ref, part.typed, asks))
    if not settled and not not_saved:
        none = "That leaves none of the open actions." if open_of(for_ or sight.person, sight) else owns_none(for_, sight)
        raise Refusal(none, ("Open actions", "/action list"))
    return read_back(settled, not_saved, sight, recording)


def _meant(asked: Sequence[Either | Sign], for_: Person | None, sight: Sight) -> set[int]:
    """The actions that are asked about, as far as they are there: "the rest" is without them."""
    found = set()
    for ref in (ref for each in asked for ref in each.refs):
        with suppress(Refusal):
            found.add(of_news(ref, for_, sight).id)
    return found


def _parts(found: Sequence[Item], asked: set[int], for_: Person | None, sight: Sight, not_saved: list[NotSaved]) -> list[Part]:
    """What is said of every action named, and of the rest of the owner's; what isn't there is noted."""
    parts = [part for item in found for ref in item.refs for part in _part(ref, item, asked, for_, sight, not_saved)]
    taken = {part.action.id for part in parts} | asked
    for item in found:
        if item.rest and (left_out := _left_out(item, for_, sight, not_saved)) is not None:
            mine = open_of(for_ or sight.person, sight)
            rest = [each for each in of_the_rest(item, mine, sight) if each.id not in taken | left_out]
            not_saved += [] if mine or len(found) == 1 else [NotSaved(item.typed, owns_none(for_, sight))]
            parts += [Part(each, item.words, item.typed) for each in rest]
    if len(parts) > MOST:
        raise Refusal(f"That would settle {len(parts)} actions. I settle up to {MOST} in one line; nothing was saved.")
    return parts


def _part(ref: Ref, item: Item, asked: set[int], for_: Person | None, sight: Sight, not_saved: list[NotSaved]) -> list[Part]:
    """What is said of the action of a reference; nothing where it isn't there, or is one of several, which go to those asked about."""
    typed = item.typed_of(ref)
    try:
        return [Part(of_news(ref, for_, sight), item.words, typed)]
    except Which as which:
        asked |= {each.id for each in which.found}
        asks = which.asked_again(f"update {ref.typed} {item.words}{f' for @{for_.handle}' if for_ else ''}").asks
        not_saved.append(NotSaved(typed, which.words, asks))
    except Refusal as refusal:
        not_saved.append(NotSaved(typed, refusal.words))
    return []


def _left_out(item: Item, for_: Person | None, sight: Sight, not_saved: list[NotSaved]) -> set[int] | None:
    """The actions that "all but 5" leaves out; None where it cannot be told which those are, and so nothing is settled."""
    try:
        return {of_news(ref, for_, sight).id for ref in item.but}
    except Refusal as refusal:
        not_saved.append(NotSaved(item.typed, refusal.words))
        return None


def read_back(settled: Sequence[Settled], not_saved: Sequence[NotSaved], sight: Sight, recording: Recording) -> Reply:
    """Everything that was settled, a line each, and what was not, with what would mend it."""
    actions = [each.action for each in settled]
    rows = [[each.action.ref, each.action.wording, each.did, rag_said(each.action, sight), each.action.latest] for each in settled]
    changed = list(dict.fromkeys(change.action for change in recording.made))
    title = f"{counted(len(changed), 'action')} settled" if changed else "Nothing was saved" if not_saved else "Nothing was changed"
    whole = [undo_all(recording.settled)] if len(changed) > 1 else []
    return Reply(
        title,
        Table(["Ref", "Action", "Settled as", "RAG", "Latest"], rows) if rows else None,
        *(each.said() for each in not_saved),
        press(*undo_of(*changed), *whole, *(ask for each in not_saved for ask in each.asks)),
        *map(Note, dict.fromkeys(note for each in not_saved for note in each.notes)),
        summary=discreet(actions) or f"{title}." + (f" {len(not_saved)} not saved." if not_saved else ""),
        refused=not settled,
        tells=[tell for each in settled for tell in each.tells],
    )
