"""Taking back one's own latest change, within a day, where nobody has changed the action since. It is added to the history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.handed import elsewhere, handed_on
from commands.plan.kept import look_for_a_person
from commands.plan.proposing import unsettle
from commands.plan.recording import Recording, as_typed
from commands.plan.refs import Ref
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts, undo_all
from commands.reply import Facts, Reply, counted, press
from commands.words import lasting
from models.actions import WITHDRAWN, Action
from models.base import Refusal
from models.changes import Change, put_back

WITHIN = timedelta(hours=24)
UNDONE = "undone"
ALL = re.compile(r"^all\b\s*~?(\w*)", re.I)
THE_VERY = re.compile(r"~(\d+)")  # which change of its action a button means
NOTHING = "You have changed nothing in the last 24 hours that is still to undo."


def undo(enquiry: Enquiry, session: Session) -> Reply:
    """Undo my latest change; `undo 4` that of one action, `undo all` a whole line that settled several."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    look_for_a_person(words, sight)
    changes = _meant(words, sight)
    for change in changes:
        _must_be_latest(change, sight)
        _must_not_go_on(change, sight)
    from commands.meetings.drafted import must_not_be_locked

    must_not_be_locked(changes, sight)
    return _undone(changes, sight)


def to_undo(action: Action, sight: Sight) -> list[tuple[str, str]]:
    """A button for the latest change of an action, where it is this person's and young enough."""
    latest = _last_standing(action, sight)
    mine = latest is not None and latest.by_id == sight.person.id and not _came(latest) and sight.enquiry.at - latest.at <= WITHIN
    return [("Undo", _asks(latest))] if latest is not None and mine else []


def _asks(change: Change) -> str:
    """The line that undoes this change and no other."""
    return f"/action undo {change.action.ref} ~{change.number}"


def _meant(words: str, sight: Sight) -> Sequence[Change]:
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
    """Changes that hold: neither undone nor an undoing."""
    return select(Change).where(Change.undone_by_id.is_(None), Change.verb != UNDONE)


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
    if change is None or change.by_id != sight.person.id or change.verb == UNDONE or _came(change):
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


def _last_standing(action: Action, sight: Sight) -> Change | None:
    return _first(_standing().where(Change.action_id == action.id), sight)


def _must_be_latest(change: Change, sight: Sight) -> None:
    action, last = change.action, _last_standing(change.action, sight)
    if last is not None and (last.by_id, last.at) != (change.by_id, change.at):
        raise Refusal(
            f"{action.ref} was changed since by {last.by.handle} ({last.verb}). Nothing was undone; see it with /action show {action.ref}.",
            ("Show", f"/action show {action.ref}"),
            discreet=discreet([action]),
        )
    if sight.enquiry.at - change.at > WITHIN:
        raise Refusal(
            f"Your change of {action.ref} is more than 24 hours old. It stands; say what is true now with /action update {action.ref} …",
            discreet=discreet([action]),
        )


def _must_not_go_on(change: Change, sight: Sight) -> None:
    """What another group was given is taken back with what gave it, unless they have done something with it since."""
    child = handed_on(change, sight.session)
    if child is not None and child.changes > 1 and child.status != WITHDRAWN:
        where = f"{child.ref} was" if child.group_id in sight.group_ids else "It was"
        raise Refusal(
            f"{where} taken up by the other group since. Nothing was undone; they can withdraw it.", discreet=discreet([change.action])
        )


def _which(changes: Sequence[Change]) -> Refusal:
    actions = list(dict.fromkeys(each.action for each in changes))
    return Refusal(
        f"Your last line settled {counted(len(actions), 'action')}. Undo all of them, or which?",
        undo_all(changes[0].settled),
        *((f"Undo {each.action.ref}", _asks(each)) for each in {each.action_id: each for each in changes}.values()),
        discreet=discreet(actions),
    )


def _undone(changes: Sequence[Change], sight: Sight) -> Reply:
    recording = Recording(sight.enquiry, sight.session, as_typed(sight.enquiry))
    for change in reversed(changes):
        made = recording.change(change.action, UNDONE, lambda change=change: _back(change, sight), f"undid: {change.verb}")  # type: ignore[misc]
        unsettle(change.action, change.at, sight)
        sight.session.flush()
        change.undone_by_id = made.id
    sight.session.flush()
    actions = list(dict.fromkeys(change.action for change in changes))
    for action in actions:
        sight.session.refresh(action)
    from commands.meetings.drafted import redrawn_without

    notes = redrawn_without(changes, sight)
    if len(actions) > 1:
        title = f"Undone: {counted(len(actions), 'action')} as before"
        return Reply(title, Facts([(a.ref, a.wording) for a in actions]), *notes, summary=discreet(actions) or title)
    title = f"Undone: {actions[0].ref} {'is withdrawn, and its reference stays' if _made_it(changes[0]) else 'is as it was'}"
    facts = Facts(as_facts(actions[0], sight))
    return Reply(title, facts, *notes, press(("Show", f"/action show {actions[0].ref}")), summary=discreet(actions) or title)


def _back(change: Change, sight: Sight) -> None:
    """As it was before; what was added is withdrawn, for a reference is never given twice."""
    if _made_it(change):
        change.action.status, change.action.closed_on = WITHDRAWN, sight.today
    else:
        put_back(change.action, change.before)
    child = handed_on(change, sight.session)
    if child is not None and child.status != WITHDRAWN:
        _withdraw(child, sight)


def _withdraw(child: Action, sight: Sight) -> None:
    """It is not asked of the other group any more; the words that took it back are for their own group alone."""

    def does() -> None:
        child.status, child.closed_on = WITHDRAWN, sight.today

    change = Recording(sight.enquiry, sight.session, "").change(child, UNDONE, does, "undid: added")
    if child.parent:
        elsewhere(change, child.parent)


def _came(change: Change) -> bool:
    """Whether it is how an action came from another group."""
    return change.verb == "added" and change.action.parent_id is not None


def _made_it(change: Change) -> bool:
    """Whether the action is there because of it: it was added, or came new with a file."""
    return change.verb == "added" or (change.verb == "loaded" and not change.before)
