"""The action that a reference or a bare number means, of those that somebody sees; which is asked where several have it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from commands.plan.refs import Ref
from models.actions import Action
from models.base import Refusal

if TYPE_CHECKING:
    from commands.plan.sight import Sight


class Which(Refusal):
    """A number that several actions have."""

    def __init__(self, ref: Ref, found: Sequence[Action]) -> None:
        names = " or ".join([*(action.ref for action in found), *([through(ref)] if ref.span else [])])
        super().__init__(f"Which {ref.typed}? {names}?", discreet="Which action do you mean?")
        self.ref, self.found = ref, found

    def asked_again(self, words: str) -> Refusal:
        """With a button for each: the whole words, a whole reference in the place of the number."""
        typed = re.compile(rf"(?<!\w){re.escape(self.ref.typed)}(?!\w)")
        meant = [(f"{a.ref}: {a.wording[:50]}", a.ref) for a in self.found]
        meant += [(through(self.ref).capitalize(), through(self.ref))] if self.ref.span else []
        self.asks = tuple((label, f"/action {typed.sub(name, words, count=1)}") for label, name in meant)
        return self


def through(ref: Ref) -> str:
    """What a reference that may be a row of numbers is then: "13 to 17"."""
    return f"{ref.year} to {ref.number}"


def of_number(ref: Ref, sight: Sight, writing: bool) -> list[Action]:
    """The actions that are seen of this reference; of a bare number those of each group's newest year. Locked for `writing`."""
    query = select(Action).where(Action.group_id.in_(sight.group_ids), Action.number == ref.number)
    if ref.dated:
        query = query.where(Action.ref == ref.whole if ref.group else Action.ref.endswith(f"-{ref.whole}"))
    if writing:
        query = query.with_for_update(of=Action).execution_options(populate_existing=True)
    found = list(sight.session.scalars(query.order_by(Action.group_id, Action.year.desc())))
    if ref.dated:
        return found
    newest = _newest_years({each.group_id for each in found}, sight)
    return [each for each in found if each.year == newest[each.group_id]]


def meant(found: list[Action], sight: Sight) -> list[Action]:
    """Of actions of one number, that of the channel's group, or else the open one that is mine; all of them where none stands out."""
    if len(found) < 2:
        return found
    channels = {group.id: group.channel for group in sight.groups if group.channel}
    here = [each for each in found if channels.get(each.group_id) == sight.enquiry.where]
    mine = [each for each in found if each.open and _concerns_me(each, sight)]
    return next((only for only in (here, mine) if len(only) == 1), found)


def _concerns_me(action: Action, sight: Sight) -> bool:
    me = sight.person.id
    return action.owner_id == me or any(each.person_id == me for each in action.supporters)


def _newest_years(groups: Iterable[int], sight: Sight) -> dict[int, int]:
    years = select(Action.group_id, func.max(Action.year)).where(Action.group_id.in_(list(groups))).group_by(Action.group_id)
    return dict(sight.session.execute(years).all())
