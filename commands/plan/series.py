"""References in a row: 3-5; 1, 2 and 5; "1 2 done"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from commands.plan.phrases import LEADING, leading
from commands.plan.quantities import is_a_quantity
from commands.plan.refs import MARK, Ref

Known = Callable[[Ref], bool]

IN_YEAR = re.compile(r"[-–](\d{1,2})\b(?!\s*[-–/.:]?\d)")  # behind "13": action 17 of that year
THROUGH = re.compile(r"\s*(?:-|–|to)\s*#?(\d{1,3})\b(?!\s*[/.:]\d)")
COMMA = re.compile(r"\s*(?:[,;&+\n]|\band\b)(?:[\s,&+]|and\b)*|\s+", re.I)
MOST_IN_A_RANGE = 30


def anyones(_: Ref) -> bool:
    """Where it is not looked up whose a number is."""
    return True


def listed(text: str, known: Known = anyones) -> tuple[tuple[Ref, ...], str] | None:
    """(the references a text begins with, what follows them): 4; 3-5; 1, 2 and 5; "1 2 done"."""
    begun = begins(text, known)
    if not begun:
        return None
    refs, after = _through(*begun)
    while joint := COMMA.match(after):
        more = begins(after[joint.end() :], known)
        apart = bool(joint[0].strip()) or "\n" in joint[0]
        if not more or (not apart and marked(text, after)) or not _is_one_more(*more, known, apart):
            break
        several, after = _through(*more)
        refs += several
    return refs, after


def begins(text: str, known: Known) -> tuple[Ref, str] | None:
    """The reference that a text begins with, and what follows it. "13-17" is one where there is an action 17 of that year.

    Where there are an action 13 and a 17 as well it may be either (`Ref.span`).
    """
    begun = Ref.at_start(text)
    in_year = IN_YEAR.match(begun[1]) if begun else None
    if begun is None or in_year is None or known is anyones or begun[0].dated or len(begun[0].typed.lstrip("#")) != 2:
        return begun
    first, number, after = begun[0].number, int(in_year[1]), begun[1][in_year.end() :]
    ref = Ref(begun[0].typed + in_year[0], number, year=first)
    if is_a_quantity(after) or not known(ref):
        return begun
    span = first < number and known(begun[0]) and known(Ref(in_year[1], number))
    mark = MARK.match(after)
    return replace(ref, span=span), after[mark.end() if mark else 0 :]


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
