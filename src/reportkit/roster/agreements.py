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
    runs = [(signed, run) for signed, run in dates.items() if signed]
    folded: list[list[tuple[dt.date | None, _Run]]] = []
    for signed, run in sorted(runs, key=lambda item: (min(item[1].rows), item[0])):
        for group in folded:
            if any(
                known and _same_signing(listed, known, old, signed, run) for known, old in group
            ):
                group.append((signed, run))
                break
        else:
            folded.append([(signed, run)])
    # Rows without a date belong to the signing that the lists beside them show; they bridge nothing.
    if undated := dates.get(None):
        if folded:
            min(folded, key=lambda group: _distance(group, undated)).append((None, undated))
        else:
            folded.append([(None, undated)])
    found = []
    for group in folded:
        whole = _Run()
        # Where one list prints two dates for one signing, the date that outlives the other counts.
        for _, run in sorted(group, key=lambda item: max(item[1].rows)):
            whole.add(run.rows)
            whole.doubles += run.doubles
        rows = whole.rows
        shown = next((rows[i].signed for i in sorted(rows, reverse=True) if rows[i].signed), None)
        identity = _id(agency, model, rows[min(rows)].signed or shown)
        found.append(Agreement(identity, agency, model, shown, rows, doubles=whole.doubles))
    return found


def _distance(group: Sequence[tuple[dt.date | None, _Run]], undated: _Run) -> int:
    """Lists between the rows of a signing and rows without a date."""
    return min(abs(a - b) for _, run in group for a in run.rows for b in undated.rows)


def _id(agency: Node, model: str, signed: dt.date | None) -> str:
    day = signed.isoformat() if signed else "undated"
    return f"{agency_id(agency)}-{model.lower()}-{day}"


def _same_signing(
    listed: Sightings,
    earlier: dt.date,
    shown: _Run,
    signed: dt.date,
    run: _Run,
) -> bool:
    """True where two printed dates are one signing."""
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
    if listing - listed.lists[first - 1].date > _SAME_SIGNING:
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
                and item.last > ended.last
                # A renewal may be listed beside the old agreement for a while, another model not.
                and (
                    item.first > ended.last
                    or (item.model == ended.model and item.first > ended.first)
                )
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

    Same state, model and signing date, and either the same memorandum or the same telling words of
    the name, as where a sheriff's agreement for the jail is later listed under the county's
    corrections department: one agreement, two agencies.
    """
    begun: dict[tuple[str, str, dt.date | None, int], list[Agreement]] = defaultdict(list)
    for agreement in agreements:
        key = agreement.agency[0], agreement.model, agreement.signed, agreement.first
        begun[key].append(agreement)
    taken = {item.continues_as for item in agreements}
    for ended in agreements:
        if ended.continues_as:
            continue
        row = ended.rows[ended.last]
        words = set(distinctive(row.state, row.agency))
        for other in begun[ended.agency[0], ended.model, ended.signed, ended.last + 1]:
            first = other.rows[other.first]
            same_file = row.printed.moa_url and row.printed.moa_url == first.printed.moa_url
            same_words = words == set(distinctive(first.state, first.agency))
            if (same_file or same_words) and other.id not in taken:
                taken.add(other.id)
                ended.continues_as, ended.succession = other.id, "listed under another agency"


def with_plausible_dates(listed: Sightings, agreements: Sequence[Agreement]) -> list[Agreement]:
    """Replace signing dates whose year is mistyped; `mistyped` keeps what was printed."""
    return [
        replace(agreement, signed=date, mistyped=agreement.signed)
        if (date := plausible(listed, agreement))
        else agreement
        for agreement in agreements
    ]
