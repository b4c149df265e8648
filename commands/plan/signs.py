"""An emoji that is all that is said of an action, and may mean this or that: "18 ❌", "17 👍". How it stands is asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from commands.plan.news_form import NO_CHANGE, WAYS
from commands.plan.phrases import SIGNS, TINTS
from commands.plan.refs import Ref
from commands.plan.saying import Item, read_news
from commands.words import listed

SIGN = re.compile(rf"(?:{'|'.join(SIGNS)})[{TINTS.strip()}]*")


@dataclass(frozen=True)
class Sign:
    """A stretch of a line that is but an emoji, and whose word it is: " for @who"."""

    item: Item
    sign: str
    whose: str = ""

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The actions it is of."""
        return self.item.refs

    @property
    def typed(self) -> str:
        return self.item.typed

    @property
    def named(self) -> str:
        """ "18", "17 and 18", "the rest"."""
        return listed([ref.typed for ref in self.refs]) or "the rest"

    @property
    def question(self) -> str:
        does = "do" if len(self.refs) > 1 else "does"
        return f"How {does} {self.named} stand? {self.sign} may mean more than one thing. Nothing of this was saved."

    @property
    def asks(self) -> list[tuple[str, str]]:
        """A button for each way it may stand."""
        ways = [(way, label) for way, label in WAYS if way != NO_CHANGE]
        return [
            (f"{self.named}: {label.lower()}", f"/action update {SIGN.sub(way, self.typed, count=1)}{self.whose}") for way, label in ways
        ]


def signs(found: Sequence[Item], whose: str) -> tuple[list[Item], list[Sign]]:
    """(the stretches that say something, those that are but an emoji)."""
    read = [(item, read_news(item.words).sign) for item in found]
    return [item for item, sign in read if not sign], [Sign(item, sign, whose) for item, sign in read if sign]
