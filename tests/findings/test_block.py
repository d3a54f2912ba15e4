"""The block on a place: its length in both languages, what it tells first, what it says of no news."""

import itertools
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.brief.assemble import nation_as_of, open_store
from reportkit.brief.block import LEAST, MOST, make_block
from reportkit.brief.digest import at, make_digest
from reportkit.findings.block import tallies, weightiest
from reportkit.findings.news import changes_between
from reportkit.findings.news_items import KINDS
from reportkit.messages import catalogue
from reportkit.places import Gazetteer

WITHOUT_NEWS = ("17031", "17", "11", "11001", "66", "48301", "gn4887398")
"""Cook County and Illinois, Washington, DC, Guam, Loving County (Texas), Chicago."""


def text(digest, number=0):
    return digest.blocks[number].text(digest.words)


def test_tallies_name_the_most_frequent_kinds_and_papers_last():
    kinds = ["link"] * 9 + ["ended"] * 3 + ["signed"] * 3 + ["returned"] + ["correction"] * 2
    assert tallies(kinds, 3) == (
        "3 news.signed",
        "3 news.ended",
        "1 news.returned",
        "11 news.other",
    )
    assert tallies(kinds, 5) == (
        *("3 news.signed", "3 news.ended", "1 news.returned", "9 news.link", "2 news.correction"),
    )
    assert tallies([]) == ()


@given(st.lists(st.sampled_from(list(KINDS)), max_size=40), st.integers(1, 16))
def test_tallies_count_every_change_once(kinds, named):
    told = tallies(kinds, named)
    assert sum(int(item.split(" ")[0]) for item in told) == len(kinds)
    assert len(told) <= named + 1


@dataclass(frozen=True)
class Pair:
    """Two lists that follow each other, with the changes between them and the nation on both."""

    days: tuple
    items: tuple
    ends: tuple


@pytest.fixture(scope="module")
def pairs():
    store = open_store(None)
    return [
        Pair(
            (a.date, b.date),
            tuple(item for item in changes_between(store, a.date, b.date).items if item.agency_id),
            (nation_as_of(store, a.date), nation_as_of(store, b.date)),
        )
        for a, b in itertools.pairwise(store.lists[-21:])
    ]


def test_blocks_have_sixty_to_a_hundred_and_twenty_words(pairs):
    """Every third place with news between any two of the last 21 lists, and places without."""
    store, gazetteer = open_store(None), Gazetteer.load()
    lengths = {"en": [], "es": []}
    for number, pair in enumerate(pairs):
        states = {gazetteer.state_by_postal(item.state).geoid for item in pair.items}
        places = sorted(states | {place for item in pair.items for place in item.places})
        for geoid in (*places[number % 3 :: 3], *WITHOUT_NEWS):
            place = gazetteer.place(geoid)
            told = at(place, pair.items, store)
            for lang, held in lengths.items():
                words = catalogue(lang)
                block = make_block(place, told, *pair.ends, words)
                held.append(len(block.text(words).split()))
                assert LEAST <= held[-1] <= MOST, (pair.days, geoid, lang, block.text(words))
                assert len(block.subject(words)) <= 100
    assert len(lengths["en"]) == len(lengths["es"]) > 500


def test_a_place_without_news_says_so_and_how_it_stands():
    digest = make_digest("2026-05-11", "2026-05-18", (), ("Cook County, IL",))
    assert digest.blocks[0].subject(digest.words) == (
        "287(g) in Cook County, Illinois: nothing new on record to 18 May 2026"
    )
    assert text(digest) == (
        "Between ICE's lists of 11 May 2026 and 18 May 2026, there is nothing new on record of "
        "agencies that can act in Cook County, Illinois, under 287(g), by which state and local "
        "officers can do immigration work for ICE. Neither list shows an agreement of a local "
        "agency there. The list of 18 May 2026 shows no agency that acts throughout Illinois."
    )


def test_the_exits_of_maryland_are_told_first_and_with_what_an_end_does_not_mean():
    digest = make_digest("2026-02-01", "2026-05-18", ("MD",))
    assert (
        digest.blocks[0]
        .subject(digest.words)
        .startswith("287(g) in Maryland: 9 ended agreements, 1 new agreement")
    )
    told = text(digest)
    assert (
        "Ended, among others: Garrett County Sheriff's Office, Washington County Sheriff's" in told
    )
    assert told.index("Ended") < told.index("New agreement:")
    assert "The newer list shows no agreement there; the older one showed 8." in told
    assert told.endswith("without any agreement, so the list alone does not tell whether they do.")
    assert [(bar.model, bar.before, bar.now) for bar in digest.blocks[0].bars] == [
        ("TFM", 0, 0),
        ("JEM", 3, 0),
        ("WSO", 5, 0),
    ]


def test_few_changes_are_told_by_their_own_sentences():
    digest = make_digest("2026-02-10", "2026-02-20", (), ("Frederick County, MD",))
    told = digest.blocks[0].claims
    assert [claim.id for claim in told if claim.id.startswith("news.")] == [
        item.claim.id for item in digest.items if item.agency_id
    ]


def test_without_a_newer_list_none_is_spoken_of():
    digest = make_digest("2026-05-18", "2026-06-01", ("MD",), ("Lee County, FL",))
    for number in (0, 1):
        assert text(digest, number).startswith("No list newer than ICE's of 18 May 2026 is on hand")
        for wrong in ("newer list", "older one", "Both lists", "Neither"):
            assert wrong not in text(digest, number)


def test_the_sentences_of_a_block_are_claims_of_the_digest():
    digest = make_digest("2026-02-01", "2026-05-18", ("MD", "TX"), ("Lee County, FL",), lang="es")
    for block in digest.blocks:
        for claim in (*block.claims, block.chart):
            assert digest.claim(claim.id) is claim
            assert claim.evidence


def test_every_rule_of_a_block_has_words_in_both_languages():
    digests = (
        make_digest("2026-02-01", "2026-05-18", ("MD", "TX"), ("Lee County, FL",)),
        make_digest("2026-05-11", "2026-05-18", (), ("Cook County, IL",)),
    )
    rules = {claim.rule for digest in digests for claim in digest.ledger.claims}
    assert "agencies with changes of the kind" in rules
    for lang in ("en", "es"):
        words = catalogue(lang)
        assert {rule for rule in rules if rule not in words} == set()


def test_ends_are_kept_before_what_is_new_and_the_newest_first():
    items = make_digest("2025-02-20", "2026-05-18").items
    order = weightiest(items)
    kinds = list(dict.fromkeys(item.kind for item in order))
    assert kinds[:4] == ["ended", "signed", "model_added", "model_dropped"]
    assert sorted(kinds[4:]) == sorted({item.kind for item in items} - set(kinds[:4]))
    days = [item.until for item in order if item.kind == "signed"]
    assert days == sorted(days, reverse=True)


def test_a_place_tells_of_its_own_agencies_before_those_of_its_state():
    digest = make_digest("2025-02-20", "2026-05-18", (), ("Lee County, FL",))
    place = digest.places[0]
    order = weightiest(digest.blocks[0].items, place)
    signed = [item.places[0] == place.state_fips for item in order if item.kind == "signed"]
    assert True in signed and signed == sorted(signed)
