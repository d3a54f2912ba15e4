"""What changed between two editions in words: parts of rows, which text and page both show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reportkit.brief.diff import Change, Diff, Field, Side
from reportkit.brief.diff_tables import ABOUT, About
from reportkit.messages import Catalogue, Run
from reportkit.messages.marks import SOURCE
from reportkit.places import Gazetteer

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_COUNTIES = re.compile(r"[0-9]{5}( [0-9]{5})*")
_CODE = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One value in both editions; empty where an edition has none.

    `what` is in parts, those of another language apart; `langs` are those of `old` and `new`, None
    where they are that of the words.
    """

    what: tuple[Run, ...]
    old: str
    new: str
    langs: tuple[str | None, str | None] = (None, None)

    @property
    def name(self) -> str:
        """What it is, as text."""
        return "".join(run.text for run in self.what)


@dataclass(frozen=True, slots=True)
class Part:
    """The rows about one thing."""

    about: About
    title: str
    rows: tuple[Row, ...]


def title(diff: Diff, words: Catalogue) -> str:
    """The title: the place, and that these are two editions."""
    return words.text("diff.title", {"place": place_name(diff)})


def place_name(diff: Diff) -> str:
    """The whole name of the subject."""
    return Gazetteer.load().full_name(diff.geoid, diff.name)


def heads(diff: Diff, words: Catalogue) -> Iterator[str]:
    """Which two editions these are, and what becomes of languages and versions that differ."""
    for name, side in (("old", diff.old), ("new", diff.new)):
        yield words.text(
            f"diff.{name}",
            {"as_of": side.as_of, "list_date": side.list_date, "report_id": side.report_id},
        )
    if diff.old.lang != diff.new.lang:
        yield words.text("diff.langs", {"old": _language(diff.old), "new": _language(diff.new)})
    if diff.old.schema_version != diff.new.schema_version:
        versions = {"old": diff.old.schema_version, "new": diff.new.schema_version}
        yield words.text("diff.versions", versions)


def _language(side: Side) -> str:
    return f"diff.lang.{side.lang}"


def summary(diff: Diff, words: Catalogue) -> str:
    """In one sentence what changed, or that nothing did."""
    counted = [(about, len(diff.of(about))) for about in ABOUT]
    told = tuple(words.text(f"diff.count.{about}", {"n": n}) for about, n in counted if n)
    return words.text("diff.changed", {"what": told}) if told else words.text("diff.nothing")


def moved(diff: Diff, words: Catalogue) -> str:
    """In one line what only moved, empty where nothing did."""
    old, new, counts = diff.old, diff.new, diff.moved
    told = []
    if old.list_date != new.list_date:
        told.append(words.text("diff.moved.list", {"old": old.list_date, "new": new.list_date}))
    if old.pending_list_date != new.pending_list_date:
        days = {"old": old.pending_list_date or "none", "new": new.pending_list_date or "none"}
        told.append(words.text("diff.moved.pending", days))
    if old.age_days != new.age_days:
        told.append(words.text("diff.moved.age", {"old": old.age_days, "new": new.age_days}))
    for name in ("rows", "dated", "renumbered", "reworded"):
        if n := getattr(counts, name):
            told.append(words.text(f"diff.moved.{name}", {"n": n}))
    return words.text("diff.moved", {"what": tuple(told)}) if told else ""


def parts(diff: Diff, words: Catalogue) -> tuple[Part, ...]:
    """What changed, by what it is about; only what has rows."""
    found = (
        Part(
            about,
            words.text(f"diff.about.{about}"),
            tuple(
                row
                for kind in ("changed", "new", "gone")
                for change in diff.of(about)
                if change.kind == kind and not _told_above(change)
                for row in _rows(change, diff, words)
            ),
        )
        for about in ABOUT
    )
    return tuple(part for part in found if part.rows)


# Claims that say in a sentence what another part tells.
_ABOVE = ("context.law.", "gaps.share.")


def _told_above(change: Change) -> bool:
    return change.about == "claim" and change.key.startswith(_ABOVE)


