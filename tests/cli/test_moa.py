"""`reportkit moa`: what one file says, and what it says of files that are no memoranda."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from moa.make_pdf import pages, show
from reportkit.cli import main


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))


def said(tmp_path, *texts: str):
    path = tmp_path / "paper.pdf"
    body = b"".join(show(text, 72, 700 - 20 * n) for n, text in enumerate(texts))
    path.write_bytes(pages([body]))
    return CliRunner().invoke(main, ["moa", str(path)])


def test_a_letter_is_refused_with_the_reason(tmp_path):
    result = said(tmp_path, "Dear Sheriff,", "the agreement of ICE under 287(g) is late.")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "paper.pdf: no memorandum of agreement: " in result.stderr


def test_of_an_unknown_form_nothing_is_called_absent(tmp_path):
    result = said(tmp_path, "MEMORANDUM OF AGREEMENT", "on a program under 287(g)")
    assert result.exit_code == 0
    assert "Model: not readable [the document follows no known form]" in result.stdout
    assert "All parts in the file: not readable [the document" in result.stdout
    _, terms = result.stdout.split("Powers", 1)
    told = [line for line in terms.splitlines() if "follows no known form" in line]
    assert len(told) >= 50


def test_a_folder_tells_of_all_its_files_and_of_those_that_are_none(tmp_path):
    folder = tmp_path / "papers"
    folder.mkdir()
    title = show("MEMORANDUM OF AGREEMENT", 72, 700) + show("under 287(g)", 72, 680)
    (folder / "a.pdf").write_bytes(pages([title]))
    (folder / "b.pdf").write_bytes(pages([show("Dear Sheriff,", 72, 700)]))
    (folder / "c.pdf").write_text("<html>")
    result = CliRunner().invoke(main, ["moa", str(folder)])
    assert result.exit_code == 0
    assert "0 of 1 memoranda compared" in result.stdout
    assert "- a.pdf" in result.stdout
    assert [name for name in ("b.pdf", "c.pdf") if f"Error: {name}: " in result.stderr] == [
        "b.pdf",
        "c.pdf",
    ]


def test_a_folder_without_a_memorandum_is_an_error(tmp_path):
    result = CliRunner().invoke(main, ["moa", str(tmp_path)])
    assert result.exit_code == 1
    assert "no memorandum there" in result.stderr
