"""Finding words in the action plan: in actions and in what was said of them. Other things that can be searched add themselves here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, func, or_, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import GenericFunction

from commands import Enquiry
from commands.plan.rows import ROWS, day_said, page_in, short, shown_of
from commands.plan.sight import Sight, discreet
from commands.reply import Reply, Table, counted, press
from commands.words import CURLY, listed, plain
from models.actions import Action
from models.base import Refusal
from models.changes import Change
from models.near import folded, likenesses, stem
from models.people import Person

WORD = re.compile(r"[^\s\-/.,;:!?()\"'\[\]{}<>|\\]+")
BEFORE, AFTER, SNIPPET = 5, 12, 140  # words around what was found, and characters of them all
OFFERED = 3
ROOT = 4  # letters; a shorter word keeps its y


@dataclass(frozen=True)
class Found:
    """Something that has all the words: of which action, where in it, the words around them, and when that was written."""

    action_id: int
    ref: str
    where: str
    snippet: str
    open: bool
    at: datetime


Searches = Callable[[Sequence[str], Sight], Iterable[Found]]


def find(enquiry: Enquiry, session: Session) -> Reply:
    """Find words in what may be seen: open actions first, the newest first."""
    sight = Sight.of(enquiry, session)
    typed, page = page_in(plain(enquiry.words))
    words = [word for word in WORD.findall(folded(typed)) if word]
    if not words:
        raise Refusal("What shall I look for? Such as: /action find bus station", ("Open actions", "/action list"))
    found = _everything(words, sight)
    return _reply(typed, found, page, sight) if found else _nothing(words, sight)


def _everything(words: Sequence[str], sight: Sight) -> list[Found]:
    """All that is found, each stretch of words once."""
    terms = [stem(word) for word in words]
    found = {(each.ref, each.snippet): each for searches in reversed(SEARCHED) for each in searches(terms, sight)}
    return sorted(found.values(), key=lambda each: (not each.open, -each.at.timestamp(), each.ref))


def _reply(typed: str, found: Sequence[Found], page: int, sight: Sight) -> Reply:
    page, shown = shown_of(page, len(found))
    here = found[(page - 1) * ROWS : page * ROWS]
    actions = {each.id: each for each in sight.session.scalars(select(Action).where(Action.id.in_({each.action_id for each in here})))}
    rows = [
        [each.ref, short(actions[each.action_id].wording, 80), actions[each.action_id].status, each.where, each.snippet] for each in here
    ]
    more = [("More", f"/action find {typed} page {page + 1}")] if page * ROWS < len(found) else []
    refs = list(dict.fromkeys(each.ref for each in here))
    said = f"{counted(len(found), 'place')}{f', {shown}' if len(found) > ROWS else ''}."
    return Reply(
        f"Found: {short(typed, 60)}",
        said,
        Table(["Ref", "Action", "Status", "Found in", "Words"], rows),
        press(*more, *((f"Show {ref}", f"/action show {ref}") for ref in refs[:5]), ("Open actions", "/action list")),
        summary=discreet(actions.values()) or f"{counted(len(refs), 'action')} found: {listed(refs[:5])}.",
    )


def _nothing(words: Sequence[str], sight: Sight) -> Reply:
    """That nothing has all the words, and which like them would be found."""
    known = _words_seen(sight)
    missing = [word for word in words if not any(stem(word) in each for each in known)]
    near = [[name for name, _ in likenesses(stem(word), known)][:OFFERED] for word in missing]
    offers = [
        " ".join(_with(words, dict(zip(missing, (each[n] for each in near), strict=True)))) for n in range(min(map(len, near), default=0))
    ]
    offers = [offer for offer in offers if _everything(offer.split(), sight)]
    said = f"No action or update that you see has {listed([f'“{word}”' for word in words])}{' together' if len(words) > 1 else ''}."
    hint = f" Did you mean {listed([f'“{offer}”' for offer in offers], 'or')}?" if offers else " Try fewer words, or a part of one."
    return Reply(
        "Nothing found",
        said + hint,
        press(*((offer, f"/action find {offer}") for offer in offers), ("Open actions", "/action list")),
        summary="Nothing found." if any(group.private for group in sight.groups) else said + hint,
    )


def _with(words: Sequence[str], mended: dict[str, str]) -> list[str]:
    return [mended.get(word, word) for word in words]


def _words_seen(sight: Sight) -> list[str]:
    """Every word of the actions that are seen: no other is ever offered."""
    texts = sight.session.execute(select(Action.wording, Action.latest).where(Action.group_id.in_(sight.group_ids)))
    return sorted({word for row in texts for text in row for word in _comparable(text).split() if len(word) > 2})


def actions(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In references, wordings and latest news."""
    columns = {"reference": Action.ref, "wording": Action.wording, "latest": Action.latest}
    query = select(Action.id, Action.open, Action.raised_at, *columns.values())
    seen = Action.group_id.in_(sight.group_ids)
    for row in sight.session.execute(query.where(seen, _may_have(terms, list(columns.values())))):
        if where := _first_with(terms, dict(zip(columns, row[3:], strict=True))):
            yield Found(row.id, row.ref, *where, row.open, row.raised_at)


