"""People within the words of an action: @somebody is taken out, and the joints that it leaves behind are mended."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from commands.plan.naming import all_names, how_many_help, how_many_name
from models.people import Person

PERSON = re.compile(r"(?<![\w@])@([\w][\w.'-]*[\w]|\w)")
CHAT = re.compile(r"(?<![\w@])@([UW][A-Z0-9]+)\b")  # as chat writes somebody
MARK = "\ue000"  # where somebody stood; nobody types it, for what cannot be seen is gone by then
GOES_ON = re.compile(r"(?: +(?!(?:due|by|with|and|to|for|from|on|in|at|before|until|next|will|should)\b)[\w&'-]+){1,5}", re.I)
NOBODY = r"(?:all|everyone|everybody|various|tb[ac])\b"
OWNER = re.compile(r"\bowner *: *(?=[^\W\d_])", re.I)
OWNED_BY_NOBODY = re.compile(rf"\bowner *: *(?={NOBODY})", re.I)
# "Cllr Smith to lead" is somebody's task, and no joint.
JOINT = r"(?:\b(?:supported by|assigned to|owner *:?|(?<!\bto )lead *:?|with|and|for|by|from|to) *)"
PEOPLE = rf"{MARK}(?:(?: |,|;|&|\band\b|\bwith\b)*{MARK})*"
IN_BRACKETS = re.compile(rf" *\( *{JOINT}*{PEOPLE} *\)", re.I)
AT_THE_START = re.compile(rf"^[\s,;:.-]*{JOINT}*(?:ask +)?{PEOPLE} *(?:[:,;.-]+|(?:to|will|should|shall|must)\b)? *", re.I)
WITHIN = re.compile(rf" *(?i:{JOINT})*{PEOPLE} *(?:(?P<dot>\.)(?= *[A-Z\n])|[,;:.]*) *")
AT_THE_END = re.compile(rf"(?:[\s(),;.-]*{JOINT}*{MARK})+[\s),;.]*$", re.I)
LEFT = re.compile(r"\s+(?:with|and|supported by|owner:|lead:)(?=\s*(?:$|[,;.]))", re.I)
HELPS = re.compile(  # behind somebody, or wherever it is said outright
    rf"(?:(?<={MARK})[ ,;]*(?:\(? *(?:with|and|&|\+)(?: +(?:the )?(?:help|support)(?: +(?:of|from))?)?)|\bsupported +by"
    rf"|\bsupport(?:ers?|ing)? *:|(?<={MARK})[ ,;(]*support(?:ing|ers?)?) +(?=[^\W\d_])(?P<names>[\w&' -]+)",
    re.I,
)


def by_handle(text: str, session: Session) -> str:
    """The text with people of the partnership by their handles, where chat wrote their ids."""
    users = {found[1] for found in CHAT.finditer(text)}
    known = dict(session.execute(select(Person.slack_user, Person.handle).where(Person.slack_user.in_(users))).all()) if users else {}
    return CHAT.sub(lambda found: f"@{known.get(found[1], found[1])}", text)


def marked(line: str) -> str:
    """The line with an @ where its owner is named without: "owner: ALL"."""
    return (OWNED_BY_NOBODY if PERSON.search(line) else OWNER).sub("@", line, count=1)


def taken_out(text: str, session: Session) -> tuple[str, list[str]]:
    """(the text with a mark where people stood, their names). Words that are together a handle, a role or an agency are one name."""
    names: list[str] = []
    known: frozenset[str] | None = None
    while found := PERSON.search(text):
        name, end = found[1], found.end()
        more = GOES_ON.match(text, end) if "-" not in name else None
        known = all_names(session) if more and known is None else known
        if more and (count := how_many_name([name, *more[0].split()], known or frozenset())):
            end += _length(rf"(?: +\S+?){{{count - 1}}}(?![\w&'-])", more[0])
            name = text[found.start() + 1 : end]
        names.append(name)
        text = f"{text[: found.start()]} {MARK} {text[end:]}"
    return re.sub(" +", " ", text), names


def supported_by(text: str, session: Session) -> tuple[str, list[str]]:
    """(the text without the people and agencies that are named as supporters with no @, their names): "@who support Hightown".

    What names nobody stays in the words.
    """
    helping: list[str] = []
    at = 0
    while found := HELPS.search(text, at):
        at = found.start("names")
        if count := how_many_help(found["names"].split(), session):
            name = found["names"][: _length(rf"\S+(?: +\S+){{{count - 1}}}", found["names"])]
            helping.append(name)
            after = text[at + len(name) :].lstrip()
            at = found.start()
            text = f"{text[:at]} {MARK} {after.removeprefix(')') if '(' in found[0] else after}"
    return text, helping


def _length(pattern: str, text: str) -> int:
    """How far into a text a pattern reaches that begins it."""
    begun = re.match(pattern, text)
    return begun.end() if begun else 0


def tidied(text: str) -> str:
    """What is left to do, without the joints that people and dates left behind."""
    text = AT_THE_START.sub("", IN_BRACKETS.sub(" ", re.sub(" +", " ", text)))
    text = WITHIN.sub(lambda found: ". " if found["dot"] else " ", text)
    while (shorter := LEFT.sub("", text).strip(" ,;-\n")) != text:
        text = shorter
    return re.sub(" *\n *", "\n", re.sub(" +", " ", text))
