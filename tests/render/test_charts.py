import re
from xml.etree import ElementTree

import pytest

from render import lee
from reportkit.brief.charts import Bar, locator_map, timeline, to_outlines
from reportkit.places.geometry import state_outline


def counties(state):
    return [(f["id"], f) for f in state_outline(state)["features"]]


def texts(svg):
    return [
        "".join(text.itertext()) for text in ElementTree.fromstring(svg).iter() if is_text(text)
    ]


def is_text(element):
    return element.tag.endswith("}text")


def test_map_says_in_words_what_its_colours_say():
    svg = lee.map_svg()
    assert "Lee County" in texts(svg)
    assert "Task Force: 1 county" in texts(svg)
    assert svg.count("<pattern ") == 2, "Jail Enforcement and Warrant Service have a pattern"


def test_shapes_that_are_no_county_stay_blank():
    svg = lee.map_svg()
    assert re.search(r'<path d="M[^"]*"[^>]*stroke="#5E5A52"', svg)


def test_hostile_names_stay_text():
    svg = locator_map(
        to_outlines(lee.features()), {"12070": "TFM"}, "12070", "<script>&amp;", {"TFM": "<b>"}
    )
    assert "<script" not in svg
    assert "<script>&amp;" in texts(svg)


def test_place_without_outline_gets_its_note():
    svg = locator_map(to_outlines(lee.features()), {}, None, "", {}, note="No outline of 2017")
    assert texts(svg) == ["No outline of 2017"]


@pytest.mark.parametrize("state", ["48", "02", "12"])
def test_size(state):
    features = dict(counties(state))
    models = dict.fromkeys(features, "TFM")
    svg = locator_map(
        to_outlines(features.values()), models, next(iter(features)), "Place", {"TFM": "x"}
    )
    assert len(svg) < 60_000
    assert not re.search(r"\d\.\d\d", svg.split("</defs>")[-1].replace("0.62", ""))


def test_same_bytes():
    assert lee.map_svg() == lee.map_svg()
    assert lee.timeline_svg() == lee.timeline_svg()


def test_drawings_do_not_share_ids():
    ids = [re.findall(r' id="([^"]+)"', svg) for svg in (lee.map_svg(), lee.timeline_svg())]
    assert not set(ids[0]) & set(ids[1])


def test_timeline_names_every_agreement_and_the_last_count():
    words = texts(lee.timeline_svg())
    for bar in lee.BARS:
        assert bar.label in words
    assert "345" in words


def test_timeline_wraps_long_labels():
    label = "Florida Gulf Coast University Police Department · Task Force · 3 March 2025 to 2026"
    svg = timeline([Bar("x", "TFM", "2025-03-03", None, label)], [], "2026-05-18", "")
    assert " ".join(" ".join(texts(svg)).split()).replace(" ", "") == label.replace(" ", "")
    width = float(re.search(r'width="([\d.]+)"', svg)[1])
    assert width < 540


def test_timeline_of_a_state_without_agreements_here():
    assert "Agreements in Illinois" in texts(
        timeline([], lee.COUNTS, "2026-05-18", "Agreements in Illinois")
    )
