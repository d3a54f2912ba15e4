"""What a language asks of a text beyond its words: lists, dates, names of places, contractions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.lists import format_list

from reportkit.errors import InputError
from reportkit.messages import spanish


@dataclass(frozen=True, slots=True)
class Grammar:
    """The rules of one language.

    `locale` is that of numbers; `day`, `short` (for narrow columns) and `month` are patterns of dates
    (CLDR). `join` makes running
    text of items, `meet` puts a value behind the words before it, `place`, `places` and `heading` name
    places within a sentence and one on its own, `alone` makes a heading or entry of words that stand in
    a sentence, `source` marks words of the source's language.
    """

    locale: Locale
    day: str
    short: str
    month: str
    join: Callable[[tuple[str, ...]], str]
    meet: Callable[[str, str], str]
    place: Callable[[str], str]
    places: Callable[[tuple[str, ...]], str]
    heading: Callable[[str], str]
    alone: Callable[[str], str]
    source: Callable[[str], str]


def _joined(items: tuple[str, ...]) -> str:
    return format_list(list(items), locale=_ENGLISH) if items else ""


def _same(text: str) -> str:
    return text


def _named(name: str) -> str:
    """A name as it stands in a sentence: those of some places take an article there."""
    return f"the {name.partition(', ')[0]}" if name in _WITH_ARTICLE else name


def _all_named(names: tuple[str, ...]) -> str:
    return _joined(tuple(_named(name) for name in names))


def _behind(before: str, text: str) -> str:
    return before + text


_ENGLISH = Locale.parse("en")
_WITH_ARTICLE = {
    *("District of Columbia", "District of Columbia, District of Columbia"),
    *("Northern Mariana Islands", "U.S. Virgin Islands"),
}
_GRAMMARS: Mapping[str, Grammar] = {
    "en": Grammar(
        _ENGLISH,
        "d MMMM y",
        "d MMM y",
        "MMMM y",
        _joined,
        _behind,
        _named,
        _all_named,
        _same,
        _same,
        _named,
    ),
    "es": Grammar(
        # Of the United States: 1,843 has a comma.
        Locale.parse("es_US"),
        "d 'de' MMMM 'de' y",
        "d MMM y",
        "MMMM 'de' y",
        spanish.join,
        spanish.meet,
        spanish.place,
        spanish.places,
        spanish.heading,
        spanish.alone,
        spanish.source,
    ),
}
LANGUAGES = tuple(_GRAMMARS)
"""The languages of briefs; the first is that of the sources."""


def grammar_of(lang: str) -> Grammar:
    """The rules of a language.

    Raises:
        InputError: there is none.
    """
    if lang not in _GRAMMARS:
        raise InputError(f"language {lang!r}: no message catalogue; use {' or '.join(_GRAMMARS)}")
    return _GRAMMARS[lang]
