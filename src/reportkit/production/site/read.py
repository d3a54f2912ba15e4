"""Finds the editions below a folder of briefs. What is no whole edition is named and left out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from reportkit.brief.digest import HOME as DIGESTS
from reportkit.errors import InputError, UnknownPlace, one_line
from reportkit.places import Gazetteer, Place
from reportkit.production import record
from reportkit.production.folders import FEEDS, FIRST, PROGRAM, edition_folder, place_folder
from reportkit.production.formats import LANGUAGES
from reportkit.production.outputs import Held, LocalOutputs
from reportkit.production.signoff import NAME as SIGNED
from reportkit.production.signoff import SignOff, read_signoffs
from reportkit.production.site import facts
from reportkit.production.site.facts import Opening, Period, PlaceFacts

JSON = "brief.json"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_POSTAL = re.compile(r"[a-z]{2}")
# Feeds are named by the nation or by the home of a place, and by their language.
_WHOLE = "digest"
_FEED = re.compile(r"(?P<home>[\w-]+(?:/[\w-]+)?)(?:\.(?P<lang>[a-z]{2}))?\.(?:atom|json)")

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

    period: Period
    states: tuple[str, ...]
    places: tuple[Place, ...]
    pages: Mapping[str, str]

    def is_about(self, postal: str, geoid: str) -> bool:
        """True where it is narrowed to the state, or to the place or places of the state.

        Args:
            postal: of the state.
            geoid: of the place; the state's for the state itself.
        """
        of_state = [place for place in self.places if place.state == postal]
        if len(geoid) == 2:
            return postal in self.states or bool(of_state)
        return any(place.geoid == geoid for place in of_state)


@dataclass(slots=True)
class Found:
    """What lies below a folder.

    `feeds` has the feeds of digests by home, empty for that of the nation, and language; `problems`
    a line for each thing left out.
    """

    briefs: list[WrittenBrief] = field(default_factory=list)
    programs: list[Written] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    feeds: dict[tuple[str, str], list[str]] = field(default_factory=dict)
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
        if home == DIGESTS:
            continue
        for day in filter(_DAY.fullmatch, outputs.days(home)):
            for lang in LANGUAGES:
                _edition(root, edition_folder(home, day, lang), home == PROGRAM, found)
    _add_digests(root, found)
    for path in sorted((root / FEEDS).rglob("*")):
        if (named := _FEED.fullmatch(path.relative_to(root / FEEDS).as_posix())) and path.is_file():
            home = "" if named["home"] == _WHOLE else named["home"]
            held = found.feeds.setdefault((home, named["lang"] or FIRST), [])
            held.append(path.relative_to(root).as_posix())
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


def _add_digests(root: Path, found: Found) -> None:
    for folder in sorted((root / DIGESTS).glob("*")):
        files = {
            lang: root / edition_folder(DIGESTS, folder.name, lang) / "digest.json"
            for lang in LANGUAGES
        }
        pages = {lang: file.with_suffix(".html") for lang, file in files.items()}
        there = {
            lang: page.relative_to(root).as_posix()
            for lang, page in pages.items()
            if page.is_file()
        }
        try:
            if there:
                found.digests.append(_digest(files[min(there)], there))
        except InputError as error:
            found.problems.append(f"{folder}: left out: {error}")
        except OSError as error:
            found.problems.append(f"{folder}: left out: {error.strerror or error}")


def _digest(file: Path, pages: Mapping[str, str]) -> Digest:
    try:
        held = facts.DIGEST.validate_json(file.read_bytes())
        places = tuple(Gazetteer.load().place(item.geoid) for item in held.scope.places)
    except (ValidationError, UnknownPlace) as error:
        told = one_line(error)
        raise InputError(f"{file.name}: {told}; make the digest again") from error
    return Digest(held.period, held.scope.states, places, pages)
