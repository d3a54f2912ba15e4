"""Words of another language than the brief's are marked in HTML and PDF, in sentences and heads."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdf
from bs4 import BeautifulSoup

from render.lee import DOCUMENT
from render.notebooks import shown
from reportkit.brief.blocks import Evidence, EvidenceList, Heading, Paragraph, Span, Table, to_data
from reportkit.brief.display import Display
from reportkit.brief.templates import fragment, prepare
from reportkit.render import PdfBriefExporter

NAME = Span("Lee County Sheriff's Office", lang="en")
BLOCKS = (
    Heading("287(g) en el condado de Lee", 1, "top"),
    Paragraph((replace(NAME, claim="c"), Span(", que actúa aquí.", claim="c", cites=(1,)))),
    Table(
        (Span("Citas: "), NAME),
        ("Facultad", (NAME, Span(" (Fuerza Operativa)"))),
        (((Span("Arrestar"),), (Span("“may arrest”", lang="en", style="strong"),)),),
        ("left", "left"),
    ),
    EvidenceList(
        (Evidence(1, (NAME,), "ICE", None, (Span("Appendix A", lang="en"),), None, None),),
    ),
)


def test_in_html():
    soup = BeautifulSoup(fragment(prepare(to_data(BLOCKS)), "es"), "lxml")
    marked = [tag.get_text() for tag in soup.select("[lang=en]")]
    assert marked == [NAME.text, NAME.text, NAME.text, "“may arrest”", NAME.text, "Appendix A"]
    assert soup.select_one("p").get_text() == f"{NAME.text}, que actúa aquí.1"
    assert soup.caption.get_text() == f"Citas: {NAME.text}"
    assert soup.strong["lang"] == "en"


def test_narrow_screens_show_the_head_as_text():
    wide = replace(BLOCKS[2], head=("a", "b", (NAME,)), rows=(), align=("left",) * 3)
    assert "--h3:'Lee County Sheriff\\27 s Office'" in fragment(
        prepare(to_data((wide,))), "es"
    ).replace("&#39;", "'")


def test_in_pdf():
    document = replace(DOCUMENT, lang="es", title=BLOCKS[0].text)
    nb = shown(Display(BLOCKS, document, last=True))
    reader = pypdf.PdfReader(io.BytesIO(PdfBriefExporter().from_notebook_node(nb)[0]))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "es"
    assert languages(root["/StructTreeRoot"]) == {"en", "es"}


def languages(element: object) -> set[str]:
    """The languages that the structure of a PDF names."""
    held = element.get_object() if isinstance(element, pypdf.generic.IndirectObject) else element
    if isinstance(held, list):
        return set().union(*map(languages, held))
    if not isinstance(held, dict):
        return set()
    own = {str(held["/Lang"])} if "/Lang" in held else set()
    return own | languages(held.get("/K", []))


def test_spans_of_the_brief_s_own_language_hold_none():
    assert "lang" not in to_data((Paragraph((Span("a"),)),))[0]["spans"][0]
