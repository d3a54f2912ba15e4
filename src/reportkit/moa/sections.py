"""Finds section headings, also where a scanner garbled them, and names the sections as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from reportkit.moa.datafile import entries

TITLE = "Title"
"""Stands for the section of the words "Memorandum of Agreement" over a first page."""
ADDENDUM = "Addendum"

_LABELLED = re.compile(r"^\W*([A-Za-z0-9|!\[\] ]{1,9}?)\s?[.,:;]+\W{0,3}[0-9C(]?\s*(.*)$")
_SPACED = re.compile(r"^\W*([IVXLDl1|]{1,6}|[A-Zm])\s+(.*)$")
_READ_AS = str.maketrans(
    {"l": "I", "1": "I", "|": "I", "!": "I", "]": "I", "[": "I", "L": "I", " ": None}
)
_LETTER_AS = {"8": "B", "0": "D", "6": "G", "1": "I", "L": "I", "l": "I"}
_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_LONGEST = 90
"""A heading has at most this many characters."""
_CAPITALS = 0.6
"""At least this share of a heading's letters are capitals; scanners turn some into small ones."""
_ALIKE = 78
"""Headings with words this alike (percent) are the same one: measured on garbled headings."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading at a place in a sequence of lines: the section it opens and its words as read."""

    at: int
    section: str
    words: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int
    label: str
    words: str
    text: str


@cache
def outlines() -> Mapping[str, Mapping[str, str]]:
    """The known outlines: name to section number to the words of the heading."""
    return {name: dict(headings) for name, headings in entries("outlines.yaml").items()}


def headings(texts: Sequence[str]) -> tuple[Heading, ...]:
    """The headings among the body lines of a document, in their order.

    A printed number is taken where it continues the one before it; where noise broke it, the
    number that the heading's words have in the outline which fits the document best.
    """
    candidates = [found for at, text in enumerate(texts) for found in _candidate(at, text)]
    outline = max(outlines().values(), key=lambda item: _fit(item, candidates))
    return tuple(_named(candidates, outline))


def _candidate(at: int, text: str) -> Iterator[_Candidate]:
    letters = [char for char in text if char.isalpha()]
    if len(letters) < 4 or len(text) > _LONGEST or text.rstrip().endswith((";", ",")):
        return
    match = _LABELLED.match(text) or _SPACED.match(text)
    label, words = (match[1], match[2]) if match else ("", text)
    titled = [char for char in words if char.isalpha()]
    if len(titled) < 4:
        label, words, titled = "", text, letters
    if sum(char.isupper() for char in titled) >= _CAPITALS * len(titled):
        yield _Candidate(at, label, _squashed(words), text)


def _squashed(text: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", text.upper())


def _fit(outline: Mapping[str, str], candidates: Sequence[_Candidate]) -> int:
    found = {_known(outline, item) for item in candidates}
    return len(found - {None})


def _known(outline: Mapping[str, str], item: _Candidate) -> str | None:
    """The section of the outline whose heading has these words."""
    entries = {
        section: _squashed(words)
        for section, words in outline.items()
        if section.startswith("Appendix") != bool(item.label)
    }
    score, section = max((fuzz.ratio(item.words, words), key) for key, words in entries.items())
    return section if score >= _ALIKE else None


def _named(candidates: Sequence[_Candidate], outline: Mapping[str, str]) -> Iterator[Heading]:
    section: str | None = None
    opened = -10
    for item in candidates:
        found = (
            _appendix(item)
            or _apart(item, section, item.at - opened)
            or (
                None if section and section.startswith(ADDENDUM) else _inner(item, outline, section)
            )
        )
        if found:
            section, opened = found, item.at
            yield Heading(item.at, found, item.text)


def _appendix(item: _Candidate) -> str | None:
    words = _squashed(item.text)
    letter = _LETTER_AS.get(words[-1:], words[-1:])
    # A title may follow on the same line: the ninth letter names the appendix then.
    if fuzz.ratio(words[:8], "APPENDIX") >= 87 and len(words) > 12:
        return f"Appendix {_LETTER_AS.get(words[8], words[8])}"
    if letter.isalpha() and len(words) <= 10 and fuzz.ratio(words[:-1], "APPENDIX") >= 80:
        return f"Appendix {letter}"
    return None


def _apart(item: _Candidate, section: str | None, since: int) -> str | None:
    """Titles that open an addendum or an agreement."""
    words = _squashed(item.text)
    if max(fuzz.ratio(words[:8], "ADDENDUM"), fuzz.ratio(words[:9], "AMENDMENT")) >= 85:
        number = (section or "").removeprefix(ADDENDUM).strip() or "1"
        again = section is not None and section.startswith(ADDENDUM)
        return f"{ADDENDUM} {int(number) + 1}" if again else ADDENDUM
    fresh = section is None or not section.startswith(ADDENDUM) or since > 3
    if fresh and fuzz.ratio(words, "MEMORANDUMOFAGREEMENT") >= 85:
        return TITLE
    return None


def _inner(item: _Candidate, outline: Mapping[str, str], section: str | None) -> str | None:
    known = _known(outline, item)
    if not item.label:
        return known or _unnumbered(item, outline, section)
    parent, _, inner = (known or "").partition(".")
    if inner or (known is None and "." in (section or "")):
        parent = parent or (section or "").split(".")[0]
        letter = _LETTER_AS.get(item.label.strip(), item.label.strip()[:1].upper())
        return f"{parent}.{letter}" if letter == _next_letter(section, parent) else known
    printed = item.label.translate(_READ_AS).upper()
    number = _value(printed) if printed else None
    before = _value((section or "").split(".")[0])
    if number is None or before is None:
        return known
    if known is None:
        return printed if before <= number <= before + 2 else None
    # Noise loses strokes of a number and seldom adds one.
    return printed if number in (before + 1, *range((_value(known) or 0) + 2, 40)) else known


def _unnumbered(item: _Candidate, outline: Mapping[str, str], section: str | None) -> str | None:
    """The next section of the outline, where its heading stands without its number."""
    order = [key for key in outline if not key.startswith("Appendix")]
    at = order.index(section) + 1 if section in order else 0
    follows = order[at : at + 1]
    return next((key for key in follows if item.words == _squashed(outline[key])), None)


def _value(roman: str) -> int | None:
    if not _ROMAN.fullmatch(roman):
        return None
    if not roman:
        return 0
    digits = [{"I": 1, "V": 5, "X": 10}[char] for char in roman]
    pairs = zip(digits, [*digits[1:], 0], strict=True)
    return sum(-digit if digit < after else digit for digit, after in pairs)


def _next_letter(section: str | None, parent: str) -> str:
    top, _, letter = (section or "").partition(".")
    return chr(ord(letter[0]) + 1) if top == parent and letter else "A"
