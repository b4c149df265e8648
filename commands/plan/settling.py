"""A line cut where it turns to another action: `3 done, 5 waiting on highways, rest no change`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from commands.plan.apart import WHOLE, is_apart, stands
from commands.plan.phrases import LEADING, TINTS
from commands.plan.quantities import is_a_measure, is_a_quantity
from commands.plan.refs import Ref
from commands.plan.series import Known, begins, listed, marked
from commands.plan.the_rest import JOINT, Start, the_rest

GREETING = re.compile(
    r"(?:(?:hi|hello|hey|dear|morning|good\s+morning|afternoon|good\s+afternoon)\b[^,:;.!\n\d]{0,40}[,:;.!\n-]+\s*)?"
    r"(?:(?:my\s+|an\s+)?(?:updates?|news)\s*[:,-]\s*)?[\s•▪◦*–—-]*",
    re.I,
)
LOOSE_END = re.compile(r"\s(?:and|but)$", re.I)
MARKED = re.compile(r"\(?#?\w[\w/-]*[).:]")
WAITS = re.compile(r"\s*(?:is\s+|are\s+|still\s+)*(?:a?waiting|waits)\s+(?:on|for)\b", re.I)
WHOLE_REF = re.compile(r"^[a-z]|-\d{3}$", re.I)
GOES_ON = re.compile(r"\s*(?:wait|await|still|not|no|will|won'?t|need|is|are|has|have|it'?s|with)", re.I)


@dataclass(frozen=True)
class Item:
    """A stretch of a line: the actions it is about (none: all the rest), what it says of them, and how it stands there.

    `but`: what the rest is without, where the line says no more of it.
    `typed` has the references in it, but not those that the rest is without: they are other actions' business.
    `unsure`: its number may as well be a count in the words of the stretch before it.
    """

    refs: tuple[Ref, ...]
    words: str
    but: tuple[Ref, ...] = ()
    typed: str = ""
    unsure: bool = False

    @property
    def rest(self) -> bool:
        return not self.refs

    def typed_of(self, ref: Ref) -> str:
        """The stretch as it stands for one of its actions, without the references of the others."""
        return self.typed if len(self.refs) == 1 else f"{ref.typed} {self.words}".strip()


def items(line: str, known: Known) -> list[Item]:
    """A line cut where it turns to another action; none where it begins with none. `known`: whether somebody could mean a number.

    A number within the words ("2 weeks late", "3 gates") begins nothing; one that may be a count is `unsure` (`apart.is_apart`).
    References in a row share the words that follow them. A "~" behind the first has all that follows be of it.
    """
    if whole := of_one(line):
        return [whole]
    starts = list(_starts(line, known))
    ends = [each.cut for each in starts[1:]] + [len(line)] if starts else []
    stretches = [(start, _item(line, start, end)) for start, end in zip(starts, ends, strict=True)]
    found = [item for start, item in stretches if item.words or not start.left_out]
    named = {ref for item in found for ref in item.refs}
    return [replace(item, but=tuple(ref for ref in item.but if ref not in named)) for item in found]


def of_one(line: str) -> Item | None:
    """The whole line as news of what it begins with, where a "~" behind that says so."""
    begun = listed(line)
    mark = WHOLE.match(begun[1]) if begun else None
    if begun is None or mark is None:
        return None
    refs, after = begun
    words = after[mark.end() :].strip()
    return Item(refs, words, typed=f"{', '.join(ref.typed for ref in refs)} {words}")


def _item(line: str, start: Start, end: int) -> Item:
    words = _bare(line[start.past : end]).strip().lstrip(":,)").strip()
    typed = f"{line[start.at : start.named]} {words}" if start.but else _bare(line[start.at : end])
    return Item(start.refs, words, start.but, typed.strip(), start.unsure)


def _bare(text: str) -> str:
    """The text without the commas and the "and" that lead to what comes after it."""
    bare = text.rstrip(" \t\n,;&+•▪*")
    while LOOSE_END.search(bare):
        bare = bare[:-4].rstrip(" \t\n,;&+•▪*")
    return bare


def _starts(line: str, known: Known) -> Iterator[Start]:
    greeted = GREETING.match(line)
    begun = _begin(line, 0, greeted.end() if greeted else 0, known, first=True)
    while begun:
        yield from begun
        begun = _next(line, begun[-1].past, known)


def _next(line: str, past: int, known: Known) -> list[Start]:
    """The next action after this place: straight after a status ("1 done 2 blocked"), or behind a comma and the like."""
    said = LEADING.match(line[past:].lstrip())
    if said and not said["stop"].strip(TINTS):
        cut = len(line) - len(line[past:].lstrip()) + said.end("phrase")
        if line[cut : cut + 1].isspace() and (begun := _begin(line, cut, _word(line, cut), known, sure=True)):
            return begun
    for joint in JOINT.finditer(line, past):
        dash = joint[0][0].isspace() and joint[0][0] != "\n" and bool(joint[0].strip())
        if begun := _begin(line, joint.start(), joint.end(), known, sure=dash, new_line="\n" in joint[0]):
            doubted = _doubted(begun, line, past, joint)
            if not doubted[0].unsure or known(doubted[0].refs[0]):
                return doubted
    return []


def _doubted(begun: list[Start], line: str, past: int, joint: re.Match[str]) -> list[Start]:
    """What begins behind a joint, marked as unsure where a bare number may be a count in the words before it."""
    start = begun[0]
    name = line[start.at : start.past]
    bare = bool(start.refs) and not WHOLE_REF.search(start.refs[0].typed) and name[:1].isdigit() and not name.endswith((":", ".", ")"))
    if not bare or "\n" in joint[0] or is_apart(line[past : joint.start()], line[start.past :]):
        return begun
    return [replace(start, unsure=True), *begun[1:]]


def _word(line: str, at: int) -> int:
    return len(line) - len(line[at:].lstrip())


def _begin(line: str, cut: int, at: int, known: Known, first: bool = False, sure: bool = False, new_line: bool = False) -> list[Start]:
    """What begins here, if anything does. Where `sure` is asked for, only what goes on with how it stands."""
    text = line[at:]
    begun = begins(text, known)
    if not begun:
        return the_rest(line, cut, at, first)
    ref, after = begun
    if not (first or ref.group or known(ref) or stands(after) or WAITS.match(after)):
        return []  # a number that is nobody's is an action that isn't there only where how it stands is said, or what it waits for
    if not ref.dated and not marked(text, after) and (is_a_measure(after) or (is_a_quantity(after) and not (first or new_line))):
        return []
    refs, after = listed(text, known) or ((ref,), after)
    if sure and not (LEADING.match(after.lstrip()) or MARKED.match(text) or GOES_ON.match(after)):
        return []
    past = len(line) - len(after)
    return [Start(cut, at, past, past, refs)]
