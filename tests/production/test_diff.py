"""What changed between two editions: exact on real records, mirrored, empty where nothing did."""

import copy
import json
from dataclasses import replace
from functools import cache

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.brief import make_brief
from reportkit.brief.assemble import open_store
from reportkit.brief.diff import compare
from reportkit.brief.diff_tables import ABOUT
from reportkit.brief.facts import brief_facts
from reportkit.brief.program import make_program
from reportkit.brief.program_facts import program_facts
from reportkit.cli import main
from reportkit.errors import InputError
from reportkit.messages import catalogue
from reportkit.production.diff import as_data, of_editions
from reportkit.production.held import validator
from reportkit.store import EMBEDDED

EN = catalogue("en")
OLD, NEW = "2025-10-31", "2026-05-18"


@cache
def facts(geoid, day=NEW, lang="en"):
    """The facts of a place, or of the nation, as a brief.json holds them."""
    store = open_store(str(EMBEDDED))
    if geoid == "us":
        made = program_facts(make_program(day, store, lang))
    else:
        made = brief_facts(make_brief(geoid, day, store, lang))
    return json.loads(json.dumps(made))


def changes(diff, about):
    return {
        change.key: (change.kind, {item.name: (item.old, item.new) for item in change.fields})
        for change in diff.of(about)
    }


def test_frederick_ended():
    diff = compare(facts("24021", OLD), facts("24021"))
    assert changes(diff, "answer") == {
        "answer": ("changed", {"answer": ("participating", "ended")})
    }
    assert changes(diff, "agreement") == {
        "md-frederick-county-sheriff-jem-2020-06-09": (
            "changed",
            {
                "status": ("listed", "ended"),
                "last_listed": (None, "2026-02-12"),
                "first_absent": (None, "2026-02-17"),
            },
        )
    }
    assert changes(diff, "neighbour") == {
        "24013": ("changed", {"models": (["WSO"], [])}),
        "24043": ("changed", {"models": (["WSO"], [])}),
    }
    assert {key: kind for key, (kind, _) in changes(diff, "law").items()} == {
        "context.law.none": "gone",
        "context.law.later": "gone",
        "context.law.sl-md": "new",
    }
    assert changes(diff, "figure")["state"][1]["agreements"] == (8, 0)
    assert diff.of("pending") == diff.of("term") == diff.of("correction") == ()
    assert {kind for kind, _ in changes(diff, "gap").values()} == {"gone"}


def test_lee_has_one_more():
    diff = compare(facts("12071", OLD), facts("12071"))
    assert diff.of("answer") == ()
    ((key, (kind, fields)),) = changes(diff, "agreement").items()
    assert (key, kind) == (
        "fl-office-state-attorney-20th-judicial-circuit-tfm-2026-05-09",
        "new",
    )
    assert fields["signed"] == (None, "2026-05-09")
    assert changes(diff, "gap") == {
        "posted": (
            "changed",
            {
                "finding": (
                    {
                        "state": "in_place",
                        "texts": {"worst": "in_place", "lack": 0, "known": 9},
                        "forms": None,
                    },
                    {
                        "state": "absent",
                        "texts": {"worst": "absent", "lack": 1, "known": 10},
                        "forms": None,
                    },
                )
            },
        )
    }
    assert changes(diff, "share")["statistics"][1] == {
        "share": ({"lack": 71, "known": 117}, {"lack": 69, "known": 115})
    }
    (correction,) = diff.of("correction")
    assert (correction.kind, correction.name) == (
        "new",
        "Office of the State Attorney, 20th Judicial Circuit",
    )
    # 21 agreements stand on other rows, which is no change.
    assert diff.moved.rows == 21
    assert diff.moved.renumbered > 200
    assert "limits.list" not in changes(diff, "claim")
    assert changes(diff, "claim")["bottom.answer"][0] == "changed"


def test_a_link_to_another_memorandum():
    diff = compare(facts("12061", "2026-02-12"), facts("12061"))
    base = "https://www.ice.gov/doclib/287gMOA/"
    assert changes(diff, "agreement") == {
        "fl-sebastian-police-tfm-2025-04-15": (
            "changed",
            {
                "moa.url": (
                    f"{base}SatelliteBeachPoliceDeptFL_TFM_MOA_06052025.pdf",
                    f"{base}SebastianPoliceDeptFL_TFM_MOA_04152025.pdf",
                )
            },
        )
    }
    text = of_editions(facts("12061", "2026-02-12"), facts("12061"), EN).text
    assert "Sebastian Police Department (Task Force): link to the memorandum" in text


def test_a_place_of_which_nothing_changed():
    diff = compare(facts("17031", OLD), facts("17031"))
    about = {change.about for change in diff.changes}
    # Figures of the nation, and which of its critics is cited.
    assert about == {"figure", "evidence", "claim"}
    assert set(changes(diff, "figure")) == {"nation"}
    assert set(changes(diff, "claim")) == {
        "context.nation",
        "views.critics.vc-2",
        "views.critics.vc-3",
    }


