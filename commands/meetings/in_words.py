"""Whether words without a command are about meetings and who answers for them: all patterns, as `commands.plan.meant`."""

from __future__ import annotations

import re

from commands.plan.meant import OWN, POLITELY
from commands.plan.phrases import MONTH, WEEKDAY
from models.figures.days import MONTH as A_MONTH

# When groups meet, and moving that.
POLITE = re.compile(rf"{POLITELY}(?:we need to |let['’]?s )?", re.I)
MOVES = re.compile(
    rf"{POLITE.pattern}(?:move|postpone|reschedule|cancel|restore)\s+(?=.*[a-z])"
    rf"(?!#?\d{{1,3}}\b(?!(?:st|nd|rd|th)?[\s./-]*(?:of )?(?:\d|{A_MONTH.format('month')}\b))|[a-z]+-\d\d-\d|.*\bactions?\b(?! group))",
    re.I,
)
EXCUSES = re.compile(
    rf"{POLITE.pattern}(?:(?:send |give )?(?:my |our )?apologies\b|i (?:can['’]?t|cannot|can not|won['’]?t|am not able to)"
    r" (?:make|come to|be at|get to|attend)\b)(?! (?:it|this|that)\b)[\s,:]*(?:for |to |from )?",
    re.I,
)
COMES = re.compile(
    r"^\W*i(?:(?:['’]ll| will| can| am going to) (?:be at|come to|attend|make|be coming to)|(?:['’]?m| am) coming to)\s+"
    r"(?=the\b|our\b|next\b|\w+ \d)"
    r"|^\W*i(?:['’]?ll| will| can) (?:be (?:there|coming)|come|make it|attend) after all\W*$",
    re.I,
)
WHO_COMES = re.compile(
    r"^\W*who(?:['’]?s| is| are|['’]?ll be| will be)? "
    r"(?:(?:coming|attending)\b(?: to| at)?(?=\W*$| )|(?:going|comes) to(?= (?:the|our|next)\b))",
    re.I,
)
PLANS = re.compile(r"\bwhat\b.{0,12}\b(?:you|jagbot)\b(?: going to| be)? send(?:ing)?\b|\bwhat (?:goes|will go) out\b", re.I)
AWAY = re.compile(
    r"^\W*(?:i(?:['’]?m| am|['’]?ll be| will be) (?:now )?(?:away|on (?:annual )?leave|on holiday|off(?= until| from| for)|back)"
    r"|away(?= until| till| from| for))\b",
    re.I,
)
TOMORROW = r"(?:tomorrow|later|tmrw|tmw|tomoz|2mor+ow?|another (?:day|time))"
A_DAY = rf"(?:(?:on |next |this )*{WEEKDAY}|(?:on )?(?:the )?\d{{1,2}}(?:(?:st|nd|rd|th)?(?: {MONTH}|[./]\d{{1,2}})|st|nd|rd|th)|next week)"
EVERYBODY = r"(?:every(?:body|one)|(?:all|any)(?: of (?:them|us))?|those|them|people|(?:the )?(?:others|rest|silent|owners|late ones))"
SILENT = (
    r"(?:who|that) (?:(?:has|have|is|are|did|does|do)(?:n['’]?t| not| yet to)|never)\b.{0,12}"
    r"\b(?:repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?)\b(?: (?:yet|so far))?"
)
# What the buttons of a message that asks for news say, and what a chair says of those who have not answered, and on the day.
SAID_BY_BUTTONS = (
    (re.compile(rf"{POLITELY}(?:remind|ask) me (?:again )?{TOMORROW}\W*$", re.I), "later"),
    (re.compile(rf"{POLITELY}(?:remind|ask) me (?:again )?(?={A_DAY}\W*$)", re.I), "later"),
    (
        re.compile(rf"{POLITELY}pass (?:(?:it|this|that|them|these|mine|all) )?(?:on )?to my deputy(?:\W+(?:please|thanks))?\W*$", re.I),
        "pass",
    ),
    (re.compile(rf"{POLITELY}pass (?:(?:it|this|that|them|these|mine|all) )?(?:on )?(?=to <?@\S+\W*$)", re.I), "pass"),
    (
        re.compile(
            r"^\W*who\b.{0,6}?\b(?:has|have|is|did|does)?(?:n['’]?t| not| yet to)\b"
            r".{0,12}\b(?:repl(?:y|ied)|answer(?:ed)?|respond(?:ed)?)\b"
            r"(?: (?:yet|so far))?(?: (?:for|to|of))?",
            re.I,
        ),
        "responses",
    ),
    (re.compile(rf"{POLITELY}(?:(?:show|see|the|me) )*responses\b(?: (?:for|to|of|from))?(?! time)", re.I), "responses"),
    (re.compile(r"^\W*who(?:['’]?s| is| are)? (?:away|on (?:annual )?leave|on holiday)\W*$", re.I), "responses"),
    (
        re.compile(
            rf"{POLITELY}(?:nudge\b(?: {EVERYBODY}\b)?|(?:remind|chase)(?: up)? {EVERYBODY}\b)(?: {SILENT})?(?: (?:for|to|of|about))?",
            re.I,
        ),
        "nudge",
    ),
    (re.compile(rf"{POLITELY}plan (?=(?:until|till|for|from|to|next)\b)", re.I), "plan"),
    (re.compile(r"^\W*back\W*$", re.I), "back"),
    (re.compile(rf"{POLITELY}(?:let['’]?s )?(?:start|open|begin) (?:the |our )?(?=(?:[\w-]+ )?meeting\b)", re.I), "start"),
)
BACK = re.compile(r"\W*i\W?.{0,12}\bback\b(?! (?:on|from))", re.I)
ASKS_WHEN = re.compile(
    r"\b(?:when|what|whats|is|are|was|do|does|will|we|i|our|my|the|next|meet(?:s|ings?)?|dates?|of|all|list|show|me|upcoming|day|time|again)\b"
    r"|['’]s\b|[^\w\s-]",
    re.I,
)
MEETINGS = re.compile(
    r"^\W*(?!.*\b(?:last|since|actions?)\b)(?:when\b.*\b(?:meet(?:s|ings?)?|next)\b|.*\bnext meetings?\b"
    r"|(?:(?:my|our|all|list|show|me|the|upcoming|dates? of|what are)\s+)*meetings?\W*$)",
    re.I,
)
OF_A_GROUP = re.compile(
    r"^\W*(?:when(?:['’]?s| is| are)?|what (?:day|date|time) is|next)\s+(?:(?:is|the|our|my|next) )*"
    r"(?P<group>[a-z][\w&-]*(?: [a-z][\w&-]*){0,3}?)\W*$",
    re.I,
)

