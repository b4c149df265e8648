"""The example with its months and the year behind it, as the demo begins; and what a reply says as plain text."""

from __future__ import annotations

from bot.demo.clock import BEGINS
from bot.demo.year import live_through, the_year
from commands.reply import Facts, Heading, Note, Part, Reply, Table
from models.sources.founding import make_example
from models.sources.spread.loading import load_spread
from models.store import Store


def a_year(store: Store) -> None:
    """The example with its months, and the year behind it."""
    partnership, _ = make_example(store, BEGINS)
    load_spread(store, partnership, BEGINS)
    live_through(store, partnership.id, the_year(partnership.timezone))


def shown(reply: Reply) -> str:
    """Everything that a reply says, a line a row."""
    return "\n".join([reply.title, *(line for part in reply.parts for line in lines(part))])


def lines(part: Part) -> list[str]:
    match part:
        case str():
            return [part]
        case Heading() | Note():
            return [part.text]
        case Facts():
            return [f"{label}: {value}" for label, value in part.facts]
        case Table():
            return [part.title, *(" | ".join(str(cell) for cell in row) for row in part.rows)]
    return []
