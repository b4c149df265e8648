"""A stretch of a line that is news of another action, or a count in the news before it: which of the two is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from commands.plan.refs import Ref
from commands.plan.settling import Item
from commands.words import listed


@dataclass(frozen=True)
class Either:
    """A stretch, those after it that may be news of other actions or part of its words, and whose word it is: " for @who"."""

    item: Item
    unsure: Sequence[Item]
    whose: str = ""

    @property
    def refs(self) -> Iterator[Ref]:
        """Every action that may be meant."""
        return (ref for item in (self.item, *self.unsure) for ref in item.refs)

    @property
    def typed(self) -> str:
        return ", ".join([self.item.typed, *(each.typed for each in self.unsure)])

    @property
    def question(self) -> str:
        return f"{self._numbers.capitalize()}: another action, or a number in the news of {self._own}? Nothing of this was saved."

    @property
    def asks(self) -> list[tuple[str, str]]:
        """A button for each of the two, with the whole words."""
        words = ", ".join([self.item.words, *(each.typed for each in self.unsure)])
        refs = ", ".join(ref.typed for ref in self.item.refs)
        apart = ", ".join([self.item.typed, *(_marked(each) for each in self.unsure)])
        return [
            (f"All of it is news of {self._own}", f"/action update {refs} ~ {words}{self.whose}"),
            (f"Action {self._numbers}, too" if len(self.unsure) == 1 else "They are all actions", f"/action update {apart}{self.whose}"),
        ]

    @property
    def _own(self) -> str:
        return listed([ref.typed for ref in self.item.refs]) or "the rest"

    @property
    def _numbers(self) -> str:
        return listed([ref.typed for each in self.unsure for ref in each.refs])


def _marked(item: Item) -> str:
    """The stretch, its number being an action's: "4: need a lease"."""
    return f"{', '.join(ref.typed for ref in item.refs)}: {item.words}"


def parted(found: Sequence[Item], whose: str) -> tuple[list[Item], list[Either]]:
    """(the stretches that are sure, those to be asked about)."""
    sure, asked, at = list[Item](), list[Either](), 0
    while at < len(found):
        end = next((i for i in range(at + 1, len(found)) if not found[i].unsure), len(found))
        if end == at + 1:
            sure.append(found[at])
        else:
            asked.append(Either(found[at], found[at + 1 : end], whose))
        at = end
    return sure, asked
