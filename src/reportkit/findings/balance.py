"""Chooses statements of several voices so that each has as many and about the same room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, product
from typing import Literal

Near = Literal["here", "nation", "elsewhere"]

TOLERANCE = 0.2
"""So much shorter than the longest voice may the shortest be, as a fraction of the longest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may be chosen.

    `length` is in characters as shown, `near` what the statement is about as seen from the place,
    `day` the ordinal of the day by which it was known, `sides` those that it takes in a question
    on which its voice is divided.
    """

    id: str
    length: int
    near: Near
    day: int
    sides: frozenset[str] = frozenset()


Voice = tuple[Candidate, ...]


@lru_cache(maxsize=256)
def choose(
    voices: tuple[Voice, ...], sizes: tuple[int, ...], sides: frozenset[str] = frozenset()
) -> tuple[Voice, ...]:
    """As many statements of each voice, of about the same length in all; empty where none fit.

    All choices are compared. Among those that keep to `TOLERANCE` it is the one with most
    statements about the place's state, then fewest about other states, then the newest.

    Args:
        voices: the statements of each voice.
        sizes: how many of each voice, the preferred number first. Another number is taken where
            only that shows all sides.
        sides: to be shown, where any number of statements allows it.
    """
    ranked = tuple(tuple(sorted(voice, key=lambda item: (-item.day, item.id))) for voice in voices)
    for wanted in (sides, frozenset[str]()):
        for size in sizes:
            found = min(_fitting(ranked, size, wanted), default=None)
            if found:
                return tuple(
                    _in_order(tuple(voice[rank] for rank in ranks))
                    for voice, ranks in zip(ranked, found[-1], strict=True)
                )
    return ()


_Ranks = tuple[tuple[int, ...], ...]
_Preference = tuple[int, int, int, _Ranks]


def _fitting(voices: tuple[Voice, ...], size: int, sides: frozenset[str]) -> Iterator[_Preference]:
    """The choices of a size that keep to the tolerance and show the sides, the best the least."""
    for ranks in product(*(combinations(range(len(voice)), size) for voice in voices)):
        parts = [[voice[rank] for rank in some] for voice, some in zip(voices, ranks, strict=True)]
        lengths = [sum(item.length for item in part) for part in parts]
        if max(lengths) - min(lengths) <= TOLERANCE * max(lengths):
            chosen = [item for part in parts for item in part]
            if sides <= frozenset().union(*(item.sides for item in chosen)):
                here = sum(item.near == "here" for item in chosen)
                elsewhere = sum(item.near == "elsewhere" for item in chosen)
                yield -here, elsewhere, sum(map(sum, ranks)), ranks


def _in_order(voice: Voice) -> Voice:
    """About the state first, then the newest, which they already are in."""
    return tuple(sorted(voice, key=lambda item: item.near != "here"))
