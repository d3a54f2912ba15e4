"""The few words that the drawing itself adds to a brief, by language."""

from __future__ import annotations

from functools import cache

from reportkit.messages import LANGUAGES, Catalogue, catalogue

_PREFIX = "label."


@cache
def labels(lang: str) -> dict[str, str]:
    """The labels of a language; English where we have none."""
    words = _words(lang)
    return {
        name.removeprefix(_PREFIX): words.text(name) for name in words if name.startswith(_PREFIX)
    }


def long_date(iso: str, lang: str) -> str:
    """An ISO date in words, or the text itself where it is no date."""
    try:
        return _words(lang).date(iso)
    except ValueError:
        return iso


def _words(lang: str) -> Catalogue:
    """The catalogue of a language; a notebook that is not ours may be in any."""
    return catalogue(lang if lang in LANGUAGES else LANGUAGES[0])
