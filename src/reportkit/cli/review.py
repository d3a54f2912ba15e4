"""The command that tells a reviewer what to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportkit.cli.options import fails_cleanly, json_option, store_option

if TYPE_CHECKING:
    from reportkit.messages import Catalogue
    from reportkit.production.newer import Newer
    from reportkit.production.signoff import SignOff


@click.command("review")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@json_option
@store_option
@fails_cleanly
def review_command(paths: tuple[Path, ...], as_json: bool, store: Path | None) -> None:
    """Print the reviewer's checklist of the briefs in PATHS: what is doubtful, and what to open.

    PATHS are folders with briefs in them, or brief.json files. Each checklist is in the brief's language:
    sources that disagree, claims of medium confidence, what could not be read, corrections, inputs
    that may be out of date; then who signed the brief off, and whether the store holds newer lists.
    """
    from reportkit.messages import catalogue
    from reportkit.production.checklist import as_markdown
    from reportkit.production.held import briefs_in, read_facts, require_current
    from reportkit.production.newer import newer
    from reportkit.production.review import as_data
    from reportkit.production.signoff import read_signoffs
    from reportkit.store import Store

    opened, told = Store(store), []
    for file in briefs_in(paths):
        facts = read_facts(file)
        require_current(file, facts)
        words, signed = catalogue(facts["lang"]), read_signoffs(file.parent)
        found = newer(facts, opened)
        if as_json:
            data = as_data(facts, words, signed)
            told.append({"path": str(file), **data, "newer": asdict(found) if found else None})
            continue
        click.echo(as_markdown(facts, words), nl=False)
        for line in _lines(facts, signed, found, words):
            click.echo(line)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _lines(
    facts: Mapping[str, Any],
    signed: tuple[SignOff, ...],
    found: Newer | None,
    words: Catalogue,
) -> Iterator[str]:
    """What is known today: newer lists, and who signed."""
    from reportkit.production.newer import newer_text
    from reportkit.production.signoff import counts

    yield ""
    if found:
        yield f"## {words.text('review.newer.title')}"
        yield ""
        yield newer_text(found, words)
        yield ""
    yield f"## {words.text('review.signed.title')}"
    yield ""
    if not signed:
        yield words.text("review.signed.none")
    for item in signed:
        name = "counts" if counts(item, facts["report_id"]) else "other"
        yield f"- {words.text(f'review.signed.{name}', asdict(item))}"
        yield from (f"  {line}" for line in item.notes.splitlines())
    yield ""
