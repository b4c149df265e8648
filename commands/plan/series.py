"""References in a row: 3-5; 1, 2 and 5; "1 2 done"."""

from __future__ import annotations

import re
from collections.abc import Callable

from commands.plan.phrases import LEADING, leading
from commands.plan.quantities import is_a_quantity
from commands.plan.refs import Ref

Known = Callable[[Ref], bool]

THROUGH = re.compile(r"\s*(?:-|–|to)\s*#?(\d{1,3})\b(?!\s*[/.:]\d)")
COMMA = re.compile(r"\s*(?:[,;&+\n]|\band\b)(?:[\s,&+]|and\b)*|\s+", re.I)
MOST_IN_A_RANGE = 30


def listed(text: str, known: Known = lambda _: True) -> tuple[tuple[Ref, ...], str] | None:
    """(the references a text begins with, what follows them): 4; 3-5; 1, 2 and 5; "1 2 done"."""
    begun = Ref.at_start(text)
    if not begun:
        return None
    refs, after = _through(*begun)
    while joint := COMMA.match(after):
        more = Ref.at_start(after[joint.end() :])
        apart = bool(joint[0].strip()) or "\n" in joint[0]
        if not more or (not apart and marked(text, after)) or not _is_one_more(*more, known, apart):
            break
        several, after = _through(*more)
        refs += several
    return refs, after


def marked(text: str, after: str) -> bool:
    """Whether a mark parts a reference from what follows it: "3: 2 weeks late" is of action 3."""
    return text[: len(text) - len(after)][-1:] in (")", ".", ":")


def _is_one_more(ref: Ref, after: str, known: Known, apart: bool) -> bool:
    """Whether a number is one more of a row. With no comma before it, only where how it stands, or the next number, follows: "1 2 done"."""
    if not apart and not re.match(r"\s*(?:$|#?\d|[,;&+\n]|and\b)", after) and not LEADING.match(after.lstrip()):
        return False
    return bool(ref.group) or ((known(ref) or (apart and leading(after.lstrip()) is not None)) and not is_a_quantity(after))


def _through(ref: Ref, after: str) -> tuple[tuple[Ref, ...], str]:
    """ "3-5 done" is of three actions."""
    found = THROUGH.match(after)
    if not found or ref.dated or not 0 < int(found[1]) - ref.number < MOST_IN_A_RANGE or is_a_quantity(after[found.end() :]):
        return (ref,), after
    return tuple(Ref(str(number), number) for number in range(ref.number, int(found[1]) + 1)), after[found.end() :]
