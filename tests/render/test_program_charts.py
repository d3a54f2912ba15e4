"""The charts of the brief on the nation: what they say in words, and how much room they take."""

import re
from xml.etree import ElementTree

import pytest

from findings.nation import nation
from reportkit.brief import program_charts
from reportkit.brief.program_charts import growth_lines, nation_map
from reportkit.findings.coverage import widest_models

LABELS = {model: (model, "n") for model in ("TFM", "JEM", "WSO")}


def texts(svg):
    elements = ElementTree.fromstring(svg).iter()
    return ["".join(item.itertext()) for item in elements if item.tag.endswith("}text")]


def test_map_is_light_and_says_what_its_colours_mean():
    svg = nation_map(widest_models(nation()), {"TFM": "Task Force: 427 counties"}, note="note")
    assert len(svg) < 100_000
    assert {"Task Force: 427 counties", "note"} <= set(texts(svg))
    assert svg.count("<pattern ") == 2, "Jail Enforcement and Warrant Service have a pattern"
    assert svg == nation_map(widest_models(nation()), {"TFM": "Task Force: 427 counties"},
                             note="note")  # fmt: skip


def test_models_lie_over_the_ground():
    svg = nation_map(widest_models(nation()), {})
    ground = svg.index('fill="#C9C7C1"')
    assert ground < svg.index('fill="#B4532A"', ground)


def test_map_without_any_county_is_all_ground():
    svg = nation_map(dict.fromkeys(widest_models(nation()), "none"), {})
    assert "#B4532A" not in svg
    assert 'fill="#C9C7C1"' in svg


@pytest.mark.parametrize("last", [(74, 76, 0), (1162, 182, 499), (5, 5, 5), (1, 1000, 999)])
def test_labels_of_lines_do_not_overlap(last):
    counts = dict(zip(LABELS, ([("2021-01-13", 0), ("2026-01-01", n)] for n in last), strict=True))
    svg = growth_lines(counts, LABELS, "2026-05-18")
    tops = program_charts._spread(last, max(last) * 1.04)
    gaps = [b - a for a, b in zip(sorted(tops), sorted(tops)[1:], strict=False)]
    assert min(gaps) >= 34
    assert {"TFM", "JEM", "WSO"} <= {re.sub(r"n$", "", text) for text in texts(svg)}


def test_a_line_keeps_only_what_changes():
    held = [("2021-01-13", 0), ("2021-02-01", 0), ("2021-03-01", 3), ("2021-04-01", 3),
            ("2021-05-01", 4)]  # fmt: skip
    assert program_charts._changes(held) == [("2021-03-01", 3), ("2021-05-01", 4)]
    assert program_charts._changes([("2021-01-13", 0)]) == [("2021-01-13", 0)]
