"""One thing changed in a file of an edition, anywhere and of any kind: verifying tells of it."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from pathlib import Path

import pypdf
import pytest

from production import bytes_changed as changes
from reportkit.production import produce
from reportkit.production.batch import job_of
from reportkit.production.job import Task
from reportkit.production.making import make
from reportkit.production.record import NAME, Record
from reportkit.production.request import Request
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Report, Verifier, links
from reportkit.store import Store

LEE, KEWAUNEE = "fl/lee-county/2026-05-18", "wi/kewaunee-county/2026-05-18"
MAKERS = (changes.html, changes.facts, changes.notebook, changes.pdf)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """Two places in all formats as a batch makes them, and one as of another day."""
    out = tmp_path_factory.mktemp("batch")
    formats = ("html", "pdf", "json", "ipynb", "letters", "checklist", "ledger", "crate")
    for day, places in ((None, ("12071", "55061")), ("2026-03-02", ("55061",))):
        job = job_of(Request(out=str(out), formats=formats, as_of=day), Store())
        assert [make(job, Task(place, ())).result for place in places] == ["made"] * len(places)
    return out


@pytest.fixture(scope="module")
def verifier():
    """As it checks thousands: PDFs are read, and drawn again only where that leaves a doubt."""
    return Verifier(Store(), SourceFiles([]), redraw=False)


@pytest.fixture
def folder(out, tmp_path):
    return shutil.copytree(out / KEWAUNEE, tmp_path / "brief")


def problems(verifier, folder: Path) -> list[str]:
    return verifier.verify(folder / "brief.json").problems


@pytest.mark.parametrize("place", [LEE, KEWAUNEE])
def test_what_is_unchanged_holds_by_the_quick_way(out, verifier, place):
    report = verifier.verify(out / place / "brief.json")
    assert (report.problems, report.notes) == ([], [])
    assert Counter(report.files.values()) == {"bytes": 11, "text": 1}
    assert report.files["brief.pdf"] == "text"


def test_a_pdf_taken_apart_and_put_together_is_the_same(out):
    data = (out / LEE / "brief.pdf").read_bytes()
    assert changes.Pdf(data).rebuilt({}) == data


@pytest.mark.parametrize("maker", MAKERS)
def test_a_changed_sign_is_found_wherever_it_stands(out, verifier, maker, tmp_path):
    some = changes.sample(out / KEWAUNEE, (maker,), 2)
    assert len({change.kind for change in some}) >= {"pdf": 20, "html": 25}.get(maker.__name__, 4)
    missed = [
        change.kind
        for number, change in enumerate(some)
        if not verifier.verify(
            changes.apply(change, out / KEWAUNEE, tmp_path / str(number))
        ).problems
    ]
    assert missed == []


def test_a_pdf_that_another_program_wrote_anew_is_told(folder, verifier):
    reader = pypdf.PdfReader(folder / "brief.pdf")
    pypdf.PdfWriter(clone_from=reader).write(folder / "brief.pdf")
    assert any("brief.pdf: is not the drawing" in text for text in problems(verifier, folder))


@pytest.mark.parametrize(
    "name",
    [
        *("brief.html", "brief.pdf", "brief.ipynb", "brief.json", NAME),
        *("claims.csv", "claims.json", "checklist.md", "ro-crate-metadata.json"),
        *("records-request.txt", "records-request.docx", "foia-request.txt", "foia-request.docx"),
    ],
)
@pytest.mark.parametrize("other", [LEE, "wi/kewaunee-county/2026-03-02"])
def test_a_file_of_another_place_or_day_is_told(out, folder, verifier, name, other):
    if name == "foia-request.txt" and "kewaunee" in other:
        pytest.skip("the same on both days")
    shutil.copy(out / other / name, folder / name)
    told = problems(verifier, folder)
    assert told
    if name != "brief.json":
        assert any(text.startswith(name) for text in told)


def test_an_edition_in_the_place_of_another_is_told(out, verifier, tmp_path):
    wrong = tmp_path / "wi/green-lake-county/2026-05-18"
    shutil.copytree(out / KEWAUNEE, wrong)
    (told,) = problems(verifier, wrong)
    assert told.startswith("lies in wi/green-lake-county/2026-05-18, where wi/kewaunee-county")


@pytest.mark.parametrize("name", ["brief.html", "brief.pdf", "brief.json", "brief.ipynb"])
def test_a_record_made_to_fit_hides_nothing(out, folder, verifier, name):
    maker = dict(zip(("html", "json", "ipynb", "pdf"), MAKERS, strict=True))[name.split(".")[1]]
    (change, *_) = changes.sample(folder, (maker,), 1)
    (folder / name).write_bytes(change.data)
    record = Record.from_bytes((folder / NAME).read_bytes())
    assert record
    changes.recorded(folder, record)
    told = problems(verifier, folder)
    assert told
    assert not any(NAME in text for text in told)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda data: data.update(geoid="55047"), "is of another edition: place 55047, not 55061"),
        (lambda data: data.update(report_id="0" * 16), "is of another edition: report id 000000"),
        (lambda data: data["files"].pop("brief.pdf"), None),
        (lambda data: data["files"]["brief.html"].__setitem__(1, "0" * 64), "brief.html: is not"),
        (lambda data: data["files"].update({"more.txt": [1, "0" * 64]}), "more.txt: made.json"),
        (lambda data: data.pop("formats"), "made.json: is no record"),
    ],
)
def test_a_changed_record_is_told(folder, verifier, change, told):
    path = folder / NAME
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    found = problems(verifier, folder)
    assert not found if told is None else any(told in text for text in found), found


def test_what_only_the_record_knows_of_is_told(folder, verifier):
    (folder / "brief.json").unlink()
    report = verifier.verify(folder / "brief.json")
    assert report.problems == ["brief.json: made.json tells of it, and it is gone"]
    assert report.notes == [
        "ro-crate-metadata.json: tells of files that are gone, and was not checked"
    ]
    assert report.files["brief.html"] == report.files["brief.ipynb"] == "bytes"


def test_a_folder_of_strange_files_is_told_line_by_line(folder, verifier):
    (folder / "notes.txt").write_text("mine")
    (folder / ".brief.html.abc.part").write_text("half")
    report = verifier.verify(folder / "brief.json")
    assert report.problems == []
    assert report.notes == [
        ".brief.html.abc.part: an interrupted run left it; it may be deleted",
        "notes.txt: is no file of a brief, and was not checked",
    ]


def test_a_fragment_or_file_that_is_not_there_is_told(folder):
    page = folder / "brief.html"
    text = page.read_text("utf-8")
    beside = '<a href="records-request.txt">z</a>'
    for added, told in (
        ("", []),
        (beside, []),
        ('<a href="#no">x</a>', ["brief.html: its link #no leads to no place of the page"]),
        ("<a href='no.txt'>", ["brief.html: its link no.txt leads to a file that is not there"]),
    ):
        page.write_text(text + added, "utf-8")
        report = Report(page)
        links.check(page, report)
        assert (report.problems, report.notes) == (told, [])
    page.write_text(text + '<a href="../../2020-01-01/brief.html">', "utf-8")
    report = Report(page)
    links.check(page, report)
    assert report.problems == []
    assert report.notes == [
        "brief.html: 1 of its links lead to briefs that are not there, such as "
        "../../2020-01-01/brief.html"
    ]


def test_an_analysts_own_words_hold_and_are_told(tmp_path):
    (page, notebook) = produce("55061", formats=["html", "ipynb"], out=tmp_path)
    made = json.loads(notebook.read_bytes())
    made["cells"].append(
        {"cell_type": "markdown", "id": "own", "metadata": {}, "source": ["Our own view."]}
    )
    notebook.write_text(json.dumps(made))
    from reportkit.render import HtmlBriefExporter

    page.write_text(HtmlBriefExporter().from_filename(str(notebook))[0], "utf-8")
    produce("55061", formats=["json"], out=tmp_path)
    verifier = Verifier(Store(), SourceFiles([]), redraw=False)
    report = verifier.verify(page.with_name("brief.json"))
    assert report.problems == []
    assert report.files["brief.ipynb"] == "displays"
    assert any("brief.ipynb: has cells or words of its own" in note for note in report.notes)
    text = page.read_text("utf-8").replace("Our own view", "Our own news")
    page.write_text(text, "utf-8")
    assert problems(verifier, page.parent)


def test_the_same_changes_are_taken_each_time(out):
    first, second = (changes.sample(out / KEWAUNEE, (changes.html,), 1) for _ in range(2))
    assert first == second
    assert changes.other("a1", random.Random(1)) != "a1"
