"""Optical recognition of pages without usable text (extra `ocr`), kept page by page in a cache."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium

from reportkit.errors import MemorandumError
from reportkit.moa.layout import lines
from reportkit.moa.legible import LEGIBLE, PIXELS, legible, pictures
from reportkit.moa.pool import each
from reportkit.moa.shelf import cache_folder, put
from reportkit.moa.values import Document, Line, Page, Word

_PACKAGE = "rapidocr-onnxruntime"
_SIDE = 2000
"""Pixels of the longer side of a page as it is recognised: 180 dots an inch on letter paper."""
_SETTINGS: Mapping[str, Any] = {"side": _SIDE, "use_cls": False}
_SECONDS = 300.0
"""No page takes longer; one that does is given up."""
_ASTRAY = 0.5
"""A page of which fewer words are known than this is tried in other turns as well."""
_BOXES = 5

Recognised = tuple[float, float, float, float, str, float]
"""A recognised line: left, top, right, bottom in points, its text, the engine's confidence."""
Wanted = tuple[Path | bytes, str, int]
"""A page to be recognised: the file or its bytes, their SHA-256, the page's number from 1."""
Picture = npt.NDArray[np.uint8]


@cache
def available() -> bool:
    """Whether the extra is installed and loads: OpenCV needs libraries of the system (libGL)."""
    if find_spec("rapidocr_onnxruntime") is None:
        return False
    try:
        import cv2  # noqa: F401
    except ImportError:
        return False
    return True


def _engine_key() -> str:
    try:
        number = version(_PACKAGE)
    except PackageNotFoundError:
        number = "none"
    settings = hashlib.sha256(json.dumps(_SETTINGS, sort_keys=True).encode()).hexdigest()[:8]
    return f"{_PACKAGE}-{number}-{settings}"


