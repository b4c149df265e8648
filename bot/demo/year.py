"""The year that the example has behind it: lines that its people typed, put to the bot as they would have been."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from zoneinfo import ZoneInfo

from bot.asking import Asked, ask
from commands.reply import Reply
from models.base import Refusal
from models.people import Person
from models.store import Store

LINE = re.compile(r"(?P<at>\S+ \S+) (?P<who>[\w-]+) #(?P<where>[\w-]+): (?:(?P<name>\w+) = )?(?P<words>.+)")
ADDED = " is added"


@dataclass(frozen=True)
class Said:
    """What somebody typed, when and where; `name` is what later lines call the action it adds."""

    at: datetime
    who: str
    where: str
    words: str
    name: str = ""

    @property
    def asks(self) -> bool:
        """Whether it is put to the bot, and not said in the channel."""
        return self.words.startswith("/")


def the_year(zone: str) -> list[Said]:
    """Every line of the year, in the order of time."""
    text = files("bot.demo").joinpath("year.txt").read_text(encoding="utf-8")
    return sorted(_lines(text, ZoneInfo(zone)), key=lambda said: said.at)


def _lines(text: str, zone: ZoneInfo) -> Iterator[Said]:
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            read = LINE.fullmatch(line)
            if read is None:
                raise ValueError(f"no line of the year: {line}")
            at = datetime.fromisoformat(read["at"]).replace(tzinfo=zone)
            yield Said(at, read["who"], read["where"], read["words"], read["name"] or "")


def live_through(store: Store, partnership_id: int, year: list[Said]) -> None:
    """Put each line that asks to the bot, at its time and by its person. Refuses where the bot would not have done it."""
    refs: dict[str, str] = {}
    for said in year:
        if said.asks:
            live(store, partnership_id, said, refs)


def live(store: Store, partnership_id: int, said: Said, refs: dict[str, str]) -> None:
    """Put one line to the bot, and note what the action it adds is called. Refuses where the bot would not have done it."""
    reply = put(store, partnership_id, said, refs)
    if said.name:
        refs[said.name] = reply.title.removesuffix(ADDED)


def put(store: Store, partnership_id: int, said: Said, refs: Mapping[str, str]) -> Reply:
    """The bot's answer to one line of the year."""
    line = said.words.format_map(refs)
    reply = ask(store, partnership_id, lambda session: Person.named(said.who, session), Asked(line, said.at, where=f"#{said.where}"))
    if reply.refused or reply.form or (said.name and not reply.title.endswith(ADDED)):
        raise Refusal(f"The example's year is at odds with the bot: {said.who} typed {line!r} and was told {reply.title!r}.")
    return reply
