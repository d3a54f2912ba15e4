import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from nbconvert.exporters import get_exporter
from nbformat import v4

from render import lee, notebooks
from reportkit.brief.blocks import Chart, Heading, Paragraph, Span
from reportkit.brief.templates.prepare import claim_anchor
from reportkit.render import HtmlBriefExporter


@pytest.fixture(scope="module")
def exporter():
    return HtmlBriefExporter()


@pytest.fixture(scope="module")
def page(exporter):
    return exporter.from_notebook_node(notebooks.lee())[0]


@pytest.fixture(scope="module")
def soup(page):
    return BeautifulSoup(page, "html.parser")


def test_structure(soup):
    assert soup.html["lang"] == "en"
    assert soup.title.string == lee.DOCUMENT.title
    for landmark in ("header", "nav", "main", "footer"):
        assert len(soup.find_all(landmark)) == 1, landmark
    assert soup.select_one("a.skip")["href"] == "#brief"
    assert [h.name for h in soup.find_all(re.compile("h[1-6]"))][:2] == ["h1", "h2"]
    assert len(soup.find_all("h1")) == 1
    assert not soup.find("script")
    assert "section()" not in soup.get_text(), "code cells stay hidden"


def test_headings_skip_no_level(soup):
    levels = [int(h.name[1]) for h in soup.find_all(re.compile("h[1-6]"))]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_no_external_reference(soup, page):
    for element in soup.find_all(src=True):
        assert element["src"].startswith("data:")
    assert not soup.find_all(["script", "link", "iframe", "object", "embed", "base"])
    assert not re.search(r"url\((?!#)|@import|https?://[^\"<]*\.(js|css|woff)", page)
    policy = soup.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'")


def test_ids_are_unique(soup):
    ids = [element["id"] for element in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))


def test_fragments_lead_somewhere(soup):
    ids = {element["id"] for element in soup.find_all(id=True)}
    for link in soup.find_all("a", href=re.compile("^#")):
        assert link["href"][1:] in ids


def test_citations_and_back_links_agree(soup):
    there = set()
    for claim in soup.select("[data-claim][id]"):
        for run in "".join(sup.get_text() for sup in claim.select("sup")).split(","):
            first, _, last = run.partition("–")
            if first:
                numbers = range(int(first), int(last or first) + 1)
                there |= {(claim["id"], f"e{number}") for number in numbers}
    back = {
        (link["href"][1:], place["id"])
        for place in soup.select(".places li")
        for link in place.select("a")
    }
    # The number of a place leads back to the first sentence that rests on it.
    assert back <= there
    assert sorted(place for _, place in back) == sorted({place for _, place in there})
    assert len(there) > 10


def test_claims_carry_their_id(soup):
    (claim,) = soup.select('[data-claim="bottom.others"]')
    assert claim.get_text().startswith("Police of the port authority")
    anchored = soup.select("[data-claim][id]")
    assert anchored
    for claim in anchored:
        assert claim["id"] == claim_anchor(claim["data-claim"])


def test_a_sentence_of_several_spans_is_one_claim(soup):
    claims = soup.select('[data-claim="bottom.models"]')
    assert len(claims) == 1
    assert "the Task Force agreement, signed" in claims[0].get_text()


def test_a_space_stands_between_claims(soup):
    assert re.search(r"signed\.4 So have", soup.main.get_text())


def test_tables_name_their_columns_and_rows(soup):
    for table in soup.find_all("table"):
        assert table.caption.get_text()
        assert all(head["scope"] == "col" for head in table.thead.find_all("th"))
        assert all(row.th["scope"] == "row" for row in table.tbody.find_all("tr"))


def test_charts_have_words(soup):
    drawings = soup.select(".drawing")
    assert len(drawings) == 2
    for drawing in drawings:
        assert drawing["role"] == "img"
        assert len(drawing["aria-label"]) > 60
        assert drawing.find("svg")
        assert drawing.find_parent("figure").find("details").find("table")


def test_size(page):
    assert len(page.encode()) < 200_000


def test_same_bytes(page):
    assert HtmlBriefExporter().from_notebook_node(notebooks.lee())[0] == page


def test_hostile_text_is_text(exporter):
    page = exporter.from_notebook_node(notebooks.of(*lee.HOSTILE))[0]
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.find(["script", "img", "b", "i", "label"])
    words = soup.main.get_text()
    for literal in ("<script>alert(1)</script>", "{{ 7*7 }}", '#eval("1+1")', "<b>caption</b>"):
        assert literal in words
    links = [link["href"] for link in soup.main.find_all("a")]
    assert links == ['https://example.org/"onmouseover="alert(4)']
    assert not any(name.startswith("on") for tag in soup.find_all(True) for name in tag.attrs)


def test_a_drawing_that_could_act_becomes_an_image(exporter):
    chart = next(block for block in lee.BODY if isinstance(block, Chart))
    for svg in (
        "<svg><script>alert(1)</script></svg>",
        "<svg><image href='https://example.org/x.png'/></svg>",
        "<svg onload='alert(1)'></svg>",
        "<p>no drawing</p>",
    ):
        bad = Chart(chart.title, svg, chart.alt, chart.source, chart.table)
        page = exporter.from_notebook_node(notebooks.of(bad))[0]
        drawing = BeautifulSoup(page, "html.parser").select_one(".drawing")
        assert [child.name for child in drawing.children] == ["img"]


def test_missing_targets_are_text(exporter):
    blocks = (Paragraph((Span("nowhere", href="#nowhere"), Span("Said.", "c", (99,)))),)
    page = exporter.from_notebook_node(notebooks.of(*blocks))[0]
    soup = BeautifulSoup(page, "html.parser")
    assert not soup.main.find("a")
    assert "Said.99" in soup.main.get_text()


def test_document_in_spanish(exporter):
    from dataclasses import replace

    document = replace(lee.DOCUMENT, lang="es")
    page = exporter.from_notebook_node(notebooks.of(Heading("T", 1, "t"), document=document))[0]
    soup = BeautifulSoup(page, "html.parser")
    assert soup.html["lang"] == "es"
    assert "18 de mayo de 2026" in soup.header.get_text()


def test_what_analysts_add_is_nbconverts(exporter):
    nb = notebooks.lee()
    cell = v4.new_code_cell("x")
    cell.outputs = [
        v4.new_output("stream", name="stdout", text="printed <b>"),
        v4.new_output("display_data", {"image/png": "AAAA"}, metadata={"image/png": {"alt": "A"}}),
        v4.new_output(
            "display_data",
            {"text/html": "<style>p{}</style><script>x</script><table><tr><td onclick='x'>7"},
        ),
    ]
    words = v4.new_markdown_cell("**Bold** <script>x</script> ![far](https://example.org/x.png)")
    nb.cells[1:1] = [words, cell]
    soup = BeautifulSoup(exporter.from_notebook_node(nb)[0], "html.parser")
    assert soup.main.find("strong", string="Bold")
    assert "printed <b>" in soup.main.get_text()
    assert soup.find("img", alt="A")
    assert soup.select_one(".output_html td").attrs == {}
    assert not soup.main.find(["script", "style"])
    assert not soup.find("img", src=re.compile("^http"))


def test_exporters_are_found_by_dotted_name():
    assert get_exporter("reportkit.render.HtmlBriefExporter") is HtmlBriefExporter
