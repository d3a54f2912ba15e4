"""Which agreement of the roster a memorandum is, and where a link leads to another's document."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from reportkit.roster import Agency, Roster
from reportkit.roster.agreements import Agreement, agency_id
from reportkit.roster.codes import code_list
from reportkit.roster.links import file_name
from reportkit.roster.names import canonical, distinctive, numbers

# Dates that lie so close are one signing (see `roster.agreements`).
_SAME_SIGNING = dt.timedelta(days=60)
# Likeness of names, 0 to 100. Two readings of one name reach the first; the words that tell two
# agencies apart ("Lee", "Bay") stay below the second.
_SAME_NAME = 86
_OTHER_NAME = 75
_Words = Callable[[str, str], tuple[str, ...]]
_SHORT_FORM = re.compile(r"[({\[].*?[)}\]]|[({\[].*$")


@dataclass(frozen=True, slots=True)
class Content:
    """What matching needs of one memorandum. Dates are ISO text; None is not known."""

    sha256: str
    file: str
    agency: str | None
    model: str | None
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Where one memorandum belongs.

    `agreement` is the id of its agreement, None where none or several fit; `rule` says how it was
    found or why not. `misplaced` are agreements whose newest link leads to the file although it
    is another's; `differs` names what the document says otherwise than these (agency, model).
    """

    sha256: str
    agreement: str | None
    rule: str
    misplaced: tuple[str, ...] = ()
    differs: tuple[str, ...] = ()


class Matcher:
    """Matches memoranda to the agreements of one roster."""

    def __init__(self, roster: Roster) -> None:
        self._agencies: Mapping[str, Agency] = {item.id: item for item in roster.agencies}
        self._held: dict[str, list[Agreement]] = defaultdict(list)
        self._links: dict[str, list[Agreement]] = defaultdict(list)
        for agreement in roster.agreements:
            self._held[agency_id(agreement.agency)].append(agreement)
            for name in _linked_names(agreement):
                self._links[name].append(agreement)

    def match(self, content: Content) -> Match:
        """The agreement of one memorandum: by the link that leads to it where what it says agrees,
        else by what it says alone."""
        name = content.file.casefold()
        differing = {item.id: self._differs(item, content) for item in self._links.get(name, [])}
        agreeing = [item for item in self._links.get(name, []) if not differing[item.id]]
        misplaced = tuple(
            item.id
            for item in self._links.get(name, [])
            if differing[item.id] and _newest_link(item) == name
        )
        differs = tuple(sorted({what for key in misplaced for what in differing[key]}))
        if agreeing:
            best = self._best(agreeing, content)
            return Match(content.sha256, best.id, "link", misplaced, differs)
        named = self._named(content)
        own = named[0].id if len(named) == 1 else None
        rule = "content" if own else "several fit" if named else "none fits"
        return Match(content.sha256, own, rule, misplaced, differs)

    def _best(self, agreements: Iterable[Agreement], content: Content) -> Agreement:
        """Of agreements that share a link: the agency that the document names, the nearest date."""
        days = _days(content)

        def order(item: Agreement) -> tuple[float, int, str]:
            agency = self._agencies[agency_id(item.agency)]
            alike = _likeness(agency, content.agency) if content.agency else 0.0
            far = (
                min((abs((item.signed - day).days) for day in days), default=0)
                if item.signed
                else 0
            )
            return -alike, far, item.id

        return min(agreements, key=order)

    def _differs(self, agreement: Agreement, content: Content) -> tuple[str, ...]:
        """What is known of the memorandum and cannot be this agreement's."""
        agency = self._agencies[agency_id(agreement.agency)]
        found = []
        if content.agency and _kinship(agency, content.agency) < _OTHER_NAME:
            found.append("agency")
        if content.model and content.model != agreement.model:
            found.append("model")
        return tuple(found)

    def _named(self, content: Content) -> list[Agreement]:
        """The agreements that the document's own words fit: agency, model, date."""
        if not content.agency or not content.model:
            return []
        alike = {
            key: score
            for key, agency in self._agencies.items()
            if (score := _likeness(agency, content.agency)) >= _SAME_NAME
        }
        top = max(alike.values(), default=0)
        fitting = [
            agreement
            for key, score in alike.items()
            if score == top
            for agreement in self._held[key]
            if agreement.model == content.model and _same_signing(agreement, content)
        ]
        return sorted(fitting, key=lambda item: item.id)


def _newest_link(agreement: Agreement) -> str:
    return file_name(agreement.rows[agreement.last].printed.moa_url).casefold()


def _linked_names(agreement: Agreement) -> set[str]:
    return {
        name.casefold()
        for row in (*agreement.rows.values(), *agreement.doubles)
        for url in (row.printed.moa_url, row.printed.addendum_url)
        if (name := file_name(url))
    }


def _likeness(agency: Agency, name: str) -> float:
    """How alike a printed name and the nearest spelling of an agency are, 0 to 100: the words that
    tell agencies apart, and the whole name."""
    return max(
        min(
            fuzz.token_sort_ratio(*_told(agency.state, spelling, name, words))
            for words in (distinctive, _all_words)
        )
        for spelling in agency.spellings
    )


def _kinship(agency: Agency, name: str) -> float:
    """The same by the words that tell agencies apart alone, where a longer form of a name is the
    name: a document that says more than the list is no other agency's."""
    return max(
        fuzz.token_set_ratio(*_told(agency.state, spelling, name, distinctive))
        for spelling in agency.spellings
    )


def _told(state: str, spelling: str, name: str, words: _Words) -> tuple[str, str]:
    """Two names as they are compared. A short form in brackets, "(TCSO)", and the state's own name
    tell nothing; names with other numbers have nothing in common."""
    plain = _SHORT_FORM.sub(" ", name)
    if numbers(state, spelling) != numbers(state, plain):
        return spelling, ""
    own = {*code_list("state").labels[state].lower().split(), state.lower()}
    one, other = (
        " ".join(word for word in words(state, text) if word not in own) or text
        for text in (spelling, plain)
    )
    return one, other


def _all_words(state: str, name: str) -> tuple[str, ...]:
    return tuple(canonical(state, name).split())


def _days(content: Content) -> list[dt.date]:
    """The signing dates that exist; a memorandum may print the 30th of February."""
    days = []
    for text in content.signed:
        with contextlib.suppress(ValueError):
            days.append(dt.date.fromisoformat(text))
    return days


def _same_signing(agreement: Agreement, content: Content) -> bool:
    dates = _days(content)
    if not dates or agreement.signed is None:
        return True
    return min(abs(agreement.signed - day) for day in dates) <= _SAME_SIGNING
