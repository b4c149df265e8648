"""News that names no action: which of somebody's own it may be of is asked, with a button for each."""

from __future__ import annotations

import re

from commands.plan.meant import ERASES
from commands.plan.opening import STATUS as SAID
from commands.plan.opening import WHY
from commands.plan.owned import open_of, owns_none
from commands.plan.phrases import STATUS, leading
from commands.plan.refs import Ref
from commands.plan.saying import read_news
from commands.plan.sight import Sight, discreet
from models.actions import DONE
from models.asking_again import asked_of, awaited_of
from models.base import Refusal
from models.near import cut, stem

OFFERED = 8
HOW = re.compile(
    rf"\b{SAID}(?=\W*$|\s*[:;,.–-]|\s+(?:because|as|due to|since|until|till?|pending|now|at last|finally|for|by|thanks)\b)",
    re.I,
)
NO_LONGER = re.compile(r"(?:no longer|not|n[o']?t|never|was|were|been|until|till?|if|when|once|unless)(?:\s+[\w'-]+){0,2}\s*$", re.I)
SAYS = re.compile(rf"\b(?:is|are|now|all|been)\s+(?:{'|'.join(map(re.escape, STATUS))})(?:\W*$|{WHY})", re.I)


def is_news(words: str) -> bool:
    """Whether words say how something stands: "no change", "gates are done"."""
    return bool(leading(words) or read_news(words).status or SAYS.search(words))


def which(words: str, sight: Sight) -> Refusal:
    """Ask of which action the words are news: of those awaited of somebody, else of their own, those that share a word with them first."""
    awaited = [each.action for _, asked in awaited_of(sight.person, sight.enquiry.at, sight.session) for each in asked]
    mine = awaited or asked_of(sight.person, sight.enquiry.at, sight.session) or open_of(sight.person, sight)
    if not mine:
        return Refusal(f"Which action is that the news of? {owns_none(None, sight)}", ("Open actions", "/action list"))
    said, how = _words(words), _how(words)
    offered = sorted(mine, key=lambda action: -len(said & _words(action.wording)))[:OFFERED]
    all_mine = [("All of mine", f"/action update rest {words}")] if len(mine) > 1 and read_news(words).same else []
    begin = f"Begin with its number, such as: /action 4 {words or 'at risk: contractor delayed'}"
    return Refusal(
        f"Which action is that the news of? {begin}" if words else f"Which action is there news of? {begin}",
        *((f"{action.ref}: {action.wording[:50]}", f"/action update {action.ref} {how}{words}".strip()) for action in offered),
        *(all_mine if words else [("All of mine, in one form", "/action write")]),
        discreet="Which action do you mean?" if discreet(offered) else "",
    )


def _how(words: str) -> str:
    """ "blocked: " of words that say so in their midst, "the underpass is blocked: no power": of a number they would be news alone."""
    found = HOW.search(words)
    status = STATUS.get(" ".join(found[0].lower().split())) if found else None
    if found is None or status is None or read_news(words).status or NO_LONGER.search(words[: found.start()]):
        return ""
    return f"{status}: " if status != DONE else ""


def never_erased(words: str) -> Refusal:
    """What to do instead of deleting an action."""
    begun = Ref.at_start(ERASES.sub("", words))
    withdraw = f"/action withdraw {begun[0].whole if begun else '4'}"
    return Refusal(
        f"Actions are never deleted. To take one off the plan, withdraw it: {withdraw}. To take back your own latest change: /action undo",
        *([("Withdraw it", withdraw)] if begun else []),
        ("Undo my latest change", "/action undo"),
        discreet="Actions are never deleted.",
    )


def _words(text: str) -> set[str]:
    return {stem(word) for word in cut(text.lower()) if len(word) > 3}
