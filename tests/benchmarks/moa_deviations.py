"""Alterations of real memoranda in digital and in printed and scanned copies: found or missed.

Run as `REPORTKIT_CORPUS=FOLDER python tests/benchmarks/moa_deviations.py [--digital]`; it needs the
extra `ocr` unless only digital copies are asked for. Prints whether each of the twenty is found in
its place, what is found in copies without alterations, and how many sentences are found that are
added to, and struck from, one paragraph after the other.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from moa.alter import TWENTY, Text, scan, spliced, text_of, touched, typeset
from moa.forms import altered, by_form, digital_files, documents, standards_of
from reportkit.moa.consensus import Standard
from reportkit.moa.deviations import deviations
from reportkit.moa.ocr import Recogniser
from reportkit.moa.read import read
from reportkit.moa.values import Document

FILES = 99
SENTENCE = " The sheriff alone decides which persons are kept beyond this time."
_END = re.compile(r"[a-z)]\.(?=\n\n|\f)")
_WHOLE = re.compile(r"(?<=\n\n)[A-Z][^.\f]{60,300}[a-z]\.(?=\s)")


def near(found: list[int], pages: list[int]) -> bool:
    """Whether an entry stands on a page that was altered, or beside it."""
    return any(abs(number - page) <= 1 for number in found for page in pages)


def entries(document: Document, form: Standard) -> list[int]:
    """The pages of the entries."""
    return [item.page for item in deviations(document, form)]


def scanned(text: Text, numbers: list[int], folder: Path, seed: int) -> Document:
    """A digital copy of which some pages are printed, scanned and recognised."""
    whole = typeset(text, folder / "copy.pdf")
    pages = read(scan(whole, numbers, folder / "scan.pdf", seed=seed), Recogniser(folder)).pages
    return spliced(read(whole), pages, numbers)


def twenty(digital: list[tuple[Document, Standard]], folder: Path, *, scans: bool) -> None:
    """The table of the twenty, each in a digital copy and with its pages scanned."""
    print(f"{'alteration':24} {'digital':>8} {'scan':>8} {'false in both unaltered copies':>32}")
    totals = [0, 0, 0]
    for seed, name in enumerate(TWENTY):
        before, after, form = altered(name, digital)
        pages = touched(before, after)
        kept = [n for n in pages if n <= len(before)]
        in_digital = near(entries(read(typeset(after, folder / "copy.pdf")), form), pages)
        false = len(entries(read(typeset(before, folder / "copy.pdf")), form))
        in_scan = None
        if scans:
            in_scan = near(entries(scanned(after, pages, folder, seed), form), pages)
            false += len(entries(scanned(before, kept, folder, seed + 100), form))
        totals = [totals[0] + in_digital, totals[1] + bool(in_scan), totals[2] + false]
        told = {True: "found", False: "MISSED", None: "-"}
        print(f"{name:24} {told[in_digital]:>8} {told[in_scan]:>8} {false:>32}", flush=True)
    print(f"{'of ' + str(len(TWENTY)):24} {totals[0]:>8} {totals[1]:>8} {totals[2]:>32}")


def edits(text: Text, pattern: re.Pattern[str], new: str) -> Iterator[tuple[int, Text]]:
    """The text with one place of a pattern after the other changed, and the page of each."""
    for at, page in enumerate(text):
        for match in pattern.finditer(page):
            end = match.end() if new else match.start()
            changed = page[:end] + new + page[match.end() :]
            yield at + 1, [*text[:at], changed, *text[at + 1 :]]


def sweep(digital: list[tuple[Document, Standard]], folder: Path) -> None:
    """How many added and struck sentences are found in one digital file of each form."""
    first = {form.generation: (document, form) for document, form in reversed(digital)}
    for name, (document, form) in sorted(first.items()):
        for what, pattern, new in (("added", _END, SENTENCE), ("struck", _WHOLE, "")):
            tried = list(edits(text_of(document), pattern, new))
            missed = [
                page
                for page, text in tried
                if not near(entries(read(typeset(text, folder / "copy.pdf")), form), [page])
            ]
            told = f", missed on pages {missed}" if missed else ""
            print(f"{name}: sentences {what} {len(tried)}, found {len(tried) - len(missed)}{told}")


def main() -> None:
    corpus = Path(os.environ["REPORTKIT_CORPUS"])
    groups = by_form(documents(corpus))
    digital = digital_files(groups, standards_of(groups, FILES))
    with tempfile.TemporaryDirectory() as folder:
        twenty(digital, Path(folder), scans="--digital" not in sys.argv)
        sweep(digital, Path(folder))


if __name__ == "__main__":
    main()
