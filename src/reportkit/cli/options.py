"""Options that commands share, and how errors end a command."""

from __future__ import annotations

import errno
import functools
import gc
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from reportkit.errors import AmbiguousPlace, ReportkitError, UnknownPlace
from reportkit.production.formats import ENGINES, LANGUAGES

_P = ParamSpec("_P")
_R = TypeVar("_R")

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    envvar="REPORTKIT_STORE",
    help="Folder of an evidence store.  [default: the embedded one]",
)
as_of_option = click.option(
    "--as-of", metavar="DATE", help="Day like 2026-05-18.  [default: day of the newest list]"
)
lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    default=LANGUAGES[0],
    show_default=True,
    help="Language.",
)
out_option = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    help="Folder to write below.",
)
engine_option = click.option(
    "--engine",
    type=click.Choice(list(ENGINES)),
    default="reportkit",
    show_default=True,
    help="Run the notebook in this process or, slower, in a kernel of its own.",
)


notebook_option = click.option(
    "--notebook",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A notebook of your own in place of the package's.",
)


def _postal(_context: click.Context, _parameter: click.Parameter, value: Any) -> Any:
    """Postal codes in capitals, refused where no state or territory has one."""
    if value is None:
        return None
    from reportkit.places import Gazetteer

    def capital(code: str) -> str:
        try:
            return Gazetteer.load().state_by_postal(code).state
        except UnknownPlace as error:
            raise click.ClickException(
                f"--state: {code!r} is no postal code of a state or territory; write one like FL"
            ) from error

    return capital(value) if isinstance(value, str) else tuple(map(capital, value))


def state_option(text: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """The option `--state`, a postal code; `text` says what it narrows."""
    return click.option("--state", metavar="FL", callback=_postal, help=text)


def states_option(text: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """The option `--state`, which may be repeated; `text` says what it adds."""
    return click.option(
        "--state", "states", multiple=True, metavar="FL", callback=_postal, help=text
    )


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def formats_option(*formats: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """The option `--format`, which may be repeated, with these to choose from."""
    return click.option(
        "--format",
        "formats",
        type=click.Choice(formats),
        multiple=True,
        help="What to write; repeat for several.  [default: all]",
    )


def fails_cleanly(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """End a command on an error of ours or of the files with its message and exit code 1."""
    return _ending(command, {})


def names_a_place(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """The same; exit code 2 for a name that several places share, 3 for one that none has."""
    return _ending(command, {AmbiguousPlace: 2, UnknownPlace: 3})


def _ending(
    command: Callable[_P, _R], codes: Mapping[type[ReportkitError], int]
) -> Callable[_P, _R]:
    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except ReportkitError as error:
            click.echo(f"Error: {error}", err=True)
            sys.exit(codes.get(type(error), 1))
        except OSError as error:
            # A reader that ends early, such as head, is no fault; click ends quietly.
            if error.errno == errno.EPIPE:
                raise
            where = error.filename or "the result"
            raise click.ClickException(
                f"{where}: it cannot be read or written: {error.strerror or error}"
            ) from error

    return run


def collects_nothing(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Run a command without looking for garbage.

    One brief leaves nothing worth collecting, and looking for it takes a tenth of the time.
    """

    @functools.wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        gc.disable()
        done = command(*args, **kwargs)
        # Nor at the end, which would look through every object of the libraries.
        gc.freeze()
        return done

    return run
