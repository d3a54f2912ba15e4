"""A brief that says anything else than the store is found out, wherever the change is."""

import json
import shutil

import pytest

from reportkit.production import produce
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier, editions_in
from reportkit.store import Store

PLACE = "md/frederick-county/2026-05-18"


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    out = tmp_path_factory.mktemp("original")
    produce("Frederick County, MD", out=out)
    return out / PLACE


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "brief")


@pytest.fixture(scope="module")
def verifier():
    return Verifier(Store(), SourceFiles([]))


def one(data, identity):
    return next(claim for claim in data["claims"] if claim["id"] == identity)


def changed(folder, change):
    path = folder / "brief.json"
    data = json.loads(path.read_text("utf-8"))
    change(data)
    path.write_text(json.dumps(data), "utf-8")
    return path


def test_untouched_brief_has_no_problems(folder, verifier):
    assert verifier.verify(folder / "brief.json").problems == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d["claims"][0].update(text="No."), "bottom.answer"),
        (lambda d: d["claims"][0]["values"].update(list_date="2026-05-17"), "bottom.answer"),
        (lambda d: d.update(answer="not_listed"), "answer"),
        (lambda d: d["ended"].clear(), "ended"),
        (lambda d: d["claims"].remove(one(d, "context.neighbours")), "context.neighbours"),
        (lambda d: d["roster"].update(age_days=3), "roster"),
        (lambda d: d["claims"][1].update(evidence=[2]), "st-g10"),
        (lambda d: d.pop("corrections"), "schema"),
        (lambda d: d["roster"].update(snapshot_sha256="0" * 64), "made from a store"),
        (lambda d: d["jurisdiction"].update(geoid="24023"), "jurisdiction"),
    ],
)
def test_changed_facts_are_told(folder, verifier, change, told):
    problems = verifier.verify(changed(folder, change)).problems
    assert any(told in problem for problem in problems), problems


def test_a_row_that_the_list_has_not_is_told(folder, verifier):
    def move(data):
        row = next(item for item in data["evidence"] if item["locator"]["kind"] == "row")
        row["locator"]["value"] = "99999"

    problems = verifier.verify(changed(folder, move)).problems
    assert any("the store has no row 99999" in problem for problem in problems)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12 February 2026", "13 February 2026"),
        ('data-claim="bottom.answer"', 'data-claim="other"'),
        ('id="e2"', 'id="ex"'),
        ("<main", "<script>alert(1)</script><main"),
        ("shows no local agency", "shows a local agency"),
        ("row 6", "row 7"),
    ],
)
@pytest.mark.parametrize("with_notebook", [True, False])
def test_changed_html_is_told(folder, verifier, old, new, with_notebook):
    if not with_notebook:
        (folder / "brief.ipynb").unlink()
    assert verifier.verify(folder / "brief.json").problems == []
    page = folder / "brief.html"
    text = page.read_text("utf-8")
    assert old in text
    page.write_text(text.replace(old, new, 1), "utf-8")
    (problem,) = verifier.verify(folder / "brief.json").problems
    assert problem.startswith("brief.html: is not the drawing")


def test_changed_notebook_is_told(folder, verifier):
    path = folder / "brief.ipynb"
    path.write_text(
        path.read_text("utf-8").replace("12 February 2026", "13 February 2026"), "utf-8"
    )
    problems = verifier.verify(folder / "brief.json").problems
    assert any("brief.ipynb: display" in problem for problem in problems)


@pytest.mark.parametrize("name", ["brief.html", "brief.pdf", "brief.ipynb"])
def test_damaged_files_are_told(folder, verifier, name):
    (folder / name).write_bytes(b"\xff\xfe{")
    assert any(p.startswith(name) for p in verifier.verify(folder / "brief.json").problems)


@pytest.mark.parametrize(
    "name", ["records-request.txt", "foia-request.docx", "claims.csv", "claims.json"]
)
def test_changed_files_beside_the_brief_are_told(folder, verifier, name):
    file = folder / name
    file.write_bytes(file.read_bytes() + b" ")
    (problem,) = verifier.verify(folder / "brief.json").problems
    assert problem.startswith(f"{name}: is not what this brief makes")


def test_missing_files_are_counted(folder, verifier):
    (folder / "brief.html").unlink()
    report = verifier.verify(folder / "brief.json")
    assert (report.problems, report.absent) == ([], ["brief.html"])


def test_claims_in_another_order_are_told(folder, verifier):
    path = changed(folder, lambda data: data["claims"].reverse())
    assert "claims: not in the order of the brief" in verifier.verify(path).problems


def test_pdf_of_another_place_is_told(folder, verifier, tmp_path):
    produce("Carroll County, MD", formats=["pdf"], out=tmp_path)
    shutil.copy(tmp_path / "md/carroll-county/2026-05-18/brief.pdf", folder / "brief.pdf")
    problems = verifier.verify(folder / "brief.json").problems
    assert any(problem.startswith("brief.pdf") for problem in problems)


def test_damaged_json_is_one_problem_and_stops_nothing(folder, verifier):
    (folder / "brief.json").write_text("{")
    (problem,) = verifier.verify(folder / "brief.json").problems
    assert "make the brief again" in problem


def test_briefs_are_found_below_a_folder(original):
    root = original.parents[2]
    assert list(editions_in([root])) == [original / "brief.json"]


@pytest.mark.corpus
def test_rows_are_read_again_where_the_files_are_on_hand(original, corpus):
    report = Verifier(Store(), SourceFiles([corpus / "lists"])).verify(original / "brief.json")
    assert report.problems == []
    assert report.lists.on_hand == report.lists.cited > 0
    assert report.reopened >= 2
