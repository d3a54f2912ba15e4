"""The archive: every file once, in order of time, bad lists set apart with the reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportkit.errors import ListError
from reportkit.roster.codes import code_list
from reportkit.roster.dates import date_list
from reportkit.roster.names import canonical
from reportkit.roster.values import DatedList, FileNote, Kind, ListFile, Verdict

# A list that lacks more than this share of what the list before it held is checked against the
# lists that follow; real exits have never come near it.
_PARTIAL = 0.05
# Share of the rows by which a list may differ from the one between itself and its like.
_FEW_ROWS = 0.01
# A smaller loss than this is no sign of damage however short the list.
_FEW = 2
# A loss is real once so many lists, or one of a week later, bear it out; but a list within the wait
# that brings the missing agreements back proves all before it partial.
_RECOVERY = 3
_WEEK, _WAIT = dt.timedelta(days=7), dt.timedelta(days=14)
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Archive:
    """The good lists of each kind in order of time, and what became of every file."""

    participating: tuple[DatedList, ...]
    pending: tuple[DatedList, ...]
    notes: tuple[FileNote, ...]


def arrange(files: Iterable[ListFile], unreadable: Iterable[FileNote] = ()) -> Archive:
    """Date the files, fold files of the same bytes, quarantine reposts of old content and partial lists.

    Nothing is lost: each file has a note, and a bad one never stops the others.
    """
    notes = list(unreadable)
    dated: list[DatedList] = []
    seen: set[tuple[str, dt.date]] = set()
    for file in sorted(files, key=lambda file: (file.name, file.sha256)):
        try:
            _check_codes(file)
            item = date_list(file)
        except ListError as error:
            notes.append(_note(file, "quarantined", "", str(error)))
            continue
        # The same bytes under the name of another day show that the list still stood then.
        if (file.sha256, item.date) in seen:
            notes.append(_note(file, "copy", "", "same bytes as another file of the day"))
            continue
        seen.add((file.sha256, item.date))
        dated.append(item)
    good: dict[Kind, tuple[DatedList, ...]] = {}
    for kind in ("participating", "pending"):
        lists = sorted(
            (item for item in dated if item.file.kind == kind),
            key=lambda item: (item.date, item.order, item.file.name),
        )
        kept: list[DatedList] = lists
        dropped: list[FileNote] = []
        if kind == "participating":
            kept, dropped = _without_partial(kept)
        kept, reposts = _without_reposts(kept)
        dropped += reposts
        good[kind] = tuple(kept)
        notes += dropped
        notes += [_note(item.file, "used", item.id, f"date {item.rule}") for item in kept]
    return Archive(good["participating"], good["pending"], tuple(sorted(notes, key=_by_name)))


def _by_name(note: FileNote) -> tuple[str, str, str]:
    return note.name, note.sha256, note.verdict


def _note(file: ListFile, verdict: Verdict, list_id: str, reason: str) -> FileNote:
    return FileNote(
        file.name,
        file.sha256,
        file.kind,
        verdict,
        list_id,
        reason,
        len(file.rows),
    )


def _check_codes(file: ListFile) -> None:
    """Stop on a value outside the code lists, naming the file and the row."""
    for number, row in file.rows:
        where = f"{file.name} row {number}"
        if code_list("state").encode(row.state, where) is None:
            raise ListError(f"{where}: no state for {row.agency!r}; repair the workbook")
        code_list("type").encode(row.type, where)
        if code_list("model").encode(row.model, where) is None and file.kind == "participating":
            raise ListError(f"{where}: no model for {row.agency!r}; repair the workbook")


def _without_reposts(lists: Sequence[DatedList]) -> tuple[list[DatedList], list[FileNote]]:
    """Set apart a list that repeats old content after other content was published.

    A list that repeats the one before it stays: it shows what was still listed on its day. So does
    one that takes a few rows of the list before it back: an agency off the list for once.
    """
    kept: list[DatedList] = []
    notes: list[FileNote] = []
    last: dict[frozenset[tuple[str, ...]], DatedList] = {}
    for item in lists:
        known = last.get(item.file.content)
        if known and item.file.kind == "participating" and not _taken_back(item, known, kept):
            reason = f"repeats the list of {known.date} ({known.file.name}) after newer lists"
            notes.append(_note(item.file, "repost", "", reason))
            continue
        kept.append(_distinct(item, kept))
        last[item.file.content] = kept[-1]
    return kept, notes


def _taken_back(item: DatedList, known: DatedList, kept: Sequence[DatedList]) -> bool:
    """True where only the list just before differs from the known one, and by a few rows."""
    between = [other.file.content for other in kept if known.date <= other.date]
    contents = [c for i, c in enumerate(between) if i == 0 or c != between[i - 1]]
    return len(contents) <= 2 and len(item.file.content ^ contents[-1]) <= _FEW_ROWS * len(
        item.file.content
    )


def _distinct(item: DatedList, kept: Sequence[DatedList]) -> DatedList:
    """Two different lists of one day and part get two ids."""
    if kept and (kept[-1].date, kept[-1].order) >= (item.date, item.order):
        return replace(item, order=kept[-1].order + 1)
    return item


def _without_partial(lists: Sequence[DatedList]) -> tuple[list[DatedList], list[FileNote]]:
    """Set a list apart that lacks a large part of the list before it and is not borne out later."""
    keys = [_keys(item) for item in lists]
    kept: list[int] = []
    notes: list[FileNote] = []
    for index, item in enumerate(lists):
        if kept:
            before = keys[kept[-1]]
            missing = before - keys[index]
            limit = max(_PARTIAL * len(before), _FEW)
            if len(missing) > limit and not _confirmed(missing, index, lists, keys):
                notes.append(
                    _note(
                        item.file,
                        "quarantined",
                        "",
                        f"partial: {len(missing)} of the {len(before)} agreements of "
                        f"{lists[kept[-1]].file.name} are missing and no later list bears that out; "
                        "give the file again with the lists that follow",
                    )
                )
                continue
        kept.append(index)
    return [lists[index] for index in kept], notes


def _confirmed(
    missing: set[_Key], index: int, lists: Sequence[DatedList], keys: Sequence[set[_Key]]
) -> bool:
    """True where the lists that follow bear a large loss out, for long enough and without exception."""
    day = lists[index].date
    later = range(index + 1, len(lists))
    soon = [n for n in later if n <= index + _RECOVERY or lists[n].date - day <= _WAIT]
    back = any(len(missing & keys[number]) >= len(missing) / 2 for number in soon)
    return not back and (len(soon) >= _RECOVERY or any(lists[n].date - day >= _WEEK for n in soon))


def _keys(item: DatedList) -> set[_Key]:
    state, model = code_list("state"), code_list("model")
    found = set()
    for number, row in item.file.rows:
        where = f"{item.file.name} row {number}"
        code = state.encode(row.state, where) or ""
        found.add((code, canonical(code, row.agency), model.encode(row.model, where) or ""))
    return found