# What tells at a glance what is new or gone.
_TOLD: Mapping[About, tuple[str, ...]] = {
    "agreement": ("status", "signed", "first_listed", "last_listed", "first_absent", "covers"),
    "pending": ("status", "first_listed", "last_listed"),
    "departure": ("last_listed", "first_absent"),
    "correction": ("field", "printed", "value", "reason"),
    "evidence": ("published", "retrieved", "sha256"),
    "neighbour": ("models",),
    "figure": ("agreements", "agencies"),
}


def _rows(change: Change, diff: Diff, words: Catalogue) -> Iterator[Row]:
    name, none = _name(change, words), words.text("diff.none")
    told = _TOLD.get(change.about, ())
    if change.about in _WHOLE:
        said = change.about in _SAID
        langs = _other(diff.old.lang, words), _other(diff.new.lang, words)
        old, new = _WHOLE[change.about](change, words)
        yield Row(name, old, new, langs if said else (None, None))
    elif change.about == "figure" and change.key not in _BY_FIELD:
        yield Row(name, _counts(change, "old", words), _counts(change, "new", words))
    elif change.kind == "changed":
        for field in sorted(change.fields, key=lambda field: _place(field.name, told)):
            label = _label(field.name, words)
            what = (*name, Run(f": {label}")) if label else name
            old, new = (_value(field, value, words) for value in (field.old, field.new))
            yield Row(what, old or none, new or none)
    else:
        gone = change.kind == "gone"
        shown = [(field, field.old if gone else field.new) for field in change.fields]
        texts = [
            f"{_label(field.name, words)}: {_value(field, value, words) or none}"
            for field, value in sorted(shown, key=lambda item: _place(item[0].name, told))
            if field.name in told
        ]
        text = "; ".join(texts) or words.text("diff.there")
        yield Row(name, text, "") if gone else Row(name, "", text)


# The figures of a place's brief; in the nation's, one row tells of a state.
_BY_FIELD = {"state", "nation"}


def _counts(change: Change, side: str, words: Catalogue) -> str:
    """The counts of a state or a kind of agency that changed."""
    held = [(field, getattr(field, side)) for field in change.fields]
    return "; ".join(
        f"{_label(field.name, words)}: {_value(field, value, words)}"
        for field, value in held
        if value is not None
    )


def _place(name: str, told: tuple[str, ...]) -> int:
    """Where a field stands: those that tell most come first."""
    return told.index(name) if name in told else len(told)


_SAID = {"law", "claim"}
"""Those that are told in sentences of the editions themselves."""


def _other(lang: str, words: Catalogue) -> str | None:
    """A language where it is not that of the words."""
    return lang if lang != words.lang else None


def _name(change: Change, words: Catalogue) -> tuple[Run, ...]:
    """What a change is about, as a reader knows it."""
    match change.about:
        case "agreement" | "pending" | "departure" | "term":
            model, _, agency = change.name.partition(" ")
            if agency and f"model.{model}" in words:
                return words.runs("agreement", {"model": model, "agency": agency})
        case "gap" | "share":
            message = f"gaps.name.{change.key}"
            return (Run(words.text(message) if message in words else change.key),)
        case "answer":
            return (Run(words.text("diff.about.answer")),)
        case "figure":
            return (Run(_figure(change.key, words)),)
        case "law":
            return (Run(words.text("diff.law")),)
        case "claim":
            return (Run(change.key),)
        case "neighbour":
            return words.runs("diff.place", {"place": change.name})
    # Names of agencies, titles of sources and published statements are the source's.
    return (Run(change.name, _other(SOURCE, words)),)


def _figure(key: str, words: Catalogue) -> str:
    """State, nation, a state by its postal code, or a kind of agency."""
    kind = key.replace(" ", "-")
    if key in ("state", "nation"):
        return words.text(f"diff.figure.{key}")
    if len(key) == 2 and key.isupper():
        return words.text("diff.place", {"place": Gazetteer.load().state_by_postal(key).name})
    return words.text(f"kind.{kind}") if f"kind.{kind}" in words else key