def test_age_alone_is_no_change():
    result = of_editions(facts("12071"), facts("12071", "2026-05-30"), EN)
    assert result.data["changes"] == []
    assert result.text.splitlines()[-3:] == [
        "Nothing changed in what the brief tells.",
        "",
        "Only moved, and no change: the age of the list (0 days, now 12 days) and the list named in "
        "3 claims.",
    ]


def test_the_nation():
    diff = compare(facts("us", "2026-02-12"), facts("us"))
    departed = changes(diff, "departure")
    assert departed["md-frederick-county-sheriff-jem-2020-06-09"][0] == "new"
    assert sum("md-" in key and kind == "new" for key, (kind, _) in departed.items()) >= 2
    assert changes(diff, "figure")["nation"][1]["people_covered"][1] == 83_891_055
    assert changes(diff, "figure")["MD"][0] == "gone"
    (shown,) = of_editions(facts("us", "2026-02-12"), facts("us"), EN).displays
    rows = [
        tuple("".join(span.text for span in cell) for cell in row)
        for block in shown.blocks
        if block.block == "table"
        for row in block.rows
    ]
    assert ("The nation: agreements", "1,414", "1,843") in rows
    alabama = "agreements: {}; agencies: {}; Task Force: {}".format
    assert ("Alabama", alabama(51, 35, 32), alabama(61, 45, 42)) in rows


def test_two_languages_are_compared_by_facts():
    english, spanish = facts("24021", OLD), facts("24021", NEW, "es")
    mixed, plain = compare(english, spanish), compare(english, facts("24021"))
    assert [(c.about, c.kind, c.key) for c in mixed.changes] == [
        (c.about, c.kind, c.key) for c in plain.changes
    ]
    text = of_editions(english, spanish, catalogue("es")).text
    assert "La edición anterior está en inglés y la nueva en español" in text
    assert compare(facts("24021"), spanish).changes == ()
    page = of_editions(english, spanish, catalogue("es")).page().decode().replace("&#39;", "'")
    assert """<span lang="en">Frederick County Sheriff's Office</span> (Control en""" in page
    assert 'lang="en">Yes: ICE' in page


def test_another_version_of_the_facts_is_compared_as_far_as_both_know_it():
    old = copy.deepcopy(facts("24021", OLD))
    old["schema_version"] = "1.0"
    for name in ("terms", "gaps"):
        del old[name]
    result = of_editions(old, facts("24021"), EN)
    assert "Their facts are of versions 1.0 and" in result.text
    assert changes(compare(old, facts("24021")), "answer")


def test_two_places_and_two_reversed_days_are_refused():
    with pytest.raises(InputError, match="two editions of different places: Lee County"):
        compare(facts("12071"), facts("24021"))
    with pytest.raises(InputError, match="name the older one first"):
        compare(facts("24021"), facts("24021", OLD))


CASES = (("24021", OLD), ("12071", OLD), ("12061", "2026-02-12"), ("us", "2026-02-12"))


@pytest.mark.parametrize("geoid", ["24021", "us", "48"])
def test_an_edition_does_not_differ_from_itself(geoid):
    diff = compare(facts(geoid), facts(geoid))
    assert diff.changes == ()
    assert set(as_data(diff)["moved"].values()) == {0}
    text = of_editions(facts(geoid), facts(geoid), EN).text
    assert "Nothing changed" in text
    assert "Only moved" not in text


def mirrored(diff):
    """The same changes seen from the other side, in no order."""
    kinds = {"new": "gone", "gone": "new", "changed": "changed"}
    return {
        (
            change.about,
            kinds[change.kind],
            change.key,
            frozenset((item.name, str(item.new), str(item.old)) for item in change.fields),
        )
        for change in diff.changes
    }


def told(diff):
    return {
        (
            change.about,
            change.kind,
            change.key,
            frozenset((item.name, str(item.old), str(item.new)) for item in change.fields),
        )
        for change in diff.changes
    }


@pytest.mark.parametrize(("geoid", "day"), CASES)
def test_what_is_new_one_way_is_gone_the_other(geoid, day):
    old, new = facts(geoid, day), {**facts(geoid), "as_of": day}
    there, back = compare(old, new), compare({**new}, {**old})
    assert mirrored(there) == told(back)
    assert there.moved == replace(back.moved)
    assert there.changes


NAMES = st.sampled_from(
    ["agreements", "ended", "pending", "terms", "gaps", "claims", "corrections"]
)


