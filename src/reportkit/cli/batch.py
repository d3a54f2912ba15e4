"""The command that makes the briefs of many places."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click
from click.core import ParameterSource

from reportkit.cli.options import (
    as_of_option,
    engine_option,
    fails_cleanly,
    formats_option,
    json_option,
    lang_option,
    notebook_option,
    states_option,
    store_option,
)
from reportkit.cli.progress import batch_progress
from reportkit.cli.recap import INTERRUPTED, exit_code, go_on, recap, summary
from reportkit.errors import InputError
from reportkit.production.formats import BRIEF, LIMIT, PROCESSES, SECONDS

if TYPE_CHECKING:
    from reportkit.production.request import Request

_KINDS = ("county", "state", "municipality")
_NOTHING = (
    "nothing to make is named; give a params file, - for names on standard input, --place, "
    "--state, --all or --resume"
)


def _filled(_context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """A value that is not empty, as that of an unset variable of a shell is."""
    if value is not None and not value.strip():
        raise click.BadParameter("is empty")
    return value


@click.command("batch", context_settings={"max_content_width": 100})
@click.argument("params", required=False, metavar="[PARAMS.yaml | -]")
@click.option(
    "--place", "places", multiple=True, metavar="NAME", help="A name or id; repeat for several."
)
@states_option("All counties of a state: a postal code; repeat for several.")
@click.option("--all", "everywhere", is_flag=True, help="All counties of the country.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice(_KINDS),
    help="What --state and --all mean; repeat for several.  [default: county]",
)
@click.option(
    "--jobs",
    metavar="N",
    type=click.IntRange(*PROCESSES),
    help="So many briefs at a time, each in a process of up to 600 MB.  [default: one a processor]",
)
@click.option(
    "--out",
    metavar="DIR|URL",
    default="outputs",
    show_default=True,
    callback=_filled,
    help="Folder, or address such as s3://bucket/briefs, to write below.",
)
@formats_option(*BRIEF)
@as_of_option
@store_option
@lang_option
@engine_option
@notebook_option
@click.option(
    "--limit",
    "seconds",
    type=click.IntRange(*SECONDS),
    default=LIMIT,
    show_default=True,
    metavar="SECONDS",
    help="The time that one brief may take; then it is held.",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Go on with the last run in OUT: what it was asked for, with the options given now on "
    "top. Beside a selection it changes nothing, as every run leaves what is current.",
)
@click.option("--again", is_flag=True, help="Make anew what is current, too.")
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    callback=_filled,
    help="Have the workers of a Dask scheduler, such as tcp://host:8786, make the briefs.",
)
@json_option
@click.pass_context
@fails_cleanly
def batch_command(
    context: click.Context,
    /,
    params: str | None,
    jobs: int | None,
    resume: bool,
    again: bool,
    scheduler: str | None,
    as_json: bool,
    **options: Any,
) -> None:
    """Make the briefs of many places; those that are current are left as they are.

    A params file says what to make and how (params/batch-example.yaml shows its keys); with - names
    or ids are read from standard input, one a line (blank lines and those that begin with # are left
    out). Options win over the file; places named by options take the place of all that it names.
    Paths are relative to the current folder.

    A brief is current when its inputs are what they were: what is on record about its place,
    notebook, code, and, with --as-of, every figure in it. A name that means no place, or several,
    and a brief that fails are held and the others go on. OUT/run/manifest.json says what was done
    and why, OUT/run/holds.csv what is held, with a command for each; with --json the manifest's
    summary goes to stdout. The first interrupt (Ctrl-C) ends what is begun, the second ends at once.

    \b
    Exit codes:
      0    all made or current
      1    could not run, or had to stop (a full disk, another store)
      2    wrong usage
      4    some held, all others made or current
      130  interrupted; reportkit batch --resume goes on
    """
    if jobs and scheduler:
        raise click.UsageError(
            "--jobs counts processes of this machine; leave it or --scheduler out"
        )
    given = {
        name: value
        for name, value in options.items()
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }
    # A store that the environment names gives way to those of the file and of the last run.
    settings = {"store": options["store"]} | _settings(params, resume, given)
    in_file = settings.pop("jobs", None)
    request = _request(settings)

    from reportkit.production.batch import run

    click.echo(f"Looking at what stands in {request.out} …", err=True)
    jobs = jobs or in_file or os.cpu_count() or 1
    try:
        with batch_progress() as tell:
            done = run(request, jobs=jobs, scheduler=scheduler, again=again, tell=tell)
    except KeyboardInterrupt:  # before there was anything to stop
        click.echo("Interrupted; what was written stays. The same command goes on.", err=True)
        sys.exit(INTERRUPTED)
    command = go_on(done, again=again)
    for line in recap(done, command):
        click.echo(line, err=True)
    if as_json:
        click.echo(json.dumps(summary(done, command), ensure_ascii=False))
    sys.exit(exit_code(done))


def _settings(params: str | None, resume: bool, given: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a request by name, and `jobs`: from the last run, the file, the options.

    Raises:
        click.UsageError: they name nothing to make, or what cannot be meant.
        ReportkitError: the file, or the manifest of the last run, cannot be used.
    """
    from reportkit.production.outputs import open_outputs
    from reportkit.production.params import read_params
    from reportkit.production.request import Request, selects, settled
    from reportkit.production.runfolder import last_request

    file: Mapping[str, Any] = {}
    if params == "-":
        given = _with_names(given)
    elif params:
        if not Path(params).exists():
            raise click.BadParameter(
                f"{params}: no such file; name places with --place", param_hint="PARAMS.yaml"
            )
        file = read_params(Path(params))
    settings = settled(file, given)
    if not selects(settings):
        if params == "-":
            raise click.UsageError("standard input names no place; write a name or id on each line")
        if not resume:
            raise click.UsageError(_NOTHING)
        out = settings.get("out", Request().out)
        settings = settled(asdict(last_request(out, open_outputs(out))), settings)
    elif "kinds" in settings and not (settings.get("states") or settings.get("everywhere")):
        raise click.UsageError("--kind (kinds) says what --state and --all mean; name one of them")
    if settings.get("states") and settings.get("everywhere"):
        raise click.UsageError("--all takes in every state; leave it or --state (states) out")
    return settings


def _with_names(given: Mapping[str, Any]) -> dict[str, Any]:
    """The same with the names of standard input, and the line of each, beside those of --place."""
    # There is none where it was closed.
    stream: BinaryIO = sys.stdin.buffer if sys.stdin else io.BytesIO()
    if stream.isatty():
        click.echo("Names or ids, one a line; Ctrl-D ends them.", err=True)
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError("standard input: it is no text in UTF-8; save it as UTF-8") from error
    where: dict[str, str] = {}
    for number, line in enumerate(io.StringIO(text, newline=None), start=1):
        name = line.strip()
        if name and not name.startswith("#"):
            where.setdefault(name, f"line {number}")
    places = dict.fromkeys((*given.get("places", ()), *where))
    return {**given, "places": tuple(places), "where": where}


def _request(settings: Mapping[str, Any]) -> Request:
    from reportkit.production.request import Request

    paths = {name: settings.get(name) for name in ("store", "notebook")}
    return Request(
        **{**settings, **{name: str(path) if path else None for name, path in paths.items()}}
    )