MAY = re.compile(r"\bmay(?= (?:we|i|you|they)\b)", re.I)  # no month
A_MONTH_SAID = re.compile(rf"\b(?:{MONTH})\b", re.I)
STILL_ON = re.compile(r"^\W*is (?:the |our )?(?P<which>\w.{0,40}?) (?:still )?(?:on|happening|going ahead|cancell?ed|moved)\W*$", re.I)


def meetings(text: str) -> str:
    """The words that follow /meeting, where a text is about when groups meet; empty where it is not."""
    if MOVES.match(text):
        return POLITE.sub("", text, count=1).strip()
    for said, verb in ((EXCUSES, "apologies"), (COMES, "attend"), (WHO_COMES, "show")):
        if said.match(text):
            return f"{verb} {said.sub('', text, count=1).strip(' ?')}".strip()
    for pressed, verb in SAID_BY_BUTTONS:
        if found := pressed.match(text):
            rest = re.sub(r"\b(?:the|our|meeting|now|please|yet|so far)\b", " ", text[found.end() :], flags=re.I)
            return " ".join([verb, *rest.strip(" ?.!").split()])
    if found := PLANS.search(text):
        return f"plan {text[found.end() :].strip(' ?.!')}".strip()
    if found := AWAY.match(text):
        verb = "back" if BACK.match(text) else "away back" if found[0].lower().endswith("back") else "away"
        return f"{verb} {text[found.end() :].strip(' .!')}".strip()
    if not MEETINGS.match(text) or OWN.search(text):
        return ""
    return _coming(" ".join(ASKS_WHEN.sub(" ", MAY.sub(" ", text)).split()))


def of_a_group(text: str) -> str:
    """The same of a text that names what may be a group, and that nothing else is known of: "when is the JAG?", "is the JAG still on?"."""
    found = OF_A_GROUP.match(text)
    still = STILL_ON.match(text)
    return _coming(found["group"]) if found else f"show {still['which']}" if still else ""


def _coming(words: str) -> str:
    """The next meeting of what is named; where a month is, that of the month."""
    if not A_MONTH_SAID.search(words):
        return f"next {words}".strip()
    return f"show {re.sub(r'(?:^| )(?:in|on|of|for)(?= )', '', words).strip()}"
