"""Change one fact of a store that a brief uses: verifying the brief fails and names it."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from functools import cache

import pytest

from production.mutations import Mutation, mutations, store_with, tables
from reportkit.production import produce
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier
from reportkit.store import Store

PLACES = ("Lee County, FL", "Frederick County, MD", "Green Lake County, WI")
EACH = {"Lee County, FL": 140, "Frederick County, MD": 30, "Green Lake County, WI": 30}


@cache
def held():
    return tables()


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    out = tmp_path_factory.mktemp("briefs")
    return {name: produce(name, formats=["json"], out=out)[0] for name in PLACES}


def drawn(facts, number: int) -> list[Mutation]:
    """A sample over tables and columns: every kind of cell gets its turn."""
    kinds = defaultdict(list)
    for mutation in mutations(facts, held()):
        kinds[mutation.table, mutation.column, mutation.named.startswith("context")].append(
            mutation
        )
    source = random.Random(287)
    for some in kinds.values():
        source.shuffle(some)
    found: list[Mutation] = []
    while len(found) < number and any(kinds.values()):
        found += [some.pop() for some in kinds.values() if some][: number - len(found)]
    return found


@pytest.mark.parametrize("name", PLACES)
def test_the_unchanged_store_bears_the_brief_out(name, briefs):
    assert Verifier(Store(), SourceFiles([])).verify(briefs[name]).problems == []


@pytest.mark.parametrize("part", range(10))
@pytest.mark.parametrize("name", PLACES)
def test_a_changed_fact_is_found_and_named(name, part, briefs, tmp_path):
    facts = json.loads(briefs[name].read_text("utf-8"))
    sample = drawn(facts, EACH[name])
    assert len(sample) == EACH[name]
    missed = []
    for number, mutation in enumerate(sample[part::10]):
        store = Store(store_with(mutation, held(), tmp_path / str(number)))
        _, *lines = Verifier(store, SourceFiles([])).verify(briefs[name]).problems
        if not any(mutation.named in line for line in lines):
            missed.append((mutation, lines))
    assert missed == []