@dataclass(frozen=True, slots=True)
class Result:
    """What was recognised on one page: `turn` quarter turns to the left made it upright.

    `width` and `height` are those of the upright page in points.
    """

    width: float
    height: float
    turn: int
    lines: tuple[Recognised, ...]


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Recognises pages and keeps the results in `folder`, one small file for each page.

    A result is found again by the hash of the PDF, the number of the page, and the engine with its
    version and settings, so nothing is recognised twice and no stale result is used.
    """

    folder: Path = field(default_factory=cache_folder)

    def kept(self, sha256: str, page: int) -> Result | None:
        """The kept result of one page; None where there is none, or a damaged one."""
        try:
            values = json.loads(self._file(sha256, page).read_text("utf-8"))
            return Result(
                float(values["width"]),
                float(values["height"]),
                int(values["turn"]),
                tuple(
                    (float(x0), float(y0), float(x1), float(y1), str(text), float(sure))
                    for x0, y0, x1, y1, text, sure in values["lines"]
                ),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, sha256: str, page: int, result: Result) -> None:
        """Write the result of one page, whole or not at all."""
        values = {
            "width": result.width,
            "height": result.height,
            "turn": result.turn,
            "lines": result.lines,
        }
        put(self._file(sha256, page), json.dumps(values, ensure_ascii=False).encode())

    def prepare(
        self,
        wanted: Iterable[Wanted],
        jobs: int | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> list[MemorandumError]:
        """Recognise pages of any number of files in parallel, those already kept left out.

        Args:
            wanted: the pages.
            jobs: processes; by default one for each processor.
            progress: told pages done and pages in all.

        Returns:
            One error for each page that could not be recognised.
        """
        missing = [item for item in wanted if self.kept(*item[1:]) is None]
        if not available():
            return []
        done = each(
            partial(_store, self),
            missing,
            name=_name,
            jobs=jobs,
            seconds=_SECONDS,
            progress=progress,
        )
        return [result for _, result in done if isinstance(result, MemorandumError)]

    def recognise(
        self, source: Path | bytes, document: Document, pages: Iterable[int]
    ) -> dict[int, Page]:
        """The given pages as recognised, in this process; pages that cannot be are left out.

        Any page may be asked for, also one with a text of its own.
        """
        found = {}
        for number in pages:
            result = self.kept(document.sha256, number)
            if result is None and available():
                try:
                    result = _store(self, (source, document.sha256, number))
                except (pdfium.PdfiumError, MemorandumError, MemoryError):
                    continue
            if result is not None:
                found[number] = _page(document.pages[number - 1], result)
        return found

    def _file(self, sha256: str, page: int) -> Path:
        return self.folder / "ocr" / _engine_key() / sha256[:2] / f"{sha256}-{page}.json"


def _name(wanted: Wanted) -> str:
    source, sha256, number = wanted
    return f"{source.name if isinstance(source, Path) else sha256[:12]} page {number}"


def _store(recogniser: Recogniser, wanted: Wanted) -> Result:
    source, sha256, number = wanted
    pdf = pdfium.PdfDocument(source)
    try:
        page = pdf[number - 1]
        if pictures(page, page.get_size())[1] > PIXELS:
            raise MemorandumError(f"{_name(wanted)}: its picture is too large to be drawn")
        scale = _SIDE / max(page.get_size())
        picture = page.render(scale=scale).to_numpy()
    finally:
        pdf.close()
    result = recognised(picture, scale)
    recogniser.keep(sha256, number, result)
    return result


def recognised(picture: Picture, scale: float) -> Result:
    """Recognise a picture (height x width x 3, blue first) of `scale` pixels a point.

    A page that was laid in sideways or upside down is turned until its words are words.
    """
    best = _in_turn(picture, scale, 0)
    upended = 2 * sum(y1 - y0 > x1 - x0 for x0, y0, x1, y1, _, _ in best.lines) > len(best.lines)
    # The engine reads upended lines well enough, but their places are not those of the page.
    share = 0.0 if upended else _legible(best)
    if share < _ASTRAY and len(best.lines) >= _BOXES:
        for turn in (1, 3) if upended else (2,):
            other = _in_turn(np.ascontiguousarray(np.rot90(picture, turn)), scale, turn)
            if _legible(other) > share:
                best, share = other, _legible(other)
    return best


def _in_turn(picture: Picture, scale: float, turn: int) -> Result:
    height, width = picture.shape[:2]
    found, _ = _engine()(picture, use_cls=_SETTINGS["use_cls"])
    rows = tuple(
        (
            round(float(corners[0][0]) / scale, 1),
            round(float(corners[0][1]) / scale, 1),
            round(float(corners[2][0]) / scale, 1),
            round(float(corners[2][1]) / scale, 1),
            str(text),
            round(float(sure), 3),
        )
        for corners, text, sure in found or ()
    )
    return Result(round(width / scale, 2), round(height / scale, 2), turn, rows)


@cache
def _engine() -> Any:
    import cv2
    from rapidocr_onnxruntime import RapidOCR
    from rapidocr_onnxruntime.utils.infer_engine import OrtInferSession

    usual = OrtInferSession._init_sess_opts

    def with_arena(config: Any) -> Any:
        options = usual(config)
        options.enable_cpu_mem_arena = True
        return options

    # The engine frees its memory after each line, which costs a quarter of the time; it has no
    # setting for this.
    OrtInferSession._init_sess_opts = staticmethod(with_arena)
    cv2.setNumThreads(1)
    return RapidOCR(intra_op_num_threads=1, inter_op_num_threads=1, use_cls=_SETTINGS["use_cls"])


def _legible(result: Result) -> float:
    return legible(" ".join(row[4] for row in result.lines))[0]


def _page(before: Page, result: Result) -> Page:
    rows = recognised_lines(result.lines)
    share, count = legible("\n".join(row.text for row in rows))
    return Page(
        before.number,
        result.width,
        result.height,
        rows,
        "ocr",
        before.image,
        round(share, 3),
        count > 0 and share >= LEGIBLE,
    )


def recognised_lines(found: Iterable[Recognised]) -> tuple[Line, ...]:
    """Recognised lines to lines of words, whose boxes share the line's box by length."""
    return lines(word for item in found for word in _words(item))


def _words(item: Recognised) -> Iterator[Word]:
    x0, y0, x1, y1, text, _ = item
    parts = text.split()
    total = sum(len(part) + 1 for part in parts)
    at = x0
    for part in parts:
        step = (len(part) + 1) / total * (x1 - x0)
        yield Word(part, at, y0, at + step * 0.95, y1)
        at += step
