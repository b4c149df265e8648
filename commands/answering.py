"""From a line to a reply: whether the person may ask it, and what is said when it cannot be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from commands import Command, Enquiry, all_commands, never
from commands.helping import asks_for_help, page
from commands.permissions import must, pressable
from commands.reply import Audience, Note, Reply, press
from commands.routing import asks_nothing, is_command, route
from commands.words import unlinked
from models.base import Refusal
from models.people import Person


def answer(
    line: str,
    person: Person,
    at: datetime,
    session: Session,
    audience: Audience = "asker",
    fields: Mapping[str, str] | None = None,
    where: str = "",
    sure: frozenset[str] = frozenset(),
    typed: str | None = None,
) -> Reply:
    """Answer a line for a person; raises the Refusal of whichever rule it breaks, named after the command.

    `typed` is what somebody typed, where that is not the line: other words, or nothing where a button was pressed.
    """
    enquiry = Enquiry(line, person, at, audience, fields or {}, where, sure, typed or line, pressed=typed == "")
    asked, words = _in_reply(enquiry, session) or _of_their_own(enquiry, session) or route(line, session)
    try:
        must(person, asked.needs, session)
        if asked.name != "jag" and not fields and asks_for_help(words):
            return page(asked)
        reply = asked.does(replace(enquiry, words=words), session)
    except Refusal as refusal:
        refusal.command, refusal.writing = asked.name, asked.writes(words)
        refusal.asks = tuple(pressable(refusal.asks, person, session))
        raise
    return reply if reply.audience == audience else reply.but(audience=audience)


def _in_reply(enquiry: Enquiry, session: Session) -> tuple[Command, str] | None:
    """What words are that answer, in a direct message, what was asked there; None where they are read as anywhere else."""
    if enquiry.where != "direct message":
        return None
    from commands.plan.replying import answers, as_answer, tells

    line = enquiry.words
    said = answers(line) or (tells(line) and asks_nothing(line, session))
    words = as_answer(line, enquiry, session) if said else ""
    return (all_commands()["action"], words) if words else None


def _of_their_own(enquiry: Enquiry, session: Session) -> tuple[Command, str] | None:
    """That words without a command may be news of an action of their own, which is asked; None where they are read as anything else."""
    line = enquiry.words
    if enquiry.fields or line.lstrip().startswith("/"):
        return None
    from commands.plan.own_words import may_be_news, of_their_own, says_how

    if not may_be_news(line) or is_command(line) or not (says_how(line) or asks_nothing(line, session)):
        return None
    return (all_commands()["action"], f"update {line}") if of_their_own(enquiry, session) else None


def sent_again(line: str, person: Person, session: Session) -> None:
    """Forget what was held back of a form that asks this line: it was sent again, also where what it says now is refused."""
    asked, words = route(line, session)
    if asked.name in ("action", "meeting"):
        from commands.plan.kept import as_line, forget_form

        forget_form(as_line(words, f"/{asked.name}"), person, session)


def _given_back(typed: str, asks: Sequence[str]) -> Note | None:
    """What was typed, where sending it took it away and no button has it: never where it may name a person of a case."""
    from models.personal import names_a_person

    words = unlinked(typed).strip()
    if not words or any(words[-30:] in line for line in asks) or names_a_person(words):
        return None
    return Note(f"You typed: {words}")


def refused(refusal: Refusal, typed: str = "") -> Reply:
    """A refusal as a reply: its words verbatim, its mends as buttons, and where there is help.

    `typed` is what its asker typed, given back where it would have changed something.
    """
    command = refusal.command or "jag"
    asks = [(label, line if line.startswith("/") else f"/{command} {line}".strip()) for label, line in refusal.asks]
    help_ = all_commands()[command]
    cannot = "Nothing was changed" if refusal.writing else "I cannot answer that"
    return Reply(
        "I need a little more" if "?" in refusal.words else cannot,
        refusal.words,
        press(*asks),
        _given_back(typed if refusal.writing else "", [line for _, line in asks]),
        Note(f"Example: {help_.examples[0]}") if help_.examples and not asks and help_.writes is never else None,
        summary=refusal.discreet or refusal.words,
        refused=True,
    )
