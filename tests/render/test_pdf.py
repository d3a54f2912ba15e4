import base64
import io
import re
import subprocess
import sys
from dataclasses import replace
from itertools import permutations

import nbformat
import pypdf
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from render import lee, notebooks
from reportkit.brief.blocks import Heading, Paragraph, Picture, Preformatted, Span, Table
from reportkit.brief.display import to_data
from reportkit.brief.templates import prepare
from reportkit.errors import BriefError
from reportkit.render import HtmlBriefExporter, PdfBriefExporter

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)


def pdf_of(nb):
    return PdfBriefExporter().from_notebook_node(nb)[0]


def words(pdf):
    """The text of a PDF without its white space, for lines break where they like."""
    document = pypdfium2.PdfDocument(pdf)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    return folded(text.replace("￾", "").replace("\u200b", ""))


def folded(text):
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def pdf():
    return pdf_of(notebooks.lee())


@pytest.fixture(scope="module")
def reader(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def test_metadata(reader):
    catalog = reader.trailer["/Root"]
    assert reader.metadata.title == lee.DOCUMENT.title
    assert catalog["/Lang"].startswith("en")
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.creation_date.date().isoformat() == lee.DOCUMENT.as_of
    assert b"pdfuaid:part" in catalog["/Metadata"].get_data()


def test_letter_paper(reader):
    assert {(float(p.mediabox.width), float(p.mediabox.height)) for p in reader.pages} == {
        (612.0, 792.0)
    }


def test_every_claim_can_be_found(pdf):
    text = words(pdf)
    claims = 0
    for block in prepare(to_data(lee.HEAD + lee.BODY)):
        for sentence in sentences(block):
            said = "".join(span["text"] for span in sentence["spans"])
            if block["block"] == "chart" and sentence["claim"] is None:
                continue
            assert folded(said) in text, said
            claims += sentence["claim"] is not None
    assert claims > 10


def sentences(value):
    if isinstance(value, dict):
        if "spans" in value and "cites" in value:
            yield value
        elif value.get("in_pdf", True):
            for key, item in value.items():
                if key != "table":
                    yield from sentences(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from sentences(item)


def test_running_head_and_page_numbers(pdf):
    document = pypdfium2.PdfDocument(pdf)
    assert len(document) > 1
    last = document[len(document) - 1].get_textpage().get_text_bounded()
    assert "Lee County, Florida" in last
    assert "as of 18 May 2026" in last
    assert f"page {len(document)} of {len(document)}" in last


def test_links(reader):
    annotations = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    addresses = {a["/A"]["/URI"] for a in annotations if "/URI" in a.get("/A", {})}
    assert "https://www.gao.gov/products/gao-21-186" in addresses
    inner = [a for a in annotations if "/Dest" in a or "/D" in a.get("/A", {})]
    # Every number behind a sentence leads to its evidence, and every evidence back, to a few of the
    # sentences that rest on it.
    page = HtmlBriefExporter().from_notebook_node(notebooks.lee())[0]
    text = BeautifulSoup(page, "html.parser").main.select('a[href^="#"]:not(.places a)')
    blocks = prepare(to_data(lee.HEAD + lee.BODY))
    sources = [source for block in blocks for source in block.get("sources", ())]
    back = [use for source in sources for place in source["places"] for use in place["uses"]]
    assert len(inner) == len(text) + len(back) > 30


def test_only_packed_fonts(reader):
    fonts = set()
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            fonts.add(re.sub(r"^/[A-Z]{6}\+|-Identity-H$", "", font.get_object()["/BaseFont"]))
    assert {name.split("-")[0] for name in fonts} <= {
        "LibertinusSerif",
        "PublicSans",
        "DejaVuSansMono",
    }


def test_tables_have_heads(reader):
    kinds = [node.get("/S") for node in structure(reader.trailer["/Root"]["/StructTreeRoot"])]
    assert kinds.count("/Table") == 3
    assert "/TH" in kinds
    assert kinds.count("/Figure") >= 2
    assert "/H1" in kinds
    assert "/H2" in kinds


def structure(node):
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        yield node
        if "/K" in node and "/MCID" not in node:
            yield from structure(node["/K"])


def test_same_bytes(pdf):
    assert pdf_of(notebooks.lee()) == pdf


def test_the_bytes_do_not_depend_on_what_was_drawn_before(tmp_path):
    others = {"hostile": notebooks.of(*lee.HOSTILE), "prose": v4.new_notebook(cells=[PROSE])}
    pages = {"lee": notebooks.lee(), "head": notebooks.of(*lee.HEAD), **others}
    html, pdf = HtmlBriefExporter(), PdfBriefExporter()
    drawn = {name: set() for name in pages}
    for order in permutations(pages, 3):
        for name in order:
            made = tuple(maker.from_notebook_node(pages[name])[0] for maker in (html, pdf))
            drawn[name].add(made)
    assert {name: len(made) for name, made in drawn.items()} == dict.fromkeys(pages, 1)
    # Nor in a process that has drawn nothing yet.
    path = tmp_path / "lee.ipynb"
    nbformat.write(pages["lee"], path)
    alone = subprocess.run([sys.executable, "-c", ALONE, path], capture_output=True, check=True)
    ((page, paper),) = drawn["lee"]
    assert alone.stdout == page.encode() + paper


PROSE = v4.new_markdown_cell("Only prose, with `code`.\n\n```python\nx = 1\n```")
ALONE = """
import sys, nbformat
from reportkit.render import HtmlBriefExporter, PdfBriefExporter
nb = nbformat.read(sys.argv[1], as_version=4)
sys.stdout.buffer.write(HtmlBriefExporter().from_notebook_node(nb)[0].encode())
sys.stdout.buffer.write(PdfBriefExporter().from_notebook_node(nb)[0])
"""


def test_hostile_text_is_text():
    text = words(pdf_of(notebooks.of(*lee.HOSTILE)))
    for literal in (
        "<script>alert(1)</script>",
        "{{ 7*7 }}",
        '#eval("1+1") $x$ *b* _i_',
        "@label <label> \\u{41} // comment /* */ `raw`",
        "]#panic()[",
        "#sys.version",
        "x" * 300,
        "0123456789abcdef" * 8,
    ):
        assert folded(literal) in text, literal


def test_long_words_stay_on_the_page():
    document = pypdfium2.PdfDocument(pdf_of(notebooks.of(*lee.HOSTILE)))
    for page in document:
        for found in page.get_objects():
            assert found.get_bounds()[2] <= 612 - 60


def test_long_tables_repeat_their_head():
    row = ((Span("Agency"),), (Span("2025"),))
    table = Table("Long", ("Name of the agency", "Signed"), (row,) * 120, ("left", "right"))
    document = pypdfium2.PdfDocument(pdf_of(notebooks.of(table)))
    assert len(document) > 2
    for page in document:
        assert "Name of the agency" in page.get_textpage().get_text_bounded()


ROWS = ((Span("follower"),), (Span("2025"),))
FOLLOWERS = {
    "paragraph": Paragraph((Span("follower"),)),
    "table": Table("Caption", ("Name", "Signed"), (ROWS,) * 3, ("left", "right")),
}


@pytest.mark.parametrize("follower", FOLLOWERS)
def test_a_heading_is_never_last_on_a_page(follower):
    broken = 0
    for filler in range(54, 72):
        lines = Preformatted("\n".join("line" for _ in range(filler)))
        nb = notebooks.of(lines, Heading("Lonely", 2, "l"), FOLLOWERS[follower])
        pages = [
            page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf_of(nb))
        ]
        assert any("Lonely" in page and "follower" in page for page in pages), filler
        broken += "Lonely" in pages[-1] and len(pages) > 1
    assert broken, "the heading moved to the next page at least once"


def test_folded_chart_figures_stay_off_paper(pdf):
    assert folded("Agreements in Florida on the lists") not in words(pdf)


def test_other_content():
    cell = v4.new_code_cell("x")
    frame = (
        "<table><thead><tr><th></th><th>n</th></tr><tr><th>agency</th><th></th></tr></thead>"
        "<tbody><tr><th>&lt;b&gt;A</th><td>1</td></tr></tbody></table>"
    )
    cell.outputs = [
        v4.new_output("stream", name="stdout", text="\x1b[31mprinted\x1b[0m #panic()"),
        v4.new_output("display_data", {"image/png": PIXEL}),
        v4.new_output(
            "display_data",
            {"image/svg+xml": "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"},
        ),
        v4.new_output("display_data", {"text/html": frame, "text/plain": "plain"}),
        v4.new_output("error", ename="E", evalue="v", traceback=["E: v"]),
    ]
    prose = v4.new_markdown_cell(
        "### Added #eval\n\nText **bold** [bad](javascript:alert(1))\n\n- item\n  - inner\n\n"
        "> quoted\n\n| a | b |\n|---|---|\n| x | y |\n\n![dot](attachment:dot.png)",
        attachments={"dot.png": {"image/png": PIXEL}},
    )
    nb = notebooks.lee()
    nb.cells[1:1] = [prose, cell]
    pdf = pdf_of(nb)
    text = words(pdf)
    for literal in ("Added#eval", "bold", "inner", "quoted", "printed#panic()", "<b>A", "E:v"):
        assert literal in text
    assert "plain" not in text.replace("explain", "")
    assert b"javascript" not in pdf


def test_a_notebook_without_displays():
    pdf = pdf_of(v4.new_notebook(cells=[v4.new_markdown_cell("Only prose.")]))
    assert pypdf.PdfReader(io.BytesIO(pdf)).metadata.title == "Notebook"
    assert pdf == pdf_of(v4.new_notebook(cells=[v4.new_markdown_cell("Only prose.")]))


def test_spanish():
    document = replace(lee.DOCUMENT, lang="es")
    nb = notebooks.of(*lee.HEAD, document=document)
    reader = pypdf.PdfReader(io.BytesIO(pdf_of(nb)))
    assert reader.trailer["/Root"]["/Lang"].startswith("es")


def test_a_broken_picture_is_named():
    broken = Picture("image/png", base64.b64encode(b"no picture").decode(), "x")
    with pytest.raises(BriefError, match="picture"):
        pdf_of(notebooks.of(broken))
