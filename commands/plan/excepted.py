"""What "all done except the letter" leaves out, where it is said in words: the one of somebody's own actions that has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from commands.plan.owned import open_of
from commands.plan.phrases import LEADING
from commands.plan.saying import Item
from commands.plan.sight import Sight, discreet
from models.actions import Action
from models.base import Refusal
from models.near import cut, stem
from models.people import Person

OFFERED = 8
SURELY = (
    r"(?:bar|except(?:ing)?(?:\s+for)?|apart\s+from|other\s+than|excluding|save\s+for|but\s+(?:for|not))"
    r"\s+(?!that\b|this\b|none\b|nothing\b)"
)
PERHAPS = (  # "but the letter", and not "but the contractor is slow"
    r"(?:but|not|save)\s+(?=(?:the|my|our)\s+(?:[\w'-]+\s*){1,4}(?:$|[,;.\n]))"
    r"(?![^,;.\n]*\b(?:is|are|was|were|has|have|needs?|will|won'?t|can'?t)\b)"
)
EXCEPTED = re.compile(rf"(?:^|[\s,]+)\b(?:{SURELY}|{PERHAPS})(?P<name>[^,;.:\n]+)", re.I)
ENDS = re.compile(rf"\s+(?:which|who|that|as|because|where)\b|\s+(?=(?:(?:is|are|all|now|still)\s+)*{LEADING.pattern})", re.I)
EMPTY = frozenset({"the", "my", "our", "one", "ones", "about", "for", "of", "to", "with", "on", "action", "a", "an", "that"})


def by_reference(line: str, found: Sequence[Item], for_: Person | None, sight: Sight) -> str:
    """The line with a reference in the place of such words; asks which action they mean where not exactly one has them."""
    for item in found:
        said = EXCEPTED.search(item.words) if item.rest else None
        if said:
            return _named(line, said, open_of(for_ or sight.person, sight), f" for @{for_.handle}" if for_ else "")
    return line


def _named(line: str, said: re.Match[str], mine: Sequence[Action], whose: str) -> str:
    end = ENDS.search(said["name"])
    name = (said["name"][: end.start()] if end else said["name"]).rstrip()
    at = line.index(said[0]) + said.start("name") - said.start()
    wanted = _words(name)
    having = [each for each in mine if wanted and wanted <= _words(each.wording)]
    lines = {each.ref: f"{line[:at]}{each.ref}{line[at + len(name) :]}" for each in mine}
    if len(having) == 1:
        return lines[having[0].ref]
    offered = having or sorted(mine, key=lambda each: -len(wanted & _words(each.wording)))
    raise Refusal(
        f"Which is {name}? Nothing was saved yet.",
        *((f"{each.ref}: {each.wording[:50]}", f"/action update {lines[each.ref]}{whose}") for each in offered[:OFFERED]),
        discreet="Which action do you mean?" if discreet(mine) else "",
    )


def _words(text: str) -> set[str]:
    return {stem(word) for word in cut(text.lower())} - EMPTY
