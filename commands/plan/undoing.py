"""Taking back one's own latest change, within a day, where nobody has changed the action since. It is added to the history."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from commands import Enquiry
from commands.plan.following import follow
from commands.plan.handed import elsewhere, handed_on
from commands.plan.kept import look_for_a_person
from commands.plan.proposing import unsettle
from commands.plan.recording import Recording, in_their_words
from commands.plan.sight import Sight, discreet
from commands.plan.told import as_facts
from commands.plan.undoable import UNDONE, WITHIN, last_standing, meant
from commands.reply import Facts, Reply, counted, press
from commands.words import lasting
from models.actions import WITHDRAWN, Action
from models.base import Refusal
from models.changes import Change, put_back


def undo(enquiry: Enquiry, session: Session) -> Reply:
    """Undo my latest change; `undo 4` that of one action, `undo all` a whole line that settled several."""
    sight = Sight.of(enquiry, session)
    words = lasting(enquiry.words)
    look_for_a_person(words, sight)
    changes = meant(words, sight)
    for change in changes:
        _must_be_latest(change, sight)
        _must_not_go_on(change, sight)
    from commands.meetings.drafted import must_not_be_locked

    must_not_be_locked(changes, sight)
    return _undone(changes, sight)


def _must_be_latest(change: Change, sight: Sight) -> None:
    action, last = change.action, last_standing(change.action, sight)
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


def _undone(changes: Sequence[Change], sight: Sight) -> Reply:
    recording = Recording(sight.enquiry, sight.session, in_their_words(sight.enquiry))
    for change in reversed(changes):
        made = recording.change(change.action, UNDONE, lambda change=change: _back(change, sight), f"undid: {change.verb}")  # type: ignore[misc]
        unsettle(change.action, change.at, sight)
        sight.session.flush()
        change.undone_by_id = made.id
    for group in {change.action.group for change in changes if "due_on" in change.before}:
        follow(group, sight)
    sight.session.flush()
    actions = list(dict.fromkeys(change.action for change in changes))
    for action in actions:
        sight.session.refresh(action)
    from commands.meetings.drafted import redrawn_without

    notes = redrawn_without(changes, sight)
    if len(actions) > 1:
        title = _several(changes, len(actions))
        return Reply(title, Facts([(a.ref, a.wording) for a in actions]), *notes, summary=discreet(actions) or title)
    title = f"Undone: {actions[0].ref} {'is withdrawn, and its reference stays' if _made_it(changes[0]) else 'is as it was'}"
    facts = Facts(as_facts(actions[0], sight))
    return Reply(title, facts, *notes, press(("Show", f"/action show {actions[0].ref}")), summary=discreet(actions) or title)


def _several(changes: Sequence[Change], count: int) -> str:
    """ "Undone: 2 actions are withdrawn, and their references stay; 1 as before"."""
    gone = len({change.action_id for change in changes if _made_it(change)})
    if not gone:
        return f"Undone: {counted(count, 'action')} as before"
    withdrawn = (
        f"{counted(gone, 'action')} {'is withdrawn, and its reference stays' if gone == 1 else 'are withdrawn, and their references stay'}"
    )
    return f"Undone: {withdrawn}{f'; {count - gone} as before' if gone < count else ''}"


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


def _made_it(change: Change) -> bool:
    """Whether the action is there because of it: it was added, or came new with a file."""
    return change.verb == "added" or (change.verb == "loaded" and not change.before)
