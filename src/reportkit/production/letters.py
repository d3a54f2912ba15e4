"""Writes the letters beside a brief: as plain text and as .docx, the same bytes for the same brief."""

from __future__ import annotations

import datetime as dt
import textwrap
import zipfile
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reportkit.brief.letters import NAMES, Letter, Part, letters

if TYPE_CHECKING:
    from docx.document import Document

    from reportkit.brief import Brief

FILES = tuple(f"{name}.{ending}" for name in NAMES.values() for ending in ("txt", "docx"))
"""The files of letters beside a brief."""
_WIDTH = 74
# What underlines titles and headings in plain text.
_RULES = {"title": "=", "heading": "-"}
_STYLES = {
    "title": "Title",
    "heading": "Heading 1",
    "paragraph": "Normal",
    "bullet": "List Bullet",
    "number": "List Number",
}
"""The style of a word processor for each kind of part."""
# What these rest on.
_ALSO = {
    *("Default Paragraph Font", "Normal Table", "No List", "Title Char", "Heading 1 Char"),
    *(f"List {kind} {level}" for kind in ("Bullet", "Number") for level in (2, 3)),
}
_FONT = "Times New Roman"
_POINTS = {"Normal": 11, "Title": 15, "Heading 1": 12}
_NEEDED = {"styles", "numbering", "settings", "fontTable", "officeDocument", "core-properties"}
"""The kinds of parts that a letter needs of those in the library's template."""
# Neither a clock nor a compressor, which differs between machines, may show in the bytes.
_ZIPPED_ON = (1980, 1, 1, 0, 0, 0)
_AUTHOR = "reportkit"
# The files of a letter that differ from one to the next.
_DOCUMENT, _ABOUT = "word/document.xml", "docProps/core.xml"


def letter_files(brief: Brief) -> Mapping[str, bytes]:
    """The letters by file name: each as .txt (UTF-8, lines of at most 74 characters) and .docx."""
    found = {}
    for letter in letters(brief):
        found[f"{letter.name}.txt"] = as_text(letter).encode()
        found[f"{letter.name}.docx"] = as_docx(letter, brief.as_of)
    return found


def as_text(letter: Letter) -> str:
    """A letter as lines, with an empty line between paragraphs."""
    return "\n".join(_lines(letter.parts)).strip() + "\n"


def _lines(parts: tuple[Part, ...]) -> Iterator[str]:
    number, before = 0, ""
    for part in parts:
        number += part.kind == "number"
        mark = {"bullet": "- ", "number": f"{number}. ".ljust(4)}.get(part.kind, "")
        if part.kind != "bullet" or before != "bullet":
            yield ""
        lines = textwrap.wrap(
            part.text,
            _WIDTH,
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )
        yield from lines
        if part.kind in _RULES:
            yield _RULES[part.kind] * max(map(len, lines))
        before = part.kind


def as_docx(letter: Letter, as_of: dt.date) -> bytes:
    """A letter for a word processor, on US letter paper; its dates are the as-of date.

    Args:
        letter: what to write.
        as_of: the day of the brief.
    """
    from docx.opc.coreprops import CoreProperties
    from docx.opc.oxml import serialize_part_xml

    blank = _blank()
    document, about = deepcopy(blank.document), deepcopy(blank.about)
    end = document.body.sectPr
    for part in letter.parts:
        paragraph = deepcopy(blank.paragraphs[part.kind])
        paragraph.r_lst[0].text = part.text
        end.addprevious(paragraph)
    properties = CoreProperties(about)
    day = dt.datetime.combine(as_of, dt.time())
    properties.title, properties.author, properties.last_modified_by = (
        letter.title,
        _AUTHOR,
        _AUTHOR,
    )
    properties.comments, properties.revision = "", 1
    properties.created, properties.modified = day, day
    written = {_DOCUMENT: serialize_part_xml(document), _ABOUT: serialize_part_xml(about)}
    return _zipped({**blank.files, **written})


@dataclass(frozen=True, slots=True)
class _Blank:
    """An empty letter: its files, the trees of the two that differ between letters, a paragraph of
    each kind. Opening it and naming its styles for each letter would take most of the time."""

    files: Mapping[str, bytes]
    document: Any
    about: Any
    paragraphs: Mapping[str, Any]


@cache
def _blank() -> _Blank:
    import docx

    template = _template()
    with zipfile.ZipFile(BytesIO(template)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    document = docx.Document(BytesIO(template))
    paragraphs = {
        kind: document.add_paragraph("text", style=style)._p for kind, style in _STYLES.items()
    }
    for paragraph in paragraphs.values():
        document.element.body.remove(paragraph)
    return _Blank(files, document.element, document.core_properties._element, paragraphs)


@cache
def _template() -> bytes:
    """An empty document in black on white with the few styles that a letter uses."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Inches, Pt, RGBColor

    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, item in relations.items() if _kind(item.reltype) not in _NEEDED]:
            del relations[key]
    styles = document.styles
    for style in list(styles):
        if style.name not in {*_STYLES.values(), *_ALSO}:
            style.delete()
    styles.element.remove(styles.element.find(qn("w:latentStyles")))
    for name, points in _POINTS.items():
        style = styles[name]
        # Fonts and colors of a theme, which is gone, would win over these.
        for drawn in (qn("w:rFonts"), qn("w:color"), qn("w:pBdr")):
            for element in list(style.element.iter(drawn)):
                element.getparent().remove(element)
        style.font.name, style.font.size = _FONT, Pt(points)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.paragraph_format.space_after = Pt(8)
    styles["Heading 1"].paragraph_format.space_before = Pt(14)
    page = document.sections[0]
    page.left_margin = page.right_margin = Inches(1)
    return _packed(document)


def _kind(relation: str) -> str:
    """The last word of a relationship's type."""
    return relation.rpartition("/")[2]


def _packed(document: Document) -> bytes:
    """The document as the library saves it, packed as every letter is."""
    saved = BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old:
        return _zipped({name: old.read(name) for name in old.namelist()})


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """A zip archive that has no clock time in it and is not compressed."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as new:
        for name, content in files.items():
            new.writestr(zipfile.ZipInfo(name, _ZIPPED_ON), content)
    return packed.getvalue()
