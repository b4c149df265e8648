"""Whether words without a command are about the action plan. Looked at before anything else of a line, so it is all patterns."""

from __future__ import annotations

import re

from commands.plan.opening import NUMBER, REF, REST, ROW, SAYS, STATUS, WHY, opened
from commands.plan.phrases import misspelt
from commands.plan.the_rest import all_first
from models.sources.log.lines import is_list

VERB = r"(?:done|completed?|assign|reassign|close|reopen|withdraw|due|update|agree|decline|escalate|refer)"
# "3 done, 5 waiting on highways", "JAG-13-004 fitted", "rest no change", "from @who: …", "undo", "add … @who", "action: …"
SURE = re.compile(
    rf"^\W*(?:{ROW}(?:[).]?\s*$|\s*:|\s+~\s|[).]?\s*(?:[-–]\s*)?{SAYS}|\s+(?:for|from)\s+@\w)|{NUMBER}\s*(?:,\s*\d|(?:and|&)\s*\d)|{REF}|{REST}{SAYS}"
    rf"|{VERB}[\s:]+(?:{NUMBER}|{REF})|show (?:(?:{NUMBER})\W*(?:please\W*|page \d+)?$|{REF})|undo\b"
    r"|(?:update )?(?:from|for|on behalf of) @[\w.-]+\s*(?:[:,-]|#?\d)|(?:please )?(?:add|new)\b.*@\w"
    r"|(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b|actions?\s*:)",
    re.I | re.S,
)
OF_THE_REST = re.compile(rf"^\W*{REST}", re.I)
# "4 gates fitted", or "10 worst wards"
PERHAPS = re.compile(rf"^\W*{NUMBER}[).]?\s+(?!%|(?:month|week|day|year|hour|minute|question|thing|point|quer(?:y|ie))s?\b|of\b)\w", re.I)
BULLETS = re.compile(r"^\s*(?:[•▪◦*–☐☑☒✅➢→§-]|\[[ xX]?\]|\d+[.)])\s|\t", re.M)
LISTS = re.compile(
    r"\b(?:my|our|overdue|open|late|blocked) actions?\b|\baction (?:plan|log)\b|\bwhat(?:'s| is|s)? overdue\b"
    r"|\b(?:what|which|show|list|see|how many|whose)\b(?!.*\bhelp\b).*\bactions\b"
    r"|\bactions\b.*\b(?:overdue|open|late|blocked|at risk|done|closed)\b"
    r"|^\W*list\W*$|['’]s actions\b|\bactions (?:of|for|by|due|owned|belonging|assigned)\b",
    re.I,
)
# What is looked for below is looked for only where the figures know nothing of the words.
POLITELY = r"^\W*(?:(?:please|pls|can you|could you)\s+)*"
BEGINS = re.compile(
    rf"{POLITELY}(?:(?:list|find|search|export|add|assign|reassign|due|close|reopen|withdraw|done|agree|decline)\b"
    r"|write\W*$|(?:delete|erase|remove)\b.*(?:\d|\baction))",
    re.I,
)
SHOWS = re.compile(rf"{POLITELY}(?:show|see|view)\s+(?!me\W*$)\w", re.I)  # also of figures: a misspelt one is offered what it is like
OWN = re.compile(
    r"\boverdue\b|\bwho(?:se)?\b.*\bown(?:s|ed|ers?)?\b|\bactions? #?\d"
    r"|\b(?:what|whats|what['’]s|which|who|when|anything|everything|all) (?:.* )?due\b(?! to\b)|^\W*due\b(?! to\b)|\bdue (?:before|by)\b"
    r"|\bwho\b.*\b(?:not|never|yet|n[o']?t) (?:yet )?report(?:ed)?\b"
    r"|\bwho\b.*\b(?:hasn['’]?t|haven['’]?t|didn['’]?t)\b.*\breport(?:ed)?\b",
    re.I,
)
ERASES = re.compile(r"^\W*(?:delete|erase|remove)\b(?:\s+the\b)?\s*", re.I)
ASKS_OF_ONE = re.compile(  # "who owns action 4?", "when is JAG-13-004 due"
    r"^\W*(?:who|whose|whos|when|what|whats|how|where|(?:the )?(?:owner|status))\b[^\d#\n]*?"
    r"\b(?:owns|owned|owner|about|with|of|is|was|has|got|happened to|action)\s+"
    r"(?P<one>(?:action )?#?(?:[a-z]{2,12}[-–/ ]?\d\d[-–/ ])?\d{1,4})"
    r"(?:\W+(?:due|doing|going|done|now|about|owned by|with|standing|late|overdue))*\W*$",
    re.I,
)
AGENDA = re.compile(r"^(?!\W*(?:find|search|add)\b).*\bagendas?\b", re.I)
MINUTES = re.compile(r"^\W*(?:show |the |our |last |me )*minutes\W*$|^(?!\W*(?:find|search|add)\b).*\bminutes (?:of|from|for)\b", re.I)
ON_THE_AGENDA = re.compile(
    rf"{POLITELY}(?:add|put|raise)\s+(?P<what>.+)\s+(?:to|on|onto|for)\s+(?:the\s+|our\s+)?(?P<whose>.{{0,40}}?)\s*agenda\W*$", re.I
)
ABOUT_PAPERS = re.compile(
    r"\b(?:show|me|us|the|what|whats|is|are|on|for|of|from|our|my|next|last|agendas?|minutes|can|could|i|you|we|see|have|has|please|give|"
    r"send|get|do|does|an?|meetings?|draft|look|like|it|there|where|in|to|be|will|been|out|yet|latest|coming)\b|['’]s\b|[^\w\s-]",
    re.I,
)
THANKS = re.compile(
    r"\W*(?:(?:ok|okay|great|perfect|lovely|brilliant|good|noted|got it|that['’]?s)\W+)*"
    r"(?:thanks?|thank you|thankyou|thx|ta|cheers|many thanks|ok|okay|great|perfect|lovely|brilliant|noted|got it)"
    r"(?:\W+(?:very much|so much|a lot|again|jagbot|all|for (?:that|this|your help)|you|great|perfect))*\W*",
    re.I,
)
# "no change", "gates are done", "gates are blocked: no key"; "is burglary on track?" asks
NEWS_ALONE = re.compile(
    rf"^(?!.*\?|\W*(?:is|are|has|have|did|does|do|what|which|how|who|when|where)\b)"
    rf"(?:(?:.*\b(?:is|are|been|now|all)\s+)?{STATUS}\W*$|.*\b(?:is|are|been)\s+{STATUS}{WHY})",
    re.I,
)
MENTIONS = re.compile(r"\bactions\b|\bhelp\b.*\baction\b", re.I)
ADDS = re.compile(r"^\W*(?:please )?(?:add|new|raise|log)(?: an?| this as an?)?(?: new)? action\b[\s:,-]*|^\W*actions?\s*:\s*", re.I)
LINE = re.compile(rf"^\W*(?:{REF}|{NUMBER})[).:,-]?\s*{SAYS}|^\W*{REST}{SAYS}", re.I)  # a line of news, among others
NEWS = re.compile(rf"^\W*(?=(?:from|for|on behalf of)\s+@|{REST}{SAYS})", re.I)


