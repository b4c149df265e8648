"""One person at one terminal: what they ask is answered, what is missing is asked for, and who must be told is said."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from rich.console import Console
from rich.text import Text
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.asking import Asked, ask
from bot.filling import Prompt, fill
from bot.terminal import GREY, draw
from commands.reply import Button, Field, Form, Reply, Tell
from models.people import Person
from models.store import Store

GIVEN_UP = Reply("Given up", "Nothing was saved.", refused=True)
AGAIN = Field("again", "Enter goes through it again with what you typed; a number presses; Ctrl-C gives up")


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

    def ask(self, line: str) -> Reply:
        """Ask a line, and whatever its answer asks back; the last reply, all of them printed."""
        self.withheld = False
        return self._settle(self._put(line))

    def _settle(self, reply: Reply) -> Reply:
        while self.prompt and reply.form:
            reply = self._filled(reply.form, self.prompt)
        return reply

    def _filled(self, form: Form, prompt: Prompt) -> Reply:
        """What a form's answers are answered with. Where they are refused, they are asked again with what was typed."""
        typed: dict[str, str] = {}
        reply = GIVEN_UP
        try:
            while True:
                typed = fill(form, typed, prompt, self.screen.print)
                reply = self._put(form.asks, typed)
                if not reply.refused:
                    return reply
                if pressed := button_of(prompt(AGAIN), reply.asks):
                    return self._put(pressed.asks)
        except (EOFError, KeyboardInterrupt):
            self.screen.print(Text("\nGiven up: nothing was saved.", style="yellow"))
            return reply

    def _put(self, line: str, fields: Mapping[str, str] | None = None) -> Reply:
        reply = ask(self.store, self.partnership_id, self._who, Asked(line, self.now(), fields=fields or {}))
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
