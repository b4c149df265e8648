"""An agenda put together: its template, filled in from what is true now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from commands.agendas import all_priorities, before_and_after, emerging, exceptions, matters, plainly
from commands.agendas.sitting import Parts, Printed, Sitting
from commands.agendas.template import Template, block_of, filled_in
from commands.meetings.quorum import authorities_said
from commands.reply import Paper, Section
from models.figures.months import named
from models.groups import Group
from models.measures import SIMULATED
from models.partnership import Partnership
from models.series import held

BLOCKS: Mapping[str, Callable[[Sitting], Parts]] = {
    "apologies": before_and_after.apologies,
    "minutes": before_and_after.minutes,
    "actions": matters.actions,
    "actions by exception": matters.by_exception,
    "actions in plain words": matters.in_plain_words,
    "priorities": all_priorities.priorities,
    "priorities by exception": exceptions.by_exception,
    "priorities in plain words": plainly.priorities,
    "emerging issues": emerging.emerging,
    "collisions": emerging.collisions,
    "referrals": matters.referrals,
    "items": before_and_after.items,
    "carried over": before_and_after.carried_over,
    "next meeting": before_and_after.next_meeting,
}
NOT_APPROVED = "Draft, not approved"
OFFICIAL, SENSITIVE = "OFFICIAL", "OFFICIAL-SENSITIVE"
GISTS: Mapping[str, Callable[[Sitting], str]] = {
    "priorities": all_priorities.in_a_line,
    "priorities by exception": all_priorities.in_a_line,
    "priorities in plain words": all_priorities.in_a_line,
}
NO_PLACE = "not said yet"
IN_FULL, LINE = "In the thread.", 150  # where an item is whose words are more than a line of so many characters


@dataclass(frozen=True)
class Composed:
    """An agenda: what it is of, and its numbered items."""

    sitting: Sitting
    title: str
    about: list[tuple[str, str]]
    sections: list[Section]
    gists: list[str]

    @property
    def paper(self) -> Paper:
        """As it is printed."""
        sitting = self.sitting
        day = f"{sitting.occurrence.on:%Y-%m-%d}"
        return Paper(
            f"{sitting.group.key}-agenda-{day}",
            sitting.session.get_one(Partnership, sitting.session.info["partnership"]).name,
            self.title,
            self.about,
            self.sections,
            SENSITIVE if sitting.group.private else OFFICIAL,
            dated(sitting),
            "agenda",
            f"{sitting.group.key} {day}",
            "" if sitting.goes_as_it_is else NOT_APPROVED,
        )

    @property
    def outline(self) -> list[tuple[str, str]]:
        """A line for each item: (its numbered heading, what it comes to; nothing where nothing is to be said of it)."""
        return [(f"{n}. {section.heading}", gist) for n, (section, gist) in enumerate(zip(self.sections, self.gists, strict=True), 1)]


def compose(sitting: Sitting) -> Composed:
    """Fill in the group's template."""
    template = Template.of(sitting.group)
    words = _words(sitting)
    spelt = plainly.words_for(list(sitting.session.scalars(select(Group).order_by(Group.id)))) if sitting.plain else {}
    found = [_section(heading, lines, words, spelt, sitting) for heading, lines in template.sections]
    kept = [each for each in found if each]
    title = plainly.spelt_out(filled_in(template.title, words), spelt)
    about = [(label, plainly.spelt_out(value, spelt)) for label, value in _about(sitting)]
    return Composed(sitting, title, about, [section for section, _ in kept], [gist for _, gist in kept])


def _section(
    heading: str, lines: Sequence[str], words: Mapping[str, str], spelt: Mapping[str, str], sitting: Sitting
) -> tuple[Section, str] | None:
    """An item, and what it comes to in a line; None where it has nothing to say this time."""
    blocks = [name for line in lines if (name := block_of(line))]
    parts: Parts = [part for line in lines for part in _parts(line, words, sitting)]
    if blocks and not parts:
        return None
    parts = plainly.plain_parts(parts, spelt) if spelt else parts
    gist = next((GISTS[name](sitting) for name in blocks if name in GISTS), "") or _gist(parts, bool(blocks))
    return Section(filled_in(heading, words), list(parts)), plainly.spelt_out(gist, spelt)


def _gist(parts: Parts, live: bool) -> str:
    """An item in a line: all of it, the first of what is true now, or where to find it; nothing where it is empty."""
    first, *rest = next((part for part in parts if isinstance(part, str)), "").splitlines() or [""]
    alone = not rest and len(parts) == 1
    if not first or not (live or (alone and len(first) <= LINE)):
        return IN_FULL if parts else ""
    return f"{first.removeprefix('- ')}{f' (and {len(rest)} more)' if rest and first.startswith('- ') else ''}"


def dated(sitting: Sitting) -> str:
    """ "Figures by the month go to July 2013. Drawn up on 5 September 2013." """
    measures = [m for m in sitting.vocabulary.measures.values() if m.priority_id] if Template.of(sitting.group).goes_by_months else []
    series = held(measures, sitting.session) if measures else []
    of = f" (a {SIMULATED})" if any(s.measure.simulated for s in series) else ""
    months = f"Figures by the month{of} go to {named(max(s.last for s in series))}. " if series else ""
    return f"{months}Drawn up on {sitting.now:%-d %B %Y}."


def when(sitting: Sitting) -> str:
    """ "Tuesday 10 September 2013, 10:00 to 12:00"."""
    return f"{sitting.occurrence.begins:%A %-d %B %Y, %H:%M} to {sitting.occurrence.ends:%H:%M}"


def _about(sitting: Sitting) -> Iterator[tuple[str, str]]:
    yield "When", when(sitting)
    yield "Where", sitting.occurrence.place or NO_PLACE
    if sitting.chair:
        yield "Chair", sitting.chair.role
    if sitting.group.quorum:
        yield "Quorum", authorities_said(sitting.group.quorum)


def _words(sitting: Sitting) -> dict[str, str]:
    begins = sitting.occurrence.begins
    return {
        "group": sitting.group.name,
        "group in full": sitting.group.in_full,
        "date": f"{begins:%A %-d %B %Y}",
        "time": f"{begins:%H:%M}",
        "place": sitting.occurrence.place or NO_PLACE,
        "chair": sitting.chair.role if sitting.chair else "",
    }


def _parts(line: str, words: Mapping[str, str], sitting: Sitting) -> list[Printed]:
    name = block_of(line)
    return list(BLOCKS[name](sitting)) if name else [filled_in(line, words)]