def surely(text: str) -> bool:
    """Whether they are."""
    text = opened(text)
    rest = OF_THE_REST.match(text)
    if SURE.match(text) or LISTS.search(text) or (rest and misspelt(text[rest.end() :])) or all_first(text) != text:
        return True
    return bool(BULLETS.search(text)) and is_list(text)


def perhaps(text: str) -> bool:
    """Whether they may be: a number comes first, and what follows may still ask for figures."""
    return numbered(text) or bool(NEWS_ALONE.match(text))


def numbered(text: str) -> bool:
    """Whether a number comes first, with words behind it."""
    return bool(PERHAPS.match(opened(text)))


def mentions(text: str) -> bool:
    """Whether words that are nothing else speak of actions, which no figure counts: they are told what can be asked."""
    return bool(MENTIONS.search(text))


def talks(text: str, like_a_figure: bool = False) -> bool:
    """Whether words that ask for no figure are the plan's. To be shown what is like a figure is not."""
    return bool(BEGINS.match(text) or OWN.search(text) or ASKS_OF_ONE.match(text) or (SHOWS.match(text) and not like_a_figure))


def thanks(text: str) -> bool:
    """Whether words only thank."""
    return bool(THANKS.fullmatch(text))


def papers(text: str) -> tuple[str, str] | None:
    """(the command, the words after it) of a text that is about agendas or minutes; None where it is not."""
    if found := ON_THE_AGENDA.match(text):
        return "agenda", f"add {found['whose']} {found['what']}".replace("  ", " ")
    if AGENDA.search(text):
        return "agenda", _of_which(text)
    return ("meeting", f"minutes {_of_which(text)}".strip()) if MINUTES.search(text) else None


def _of_which(text: str) -> str:
    return " ".join(ABOUT_PAPERS.sub(" ", text).split())


def said(text: str) -> str:
    """The words as they would follow /action."""
    asked = opened(text)
    asked = re.sub(POLITELY, "", asked, count=1, flags=re.I) if BEGINS.match(asked) or SHOWS.match(asked) else asked
    return NEWS.sub("update ", ADDS.sub("add ", asked, count=1), count=1)
