"""A newsletter's block on one place: 60 to 120 words that stand alone, a subject line, a chart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reportkit.evidence import Claim, Value
from reportkit.findings.block import BlockFacts, tallies, weightiest
from reportkit.findings.national import National
from reportkit.findings.news_items import Item
from reportkit.messages import Catalogue
from reportkit.places import Place
from reportkit.roster.values import MODELS

LEAST, MOST = 60, 120
"""Words of a block."""
# So many changes are told by their own sentences, where these fit.
_FEW = 4
# A subject line names so many kinds of changes, and fewer where it would be longer than this:
# mailboxes show some 60 characters, wide ones 90.
_IN_SUBJECT, _SUBJECT = 2, 90


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of the chart: a model with its agreements on the older and the newer list."""

    model: str
    before: int
    now: int


@dataclass(frozen=True, slots=True)
class Block:
    """What an editor pastes on a place.

    `claims` are its sentences in order, `chart` holds the figures of the chart; `items` are all
    items that concern the place, of which some may be left out.
    """

    place: Place
    items: tuple[Item, ...]
    claims: tuple[Claim, ...]
    chart: Claim

    def subject(self, words: Catalogue) -> str:
        """The subject line."""
        values: dict[str, Value] = {
            "place": self.place.full_name,
            "until": self.chart.values["until"],
        }
        return subject_line(self.items, "subject.place", "subject.nothing", values, words)

    def text(self, words: Catalogue) -> str:
        """The paragraph."""
        return " ".join(words.text(claim.message, claim.values) for claim in self.claims)

    @property
    def one_list(self) -> bool:
        """True where no participating list was published in the period."""
        return self.chart.values["after"] == self.chart.values["until"]

    def chart_title(self, words: Catalogue) -> str:
        """The finding of the chart."""
        message = f"block.chart.title{'.one' if self.one_list else ''}"
        return words.text(message, self.chart.values)

    @property
    def bars(self) -> tuple[Bar, ...]:
        """The rows of the chart, one a model."""
        values = self.chart.values
        return tuple(
            Bar(model, _whole(values[f"{model.lower()}_before"]), _whole(values[model.lower()]))
            for model in MODELS
        )


def subject_line(
    items: Iterable[Item],
    message: str,
    nothing: str,
    values: Mapping[str, Value],
    words: Catalogue,
) -> str:
    """How many changes there are of the most frequent kinds, as many as keep a subject line short.

    Args:
        items: the changes.
        message: says it, with `tallies` and further values.
        nothing: the message where there are none.
        values: the further values of both.
        words: the language.
    """
    kinds = [item.kind for item in items]
    if not kinds:
        return words.text(nothing, values)
    lines = (
        words.text(message, {**values, "tallies": tallies(kinds, named)})
        for named in range(_IN_SUBJECT, 0, -1)
    )
    told = ""
    for told in lines:
        if len(told) <= _SUBJECT:
            break
    return told


def make_block(
    place: Place, items: Iterable[Item], before: National, national: National, words: Catalogue
) -> Block:
    """The block of a place.

    Args:
        place: what it is about.
        items: those that concern the place; none is news too.
        before: the nation as of the older day.
        national: the nation as of the newer day.
        words: the language, which decides how many sentences fit.
    """
    facts = BlockFacts(place, tuple(weightiest(items, place)), before, national)

    def length(claims: Iterable[Claim]) -> int:
        return sum(len(words.text(item.message, item.values).split()) for item in claims)

    end = (facts.standing, *filter(None, (facts.caveat,)))
    room = MOST - length((facts.opening, *end))
    claims = [facts.opening, *_told(facts, room, length), *end]
    for filler in facts.fillers:
        if length(claims) >= LEAST:
            break
        if length([*claims, filler]) <= MOST:
            claims.append(filler)
    return Block(place, facts.items, tuple(claims), facts.chart)


def _told(
    facts: BlockFacts, room: int, length: Callable[[Iterable[Claim]], int]
) -> tuple[Claim, ...]:
    """The sentences of few items, of as many as fit; names of agencies by kind for the others."""
    items = facts.items
    for whole in range(len(items) if len(items) <= _FEW else 0, -1, -1):
        told = tuple(item.claim for item in items[:whole])
        rest = items[whole:]
        left = room - length(told)
        named = _named(facts, rest, left, length)
        if not whole or (left >= 0 and set(facts.kinds(rest)) <= named.keys()):
            return (*told, *named.values())
    return ()


def _named(
    facts: BlockFacts,
    items: Sequence[Item],
    room: int,
    length: Callable[[Iterable[Claim]], int],
) -> dict[str, Claim]:
    """By kind, the sentence that names the agencies with such changes, as many as have room."""
    named: dict[str, Claim] = {}
    most, grew = 0, True
    # A name more for each kind in turn, as long as one fits.
    while grew:
        most, grew = most + 1, False
        for kind in facts.kinds(items):
            claim = facts.named(kind, items, most)
            if claim != named.get(kind) and length({**named, kind: claim}.values()) <= room:
                named[kind], grew = claim, True
    return named


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value
