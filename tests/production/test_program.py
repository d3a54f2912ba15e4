"""The brief on the nation as files: made, checked, and found out wherever it was changed."""

import json
import shutil

import pytest

from findings.nation import facts
from reportkit.production.program import produce_program
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier, editions_in
from reportkit.store import Store

FOLDER = "us/program/2026-05-18"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    out = tmp_path_factory.mktemp("nation")
    paths = produce_program("2026-05-18", out=out)
    assert sorted(path.name for path in paths) == [
        "brief.html", "brief.ipynb", "brief.json", "brief.pdf", "checklist.md", "claims.csv",
        "claims.json", "ro-crate-metadata.json",
    ]  # fmt: skip
    return out / FOLDER


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "brief")


@pytest.fixture(scope="module")
def verifier():
    return Verifier(Store(), SourceFiles([]))


def test_untouched_brief_is_found_and_holds(original, verifier):
    (path,) = editions_in([original.parents[2]])
    report = verifier.verify(path)
    assert (report.problems, report.absent) == ([], [])
    assert report.recomputed == len(facts()["claims"])


def test_it_is_light(original):
    assert (original / "brief.html").stat().st_size <= 400_000


def test_an_early_day_makes_a_whole_brief(tmp_path, verifier):
    produce_program("2021-06-30", out=tmp_path)
    (path,) = editions_in([tmp_path])
    assert path.parent == tmp_path / "us/program/2021-06-30"
    assert verifier.verify(path).problems == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["claims"][0].update(text="None."), "program.answer"),
        (lambda d: d["claims"][0]["values"].update(agreements=1), "program.answer"),
        (lambda d: d["claims"].pop(), "unknown.links"),
        (lambda d: d["claims"].reverse(), "claims: not in the order"),
        (lambda d: d["growth"]["lists"][3].update(agreements=1), "growth"),
        (lambda d: d["growth"]["states"].pop("TX"), "growth"),
        (lambda d: d["departures"]["ended"].pop(), "departures"),
        (lambda d: d["generations"][0]["terms"]["refresher"].update(present=0), "generations"),
        (lambda d: d["coverage"].update(people_covered=5), "coverage"),
        (lambda d: d["figures"][1].update(agrees=False), "figures"),
        (lambda d: d["factcheck"][0].update(verdict="unknown"), "factcheck"),
        (lambda d: d["factcheck"][0].update(verdict="true"), "schema: factcheck/0/verdict"),
        (lambda d: d["corrections"].pop(), "corrections"),
        (lambda d: d.update(answer="not_listed"), "schema: answer"),
        (lambda d: d.pop("growth"), "schema"),
        (lambda d: d["jurisdiction"].update(geoid="12071"), "schema: jurisdiction/geoid"),
        (lambda d: d["jurisdiction"].update(kind="state"), "schema"),
        (lambda d: d.update(as_of="2026-05-17"), "program.answer"),
    ],
)
def test_changed_facts_are_told(folder, verifier, change, told):
    path = folder / "brief.json"
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")
    problems = verifier.verify(path).problems
    assert any(told in problem for problem in problems), problems


@pytest.mark.parametrize(
    ("old", "new"),
    [("1,843", "1,844"), ("94 agreements", "93 agreements"), ("427 counties", "428 counties")],
)
def test_changed_html_is_told(folder, verifier, old, new):
    page = folder / "brief.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = verifier.verify(folder / "brief.json").problems
    assert problem.startswith("brief.html: is not the drawing")


def test_a_cell_that_is_missing_in_the_notebook_is_told(folder, verifier):
    path = folder / "brief.ipynb"
    data = json.loads(path.read_text("utf-8"))
    data["cells"].pop()
    path.write_text(json.dumps(data), "utf-8")
    problems = verifier.verify(folder / "brief.json").problems
    assert any("the end of the brief is missing" in problem for problem in problems)


def test_same_bytes_again(original, tmp_path):
    produce_program("2026-05-18", out=tmp_path)
    for name in ("brief.json", "brief.html", "brief.pdf", "brief.ipynb"):
        assert (tmp_path / FOLDER / name).read_bytes() == (original / name).read_bytes()


@pytest.mark.corpus
def test_rows_are_read_again_where_the_files_are_on_hand(original, corpus):
    report = Verifier(Store(), SourceFiles([corpus / "lists"])).verify(original / "brief.json")
    assert report.problems == []
    assert report.lists.on_hand == report.lists.cited > 50
    assert report.reopened >= 94
