"""What Spanish asks of a text beyond its words: names of places, contractions, "y" or "e".

A name of a place stands in a sentence with its article ("el condado de Lee, Florida"); "de" and "a"
before it make "del" and "al" of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

from reportkit.messages.marks import OPEN, marked

PLACES = "places.yaml"
"""The file with the names of places, in the folder of the language."""
_ARTICLES = ("el ", "la ", "los ", "las ")
_CONTRACTED = re.compile(r"(?:^|(?<=[\s(“]))(de|a|De|A) $")
_DAY = re.compile(r"\d{1,2} de \w+ de \d{4}")
_BEFORE_DAY = re.compile(r"(?:^|(?<=[\s(“]))(de|en|De|En) $")
_ON_DAY = {"de": "del", "De": "Del", "en": "el", "En": "El"}
_AND = re.compile(r"(?<=\s)y $")
_OR = re.compile(r"(?<=\s)o $")
# "y Iowa": a diphthong keeps the y.
_SAID_I = re.compile(r"h?[ií](?![aeouáéóú])", re.IGNORECASE)
_SAID_O = re.compile(r"h?[oó]|8|11(?!\d)", re.IGNORECASE)
# "of", "and", "the" within a name: words that no Spanish voice should read as Spanish.
_ENGLISH = re.compile(r"\b(of|and|the)\b", re.IGNORECASE)


def join(items: tuple[str, ...]) -> str:
    """Items as running text: "a, b y c", "a e Illinois"."""
    if len(items) < 2:
        return "".join(items)
    return meet(", ".join(items[:-1]) + " y ", items[-1])


def meet(before: str, text: str) -> str:
    """A text behind another one, which may end on a word that changes before it."""
    if (found := _CONTRACTED.search(before)) and text.startswith("el "):
        return f"{before.removesuffix(' ')}l {text.removeprefix('el ')}"
    if (found := _BEFORE_DAY.search(before)) and _DAY.match(text):
        return f"{before[: found.start()]}{_ON_DAY[found[1]]} {text}"
    start = text.lstrip(OPEN)
    if (found := _AND.search(before)) and _SAID_I.match(start):
        return f"{before[: found.start()]}e {text}"
    if (found := _OR.search(before)) and _SAID_O.match(start):
        return f"{before[: found.start()]}u {text}"
    return before + text


def place(name: str) -> str:
    """A place as it stands in a sentence: "el condado de Lee, Florida", "Carolina del Norte".

    Args:
        name: a name or full name of the gazetteer, behind which a number in brackets may stand.
    """
    name, bracket, rest = name.partition(" (")
    return f"{_placed(name)}{bracket}{rest}"


def _placed(name: str) -> str:
    states, behind = _names()["states"], _names()["behind"]
    first, _, state = name.rpartition(", ")
    if name in states or first == state:
        return states.get(state, state)
    own = _own(first or state)
    return f"{own}, {behind.get(state) or states.get(state, state)}" if first else own


def places(names: tuple[str, ...]) -> str:
    """Places as running text, those of one kind under one word: "los condados de Lee y Collier"."""
    named = tuple(place(name) for name in names)
    for one, many in _names()["together"].items():
        if len(named) > 1 and all(name.startswith(f"{one} de ") for name in named):
            return f"{many} de {join(tuple(name.removeprefix(f'{one} de ') for name in named))}"
    return join(named)


def source(text: str) -> str:
    """Words of the source, marked; the article that a claim puts before an agency is not its own."""
    return marked(text.removeprefix("the "))


def heading(name: str) -> str:
    """A place as it stands alone: "Condado de Lee, Florida"."""
    return alone(place(name))


def alone(text: str) -> str:
    """Words that stand in a sentence as a heading: without their article, with a capital."""
    for article in _ARTICLES:
        text = text.removeprefix(article)
    return text[:1].upper() + text[1:]


def _own(name: str) -> str:
    """A name without its state."""
    names = _names()
    if name in names["names"]:
        return names["names"][name]
    for kind, words in names["kinds"].items():
        if name.endswith(f" {kind}"):
            core = name.removesuffix(f" {kind}")
            return f"{words} de {_spelt(names['names'].get(core, core))}"
    return _spelt(name)


def _spelt(name: str) -> str:
    return marked(name) if _ENGLISH.search(name) else name


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    text = files("reportkit.messages").joinpath("es", PLACES).read_text(encoding="utf-8")
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return loaded
