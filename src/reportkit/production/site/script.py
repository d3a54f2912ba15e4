"""What the search reads: the places, the same for all languages, and the words of one language.

Both are scripts that call one function, as a page opened from a disk may load no other data.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from reportkit.library.rubric import load_rubric
from reportkit.messages import Catalogue
from reportkit.places import Gazetteer, slugify
from reportkit.production.site.entries import Entry, by_state
from reportkit.roster.values import MODELS

ANSWERS = ("not_listed", "participating", "pending", "ended", "unclear", "too_old")
KINDS = (
    *("sheriff", "municipal police", "state", "constable", "campus", "corrections", "prosecutor"),
    "other",
)
"""Kinds of agencies, in the order of the filter."""
_COUNTY = " County"


def safeguards() -> tuple[str, ...]:
    """The safeguards to filter by, in the rubric's order: those of a place's own agreements."""
    return tuple(item.id for item in load_rubric() if item.scope == "own")


def places_script(entries: Sequence[Entry]) -> bytes:
    """The places: by state a row for each, `[code, name, list, answer, slug, agencies, models,
    agreements, kinds, gaps]`, without what is nothing at its end.

    `code` is the id without the state's, `list` and `answer` and the agencies are numbers of
    entries of `lists`, `ANSWERS` and `agencies`; models, kinds and gaps are bits in the order of
    `MODELS`, `KINDS` and `safeguards`; `slug` is 0 where it follows from the name.
    """
    names = sorted({name for entry in entries for name in entry.agencies if _local(entry)})
    number = {name: index for index, name in enumerate(names)}
    lists = sorted({entry.facts.roster.list_date for entry in entries}, reverse=True)
    gaps = safeguards()
    rows = {
        state: [
            _short(
                [
                    _code(entry),
                    entry.place.name,
                    lists.index(entry.facts.roster.list_date),
                    ANSWERS.index(entry.facts.answer),
                    0 if entry.place.slug == slugify(entry.place.name) else entry.place.slug,
                    [number[name] for name in entry.agencies] if _local(entry) else [],
                    _bits(entry.models, MODELS),
                    len(entry.counted),
                    _bits(entry.kinds, KINDS),
                    _bits(entry.gaps, gaps),
                ]
            )
            for entry in held
        ]
        for state, held in by_state(entries)
    }
    return _call(
        "places",
        {"lists": [day.isoformat() for day in lists], "agencies": names, "rows": rows},
    )


def labels_script(entries: Sequence[Entry], words: Catalogue) -> bytes:
    """The words of the search: names of what can be filtered by, and of places where the language
    has its own: `county` makes one of a county's, `names` has others by their number."""
    gazetteer = Gazetteer.load()
    lists = sorted({entry.facts.roster.list_date for entry in entries}, reverse=True)
    states = [state for state, _ in by_state(entries)]
    heading = words.grammar.heading
    return _call(
        "labels",
        {
            "lang": words.lang,
            "states": {state: heading(gazetteer.state_by_postal(state).name) for state in states},
            "fips": {state: gazetteer.state_by_postal(state).geoid for state in states},
            "answers": {name: words.text(f"answer.{name}") for name in ANSWERS},
            "models": {model: words.model(model) for model in MODELS},
            "kinds": {kind: kind_text(kind, words) for kind in KINDS},
            "gaps": {name: words.text(f"gaps.name.{name}") for name in safeguards()},
            "lists": {day.isoformat(): words.date(day.isoformat()) for day in lists},
            "county": heading(f"#{_COUNTY}"),
            "names": dict(_own_names(entries, heading)),
            "all": words.text("site.search.all"),
            "single": words.text("site.search.single"),
            "some": words.text("site.search.some"),
            "none": words.text("site.search.none"),
            "agency": words.text("site.search.agency"),
        },
    )


def _own_names(
    entries: Sequence[Entry], heading: Callable[[str], str]
) -> Iterator[tuple[int, str]]:
    """Names that are neither the source's nor made of it as those of counties are, by number."""
    county = heading(f"#{_COUNTY}")
    for number, entry in enumerate(entries):
        source, name = entry.place.name, heading(entry.place.name)
        core = source.removesuffix(_COUNTY)
        made = county.replace("#", core) if core != source else source
        if name != made:
            yield number, name


def kind_text(kind: str, words: Catalogue) -> str:
    """A kind of agency in words."""
    return words.text(f"kind.{kind.replace(' ', '-')}")


def _code(entry: Entry) -> str:
    """The id without the part that a county shares with its state."""
    place = entry.place
    return place.geoid.removeprefix(place.state_fips) if place.kind == "county" else place.geoid


def _local(entry: Entry) -> bool:
    """A state's brief counts the agencies of all its places, under which they are found."""
    return entry.place.kind != "state"


def _bits(held: Sequence[str], order: Sequence[str]) -> int:
    return sum(1 << index for index, name in enumerate(order) if name in held)


def _short(row: list[Any]) -> list[Any]:
    while row and not row[-1]:
        row.pop()
    return row


def _call(name: str, data: Any) -> bytes:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'reportkit("{name}",{text})\n'.encode()
