"""Which changes can be taken back: one's own latest, all that one line settled, or the very one that a button names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, select

from commands.plan.refs import Ref
from commands.plan.sight import Sight, discreet
from commands.plan.told import undo_all
from commands.reply import counted
from models.actions import Action
from models.base import Refusal
from models.changes import FOLLOWS, Change

WITHIN = timedelta(hours=24)
UNDONE = "undone"
ALL = re.compile(r"^all\b\s*~?(\w*)", re.I)
THE_VERY = re.compile(r"~(\d+)")  # which change of its action a button means
OF_A_MEETING = (
    "What was done to a meeting is taken back with the Undo button below what was said of it; or in words: /meeting restore … brings back "
    "one that was cancelled, /meeting cancel … takes off one that was added, /meeting move … puts one back."
)
NOTHING = f"You have changed no action in the last 24 hours that is still to undo. {OF_A_MEETING}"


def to_undo(action: Action, sight: Sight) -> list[tuple[str, str]]:
    """A button for the latest change of an action, where it is this person's and young enough."""
    latest = last_standing(action, sight)
    mine = latest is not None and latest.by_id == sight.person.id and not _came(latest) and sight.enquiry.at - latest.at <= WITHIN
    return [("Undo", _asks(latest))] if latest is not None and mine else []


def _asks(change: Change) -> str:
    """The line that undoes this change and no other."""
    return f"/action undo {change.action.ref} ~{change.number}"


def meant(words: str, sight: Sight) -> Sequence[Change]:
    """The changes that are to be undone."""
    if begun := Ref.at_start(words):
        action = sight.action(begun[0], writing=True)
        very = THE_VERY.search(begun[1])
        return _of_one_moment(_numbered(action, int(very[1]), sight) if very else _latest_of(action, sight), sight)
    all_of = ALL.match(words)
    latest = _latest(sight, all_of[1] if all_of else "")
    if latest is None:
        raise Refusal(NOTHING, ("My actions", "/action list mine"))
    together = _together(latest, sight)
    if len({each.action_id for each in together}) > 1 and not all_of:
        raise _which(together)
    return together


def _standing() -> Select[Change]:
    """Changes that hold: neither undone nor an undoing. A date that followed its meeting is the meeting's doing."""
    return select(Change).where(Change.undone_by_id.is_(None), Change.verb.not_in((UNDONE, FOLLOWS)))


def _mine(sight: Sight) -> Select[Change]:
    """Mine among those, of actions that I see. What another group handed on is taken back with what handed it on."""
    seen = select(Action.id).where(Action.group_id.in_(sight.group_ids))
    came = select(Action.id).where(Action.parent_id.is_not(None))
    handed = (Change.verb == "added") & Change.action_id.in_(came)
    return _standing().where(Change.by_id == sight.person.id, Change.action_id.in_(seen), ~handed)


def _first(query: Select[Change], sight: Sight) -> Change | None:
    """The latest of them."""
    return sight.session.scalar(query.order_by(Change.id.desc()).limit(1))


def _latest(sight: Sight, settled: str) -> Change | None:
    """My latest change; or of one line, where a button names it. Its actions are locked, and looked at again."""
    query = _mine(sight).where(Change.at >= sight.enquiry.at - WITHIN)
    query = query.where(Change.settled == settled) if settled else query
    found = _first(query, sight)
    if found is not None:
        locked = select(Action).where(Action.id.in_([each.action_id for each in _together(found, sight)]))
        sight.session.execute(locked.with_for_update(of=Action).execution_options(populate_existing=True)).all()
        sight.session.expire(found)
        found = _first(query, sight)
    return found


def _numbered(action: Action, number: int, sight: Sight) -> Change:
    """The change that a button names; refused where it is undone already."""
    change = sight.session.scalar(select(Change).where(Change.action_id == action.id, Change.number == number))
    if change is None or change.by_id != sight.person.id or change.verb in (UNDONE, FOLLOWS) or _came(change):
        raise _not_yours(action)
    if change.undone_by_id is not None:
        raise Refusal(f"That change of {action.ref} is undone already. Nothing was changed.", discreet=discreet([action]))
    return change


def _latest_of(action: Action, sight: Sight) -> Change:
    """My own latest change of an action."""
    found = _first(_mine(sight).where(Change.action_id == action.id), sight)
    if found is None:
        raise _not_yours(action)
    return found


def _not_yours(action: Action) -> Refusal:
    return Refusal(f"You have changed nothing of {action.ref} that is still to undo.", discreet=discreet([action]))


def _together(latest: Change, sight: Sight) -> Sequence[Change]:
    """All that one line settled, as far as it still holds and is seen."""
    if not latest.settled:
        return _of_one_moment(latest, sight)
    return list(sight.session.scalars(_mine(sight).where(Change.settled == latest.settled).order_by(Change.id)))


def _of_one_moment(change: Change, sight: Sight) -> Sequence[Change]:
    """What one line did to one action: news and the date it asked for are two changes."""
    same = _standing().where(Change.action_id == change.action_id, Change.by_id == change.by_id, Change.at == change.at)
    return list(sight.session.scalars(same.order_by(Change.id)))


def last_standing(action: Action, sight: Sight) -> Change | None:
    return _first(_standing().where(Change.action_id == action.id), sight)


def _which(changes: Sequence[Change]) -> Refusal:
    actions = list(dict.fromkeys(each.action for each in changes))
    return Refusal(
        f"Your last line settled {counted(len(actions), 'action')}. Undo all of them, or which?",
        undo_all(changes[0].settled),
        *((f"Undo {each.action.ref}", _asks(each)) for each in {each.action_id: each for each in changes}.values()),
        discreet=discreet(actions),
    )


def _came(change: Change) -> bool:
    """Whether it is how an action came from another group."""
    return change.verb == "added" and change.action.parent_id is not None
