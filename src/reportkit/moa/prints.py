"""Fingerprints of the standard texts: how much of a text is one of them, without their words."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from zlib import crc32

from reportkit.moa.search import Text

_WINDOW = 16
"""Letters of the folded text that make one print: two or three words."""
_ONE_IN = 48
"""One print of so many is kept, chosen by its value: what is kept cannot be put together again."""
_SHARED = 0.6
"""A print belongs to a standard text where this share of its files has it."""
_ENOUGH = 24
"""So many prints tell how much of a page is standard text."""


@cache
def fingerprints() -> Mapping[str, frozenset[int]]:
    """The prints of each standard text, by its name (data/fingerprints.json)."""
    data = files(__package__).joinpath("data", "fingerprints.json").read_text(encoding="utf-8")
    return {name: frozenset(prints) for name, prints in json.loads(data).items()}


def prints(folded: str) -> frozenset[int]:
    """The prints of a folded text: a fixed sample of the checksums of its windows of 16 letters."""
    letters = folded.encode("ascii")
    found = (crc32(letters[at : at + _WINDOW]) for at in range(len(letters) - _WINDOW + 1))
    return frozenset(value for value in found if value % _ONE_IN == 0)


def derived(texts: Mapping[str, Sequence[Text]]) -> dict[str, list[int]]:
    """The fingerprints of standard texts from files of each: name to files to sorted prints."""
    return {
        name: sorted(_common(prints(item.folded) for item in held)) for name, held in texts.items()
    }


def _common(found: Iterable[frozenset[int]]) -> Iterable[int]:
    sets = tuple(found)
    counted = Counter(value for item in sets for value in item)
    return (value for value, count in counted.items() if count >= _SHARED * len(sets))


def likeness(read: Text) -> dict[str, float]:
    """How much of each standard text a text holds: its name to a share of 0 to 1."""
    held = prints(read.folded)
    return {name: len(held & known) / len(known) for name, known in fingerprints().items()}


@cache
def _known() -> frozenset[int]:
    return frozenset[int]().union(*fingerprints().values())


def order(folded: str) -> float:
    """How much of a page of folded text is standard text (0 to 1); 1 for a page with few words.

    On a scanned page of a known form a low share means that words were read wrongly or in a wrong
    order, however legible each of them is.
    """
    held = prints(folded)
    return len(held & _known()) / len(held) if len(held) >= _ENOUGH else 1.0
