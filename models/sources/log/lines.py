"""A pasted text as items: bullets and numbers taken off, wrapped lines joined, headings and greetings left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from textwrap import dedent

from models.sources.log.apart import Known, in_brackets
from models.sources.log.layout import dashed, heads, in_columns
from models.sources.log.spoken import trailing

_BULLET = re.compile(
    r"(?:[•▪▫●○◦‣⁃·■□➢✓✔➤§*]\ufe0f?\s+|[•▪●◦‣■□➢➤](?=\S)|[☐☑☒✅→➔]\ufe0f?\s*(?=\S)|\[[ xX✓✔]?\]\s*(?=\S)"
    r"|[-–—](?:\s+|(?=[^\W\d_]))|o\s+"
    r"|\(?\d{1,3}[.)](?:\s+|(?=[^\W\d_]))|\([a-z]\)\s*|[a-z][.)]\s+|[ivx]{1,4}[.)]\s+)"
)
_BOX = re.compile(r"(?:[☐☑☒✅]\ufe0f?|\[[ xX✓✔]?\])\s*(?=\S)")
_TICKED = re.compile(rf"(?:{_BULLET.pattern})?(?:[☑☒✅]|\[[xX✓✔]\])")
_BOLD = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")
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
    """A line of a list, with those that go on from it. `number` is where it stood, from 1; `ticked` says that its box is."""

    text: str
    number: int
    bulleted: bool
    ticked: bool = False


def items(text: str) -> list[Item]:
    """The items of a pasted text, headings and greetings left out; the line that names the columns is one of them."""
    return sorted_lines(text)[0]


def sorted_lines(text: str, known: Known | None = None) -> tuple[list[Item], list[str]]:
    """(the items of a pasted text, the lines that are left out as they stand). `known` is who there is, where that is."""
    found: list[Item] = []
    others: list[str] = []
    apart, indent = True, 0
    lines = written(text)
    marked = {number for number, line in lines if bulleted(line)}
    for number, line in lines:
        if _RULE.fullmatch(line):
            apart = True
        elif found and number not in marked and goes_on(line, found[-1], apart, indent):
            found[-1].text += f" {line.strip()}"
        elif number in marked or not left_out(line.strip(), len(marked) > 1, number < min(marked, default=0), known):
            found.append(Item(without_bullet(line), number, number in marked, bool(_TICKED.match(line.lstrip()))))
            apart, indent = False, depth(line)
        else:
            others.append(line.strip())
            apart = True
    return found, others


def is_list(text: str) -> bool:
    """Whether a text is a pasted list: two lines or more with bullets, columns or brackets that say whose or when, or three or more."""
    lines = [line for _, line in written(text) if not _RULE.fullmatch(line)]
    if len(lines) < 2:
        return False
    marked = sum(bulleted(line) or in_columns(line) or len(dashed(line)) > 2 or in_brackets(line) for line in lines)
    return (marked > 1 or len(lines) > 2) and len(items(text)) > 1


def bulleted(line: str) -> bool:
    return bool(_BULLET.match(line.lstrip()))


def without_bullet(line: str) -> str:
    """The line's words, without a box behind its bullet; a blank first column stays."""
    bullet = _BULLET.match(line.lstrip())
    return _BOX.sub("", line.lstrip()[bullet.end() :], count=1) if bullet else line.strip(" ")


def depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def written(text: str) -> list[tuple[int, str]]:
    """(number from 1, line), blanks of every kind as plain ones, wide gaps as three of them, **bold** as plain."""
    joined = _QUOTED.sub(lambda cell: " ".join(cell[1].split()), text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2029", "\n"))
    flowing = _BOLD.sub(r"\1", re.sub(r" ?[\v\u2028]+ ?", " ", _SOFT.sub("\n", joined))).replace("\xa0", " ").replace("\ufeff", "")
    return [(number, re.sub(r"(?<=\S) {4,}", "   ", line)) for number, line in enumerate(dedent(flowing).split("\n"), 1)]


def goes_on(line: str, above: Item, apart: bool, indent: int) -> bool:
    """Whether a line without a bullet is the rest of the item above: further in, or beginning in lower case."""
    bare = line.strip()
    if in_columns(bare) or (in_brackets(bare) and in_brackets(above.text)):
        return False
    lower = bare[0].islower() and not apart and (above.bulleted or not above.text.lstrip()[:1].islower())
    return depth(line) > indent or lower


def left_out(bare: str, any_bullets: bool, before: bool, known: Known | None) -> bool:
    """Whether a line without a bullet is a heading, a greeting or the like, and no item. `before`: above the first bullet."""
    count = len(bare.split())
    if heads(bare):
        return False
    if (_GREETING.fullmatch(bare) and count <= 5) or _TITLE.fullmatch(bare) or (bare.endswith(":") and "\t" not in bare):
        return True
    if in_columns(bare) or "@" in bare or trailing(bare)[1] or in_brackets(bare, known):
        return False
    return before or (bare.isupper() and count <= 8) or count <= (4 if any_bullets else 1)
