"""Two editions, or two days, side by side: as text, as data and as a page."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from reportkit.brief.blocks import Block, Document, Heading, Paragraph, Span, Table
from reportkit.brief.diff import Diff, compare
from reportkit.brief.diff_tables import Facts
from reportkit.brief.diff_words import Part, Row, heads, moved, parts, place_name, summary, title
from reportkit.brief.display import Display
from reportkit.brief.envelope import SCHEMA_VERSION as FACTS_VERSION
from reportkit.brief.spans import to_spans
from reportkit.errors import InputError
from reportkit.messages import Catalogue
from reportkit.production.editions import DIGEST, NATION, kind_of
from reportkit.production.formats import LANGUAGES
from reportkit.production.held import read_facts, require_current
from reportkit.render.write import write_all
from reportkit.store import Store

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SCHEMA_VERSION = "1.0"
# So many rows of a part are told as text; the page and the data have all.
_SHOWN = 20
_WIDTH = 100
_FOLDED = {"share", "evidence", "claim"}
"""What a page shows closed, as other parts tell the same in short."""


@dataclass(frozen=True, slots=True)
class Result:
    """What changed, as text for people and as JSON-safe data; `page` draws it as HTML."""

    text: str
    data: Mapping[str, Any]
    displays: tuple[Display, ...]

    def page(self) -> bytes:
        """One HTML page, drawn as a brief is."""
        from reportkit.render import HtmlBriefExporter
        from reportkit.render.shown import shown

        drawn: str = HtmlBriefExporter().from_notebook_node(shown(self.displays))[0]
        return drawn.encode()


def of_editions(old: Facts, new: Facts, words: Catalogue) -> Result:
    """What changed between two editions by their facts.

    Raises:
        InputError: they are of two subjects, or in the wrong order.
    """
    diff = compare(old, new)
    return Result(as_text(diff, words), as_data(diff), (display(diff, words),))


def of_lists(since: str, until: str, state: str | None, store: Store, lang: str) -> Result:
    """What changed between the lists of two days: a digest of the period, of all or of one state.

    Raises:
        DateError: the period is reversed or empty, or begins before the first list.
    """
    from reportkit.brief.digest import make_digest

    kind = kind_of(DIGEST)
    digest = make_digest(since, until, (state,) if state else (), (), store, lang)
    (text,) = kind.beside["text"].make(digest).values()
    displays = tuple(section(digest) for section in kind.sections)
    return Result(text.decode(), kind.facts(digest), displays)


def is_day(text: str) -> bool:
    """Whether an argument is a day and no path."""
    return bool(_DAY.fullmatch(text)) and not Path(text).exists()


def sides(
    old: str, new: str, place: str | None, store: Store, lang: str | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts of two editions, each named by its folder or brief.json, or by a day.

    An edition of a day is made now from the store: of `place`, or of what the other argument is of.

    Raises:
        ReportkitError: an argument is no edition, or no place is named for a day.
    """
    read = {text: _read(Path(text)) for text in (old, new) if not is_day(text)}
    subject = next((facts["jurisdiction"] for facts in read.values()), None)
    if place is None and subject is None:
        raise InputError(f"{old}, {new}: two days; name a place, or compare the lists themselves")
    lang = lang or next((facts["lang"] for facts in read.values()), LANGUAGES[0])
    first, second = (
        read[text] if text in read else _made(text, place, subject, store, lang)
        for text in (old, new)
    )
    return first, second


def _read(path: Path) -> dict[str, Any]:
    facts = read_facts(path)
    if facts.get("schema_version") == FACTS_VERSION:
        require_current(path, facts)
    return facts


def _made(
    day: str, place: str | None, subject: dict[str, Any] | None, store: Store, lang: str
) -> dict[str, Any]:
    """The facts of a brief as of a day, by this store and this code."""
    from reportkit.findings import find_place
    from reportkit.places import Gazetteer

    if place:
        found = find_place(place, store, Gazetteer.load())
        subject = {"geoid": found.geoid, "kind": found.kind}
    assert subject is not None
    kind = kind_of(subject["kind"] if subject["kind"] == NATION else "place")
    data = {"jurisdiction": subject, "as_of": day, "lang": lang}
    facts: dict[str, Any] = json.loads(json.dumps(kind.facts(kind.again(data, store))))
    return facts


