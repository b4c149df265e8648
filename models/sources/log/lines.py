"""A pasted text as items: bullets and numbers taken off, wrapped lines joined, headings and greetings left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from models.sources.log.layout import dashed, heads, in_columns
from models.sources.log.spoken import trailing

_BULLET = re.compile(
    r"(?:[•▪▫●○◦‣⁃·■□➢✓➤*]\s+|[•▪●◦‣■□➢➤](?=\S)|[-–—](?:\s+|(?=[^\W\d_]))|o\s+"
    r"|\(?\d{1,3}[.)](?:\s+|(?=[^\W\d_]))|\([a-z]\)\s*|[a-z][.)]\s+|[ivx]{1,4}[.)]\s+)"
)
_SOFT = re.compile(rf"[\v\u2028][ \t]*(?={_BULLET.pattern})")
_QUOTED = re.compile(r'(?:(?<=\t)|(?<=\n)|^)"([^"\t]*\n[^"\t]*)"(?=\t|\n|$)')  # an Excel cell with line breaks in it
_RULE = re.compile(r"[\s|:+=_-]*")  # the line under a table's headings
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|morning|good morning|afternoon|good afternoon|thanks|thank you|many thanks|cheers|(?:kind |best )?regards)\b.*",
    re.I,
)
_TITLE = re.compile(r"(?:the )?(?:agreed )?actions?(?: (?:points?|log|list|plan|items?))?(?: (?:from|agreed|arising|for|of|at)\b.*)?", re.I)


@dataclass
class Item:
    """A line of a list, with those that go on from it. `number` is where it stood, from 1."""

    text: str
    number: int
    bulleted: bool


def items(text: str) -> list[Item]:
    """The items of a pasted text, headings and greetings left out; the line that names the columns is one of them."""
    found: list[Item] = []
    apart, indent = True, 0
    lines = written(text)
    marked = {number for number, line in lines if bulleted(line)}
    for number, line in lines:
        if _RULE.fullmatch(line):
            apart = True
        elif found and number not in marked and goes_on(line, found[-1], apart, indent):
            found[-1].text += f" {line.strip()}"
        elif number in marked or not left_out(line.strip(), len(marked) > 1, before=number < min(marked, default=0)):
            found.append(Item(without_bullet(line), number, number in marked))
            apart, indent = False, depth(line)
        else:
            apart = True
    return found


def is_list(text: str) -> bool:
    """Whether a text is a pasted list: two lines or more with bullets or columns, or three lines or more."""
    lines = [line for _, line in written(text) if not _RULE.fullmatch(line)]
    marked = sum(bulleted(line) or in_columns(line) or len(dashed(line)) > 2 for line in lines)
    return (marked > 1 or len(lines) > 2) and len(items(text)) > 1


def bulleted(line: str) -> bool:
    return bool(_BULLET.match(line.lstrip()))


def without_bullet(line: str) -> str:
    """The line's words; a blank first column stays."""
    bullet = _BULLET.match(line.lstrip())
    return line.lstrip()[bullet.end() :] if bullet else line.strip(" ")


def depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def written(text: str) -> list[tuple[int, str]]:
    """(number from 1, line), blanks of every kind as plain ones, wide gaps as three of them."""
    joined = _QUOTED.sub(lambda cell: " ".join(cell[1].split()), text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n"))
    flowing = re.sub(r" ?[\v\u2028]+ ?", " ", _SOFT.sub("\n", joined)).replace("\xa0", " ").replace("\ufeff", "")
    return [(number, re.sub(r"(?<=\S) {4,}", "   ", line)) for number, line in enumerate(dedent(flowing).split("\n"), 1)]


def goes_on(line: str, above: Item, apart: bool, indent: int) -> bool:
    """Whether a line without a bullet is the rest of the item above: further in, or beginning in lower case."""
    bare = line.strip()
    if in_columns(bare):
        return False
    lower = bare[0].islower() and not apart and (above.bulleted or not above.text.lstrip()[:1].islower())
    return depth(line) > indent or lower


def left_out(bare: str, any_bullets: bool, before: bool) -> bool:
    """Whether a line without a bullet is a heading, a greeting or the like, and no item. `before`: above the first bullet."""
    count = len(bare.split())
    if heads(bare):
        return False
    if (_GREETING.fullmatch(bare) and count <= 5) or _TITLE.fullmatch(bare) or (bare.endswith(":") and "\t" not in bare):
        return True
    if in_columns(bare) or "@" in bare or trailing(bare)[1]:
        return False
    return before or (bare.isupper() and count <= 8) or count <= (4 if any_bullets else 1)
