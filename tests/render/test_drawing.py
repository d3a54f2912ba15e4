from functools import lru_cache

import pytest

from reportkit.brief import drawing
from reportkit.errors import BriefError

SPEC = {"data": {"values": [{"x": 1}]}, "mark": "point", "encoding": {"x": {"field": "x"}}}


def test_the_same_chart_gives_the_same_bytes():
    assert drawing.draw(SPEC) == drawing.draw(SPEC)
    assert drawing.draw(SPEC).startswith("<svg")


def test_a_chart_that_cannot_be_drawn_is_told_and_the_next_one_is_drawn():
    with pytest.raises(BriefError, match="could not be drawn"):
        drawing.draw({"mark": 5})
    assert drawing.draw(SPEC).startswith("<svg")


def ended():
    """The process that draws, once it has ended."""
    drawing.start()
    process = drawing._process(drawing.os.getpid())
    process.stdin.close()
    assert process.stdout.readline() == ""
    return process


def test_a_process_that_ended_is_replaced():
    ended()
    assert drawing.draw(SPEC).startswith("<svg")


def test_a_process_that_ends_again_is_told_and_the_next_one_draws(monkeypatch):
    with monkeypatch.context() as patch:
        ends = ended()
        patch.setattr(drawing, "_process", lru_cache(lambda owner: ends))
        with pytest.raises(BriefError, match="the process that draws ended twice"):
            drawing.draw(SPEC)
    drawing._process.cache_clear()
    assert drawing.draw(SPEC).startswith("<svg")


def test_words_outside_ascii_come_through():
    chart = {"data": {"values": [{"t": "Doña Ana – ñ"}]}, "mark": "text"}
    chart["encoding"] = {"text": {"field": "t"}}
    assert "Doña Ana – ñ" in drawing.draw(chart)
