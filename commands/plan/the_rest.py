"""All the other actions, as a line speaks of them: "rest no change", "all done bar 5"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from commands.plan.phrases import LEADING, SAME, leading, misspelt
from commands.plan.quantities import is_a_quantity
from commands.plan.refs import Ref
from commands.plan.series import listed

OTHERS = re.compile(
    r"(?P<others>(?:all\s+)?(?:(?:of\s+)?(?:the|my)\s+)?(?:rest(?:\s+of\s+(?:them|mine|(?:my|the)\s+actions))?|others|"
    r"(?:other|remaining)\s+(?:ones|actions)|remainder)|(?:all|everything)\s+else)\b(?!\s+of\b)"
    r"|(?:all|everything)(?:\s+(?:of\s+)?(?:them|mine|(?:my\s+|the\s+)?actions))?\b",
    re.I,
)
OF_ALL = re.compile(r"\s*(?:$|[:,-]|(?:are|is|still|now|fine|good|ok|okay|well)\b)", re.I)  # "all fine", and not "all gates up"
ALL_LAST = re.compile(
    r"\s+(?:for|on|to|in|with|from)\s+(?:(?:all|any|both|each|everything)(?:\s+of)?(?:\s+(?:them|these|those|mine|(?:my\s+|the\s+)?actions))?"
    r"|my\s+actions|mine|them|these|the\s+lot)\W*$",
    re.I,
)
BUT = re.compile(
    r"[^,;.\n\d]*?(?P<but>[\s,]+(?:bar|except(?:ing)?(?:\s+for)?|apart\s+from|other\s+than|excluding|save(?:\s+for)?|but(?:\s+not)?|not)\s+)",
    re.I,
)
JOINT = re.compile(
    r"(?:,(?!(?<=\d,)\d{3}(?!\d))|;|\.(?!(?<=\d\.)\d)|\n|[&+•▪*]|\b(?:and|but)\b|\s[-–—/|](?=\s)|(?<=[✅✔☑👍👎👌❌✖✗✘❎🚫⛔🟢🟡🟠🔴\ufe0f\U0001f3fb-\U0001f3ff])\s+(?=#?\d))(?:[\s•▪◦*–—&+-]|(?:and|but|then|also)\b)*",
    re.I,
)


@dataclass(frozen=True)
class Start:
    """Where a stretch begins: the end of the one before it, its own name ("4", "rest"), and its words."""

    cut: int
    at: int
    named: int
    past: int
    refs: tuple[Ref, ...] = ()
    but: tuple[Ref, ...] = ()
    left_out: bool = False
    unsure: bool = False


def all_first(line: str) -> str:
    """ "no change for all" as the button says it, "rest no change"; "done for all" is "all done". Any other line as it is."""
    found = ALL_LAST.search(line)
    said = leading(line[: found.start()]) if found else None
    if found is None or said is None or line[said[1] : found.start()].strip():
        return line
    return f"{'rest' if said[0] in SAME else 'all'} {said[0]}"


def the_rest(line: str, cut: int, at: int, first: bool) -> list[Start]:
    """All the rest, and what is left out of it: "rest no change", "all done bar 5", "all bar 5 done"."""
    found = OTHERS.match(line, at)
    if not found:
        return []
    named, left = found.end(), _left_out(line, found.end())
    words = line[named : left.cut if left else len(line)]
    before = bool(left and words.strip())
    past = left.past if left and not before else named
    if not _is_of_the_rest(words if before or not left else line[past:], first, bool(found["others"])):
        return []
    start = Start(cut, at, named, past, but=left.refs if left else ())
    return [start, left] if left and before else [start]


def _left_out(line: str, past: int) -> Start | None:
    """The actions that the rest is without; what is said of those may follow: "all done bar 5, which is blocked"."""
    but = BUT.match(line, past)
    if not but:
        return None
    text = re.sub(r"\bor\b(?=\s+#?\w)", " ,", line[but.end() :])  # "not 5 or 6" leaves out both
    begun = Ref.at_start(text)
    if not begun or (not begun[0].dated and is_a_quantity(begun[1])):
        return None
    refs, after = listed(text) or ((begun[0],), begun[1])
    if begun[1].lstrip().startswith(",") and re.match(r"\s*[:\w]", after):  # "all done except 5, 6 blocked"
        refs, after = (begun[0],), begun[1]
    return Start(but.start("but"), but.end(), but.end(), len(line) - len(after), refs, left_out=True)


def _is_of_the_rest(words: str, first: bool, others: bool) -> bool:
    """Whether words behind "all" or "rest" are of every other action. In mid-line "all" is mostly of the gates: only "all no change" is."""
    text = words.lstrip(" :-")
    said = LEADING.match(text)
    slip = None if said else misspelt(text)
    if first:
        return others or bool(said or slip or OF_ALL.match(words))
    if not said:
        return slip is not None and (others or slip[0] in SAME)
    same = " ".join(said["phrase"].lower().split()) in SAME
    ends = bool(said["stop"].strip()) or said.end() == len(text) or bool(JOINT.match(text, said.end("phrase")))
    return (same or ends) if others else (same and ends)
