"""A conversation in a terminal: history, completion, forms filled in, and buttons pressed by their numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.exchange import Exchange, button_of
from bot.filling import Prompt
from bot.terminal import console, draw
from commands import all_commands
from commands.reply import Button, Reply
from models.partnership import Partnership
from models.people import Person
from models.store import Store
from models.vocabulary import Vocabulary

HISTORY = Path(".chat_history")
LEAVE = {"exit", "quit", "bye", "q"}


class Lines(Protocol):
    """Where lines come from. `prompt` asks for a field of a form; None where nobody is there to type."""

    @property
    def prompt(self) -> Prompt | None: ...

    def __iter__(self) -> Iterator[str]: ...

    def settle(self, withheld: bool) -> None:
        """What became of the last line: one that was withheld is kept nowhere."""


class Piped:
    """Lines as they stand in a pipe, each read back before it is answered."""

    prompt: Prompt | None = None

    def __iter__(self) -> Iterator[str]:
        for line in filter(None, map(str.strip, sys.stdin)):
            print(f"jagbot> {line}", flush=True)
            yield line

    def settle(self, withheld: bool) -> None:
        """A pipe has no history."""


def converse(store: Store, partnership: Partnership, handle: str, now: Callable[[], datetime]) -> int:
    """Ask and answer until the person leaves; 2 when the last answer was none and nobody was there to mend it."""
    screen, offered = console(), list[Button]()
    with store.session(partnership.id) as session:
        person = Person.named(handle, session)
        words = _words(vocabulary := Vocabulary.of(session))
        first = next(iter(vocabulary.priorities.values())).key if vocabulary.priorities else "asb"
    screen.print(
        f"{partnership.name}. You are {person.handle}. Try /priority, /hotspots {first}, or /jag for help; exit to leave.", style="dim"
    )
    lines, unanswered = _lines(words), False
    exchange = Exchange(store, partnership.id, handle, now, screen, lines.prompt, numbered=True)
    for line in lines:
        if line.lower() in LEAVE:
            break
        pressed = button_of(line, offered)
        if line.isdecimal() and offered and not pressed:
            screen.print(draw(_no_button(offered))[0])
            unanswered = True
            continue
        reply = exchange.ask(pressed.asks, typed="") if pressed else exchange.ask(line)
        lines.settle(exchange.withheld)
        offered, unanswered = reply.asks, reply.refused or reply.form is not None
    return 2 if unanswered and not sys.stdin.isatty() else 0


def _no_button(offered: Sequence[Button]) -> Reply:
    return Reply("I cannot answer that", f"There is no such button: the last answer has [1] to [{len(offered)}].", refused=True)


def _words(vocabulary: Vocabulary) -> list[str]:
    names = [vocabulary.said[phrase] for phrase in vocabulary.phrases]
    return sorted({f"/{name}" for name in all_commands()} | set(names) | {"by ward", "by street", "rising", "falling", "last 3 months"})


def _lines(words: list[str]) -> Lines:
    """What is typed, with history and completion; from a pipe as it stands."""
    if not sys.stdin.isatty():
        return Piped()
    from bot.prompting import Typing

    return Typing(words, HISTORY)
