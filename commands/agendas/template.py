"""An agenda's template: Markdown with placeholders in {braces}. What is missing or unknown is refused, with what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from commands.agendas.usual import usual
from commands.words import MOST, listed
from models.base import Refusal
from models.groups import Group
from models.near import nearest

# What may stand on a line of its own, and what it becomes.
BLOCKS = {
    "apologies": "who has sent apologies so far",
    "minutes": "the minutes of the last meeting, to be agreed",
    "actions": "open actions with their colour, and those done for the meeting to agree",
    "actions by exception": "only red and amber actions, and what moved since the last meeting",
    "actions in plain words": "actions without abbreviations",
    "priorities": "each priority with its sentence, figures, hotspots and its lead's word",
    "priorities by exception": "what clearly rose or fell by quarter, and the rest in a line",
    "priorities in plain words": "each priority in plain words, without abbreviations",
    "emerging issues": "what rises more than chance and is no priority",
    "collisions": "road traffic collisions, in March and September; left out in other months",
    "referrals": "actions and items that came from other groups",
    "items": "what members asked to talk about",
    "carried over": "items left over from earlier meetings",
    "next meeting": "when the next meeting is",
}
INLINE = ("group", "group in full", "date", "time", "place", "chair")
# What no agenda may lack: any one of each line.
NEEDED = (
    ("minutes",),
    ("actions", "actions by exception", "actions in plain words"),
    ("items",),
    ("next meeting",),
)
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
HEADING = re.compile(r"^##\s+(?P<words>.+)$")
TITLE = re.compile(r"^#\s+(?P<words>.+)$")
EXAMPLE = "## Matters arising\n{actions}"


@dataclass(frozen=True)
class Template:
    """A title, and headings with the lines below them."""

    title: str
    sections: Sequence[tuple[str, Sequence[str]]]

    @classmethod
    def of(cls, group: Group) -> Template:
        """The group's own, or the usual one of its kind."""
        return cls.read(group.template or usual(group.key))

    @classmethod
    def read(cls, text: str) -> Template:
        """Take a template apart; refuses one that would not make an agenda."""
        _must_be_sound(text)
        title, sections = "", list[tuple[str, list[str]]]()
        for line in (each.strip() for each in text.splitlines()):
            if found := HEADING.match(line):
                sections.append((found["words"], []))
            elif found := TITLE.match(line):
                title = found["words"]
            elif line and not sections:
                raise Refusal(f"“{line[:60]}” stands below no heading. Begin with one, such as:\n{EXAMPLE}", field="template")
            elif line:
                sections[-1][1].append(line)
        return cls(title or "{group in full}: agenda", sections)

    @property
    def plain(self) -> bool:
        """Whether its readers are to be spared abbreviations."""
        return any(block_of(line).endswith("in plain words") for _, lines in self.sections for line in lines)

    @property
    def has_figures(self) -> bool:
        """Whether the priorities' figures are in it."""
        return self._has("priorities")

    @property
    def goes_by_months(self) -> bool:
        """Whether any figures are in it, of priorities or not."""
        return self._has("priorities", "emerging issues", "collisions")

    def _has(self, *beginnings: str) -> bool:
        return any(block_of(line).startswith(beginnings) for _, lines in self.sections for line in lines)


def block_of(line: str) -> str:
    """The placeholder that a line is; empty for a line of words."""
    found = PLACEHOLDER.fullmatch(line)
    name = _name(found[1]) if found else ""
    return name if name in BLOCKS else ""


def filled_in(line: str, words: Mapping[str, str]) -> str:
    """A line of words with what stands in it for {date} and the like."""
    return PLACEHOLDER.sub(lambda found: words.get(_name(found[1]), found[0]), line)


def _name(text: str) -> str:
    return " ".join(text.lower().split())


def _must_be_sound(text: str) -> None:
    if len(text) > MOST:
        raise Refusal(f"That is {len(text):,} characters, and a template has up to {MOST:,}. It stays as it was.", field="template")
    names = list(_names(text))
    unknown = next((name for name in names if name not in BLOCKS and name not in INLINE), None)
    if unknown is not None:
        raise _unknown(unknown)
    alone = next((line for line in text.splitlines() for name in _in_words(line) if name in BLOCKS), None)
    if alone is not None:
        raise Refusal(f"A placeholder such as {{actions}} needs a line of its own, and “{alone.strip()[:60]}” has more.", field="template")
    missing = [either for either in NEEDED if not any(name in names for name in either)]
    if missing:
        raise _missing(missing)
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        raise Refusal("There is a brace without its other half. Write placeholders as {actions}.", field="template")


def _names(text: str) -> Iterator[str]:
    return (_name(found) for found in PLACEHOLDER.findall(text))


def _in_words(line: str) -> Sequence[str]:
    """The placeholders of a line that has other words too."""
    return () if PLACEHOLDER.fullmatch(line.strip()) else [_name(found) for found in PLACEHOLDER.findall(line)]


def _unknown(name: str) -> Refusal:
    near = nearest(name, [*BLOCKS, *INLINE])
    hint = f"Did you mean {listed([f'{{{each}}}' for each in near], 'or')}?" if near else f"I know {_known()}."
    return Refusal(f"I don't know the placeholder {{{name[:40]}}}. {hint} It stays as it was.", field="template")


def _missing(missing: Sequence[Sequence[str]]) -> Refusal:
    wanted = [listed([f"{{{each}}}" for each in either], "or") for either in missing]
    return Refusal(
        f"The template lacks {'; and '.join(wanted)}: an agenda without would lose what people rely on. "
        f"Put each on a line of its own below a heading, such as:\n{EXAMPLE}\nIt stays as it was.",
        field="template",
    )


def _known() -> str:
    return listed([f"{{{each}}}" for each in (*BLOCKS, *INLINE)])
