"""The sections of the digest as displays: what the cells of its notebook show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from reportkit.brief.blocks import (
    AnswerBox,
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    Paragraph,
    Span,
    Spans,
)
from reportkit.brief.digest import Digest
from reportkit.brief.display import Display
from reportkit.brief.sections import evidence as evidence
from reportkit.brief.spans import need, sentence, sentences
from reportkit.findings.news_items import Item
from reportkit.places import Place

_BOXED = (("signed", "model_added"), ("ended", "model_dropped"))


def head(digest: Digest) -> Display:
    """Title, the lists that were compared, and what came and went."""
    words = digest.words
    listed = digest.changes.listed
    assert listed.before and listed.after
    facts = (
        (words.text("digest.head.since"), words.date(listed.before.date.isoformat())),
        (words.text("digest.head.until"), words.date(listed.after.date.isoformat())),
        (words.text("head.report"), digest.report_id),
    )
    box = AnswerBox(
        digest.area,
        "digest",
        sentence(digest, need(digest, "digest.totals")),
        facts,
        tuple(_figures(digest)),
    )
    told = sentences(digest, (need(digest, "digest.lists"), need(digest, "digest.pending")))
    return Display(
        (Heading(digest.title, 1, "top"), box, Paragraph(told)),
        Document(
            digest.title,
            digest.area,
            digest.as_of.isoformat(),
            words.lang,
            digest.report_id,
            digest.text(need(digest, "digest.totals")),
        ),
    )


def _figures(digest: Digest) -> Iterator[Figure]:
    """New and ended agreements; none without a list to tell them by."""
    if digest.changes.listed.same:
        return
    cites = digest.ledger.numbers(need(digest, "digest.lists"))
    for kinds in _BOXED:
        n = len(digest.of(*kinds))
        label = digest.words.text(f"digest.figure.{kinds[0]}", {"n": n})
        yield Figure(digest.words.number(n), label, cites)


def summary(digest: Digest) -> Display:
    """How many changes of each kind there are, in agreements and in agencies."""
    counted = digest.claims("digest.kind.", "digest.nothing")
    blocks: list[Block] = [
        Heading(digest.words.text("digest.summary"), 2, "summary"),
        Bullets(tuple(sentence(digest, claim) for claim in counted)),
    ]
    if law := digest.claim("digest.st-g10"):
        blocks.append(Paragraph(sentence(digest, law)))
    return Display((*blocks, _note(digest, "digest.summary.note")))


def items(digest: Digest) -> Display:
    """Every change, by state and place, with the way to the brief of the place; then files."""
    blocks: list[Block] = []
    for state, told in digest.by_state:
        name = digest.words.heading(digest.national.gazetteer.state_by_postal(state).name)
        blocks += [
            Heading(name, 2, f"state-{state.lower()}"),
            Bullets(tuple(_place(digest, *of_place) for of_place in by_place(digest, told))),
        ]
    if blocks:
        blocks.append(_note(digest, "digest.links"))
    if files := digest.of("quarantined"):
        blocks += [
            Heading(digest.words.text("digest.files"), 2, "files"),
            Bullets(tuple(sentence(digest, item.claim) for item in files)),
        ]
    return Display(tuple(blocks))


ORDER = (head, summary, items, evidence)
"""The sections in the order of the notebook."""


def by_place(digest: Digest, told: Iterable[Item]) -> Iterator[tuple[Place, tuple[Item, ...]]]:
    """The items of a state by the place whose brief tells more: the state first, then by name."""

    def order(item: Item) -> tuple[bool, str, str]:
        home = digest.national.gazetteer.place(item.places[0])
        return home.kind != "state", home.name, home.geoid

    for (_, _, geoid), of_place in groupby(sorted(told, key=order), key=order):
        yield digest.national.gazetteer.place(geoid), tuple(of_place)


def _place(digest: Digest, place: Place, told: tuple[Item, ...]) -> Spans:
    words = digest.words
    name = words.text("digest.statewide") if place.kind == "state" else words.heading(place.name)
    return (
        Span(f"{name}. ", style="strong"),
        *sentences(digest, (item.claim for item in told)),
        Span(words.text("digest.brief"), href=digest.brief_link(place)),
    )


def _note(digest: Digest, message: str) -> Paragraph:
    until = {"until": digest.until.isoformat()}
    return Paragraph((Span(digest.words.text(message, until)),), role="note")
