"""The letters beside a brief, as text: to the local agency for public records, and to ICE.

They are in English, the language of those who answer them; the note for the sender is in that of
the brief.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from reportkit.brief.assemble import Brief
from reportkit.evidence import Value
from reportkit.findings.asks import Shown, awaited, find_asked, gone, letter_items, ours, ranked
from reportkit.library.asking import To
from reportkit.library.public_records import FEDERAL, load_statutes
from reportkit.messages import LANGUAGES, Catalogue, catalogue
from reportkit.store import Agreement, Waiting

Kind = Literal["title", "heading", "paragraph", "bullet", "number"]

NAMES: Mapping[To, str] = {"agency": "records-request", "federal": "foia-request"}
"""The names of the letters' files, without an ending, by whom each is to."""

# So many agencies are named in a letter; of more, the number is told.
_NAMED = 8
_Held = Agreement | Waiting


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a letter. Numbers and bullets are drawn by whoever writes it."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with blanks in [brackets]; `name` is that of its file, without an ending."""

    name: str
    title: str
    parts: tuple[Part, ...]


def letters(brief: Brief) -> tuple[Letter, ...]:
    """The public-records request and the federal one."""
    return tuple(_letter(brief, name, to) for to, name in NAMES.items())


def _letter(brief: Brief, name: str, to: To) -> Letter:
    title = _english().text(f"letter.{to}.title", {"place": brief.place.full_name})
    return Letter(name, title, tuple(_Writer(brief, to).parts(title)))


def _english() -> Catalogue:
    return catalogue(LANGUAGES[0])


class _Writer:
    """Writes one letter from what a brief shows."""

    def __init__(self, brief: Brief, to: To) -> None:
        self._brief, self._words, self._to = brief, _english(), to
        self._asked = find_asked(brief.status)
        laws = load_statutes()
        self._statute = laws[FEDERAL] if to == "federal" else laws.get(brief.place.state)
        self._held = self._of_agency() if to == "agency" else self._of_all()

    def parts(self, title: str) -> Iterator[Part]:
        """The letter from the top to the note for the sender."""
        yield Part("title", title)
        yield self._say("letter.blank.date")
        yield self._say("letter.blank.name")
        yield self._say("letter.blank.address")
        yield self._recipient()
        yield self._law()
        yield from self._shown()
        yield self._say("letter.items", "heading")
        yield self._since()
        brief = self._brief
        for item in letter_items(self._to, brief.status, brief.papers, brief.national):
            yield self._say(f"request.{item.id}", "number")
        yield self._say("letter.handling", "heading")
        for name in ("form", "privacy", "fees", "reasons", "close"):
            yield self._say(f"letter.{name}")
        yield self._say("letter.blank.name")
        yield self._tell("letter.note", "heading")
        yield from self._note()

    def _say(self, message: str, kind: Kind = "paragraph", **values: Value) -> Part:
        return Part(kind, self._words.text(message, values))

    def _tell(self, message: str, kind: Kind = "paragraph", **values: Value) -> Part:
        """The same in the language of the brief, for the sender."""
        return Part(kind, self._brief.words.text(message, values))

    def _recipient(self) -> Part:
        place, agency = self._brief.place, self._asked.agency
        if self._to == "federal":
            return self._say("letter.federal.to")
        if agency is None:
            return self._say(f"letter.agency.to.{place.kind}", place=place.full_name)
        return self._say("letter.agency.to", agency=agency.name, state=place.state_name)

    def _law(self) -> Part:
        """The law asked under, a blank where none is verified, and what the letter is about."""
        state, statute = self._brief.place.state_name, self._statute
        law = (
            self._words.text("letter.law", {"name": statute.name, "citation": statute.citation})
            if statute
            else self._words.text("letter.blank.law", {"state": state})
        )
        return self._say(f"letter.{self._to}.law", law=law, state=state)

    def _shown(self) -> Iterator[Part]:
        """What ICE's lists show: a line for each agreement, or for each agency in the federal one."""
        yield self._say("letter.about")
        place, date = self._brief.place, self._brief.national.snapshot.list.date.isoformat()
        if self._asked.agency is None:
            kind = "state" if place.kind == "state" else "local"
            yield self._say(f"letter.none.{kind}", place=place.full_name, date=date)
            if self._to == "agency":
                yield self._say("letter.none.ask")
        for kind, held in self._held.items():
            if held:
                yield self._say(f"letter.{self._to}.{kind}", date=date)
                yield from self._agreements(held) if self._to == "agency" else self._agencies(held)

    def _of_agency(self) -> Mapping[str, Sequence[_Held]]:
        asked = self._asked
        return {"listed": asked.listed, "waiting": asked.waiting, "ended": asked.ended}

    def _of_all(self) -> Mapping[str, Sequence[_Held]]:
        """Of all agencies that the brief is about, in the order in which to ask them."""
        status = self._brief.status
        found: dict[str, tuple[Shown, ...]] = {
            "listed": ours(status, status.listed),
            "waiting": awaited(status),
            "ended": gone(status),
        }
        return {
            kind: [item.held for item in ranked(status, items)] for kind, items in found.items()
        }

    def _agreements(self, held: Sequence[_Held]) -> Iterator[Part]:
        yield from (Part("bullet", self._row(item)) for item in held)

    def _agencies(self, held: Sequence[_Held]) -> Iterator[Part]:
        rows: dict[str, list[str]] = {}
        for item in held:
            rows.setdefault(item.agency.name, []).append(self._row(item))
        for agency in list(rows)[:_NAMED]:
            yield self._say("letter.agency", "bullet", agency=agency, rows=tuple(rows[agency]))
        if len(rows) > _NAMED:
            yield self._say("letter.more", "bullet", n=len(rows) - _NAMED)

    def _row(self, held: _Held) -> str:
        """One agreement: the model with what the lists say of it."""
        if isinstance(held, Waiting):
            kind = "waiting" if held.model else "waiting.unprinted"
            signed = None
        else:
            signed = held.signed.isoformat() if held.signed else None
            kind = held.status if signed else f"{held.status}.undated"
        values: dict[str, Value] = {
            "model": held.model,
            "signed": signed,
            "last": held.last.list.date.isoformat(),
        }
        return self._words.text(f"letter.row.{kind}", values)

    def _since(self) -> Part:
        """From the first day that the lists give for what they show; else a blank."""
        days = [
            (isinstance(item, Agreement) and item.signed) or item.first.list.date
            for held in self._held.values()
            for item in held
        ]
        if not days:
            return self._say("letter.since.blank")
        return self._say("letter.since", date=min(days).isoformat())

    def _note(self) -> Iterator[Part]:
        """For the sender: where the facts are from, who else can be asked."""
        brief, others = self._brief, self._asked.others
        yield self._tell(
            "letter.note.source",
            place=brief.place.full_name,
            date=brief.as_of.isoformat(),
            report=brief.report_id,
        )
        if self._statute:
            read = self._statute.confidence == "high"
            yield self._tell(
                "letter.note.statute" if read else "letter.note.statute.reported",
                publisher=self._statute.publisher,
                url=self._statute.url,
            )
        if others and self._to == "agency":
            more = len(others) - _NAMED
            yield self._tell(
                "letter.note.others.many" if more > 0 else "letter.note.others",
                agencies=tuple(f"letter.named {agency.name}" for agency in others[:_NAMED]),
                n=more,
            )
