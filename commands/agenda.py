"""/agenda"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from commands import Enquiry, command
from commands.discreet import of_a_private_group
from commands.helping import asks_for_help
from commands.plan.kept import look_up
from commands.reply import Reply
from commands.verbs import Verbs, first_word
from models.base import Refusal

# What people may say first, and where in commands/agendas it is done.
DONE_BY: dict[str, tuple[str, str]] = {
    "show": ("showing", "show"),
    "add": ("suggesting", "add"),
    "back": ("suggesting", "take_back"),
    "carry": ("suggesting", "carry"),
    "escalate": ("handing_on", "escalate"),
    "refer": ("handing_on", "refer"),
    "edit": ("writing", "edit"),
    "approve": ("settling", "approve"),
    "hold": ("settling", "hold"),
    "post": ("settling", "post"),
    "template": ("templating", "template"),
    "export": ("exporting", "export"),
}
ALSO: Mapping[str, str] = {
    "suggest": "add", "item": "add", "raise": "add", "see": "show", "view": "show", "draft": "show", "take": "back", "remove": "back",
    "withdraw": "back", "postpone": "carry", "write": "edit", "change": "edit", "say": "edit", "agree": "approve", "ok": "approve",
    "stop": "hold", "wait": "hold", "send": "post", "publish": "post", "word": "export", "docx": "export", "paper": "export",
}  # fmt: skip
VERBS = Verbs("/agenda", "agendas", DONE_BY, ALSO)
READING = frozenset({"show", "export"})
SETS = re.compile(r"[\n{]|\b(?:usual|default|restore|reset|change|edit|set)\b", re.I)  # a template, rather than showing it
TAIL = re.compile(r"^(?:back|over)\b\s*", re.I)  # of "take back", "carry over"


def _read(words: str) -> tuple[str, str]:
    """(the verb, the words it is about). Words that begin with none name a meeting, whose agenda is shown."""
    text = words.strip()
    first, rest = first_word(text)
    if verb := VERBS.named(first, rest):
        return verb, TAIL.sub("", rest) if verb in ("back", "carry") else rest
    return "show", text


def _writes(words: str) -> bool:
    verb, rest = _read(words)
    return not asks_for_help(words) and verb not in READING and (verb != "template" or bool(SETS.search(rest)))


def _forms(words: str) -> bool:
    """What surely lacks words."""
    verb, rest = _read(words)
    return (verb == "add" and not rest.strip()) or (verb == "edit" and ":" not in rest) or verb == "mend"


@command(
    "/agenda",
    "/agenda jag",
    "/agenda add jag Talk about fireworks before bonfire night",
    "/agenda edit burglary: three arrests in Berkhamsted; visits go on",
    "/agenda template jag",
    usage="[jag 10 Dec | add jag … | edit burglary: … | approve | hold because … | post | template jag | export jag]",
    needs="see meetings",
    writes=_writes,
    forms=_forms,
)
def agenda(enquiry: Enquiry, session: Session) -> Reply:
    """What a meeting will talk about: actions by reference, figures, the leads' words, items people suggested.

    On its own: the next meeting of each of my groups. A group, with or without a day, shows its agenda. Anybody of the group can add an
    item. A priority's lead writes its word with edit; the chair and the coordinator write any, approve, hold or post. What people wrote
    goes out once one of them has looked. The template is Markdown with placeholders; export gives a Word document.
    """
    verb, words = _read(enquiry.words)
    try:
        return VERBS.carry_out(verb, words, enquiry, session, agenda, _mend)
    except Refusal as refusal:
        refusal.discreet = refusal.discreet or of_a_private_group(refusal, enquiry, session, _writes(enquiry.words))
        raise


def _mend(enquiry: Enquiry, session: Session) -> Reply:
    """Bring kept words back to their writer, to be said otherwise; or do what they say now."""
    from commands.agendas.rewording import reworded, said_again

    if enquiry.fields:
        return agenda(said_again(enquiry, session), session)
    return reworded(look_up(enquiry, session), lambda line: agenda(replace(enquiry, words=line, fields={}), session))
