"""Agreements: one agency, one model, one signing, over all the lists that show it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reportkit.places.names import slugify
from reportkit.roster.identify import Identities
from reportkit.roster.names import distinctive
from reportkit.roster.sightings import Node, Sighting, Sightings

# Dates of one agency's agreement that lie so close are one signing, printed twice; ICE's lists
# moved 70 of 82 printed dates by no more than this.
_SAME_SIGNING = dt.timedelta(days=60)
# A new agreement that begins within this time of an old one's end took its place.
_SUCCESSION = dt.timedelta(days=60)


@dataclass(slots=True)
class Agreement:
    """One agreement with its history. `rows` holds its row on each list that shows it, by index.

    `signed` is the date that the newest of them prints (see `mistyped`), None where none
    does. `continues_as` is the id of the agreement that took its place, `succession` how.
    `doubles` are further rows for it on the same lists; `mistyped` is the date as printed where its
    year is a slip.
    """

    id: str
    agency: Node
    model: str
    signed: dt.date | None
    rows: dict[int, Sighting]
    continues_as: str | None = None
    succession: str = ""
    doubles: list[Sighting] = field(default_factory=list)
    mistyped: dt.date | None = None

    @property
    def first(self) -> int:
        """Index of the first list that shows it."""
        return min(self.rows)

    @property
    def last(self) -> int:
        """Index of the last list that shows it."""
        return max(self.rows)

    def gaps(self, until: int) -> list[tuple[int, int]]:
        """Pairs of list indices (last before, first after) between which it was off the lists."""
        shown = sorted(index for index in self.rows if index <= until)
        return [(a, b) for a, b in itertools.pairwise(shown) if b - a > 1]


def agree(listed: Sightings, identities: Identities) -> list[Agreement]:
    """Fold the rows of each agency and model into agreements, and link those that succeed another."""
    groups: dict[tuple[Node, str], dict[dt.date | None, _Run]] = defaultdict(dict)
    for atom, rows in listed.atoms.items():
        node, model, signed = atom
        run = groups[identities.root(node), model].setdefault(signed, _Run())
        run.add(rows)
        run.doubles += listed.doubles.get(atom, [])
    found = [
        agreement
        for (agency, model), dates in sorted(groups.items())
        for agreement in _fold(listed, agency, model, dates)
    ]
    _link(listed, found)
    _reattribute(listed, found)
    return sorted(found, key=lambda item: item.id)


@dataclass(slots=True)
class _Run:
    """The rows of one printed date by list, and further rows for it on the same lists."""

    rows: dict[int, Sighting] = field(default_factory=dict)
    doubles: list[Sighting] = field(default_factory=list)

    def add(self, rows: dict[int, Sighting]) -> None:
        """Enter rows; one for a list that has one already replaces it, which becomes a double."""
        self.doubles += [self.rows[index] for index in self.rows.keys() & rows.keys()]
        self.rows.update(rows)


def agency_id(node: Node) -> str:
    """Permanent id of an agency: postal code and name."""
    return f"{node[0].lower()}-{slugify(node[1])}"


def _fold(
    listed: Sightings, agency: Node, model: str, dates: dict[dt.date | None, _Run]
) -> list[Agreement]:
    """Agreements of one agency and model: dates that are corrections of each other are one."""
    runs = sorted(dates.items(), key=lambda item: (min(item[1].rows), str(item[0])))
    folded: list[list[tuple[dt.date | None, _Run]]] = []
    for signed, run in runs:
        for group in folded:
            if any(_same_signing(listed, *known, signed, run) for known in group):
                group.append((signed, run))
                break
        else:
            folded.append([(signed, run)])
    found = []
    for group in folded:
        whole = _Run()
        # Where one list prints two dates for one signing, the date that outlives the other counts.
        for _, run in sorted(group, key=lambda item: max(item[1].rows)):
            whole.add(run.rows)
            whole.doubles += run.doubles
        rows = whole.rows
        signed = next((rows[i].signed for i in sorted(rows, reverse=True) if rows[i].signed), None)
        identity = _id(agency, model, rows[min(rows)].signed or signed)
        found.append(Agreement(identity, agency, model, signed, rows, doubles=whole.doubles))
    return found


def _id(agency: Node, model: str, signed: dt.date | None) -> str:
    day = signed.isoformat() if signed else "undated"
    return f"{agency_id(agency)}-{model.lower()}-{day}"


def _same_signing(
    listed: Sightings,
    earlier: dt.date | None,
    shown: _Run,
    signed: dt.date | None,
    run: _Run,
) -> bool:
    """True where two printed dates are one signing."""
    if earlier is None or signed is None:
        return True
    if abs(earlier - signed) <= _SAME_SIGNING:
        return True
    # A year mistyped and mended later: same day and month, and one of the two fits the listing.
    listing = listed.lists[min(*shown.rows, *run.rows)].date
    one_day = (earlier.month, earlier.day) == (signed.month, signed.day)
    return one_day and any(
        dt.timedelta() <= listing - date <= _SAME_SIGNING for date in (earlier, signed)
    )


def plausible(listed: Sightings, agreement: Agreement) -> dt.date | None:
    """The signing date that a mistyped year hides, None where the printed one is plausible.

    ICE lists new agreements within days. One that first shows up more than 300 days after its
    printed date, or before it, and whose day and month fall in the 60 days before its first list,
    has the year of that list. The first list on hand tells nothing: what it shows may be old.
    """
    first = agreement.first
    listing = listed.lists[first].date
    signed = agreement.signed
    if first == 0 or signed is None or -10 <= (listing - signed).days <= 300:
        return None
    if not listed.adjacent(first - 1, first):
        return None
    for year in (listing.year, listing.year - 1):
        try:
            candidate = signed.replace(year=year)
        except ValueError:
            continue
        if dt.timedelta() <= listing - candidate <= _SAME_SIGNING:
            return candidate
    return None


def _link(listed: Sightings, agreements: Sequence[Agreement]) -> None:
    """Name the agreement that took the place of each that ended."""
    by_agency: dict[Node, list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        by_agency[agreement.agency].append(agreement)
    newest = len(listed.lists) - 1
    for held in by_agency.values():
        taken: set[str] = set()
        for ended in sorted(held, key=lambda item: (item.last, item.id)):
            if ended.last == newest:
                continue
            absent = listed.lists[ended.last + 1].date
            successors = [
                (item.model != ended.model, item.first, item)
                for item in held
                if item is not ended
                and item.id not in taken
                and item.first > ended.last
                and listed.lists[item.first].date - absent <= _SUCCESSION
            ]
            if not successors:
                continue
            switched, _, successor = min(
                successors, key=lambda found: (found[0], found[1], found[2].id)
            )
            taken.add(successor.id)
            ended.continues_as = successor.id
            ended.succession = "model switch" if switched else "renewal"


def _reattribute(listed: Sightings, agreements: Sequence[Agreement]) -> None:
    """Follow an agreement that the next list shows under another agency.

    Same state, model and signing date, and either the same memorandum or a word of the name in
    common, as where a sheriff's agreement for the jail is later listed under the county's
    corrections department: one agreement, two agencies.
    """
    begun: dict[tuple[str, str, dt.date | None, int], list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        key = agreement.agency[0], agreement.model, agreement.signed, agreement.first
        begun[key].append(agreement)
    for ended in agreements:
        if ended.continues_as:
            continue
        row = ended.rows[ended.last]
        words = set(distinctive(row.state, row.agency))
        for other in begun[ended.agency[0], ended.model, ended.signed, ended.last + 1]:
            first = other.rows[other.first]
            same_file = row.printed.moa_url and row.printed.moa_url == first.printed.moa_url
            if same_file or words & set(distinctive(first.state, first.agency)):
                ended.continues_as, ended.succession = other.id, "listed under another agency"


def with_plausible_dates(listed: Sightings, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Replace signing dates whose year is mistyped; `mistyped` keeps what was printed."""
    return [
        replace(agreement, signed=date, mistyped=agreement.signed)
        if (date := plausible(listed, agreement))
        else agreement
        for agreement in agreements
    ]
