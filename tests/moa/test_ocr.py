"""Recognition: its cache, its turns, what happens without it, and the engine itself."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from moa.make_pdf import pages, show
from reportkit.moa import ocr
from reportkit.moa.ocr import Recogniser, Result, cache_folder, recognised, recognised_lines
from reportkit.moa.read import read

STROKES = b"".join(b"72 %d 400 6 re f " % y for y in range(100, 700, 14))
PROSE = "The agency shall provide the officers with a copy of this agreement"
RESULT = Result(612.0, 792.0, 0, tuple((72.0, y, 400.0, y + 12, PROSE, 0.9) for y in (80.0, 100.0)))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A PDF whose second page is ink without words."""
    path = tmp_path / "made.pdf"
    path.write_bytes(pages([show("Memorandum of agreement", 72, 700), STROKES]))
    return path


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """An engine that finds the same two lines on every picture; gives the shapes it was shown."""
    shown: list[tuple[int, ...]] = []

    def answer(image: np.ndarray, use_cls: bool) -> tuple[list[object], None]:
        shown.append(image.shape)
        box = [[10, 20], [500, 20], [500, 40], [10, 40]]
        low = [[10, 60], [500, 60], [500, 80], [10, 80]]
        return [[box, PROSE, 0.9], [low, PROSE, 0.8]], None

    monkeypatch.setattr(ocr, "_engine", lambda: answer)
    monkeypatch.setattr(ocr, "available", lambda: True)
    return shown


def test_words_of_a_recognised_line_share_its_box_by_length():
    (line,) = recognised_lines([(100.0, 10.0, 200.0, 20.0, "aa bbbbbb", 0.9)])
    assert [word.text for word in line.words] == ["aa", "bbbbbb"]
    assert line.words[0].x0 == 100
    assert line.words[1].x0 == pytest.approx(130)


def test_without_the_extra_the_pages_stay_unread_and_the_note_says_so(
    picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("reportkit.moa.read.available", lambda: False)
    monkeypatch.setattr(ocr, "available", lambda: False)
    for recogniser in (None, Recogniser(tmp_path)):
        document = read(picture, recogniser)
        assert [page.readable for page in document.pages] == [True, False]
        assert document.notes == (("moa.note.ocr_missing", {"pages": "2", "count": 1}),)


def test_an_unread_page_is_recognised_once(
    picture: Path, tmp_path: Path, engine: list[tuple[int, ...]]
):
    recogniser = Recogniser(tmp_path / "cache")
    first = read(picture, recogniser)
    assert [page.reading for page in first.pages] == ["text", "ocr"]
    assert first.pages[1].lines[0].text == PROSE
    assert first.notes == ()
    assert engine == [(2000, 1546, 3)]
    assert read(picture, recogniser) == first
    assert len(engine) == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"width": 1}', b"\xff\xfe", b'{"lines":3}'])
def test_a_damaged_result_is_done_again(
    picture: Path, tmp_path: Path, engine: list[tuple[int, ...]], damage: bytes
):
    recogniser = Recogniser(tmp_path / "cache")
    first = read(picture, recogniser)
    (file,) = (path for path in (tmp_path / "cache").rglob("*") if path.is_file())
    file.write_bytes(damage)
    assert read(picture, recogniser) == first
    assert len(engine) == 2
    assert recogniser.kept(first.sha256, 2) is not None


def test_results_of_another_version_are_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    recogniser = Recogniser(tmp_path)
    recogniser.keep("ab" * 32, 1, RESULT)
    assert recogniser.kept("ab" * 32, 1) == RESULT
    monkeypatch.setattr(ocr, "version", lambda _: "999")
    assert recogniser.kept("ab" * 32, 1) is None


