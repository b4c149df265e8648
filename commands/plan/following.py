"""Actions due at the next meeting of their group: when that becomes another, what they are due at does so with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from sqlalchemy import or_, select

from commands.plan.recording import Recording, as_typed
from commands.plan.sight import Sight
from commands.reply import Note, counted
from models.actions import FINISHED, Action
from models.calendar import Calendar
from models.changes import FOLLOWS, Change
from models.due import Due
from models.groups import Group


def follow(group: Group, sight: Sight, was: date | None = None) -> Note | None:
    """Have a group's actions that are due "next JAG" due at the meeting that is its next by now; what is said of it, if any were.

    To be called once meetings were moved, cancelled, restored or added. What was due on a day gone by stays due then, unless that is the
    day on which the meeting that was changed `was`.
    """
    sight.session.flush()
    calendar = Calendar.of(group, sight.session)
    this, after = calendar.recorded(sight.now), calendar.after_this(sight.now)
    stands = {each.on for each in (*calendar.on(sight.today), this, after) if each}
    due = Due("meeting", after.on if after else None)
    moved = [action for action in _due_next(group, sight, was) if action.due_on not in stands and action.due != due]
    return _have_due(due, moved, group, sight)


def give_back(group: Group, sight: Sight, day: date) -> Note | None:
    """What had been due at a meeting gone by is due at it again: it was held after all. What is said of it, as of `follow`."""
    moved = [action for action in _due_next(group, sight, None) if (last := _followed(action, sight)) and _was_due(last, day)]
    return _have_due(Due("meeting", day), moved, group, sight)


def _followed(action: Action, sight: Sight) -> Change | None:
    """When its date last followed a meeting."""
    of_it = select(Change).where(Change.action_id == action.id, Change.verb == FOLLOWS)
    return sight.session.scalar(of_it.order_by(Change.id.desc()).limit(1))


def _was_due(last: Change, day: date) -> bool:
    """Whether it was due that day before then, and is due now as it became."""
    on = last.action.due_on
    return last.before.get("due_on") == day.isoformat() and last.after.get("due_on") == (on.isoformat() if on else None)


def _have_due(due: Due, actions: Sequence[Action], group: Group, sight: Sight) -> Note | None:
    recording = Recording(sight.enquiry, sight.session, as_typed(sight.enquiry))
    for action in actions:
        recording.change(action, FOLLOWS, partial(setattr, action, "due", due))
    return Note(_said(group, len(actions), due)) if actions else None


def _due_next(group: Group, sight: Sight, was: date | None) -> Sequence[Action]:
    """Those due at a meeting that is not over, or whose day is not known."""
    to_come = or_(Action.due_on.is_(None), Action.due_on >= sight.today, Action.due_on == was)
    wanted = select(Action).where(Action.group_id == group.id, Action.status.not_in(FINISHED), Action.due_kind == "meeting", to_come)
    locked = wanted.order_by(Action.id).with_for_update(of=Action).execution_options(populate_existing=True)
    return sight.session.scalars(locked).all()


def _said(group: Group, number: int, due: Due) -> str:
    when = Due("date", due.on).said() if due.on else "whenever that is"
    return f"{counted(number, 'action')} due next {group.name} {'is' if number == 1 else 'are'} due then: {when}."
