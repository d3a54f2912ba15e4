"""Folding of names, so that spellings of one name compare equal."""

from __future__ import annotations

import re
import unicodedata

ABBREVIATIONS = {"st": "saint", "ste": "saint", "sainte": "saint", "ft": "fort", "mt": "mount"}

COUNTY_SUFFIXES = (
    " City and Borough",
    " Census Area",
    " Planning Region",
    " Municipality",
    " County",
    " Parish",
    " Borough",
    " city",
)
"""How the Census ends the name of a county or equivalent; the longer ending stands first."""

# Apostrophes of every shape, and the ʻokina of Hawaiian names: marks inside a word, not breaks.
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´′"))
_INITIAL = re.compile(r"\b(\w)\.(?=\w)")
_BREAK = re.compile(r"[^0-9a-z]+")


def words(text: str) -> list[str]:
    """Lower-case words without accents, apostrophes and punctuation; "D.C." is one word."""
    if text.isascii() and text.replace(" ", "").isalpha():
        return text.lower().split()  # most names; an index folds 20,000 of them
    text = text.translate(APOSTROPHES)
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in decomposed if not unicodedata.combining(c))
    text = text.lower()
    if "." in text:
        text = _INITIAL.sub(r"\1", text)
    if "&" in text:
        text = text.replace("&", " and ")
    return _BREAK.sub(" ", text).split()


def expand(folded: list[str]) -> list[str]:
    """Write out Saint, Fort and Mount.

    The last word stays: these abbreviations lead a name, and a final "MT" is Montana.
    """
    if ABBREVIATIONS.keys().isdisjoint(folded):
        return folded
    return [ABBREVIATIONS.get(word, word) for word in folded[:-1]] + folded[-1:]


def fold(text: str) -> str:
    """One spelling for all of a name's: case, accents, punctuation, St., Ft., Mt. and "&"."""
    return " ".join(expand(words(text)))


def key(text: str) -> str:
    """The folded name without spaces, so that "LaSalle" and "La Salle" are the same."""
    return "".join(expand(words(text)))


def base_name(county_name: str) -> str:
    """The name of a county or equivalent without the word for its kind: "Lee", "Orleans"."""
    for suffix in COUNTY_SUFFIXES:
        if county_name.endswith(suffix):
            return county_name[: -len(suffix)]
    return county_name


def slugify(name: str) -> str:
    """A name as part of a path: "Doña Ana County" becomes "dona-ana-county"."""
    return "-".join(words(name))
