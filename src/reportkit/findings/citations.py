"""Citations of what a store holds: list rows, whole lists, packed inputs, cited facts."""

from __future__ import annotations

import hashlib
from functools import cache

from reportkit.evidence import Citation, Locator, Source
from reportkit.evidence.values import SourceKind
from reportkit.library import load_facts
from reportkit.library.facts import data_text
from reportkit.library.public_records import Statute
from reportkit.store import Agreement, ListRecord, MemorandumRecord, Row, Store

_PAGE = "https://www.ice.gov/identify-and-arrest/287g"
_PUBLISHER = "ICE"
_FORMS = "moa-forms"
_LAW = {"statute", "regulation"}
_OURS = "reportkit"
_WHOLE = Locator("whole")


class Citations:
    """Makes citations from a store; equal places in equal sources are equal citations."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def list(self, item: ListRecord) -> Citation:
        """A list as a whole, for what it does not show and for counts."""
        return Citation(self._source(item), _WHOLE)

    def row(self, row: Row) -> Citation:
        """One row of a list."""
        return Citation(self._source(row.list), Locator("row", str(row.row)))

    def input(self, identity: str, record: str = "") -> Citation:
        """A packed input: Census, gazetteer, or a record decided by hand."""
        item = self._store.sources[identity]
        source = Source(
            identity,
            item["kind"],  # type: ignore[arg-type]
            item["title"],
            item["publisher"],
            item["url"] or None,
            item["sha256"],
            item["retrieved"] or None,
            licence=item["licence"],
        )
        return Citation(source, Locator("record", record) if record else _WHOLE)

    def memorandum(
        self, record: MemorandumRecord, held: Agreement, page: int | None = None
    ) -> Citation:
        """A page of a memorandum, or the whole of it; `held` is the agreement that links it."""
        origin = self._store.origins.get(record.sha256, {})
        source = Source(
            f"memorandum-{record.sha256[:16]}",
            "memorandum",
            f"{record.file} ({held.agency.name}, {held.agency.state})",
            _PUBLISHER,
            held.moa_url,
            record.sha256,
            origin.get("captured") or None,
            origin.get("origin") or None,
        )
        return Citation(source, Locator("page", str(page)) if page else _WHOLE)

    def form(self, form: str) -> Citation:
        """The facts of a standard form."""
        return self.input(_FORMS, form)

    def table(self, name: str) -> Citation:
        """A table of the store as a whole, for what is counted over all that it holds."""
        digest = self._store.tables[f"{name}.csv"]["sha256"]
        return Citation(Source(name, "table", f"{name}.csv", _OURS, None, digest, None), _WHOLE)

    @staticmethod
    def library(name: str, record: str = "") -> Citation:
        """A data file of the library, for what it holds and what it does not."""
        return Citation(_data_file(name), Locator("record", record) if record else _WHOLE)

    @staticmethod
    def fact(identity: str) -> Citation:
        """A fact from a published source."""
        fact = load_facts()[identity]
        kind: SourceKind = "statute" if fact.topic in _LAW else "fact"
        # Facts of one document are places in one source.
        key = hashlib.sha256("\n".join((fact.publisher, fact.title, fact.url)).encode())
        source = Source(
            f"{kind}-{key.hexdigest()[:12]}",
            kind,
            fact.title,
            fact.publisher,
            fact.url,
            None,
            None,
            published=fact.published or None,
        )
        return Citation(source, Locator("section", fact.locator) if fact.locator else _WHOLE)

    @staticmethod
    def statute(law: Statute) -> Citation:
        """A verified law on public records."""
        source = Source(
            f"public-records-{law.state.lower()}",
            "statute",
            law.name,
            law.publisher,
            law.url,
            None,
            None,
            published=law.published or None,
        )
        return Citation(source, Locator("section", law.citation))

    def _source(self, item: ListRecord) -> Source:
        origin = self._store.origins.get(item.sha256, {})
        return Source(
            f"{item.kind}-{item.date.isoformat()}-{item.number}",
            "list" if item.kind == "participating" else "pending-list",
            item.file,
            _PUBLISHER,
            _PAGE,
            item.sha256,
            origin.get("captured") or None,
            origin.get("origin") or None,
        )


@cache
def _data_file(name: str) -> Source:
    """A data file of the library, read once for all briefs."""
    digest = hashlib.sha256(data_text(name).encode()).hexdigest()
    return Source(name, "library", f"{name}.yaml", _OURS, None, digest, None)
