"""The command that lists and checks cited facts."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from reportkit.cli.options import fails_cleanly, json_option, state_option

if TYPE_CHECKING:
    from reportkit.library import Fact


@click.command("facts")
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--topic", metavar="TOPIC", help="Facts of one topic, for example state-law.")
@state_option("Facts about one state or territory: a postal code.")
@click.option(
    "--confidence", type=click.Choice(["high", "medium"]), help="Facts of one confidence."
)
@click.option(
    "--check", is_flag=True, help="Check the package's facts and conflicts, or the facts of FILE."
)
@click.option("--online", is_flag=True, help="With --check: also ask for each address.")
@json_option
@fails_cleanly
def facts_command(
    file: Path | None,
    topic: str | None,
    state: str | None,
    confidence: str | None,
    check: bool,
    online: bool,
    as_json: bool,
) -> None:
    """List the facts from published sources that briefs cite, or check them.

    One line for each fact: id, topic, confidence, publisher, date, sentence. With --check, one
    line for each problem and exit 1 where there is one; FILE is a list of such facts in YAML,
    written like the package's library/data/facts.yaml.
    """
    if check:
        if topic or state or confidence:
            raise click.UsageError("--check looks at all facts; leave out the other options")
        _check(file, online, as_json)
        return
    if file or online:
        raise click.UsageError("FILE and --online need --check")
    _list(_chosen(topic, state, confidence), as_json)


def _chosen(topic: str | None, state: str | None, confidence: str | None) -> list[Fact]:
    from reportkit.library import load_facts
    from reportkit.library.facts import Topic

    if topic and topic not in get_args(Topic):
        raise click.BadParameter(
            f"{topic!r} is none; use one of {', '.join(get_args(Topic))}", param_hint="--topic"
        )
    wanted = {
        "topic": topic,
        "state": state,
        "confidence": confidence,
    }
    return [
        fact
        for fact in load_facts().values()
        if all(value in (None, getattr(fact, name)) for name, value in wanted.items())
    ]


def _list(facts: list[Fact], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_record(fact) for fact in facts], ensure_ascii=False, indent=1))
        return
    for fact in facts:
        click.echo(_lines(fact) if sys.stdout.isatty() else "\t".join(_cells(fact)))
    click.echo(f"{len(facts)} fact(s)", err=True)


def _cells(fact: Fact) -> tuple[str, ...]:
    from reportkit.messages import catalogue

    sentence = catalogue("en").text(f"fact.{fact.id}")
    return fact.id, fact.topic, fact.confidence, fact.publisher, fact.published, sentence


def _lines(fact: Fact) -> str:
    """A fact for a terminal: what it is, then its sentence, indented and wrapped."""
    identity, *about, sentence = _cells(fact)
    head = " · ".join(item for item in (identity, *about) if item)
    width = shutil.get_terminal_size().columns
    return f"{head}\n{click.wrap_text(sentence, width, '    ', '    ')}"


def _record(fact: Fact) -> dict[str, Any]:
    """A fact with all its fields, its sentence, its limits and where sources do not agree."""
    from reportkit.library.conflicts import conflicts_of
    from reportkit.messages import catalogue

    words = catalogue("en")
    limit = f"limit.{fact.id}"
    return {
        **dataclasses.asdict(fact),
        "text": words.text(f"fact.{fact.id}"),
        "limit": words.text(limit) if limit in words else None,
        "conflicts": [
            {"id": held.id, "text": words.text(f"conflict.{held.id}")}
            for held in conflicts_of(fact.id)
        ],
    }


def _check(file: Path | None, online: bool, as_json: bool) -> None:
    from reportkit.library.checking import checked, package_facts
    from reportkit.library.entries import file_text

    facts, problems = checked(file_text(file)[0], str(file)) if file else package_facts()
    if online:
        from reportkit.library.online import unreachable

        problems += (
            f"{file or 'library/data/facts.yaml'} ({fact.id}): url: {fact.url}: {reason}"
            for fact, reason in unreachable(facts.values())
        )
    if as_json:
        click.echo(
            json.dumps({"facts": len(facts), "problems": problems}, ensure_ascii=False, indent=1)
        )
    else:
        for problem in problems:
            click.echo(problem)
    # Where a record is wrong, none of the file is taken; their number would mislead.
    counted = f"{len(facts)} fact(s), " if facts or not problems else ""
    click.echo(f"{counted}{len(problems)} problem(s)", err=True)
    if problems:
        sys.exit(1)
