"""A conversation in a terminal: history, completion, and buttons pressed by their numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from bot.asking import ask
from bot.terminal import console, draw
from commands import all_commands
from commands.reply import Button, Reply
from models.partnership import Partnership
from models.people import Person
from models.store import Store
from models.vocabulary import Vocabulary

HISTORY = Path(".chat_history")
LEAVE = {"exit", "quit", "bye", "q"}


def converse(store: Store, partnership: Partnership, handle: str, now: Callable[[], datetime]) -> int:
    """Ask and answer until the person leaves; 2 when the last answer was a refusal and nobody was there to mend it."""
    screen, offered, refused = console(), list[Button](), False
    with store.session(partnership.id) as session:
        person = Person.named(handle, session)
        words = _words(session_vocabulary := Vocabulary.of(session))
        first = next(iter(session_vocabulary.priorities.values())).key if session_vocabulary.priorities else "asb"
    screen.print(
        f"{partnership.name}. You are {person.handle}. Try /priority, /hotspots {first}, or /jag for help; exit to leave.", style="dim"
    )
    for line in _lines(words):
        if line.lower() in LEAVE:
            break
        pressed = _pressed(line, offered)
        reply = (
            ask(store, partnership.id, lambda session: Person.named(handle, session), pressed, now()) if pressed else _no_button(offered)
        )
        offered, refused = reply.asks if pressed else offered, reply.refused
        screen.print(draw(reply, numbered=True)[0])
    return 2 if refused and not sys.stdin.isatty() else 0


def _pressed(line: str, offered: Sequence[Button]) -> str:
    """What a line asks: a number presses the button of that number; empty where there is none such."""
    if not (line.isdecimal() and offered):
        return line
    return offered[int(line) - 1].asks if 0 < int(line) <= len(offered) else ""


def _no_button(offered: Sequence[Button]) -> Reply:
    return Reply("I cannot answer that", f"There is no such button: the last answer has [1] to [{len(offered)}].", refused=True)


def _words(vocabulary: Vocabulary) -> list[str]:
    names = [vocabulary.said[phrase] for phrase in vocabulary.phrases]
    return sorted({f"/{name}" for name in all_commands()} | set(names) | {"by ward", "by street", "rising", "falling", "last 3 months"})


def _lines(words: list[str]) -> Iterator[str]:
    """What is typed, line by line; from a pipe as it stands."""
    if not sys.stdin.isatty():
        for line in filter(None, map(str.strip, sys.stdin)):
            print(f"jagbot> {line}", flush=True)
            yield line
        return
    from prompt_toolkit import PromptSession
    from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
    from prompt_toolkit.completion import FuzzyWordCompleter
    from prompt_toolkit.history import FileHistory

    prompt: PromptSession[str] = PromptSession(
        history=FileHistory(str(HISTORY)),
        completer=FuzzyWordCompleter(words),
        auto_suggest=AutoSuggestFromHistory(),
        complete_while_typing=False,
    )
    while True:
        try:
            line = prompt.prompt("jagbot> ").strip()
        except (EOFError, KeyboardInterrupt):
            return
        if line:
            yield line
