"""Finding words: in actions, in what was said of them, in decisions and in minutes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.meetings import finding as of_meetings
from commands.plan.rows import ROWS, day_said, page_in, short, shown_of
from commands.plan.searching import WORD, Found, Searches, comparable, first_with, may_have
from commands.plan.sight import Sight, discreet
from commands.reply import Cell, Reply, Table, counted, press
from commands.words import listed, plain
from models.actions import Action
from models.base import Refusal
from models.changes import Change
from models.near import folded, likenesses, stem
from models.people import Person

OFFERED = 3


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
    more = [("More", f"/action find {typed} page {page + 1}")] if page * ROWS < len(found) else []
    refs = list(dict.fromkeys(each.ref for each in here))
    said = f"{counted(len(found), 'place')}{f', {shown}' if len(found) > ROWS else ''}."
    return Reply(
        f"Found: {short(typed, 60)}",
        said,
        Table(["Ref", "Action", "Status", "Found in", "Words"], [_row(each, actions) for each in here]),
        press(*more, *_shows(here), ("Open actions", "/action list")),
        summary=_discreet(here, actions) or _counted(here, refs),
    )


def _row(each: Found, actions: Mapping[int, Action]) -> list[Cell]:
    action = actions.get(each.action_id)
    about, status = (short(action.wording, 80), action.status) if action else (each.about, each.status)
    return [each.ref, about, status, each.where, each.snippet]


def _shows(here: Sequence[Found]) -> list[tuple[str, str]]:
    shows = {each.ref: each.shows if each.shows[0] else (f"Show {each.ref}", f"/action show {each.ref}") for each in here}
    return list(dict.fromkeys(shows.values()))[:5]


def _discreet(here: Sequence[Found], actions: Mapping[int, Action]) -> str:
    """What a notification says where some are a private group's: only how many."""
    private = [each for each in here if each.private]
    said = discreet(actions.values())
    return ", ".join(filter(None, [said, counted(len(private), f"{private[0].private} record") if private else ""]))


def _counted(here: Sequence[Found], refs: Sequence[str]) -> str:
    meetings = any(not each.action_id for each in here)
    things = counted(len(refs), "action or meeting", "actions and meetings") if meetings else counted(len(refs), "action")
    return f"{things} found: {listed(refs[:5])}."


def _nothing(words: Sequence[str], sight: Sight) -> Reply:
    """That nothing has all the words, and which like them would be found."""
    known = _words_seen(sight)
    missing = [word for word in words if not any(stem(word) in each for each in known)]
    near = [[name for name, _ in likenesses(stem(word), known)][:OFFERED] for word in missing]
    offers = [
        " ".join(_with(words, dict(zip(missing, (each[n] for each in near), strict=True)))) for n in range(min(map(len, near), default=0))
    ]
    offers = [offer for offer in offers if _everything(offer.split(), sight)]
    said = f"Nothing that you see has {listed([f'“{word}”' for word in words])}{' together' if len(words) > 1 else ''}."
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
    """Every word of the actions and decisions that are seen: no other is ever offered."""
    texts = sight.session.execute(select(Action.wording, Action.latest).where(Action.group_id.in_(sight.group_ids)))
    said = [*(text for row in texts for text in row), *of_meetings.words_seen(sight)]
    return sorted({word for text in said for word in comparable(text).split() if len(word) > 2})


def actions(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In references, wordings and latest news."""
    columns = {"reference": Action.ref, "wording": Action.wording, "latest": Action.latest}
    query = select(Action.id, Action.open, Action.raised_at, *columns.values())
    seen = Action.group_id.in_(sight.group_ids)
    for row in sight.session.execute(query.where(seen, may_have(terms, list(columns.values())))):
        if where := first_with(terms, dict(zip(columns, row[3:], strict=True))):
            yield Found(row.id, row.ref, *where, row.open, row.raised_at)


def updates(terms: Sequence[str], sight: Sight) -> Iterator[Found]:
    """In what was said of actions."""
    columns = (Change.verb, Change.at, Change.said, Change.words)
    query = select(Action.id, Action.open, Action.ref, Person.handle, *columns).join(Action, Change.action_id == Action.id)
    spoken = query.join(Person, func.coalesce(Change.for_id, Change.by_id) == Person.id)
    seen = Action.group_id.in_(sight.group_ids)
    for row in sight.session.execute(spoken.where(seen, may_have(terms, [Change.said, Change.words]))):
        if where := first_with(terms, {"said": row.said, "words": row.words}):
            yield Found(row.id, row.ref, f"{row.verb} by {row.handle}, {day_said(row.at, sight)}", where[1], row.open, row.at)


# What is searched. Each is handed the words without their plurals, and what may be seen.
SEARCHED: tuple[Searches, ...] = (actions, updates, of_meetings.decisions, of_meetings.minutes)