def as_data(diff: Diff) -> dict[str, Any]:
    """The changes as JSON-safe data: the shape of `diff.schema.json`."""
    data: dict[str, Any] = asdict(diff)
    subject = {"geoid": data.pop("geoid"), "kind": data.pop("kind"), "name": data.pop("name")}
    return {"schema_version": SCHEMA_VERSION, "subject": subject, **json.loads(json.dumps(data))}


def as_text(diff: Diff, words: Catalogue) -> str:
    """The changes as lines for a terminal or a mail."""
    return "\n".join(_lines(diff, words)) + "\n"


def _lines(diff: Diff, words: Catalogue) -> Iterator[str]:
    yield title(diff, words)
    yield from heads(diff, words)
    yield ""
    yield from textwrap.wrap(summary(diff, words), _WIDTH)
    for part in parts(diff, words):
        yield ""
        yield f"{part.title} ({len(part.rows)})"
        for row in part.rows[:_SHOWN]:
            yield from _row(row, part, words)
        if (more := len(part.rows) - _SHOWN) > 0:
            yield f"- {words.text('diff.more', {'n': more})}"
    if told := moved(diff, words):
        yield ""
        yield from textwrap.wrap(told, _WIDTH)


def _row(row: Row, part: Part, words: Catalogue) -> Iterator[str]:
    """A row; long texts stand below each other, with signs that tell old from new."""
    if len(row.name) + len(row.old) + len(row.new) < _WIDTH and row.old and row.new:
        yield f"- {row.name}: {row.old} → {row.new}"
        return
    yield f"- {row.name}"
    for sign, text in (("−", row.old), ("+", row.new)):
        if text and text != words.text("diff.none"):
            yield from textwrap.wrap(
                text,
                96,
                initial_indent=f"  {sign} ",
                subsequent_indent="    ",
                break_long_words=False,
                break_on_hyphens=False,
            )


def display(diff: Diff, words: Catalogue) -> Display:
    """The changes as blocks, which the exporters draw."""
    name = title(diff, words)
    about = words.text("diff.place", {"place": place_name(diff)})
    blocks: list[Block] = [
        Heading(name, 1, "top"),
        *(Paragraph((Span(line),)) for line in heads(diff, words)),
        Paragraph((Span(summary(diff, words)),), role="lead"),
    ]
    for part in parts(diff, words):
        blocks += [Heading(part.title, 2, part.about), _table(part, diff, words)]
    if told := moved(diff, words):
        blocks.append(Paragraph((Span(told),), role="note"))
    blocks.append(Paragraph((Span(words.text("diff.note")),), role="note"))
    document = Document(name, about, diff.new.as_of, words.lang)
    return Display(tuple(blocks), document, last=True)


def _table(part: Part, diff: Diff, words: Catalogue) -> Table:
    none = words.text("diff.none")
    return Table(
        _caption(part, diff, words),
        (words.text("diff.head.what"), *_heads(diff, words)),
        tuple(
            (
                to_spans(row.what),
                (Span(row.old or none, lang=row.langs[0] if row.old else None),),
                (Span(row.new or none, lang=row.langs[1] if row.new else None),),
            )
            for row in part.rows
        ),
        ("left",) * 3,
        folded=part.about in _FOLDED,
        widths=(2.4, 3, 3),
    )


def _caption(part: Part, diff: Diff, words: Catalogue) -> str:
    """What a table shows; of a closed one, how much there is in it."""
    if part.about in _FOLDED or diff.old.as_of == diff.new.as_of:
        return words.text("diff.rows", {"n": len(part.rows)})
    return words.text("diff.caption", {"old": diff.old.as_of, "new": diff.new.as_of})


def _heads(diff: Diff, words: Catalogue) -> tuple[str, str]:
    """What the two columns are of: the days, where these differ."""
    old, new = diff.old.as_of, diff.new.as_of
    if old == new:
        return words.text("diff.head.old"), words.text("diff.head.new")
    return words.date(old), words.date(new)


def write_page(file: Path, page: bytes) -> None:
    """Write a page whole.

    Raises:
        InputError: the name is that of a folder, or of something else than a page.
        OutputError: it could not be written.
    """
    if file.is_dir() or file.suffix not in (".html", ".htm"):
        raise InputError(f"{file}: no name for a page; write one like changes.html")
    write_all(file.parent, {file.name: page})
