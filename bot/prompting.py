"""What is typed at a terminal, with history and completion. prompt_toolkit is imported here alone, where somebody is there to type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from prompt_toolkit import PromptSession, prompt
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import FuzzyWordCompleter
from prompt_toolkit.history import FileHistory

from commands.reply import Field


class Careful(FileHistory):
    """Keeps a line only when it is known that it names nobody of a case: until then it is held in memory."""

    waiting = ""

    def append_string(self, string: str) -> None:
        self.waiting = string

    def settle(self, withheld: bool) -> None:
        """Keep the line that waits, unless it was withheld."""
        if self.waiting and not withheld:
            super().append_string(self.waiting)
        self.waiting = ""


class Typing:
    """Lines typed by somebody who is there. A pasted text of several lines is one entry, newlines and all."""

    def __init__(self, words: Sequence[str], history: Path) -> None:
        self._history = Careful(str(history))
        self._session: PromptSession[str] = PromptSession(
            history=self._history,
            completer=FuzzyWordCompleter(list(words)),
            auto_suggest=AutoSuggestFromHistory(),
            complete_while_typing=False,
        )

    def __iter__(self) -> Iterator[str]:
        while True:
            try:
                line = self._session.prompt("jagbot> ").strip()
            except (EOFError, KeyboardInterrupt):
                return
            if line:
                yield line

    def settle(self, withheld: bool) -> None:
        """Say whether the last line was withheld: it is then kept nowhere."""
        self._history.settle(withheld)

    @staticmethod
    def prompt(field: Field) -> str:
        """Asks for a field of a form. What is there can be edited; options complete. Nothing of it goes into the history."""
        labels = [label for _, label in field.options]
        there = dict(field.options).get(field.value, "")
        asks = f"{field.label}{f' [{there}]' if there else ''}: "
        return prompt(asks, default="" if labels else field.value, completer=FuzzyWordCompleter(labels) if labels else None)
