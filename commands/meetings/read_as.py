"""That a word was mended before something was changed by it: nobody is moved to a day that they did not write without a word."""

from __future__ import annotations

from commands.meetings.times import BECAUSE
from commands.reply import Note, Reply
from commands.words import listed
from models.dates import misspelt


def saying_what_was_read(reply: Reply, verb: str, words: str) -> Reply:
    """The reply, with what misspelt words were read as; `verb` is empty where it was spelt right."""
    read = [*([verb] if verb else []), *misspelt(BECAUSE.split(words, maxsplit=1)[0])]
    if not read or reply.form:
        return reply
    return reply.but(parts=(Note(f"Read as {listed(read)}."), *reply.parts))