def _sentences(change: Change, words: Catalogue) -> tuple[str, str]:
    """Both sentences of a claim."""
    (field,) = change.fields
    return field.old or "", field.new or ""


def _gap(change: Change, words: Catalogue) -> tuple[str, str]:
    """What was found on a safeguard in either edition."""
    (field,) = change.fields
    return _finding(field.old, words), _finding(field.new, words)


def _finding(held: Mapping[str, Any] | None, words: Catalogue) -> str:
    """By the texts on hand, else by standard forms; how many agreements lack it."""
    if held is None:
        return ""
    for basis in ("texts", "forms"):
        if found := held[basis]:
            state = f"diff.value.{found['worst']}"
            values = {"state": state, "k": found["lack"], "n": found["known"]}
            return words.text(f"diff.gap.{basis}", values)
    return words.text(f"diff.value.{held['state']}")


def _share(change: Change, words: Catalogue) -> tuple[str, str]:
    """How many agreements of the nation share a gap."""
    (field,) = change.fields
    old, new = (
        words.text("diff.share", {"k": item["lack"], "n": item["known"]})
        for item in (field.old, field.new)
    )
    return old, new


def _verdict(change: Change, words: Catalogue) -> tuple[str, str]:
    """The verdict on a statement in either edition."""
    (field,) = change.fields
    return _value(field, field.old, words), _value(field, field.new, words)


_WHOLE: Mapping[About, Callable[[Change, Catalogue], tuple[str, str]]] = {
    "law": _sentences,
    "claim": _sentences,
    "statement": _verdict,
    "gap": _gap,
    "share": _share,
}
"""Those that one row tells whatever of it changed."""


def _label(name: str, words: Catalogue) -> str:
    """What a field is called."""
    if name == "answer":
        return ""
    group, _, rest = name.partition(".")
    identity, _, detail = rest.partition(".")
    prefix = {"terms": "terms.name", "parties": "review.field"}.get(group)
    if prefix:
        known = f"{prefix}.{identity}" in words
        label = words.text(f"{prefix}.{identity}") if known else identity.replace("_", " ")
        told = detail in ("", "state", "value")
        return label if told else f"{label}, {words.text('diff.field.page')}"
    if group == "models" and f"model.{rest}" in words:
        return words.model(rest)
    key = f"diff.field.{name}"
    return words.text(key) if key in words else name


def _value(field: Field, value: Any, words: Catalogue) -> str:
    """A value as a reader knows it; nothing where there is none."""
    if value is None or value == []:
        return ""
    if isinstance(value, bool):
        return words.text("diff.yes" if value else "diff.no")
    if isinstance(value, int | float):
        return words.number(value)
    if isinstance(value, list):
        return words.join(tuple(_value(field, item, words) for item in value))
    if isinstance(value, dict):
        return ", ".join(str(item) for item in value.values() if item)
    return _code(field.name, str(value), words)


# The catalogue's name of a code, by the field that holds it.
_CODES = {
    "answer": "answer",
    "covers": "reason",
    "models": "model",
    "still_listed": "model",
    "model": "model",
    "agency_kind": "kind",
    "verdict": "check.verdict",
    "field": "review.column",
}


def _code(name: str, text: str, words: Catalogue) -> str:
    if _DAY.fullmatch(text):
        return words.date(text)
    if name == "published":
        return words.period(text)
    if name in ("value", "county_geoid") and _COUNTIES.fullmatch(text):
        return _counties(text, words)
    code = text.replace(" ", "-")
    if _CODE.fullmatch(code):
        for prefix in (_CODES.get(name, ""), "diff.value"):
            if prefix and f"{prefix}.{code}" in words:
                return words.text(f"{prefix}.{code}")
    if name == "sha256" or name.endswith(".sha256"):
        return text[:16]
    return words.text("diff.reason", {"reason": text}) if name == "reason" else text


def _counties(text: str, words: Catalogue) -> str:
    """Counties by their ids."""
    gazetteer = Gazetteer.load()
    known = tuple(gazetteer.place(geoid).name for geoid in text.split() if geoid in gazetteer)
    return words.text("diff.counties", {"counties": known}) if known else text