def test_any_page_may_be_asked_for(picture: Path, tmp_path: Path, engine: list[tuple[int, ...]]):
    document = read(picture)
    found = Recogniser(tmp_path / "cache").recognise(picture, document, [1])
    assert list(found) == [1]
    assert (found[1].reading, found[1].number) == ("ocr", 1)
    # The same page from its bytes comes from the cache.
    again = Recogniser(tmp_path / "cache").recognise(picture.read_bytes(), document, [1])
    assert again == found
    assert len(engine) == 1


def test_a_page_upside_down_is_turned(monkeypatch: pytest.MonkeyPatch):
    def answer(image: np.ndarray, use_cls: bool) -> tuple[list[object], None]:
        text = PROSE if image[0, 0, 0] == 7 else "qzx vvk"
        return [
            [[[0, y], [90, y], [90, y + 9], [0, y + 9]], text, 0.9] for y in range(0, 60, 10)
        ], None

    monkeypatch.setattr(ocr, "_engine", lambda: answer)
    image = np.zeros((60, 100, 3), np.uint8)
    image[-1, -1] = 7
    assert recognised(image, 1.0).turn == 2
    image[0, 0] = 7
    assert recognised(image, 1.0).turn == 0


@pytest.mark.parametrize("upright", [1, 3])
def test_a_page_laid_in_sideways_is_turned_though_its_words_are_read(monkeypatch, upright: int):
    image = np.zeros((60, 100, 3), np.uint8)
    image[0, 0] = 7
    shown = {turn: np.rot90(image, turn) for turn in range(4)}

    def answer(seen: np.ndarray, use_cls: bool) -> tuple[list[object], None]:
        turn = next(turn for turn, view in shown.items() if np.array_equal(seen, view))
        wide = [[[0, y], [50, y], [50, y + 9], [0, y + 9]] for y in range(0, 60, 10)]
        tall = [[[x, 0], [x + 9, 0], [x + 9, 50], [x, 50]] for x in range(0, 60, 10)]
        text = "qzx vvk" if turn == 4 - upright else PROSE
        return [[box, text, 0.9] for box in (wide if turn % 2 else tall)], None

    monkeypatch.setattr(ocr, "_engine", lambda: answer)
    found = recognised(image, 1.0)
    assert found.turn == upright
    assert (found.width, found.height) == (60.0, 100.0)


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"XDG_CACHE_HOME": "/c"}, Path("/c/reportkit")),
        ("linux", {"REPORTKIT_CACHE": "/named"}, Path("/named")),
        ("linux", {"HOME": "/h"}, Path("/h/.cache/reportkit")),
        ("darwin", {"HOME": "/h"}, Path("/h/Library/Caches/reportkit")),
    ],
)
def test_the_cache_lies_where_the_platform_keeps_caches(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], folder: Path
):
    for name in ("REPORTKIT_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert cache_folder() == folder


def test_the_engine_reads_a_printed_and_scanned_page(tmp_path: Path):
    pytest.importorskip("rapidocr_onnxruntime")
    pypdfium2 = pytest.importorskip("pypdfium2")
    told: list[tuple[int, int]] = []
    source = tmp_path / "typed.pdf"
    source.write_bytes(pages([show(PROSE, 72, 700) + show("Date: March 5, 2025", 72, 660)]))
    image = pypdfium2.PdfDocument(source)[0].render(scale=2).to_pil()
    scan = tmp_path / "scan.pdf"
    image.save(scan, "PDF", resolution=144)
    recogniser = Recogniser(tmp_path / "cache")
    before = read(scan)
    assert [page.readable for page in before.pages] == [False]
    failures = recogniser.prepare(
        [(scan, before.sha256, 1)], jobs=1, progress=lambda *done: told.append(done)
    )
    assert failures == []
    assert told == [(1, 1)]
    page = read(scan, recogniser).pages[0]
    assert page.readable
    assert "".join(page.text.split()) == "".join(f"{PROSE} Date: March 5, 2025".split())
    assert page.lines[0].x0 == pytest.approx(72, abs=4)
    assert page.lines[0].y1 == pytest.approx(95, abs=6)
