"""Minutes as they are kept, in Markdown: sections of lines, smaller headings and tables, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from commands.reply import Cell, Facts, Heading, Note, Section, Table

SECTION, SMALLER = "## ", "### "
CELL = re.compile(r"(?<!\\)\|")
RULE = re.compile(r"^\|(?:\s*:?-{3,}:?\s*\|)+$")


def written(sections: Sequence[Section]) -> str:
    """The sections as Markdown."""
    return "\n\n".join(f"{SECTION}{each.heading}\n\n{text_of(each)}".rstrip() for each in sections)


def read(body: str) -> list[Section]:
    """The sections of what was written."""
    pieces = re.split(rf"^{SECTION}", body, flags=re.M)
    found = []
    for piece in pieces[1:]:
        heading, _, text = piece.partition("\n")
        found.append(Section(heading.strip(), parts_of(text)))
    return found


def text_of(section: Section) -> str:
    """What stands in a section, as it is written and edited."""
    return "\n\n".join(filter(None, map(_text, section.parts)))


def parts_of(text: str) -> list[str | Heading | Facts | Table | Note]:
    """Lines, smaller headings and tables."""
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    return [part for kind, of in groupby(lines, key=_kind) for part in _parts(kind, list(of))]


def harmless(text: str) -> str:
    """Words of a section in which no line begins another."""
    return "\n".join(re.sub(r"^\s*#{1,2}(?!#)\s*", "", line) for line in text.splitlines()).strip()


def _kind(line: str) -> str:
    return "heading" if line.startswith(SMALLER) else "table" if line.startswith("|") else "text"


def _parts(kind: str, lines: list[str]) -> Iterator[str | Heading | Table]:
    match kind:
        case "heading":
            yield from (Heading(line.removeprefix(SMALLER).strip()) for line in lines)
        case "table":
            rows = [_cells(line) for line in lines if not RULE.match(line)]
            yield Table(rows[0], [_as_long_as(rows[0], row) for row in rows[1:]])
        case _:
            yield "\n".join(lines)


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in CELL.split(line.strip().removeprefix("|").removesuffix("|"))]


def _as_long_as(headings: Sequence[str], row: Sequence[str]) -> Sequence[str]:
    return [*row, *([""] * len(headings))][: len(headings)]


def _text(part: str | Heading | Facts | Table | Note) -> str:
    match part:
        case str():
            return part
        case Heading():
            return f"{SMALLER}{part.text}"
        case Table():
            rule = "|" + "---|" * len(part.headings)
            return "\n".join([_row(part.headings), rule, *map(_row, part.rows)])
        case Facts():
            return "\n".join(f"{label}: {value}" for label, value in part.facts)
        case Note():
            return part.text


def _row(cells: Sequence[Cell]) -> str:
    said = [" ".join(str("" if cell is None else cell).split()).replace("|", "\\|") for cell in cells]
    return f"| {' | '.join(said)} |"
