"""One brief from name to files: complete, small, the same bytes every time, and it verifies."""

import json
import re

import pytest

from reportkit.errors import OutputError, UnknownPlace
from reportkit.production import produce
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier
from reportkit.store import Store

FILES = sorted(
    (
        *(f"brief.{name}" for name in ("html", "pdf", "json", "ipynb")),
        *("checklist.md", "claims.csv", "claims.json", "ro-crate-metadata.json"),
        *(
            f"{name}.{kind}"
            for name in ("foia-request", "records-request")
            for kind in ("docx", "txt")
        ),
    )
)
PATHS = {
    "Lee County, FL": "fl/lee-county",
    "Cook County, IL": "il/cook-county",
    "Mesa Police Department": "az/mesa",
    "Guam": "gu/state",
}


@pytest.fixture(scope="module")
def briefs(tmp_path_factory):
    out = tmp_path_factory.mktemp("outputs")
    for place in PATHS:
        produce(place, out=out)
    return out


@pytest.mark.parametrize("path", PATHS.values())
def test_every_format_is_written_and_verifies(briefs, path):
    folder = briefs / path / "2026-05-18"
    assert sorted(file.name for file in folder.iterdir()) == FILES
    report = Verifier(Store(), SourceFiles([])).verify(folder / "brief.json")
    assert report.problems == []
    claims = json.loads((folder / "brief.json").read_text("utf-8"))["claims"]
    assert report.recomputed == len(claims) > 5


def test_html_is_small_and_asks_for_nothing(briefs):
    page = (briefs / "fl/lee-county/2026-05-18/brief.html").read_text("utf-8")
    # Nearly half of it is evidence: of this county more is on record than of most.
    assert len(page.encode()) < 215_000
    assert page.count("<script") == page.count('<script type="application/ld+json">') == 1
    assert not re.search(r"<(?:link|img|iframe|source)\b[^>]*(?:src|href)=.https?:", page)
    assert not re.search(r"url\(\s*['\"]?https?:|@import", page)


@pytest.mark.parametrize(("lang", "most"), [("en", 190_000), ("es", 205_000)])
def test_the_page_of_the_largest_state_is_small(tmp_path, lang, most):
    (path,) = produce("TX", as_of="2026-05-18", formats=["html"], out=tmp_path, lang=lang)
    assert path.stat().st_size < most


def test_same_inputs_same_bytes_elsewhere(briefs, tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Kathmandu")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.chdir(tmp_path)
    produce("12071", out=tmp_path / "deeper" / "still")
    for name in FILES:
        first = briefs / "fl/lee-county/2026-05-18" / name
        again = tmp_path / "deeper/still/fl/lee-county/2026-05-18" / name
        assert first.read_bytes() == again.read_bytes(), name


def test_no_path_of_the_machine_in_any_file(briefs):
    folder = briefs / "fl/lee-county/2026-05-18"
    for file in folder.iterdir():
        data = file.read_bytes()
        assert str(briefs).encode() not in data
        assert str(Store().folder).encode() not in data


def test_json_alone_runs_no_notebook(tmp_path, monkeypatch):
    monkeypatch.setattr("reportkit.production.one._run", None)
    (path,) = produce("48085", formats=["json"], out=tmp_path)
    assert path == tmp_path / "tx/collin-county/2026-05-18/brief.json"


def test_unknown_place_writes_nothing(tmp_path):
    with pytest.raises(UnknownPlace, match="Miami-Dade County"):
        produce("Maimi-Dade", out=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_output_below_a_file_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="file"):
        produce("48085", formats=["json"], out=tmp_path / "file")
    assert (tmp_path / "file").read_text() == "in the way"
