"""How a line of news opens, with a number or a reference; and what people type before that: "Morning! 18 on track", "mark 17 as done"."""

from __future__ import annotations

import re

from commands.plan.phrases import SIGNS
from commands.plan.quantities import is_a_measure
from commands.plan.refs import NO_GROUP

MARKS_OF_IT = "✅✔☑🟢🟡🟠🔴" + "".join(SIGNS)
STATUS = (
    r"(?:done|complete\w*|finished|sorted|on ?track|at ?risk|blocked|stuck|delayed|no (?:change|update)|as before|unchanged"
    r"|same(?= as before|\W*$))"
)
SAYS = rf"(?:(?:all |now |still |is |are |it's )*{STATUS}\b|[{MARKS_OF_IT}])"
WHY = r"(?:\s*[:;–]\s*\w|\s+-\s+\w|\s+(?:because|as|since|until|till?|pending)\b)"  # behind how it stands
NUMBER = r"(?:actions? )?#?(?:[0-6]\d-\d{3}|\d{1,3})(?!\w|[.:/]\d|,\d{3})"
GROUP = rf"(?!(?:{NO_GROUP})\b)[a-z]{{2,12}}"
REF = rf"{GROUP}[-–/]?\d\d[-–/]\d{{1,4}}(?=\s*(?:[):.,]|$|\n|{SAYS}))|{GROUP}-\d\d-\d{{1,4}}\b|{GROUP} \d\d[- ]\d{{1,4}}(?=\s*:|\s+{SAYS})"
ROW = rf"{NUMBER}(?:(?:\s*(?:,|and|&|\+|-|–|to)\s*|\s+){NUMBER})*"  # 1, 2 and 5
REST = (
    r"(?:(?:all )?(?:the |my )?(?:rest|others)|(?:all|everything)(?: else| others| mine| (?:of )?them| (?:my |the )?actions)?)"
    r"(?:\s*[:,-])?\s+"
)
GREETED = re.compile(  # not "thanks 4 that"
    r"\W*(?:(?:hi|hiya|hello|hey|dear|(?:good\s+)?(?:morning|afternoon|evening)|sorry|apologies|oops|ok|okay|fyi|quick\s+(?:one|update)|my\s+update"
    r"|update(?=\s*[,:;!–—-])|no(?=\s*[,;!–—-])|actually|correction|i\s+meant?)\b(?:\s+(?:all|everyone|everybody|both|team|jagbot)\b)?"
    r"[^\d\n?]{0,60}?[\s,:;.!–—-]{1,8})"
    rf"(?=(?:no\.?\s*|items?\s+|number\s+)?(?:{ROW}[).]?(?:\s*[:–-])?\s+\S|{ROW}\s*[:{MARKS_OF_IT}]|{REF}|{REST}{SAYS}|{GROUP}[-–/]?\d{{4,5}}\b))",
    re.I,
)
FIRST = re.compile(r"\d{1,3}\b")
POLITELY = r"(?:(?:please|pls|can you|could you|just)\s+)*"
MARKS = r"(?:mark|set|put|flag|record|log|change|make|move|turn|update)"
ALL_OF_THEM = r"(?:(?:all )?(?:the |my )?(?:rest|others)|(?:all|everything)(?: else| others| mine| (?:of )?them| (?:my |the )?actions)?)"
NAMED = rf"(?P<named>{ROW}|(?:{REF})|{ALL_OF_THEM})"
MARKED = re.compile(  # "mark 17 as done", "set 18 to blocked, no lease"
    rf"\W*{POLITELY}{MARKS}\s+{NAMED}\s+(?:down\s+)?(?:(?:as|to(?: be)?|is|at)\s+)?(?={SAYS})",
    re.I,
)
MOVED = re.compile(  # "extend 18 to 30 nov", "push the date of 18 back to end of nov"
    rf"\W*{POLITELY}(?P<verb>extend|push|move|put|postpone|delay|defer|change)\s+(?:(?:the\s+)?(?:due\s+)?(?:date|deadline)\s+(?:of|for|on)\s+)?"
    rf"(?P<named>(?:actions? )?#?(?:{GROUP}-)?(?:\d\d-)?\d{{1,4}})\s+(?P<to>(?:(?:back|out|off|on)\s+)?(?:to|(?:un)?til+)\s+\S)",
    re.I,
)
NUMBERED = re.compile(rf"\W*(?:items?|number|no\.?)\s*(?={ROW}[).]?\s*(?:[-–:]\s*)?{SAYS})", re.I)
ONE_MORE = re.compile(rf"(?<![\w-])no\.?\s*(?={NUMBER}\s*(?:[-–:]\s*)?{SAYS})", re.I)
AS_ONE = re.compile(  # JAG1317
    rf"\W*(?:{POLITELY}{MARKS}\s+)?(?P<group>{GROUP})[-–/]?(?!(?:19|20)\d\d\b)[0-6]\d\d{{2,3}}"
    rf"(?=\s*(?:[-–:]\s*)?(?:(?:as|to|is)\s+)?{SAYS}|\s*(?:,|&|and\b)\s*(?P=group)[-–/]?\d)",
    re.I,
)


def opened(text: str) -> str:
    """The line as it would begin with its number; the text itself where it begins with one, or has none.

    "Hi, 17 done" is 17 done; so are "mark 17 as done", "no 17 done" and, of JAG, "JAG1317 done".
    """
    greeted = GREETED.match(text)
    line = text[greeted.end() :] if greeted else text
    if greeted and (first := FIRST.match(line)) and is_a_measure(line[first.end() :]):  # "Hi, see you on 10 September"
        return text
    if found := AS_ONE.match(line):
        line = re.sub(rf"\b({found['group']})[-–/]?(\d\d)(\d{{2,3}})\b", r"\1-\2-\3", line, flags=re.I)
    if found := MARKED.match(line):
        return f"{found['named']} {line[found.end() :]}"
    if found := MOVED.match(line):
        return f"{found['named']} {found['verb']} {line[found.start('to') :]}"
    if found := NUMBERED.match(line):
        return ONE_MORE.sub("", line[found.end() :])
    return line
