"""Params files: what one may hold, and that whatever else it holds is refused in few words."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportkit.errors import InputError
from reportkit.production.params import read_params
from reportkit.production.request import Request

EXAMPLE = Path(__file__).parents[2] / "params" / "batch-example.yaml"


@pytest.fixture
def problems(tmp_path, monkeypatch):
    """The lines that refuse a file of this text."""
    monkeypatch.chdir(tmp_path)

    def refused(text: str | bytes) -> list[str]:
        path = Path("p.yaml")
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(InputError) as error:
            read_params(path)
        lines = str(error.value).splitlines()
        assert all(line.startswith("p.yaml: ") for line in lines)
        return [line.removeprefix("p.yaml: ") for line in lines]

    return refused


def test_the_example_holds_what_it_says():
    assert read_params(EXAMPLE) == {
        "places": ("12071", "Cook County, IL", "City of Richmond, VA"),
        "where": {
            "12071": "places item 1",
            "Cook County, IL": "places item 2",
            "City of Richmond, VA": "places item 3",
        },
        "states": ("DE", "HI"),
        "kinds": ("county", "state"),
        "formats": ("html", "pdf", "json"),
        "out": "outputs",
        "as_of": "2026-05-18",
        "jobs": 2,
        "seconds": 120,
    }


def test_the_keys_that_the_example_leaves_out_are_those_that_it_names(tmp_path):
    lines = EXAMPLE.read_text("utf-8").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("# Other keys"))
    path = tmp_path / "p.yaml"
    path.write_text("\n".join(line.removeprefix("# ") for line in lines[start + 1 :]), "utf-8")
    found = read_params(path)
    assert found == {
        "store": "mystore", "notebook": "mine.ipynb", "engine": "reportkit", "lang": "en"
    }  # fmt: skip
    defaults = Request()
    assert (found["engine"], found["lang"]) == (defaults.engine, defaults.lang)


def test_states_may_be_small_and_a_home_folder_is_the_user_s(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    path = tmp_path / "p.yaml"
    path.write_text("{states: [tx, TX], all: false, out: ~/briefs, store: 's3://x/~y'}", "utf-8")
    assert read_params(path) == {
        "states": ("TX",), "everywhere": False, "out": "/home/me/briefs", "store": "s3://x/~y"
    }  # fmt: skip


def test_a_name_that_is_there_twice_is_told_by_its_first_item(tmp_path):
    path = tmp_path / "p.yaml"
    path.write_text("places: [A, B, A]", "utf-8")
    assert read_params(path) == {
        "places": ("A", "B"), "where": {"A": "places item 1", "B": "places item 2"}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "it is empty; write a line like 'states: [FL]'"),
        ("# nothing", "it is empty; write a line like 'states: [FL]'"),
        (
            "- Lee County, FL",
            "it holds no keys; write lines like 'states: [FL]' (a plain list of names goes to "
            "standard input: reportkit batch - < FILE)",
        ),
        (
            "Lee County, FL\nCook County, IL",
            "it holds no keys; write lines like 'states: [FL]' (a plain list of names goes to "
            "standard input: reportkit batch - < FILE)",
        ),
        (b"\xff\xfe\x00a", "it is no text in UTF-8; save it as UTF-8"),
        (
            "out: a\nout: b",
            "it is no valid YAML; correct it: out: the field is there twice at line 1, column 1",
        ),
        ("place: [a]", "place: no such key; did you mean places?"),
        ("asof: 2026-05-18", "asof: no such key; did you mean as_of?"),
        (
            "places: [12071]",
            "places item 1: is a number to YAML and no text; put it in quotes: '12071'",
        ),
        (
            "places: [a, 01001]",
            "places item 2: is a number to YAML and no text; put it in quotes: '01001'",
        ),
        ("places: [12.5]", "places item 1: 12.5 is no text; put it in quotes"),
        (
            "places: Lee County",
            "places: is no list with an entry; write one like ['12071', 'Cook County, IL'], or "
            "leave the key out",
        ),
        (
            "states: []",
            "states: is no list with an entry; write one like [FL, TX], or leave the key out",
        ),
        ("states: [Texas]", "states item 1: 'Texas' is no state; write a postal code like FL"),
        ("states: ['']", "states item 1: is empty; fill it in, or leave it out"),
        ("all: 'yes'", "all: 'yes' is neither true nor false; write true, or leave the key out"),
        ("all: 1", "all: 1 is neither true nor false; write true, or leave the key out"),
        ("kinds: [counties]", "kinds item 1: 'counties' is not known; did you mean county?"),
        ("as_of: 2026-02-30", "as_of: '2026-02-30' is no day; write it like 2026-05-18"),
        ("as_of: 2026-05", "as_of: '2026-05' is no day; write it like 2026-05-18"),
        ("as_of: 20260518", "as_of: '20260518' is no day; write it like 2026-05-18"),
        ("lang: fr", "lang: 'fr' is not known; use en, es"),
        ("formats: [htm]", "formats item 1: 'htm' is not known; did you mean html?"),
        ("out:", "out: is empty; fill it in, or leave the key out"),
        ("out: ' '", "out: is empty; fill it in, or leave it out"),
        ("store: 5", "store: is a number to YAML and no text; put it in quotes: '5'"),
        ('notebook: "a\\0b"', "notebook: has a line break or a character that cannot be seen; "
         "take it out"),
        ("engine: kernal", "engine: 'kernal' is not known; did you mean kernel?"),
        ("jobs: 0", "jobs: 0 is no whole number from 1 to 256; write one"),
        ("jobs: true", "jobs: True is no whole number from 1 to 256; write one"),
        ("limit: 90000", "limit: 90000 is no whole number from 1 to 86,400; write one"),
        ("limit: .nan", "limit: nan is no whole number from 1 to 86,400; write one"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_key_and_item(problems, text, told):
    assert problems(text) == [told]


def test_all_problems_are_told_at_once(problems):
    assert problems("places: ['', 5]\nwhat: x\njobs: 0") == [
        "places item 1: is empty; fill it in, or leave it out",
        "places item 2: is a number to YAML and no text; put it in quotes: '5'",
        "what: no such key; use all, as_of, engine, formats, jobs, kinds, lang, limit, notebook, "
        "out, places, states, store",
        "jobs: 0 is no whole number from 1 to 256; write one",
    ]


def test_of_thousands_of_problems_the_first_are_told_and_the_others_counted(problems):
    told = problems(f"places: [{', '.join(['12071'] * 3_000)}]")
    assert len(told) == 31
    assert told[-1] == "and 2,970 more like these"


def test_a_huge_file_a_folder_and_a_missing_one_are_refused(problems, tmp_path):
    (told,) = problems("# " + "x" * (9 << 20))
    assert told == (
        "it is too large for a params file; a plain list of names goes to standard input: "
        "reportkit batch - < FILE"
    )
    with pytest.raises(InputError, match="it cannot be read: Is a directory"):
        read_params(tmp_path)
    with pytest.raises(InputError, match="it cannot be read: No such file or directory"):
        read_params(tmp_path / "none.yaml")


KEYS = (
    *("places", "states", "all", "kinds", "as_of", "lang", "formats", "out", "store", "notebook"),
    *("engine", "jobs", "limit"),
)
SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates()
    | st.sampled_from(["FL", "county", "html", "en", "kernel", "2026-05-18", "12071"])
)  # fmt: skip
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SCALARS, inner, max_size=3),
    max_leaves=8,
)
TEXTS = (
    st.dictionaries(st.sampled_from(KEYS) | SCALARS, VALUES).map(yaml.dump).map(str.encode)
    | st.text().map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.binary()
    | st.tuples(st.sampled_from(KEYS), st.text()).map(lambda pair: ": ".join(pair).encode())
)


@given(TEXTS)
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_a_file_holds_it_is_a_request_or_refused_line_by_line(tmp_path, content):
    path = tmp_path / "p.yaml"
    path.write_bytes(content)
    try:
        found = read_params(path)
    except InputError as error:
        lines = str(error).splitlines()
        assert lines and all(line.startswith(f"{path}: ") for line in lines)
        assert all(len(line) < len(str(path)) + 400 for line in lines)
    else:
        assert found.pop("jobs", 1) in range(1, 257)
        Request(**found)


@given(st.integers(0, 99_999).map("{:05}".format))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_an_id_is_read_as_written_or_refused_and_never_as_another(tmp_path, geoid):
    path = tmp_path / "p.yaml"
    path.write_text(f"places: [{geoid}]", "utf-8")
    try:
        assert read_params(path)["places"] == (geoid,)
    except InputError as error:
        assert str(error).endswith(f"put it in quotes: '{geoid}'")
    path.write_text(f"places: ['{geoid}']", "utf-8")
    assert read_params(path)["places"] == (geoid,)