def updates(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In what was said of actions."""
    columns = (Change.verb, Change.at, Change.said, Change.words)
    query = select(Action.id, Action.open, Action.ref, Person.handle, *columns).join(Action, Change.action_id == Action.id)
    spoken = query.join(Person, func.coalesce(Change.for_id, Change.by_id) == Person.id)
    seen = Action.group_id.in_(sight.group_ids)
    for row in sight.session.execute(spoken.where(seen, _may_have(terms, [Change.said, Change.words]))):
        if where := _first_with(terms, {"said": row.said, "words": row.words}):
            yield Found(row.id, row.ref, f"{row.verb} by {row.handle}, {day_said(row.at, sight)}", where[1], row.open, row.at)


# What is searched. Each is handed the words without their plurals, and what may be seen.
SEARCHED: tuple[Searches, ...] = (actions, updates)


def _first_with(terms: Sequence[str], texts: dict[str, str]) -> tuple[str, str] | None:
    """(where, the words there): the text that has all the terms, or, where they are spread over several, the one with the first."""
    plainly = {where: _comparable(text) for where, text in texts.items()}
    if not all(any(term in text for text in plainly.values()) for term in terms):
        return None
    most = max(plainly, key=lambda where: sum(term in plainly[where] for term in terms))
    return most, _around(texts[most], terms)


def _comparable(text: str) -> str:
    """A text as words are looked for in it: folded, and without plurals."""
    return " ".join(stem(word) for word in WORD.findall(folded(text.translate(CURLY))))


def _around(text: str, terms: Sequence[str]) -> str:
    """The words around the first of the terms."""
    words = text.split()
    at = next((i for i, word in enumerate(words) if any(term in _comparable(word) for term in terms)), 0)
    first, last = max(0, at - BEFORE), at + AFTER
    cut = " ".join(words[first:last])
    return short(f"{'…' if first else ''}{cut}{'…' if last < len(words) else ''}", SNIPPET)


class InBytes(GenericFunction[int]):
    """How long a text is in bytes: longer than in characters where it has any beyond ASCII."""

    inherit_cache = True
    name = "octet_length"


@compiles(InBytes, "sqlite")
def _in_bytes(element: InBytes, compiler: Any, **how: Any) -> str:
    return f"length(cast({compiler.process(element.clauses.clauses[0], **how)} as blob))"


def _may_have(terms: Sequence[str], columns: Sequence[Any]) -> ColumnElement[bool]:
    """Rows that may have all the terms: no database folds accents as we do, so that texts beyond ASCII are all looked at here."""
    beyond = or_(*(InBytes(column) != func.length(column) for column in columns))
    return or_(beyond, and_(*(or_(*(_has(term, column) for column in columns)) for term in terms)))


def _has(term: str, column: Any) -> ColumnElement[bool]:
    """Whether a text of ASCII has a term, as `folded` would have it; "burglary" is looked for as "burglar", which is in its plural too."""
    bare = func.replace(func.replace(column, "'", ""), "&", " and ", type_=Text)
    root = term[:-1] if len(term) > ROOT and term.endswith("y") else term
    return bare.icontains(root, autoescape=True)
