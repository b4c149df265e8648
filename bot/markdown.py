"""Draws a paper as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from bot.cells import numeric, shown
from commands.reply import Facts, Heading, Note, Paper, Section, Table

MARKS = re.compile(r"([\\`*_\[\]<>#|~])")
BEGINS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def markdown(paper: Paper) -> str:
    """The paper's text, in which nothing that somebody typed is markup."""
    standing = [f"**{plainly(paper.standing)}**"] if paper.standing else []
    title = [f"# {plainly(paper.title)}", plainly(paper.organisation), *standing]
    head = [*title, *_facts(Facts(paper.about)), f"Marking: {plainly(paper.marking)}"]
    items = [line for number, section in enumerate(paper.sections, 1) for line in _section(number, section)]
    foot = [f"*{plainly(paper.dated)}*"] if paper.dated else []
    return "\n\n".join([*head, *items, *foot]) + "\n"


def plainly(text: str) -> str:
    """Words that Markdown shows as they stand, on one line."""
    escaped = MARKS.sub(r"\\\1", " ".join(text.split()))
    return BEGINS.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", escaped)


def _section(number: int, section: Section) -> Iterator[str]:
    yield f"## {number}. {plainly(section.heading)}"
    for part in section.parts:
        yield from _part(part)


def _part(part: str | Heading | Facts | Table | Note) -> Iterator[str]:
    match part:
        case str():
            yield "\n".join(_line(line) for line in part.splitlines() if line.strip()).strip()
        case Heading():
            yield f"### {plainly(part.text)}"
        case Facts():
            yield from _facts(part)
        case Table():
            yield from ([f"**{plainly(part.title)}**"] if part.title else [])
            yield _table(part)
        case Note():
            yield f"*{plainly(part.text)}*"
        case _:
            assert_never(part)


def _line(line: str) -> str:
    return f"- {plainly(line[2:])}" if line.startswith("- ") else f"{plainly(line)}\n"


def _facts(part: Facts) -> list[str]:
    return ["\n".join(f"- **{plainly(label)}:** {plainly(value)}" for label, value in part.facts)] if part.facts else []


def _table(part: Table) -> str:
    rule = ["---:" if numeric(part, column) and part.rows else "---" for column in range(len(part.headings))]
    rows = [[plainly(each) for each in part.headings], rule, *[[plainly(shown(cell)) for cell in row] for row in part.rows]]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
