"""What changed between lists, each change with the rows that show it, as rows of store tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reportkit.roster import Roster
from reportkit.roster.agreements import Agreement, agency_id
from reportkit.roster.codes import code_list
from reportkit.roster.sightings import Node, Sighting

Row = dict[str, object]


def history(roster: Roster) -> list[Row]:
    """Departures, returns, successions, dropped models, renames and moves between states."""
    rows = [*_ends(roster), *_returns(roster), *_joins(roster), *_moves(roster)]
    return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


def _where(roster: Roster, row: Sighting) -> str:
    return f"{roster.listed.lists[row.index].file.name}#{row.row}"


def _date(roster: Roster, number: int) -> str:
    return roster.listed.lists[number].date.isoformat()


def _ends(roster: Roster) -> Iterator[Row]:
    """Agreements that ended, told as the departure of the agency where it holds none any more."""
    newest = len(roster.listed.lists) - 1
    held: dict[Node, list[Agreement]] = defaultdict(list)
    for agreement in roster.agreements:
        held[agreement.agency].append(agreement)
    for node, agreements in held.items():
        last = max(agreement.last for agreement in agreements)
        for item in agreements:
            if item.last == newest:
                continue
            if item.continues_as:
                kind, rule = item.succession, f"continues as {item.continues_as}"
            elif item.last == last:
                kind, rule = "departed", "no agreement of the agency is on any later list"
            else:
                kind, rule = "model dropped", "the agency stays listed with another agreement"
            absent = roster.listed.lists[item.last + 1]
            yield {
                "kind": kind,
                "agency": agency_id(node),
                "agreement": item.id,
                "from": _date(roster, item.last),
                "to": absent.date.isoformat(),
                "rule": rule,
                "evidence": f"{_where(roster, item.rows[item.last])} {absent.file.name}",
            }


def _returns(roster: Roster) -> Iterator[Row]:
    newest = len(roster.listed.lists) - 1
    for item in roster.agreements:
        for before, after in item.gaps(newest):
            yield {
                "kind": "returned",
                "agency": agency_id(item.agency),
                "agreement": item.id,
                "from": _date(roster, before),
                "to": _date(roster, after),
                "rule": f"absent from {after - before - 1} list(s) between",
                "evidence": f"{_where(roster, item.rows[before])} {_where(roster, item.rows[after])}",
            }


def _joins(roster: Roster) -> Iterator[Row]:
    for join in roster.identities.joins:
        rows = [row for row in (join.last, join.first) if row]
        yield {
            "kind": "renamed",
            "agency": agency_id(roster.identities.root(join.later)),
            "agreement": "",
            "from": f"{join.earlier[0]} {join.earlier[1]}",
            "to": f"{join.later[0]} {join.later[1]}",
            "rule": join.rule,
            "evidence": " ".join(_where(roster, row) for row in rows),
        }


def _moves(roster: Roster) -> Iterator[Row]:
    for row, home in roster.moved:
        yield {
            "kind": "moved state",
            "agency": agency_id(roster.identities.root((home, row.node[1]))),
            "agreement": "",
            "from": row.state,
            "to": home,
            "rule": "same name, model and date pass to the other state on the next list",
            "evidence": _where(roster, row),
        }


def corrections(roster: Roster) -> list[Row]:
    """Every value that a store holds otherwise than ICE printed it."""
    rows = [
        *_misspelt_states(roster),
        *_mistyped_years(roster),
        *_counties(roster),
        *_by_record(roster),
    ]
    rows += [
        {
            "agency": agency_id(roster.identities.root((home, row.node[1]))),
            "agreement": "",
            "field": "state",
            "printed": row.printed.state,
            "value": home,
            "reason": "listed under a wrong state for a stretch",
            "source": "the lists that follow",
            "rows": _where(roster, row),
        }
        for row, home in roster.moved
    ]
    return sorted(rows, key=lambda row: tuple(str(value) for value in row.values()))


def _misspelt_states(roster: Roster) -> Iterator[Row]:
    state = code_list("state")
    for agreement in roster.agreements:
        bad = [row for row in agreement.rows.values() if not state.is_exact(row.printed.state)]
        for printed in sorted({row.printed.state for row in bad}):
            rows = [row for row in bad if row.printed.state == printed]
            yield {
                "agency": agency_id(agreement.agency),
                "agreement": agreement.id,
                "field": "state",
                "printed": printed,
                "value": rows[0].state,
                "reason": "misspelt",
                "source": "code list of states",
                "rows": _all(roster, rows),
            }


def _mistyped_years(roster: Roster) -> Iterator[Row]:
    for item in roster.agreements:
        if item.mistyped and item.signed:
            rows = [row for row in item.rows.values() if row.signed == item.mistyped]
            yield {
                "agency": agency_id(item.agency),
                "agreement": item.id,
                "field": "signed",
                "printed": item.mistyped.isoformat(),
                "value": item.signed.isoformat(),
                "reason": "year mistyped: the agreement is first listed within 60 days of this day and month",
                "source": f"first listed {_date(roster, item.first)}",
                "rows": _all(roster, rows),
            }


def _counties(roster: Roster) -> Iterator[Row]:
    for agency in roster.agencies:
        area = agency.area
        if agency.newest.county and area.note and area.rule in {"named", "gazetteer", "by hand"}:
            lists = roster.listed.lists
            if agency.node not in {item.agency for item in roster.agreements}:
                continue
            yield {
                "agency": agency.id,
                "agreement": "",
                "field": "county",
                "printed": agency.newest.printed.county,
                "value": " ".join(area.covers),
                "reason": area.note,
                "source": area.rule,
                "rows": f"{lists[agency.newest.index].file.name}#{agency.newest.row}",
            }


def _by_record(roster: Roster) -> Iterator[Row]:
    for correction, rows in roster.listed.applied.items():
        yield {
            "agency": agency_id(roster.identities.root(rows[0].node)),
            "agreement": "",
            "field": correction.field,
            "printed": correction.expects,
            "value": correction.value,
            "reason": correction.reason,
            "source": correction.source,
            "rows": _all(roster, rows),
        }


def _all(roster: Roster, rows: Iterable[Sighting]) -> str:
    return " ".join(_where(roster, row) for row in sorted(rows, key=lambda row: row.index))
