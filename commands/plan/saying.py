"""What people say of an action: done, at risk, no change, when it will be, and whose word it is."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from commands.plan.other_day import other_day
from commands.plan.phrases import LATER_ON, LEADING, SAME, SIGNS, STATUS, leading
from commands.plan.series import listed
from commands.plan.settling import Item, items
from commands.plan.the_rest import OTHERS
from models.actions import DONE

__all__ = ["Item", "News", "items", "on_behalf", "read_news"]

NOT_JUST_BEFORE = re.compile(
    r"(?:\bnot|n't|\b(?:is|was|are|were)nt|\bnever|\bnearly|\balmost|\bhalf|\bpart(?:ly|ially)?|\bbe|\byet|\d)$", re.I
)
# Said up to four words before "done", these make it no more than a hope: "wait until it is done", "3 of 5 gates done".
NOT_BEFORE = re.compile(
    r"(?:\b(?:not|never|nearly|almost|half|part(?:ly|ially)?|most(?:ly)?|some|until|till?|when|once|if|unless|be|being|to (?:get|have|see)|"
    r"want\w*|need\w*|gets?|getting|will|shall|would|should|could|must|cannot|hope\w*|hoping|aim\w*|expect\w*|(?:phase|stage) \w+)"
    r"|'ll|n't|\b(?:is|was|are|were|wo|has|have|had|do|does|did|ca|could|should|would)nt|\d+\s*%|\bof \d+)(?:\s+[\w'-]+){0,4}$",
    re.I,
)
TRAILING = re.compile(
    r"(?<![\s,;:.\-])(?P<joint>[\s,;:.\-]+)(?:(?:now |all )?(?:done|completed?|finished)|(?P<tick>[✅✔☑]\ufe0f?))[\s.!]*$", re.I
)
NOT_DONE = re.compile(  # speaks of being done, and is no status: "not done", "done tmrw", "will be done fri"
    rf"(?:not|isn'?t|never|nearly|almost|half|hasn'?t been|will be|to be|should be|gets?)\s+(?:yet\s+|all\s+)?"
    r"(?:done|completed?|finished)\b"
    rf"|(?:done|completed?|finished){LATER_ON.pattern}",
    re.I,
)
THANKS = re.compile(r"^(?:(?:many )?thanks?|thank you|thankyou|thx|ta|cheers|please|pls)[\s.!]*$", re.I)  # beside a status
QUOTED = re.compile(r'(?<!\w)(?:"[^"\n]*(?:"|$)|“[^”\n]*(?:”|$)|\'[^\'\n]+\'(?!\w)|‘[^’\n]+’(?!\w))')  # somebody else's words
WHO = r"@(?P<who>\w[\w-]*(?:\.[\w-]+)*)"
SAID_LAST = re.compile(rf"(?:^|(?<=[\s.…,;:(]))(?P<joint>for|from|per|via|on behalf of)\s+{WHO}[)\s.!]*$", re.I)
SAID_FIRST = re.compile(rf"^\W*(?:from|for|on behalf of)\s+{WHO}(?:\s*[:,.]\s*|\s+-\s+)", re.I)
SAID_FIRST_OF = re.compile(rf"^\W*(?:from|for|on behalf of)\s+{WHO}\s+(?=\S)", re.I)  # "from @dens-officer 3 done"
SAID_OF = re.compile(rf"\s*(?:from|for|on behalf of)\s+{WHO}\s*(?P<mark>[:,])\s*", re.I)
VERB = re.compile(r"\s*(?:update|news|done)\s+(?:of\s+)?", re.I)
# "waiting for @dens-officer" is not their word
NOT_THEIR_WORD = re.compile(
    r"\b(?:ask(?:ed|ing|s)?|wait(?:ed|ing|s)?|look(?:ed|ing|s)?|need(?:ed|s)?|ready|left|hear(?:d|ing)?|repl(?:y|ies)|answers?|response|words?|"
    r"letters?|e-?mails?|quotes?|calls?|messages?|approval|confirmation|jobs?|task|question|one)\s+$",
    re.I,
)


@dataclass(frozen=True)
class News:
    """What was said of an action: a status or None, the words, whether nothing has changed, and words that ask for another date.

    `hoped`: words with the day it will be done, which is another date where it is later.
    `read_as`: ("dne", "done") where the status, or that nothing has changed, was misspelt.
    `sign`: an emoji that is all that was said, and may mean this or that.
    `not_done`: the words say that it is not done (yet), and so say nothing of how it stands.
    """

    said: str
    status: str | None = None
    same: bool = False
    later: str = ""
    hoped: str = ""
    sign: str = ""
    not_done: bool = False
    read_as: tuple[str, str] | None = None


def read_news(words: str) -> News:
    """Read words on one action. A status is taken only where the words begin, or end, with one; a date in quotation marks is no new one."""
    text = words.strip().lstrip(":;,.-–—").strip()
    own = QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)
    begun = leading(text)
    if begun and begun[0] in SIGNS:
        return _signed(text, begun[0], text[begun[1] :].strip())
    later, hoped = other_day(own, begun[1] if begun else 0)
    if begun:
        phrase, past = begun
        read_as = None if LEADING.match(text) else (text[:past].strip(" ,;:.!-\n\t"), phrase)
        return News(THANKS.sub("", text[past:].strip()), STATUS.get(phrase), phrase in SAME, read_as=read_as, later=later, hoped=hoped)
    if (found := TRAILING.search(text)) and (found["tick"] or _is_done(text[: found.start()], found["joint"])):
        return News(text[: found.start()].strip(), DONE, later=later, hoped=hoped)
    return News(text, not_done=bool(NOT_DONE.match(text)), later=later, hoped=hoped)


def _signed(text: str, sign: str, words: str) -> News:
    """News that begins with an emoji: what is said behind it, which says how it stands or leaves that open."""
    if not words:
        return News("", sign=sign)
    news = read_news(words)
    return news if news.status or news.same else replace(news, said=text)


def _is_done(before: str, joint: str) -> bool:
    """Whether "done" after these words means that it is. What a comma or a dash parts from them is no longer under their "until"."""
    apart = bool(joint.strip(" \n-")) or " -" in joint
    return not (NOT_JUST_BEFORE if apart else NOT_BEFORE).search(before) and not NOT_JUST_BEFORE.search(before)


def on_behalf(words: str) -> tuple[str, str]:
    """(the words, whose word it is): "… for @dens-officer" at the end, "from @dens-officer: …" first, "3 from @dens-officer: …"."""
    return _said_first(words) or _said_of(words) or _said_last(words) or (words, "")


def _said_first(words: str) -> tuple[str, str] | None:
    if found := SAID_FIRST.match(words):
        return words[found.end() :].strip(), found["who"]
    found = SAID_FIRST_OF.match(words)
    if found and (listed(words[found.end() :]) or OTHERS.match(words, found.end())):
        return words[found.end() :].strip(), found["who"]
    return None


def _said_of(words: str) -> tuple[str, str] | None:
    """ "3 from @dens-officer: gates fitted", "3 done from @dens-officer: …", "rest from @dens-officer: no change"."""
    verb = VERB.match(words)
    text = words[verb.end() :] if verb else words
    begun, others = listed(text), OTHERS.match(text)
    past = len(text) - len(begun[1]) if begun else others.end() if others else None
    if past is None:
        return None
    said = leading(text[past:].lstrip())
    after = len(text) - len(text[past:].lstrip()) + said[1] if said else past
    found = SAID_OF.match(text, past) or SAID_OF.match(text, after)
    if not found or (found["mark"] == "," and found.start() > past):  # "1 done for @dens-officer, 2 at risk" is not all theirs
        return None
    return f"{words[: len(words) - len(text)]}{text[: found.start()].rstrip()}: {text[found.end() :]}".strip(), found["who"]


def _said_last(words: str) -> tuple[str, str] | None:
    found = SAID_LAST.search(words)
    if not found or NOT_THEIR_WORD.search(words[: found.start()]):
        return None
    return words[: found.start()].rstrip().removesuffix("(").strip(), found["who"]