@settings(deadline=None, max_examples=40)
@given(NAMES, st.data())
def test_whatever_is_taken_out_is_told_and_nothing_else(name, data):
    full = facts("12071")
    held = full[name]
    gone = data.draw(st.integers(0, len(held) - 1)) if held else None
    less = {**full, name: [item for number, item in enumerate(held) if number != gone]}
    diff = compare(full, less)
    if gone is None or name == "terms":
        assert diff.changes == ()
        return
    abouts = {"ended": {"agreement"}, "agreements": {"agreement"}, "gaps": {"gap"}}
    wanted = abouts.get(name, {name.rstrip("s")})
    if name == "claims" and held[gone]["id"].startswith("context.law."):
        wanted = {"claim", "law"}
    assert {change.about for change in diff.changes} == wanted
    assert {change.kind for change in diff.changes} == {"gone"}
    assert mirrored(diff) == told(compare(less, full))


@pytest.mark.parametrize(("geoid", "day"), CASES)
def test_the_data_keeps_to_its_schema_and_words_leave_nothing_out(geoid, day):
    diff = compare(facts(geoid, day), facts(geoid))
    data = json.loads(json.dumps(as_data(diff)))
    assert list(validator("diff.schema.json").iter_errors(data)) == []
    order = [ABOUT.index(change["about"]) for change in data["changes"]]
    assert order == sorted(order)
    for lang in ("en", "es"):
        result = of_editions(facts(geoid, day), facts(geoid), catalogue(lang))
        tables = [
            block for item in result.displays for block in item.blocks if block.block == "table"
        ]
        assert len(tables) == len({change.about for change in diff.changes})
        assert all(cell[0].text for block in tables for row in block.rows for cell in row)
        assert "diff." not in result.text.replace("reportkit diff", "")


def run(*arguments):
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture
def folders(tmp_path):
    for name, day in (("old", OLD), ("new", NEW)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "brief.json").write_text(json.dumps(facts("24021", day)), "utf-8")
    return tmp_path


def test_the_command_gives_text_data_and_a_page_the_same_each_time(folders):
    text = run(folders / "old", folders / "new" / "brief.json")
    assert text.exit_code == 0
    assert "- Answer: Participating → Ended\n" in text.stdout
    page = folders / "changes.html"
    runs = []
    for _ in range(2):
        result = run(folders / "old", folders / "new", "--json", "--out", page)
        assert result.stderr == f"{page}\n"
        runs.append((result.stdout, page.read_bytes()))
    assert runs[0] == runs[1]
    assert json.loads(runs[0][0]) == as_data(compare(facts("24021", OLD), facts("24021")))
    html = runs[0][1].decode()
    assert '<html lang="en">' in html
    assert "<script" not in html
    assert "17 February 2026" in html


def test_days_with_a_place_are_editions_made_now(folders):
    made = run(OLD, NEW, "--place", "Frederick County, MD", "--json")
    assert json.loads(made.stdout) == as_data(compare(facts("24021", OLD), facts("24021")))
    half = run(folders / "old", NEW, "--json")
    assert half.stdout == made.stdout


def test_two_list_dates_tell_the_news():
    result = run("2026-02-12", "2026-02-17", "--state", "MD", "--json")
    data = json.loads(result.stdout)
    assert [item["kind"] for item in data["items"]] == ["ended"]
    text = " ".join(run("2026-02-12", "2026-02-17", "--state", "MD").stdout.split())
    assert "The Frederick County Sheriff's Office, Maryland, was last on the list of" in text


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("new", "old"), 1, "name the older one first"),
        (("old", "nowhere"), 1, "no such file or folder"),
        (("old", "empty"), 1, "no brief.json there"),
        (("old", "half"), 1, "cannot be read as JSON"),
        (("old", "other"), 1, "two editions of different places"),
        (("old", "new", "--place", "24021"), 1, "go with two days"),
        (("old", "new", "--out", "page.txt"), 1, "no name for a page"),
        (("old", "2019-01-01"), 1, "the first list on hand"),
        ((NEW, OLD, "--place", "24021"), 1, "name the older one first"),
        ((OLD, NEW, "--place", "Nowhere County, MD"), 3, ""),
        ((OLD, NEW, "--place", "Washington County"), 2, ""),
        ((OLD, NEW, "--place", "24021", "--state", "MD"), 2, "name one of them"),
        ((OLD, OLD), 1, "it ends when it begins"),
        ((NEW, OLD), 1, "it ends before it begins"),
        (("2026-02-30", NEW), 1, "2026-02-30"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(folders, arguments, code, told):
    (folders / "empty").mkdir()
    (folders / "half").mkdir()
    (folders / "half" / "brief.json").write_text('{"report_id": "', "utf-8")
    (folders / "other").mkdir()
    (folders / "other" / "brief.json").write_text(json.dumps(facts("12071")), "utf-8")
    names = {"old", "new", "nowhere", "empty", "half", "other", "page.txt"}
    before = sorted(folders.rglob("*"))
    result = run(*(folders / item if item in names else item for item in arguments))
    assert (result.exit_code, result.stdout) == (code, ""), result.stderr
    assert told in result.stderr
    assert sorted(folders.rglob("*")) == before
