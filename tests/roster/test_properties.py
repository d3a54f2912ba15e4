"""What holds for every history of lists."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.places import Gazetteer
from reportkit.places.names import base_name
from roster.make import STATES, roster, row

SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
GAZETTEER = Gazetteer.load()
# Without the cities of Virginia and Missouri, whose sheriffs are named after a county's namesake.
SHERIFFS = {
    state: {
        f"{county.name} Sheriff's Office": county.geoid
        for county in GAZETTEER.counties(state)
        if county.name.endswith((" County", " Parish"))
    }
    for state in STATES
}
DAYS = [(dt.date(2025, 3, 3) + dt.timedelta(days=3 * n)).isoformat() for n in range(8)]
SIGNINGS = st.sampled_from(["2025-03-01", "2025-03-02", "2025-06-01", "2020-06-09"])
NOISE = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda name: name.replace(" ", "  "),
        lambda name: f"{name} ",
        lambda name: name.replace("'", ""),
        lambda name: name.replace("Office", "Department"),
        lambda name: name.replace("Saint", "St.").replace("Fort ", "Ft. "),
    ]
)


@st.composite
def histories(draw):
    """Lists of sheriffs of one state, each row on some of the lists, some handing over."""
    state = draw(st.sampled_from(sorted(SHERIFFS)))
    names = draw(st.lists(st.sampled_from(sorted(SHERIFFS[state])), min_size=2, max_size=8))
    lists = [[] for _ in DAYS]
    for name in names:
        model = draw(st.sampled_from(["TFM", "WSO"]))
        signed, url = draw(SIGNINGS), draw(st.sampled_from(["", "https://www.ice.gov/a.pdf"]))
        begin = draw(st.integers(0, len(DAYS) - 1))
        county = draw(st.sampled_from(["", name.split(" Sheriff")[0], "Lee County"]))
        for number in range(begin, draw(st.integers(begin, len(DAYS) - 1)) + 1):
            shown = draw(NOISE)(name)
            lists[number].append(row(shown, model, signed, state=state, county=county, url=url))
    return state, set(names), [(day, rows) for day, rows in zip(DAYS, lists, strict=True) if rows]


@given(histories())
@SLOW
def test_sheriffs_of_different_counties_are_never_one_agency(history):
    state, names, lists = history
    found = roster(*lists)
    assert {agency.area.county for agency in found.agencies} == {
        SHERIFFS[state][name] for name in names
    }
    assert len(found.agencies) == len(names)
    assert all(agency.area.rule == "named" for agency in found.agencies)


@given(histories())
@SLOW
def test_every_row_is_in_exactly_one_agreement(history):
    _, _, lists = history
    found = roster(*lists)
    held = [
        (row.index, row.row)
        for agreement in found.agreements
        for row in (*agreement.rows.values(), *agreement.doubles)
    ]
    printed = [
        (n, number) for n, (_, rows) in enumerate(lists) for number in range(2, len(rows) + 2)
    ]
    assert sorted(held) == printed
    ids = [agreement.id for agreement in found.agreements]
    assert len(ids) == len(set(ids))
    assert {item.continues_as for item in found.agreements} - {None} <= set(ids)


TOWNS = sorted(
    {
        f"{town.name} Police Department"
        for town in GAZETTEER.municipalities("FL")
        if town.population and town.population > 8_000
    }
)
TOWN_NOISE = st.sampled_from(
    [
        str,
        str.upper,
        lambda name: name.replace("Police Department", "PD"),
        lambda name: name.replace("Department", "Dept."),
        lambda name: name.replace("Saint", "St."),
        lambda name: f"City of {name}",
        lambda name: name.replace(" ", "  "),
    ]
)


@given(st.sets(st.sampled_from(TOWNS), min_size=2, max_size=12), st.data())
@SLOW
def test_noise_in_spelling_makes_no_agencies(names, data):
    days = DAYS[:4]
    lists = [
        (day, [row(data.draw(TOWN_NOISE)(name), state="FL") for name in names]) for day in days
    ]
    plain = roster((days[0], [row(name, state="FL") for name in names]))
    noisy = roster(*lists)
    assert len(noisy.agencies) == len(plain.agencies) == len(names)
    assert {agency.id for agency in noisy.agencies} == {agency.id for agency in plain.agencies}
    assert all((item.first, item.last) == (0, 3) for item in noisy.agreements)


@given(st.sampled_from(sorted(SHERIFFS)))
@SLOW
def test_all_counties_of_a_state_on_one_list_are_all_found(state):
    found = roster((DAYS[0], [row(name, state=state) for name in SHERIFFS[state]]))
    by_county = {agency.area.county: agency.name for agency in found.agencies}
    assert by_county == {geoid: name for name, geoid in SHERIFFS[state].items()}
    assert all(base_name(name.split(" Sheriff")[0]) for name in by_county.values())
