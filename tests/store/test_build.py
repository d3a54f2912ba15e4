"""Stores are built whole or not at all, and the same from the same lists."""

from __future__ import annotations

import errno
import hashlib
import json
import random
from pathlib import Path

import pytest

from moa.make_pdf import pages, show
from reportkit.errors import StoreError
from reportkit.roster import FileNote
from reportkit.store import Store
from reportkit.store.build import Content, build, write
from roster.make import P4, Q2, book, day_name, list_file, row
from store import small


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_equal_lists_give_equal_bytes_in_any_order(tmp_path):
    files = small.files((list_file(day_name("2025-06-03"), [row("A", state="ATLANTIS")]),))
    notes = [FileNote(f"{n}.xlsx", f"{n}", "", "unreadable", "", "no workbook") for n in range(3)]
    write(Content(files, notes), tmp_path / "first")
    for seed in range(3):
        random.Random(seed).shuffle(files)
        random.Random(seed).shuffle(notes)
        write(Content(files, notes), tmp_path / "again")
        assert content(tmp_path / "again") == content(tmp_path / "first")


FILL = [["TEXAS", f"Constable {n}", "County", "", "Task Force Model", "2025-04-01", "link pending", ""]
        for n in range(40)]  # fmt: skip
ROW = ["FLORIDA", "Lee County Sheriff's Office", "County", "Lee County", "Task Force Model",
       "2025-02-26", "link", ""]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A folder of workbooks, two of them bad, with a manifest of origins."""
    made = tmp_path / "lists"
    for name, data in {
        "a/participatingAgencies06022025am.xlsx": book(P4, FILL),
        "a/participatingAgencies06092025am.xlsx": book(P4, [*FILL, ROW], links={"G42": small.URL}),
        "b/pendingAgencies06022025am.xlsx": book(Q2, [ROW[:5]]),
        "b/page.xlsx": b"<html>",
        "b/undated.xlsx": book(P4, FILL[:3]),
        "b/notes.txt": b"no workbook",
    }.items():
        path = made / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return made


def test_a_folder_of_workbooks_becomes_a_store(folder, tmp_path):
    seen = []
    manifest = build([folder], tmp_path / "store", lambda *step: seen.append(step))
    assert manifest["newest_list"] == "2025-06-09"
    assert manifest["newest_pending_list"] == "2025-06-02"
    assert seen[-1] == ("reading lists", 5, 5)
    store = Store(tmp_path / "store")
    assert [item.file for item in store.lists] == [
        "participatingAgencies06022025am.xlsx",
        "participatingAgencies06092025am.xlsx",
    ]
    (lee,) = store.snapshot().by_state["FL"]
    assert (lee.id, lee.moa_url) == ("fl-lee-county-sheriff-tfm-2025-02-26", small.URL)
    assert lee.agency.covers == ("12071",)
    verdicts = {row["file"]: row["verdict"] for row in store.origins.values()}
    assert verdicts["page.xlsx"] == "unreadable"
    assert verdicts["undated.xlsx"] == "quarantined"


def test_files_one_by_one_make_the_store_of_their_folder(folder, tmp_path):
    build([folder], tmp_path / "one")
    files = sorted(folder.rglob("*.xlsx"), reverse=True)
    build([*files, folder / "a"], tmp_path / "other")
    assert content(tmp_path / "one") == content(tmp_path / "other")


def test_a_letter_among_memoranda_is_set_apart(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))
    letter = ["Dear Sheriff,", "on the memorandum of agreement under section 287(g) we will write"]
    body = b"".join(show(text, 72, 700 - 20 * n) for n, text in enumerate(letter))
    (folder / "letter.pdf").write_bytes(pages([body]))
    (folder / "blocked.pdf").write_text("<!DOCTYPE html><html>Access denied</html>")
    build([folder], tmp_path / "store")
    store = Store(tmp_path / "store")
    found = {row["file"]: row for row in store.origins.values()}
    assert (found["letter.pdf"]["verdict"], found["blocked.pdf"]["verdict"]) == (
        "quarantined",
        "unreadable",
    )
    assert "no memorandum of agreement: " in found["letter.pdf"]["reason"]
    assert store.memoranda == ()


def test_origins_come_from_the_manifest(folder, tmp_path):
    build([folder], tmp_path / "before")
    sha256 = Store(tmp_path / "before").lists[0].sha256
    (folder / "MANIFEST.csv").write_text(
        f"path,sha256,origin,captured\na,{sha256},a mirror,2025-06-03\n"
    )
    build([folder], tmp_path / "after")
    found = Store(tmp_path / "after").origins[sha256]
    assert (found["origin"], found["captured"]) == ("a mirror", "2025-06-03")


def test_the_manifest_holds_hash_and_length_of_each_table(folder, tmp_path):
    build([folder], tmp_path / "store")
    tables = json.loads((tmp_path / "store" / "manifest.json").read_text())["tables"]
    files = {path.name for path in (tmp_path / "store").glob("*.csv")}
    assert set(tables) == files
    for name in files:
        data = (tmp_path / "store" / name).read_bytes()
        assert tables[name]["sha256"] == hashlib.sha256(data).hexdigest()
        assert tables[name]["rows"] == data.count(b"\n") - 1


def test_without_a_list_there_is_no_store(folder, tmp_path):
    with pytest.raises(StoreError, match="no participating list"):
        build([folder / "b"], tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_what_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match="nowhere"):
        build([tmp_path / "nowhere"], tmp_path / "store")


def test_a_folder_of_something_else_is_not_touched(folder, tmp_path):
    out = tmp_path / "mine"
    out.mkdir()
    (out / "letter.txt").write_text("keep")
    with pytest.raises(StoreError, match="not a store"):
        build([folder], out)
    assert content(out) == {"letter.txt": b"keep"}


def test_a_store_replaces_a_store(tmp_path):
    write(Content(small.files()[:1]), tmp_path / "store")
    write(Content(small.files()), tmp_path / "store")
    assert len(Store(tmp_path / "store").lists) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


@pytest.mark.parametrize(
    ("fails", "after"), [("write_bytes", 0), ("write_bytes", 5), ("rename", 0), ("rename", 1)]
)
def test_a_failure_leaves_the_old_store(tmp_path, monkeypatch, fails, after):
    out = tmp_path / "store"
    write(Content(small.files()[:1]), out)
    before = content(out)
    real, calls = getattr(Path, fails), []

    def fail(self, *args, **options):
        calls.append(self)
        if len(calls) == after + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, *args, **options)

    monkeypatch.setattr(Path, fails, fail)
    with pytest.raises(StoreError, match="No space left"):
        write(Content(small.files()), out)
    monkeypatch.undo()
    assert content(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_what_an_interrupted_run_left_does_not_stop_the_next(tmp_path):
    write(Content(small.files()[:1]), tmp_path / "store")
    left = tmp_path / ".store-old"
    left.mkdir()
    (left / "manifest.json").write_text("{}")
    write(Content(small.files()), tmp_path / "store")
    assert len(Store(tmp_path / "store").lists) == 6


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match="cannot be written"):
        write(Content(small.files()), tmp_path / "file" / "store")
