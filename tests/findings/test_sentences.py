"""Every sentence on terms, gaps, context, views and unknowns is a claim or a listed method sentence."""

from __future__ import annotations

import random
import re
from fnmatch import fnmatch
from functools import cache
from importlib.resources import files

import pytest
import yaml

from findings.places import brief
from reportkit.brief import sections
from reportkit.messages import catalogue
from reportkit.places import Gazetteer

WORDS = catalogue("en")
METHOD = yaml.safe_load(files("reportkit.brief").joinpath("method.yaml").read_text("utf-8"))
SECTIONS = {
    "terms": sections.terms,
    "gaps": sections.gaps,
    "context": sections.context,
    "views": sections.views,
    "unknowns": sections.unknowns,
}


def drawn(number: int) -> list[str]:
    """States, counties and municipalities at random, counties most of all."""
    source = random.Random(287)
    gazetteer = Gazetteer.load()
    counties = [
        county.geoid for state in gazetteer.states for county in gazetteer.counties(state.state)
    ]
    towns = [
        town.geoid for state in gazetteer.states for town in gazetteer.municipalities(state.state)
    ]
    states = [state.geoid for state in gazetteer.states]
    return [
        *source.sample(counties, number * 6 // 10),
        *source.sample(towns, number * 3 // 10),
        *source.sample(states, number // 10),
    ]


def listed(section: str) -> list[str]:
    """The messages that a section may show without evidence; "group.*" lists all of a group."""
    names = METHOD[section]
    return [message for message in WORDS if any(fnmatch(message, name) for name in names)]


@cache
def method(section: str) -> re.Pattern[str]:
    """What a sentence without a claim may say in a section."""
    texts = [text for message in listed(section) for text in WORDS._messages[message]]
    return re.compile(
        "|".join(
            "".join(
                ".+" if part.startswith("{") else re.escape(part)
                for part in re.split(r"(\{[^}]*\})", text)
            )
            for text in texts
        ),
        re.DOTALL,
    )


def said(block):
    """The runs of text of a block, but for headings, captions and charts' folded figures."""
    match block["block"]:
        case "paragraph":
            yield from block["spans"]
        case "bullets":
            yield from (span for item in block["items"] for span in item)
        case "quote":
            yield from (span for text in block["paragraphs"] for span in text)
        case "table":
            yield from (span for row in block["rows"] for cell in row for span in cell)
        case "answer":
            yield from block["sentence"]
        case "chart":
            yield from block["source"]
        case "heading":
            pass
        case other:
            raise AssertionError(f"a block of another kind: {other}")


@pytest.mark.parametrize("place", drawn(100))
def test_every_sentence_is_a_claim_or_method(place):
    made = brief(place, "2026-05-18")
    ids = {claim.id for claim in made.ledger.claims}
    loose = []
    for name, section in SECTIONS.items():
        for block in section(made).data()["blocks"]:
            for span in said(block):
                if span["claim"]:
                    assert span["claim"] in ids
                elif not method(name).fullmatch(span["text"].strip()):
                    loose.append((name, span["text"]))
    assert loose == []


def test_method_sentences_are_messages_of_their_sections():
    assert set(METHOD) == {*SECTIONS, "program"}
    for section, names in METHOD.items():
        assert all(any(fnmatch(message, name) for message in WORDS) for name in names), section
        # A sentence made of one placeholder would let everything through.
        for message in listed(section):
            assert re.sub(r"\{[^}]*\}", "", WORDS.template(message)).strip(), message
