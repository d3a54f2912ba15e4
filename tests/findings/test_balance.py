"""The choice of statements: as many of each voice, of like length, by rule."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from reportkit.findings.balance import TOLERANCE, Candidate, choose

statements = st.builds(
    Candidate,
    st.text("abcdefgh", min_size=3, max_size=5),
    st.integers(60, 300),
    st.sampled_from(("here", "nation", "elsewhere")),
    st.integers(1, 5),
    st.sets(st.sampled_from(("wary", "in_favor")), max_size=2).map(frozenset),
)
voice = st.lists(statements, max_size=4, unique_by=lambda item: item.id).map(tuple)
voices = st.tuples(voice, voice, voice)
SIDES = frozenset(("wary", "in_favor"))


def balanced(chosen):
    lengths = [sum(item.length for item in part) for part in chosen]
    return max(lengths) - min(lengths) <= TOLERANCE * max(lengths)


@given(voices)
def test_the_choice_is_balanced_or_there_is_none(voices):
    chosen = choose(voices, (2, 1), SIDES)
    choices = [
        choice
        for size in (2, 1)
        for choice in product(*(combinations(voice, size) for voice in voices))
        if balanced(choice)
    ]
    assert bool(chosen) == bool(choices)
    if chosen:
        assert balanced(chosen)
        assert len({len(part) for part in chosen}) == 1
        assert all(set(part) <= set(whole) for part, whole in zip(chosen, voices, strict=True))
        both = [c for c in choices if {side for p in c for i in p for side in i.sides} >= SIDES]
        shown = {side for part in chosen for item in part for side in item.sides}
        assert not both or shown >= SIDES


@given(voices, st.randoms())
def test_the_order_of_the_statements_does_not_matter(voices, random):
    shuffled = tuple(tuple(random.sample(voice, len(voice))) for voice in voices)
    assert choose(shuffled, (2, 1), SIDES) == choose(voices, (2, 1), SIDES)


def a(identity, near="nation", day=1, length=100, sides=()):
    return Candidate(identity, length, near, day, frozenset(sides))


def chosen(*voices, sizes=(1,), sides=()):
    return [
        [item.id for item in part]
        for part in choose(tuple(map(tuple, voices)), sizes, frozenset(sides))
    ]


def test_the_newest_is_preferred():
    assert chosen([a("x", day=1), a("y", day=2)], [a("z")]) == [["y"], ["z"]]


def test_the_state_is_preferred_to_the_newest():
    assert chosen([a("x", "here"), a("y", day=2)], [a("z")]) == [["x"], ["z"]]


def test_the_nation_is_preferred_to_another_state():
    assert chosen([a("x"), a("y", "elsewhere", 2)], [a("z")]) == [["x"], ["z"]]


def test_length_goes_before_all():
    assert chosen([a("x"), a("y", "here", 2, 126)], [a("z")]) == [["x"], ["z"]]
    assert chosen([a("x"), a("y", "here", 2, 125)], [a("z")]) == [["y"], ["z"]]


def test_nothing_is_chosen_where_a_voice_is_silent_or_too_short():
    assert chosen([a("x")], []) == []
    assert chosen([a("x")], [a("y", length=79)]) == []


def test_another_number_is_taken_where_only_that_shows_both_sides():
    parts = [a("x"), a("y")], [a("v", sides=["wary"]), a("w", sides=["in_favor"])]
    assert chosen(*parts, sizes=(1, 2), sides=SIDES) == [["x", "y"], ["v", "w"]]
    assert chosen(*parts, sizes=(1, 2)) == [["x"], ["v"]]
    assert chosen(parts[0], parts[1][:1], sizes=(1, 2), sides=SIDES) == [["x"], ["v"]]


def test_what_is_about_the_state_comes_first_then_the_newest():
    voice = [a("old", day=1), a("here", "here", day=1), a("new", day=3)]
    assert chosen(voice, voice, sizes=(3,)) == [["here", "new", "old"]] * 2
