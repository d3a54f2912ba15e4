"""Which standard form a memorandum follows: model, printed revision and generation."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from reportkit.moa.flow import Passage
from reportkit.moa.generations import Generation, generations
from reportkit.moa.prints import likeness
from reportkit.moa.search import Text, cutoff, find, fold, text
from reportkit.moa.values import Document, Template

_TITLES = {
    "TFM": ("287 g task force model", "task force model"),
    "JEM": ("287 g jail enforcement model", "jail enforcement model"),
    "WSO": ("warrant service officer program", "warrant service officer"),
}
_POWERS = {
    "TFM": ("assigned to various units teams or task forces",),
    "JEM": ("authorities under the jail enforcement model",),
    "WSO": (
        "only delegated the two authorities listed below",
        "designed to facilitate the custodial transfer of designated aliens",
    ),
}
"""What the sections on authorized functions say where no title names the model."""
_OPENING = 400
"""A title stands within so many letters of the beginning of an agreement."""
_FIRST = ("I", "II")
"""Sections with which an agreement begins; a number may be misread."""
_SUBJECT = ("immigration and customs enforcement", "1357 g", "287 g")
"""What a memorandum of agreement is about, of whatever form."""
_KIN = 0.3
"""An agreement of any form holds this share of the prints of some known standard text."""
# "Reviewed" is an approval's stamp. The word takes no figure of the date.
_REVISED = r"(?i)re[vy](?!iew)\w{0,5}?\W{0,3}(?<!\d)"
_PRINTED = (
    re.compile(rf"{_REVISED}([01O]?\d)[/1lI|!i.-]([0-3O]?\d)[/1lI|!i.-](20\d\d|\d\d)"),
    re.compile(rf"{_REVISED}([01O]\d)\D?([0-3O]\d)\D?(20\d\d)"),
)
_ALIKE = {False: 0.9, True: 0.72}
"""The share of its standard text's prints that a file holds, digital or scanned. Measured: digital
files of a known generation have 0.95 and more, scanned ones 0.77; other forms up to 0.9."""
_LEAST = 0.2
"""The share of readable pages is not taken as less: too little is read then to tell a form."""
_AHEAD = 0.05
"""Another standard text of the model that is more alike by this much speaks against one."""


def template(document: Document, passages: Sequence[Passage]) -> Template:
    """Model, generation and revision of a document; None for each that its content leaves open.

    `passages` is the flow of the document.

    The model comes from the title or, where that names none, from the powers that the agreement
    delegates. A generation needs its printed date, its text and its distinguishing marks.
    """
    read = text(passages)
    share = sum(page.readable for page in document.pages) / max(len(document.pages), 1)
    alike = {name: held / max(share, _LEAST) for name, held in likeness(read).items()}
    if max(alike.values()) < _KIN:
        return Template(None, None, None, None, None)
    model, page, quote = _model(read)
    revision = _revision(passages)
    scanned = sum(page.image for page in document.pages) * 2 > len(document.pages)
    generation = _generation(read, alike, model, revision, _ALIKE[scanned]) if model else None
    return Template(model, generation, revision, page, quote)


def by_marks(passages: Sequence[Passage]) -> Generation | None:
    """The generation that model, printed date and marks name, without a look at fingerprints.

    For deriving those from files; None where not exactly one generation fits.
    """
    read = text(passages)
    model, _, _ = _model(read)
    fits = [item for item in _of(model, _revision(passages)) if _marked(read, item)]
    return fits[0] if len(fits) == 1 else None


def agreements_in(passages: Sequence[Passage], pages: int) -> tuple[range, ...]:
    """The page ranges of the agreements in a file, one for each title page; () where none is.

    A further title that no first section follows is no beginning: such words also stand over
    single pages.

    Args:
        passages: the flow of the document.
        pages: how many it has.
    """
    headings = [item for item in passages if item.kind == "heading"]
    titles = sorted({item.page for item in headings if item.section is None})
    begun = [
        span.start
        for span in _followed(titles, pages)
        if any(item.section in _FIRST and item.page in span for item in headings)
    ]
    return _followed(begun if len(begun) > 1 else titles[:1], pages)


def _followed(starts: Sequence[int], pages: int) -> tuple[range, ...]:
    """Page ranges from each start to the next one, the last to the end."""
    return tuple(range(*pair) for pair in pairwise([*starts, pages + 1]))


def is_memorandum(document: Document, passages: Sequence[Passage], form: Template) -> bool:
    """Whether a document is a memorandum of agreement on immigration enforcement, or may be one.

    Every document that follows a known form is. Another one is not where all of it was read and it
    has no such title, or says nothing of immigration enforcement.
    """
    if form.model is not None or not all(page.readable for page in document.pages):
        return True
    titled = any(item.kind == "heading" and item.section is None for item in passages)
    read = text(passages)
    whole = ((0, len(read.folded)),)
    return titled and any(find(words, read, whole, cutoff(fold(words))) for words in _SUBJECT)


def _model(read: Text) -> tuple[str | None, int | None, str | None]:
    opening = ((0, min(_OPENING, len(read.folded))),)
    whole = ((0, len(read.folded)),)
    for signs, spans in ((_TITLES, opening), (_POWERS, whole)):
        hits = [
            (hit.score, model, hit)
            for model, phrases in signs.items()
            for phrase in phrases
            if (hit := find(phrase, read, spans, 85.0)) is not None
        ]
        if hits:
            _, model, hit = max(hits, key=lambda item: item[0])
            passage = read.passage(hit.start)
            return model, passage.page, passage.text
    return None, None, None


def _revision(passages: Sequence[Passage]) -> str | None:
    """The date that more than half of the pages with a readable one print."""
    dates = Counter(date for date in _dates(passages))
    if not dates:
        return None
    date, count = dates.most_common(1)[0]
    return date.isoformat() if count * 2 > dates.total() else None


def _dates(passages: Sequence[Passage]) -> Iterator[dt.date]:
    """One printed date a page."""
    running = (item for item in passages if item.kind in ("foot", "head"))
    for _, items in groupby(running, key=lambda item: item.page):
        line = " ".join(re.sub(r"\s+", "", item.text) for item in items)
        found = next((match for pattern in _PRINTED if (match := pattern.search(line))), None)
        if found:
            month, day, year = (int(part.upper().replace("O", "0")) for part in found.groups())
            try:
                yield dt.date(year if year > 99 else 2000 + year, month, day)
            except ValueError:
                continue


def _generation(
    read: Text, alike: Mapping[str, float], model: str, revision: str | None, least: float
) -> str | None:
    best = max(alike[item.text] for item in generations().values() if item.model == model)
    fits = [
        item.id
        for item in _of(model, revision)
        if alike[item.text] >= max(least, best - _AHEAD) and _marked(read, item)
    ]
    return fits[0] if len(fits) == 1 else None


def _of(model: str | None, revision: str | None) -> tuple[Generation, ...]:
    return tuple(
        item for item in generations().values() if item.model == model and item.revision == revision
    )


def _marked(read: Text, item: Generation) -> bool:
    whole = ((0, len(read.folded)),)
    has = all(find(mark, read, whole, cutoff(fold(mark))) for mark in item.marks)
    return has and not any(find(mark, read, whole, cutoff(fold(mark))) for mark in item.without)
