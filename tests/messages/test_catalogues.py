"""Both languages say the same: the same messages, the same placeholders, none left in the other's."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files

import pytest
import yaml
from babel.messages.pofile import read_po

from reportkit.errors import InputError
from reportkit.library.statements import load_statements
from reportkit.messages import LANGUAGES, catalogue
from reportkit.messages.catalogue import _FORMATS
from reportkit.messages.notes import NOTES
from reportkit.moa.addenda import _rules
from reportkit.places import Gazetteer
from reportkit.production import formats
from reportkit.store import EMBEDDED, Store

PLACEHOLDER = re.compile(r"\{(\w+)(?::([\w.]+))?\}")
ENGLISH_ONLY = {"letters.po"}
"""Agencies of the United States read the letters, whatever the language of the brief."""
ALIKE = {
    *("terms.value.no", "moa.state.absent", "diff.no"),  # "no"
    "kind.sheriff",  # the office has no other name in Spanish
    *("diff.field.sha256", "review.hash", "site.file.brief.pdf"),  # names of formats
}
"""Messages with words that are the same in both languages."""


@cache
def texts(lang: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """File and texts of each message."""
    found = {}
    for file in sorted(files("reportkit.messages").joinpath(lang).iterdir(), key=str):
        if file.name.endswith(".po") and file.name != NOTES:
            for message in read_po(file.open("rb")):
                identity = message.id[0] if message.pluralizable else message.id
                if identity:
                    assert identity not in found, f"{file.name}: {identity} is there twice"
                    held = message.string if message.pluralizable else (message.string,)
                    found[identity] = file.name, tuple(held)
    return found


def names(text: str) -> set[str]:
    return {name for name, _ in PLACEHOLDER.findall(text)}


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_every_message_is_in_both_languages_and_in_the_same_file(lang):
    english = {
        (identity, file) for identity, (file, _) in texts("en").items() if file not in ENGLISH_ONLY
    }
    other = {(identity, file) for identity, (file, _) in texts(lang).items()}
    assert other - english == set()
    assert english - other == set()


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_a_message_takes_the_same_values_and_has_as_many_forms_and_cells(lang):
    for identity, (_, own) in texts(lang).items():
        _, english = texts("en")[identity]
        assert len(own) == len(english), identity
        for text, counterpart in zip(own, english, strict=True):
            assert text.strip(), identity
            assert names(text) == names(counterpart), identity
            assert text.count(" · ") == counterpart.count(" · "), identity


@pytest.mark.parametrize("lang", LANGUAGES[1:])
def test_no_message_is_left_in_english(lang):
    same = {
        identity
        for identity, (_, own) in texts(lang).items()
        if own == texts("en")[identity][1]
        and re.search(r"\w{2}", PLACEHOLDER.sub("", " ".join(own)))
    }
    assert same == ALIKE


def test_every_format_of_spanish_is_known():
    counts = {name for name in texts("es") if name.startswith("count.")}
    used = {
        kind for _, own in texts("es").values() for text in own for _, kind in PLACEHOLDER.findall(text)
    }  # fmt: skip
    assert used - {""} - set(_FORMATS) - counts == set()


def test_languages_are_those_that_briefs_can_be_made_in():
    assert formats.LANGUAGES == LANGUAGES == ("en", "es")
    with pytest.raises(InputError, match="'fr': no message catalogue; use en or es"):
        catalogue("fr")


@cache
def reasons() -> set[str]:
    """What the store, the gazetteer and the library give as reasons, titles and statements."""
    store, gazetteer = Store(EMBEDDED), Gazetteer.load()
    found = {item.reason for item in store.corrections} | {
        item.source for item in store.corrections
    }
    found |= {agency.note for agency in store.agencies.values()}
    for state in gazetteer.states:
        found |= {place.county_note or "" for place in gazetteer.municipalities(state.state)}
        found |= {
            gazetteer.neighbours_note(place.geoid) or ""
            for place in gazetteer.counties(state.state)
        }
    found |= {statement.text for statement in load_statements()}
    with (EMBEDDED / "sources.csv").open(encoding="utf-8") as file:
        ours = [row for row in csv.DictReader(file) if row["publisher"].startswith("reportkit")]
    found |= {row["title"] for row in ours}
    for rule in _rules():
        found |= {rule.subject, f"{rule.subject} (section VIII)"}
    return found - {""}


def test_every_reason_on_record_has_its_counterpart():
    words = catalogue("es")
    notes = words._notes
    parts = {
        part
        for reason in reasons()
        for part in ([reason] if notes.find(reason) else reason.split("; "))
    }
    assert len(parts) > 900
    assert {part for part in parts if not notes.find(part)} == set()
    assert words.note("ICE prints Pop County; by hand") == "ICE da \ue000Pop County\ue001; a mano"
    # The reason of somebody's own store stays as it is.
    assert words.text("check.county", {**COUNTY, "why": "so be it"}).endswith(": so be it.")
    assert catalogue("en").note("ICE prints Pop County") == "ICE prints Pop County"


COUNTY = {"agency": "A", "printed": "B", "counties": ("Lee County", "Collier County")}


def test_every_reason_of_the_catalogue_is_on_record():
    file = files("reportkit.messages").joinpath("es", NOTES)
    ids = [str(message.id) for message in read_po(file.open("rb")) if message.id]
    parts = {part for reason in reasons() for part in (reason, *reason.split("; "))}
    parts.add("outside the simplified boundaries on hand")  # of no place today
    with (EMBEDDED / "sources.csv").open(encoding="utf-8") as sources:
        parts |= {row[name] for row in csv.DictReader(sources) for name in ("title", "publisher")}
    facts = yaml.safe_load(files("reportkit.library").joinpath("data", "facts.yaml").read_text())
    for fact in facts:
        parts |= {fact["publisher"], fact["title"], *str(fact["locator"]).split("; ")}
    unused = []
    for identity in ids:
        pattern = re.sub(r"\\\{\w+\\\}", ".+?", re.escape(identity))
        if not any(re.fullmatch(pattern, part) for part in parts):
            unused.append(identity)
    assert unused == []
