"""A brief says the same in both languages, and nothing of the one is left in the other."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from babel.dates import get_month_names
from bs4 import BeautifulSoup

from findings import nation
from findings.places import CASES, NEWEST, brief
from reportkit.brief import Brief, program_sections, sections
from reportkit.brief.edition import Edition
from reportkit.brief.facts import brief_facts
from reportkit.brief.letters import letters
from reportkit.brief.program_facts import program_facts
from reportkit.brief.templates import fragment, prepare
from reportkit.messages import LANGUAGES, catalogue

# A place of each answer and kind, and the nation.
DRAWN = (
    ("Lee County, FL", NEWEST),  # participating, a county
    ("Cape Coral, FL", NEWEST),  # a municipality
    ("Texas", NEWEST),  # a state
    ("Cook County, IL", NEWEST),  # not listed
    ("Orleans Parish, LA", NEWEST),  # statewide agencies only
    ("Frederick County, MD", NEWEST),  # ended
    ("Maryland", NEWEST),
    ("Bradley County, TN", "2025-05-20"),  # pending
    ("Henagar, AL", NEWEST),  # unclear
    ("Lee County, FL", "2026-11-22"),  # too old
    ("Guam", NEWEST),  # a territory
    ("Washington, DC", NEWEST),
)
PROGRAM = ("the program", NEWEST)
# Small letters only, in both: names of places and agencies have such words as Page, Los and La.
ENGLISH = re.compile(
    r"\b(the|of|and|which|agency|agencies|with|from|was|were|is|are|by|its|list|county|for|not|has|have|"
    r"agreements?|officers?|page|row|known|signed)\b(?![/@._])"
)
SPANISH = re.compile(
    r"\b(del|que|según|con|por|para|una|los|las|acuerdos?|agencias?|condados?|informe|fuente)\b"
)
MONTHS = {
    lang: {name.lower(): number for number, name in get_month_names("wide", locale=lang).items()}
    for lang in LANGUAGES
}

SHORT = {name: n for n, name in get_month_names("abbreviated", locale="es_US").items()}


def in_spanish(made: Edition) -> Edition:
    return replace(made, words=catalogue("es"))


def edition(name: str, day: str) -> Edition:
    return nation.program(day) if name == PROGRAM[0] else brief(name, day)


@cache
def page(name: str, day: str, lang: str) -> BeautifulSoup:
    """The blocks of a brief as HTML; its charts, which take long, are drawn for a few."""
    made = edition(name, day)
    made = replace(made, words=catalogue(lang))
    order = program_sections.ORDER if name == PROGRAM[0] else sections.ORDER
    charts = name in {"Lee County, FL", PROGRAM[0]}
    blocks = [
        block
        for section in order
        if charts or section is not sections.charts
        for block in section(made).data()["blocks"]
    ]
    return BeautifulSoup(fragment(prepare(blocks), lang), "lxml")


def numbers(text: str, lang: str) -> Counter[str]:
    """The dates, months and figures of a text."""
    found: Counter[str] = Counter()
    months = MONTHS[lang]
    between = " " if lang == "en" else " de "
    names = "|".join(months)

    def day(match: re.Match[str]) -> str:
        found[f"{match['year']}-{months[match['month'].lower()]}-{match['day']}"] += 1
        return " "

    def month(match: re.Match[str]) -> str:
        found[f"{match['year']}-{months[match['month'].lower()]}"] += 1
        return " "

    later = rf"(?P<month>{names}){between}(?P<year>\d{{4}})"
    text = re.sub(rf"(?P<day>\d+){between}{later}", day, text, flags=re.IGNORECASE)
    text = re.sub(later, month, text, flags=re.IGNORECASE)
    if lang == "es":
        months = SHORT
        later = rf"(?P<day>\d+) (?P<month>{'|'.join(months)}) (?P<year>\d{{4}})"
        text = re.sub(later, day, text)
    found.update(re.findall(r"\d(?:[\d,.]*\d)?", text))
    return found


@pytest.mark.parametrize(("name", "day"), CASES)
def test_every_sentence_of_a_place_has_the_same_figures_in_both_languages(name, day):
    same_figures(brief(name, day))


@pytest.mark.parametrize("day", nation.DAYS)
def test_every_sentence_of_the_program_has_the_same_figures_in_both_languages(day):
    same_figures(nation.program(day))


def same_figures(made: Edition) -> None:
    spanish = in_spanish(made)
    for claim in made.ledger.claims:
        english, told = made.text(claim), spanish.text(claim)
        assert numbers(english, "en") == numbers(told, "es"), (english, told)
        own = " ".join(run.text for run in spanish.runs(claim) if run.lang is None)
        assert not ENGLISH.search(_PATH.sub("", own)), own


def test_figures_are_found():
    english = "On 1 May 2026 1,843 of 2,000.5, 25%, since May 2021."
    assert numbers(english, "en") == numbers(
        "El 1 de mayo de 2026 eran 1,843 de 2,000.5, el 25%, desde mayo de 2021.", "es"
    )
    assert numbers(english, "en") == Counter(
        ["2026-5-1", "2021-5", "1,843", "2,000.5", "25"]
    )  # fmt: skip


@pytest.mark.parametrize(("name", "day"), [*DRAWN, PROGRAM])
def test_no_english_is_left_in_a_spanish_page(name, day):
    soup, names = BeautifulSoup(str(page(name, day, "es")), "lxml"), named(edition(name, day))
    texts = [tag[key] for tag in soup.find_all(True) for key in _SPOKEN if tag.get(key)]
    texts += [str(text) for text in soup.select("svg text")]
    # Names in drawings and in what is read aloud for them cannot be marked.
    texts = [names.sub("", text) for text in texts]
    for marked in soup.select("[lang=en], svg, code"):
        marked.decompose()
    texts += map(str, soup.find_all(string=True))
    left = [
        text[max(0, found.start() - 60) : found.end() + 60]
        for text in texts
        if (found := ENGLISH.search(_PATH.sub("", text)))
    ]
    assert left == []


_SPOKEN = ("aria-label", "alt", "title")
# Paths and ids of records, which no language has.
_PATH = re.compile(r"\S*[@/]\S*|registro \S+")


def named(made: Edition) -> re.Pattern[str]:
    """The names of agencies in a brief."""
    agencies = sorted({item.agency.name for item in made.held}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, agencies)) or "$^")


@pytest.mark.parametrize(("name", "day"), [*DRAWN, PROGRAM])
def test_no_spanish_is_left_in_an_english_page(name, day):
    soup = page(name, day, "en")
    assert soup.select("[lang]") == []
    told = [tag[key] for tag in soup.find_all(True) for key in _SPOKEN if tag.get(key)]
    left = [found[0] for text in (*told, soup.get_text(" ")) if (found := SPANISH.search(text))]
    assert left == []


@pytest.mark.parametrize(("name", "day"), [*DRAWN, PROGRAM])
def test_names_and_quotations_are_marked_in_spanish_alone(name, day):
    marked = page(name, day, "es").select("[lang=en]")
    assert marked
    made = edition(name, day)
    if isinstance(made, Brief) and made.place.kind != "state":
        assert {item.agency.name for item in made.status.local} <= {tag.text for tag in marked}


@pytest.mark.parametrize(("name", "day"), [*DRAWN, PROGRAM])
def test_facts_are_the_same_but_for_texts_and_language(name, day):
    made = edition(name, day)
    facts = brief_facts if isinstance(made, Brief) else program_facts
    english, spanish = facts(made), facts(in_spanish(made))
    assert spanish.pop("lang") == "es"
    assert english.pop("lang") == "en"
    # The id of a report is that of its inputs, and the language is one.
    assert english.pop("report_id") != spanish.pop("report_id")
    assert without_texts(english) == without_texts(spanish)
    assert english != spanish


def without_texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: without_texts(held) for key, held in value.items() if key != "text"}
    if isinstance(value, list):
        return [without_texts(held) for held in value]
    return value


@pytest.mark.parametrize(("name", "day"), DRAWN[:4])
def test_letters_are_in_english_and_their_notes_in_the_language_of_the_brief(name, day):
    made = brief(name, day)
    for english, spanish in zip(letters(made), letters(in_spanish(made)), strict=True):
        parts = [(part.kind, part.text) for part in english.parts]
        told = [(part.kind, part.text) for part in spanish.parts]
        note = parts.index(("heading", "Note for the sender, not a part of the letter"))
        assert (spanish.name, spanish.title) == (english.name, english.title)
        assert told[:note] == parts[:note]
        assert told[note][1] == "Nota para quien envía la carta; no forma parte de ella"
        assert len(told) == len(parts)
        assert all(mine != theirs for mine, theirs in zip(told[note:], parts[note:], strict=True))
