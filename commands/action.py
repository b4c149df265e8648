"""/action"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.helping import asks_for_help
from commands.plan import meant
from commands.plan.by_number import Which
from commands.plan.kept import look_up
from commands.plan.opening import opened
from commands.plan.refs import Ref
from commands.plan.sight import Sight
from commands.plan.the_rest import all_first
from commands.reply import Reply
from commands.verbs import OWN, Verbs, first_word
from models.actions import Action
from models.base import Refusal
from models.personal import names_a_person
from models.sources.log.lines import is_list

# What people may say first, and where it is done.
DONE_BY: dict[str, tuple[str, str]] = {
    "add": ("adding", "add"),
    "list": ("listing", "list_"),
    "show": ("showing", "show"),
    "update": ("updating", "update"),
    "done": ("updating", "done"),
    "assign": ("changing", "assign"),
    "due": ("changing", "due"),
    "reopen": ("changing", "reopen"),
    "withdraw": ("changing", "withdraw"),
    "close": ("closing", "close"),
    "escalate": ("handing_on", "escalate"),
    "refer": ("handing_on", "refer"),
    "undo": ("undoing", "undo"),
    "find": ("finding", "find"),
    "export": ("exporting", "export"),
    "agree": ("deciding", "agree"),
    "decline": ("deciding", "decline"),
    "draft": ("drafting", "draft"),
    "write": ("writing", "write"),
    "keep": ("keeping", "keep"),
    "discard": ("drafting", "discard"),
}
ALSO: Mapping[str, str] = {
    "new": "add", "raise": "add", "create": "add", "see": "show", "view": "show", "open": "list", "news": "update", "complete": "done",
    "completed": "done", "finished": "done", "reassign": "assign", "give": "assign", "date": "due", "cancel": "withdraw", "search": "find",
    "accept": "agree", "approve": "agree", "reject": "decline", "refuse": "decline", "mine": "list", "overdue": "list", "closed": "list",
    "all": "update", "rest": "update",
}  # fmt: skip
VERBS = Verbs("/action", "plan", DONE_BY, ALSO)
READING = frozenset({"list", "show", "find", "export"})
GRAVE = frozenset({"withdraw", "close", "undo", "agree", "decline", "keep", "discard", "done", "escalate", "refer"})
NUMBERED = re.compile(r"^\s*1[.)]\s.*\n\s*2[.)]\s", re.S)  # a list, and no news of action 1
TO_AGREE = re.compile(r"^\s*done\b\D*\bagree", re.I)  # with a number it is news: "done 4 funding agreed"
ASKS_FOR_A_LIST = re.compile(
    r"\b(?:my|our|mine|overdue|open|closed|outstanding|what|which|who|how many)\b|['’]s actions\b"
    r"|^\W*(?:any|every)thing\b.*\bdue\b|^\W*(?:can|could|any|are)\b.*\bactions\b",
    re.I,
)
# What follows "actions" in "actions of Hightown", "action plan".
WHOSE = re.compile(r"^\W*(?:(?:of|by|for|owned by|belonging to|assigned to|due (?:before|by))\b[^:\n]*|(?:plan|log)\W*)$", re.I)
SHOWS_A_LIST = re.compile(r"\D*\b(?:actions|mine|overdue)\b\D*", re.I)  # "show me overdue actions"
ASKING = ("what", "which", "how", "who", "whose", "when", "where", "why")  # like verbs, and none: "how" is no "show"
ME = re.compile(r"(?<![\w@.])@(?:me|myself)\b(?![\w-]|\.\w)", re.I)


def _read(words: str) -> tuple[str, str]:
    """(the verb, the words it is about). Words that begin with a reference are news of it, or ask to see it; none ask for my own."""
    text = opened(words.strip())
    if not text:
        return "list", "mine"
    if meant.NEWS.match(text) or _all_news(text):
        return "update", text
    if NUMBERED.search(text):
        return "add", text
    if begun := Ref.at_start(text):
        return ("update", text) if begun[1].strip(" .?") else ("show", text)
    if "\n" in text and is_list(text):
        return "add", text
    if asked := meant.ASKS_OF_ONE.match(text):
        return "show", asked["one"]
    if meant.ERASES.match(text):
        return "", text
    if all_first(text) != text:
        return "update", text
    if TO_AGREE.match(text) or (WHOSE.match(text) and not meant.NEWS_ALONE.match(text)):
        return "list", text
    first, rest = first_word(text)
    if ALSO.get(first, first) == "show" and SHOWS_A_LIST.fullmatch(rest):
        return "list", rest
    if first in DONE_BY or first in OWN:
        return first, rest
    if first in ALSO and first not in ("all", "rest"):
        verb = ALSO[first]
        return verb, text if verb == "list" else rest
    if len(first) > 2 and first not in ASKING and (near := VERBS.like(first, GRAVE.__contains__)):
        return near, rest
    return ("list", text) if ASKS_FOR_A_LIST.search(text) else ("", text)


def _all_news(text: str) -> bool:
    """Whether each of several lines is news of an action: "1. done" below "2. blocked" is no list of things to do."""
    lines = [line.strip(" \t•▪◦*-") for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all(meant.LINE.match(line) for line in lines)


def _writes(words: str) -> bool:
    return not asks_for_help(words) and _read(words)[0] not in READING


def _forms(words: str) -> bool:
    """What surely lacks words: `add` alone, or news, a date or an owner of an action without any."""
    verb, rest = _read(words)
    begun = Ref.at_start(rest)
    alone = begun is not None and not begun[1].strip()
    return (verb == "add" and not rest.strip()) or (verb in ("update", "assign", "due") and alone) or verb in ("mend", "write")


@command(
    "/action add Fit alley gates behind the shops @housing-officer due fri #asb",
    "/action list overdue",
    "/action 4 at risk: contractor delayed",
    "/action 3 done, 5 waiting on highways wont be til jan, rest no change",
    "/action show 4",
    "/action find bus station",
    usage="[add … | list … | show 4 | 4 at risk: … | done 4 | assign 4 @who | due 4 fri | reopen | withdraw | close"
    " | escalate 4 | refer 4 to jag | undo | find …]",
    needs="see actions",
    writes=_writes,
    forms=_forms,
)
def action(enquiry: Enquiry, session: Session) -> Reply:
    """The action plan: who does what by when, and how it stands.

    On its own: my actions. Add takes what to do, @who is accountable, when it is due (12 Dec, fri, next JAG, ongoing) and a #priority, or
    a whole pasted list. Give news of one action, or of many in one line: 3 done, 5 at risk: contractor late, rest no change. Done waits
    for the group to agree; close agrees. Write is one form for all that is yours. Assign, due, reopen and withdraw are for the lead, the
    chair and the coordinator; an owner asks them. Escalate 4, or refer 4 to jag, has another group that you see take it up; any member may
    ask for it, of any group. Undo takes back your latest change within a day. List takes mine, overdue, open, done, closed, a #priority,
    an @owner, an agency, a group. Export gives a workbook.
    """
    enquiry = replace(enquiry, words=ME.sub(f"@{enquiry.person.handle}", enquiry.words))
    verb, words = _read(enquiry.words)
    try:
        if not verb:
            raise _unknown(words, enquiry, session)
        return VERBS.carry_out(verb, words, enquiry, session, action, _mend)
    except Which as which:
        raise which.asked_again(enquiry.words.strip()) from None
    except Refusal as refusal:
        refusal.discreet = refusal.discreet or _discreetly(verb, enquiry, session)
        raise


def _discreetly(verb: str, enquiry: Enquiry, session: Session) -> str:
    """What a notification says of a refusal: nothing of the words where they are a private group's, or new and perhaps so.

    Only of what may be seen: to anybody else a private group's action is one that isn't there.
    """
    read = {record.group_id for record in session if isinstance(record, Action) and record.group.private}
    private = bool(read and read & Sight.of(enquiry, session).group_ids)
    return "Nothing was changed" if private or verb in ("add", "draft", "keep") else ""


def _mend(enquiry: Enquiry, session: Session) -> Reply:
    """Bring kept words back to their writer, in the form they belong in; or do what that form asks, and keep them no longer."""
    from commands.plan.rewording import mending, reworded, sent

    if enquiry.fields:
        return action(sent(enquiry, session), session)
    kept = look_up(enquiry, session)
    verb, words = _read(kept.line)
    again = replace(enquiry, words=words, fields=dict(kept.fields))
    return mending(reworded(verb, again, VERBS.does, session), kept)


def _unknown(words: str, enquiry: Enquiry, session: Session) -> Refusal:
    from commands.plan.unnamed import is_news, never_erased, which

    if names_a_person(words):
        return Refusal("I don't know what to do with that. To add it as an action, begin with add; or list, show 4, 4 done, find …")
    if meant.ERASES.match(words):
        return never_erased(words)
    if is_news(words) and not enquiry.fields:
        return which(words.strip(), Sight.of(enquiry, session))
    return Refusal(
        f"I don't know what to do with “{words.strip()[:80]}”. To add it as an action, begin with add; or list, show 4, 4 done, find …",
        ("Add it", f"/action add {words.strip()}"),
        ("My actions", "/action list mine"),
        ("Find it", f"/action find {words.strip()[:200]}"),
        ("Help", "/action help"),
        discreet="I don't know what to do with that.",
    )
