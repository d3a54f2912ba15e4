"""An issue of the newsletter: a digest as plain values that e-mail, text, Markdown and feeds draw.

All of them draw the same sentences from here, so they agree word for word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from reportkit.brief.block import Block, subject_line
from reportkit.brief.digest import Digest
from reportkit.brief.digest_sections import by_place
from reportkit.brief.spans import need
from reportkit.evidence import Citation, Claim, Value
from reportkit.findings.block import weightiest
from reportkit.findings.news_items import Item
from reportkit.messages import Catalogue
from reportkit.places import Place

_LABELS = ("blocks", "states", "brief", "source", "subject_line")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: the id of its claim, its text, and in words where in which source it stands."""

    id: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceNews:
    """The changes at one place, with the address of its brief; None where there is none."""

    name: str
    href: str | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class StateNews:
    """The changes in one state: how many of all, and by place those that are told."""

    name: str
    counts: Line | None
    places: tuple[PlaceNews, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a chart: model, its name; for each date the number and its percentage of the largest."""

    model: str
    name: str
    marks: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of agreements by model; `dates` are those of the lists in words, one or two."""

    title: str
    alt: str
    head: str
    dates: tuple[str, ...]
    bars: tuple[Bar, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block as an editor pastes it: subject line, paragraph, chart, where it stands, the brief."""

    geoid: str
    slug: str
    name: str
    href: str
    subject: str
    text: str
    sources: tuple[str, ...]
    chart: Chart


@dataclass(frozen=True, slots=True)
class Issue:
    """A digest ready to draw. `left` says how many changes are not told here, empty for none."""

    lang: str
    title: str
    subject: str
    lead: tuple[Line, ...]
    blocks: tuple[Pasted, ...]
    states: tuple[StateNews, ...]
    left: str
    foot: tuple[str, ...]
    labels: dict[str, str]


def make_issue(digest: Digest, most: int | None = None) -> Issue:
    """The issue of a digest.

    Args:
        digest: what changed.
        most: how many changes to tell at most, the weightiest; None for all.
    """
    words = digest.words
    told = list(digest.items) if most is None else weightiest(digest.items)[:most]
    left = len(digest.items) - len(told)
    until: dict[str, Value] = {"until": digest.until.isoformat()}
    made: dict[str, Value] = {"report": digest.report_id, "command": digest.command}
    return Issue(
        words.lang,
        digest.title,
        digest_subject(digest),
        tuple(_line(digest, claim) for claim in digest.claims("digest.")),
        tuple(_pasted(digest, block) for block in digest.blocks),
        _states(digest, told),
        words.text("issue.left", {"shown": len(told), "left": left}) if left else "",
        (
            words.text("issue.read"),
            words.text("digest.links", until),
            words.text("issue.made", made),
        ),
        {name: words.text(f"issue.{name}") for name in _LABELS},
    )


def digest_subject(digest: Digest) -> str:
    """The subject line of a digest."""
    values: dict[str, Value] = {"until": digest.until.isoformat(), "places": digest.names}
    scope = ".scope" if digest.names else ""
    return subject_line(
        digest.items,
        f"issue.subject{scope}",
        f"issue.subject.nothing{scope}",
        values,
        digest.words,
    )


def sources(evidence: Iterable[Citation], words: Catalogue) -> tuple[str, ...]:
    """Where evidence stands, in words, one a source: "participatingAgencies05182026am.xlsx, row 12"."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for item in evidence:
        where = words.text(f"locator.{item.locator.kind}", {"value": item.locator.value})
        places[item.source.title][where] = None
    return tuple(", ".join((title, *wheres)) for title, wheres in places.items())


def _line(digest: Digest, claim: Claim) -> Line:
    return Line(claim.id, digest.text(claim), sources(claim.evidence, digest.words))


def _states(digest: Digest, told: Iterable[Item]) -> tuple[StateNews, ...]:
    """The states with changes by name, then the files that could not be used."""
    words, shown = digest.words, {item.claim.id for item in told}
    states = [
        StateNews(
            words.heading(digest.national.gazetteer.state_by_postal(state).name),
            _line(digest, need(digest, f"states.{state}")),
            tuple(
                _place(digest, place, of_place)
                for place, of_place in by_place(
                    digest, (item for item in items if item.claim.id in shown)
                )
            ),
        )
        for state, items in digest.by_state
    ]
    files = [item for item in digest.of("quarantined") if item.claim.id in shown]
    if files:
        lines = tuple(_line(digest, item.claim) for item in files)
        states.append(StateNews(words.text("digest.files"), None, (PlaceNews("", None, lines),)))
    return tuple(states)


def _place(digest: Digest, place: Place, items: Iterable[Item]) -> PlaceNews:
    words, wide = digest.words, place.kind == "state"
    return PlaceNews(
        words.text("digest.statewide") if wide else words.heading(place.name),
        digest.brief_link(place),
        tuple(_line(digest, item.claim) for item in items),
    )


def _pasted(digest: Digest, block: Block) -> Pasted:
    place, words = block.place, digest.words
    return Pasted(
        place.geoid,
        f"{place.state.lower()}-{place.slug}",
        words.heading(place.full_name),
        digest.brief_link(place),
        block.subject(words),
        block.text(words),
        sources((at for claim in block.claims for at in claim.evidence), words),
        _chart(block, words),
    )


def _chart(block: Block, words: Catalogue) -> Chart:
    values = block.chart.values
    one = block.one_list
    largest = max((max(bar.before, bar.now) for bar in block.bars), default=0) or 1
    state = ".state" if block.place.kind == "state" else ""
    return Chart(
        block.chart_title(words),
        words.text(block.chart.message, values),
        words.text("head.models"),
        tuple(words.date(values[name]) for name in (("until",) if one else ("after", "until"))),
        tuple(
            Bar(
                bar.model,
                words.model(bar.model),
                tuple(
                    (words.number(number), _percent(number, largest))
                    for number in ((bar.now,) if one else (bar.before, bar.now))
                ),
            )
            for bar in block.bars
        ),
        words.text(f"block.chart.source{state}"),
    )


def _percent(number: int, largest: int) -> int:
    """A bar's length in percent; what is not nothing shows."""
    return max(1, round(100 * number / largest)) if number else 0
