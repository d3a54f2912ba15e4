"""Names of agencies: what two spellings of one agency share, and nothing that two agencies share."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from reportkit.places.names import APOSTROPHES
from reportkit.roster.codes import code_list


@cache
def _rules() -> dict[str, dict[str, str]]:
    text = files("reportkit.roster").joinpath("names.yaml").read_text("utf-8")
    rules: dict[str, dict[str, str]] = yaml.safe_load(text)
    return rules


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"\b(?:{pattern})\b"), canonical)
        for pattern, canonical in _rules()["phrases"].items()
    )


@lru_cache(maxsize=65536)
def canonical(state: str, name: str) -> str:
    """The spelling-free form of an agency's name: lower-case words, one form for each synonym.

    `state` is the postal code: the state's own name says nothing in "Alaska Department of
    Corrections". Two names that share a canonical form in a state name one agency.
    """
    text = unicodedata.normalize("NFKD", name.lower().translate(APOSTROPHES))
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = re.sub(r"\(addendum\)|\(county\)", " ", text.replace("&", " and "))
    text = re.sub(rf",\s*{state.lower()}\s*$", " ", text)
    words = re.sub(r"[^a-z0-9]+", " ", text).split()
    if words and words[-1] == "so":  # "So Middleton" is South, a final SO is the sheriff's office
        words[-1] = "sheriff"
    synonyms = _rules()["words"]
    text = " ".join(synonyms.get(word, word) for word in words)
    for pattern, replacement in _phrases():
        text = " ".join(pattern.sub(replacement, text).split())
    own = code_list("state").labels[state].lower()
    shorter = re.sub(
        rf"^(?:the )?(?:state of )?{own} (?=(?:{_rules()['own_state_before']['any']}))", "", text
    )
    return shorter or text


@lru_cache(maxsize=65536)
def distinctive(state: str, name: str) -> tuple[str, ...]:
    """The words of a name that tell one agency from another, in order: places, numbers, titles."""
    generic = _rules()["generic"]
    return tuple(word for word in canonical(state, name).split() if word not in generic)


def direction_words() -> frozenset[str]:
    """Words that tell neighbours of one name apart."""
    return frozenset(_rules()["directions"])


def title_words(state: str) -> frozenset[str]:
    """Words that a longer form of a name may have more: titles, and the name of its state."""
    return frozenset(_rules()["titles"]) | set(code_list("state").labels[state].lower().split())


def numbers(state: str, name: str) -> frozenset[str]:
    """The numbers in a name: precincts, districts, wards, circuits."""
    return frozenset(re.findall(r"\d+", canonical(state, name)))
