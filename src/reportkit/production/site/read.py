"""Finds the editions below a folder of briefs. What is no whole edition is named and left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from reportkit.errors import InputError, UnknownPlace
from reportkit.places import Gazetteer, Place
from reportkit.production import record
from reportkit.production.folders import FIRST, PROGRAM, edition_folder, place_folder
from reportkit.production.formats import LANGUAGES
from reportkit.production.outputs import Held, LocalOutputs
from reportkit.production.signoff import NAME as SIGNED
from reportkit.production.signoff import SignOff, read_signoffs
from reportkit.production.site import facts
from reportkit.production.site.facts import Opening, PlaceFacts

JSON = "brief.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POSTAL = re.compile(r"[a-z]{2}")
_DIGESTS = "us/digest"
_DIGEST = re.compile(
    rf"(?P<since>{_DAY.pattern})--(?P<until>{_DAY.pattern})(?:-(?P<scope>[\w-]+))?"
)
_ANSWER = "bottom.answer"
_Facts = TypeVar("_Facts", bound=Opening)


@dataclass(frozen=True, slots=True)
class Written:
    """One edition on disk.

    `folder` is relative to the root, `files` the size in bytes of each file that may be offered.
    """

    folder: str
    facts: Opening
    files: dict[str, int]
    signoffs: tuple[SignOff, ...]


@dataclass(frozen=True, slots=True)
class WrittenBrief(Written):
    """One edition of a brief on a place."""

    facts: PlaceFacts
    place: Place
    answer: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One digest on disk: its period, what it is narrowed to, its page in each language."""

    since: str
    until: str
    scope: str
    pages: dict[str, str]


@dataclass(slots=True)
class Found:
    """What lies below a folder; `problems` has a line for each thing left out."""

    briefs: list[WrittenBrief] = field(default_factory=list)
    programs: list[Written] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    feeds: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def find_written(root: Path) -> Found:
    """The editions, digests and feeds below a folder, in the order of their addresses.

    Raises:
        InputError: there is no such folder.
    """
    if not root.is_dir():
        raise InputError(f"{root}: no such folder; name the one that briefs were written to")
    found = Found()
    outputs = LocalOutputs(root)
    homes = (
        f"{state.name}/{place.name}"
        for state in sorted(root.iterdir())
        if _POSTAL.fullmatch(state.name) and state.name not in LANGUAGES and state.is_dir()
        for place in sorted(state.iterdir())
        if place.is_dir() and not place.is_symlink()
    )
    for home in homes:
        if home == _DIGESTS:
            continue
        for day in filter(_DAY.fullmatch, outputs.days(home)):
            for lang in LANGUAGES:
                _edition(root, edition_folder(home, day, lang), home == PROGRAM, found)
    found.digests.extend(_digests(root))
    for lang in LANGUAGES:
        suffix = "" if lang == FIRST else f".{lang}"
        names = (f"feeds/digest{suffix}.{kind}" for kind in ("atom", "json"))
        if held := [name for name in names if (root / name).is_file()]:
            found.feeds[lang] = held
    return found


def _edition(root: Path, folder: str, nation: bool, found: Found) -> None:
    """Add the edition of a folder, or say what is wrong with it; nothing where there is none."""
    held = {
        item.name: Held(item.stat().st_size, 0.0)
        for item in sorted((root / folder).glob("[!.]*"))
        if item.is_file()
    }
    if not held.keys() - {SIGNED}:
        return
    try:
        if JSON not in held:
            raise InputError(f"no {JSON} is there; make it again with --format json too")
        data = (root / folder / JSON).read_bytes()
        remarks = _remarks(root / folder, data, held)
        found.problems += [f"{root / folder}: {remark}; it is not offered" for remark in remarks]
        signoffs = _signoffs(root / folder, found)
        files = {
            name: item.size
            for name, item in held.items()
            if not any(remark.startswith(f"{name} ") for remark in remarks)
        }
        if nation:
            held_facts = _checked(facts.NATION, data)
            _in_place(folder, PROGRAM, held_facts)
            found.programs.append(Written(folder, held_facts, files, signoffs))
        else:
            found.briefs.append(_brief(folder, data, files, signoffs))
    except InputError as error:
        found.problems.append(f"{root / folder}: left out: {error}")
    except OSError as error:
        found.problems.append(f"{root / folder}: left out: {error.strerror or error}")


def _brief(
    folder: str, data: bytes, files: dict[str, int], signoffs: tuple[SignOff, ...]
) -> WrittenBrief:
    held = _checked(facts.PLACE, data)
    try:
        place = Gazetteer.load().place(held.jurisdiction.geoid)
    except UnknownPlace as error:
        raise InputError(f"{JSON}: {error}") from error
    _in_place(folder, place_folder(place), held)
    answer = next((claim.text for claim in held.claims if claim.id == _ANSWER), None)
    if answer is None:
        raise InputError(f"{JSON}: it has no claim {_ANSWER}")
    # Of the claims nothing else is shown, and those of thousands of briefs fill the memory.
    return WrittenBrief(folder, replace(held, claims=()), files, signoffs, place, answer)


def _checked(adapter: TypeAdapter[_Facts], data: bytes) -> _Facts:
    try:
        return adapter.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = "/".join(map(str, first["loc"])) or "the file"
        raise InputError(f"{JSON}: {where}: {first['msg']}; make the brief again") from error


def _in_place(folder: str, home: str, held: Opening) -> None:
    wanted = edition_folder(home, held.as_of, held.lang)
    if folder != wanted:
        raise InputError(f"{JSON}: it is an edition of {wanted}; move it there, or away")


def _remarks(folder: Path, data: bytes, held: dict[str, Held]) -> list[str]:
    """What files are not as the record of the edition says, where there is one.

    Raises:
        InputError: the facts are not those that were written.
    """
    if record.NAME not in held:
        return []
    made = record.Record.from_bytes((folder / record.NAME).read_bytes())
    if made is None:
        return [f"{record.NAME} is damaged"]
    noted = made.files.get(JSON)
    if noted and noted[1] != hashlib.sha256(data).hexdigest():
        raise InputError(f"{JSON} was changed since it was made; make the brief again")
    return [line for line in record.damaged(made, held) if not line.endswith(" is gone")]


def _signoffs(folder: Path, found: Found) -> tuple[SignOff, ...]:
    try:
        return read_signoffs(folder)
    except InputError as error:
        found.problems.append(str(error))
        return ()


def _digests(root: Path) -> Iterator[Digest]:
    for folder in sorted((root / _DIGESTS).glob("*")):
        named = _DIGEST.fullmatch(folder.name)
        home = f"{_DIGESTS}/{folder.name}"
        pages = {
            lang: f"{home}/digest.html" if lang == FIRST else f"{home}/{lang}/digest.html"
            for lang in LANGUAGES
        }
        there = {lang: page for lang, page in pages.items() if (root / page).is_file()}
        if named and there:
            yield Digest(named["since"], named["until"], named["scope"] or "", there)
