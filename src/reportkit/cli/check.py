"""The command that checks statements of a file against the record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.cli.options import as_of_option, fails_cleanly, json_option, store_option

if TYPE_CHECKING:
    from reportkit.evidence import Citation, Claim
    from reportkit.library.statements import Statement
    from reportkit.messages import Catalogue


@click.command("check")
@click.argument(
    "path", metavar="CLAIMS.yaml", type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@as_of_option
@json_option
@store_option
@fails_cleanly
def check_command(path: Path, as_of: str | None, as_json: bool, store: Path | None) -> None:
    """Check the statements in CLAIMS.yaml against the record, each with verdict and sources.

    Exit 0 when the file could be read and checked, whatever the verdicts: they are results, not
    errors. The file params/claims-example.yaml shows what one holds.
    """
    from reportkit.findings import Citations, National, as_of_date
    from reportkit.findings.factcheck import checked_claims
    from reportkit.findings.verdicts import check
    from reportkit.library.entries import file_text
    from reportkit.library.statements import read_statements
    from reportkit.messages import catalogue
    from reportkit.places import Gazetteer
    from reportkit.store import Store

    text, digest = file_text(path)
    statements = read_statements(text, str(path))
    if not statements:
        raise click.ClickException(f"{path}: it holds no statement; begin each record with '- id:'")
    opened = Store(store)
    national = National(opened, opened.snapshot(as_of_date(as_of, opened)), Gazetteer.load())
    words, cite = catalogue("en"), Citations(opened)
    owner = words.text("check.cli.file")

    def said(statement: Statement) -> Citation:
        return _record(path, digest, owner, statement)

    told = [
        _told(item, tuple(checked_claims([check(item, national)], cite, said)), words)
        for item in statements
    ]
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for number, item in enumerate(told, start=1):
        for line in _lines(number, item, words):
            click.echo(line)


def _record(path: Path, digest: str, owner: str, statement: Statement) -> Citation:
    """Where a statement is recorded: its record in the file."""
    from reportkit.evidence import Citation, Locator, Source

    source = Source(path.name, "library", path.name, owner, None, digest, None)
    return Citation(source, Locator("record", statement.id))


def _told(statement: Statement, claims: tuple[Claim, ...], words: Catalogue) -> dict[str, Any]:
    """A statement with verdict, record and sources, JSON-safe; `claims` are those on it."""
    own, *more = claims
    *_, record = words.parts(own.message, own.values)
    texts = [record, *(words.text(claim.message, claim.values) for claim in more)]
    cited = dict.fromkeys(item for claim in (own, *more) for item in claim.evidence)
    # The record of the statement itself comes last.
    evidence = sorted(cited, key=lambda item: item.source.kind == "library")
    source = statement.source
    return {
        "id": statement.id,
        "text": statement.text,
        "source": {
            "publisher": source.publisher,
            "title": source.title,
            "published": source.published,
            "url": source.url or None,
        },
        "measure": statement.measure,
        "date": statement.date or None,
        "verdict": str(own.values["verdict"]).removeprefix("check.verdict."),
        "verdict_text": words.template(str(own.values["verdict"])),
        "record": " ".join(texts),
        "values": {
            key: value
            for key, value in own.values.items()
            if key not in ("said", "publisher", "published", "verdict")
        },
        "rule": own.rule,
        "evidence": [
            {
                "id": item.source.id,
                "kind": item.source.kind,
                "title": item.source.title,
                "publisher": item.source.publisher,
                "url": item.source.url,
                "locator": words.text(
                    f"locator.{item.locator.kind}", {"value": item.locator.value}
                ),
                "sha256": item.source.sha256,
            }
            for item in evidence
        ],
    }


def _lines(number: int, told: dict[str, Any], words: Catalogue) -> Iterator[str]:
    """One block of text a statement."""
    source = told["source"]
    published = words.period(source["published"])
    if number > 1:
        yield ""
    yield f"{number}. {told['text']}"
    yield f"   {words.text('check.cli.said')}: {source['publisher']}, {source['title']}, {published}"
    yield f"   {words.text('check.head.verdict')}: {told['verdict_text']}"
    yield f"   {words.text('check.head.record')}: {told['record']}"
    yield f"   {words.text('check.cli.sources')}:"
    for item in told["evidence"]:
        digest = f", SHA-256 {item['sha256'][:16]}" if item["sha256"] else ""
        where = f", {item['url']}" if item["url"] else ""
        yield f"   - {item['title']}, {item['locator']} ({item['publisher']}{digest}{where})"
