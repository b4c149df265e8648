"""Makes a Word document of a paper, laid out as a council's: for print, and for a screen reader."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, assert_never

from bot.papertables import alike, write_table
from bot.paperwords import field, rule_below, shown_text, stylesheet
from commands.reply import Facts, Heading, Note, Paper, Section, Table

if TYPE_CHECKING:
    from docx.document import Document as Word

NUMBERED = re.compile(r"(?P<number>\d{1,3}\.) +(?P<words>\S.*)")


def word(paper: Paper) -> bytes:
    """A DOCX file. Nothing that somebody typed becomes a field, a link or markup; characters that no XML file can hold become U+FFFD."""
    from docx import Document

    document = Document()
    stylesheet(document)
    _properties(document, paper)
    tables = (part for section in paper.sections for part in section.parts if isinstance(part, Table))
    Writing(document, alike(tables)).write(paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _properties(document: Word, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.subject = (shown_text(text)[:255] for text in (paper.title, paper.organisation, paper.dated))
    about.language, about.category, about.comments = "en-GB", paper.marking, ""
    about.created = about.modified = datetime.now(UTC).replace(tzinfo=None)


@dataclass
class Writing:
    """A paper on its way to becoming a document."""

    document: Word
    alike: Mapping[tuple[str, ...], Table]

    def write(self, paper: Paper) -> None:
        """Title block, items, and what stands on every page."""
        self._title_block(paper)
        for number, section in enumerate(paper.sections, 1):
            self._section(number, section)
        self._every_page(paper)

    def _title_block(self, paper: Paper) -> None:
        self._said(paper.organisation, "Organisation")
        whose, _, what = paper.title.rpartition(": ")
        self._said(whose or what, "Title")
        if whose:
            self._said(what[:1].upper() + what[1:], "Subtitle")
        if paper.standing:
            self._said(paper.standing, "Standing")
        self._facts(paper.about)
        rule_below(self.document.paragraphs[-1])

    def _section(self, number: int, section: Section) -> None:
        self._said(f"{number}.\t{section.heading}", "Heading 1")
        for part in section.parts:
            self._part(part)

    def _part(self, part: str | Heading | Facts | Table | Note) -> None:
        match part:
            case str():
                for line in part.splitlines():
                    self._line(line)
            case Heading():
                self._said(part.text, "Heading 2")
            case Facts():
                self._facts(part.facts)
            case Table():
                if part.title:
                    self._said(part.title, "Caption")
                write_table(self.document, part, self.alike[tuple(part.headings)])
                self._said("", "After a table")
            case Note():
                self._said(part.text, "Note")
            case _:
                assert_never(part)

    def _line(self, line: str) -> None:
        if line.startswith("- "):
            self._said(line[2:], "List Bullet")
        elif numbered := NUMBERED.fullmatch(line):
            self._said(f"{numbered['number']}\t{numbered['words']}", "Numbered")
        elif line.strip():
            self._said(line, "Normal")

    def _facts(self, facts: Any) -> None:
        for label, value in facts:
            paragraph = self.document.add_paragraph(style="Fact")
            paragraph.add_run(shown_text(f"{label}\t")).bold = True
            paragraph.add_run(shown_text(value))

    def _said(self, text: str, style: str) -> None:
        self.document.add_paragraph(shown_text(text), style=style)

    def _every_page(self, paper: Paper) -> None:
        """Above the marking and whether it is a draft; below, how far its data go, and then marking and page."""
        section = self.document.sections[0]
        styles, head, foot = self.document.styles, section.header.paragraphs[0], section.footer
        head.text, head.style = shown_text(paper.marking), styles["Marking"]
        if paper.standing:
            section.header.add_paragraph(shown_text(paper.standing), style="Marking")
        dated, last = foot.paragraphs[0], foot.add_paragraph(style="Foot")
        dated.text, dated.style = shown_text(paper.dated), styles["Foot"]
        last.add_run(f"\t{shown_text(paper.marking)}").bold = True
        last.add_run("\tPage ")
        field(last, "PAGE")
        last.add_run(" of ")
        field(last, "NUMPAGES")
