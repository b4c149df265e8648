"""The page of help of a command, and when its words ask for it."""

from __future__ import annotations

import re

from commands import Command
from commands.reply import Facts, Reply, press

# "help", "?", "add help", "help add"; "find help" looks for the word.
ASKS = re.compile(r"\W*(?:help(?:\W+[a-z]+)?|(?!(?:find|search)\b)[a-z]+\W+help|\?+)\W*", re.I)


def asks_for_help(words: str) -> bool:
    """Whether the words that follow a command ask how it is used."""
    return bool(words.strip() and ASKS.fullmatch(words))


def page(of: Command) -> Reply:
    """What a command does, how it is typed, and examples to press."""
    return Reply(
        f"/{of.name}",
        of.help,
        Facts([("Usage", f"/{of.name} {of.usage}"), *((f"Example {i}", example) for i, example in enumerate(of.examples, 1))]),
        press(*((example, example) for example in of.examples[:5])),
        summary=of.gist,
    )
