"""What a number, and "the rest", mean to somebody who was asked for news: what they were asked about, and have not answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from commands.plan.by_number import Which
from commands.plan.refs import Ref
from commands.plan.saying import Item, read_news
from commands.plan.sight import Sight
from commands.plan.the_rest import OTHERS
from models.actions import Action
from models.asking_again import asked_of, awaited_of
from models.people import Person
from models.silence import heard, last_asked

OFFERED = 8


def of_news(ref: Ref, for_: Person | None, sight: Sight) -> Action:
    """The action that news is of. In the direct message a number is of what is awaited first, and then of what was asked about.

    It is asked about where it is neither, and something is awaited, or it is a private group's.
    """
    if ref.dated or for_ or sight.enquiry.where != "direct message":
        return sight.action(ref, writing=True)
    waiting = [each.action for _, asked in awaited_of(sight.person, sight.enquiry.at, sight.session) for each in asked]
    awaited, asked = _seen(waiting, sight), _seen(asked_of(sight.person, sight.enquiry.at, sight.session), sight)
    for each in (awaited, asked):
        if found := [action for action in each if action.number == ref.number]:
            return _only(ref, found, sight)
    action = sight.action(ref, writing=True)
    if awaited or (asked and action.group.private):
        raise Which(ref, [action, *(awaited or asked)][:OFFERED])
    return action


def _seen(actions: Sequence[Action], sight: Sight) -> list[Action]:
    return [each for each in actions if each.group_id in sight.group_ids]


def _only(ref: Ref, found: Sequence[Action], sight: Sight) -> Action:
    if len(found) > 1:
        raise Which(ref, found)
    return sight.action_of(found[0].id)


def of_the_rest(item: Item, mine: Sequence[Action], sight: Sight) -> list[Action]:
    """Which of somebody's open actions "the rest" is: what is awaited of them, else all that they have not answered for a meeting to come.

    "All done" is said of every one; "all no change" is not, for it would take back what was said of them.
    """
    named = OTHERS.search(item.typed)
    if not (read_news(item.words).same or (named and named["others"])):
        return list(mine)
    answered = _answered(mine, sight)
    return [each for each in mine if answered.get(each.id) is False] or [each for each in mine if each.id not in answered]


def _answered(actions: Sequence[Action], sight: Sight) -> dict[int, bool]:
    """Whether each has been answered, of those whose group has asked for news for a meeting that has not ended."""
    found: dict[int, bool] = {}
    for group in {each.group_id: each.group for each in actions if each.group.cycle_since}.values():
        of, last = [each for each in actions if each.group_id == group.id], last_asked(group.id, sight.enquiry.at, sight.session)
        if last and sight.enquiry.at < last.meeting.begins + timedelta(minutes=last.meeting.minutes):
            said = heard(of, last.since, sight.enquiry.at, sight.session)
            found |= {each.id: each.id in said for each in of}
    return found
