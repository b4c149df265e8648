"""The verbs of a command: which word is which, what does each, and what is held back until its writer insists."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module

from sqlalchemy.orm import Session

from commands import Does, Enquiry
from commands.plan.kept import Doubt, as_line, drop, forget_form, keep, take_up
from commands.reply import Reply
from models.near import TAKEN, likenesses

LIKE = 75  # of 100: "shwo" is show
OWN = ("yes", "mend", "drop")  # of what is held back, by its number
FIRST = re.compile(r"^\W*([a-z]+)\b[\s:,]*(.*)$", re.I | re.S)
NUMBER = re.compile(r"#?\d")


def first_word(text: str) -> tuple[str, str]:
    """(the first word in small letters, what follows it); no word and the text where it begins with none."""
    found = FIRST.match(text)
    return (found[1].lower(), found[2]) if found else ("", text)


@dataclass(frozen=True)
class Verbs:
    """What people may say first after a command ("/meeting"), and in which file of its folder, by which function, it is done.

    `also` are other words for them.
    """

    command: str
    folder: str
    done_by: Mapping[str, tuple[str, str]]
    also: Mapping[str, str]

    def named(self, first: str, rest: str) -> str:
        """The verb that a word is; empty where it is none."""
        verb = self.also.get(first, first)
        return verb if verb in self.done_by or (first in OWN and NUMBER.match(rest)) else ""

    def like(self, first: str, grave: Callable[[str], bool]) -> str:
        """The verb that a misspelt word is like; empty where it is like none. What is grave is not guessed at lightly."""
        for name, score in likenesses(first, [*self.done_by, *self.also]):
            verb = self.also.get(name, name)
            if score >= (TAKEN if grave(verb) else LIKE):
                return verb
        return ""

    def does(self, verb: str) -> Does:
        """The function of a verb; its file is read when it is first asked for."""
        module, name = self.done_by[verb]
        does: Does = getattr(import_module(f"commands.{self.folder}.{module}"), name)
        return does

    def carry_out(self, verb: str, words: str, enquiry: Enquiry, session: Session, again: Does, mend: Does) -> Reply:
        """Do what a verb says with the words after it. What is doubted is kept with its writer, who insists on it, mends it or lets it go.

        `again` is the command, which what was insisted on is asked of, and `mend` brings kept words back.
        """
        if enquiry.fields:
            forget_form(as_line(enquiry.words, self.command), enquiry.person, session)
        asked = replace(enquiry, words=words)
        try:
            match verb:
                case "yes":
                    return again(take_up(asked, session), session)
                case "mend":
                    return mend(asked, session)
                case "drop":
                    return drop(asked, session)
                case _:
                    return self.does(verb)(asked, session)
        except Doubt as doubt:
            return keep(doubt, enquiry, session, self.command)
