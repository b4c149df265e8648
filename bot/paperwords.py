"""How the words of a Word document look: its styles, its language, its fields."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot.documents import writable

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.text.paragraph import Paragraph

FONT, INK, GREY = "Arial", "1F3864", "595959"
WIDTH = 17.0  # centimetres between the margins of A4
HANGING = {"Fact": 3.4, "Heading 1": 1.0, "Numbered": 0.8}  # centimetres that a fact's name has, and a number
# Name, what it is based on, points, space before and after in points, and whether it is bold.
STYLES: tuple[tuple[str, str, float, float, float, bool], ...] = (
    ("Normal", "", 11, 0, 6, False),
    ("Organisation", "Normal", 11, 0, 2, True),
    ("Title", "", 20, 0, 2, True),
    ("Subtitle", "", 15, 0, 8, True),
    ("Standing", "Normal", 11, 0, 8, True),
    ("Heading 1", "", 14, 13, 4, True),
    ("Heading 2", "", 11.5, 10, 4, True),
    ("Caption", "", 10, 6, 3, True),
    ("Fact", "Normal", 11, 0, 3, False),
    ("List Bullet", "", 11, 0, 3, False),
    ("Numbered", "Normal", 11, 0, 4, False),
    ("Note", "Normal", 9, 2, 4, False),
    ("Cell", "Normal", 9.5, 2, 2, False),
    ("After a table", "Normal", 4, 0, 0, False),
    ("Marking", "Normal", 9, 0, 0, True),
    ("Foot", "Normal", 9, 0, 0, False),
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
APART = {"Heading 1", "Heading 2", "Caption", "Title", "Subtitle", "Organisation"}  # never alone at the foot of a page


def shown_text(text: str) -> str:
    """A text that an XML file can hold."""
    return CONTROL.sub("\ufffd", writable(text))


def stylesheet(document: Word) -> None:
    """A4, one typeface, British English."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Cm

    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin, page.bottom_margin = Cm(2), Cm(2.2)
    page.header_distance = page.footer_distance = Cm(0.9)
    for each in STYLES:
        _style(document, *each)
    styles: Any = document.styles
    for name, across in HANGING.items():
        around = styles[name].paragraph_format
        around.tab_stops.add_tab_stop(Cm(across))
        around.left_indent, around.first_line_indent = Cm(across), Cm(-across)
    styles["Marking"].paragraph_format.alignment = 1
    styles["Foot"].paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    styles["Foot"].paragraph_format.tab_stops.add_tab_stop(Cm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _british(styles.element)


def _style(document: Word, name: str, based: str, points: float, before: float, after: float, bold: bool) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    styles: Any = document.styles
    style: Any = styles[name] if name in [each.name for each in styles] else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    if based:
        style.base_style = styles[based]
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(points), bold, False
    style.font.color.rgb = RGBColor.from_string(INK if name in APART else GREY if name in ("Note", "Foot", "Marking") else "000000")
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [each for each in fonts.attrib if each.endswith("Theme")]:
        del fonts.attrib[theme]  # or Word's own theme would be chosen before the typeface
    for each in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(each), FONT)
    around = style.paragraph_format
    around.space_before, around.space_after, around.line_spacing = Pt(before), Pt(after), 1.08 if name == "Normal" else 1.0
    around.keep_with_next = name in APART
    for theirs in [*style.element.iter(qn("w:pBdr")), *style.element.iter(qn("w:spacing"), qn("w:kern"))]:
        if theirs.tag != qn("w:spacing") or theirs.getparent().tag == qn("w:rPr"):  # a line below, and letters set apart
            theirs.getparent().remove(theirs)


def _british(styles: Any) -> None:
    """The language that spelling and voices go by."""
    from docx.oxml.ns import qn

    for each in styles.iter(qn("w:lang")):
        each.set(qn("w:val"), "en-GB")
        each.set(qn("w:eastAsia"), "en-GB")


def made(tag: str, **attributes: str) -> Any:
    """An element of Word's own, with attributes of the same namespace."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def field(paragraph: Paragraph, code: str) -> None:
    """What Word works out itself: PAGE, NUMPAGES."""
    simple = made("w:fldSimple", instr=code)
    run = made("w:r")
    text = made("w:t")
    text.text = "1"
    run.append(text)
    simple.append(run)
    paragraph._p.append(simple)


def rule_below(paragraph: Paragraph) -> None:
    """A line under what stands at the top."""
    borders = made("w:pBdr")
    borders.append(made("w:bottom", val="single", sz="8", space="6", color=INK))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
