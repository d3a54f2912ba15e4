"""Published figures as records: what is refused, with file, record and field."""

import datetime as dt

import pytest

from reportkit.errors import InputError
from reportkit.library.figures import load_figures, read_figures

GOOD = '- {id: a, fact: gr-5, day: "2025-07-18", unit: agreements, value: "832"}'


def test_a_day_and_a_month_have_their_spans():
    (figure,) = read_figures(GOOD, "f.yaml")
    assert figure.span == (dt.date(2025, 7, 18), dt.date(2025, 7, 18))
    (month,) = read_figures(GOOD.replace("2025-07-18", "2024-02"), "f.yaml")
    assert month.span == (dt.date(2024, 2, 1), dt.date(2024, 2, 29))
    (december,) = read_figures(GOOD.replace("2025-07-18", "2025-12"), "f.yaml")
    assert december.span[1] == dt.date(2025, 12, 31)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("gr-5", "gr-999", "fact"),
        ("2025-07-18", "2025", "day"),
        ("2025-07-18", "2025-13", "day"),
        ("agreements", "departments", "unit"),
        ('"832"', '"-1"', "value"),
        ('"832"', "832", "value"),
        (', value: "832"', "", "value"),
        ("value", "number", "number"),
    ],
)
def test_bad_records_are_refused(old, new, field):
    with pytest.raises(InputError, match=rf"f\.yaml record 1 \(a\): {field}:"):
        read_figures(GOOD.replace(old, new), "f.yaml")


def test_the_same_id_twice_is_refused():
    with pytest.raises(InputError, match=r"record 2 \(a\): id"):
        read_figures(f"{GOOD}\n{GOOD}", "f.yaml")


def test_the_package_has_figures_in_order_of_time():
    days = [figure.day for figure in load_figures()]
    assert days == sorted(days)
    assert len(days) > 20
