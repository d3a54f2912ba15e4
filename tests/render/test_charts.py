import random
import re
from xml.etree import ElementTree

import pytest
from altair.utils import schemapi

from render import lee
from reportkit.brief import charts
from reportkit.brief.charts import Bar, locator_map, timeline, to_outlines
from reportkit.brief.templates.svg import compact, taken_apart
from reportkit.errors import BriefError
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


STATES = ("09", "10", "18", "44")
KEY = {"TFM": "Task Force: 1 county", "none": "no county-wide agency: <all> others"}
# Names at the edge of a narrow state reach over the drawing's own; it grows with them.
NAMES = ("Lee County", "St. John the Baptist & Prince of Wales-Hyder <Census> Area", "Ñ")
AS_OF, LABEL = "2026-05-18", "Agreements in Florida, by list"


def forget():
    """Draw anew what charts share."""
    for shared in (charts._ground, charts._key, charts._counts):
        shared.cache_clear()


def places():
    """Maps of some states, a place and a name each; None where no place is outlined."""
    for state in STATES:
        outlines = to_outlines(state_outline(state)["features"])
        some = list(outlines.counties)[:: max(1, len(outlines.counties) // 4)]
        models = {geoid: "TFM" if n % 2 else "none" for n, geoid in enumerate(some)}
        for n, place in enumerate([*some, None]):
            yield outlines, models, place, NAMES[n % len(NAMES)]


def whole_map(outlines, models, place, name):
    """The same map drawn in one piece."""
    sent, shapes = {}, []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(charts, "draw", lambda spec, rows=None: shapes.append((spec, rows)) or SHELL)
        patch.setattr(charts, "repeat_text", lambda drawing: drawing)
        forget()
        locator_map(outlines, models, place, name, KEY, note="Note")
        forget()
    layers = [layer for spec, _ in shapes for layer in spec["layer"]]
    datasets = {}
    for spec, rows in shapes:
        sent |= rows
        datasets |= spec.get("datasets", {})
    if "halo" in sent:
        sent["label"] = sent["halo"]
    spec = {**shapes[0][0], "layer": layers, "height": shapes[-1][0]["height"]}
    return compact(charts.draw({**spec, "datasets": datasets}, sent), patterns=charts.COLOURS)


SHELL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1" viewBox="0 0 1 1"><g fill="none"'
    ' stroke-miterlimit="10" transform="translate(2,2)"><g><g><g><g/></g></g></g></g></svg>'
)


def test_map_of_shared_parts_is_the_map_drawn_whole_in_any_order():
    asked = list(places())
    whole = [whole_map(*place) for place in asked]
    assert len({re.search(r'<svg[^>]* width="([^"]*)"', svg)[1] for svg in whole}) > 1
    order = list(range(len(asked)))
    for seed in (1, 2):
        random.Random(seed).shuffle(order)
        forget()
        for n in order:
            assert locator_map(*asked[n], KEY, note="Note") == whole[n]


def whole_timeline(bars):
    sent = {}
    with pytest.MonkeyPatch.context() as patch:
        panels = []

        def kept(spec, rows):
            panels.append(spec["vconcat"][0])
            sent.update(rows)
            return {**spec, "vconcat": panels}

        patch.setattr(charts, "_drawn", kept)
        forget()
        first = min([bar.start for bar in bars] + [lee.COUNTS[0][0]])
        charts._bars(bars, first, AS_OF, alone=False)
        spec = charts._counts(lee.COUNTS, first, AS_OF, LABEL, "")
        forget()
    return compact(charts.draw(spec, sent), patterns=charts.COLOURS)


def test_timeline_of_shared_parts_is_the_timeline_drawn_whole_in_any_order():
    wide = Bar("x", "JEM", "2021-01-15", None, "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWW " * 4)
    asked = [lee.BARS, lee.BARS[:1], [wide], [lee.BARS[2], wide, *lee.BARS]]
    whole = [whole_timeline(bars) for bars in asked]
    for order in ((0, 1, 2, 3), (3, 1, 0, 2)):
        forget()
        for n in order:
            assert timeline(asked[n], lee.COUNTS, AS_OF, LABEL) == whole[n]


def test_shapes_of_charts_keep_to_the_schema(monkeypatch):
    shapes = (charts._ground_shape, charts._marked_shape, charts._bars_shape, charts._counts_shape)
    monkeypatch.setattr(charts, "VALIDATE", True)
    try:
        for shape in (*shapes, charts.load_altair):
            shape.cache_clear()
        lee.map_svg()
        timeline(lee.BARS, lee.COUNTS, AS_OF, LABEL)
    finally:
        for shape in (*shapes, charts.load_altair):
            shape.cache_clear()
        schemapi.disable_debug_mode()


def test_a_drawing_framed_in_another_way_is_told():
    with pytest.raises(BriefError, match="vl-convert"):
        taken_apart('<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>')
