"""Asking in tests: a line in, a reply out, and two years of figures made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from made import BURGLARY, NOW, STATION, VEHICLE, VIOLENCE, County, Report

from bot.asking import Asked, ask
from bot.terminal import console, draw
from commands.reply import Facts, Note, Reply, Table
from commands.routing import writes
from models.people import Person
from models.sources.recognised import load_figures

if TYPE_CHECKING:
    from conftest import Held


@dataclass
class Asking:
    """Somebody who asks: `asking("/hotspots asb")` is the reply."""

    held: Held

    def __call__(self, line: str, person: str = "coordinator", at: datetime = NOW, **more: Any) -> Reply:
        return ask(self.held.store, self.held.partnership.id, lambda session: Person.named(person, session), Asked(line, at, **more))

    def answered(self, line: str, **who: Any) -> Reply:
        """The reply, which is an answer."""
        reply = self(line, **who)
        assert not reply.refused, f"{line}: {reply.summary}"
        return reply

    def refused(self, line: str, **who: Any) -> str:
        """Why it was refused, in its own words."""
        reply = self(line, **who)
        assert reply.refused, f"{line}: {reply.summary}"
        assert reply.title != "Something broke", line
        return reply.summary

    def says(self, line: str, **who: Any) -> str:
        """The one line that can be read aloud."""
        return self.answered(line, **who).summary

    def shows(self, line: str, **who: Any) -> str:
        """Everything that an answer shows, as the terminal draws it."""
        return shown(self.answered(line, **who))

    def put_back(self, reply: Reply) -> None:
        """Undo what a line did, for others are to ask the same store."""
        for button in reply.asks:
            if button.label == "Undo":
                self(button.asks)

    def pressed(self, lines: Sequence[str]) -> Iterator[tuple[str, Reply]]:
        """Every line, and every button of every reply to them, each asked once; but for those that would change something."""
        waiting, asked = list(lines), set[str]()
        while waiting:
            line = waiting.pop()
            if line not in asked:
                asked.add(line)
                reply = self(line)
                self.put_back(reply)
                yield line, reply
                waiting += [button.asks for button in reply.asks if not writes(button.asks)]


def shown(reply: Reply) -> str:
    screen = console(width=220)
    with screen.capture() as captured:
        screen.print(draw(reply)[0])
    return captured.get()


def table(reply: Reply) -> list[list[Any]]:
    """The rows of the first table."""
    return [list(row) for row in next(part for part in reply.parts if isinstance(part, Table)).rows]


def headings(reply: Reply) -> list[str]:
    return list(next(part for part in reply.parts if isinstance(part, Table)).headings)


def facts(reply: Reply) -> dict[str, str]:
    return {label: value for part in reply.parts if isinstance(part, Facts) for label, value in part.facts}


def notes(reply: Reply) -> str:
    return "\n".join(part.text for part in reply.parts if isinstance(part, Note))


def labels(reply: Reply) -> list[str]:
    return [button.label for button in reply.asks]


# A month of the hand-made county: how many reports of a type in an LSOA, in 2024 and in 2025.
MONTHLY = (
    (Report("E01900011"), 5, 20),  # Grovehill
    (Report("E01900021"), 20, 8),  # Highfield
    (Report("E01900022", where=STATION), 4, 4),
    (Report("E01900031"), 10, 10),  # Boxmoor
    (Report("E01900041"), 1, 1),  # Watling
    (Report("E01900011", BURGLARY), 1, 2),
    (Report("E01900031", VEHICLE), 6, 6),
    (Report("E01900041", VIOLENCE), 3, 3),
    (Report("E01900051"), 30, 30),  # St Albans
    (Report("E01900061"), 60, 60),  # Watford
    (Report("E01900051", BURGLARY), 5, 5),
    (Report("E01900061", BURGLARY), 5, 5),
)
DWELLING = ("Grovehill", 4, 12), ("Highfield and St Pauls", 10, 10), ("Watling", 9, 9)


def two_years(county: County, held: Held) -> None:
    """Every month of 2024 and 2025, with Northend twice among the wards, and the constabulary's own dwelling burglary by beat."""
    held.areas(county.districts(), county.wards(more=northends()), county.changes(), county.beats())
    months = [(f"{year}-{month:02d}", year == 2025) for year in (2024, 2025) for month in range(1, 13)]
    files = [county.street(month, [r for r, before, now in MONTHLY for _ in range(now if later else before)]) for month, later in months]
    held.street(county.zipped(*files))
    workbook = county.table("dwelling.csv", "Month Offence Beat Count", _dwelling(months))
    load_figures(held.store, held.partnership, [workbook], NOW, measure="Burglary Dwelling", definition="Homes, attempts included.")


def northends() -> list[tuple[str, ...]]:
    """Two wards of one name, of one LSOA each, as rows of the look-up."""
    codes = (("E01900091", "E05900091"), ("E01900092", "E05900092"))
    return [(f"Area {lsoa}", lsoa, "Northend", ward, "Dacorum", "E07000096", "900.0", "300.0") for lsoa, ward in codes]


def _dwelling(months: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, str, str, object]]:
    for month, later in months:
        for beat, before, now in DWELLING:
            hidden = (month, beat) == ("2025-03", "Watling")
            yield month, "Burglary Dwelling", beat, "<5" if hidden else now if later else before
