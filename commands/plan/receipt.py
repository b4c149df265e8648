"""What the conversation is told of news that was given in a form, which is soon closed: a line an action, and how to take it back."""

from __future__ import annotations

from commands.plan.rows import short
from commands.reply import Buttons, Reply, Table, counted

FEW = 5  # actions named
WORDS = 100  # characters of an action's words, and of its news


def receipt(reply: Reply) -> Reply:
    """The reply in short. Its summary, which is the notification, stays as it is."""
    rows = [row for part in reply.parts if isinstance(part, Table) for row in part.rows]
    lines = [_line(*(str(row[at]) for at in (0, 1, 2, 4))) for row in rows[:FEW]]
    more = [f"and {counted(len(rows) - FEW, 'other')}"] if len(rows) > FEW else []
    said = ["\n".join([*lines, *more])] if lines else []
    return reply.but(parts=(*said, *(part for part in reply.parts if isinstance(part, Buttons))))


def _line(ref: str, wording: str, did: str, latest: str) -> str:
    """ "JAG-26-001, Fit alley gates: done, for JAG to agree; latest: “fitted”"."""
    return f"{ref}, {short(wording, WORDS)}: {did}{f'; latest: “{short(latest, WORDS)}”' if latest else ''}"
