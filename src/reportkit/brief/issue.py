"""An issue of the newsletter: a digest as plain values that e-mail, text, Markdown and feeds draw.

All of them draw the same sentences from here, so they agree word for word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from reportkit.brief.block import Block
from reportkit.brief.digest import Digest
from reportkit.evidence import Citation, Claim
from reportkit.findings.block import tallies, weightiest
from reportkit.findings.news_items import Item
from reportkit.messages import Catalogue
from reportkit.places import Place

_NAMED_IN_SUBJECT = 2
Link = Callable[[Place], str]
"""The address of the brief on a place."""


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
    """A row of a chart: model, its name, the two numbers and their shares of the largest."""

    model: str
    name: str
    before: str
    now: str
    before_percent: int
    now_percent: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of agreements by model on two lists; `dates` are those of the lists, in words."""

    title: str
    alt: str
    head: str
    dates: tuple[str, str]
    bars: tuple[Bar, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block as an editor pastes it."""

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


def make_issue(digest: Digest, link: Link, most: int | None = None) -> Issue:
    """The issue of a digest.

    Args:
        digest: what changed.
        link: the address of the brief on a place.
        most: how many changes to tell at most, the weightiest; None for all.
    """
    words = digest.words
    told = list(digest.items) if most is None else weightiest(digest.items)[:most]
    left = len(digest.items) - len(told)
    note = {"shown": len(told), "left": left}
    return Issue(
        words.lang,
        words.text("issue.title", _period(digest)),
        subject(digest),
        tuple(_line(digest, claim) for claim in digest.claims("digest.")),
        tuple(_pasted(digest, block, link) for block in digest.blocks),
        _states(digest, told, link),
        words.text("issue.left", note) if left else "",
        (
            words.text("issue.read"),
            words.text("issue.made", {"report": digest.report_id, "command": digest.command}),
        ),
        {name: words.text(f"issue.{name}") for name in _LABELS},
    )


_LABELS = ("blocks", "states", "brief", "source", "subject_line")


def subject(digest: Digest) -> str:
    """The subject line of a digest."""
    kinds = tallies((item.kind for item in digest.items), _NAMED_IN_SUBJECT)
    state_name = digest.national.gazetteer.state_by_postal
    names = (
        *(state_name(state).name for state in digest.states),
        *(place.full_name for place in digest.places),
    )
    values = {**_period(digest), "tallies": kinds, "places": names}
    scope = ".scope" if names else ""
    kind = "" if kinds else ".nothing"
    return digest.words.text(f"issue.subject{kind}{scope}", values)


def sources(self) -> tuple[str, ...]:
        """The sources of all its sentences, each once."""
        return tuple(dict.fromkeys(source for line in self.lines for source in line.sources))


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


def make_issue(digest: Digest, link: Link, most: int | None = None) -> Issue:
    """The issue of a digest.

    Args:
        digest: what changed.
        link: the address of the brief on a place.
        most: how many changes to tell at most, the weightiest; None for all.
    """
    words = digest.words
    told = list(digest.items) if most is None else weightiest(digest.items)[:most]
    left = len(digest.items) - len(told)
    note = {"shown": len(told), "left": left}
    return Issue(
        words.lang,
        words.text("issue.title", _period(digest)),
        subject(digest),
        tuple(_line(digest, claim) for claim in digest.claims("digest.")),
        tuple(_pasted(digest, block, link) for block in digest.blocks),
        _states(digest, told, link),
        words.text("issue.left", note) if left else "",
        (
            words.text("issue.read"),
            words.text("issue.made", {"report": digest.report_id, "command": digest.command}),
        ),
        {name: words.text(f"issue.{name}") for name in _LABELS},
    )


_LABELS = ("blocks", "states", "brief", "source", "subject_line")


def subject(digest: Digest) -> str:
    """The subject line of a digest."""
    kinds = tallies((item.kind for item in digest.items), _NAMED_IN_SUBJECT)
    state_name = digest.national.gazetteer.state_by_postal
    names = (
        *(state_name(state).name for state in digest.states),
        *(place.full_name for place in digest.places),
    )
    values = {**_period(digest), "tallies": kinds, "places": names}
    scope = ".scope" if names else ""
    kind = "" if kinds else ".nothing"
    return digest.words.text(f"issue.subject{kind}{scope}", values)


def weightiest(items: Iterable[Item]) -> list[Item]:
    """Items in the order in which an editor would drop the last of them: by kind, the newest first."""
    return sorted(items, key=lambda item: (item.order[0], -item.until.toordinal(), item.order))


def sources(evidence: Iterable[Citation], words: Catalogue) -> tuple[str, ...]:
    """Where evidence stands, in words, one a source: "participatingAgencies05182026am.xlsx, row 12"."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for item in evidence:
        where = words.text(f"locator.{item.locator.kind}", {"value": item.locator.value})
        places[item.source.title][where] = None
    return tuple(", ".join((title, *wheres)) for title, wheres in places.items())


def _line(digest: Digest, claim: Claim) -> Line:
    return Line(claim.id, digest.text(claim), sources(claim.evidence, digest.words))


def _period(digest: Digest) -> dict[str, str]:
    return {"since": digest.since.isoformat(), "until": digest.until.isoformat()}


def _states(digest: Digest, told: Sequence[Item], link: Link) -> tuple[StateNews, ...]:
    """The states with changes by name, files that could not be used last."""
    gazetteer, words = digest.national.gazetteer, digest.words
    shown: dict[str, list[Item]] = defaultdict(list)
    for item in told:
        shown[item.state].append(item)
    names = {
        item.state: words.heading(gazetteer.state_by_postal(item.state).name) if item.state else ""
        for item in digest.items
    }
    return tuple(
        StateNews(
            names[state] or words.text("issue.files"),
            _line(digest, claim) if (claim := digest.claim(f"states.{state}")) else None,
            _places(digest, shown[state], link),
        )
        for state in sorted(names, key=lambda state: (not state, names[state]))
    )


def _places(digest: Digest, items: Iterable[Item], link: Link) -> tuple[PlaceNews, ...]:
    """The places of one state with their changes: the state itself first, then by name."""
    gazetteer, words = digest.national.gazetteer, digest.words
    found: dict[str, list[Line]] = defaultdict(list)
    for item in sorted(items, key=lambda item: item.order):
        found[item.places[0] if item.places else ""].append(_line(digest, item.claim))
    news = []
    for geoid, lines in found.items():
        place = gazetteer.place(geoid) if geoid else None
        if place is None:
            news.append((False, PlaceNews("", None, tuple(lines))))
            continue
        wide = place.kind == "state"
        name = words.text("issue.statewide") if wide else words.heading(place.name)
        news.append((wide, PlaceNews(name, link(place), tuple(lines))))
    return tuple(item for _, item in sorted(news, key=lambda pair: (not pair[0], pair[1].name)))


def _pasted(digest: Digest, block: Block, link: Link) -> Pasted:
    place = block.place
    return Pasted(
        place.geoid,
        f"{place.state.lower()}-{place.slug}",
        digest.words.heading(place.full_name),
        link(place),
        block.subject(digest.words),
        block.text(digest.words),
        sources((at for claim in block.claims for at in claim.evidence), digest.words),
        _chart(digest, block),
    )


def _chart(digest: Digest, block: Block) -> Chart:
    words, values = digest.words, block.chart.values
    largest = max((max(bar.before, bar.now) for bar in block.bars), default=0) or 1
    state = ".state" if block.place.kind == "state" else ""
    return Chart(
        words.text("block.chart.title", values),
        words.text(block.chart.message, values),
        words.text("head.models"),
        (words.date(values["after"]), words.date(values["until"])),
        tuple(
            Bar(
                bar.model,
                words.model(bar.model),
                words.number(bar.before),
                words.number(bar.now),
                _percent(bar.before, largest),
                _percent(bar.now, largest),
            )
            for bar in block.bars
        ),
        words.text(f"block.chart.source{state}"),
    )


def _percent(number: int, largest: int) -> int:
    """A bar's length in percent; what is not nothing shows."""
    return max(1, round(100 * number / largest)) if number else 0
