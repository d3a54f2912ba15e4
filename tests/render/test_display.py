import json

import nbformat

from render import lee, notebooks
from reportkit.brief.blocks import Paragraph, Span
from reportkit.brief.display import MIME, Display
from reportkit.brief.templates import prepare


def test_bundle():
    bundle = Display(lee.HEAD, lee.DOCUMENT, last=True)._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    data = json.loads(json.dumps(bundle[MIME]))
    assert data["document"]["place"] == "Lee County, Florida"
    assert data["last"] is True
    assert len(data["blocks"]) == len(lee.HEAD)
    assert "<h1" in bundle["text/html"]
    assert bundle["text/plain"].startswith("# 287(g) in Lee County, Florida")


def test_notebooks_stay_valid():
    nbformat.validate(notebooks.lee())


def test_the_fragment_escapes():
    html = Display(lee.HOSTILE)._repr_mimebundle_()["text/html"]
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def prepared(*spans):
    blocks = Display((Paragraph(spans),)).data()["blocks"]
    return prepare(blocks)[0]["spans"]


def test_space_moves_behind_the_numbers():
    first, second = prepared(Span("One. ", "a", (2, 1)), Span("Two.", "b"))
    assert (first["spans"][0]["text"], first["tail"]) == ("One.", " ")
    assert [cite["number"] for cite in first["cites"]] == [1, 2]
    assert second["tail"] == ""


def test_claims_are_parted_and_punctuation_is_not():
    first, second, third = prepared(Span("One", "a"), Span(", and", "b"), Span("two", "c"))
    assert (first["tail"], second["tail"], third["tail"]) == ("", " ", "")


def test_a_claim_that_is_linked_has_one_anchor():
    spans = (Span("One.", "a"), Span(" Else. "), Span("One.", "a"), Span("Two.", "b"))
    assert [s["anchor"] for s in prepared(*spans)] == [None] * 4
    linked = prepared(*spans, Span("see", href="#claim-a"))
    assert [s["anchor"] for s in linked] == ["claim-a", None, None, None, None]


def test_claim_ids_of_any_kind_give_different_anchors():
    anchors = {
        prepared(Span("x", name, (1,)))[0]["anchor"] for name in ("a b", "a-b", 'a"b', "a<b")
    }
    assert len(anchors) == 4
    assert not any(set(anchor) & set(' "<') for anchor in anchors)
