import contextlib
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

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


def test_rows_are_filled_into_a_chart_by_name():
    chart = {"data": {"name": "words"}, "mark": "text", "encoding": {"text": {"field": "t"}}}
    assert ">first<" in drawing.draw(chart, {"words": [{"t": "first"}]})
    assert ">first<" not in drawing.draw(chart, {"words": [{"t": "second"}]})
    assert drawing.draw(chart) == drawing.draw(chart, {"words": []})


def test_killed_between_charts():
    drawing.draw(SPEC)
    os.kill(drawer(), signal.SIGKILL)
    assert drawing.draw(SPEC).startswith("<svg")


def test_killed_while_it_draws():
    before = drawing.draw(SPEC)
    rows = [{"t": "a long line of words to measure " * 20}] * 2000
    chart = {"data": {"name": "words"}, "mark": "text", "encoding": {"text": {"field": "t"}}}
    with ThreadPoolExecutor() as threads:
        drawn = threads.submit(drawing.draw, chart, {"words": rows})
        pid = drawer()
        waiting = cpu(pid)
        while cpu(pid) < waiting + 20:
            assert not drawn.done()
            time.sleep(0.01)
        os.kill(pid, signal.SIGKILL)
        # The one that takes its place draws the chart from the start.
        assert drawn.result(300).startswith("<svg")
    assert drawing.draw(SPEC) == before


@pytest.mark.parametrize("line", ["write", "flush", "readline"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_the_answer_to_a_drawing_broken_off_is_not_the_next_ones(monkeypatch, line, when):
    chart = {"data": {"name": "words"}, "mark": "text", "encoding": {"text": {"field": "t"}}}
    rows = {"words": [{"t": "other"}]}
    before = drawing.draw(SPEC), drawing.draw(chart, rows)
    process = drawing._process(os.getpid())
    pipe = "stdout" if line == "readline" else "stdin"
    plain = getattr(process, pipe)

    def does(*args):
        if when == "after":
            getattr(plain, line)(*args)
        raise KeyboardInterrupt

    class Breaking:
        def __getattr__(self, name):
            return does if name == line else getattr(plain, name)

    with monkeypatch.context() as patch:
        patch.setattr(process, pipe, Breaking())
        with pytest.raises(KeyboardInterrupt):
            drawing.draw(SPEC)
    assert (drawing.draw(chart, rows), drawing.draw(SPEC)) == before[::-1]
    assert drawing._process(os.getpid()) is not process


def broken_off(*_):
    raise KeyboardInterrupt


def test_an_interrupt_while_it_draws():
    before = drawing.draw(SPEC)
    rows = [{"t": "a long line of words to measure " * 20}] * 500
    chart = {"data": {"name": "words"}, "mark": "text", "encoding": {"text": {"field": "t"}}}
    earlier = signal.signal(signal.SIGALRM, broken_off)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            drawing.draw(chart, {"words": rows})
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
    assert drawing.draw(SPEC) == before


def drawer():
    """The id of the process that draws: the one that reads what this one writes."""
    pipe = os.fstat(drawing._process(os.getpid()).stdin.fileno()).st_ino
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                if (entry / "fd" / "0").stat().st_ino == pipe:
                    return int(entry.name)
    pytest.skip("the process is found by its pipe, in /proc")


def cpu(pid):
    """Ticks of CPU that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])
