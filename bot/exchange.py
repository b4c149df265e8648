"""One person at one terminal: what they ask is answered, what is missing is asked for, and who must be told is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.asking import Asked, outcome_of
from bot.filling import Prompt, fill
from bot.terminal import GREY, draw
from commands.reply import Button, Field, Form, Reply, Tell
from models.people import Person
from models.store import Store

GIVEN_UP = Reply("Given up", "Nothing was saved.", refused=True)
TAKES_A_LIST = "/action add"  # and a list that is pasted into its form
AGAIN = Field("again", "Enter asks again, with what you typed; a number presses; Ctrl-C gives up")


class Pasted(Exception):
    """A whole list was pasted where one thing was asked for."""


@dataclass
class Exchange:
    """Asks for somebody, and prints the answers. Without a `prompt`, where nobody is there to type, a form is only shown."""

    store: Store
    partnership_id: int
    handle: str
    now: Callable[[], datetime]
    screen: Console
    prompt: Prompt | None = None
    numbered: bool = False
    withheld: bool = field(default=False, init=False)  # whether words of the last line may be about a person
    wrong: str = field(default="", init=False)  # the field that the last reply refused

    def ask(self, line: str, typed: str | None = None) -> Reply:
        """Ask a line, and whatever its answer asks back; the last reply, all of them printed. `typed` is as of `Asked`."""
        self.withheld = False
        return self._settle(self._put(line, typed=typed))

    def _settle(self, reply: Reply) -> Reply:
        while self.prompt and reply.form:
            reply = self._filled(reply.form, self.prompt)
        return reply

    def _filled(self, form: Form, prompt: Prompt) -> Reply:
        """What a form's answers are answered with. Where they are refused, they are asked again with what was typed."""
        typed: dict[str, str] = {}
        reply, wrong = GIVEN_UP, ""
        asks = _without_lists(prompt) if form.asks == TAKES_A_LIST else prompt
        try:
            while True:
                typed = fill(form, typed, asks, self.screen.print, wrong)
                reply = self._put(form.asks, typed)
                if not reply.refused:
                    return reply
                wrong = self.wrong if self.wrong in typed else ""
                if wrong and not reply.asks:
                    continue
                if pressed := button_of(prompt(AGAIN), reply.asks):
                    return self._put(pressed.asks, typed="")
        except Pasted as pasted:
            return self._put(f"{form.asks}\n{pasted}", typed=str(pasted))
        except (EOFError, KeyboardInterrupt):
            self.screen.print(Text("\nGiven up: nothing was saved.", style="yellow"))
            return reply

    def _put(self, line: str, fields: Mapping[str, str] | None = None, typed: str | None = None) -> Reply:
        outcome = outcome_of(self.store, self.partnership_id, self._who, Asked(line, self.now(), fields=fields or {}, typed=typed))
        reply, self.wrong = outcome.reply, outcome.refusal.field if outcome.refusal else ""
        self.withheld |= is_withheld(reply)
        asked_for = [part for part in reply.parts if not (self.prompt and isinstance(part, Form))]
        can_press = self.numbered or (fields is not None and reply.refused)
        self.screen.print(draw(reply.but(parts=asked_for), can_press)[0])
        self._say_who_to_tell(reply.tells)
        return reply

    def _who(self, session: Session) -> Person:
        return Person.named(self.handle, session)

    def _say_who_to_tell(self, tells: Sequence[Tell]) -> None:
        """From a terminal nobody is told: who should be is said instead."""
        with self.store.session(self.partnership_id) as session:
            who = select(Person.id, Person.handle).where(Person.id.in_({tell.person_id for tell in tells}))
            handles = dict(session.execute(who).all()) if tells else {}
        for tell in tells:
            said = f"Nobody is told from a terminal. Tell {handles[tell.person_id]} yourself: {tell.reply.summary}"
            self.screen.print(Text(said, style=GREY))


def _without_lists(prompt: Prompt) -> Prompt:
    """A prompt that takes no pasted list for an answer."""
    from models.sources.log.lines import is_list

    def asks(about: Field) -> str:
        said = prompt(about)
        if "\n" in said and is_list(said):
            raise Pasted(said)
        return said

    return asks


def button_of(line: str, offered: Sequence[Button]) -> Button | None:
    """The button of a number that is typed; None for anything else."""
    number = int(line) if line.strip().isdecimal() else 0
    return offered[number - 1] if 0 < number <= len(offered) else None


def is_withheld(reply: Reply) -> bool:
    """Whether what was typed may name a person of a case, and is to be kept nowhere."""
    if not reply.refused:
        return False
    from commands.plan.kept import WITHHELD

    return reply.title == WITHHELD
