"""The command that prints what one memorandum says."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportkit.cli.options import fails_cleanly, json_option, store_option

if TYPE_CHECKING:
    from reportkit.messages import Catalogue
    from reportkit.moa.consensus import Standard
    from reportkit.moa.declared import Term
    from reportkit.moa.memorandum import Memorandum
    from reportkit.moa.values import Found

_FIELDS = (
    *("model", "template_revision", "complete", "lea_name"),
    *("lea_signatory", "lea_title", "lea_signed", "ice_signatory", "ice_title", "ice_signed"),
    *("opla_location", "lea_contact", "addendum", "addendum_subject", "addendum_signed"),
)


@click.command("moa")
@click.argument("path", metavar="FILE.pdf", type=click.Path(exists=True, path_type=Path))
@json_option
@store_option
@fails_cleanly
def moa_command(path: Path, as_json: bool, store: Path | None) -> None:
    """Say what the memorandum of agreement in FILE.pdf says, with pages.

    Departures from the standard form show where the store (--store) holds the text of that form: a
    store that memoranda were added to. Of a folder of memoranda, the departures of all are listed;
    its own files then give the standard text too.
    """
    from reportkit.cli.progress import progress
    from reportkit.moa.collection import collect, load_standards, merged, standards_of
    from reportkit.store import Store

    standards = load_standards(Store(store).standard_text)
    files = sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    with progress("Reading") as told:
        read = collect(files, told)
        for failure in read.failures:
            if not path.is_dir():
                raise click.ClickException(failure.reason)
            click.echo(f"Error: {failure.reason}", err=True)
        if not read.memoranda:
            raise click.ClickException(f"{path}: no memorandum there; name PDFs of memoranda")
        if path.is_dir():
            standards = merged(standards, standards_of(read.memoranda))
    for line in _told(read.memoranda, standards, folder=path.is_dir(), as_json=as_json):
        click.echo(line)


def _told(
    memoranda: Sequence[Memorandum],
    standards: Mapping[str, Standard],
    *,
    folder: bool,
    as_json: bool,
) -> Iterator[str]:
    from reportkit.messages import catalogue
    from reportkit.moa.deviation_report import Compared, deviation_report
    from reportkit.moa.memorandum import as_json as memorandum_json
    from reportkit.moa.memorandum import compared, standard_text

    if as_json:
        data = [memorandum_json(compared(item, standards)) for item in memoranda]
        yield json.dumps(data if folder else data[0], ensure_ascii=False, indent=1)
    elif folder:
        held = [Compared(item.document, standard_text(item)) for item in memoranda]
        yield deviation_report(held, standards).rstrip()
    else:
        yield from _lines(compared(memoranda[0], standards), catalogue("en"))


def _lines(memorandum: Memorandum, words: Catalogue) -> Iterator[str]:
    """The memorandum as lines of text: parties, terms by group, signatures, deviations, limits."""
    from reportkit.moa.contacts import scrub
    from reportkit.moa.declared import declared, statement

    document = memorandum.document
    yield words.text("moa.head", {"file": document.name, "pages": len(document.pages)})
    form = memorandum.template.generation
    yield words.text("moa.form" if form else "moa.form.unknown", {"form": form or ""})
    for name in _FIELDS:
        yield _line(words.text(f"moa.field.{name}"), memorandum.fields[name], words)
    groups: dict[str, list[Term]] = defaultdict(list)
    for term in declared():
        groups[term.heading].append(term)
    for heading, members in groups.items():
        yield f"\n{words.text(heading)}"
        for term in members:
            found = memorandum.terms[term.id]
            yield f"  {words.text(*statement(term.id, found))}{_where(found, words)}"
    yield f"\n{words.text('moa.signatures')}"
    for item in memorandum.signatures:
        state = {True: "intact", False: "broken", None: "unchecked"}[item.intact]
        yield "  " + words.text(
            "moa.signature",
            {
                "field": item.field,
                "signer": item.signer or words.text("moa.state.unreadable"),
                "signed": item.signed_at or words.text("moa.state.unreadable"),
                "state": words.text(f"moa.signature.{state}"),
            },
        )
    if not memorandum.signatures:
        yield "  " + words.text("moa.signatures.none")
    yield f"\n{words.text('moa.deviations')}"
    if memorandum.deviations is None:
        yield "  " + words.text("moa.deviations.not_compared")
    elif not memorandum.deviations:
        yield "  " + words.text("moa.deviations.none")
    for part in memorandum.deviations or ():
        yield "  " + words.text(
            f"moa.deviation.{part.kind}",
            {
                "page": part.page,
                "section": part.section or "",
                "standard": scrub(part.standard),
                "words": scrub(part.words),
            },
        )
    for note, told in document.notes:
        yield words.text(note, told)


def _line(label: str, found: Found, words: Catalogue) -> str:
    """One point: its label, what is found, page and remark."""
    # "No" is an answer that was found, as is "yes".
    state = "absent" if found.value is False else found.state
    value = found.value if isinstance(found.value, str) else words.text(f"moa.state.{state}")
    return f"  {label}: {value}{_where(found, words)}"


def _where(found: Found, words: Catalogue) -> str:
    page = f" ({words.text('locator.page', {'value': found.page})})" if found.page else ""
    remark = f" [{words.text(f'moa.remark.{found.note}')}]" if found.note else ""
    return page + remark
