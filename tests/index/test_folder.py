"""What a build writes, what it leaves alone, and what it refuses."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.conftest import LEE_HOME, NEWEST, OLDER
from reportkit.errors import InputError, OutputError
from reportkit.production import record
from reportkit.production.site import build_site, publish
from reportkit.production.site.publish import MANIFEST

EDITION = f"{LEE_HOME}/{NEWEST}"


def test_briefs_stay_as_they_are_and_a_second_build_writes_nothing(folder, read_all):
    before = read_all(folder)
    first = build_site(folder)
    after = read_all(folder)
    assert before.items() <= after.items()
    known = json.loads((folder / MANIFEST).read_bytes())
    assert known.keys() | {MANIFEST} == after.keys() - before.keys()
    assert first.published.written == len(known)
    assert known == {name: [hashlib.sha256(after[name]).hexdigest()] for name in known}
    again = build_site(folder)
    assert (again.published.written, again.published.same) == (0, len(known))
    assert read_all(folder) == after
    assert not list(folder.glob(".site.*"))


def test_the_same_briefs_give_the_same_bytes_wherever_they_lie(folder, tmp_path, read_all):
    import shutil

    other = tmp_path / "elsewhere" / "deep"
    shutil.copytree(folder, other)
    for path in other.rglob("*"):
        os.utime(path, (1, 1))
    build_site(folder)
    build_site(other)
    assert read_all(folder) == read_all(other)


def test_what_is_gone_goes_from_the_index_and_what_others_wrote_stays(folder):
    import shutil

    build_site(folder)
    (folder / "es/de/kent-county/notes.txt").write_text("mine")
    shutil.rmtree(folder / "de/kent-county" / NEWEST)
    built = build_site(folder)
    assert built.places == 1
    assert built.published.removed == 4  # the place and its state, in both languages
    assert not (folder / "de").exists()
    assert (folder / "es/de/kent-county/notes.txt").read_text() == "mine"
    assert "kent" not in (folder / "site/places.js").read_text()


@pytest.mark.parametrize(
    "name",
    ["index.html", "data/places.csv", f"{LEE_HOME}/index.html", "es/index.html", "data", "es"],
)
def test_a_foreign_file_in_the_way_stops_before_anything_is_written(folder, read_all, name):
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("of somebody else")
    before = read_all(folder)
    with pytest.raises(OutputError, match="in the way") as raised:
        build_site(folder)
    assert name in str(raised.value)
    assert read_all(folder) == before


def test_a_page_that_was_changed_by_hand_is_not_overwritten(folder, read_all):
    build_site(folder)
    with (folder / "index.html").open("a") as page:
        page.write("<!-- mine -->")
    before = read_all(folder)
    with pytest.raises(OutputError, match=r"changed since: index\.html"):
        build_site(folder)
    assert read_all(folder) == before


def test_a_folder_that_leads_elsewhere_is_not_written_through(folder, tmp_path):
    (tmp_path / "away").mkdir()
    (folder / "data").symlink_to(tmp_path / "away")
    with pytest.raises(OutputError, match=r"in the way.*data"):
        build_site(folder)
    assert list((tmp_path / "away").iterdir()) == []


def test_a_damaged_manifest_is_named(folder):
    build_site(folder)
    (folder / MANIFEST).write_text("{")
    with pytest.raises(OutputError, match=r"manifest\.json: damaged"):
        build_site(folder)


@pytest.mark.parametrize("path", ["../mine.txt", "fl/../../mine.txt", "/mine.txt", "a\0", ".git/x"])
def test_a_manifest_from_others_takes_nothing_away_outside(tmp_path, path):
    root, mine = tmp_path / "out", tmp_path / "mine.txt"
    mine.write_bytes(b"mine")
    (root / MANIFEST).parent.mkdir(parents=True)
    (root / MANIFEST).write_text(json.dumps({path: [hashlib.sha256(b"mine").hexdigest()]}))
    with pytest.raises(OutputError, match=r"manifest\.json: damaged"):
        publish.publish(root, {"index.html": b"x"})
    assert mine.read_bytes() == b"mine"
    assert not (root / "index.html").exists()


def test_a_move_that_fails_puts_everything_back(folder, read_all, monkeypatch):
    build_site(folder)
    before = read_all(folder)
    (folder / EDITION / "brief.html").unlink(missing_ok=True)
    (folder / f"{LEE_HOME}/{OLDER}/brief.json").unlink()
    before = {name: data for name, data in before.items() if (folder / name).exists()}
    moves = []
    move = Path.replace

    def failing(path, target):
        if "/new/" in path.as_posix() and path.suffix == ".html":
            if len(moves) == 2:
                raise OSError(28, "No space left on device")
            moves.append(path)
        return move(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OutputError, match="No space left"):
        build_site(folder)
    assert len(moves) == 2
    assert read_all(folder) == before
    monkeypatch.undo()
    assert build_site(folder).published.written > 2


def test_a_build_that_is_killed_between_two_moves_is_followed_by_a_whole_one(
    folder, read_all, monkeypatch
):
    build_site(folder)
    (folder / f"{LEE_HOME}/{OLDER}/brief.json").unlink()
    # As if the process ended: nothing is put back.
    monkeypatch.setattr(publish, "_back", lambda path, held: None)
    saved = publish._save
    times = []

    def save(root, known, into):
        times.append(known)
        if len(times) < 2:
            saved(root, known, into)
        elif len(times) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(publish, "_save", save)
    with pytest.raises(KeyboardInterrupt):
        build_site(folder)
    monkeypatch.undo()
    whole = build_site(folder)
    assert whole.places == 2
    known = json.loads((folder / MANIFEST).read_bytes())
    assert all(
        [hashlib.sha256((folder / name).read_bytes()).hexdigest()] == held
        for name, held in known.items()
    )


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def _other_place(path: Path) -> None:
    path.write_text(
        path.read_text("utf-8").replace('"geoid": "12071"', '"geoid": "12073"'), "utf-8"
    )


def _unknown_place(path: Path) -> None:
    path.write_text(
        path.read_text("utf-8").replace('"geoid": "12071"', '"geoid": "12999"'), "utf-8"
    )


def _other_version(path: Path) -> None:
    path.write_text(
        path.read_text("utf-8").replace('"schema_version": "1.', '"schema_version": "7.')
    )


DAMAGE = {
    "half": (_half, "Invalid JSON"),
    "other place": (_other_place, "an edition of fl/leon-county"),
    "unknown place": (_unknown_place, "No place has the id '12999'"),
    "other version": (_other_version, "schema_version"),
    "empty": (lambda path: path.write_bytes(b""), "Invalid JSON"),
    "a list": (lambda path: path.write_bytes(b"[]"), "the file"),
    "no json": (lambda path: path.rename(path.with_name("brief.html")), "no brief.json is there"),
}


@pytest.mark.parametrize("kind", DAMAGE)
def test_damaged_and_foreign_editions_are_named_and_left_out(folder, kind):
    damage, told = DAMAGE[kind]
    damage(folder / LEE_HOME / OLDER / "brief.json")
    built = build_site(folder)
    assert [told in line and OLDER in line for line in built.problems] == [True]
    page = (folder / LEE_HOME / "index.html").read_text("utf-8")
    assert OLDER not in page
    assert "out of place: 1." in page


def test_what_is_no_edition_is_passed_over(folder):
    for name in ("fl/lee-county/2026-99/brief.json", "notes/brief.json", "fl/readme.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")
    (folder / EDITION / ".brief.json.abc.part").write_text("{")
    assert build_site(folder).problems == ()
    assert (folder / EDITION / ".brief.json.abc.part").read_text() == "{"


def test_files_that_their_record_does_not_bear_out_are_not_offered(folder):
    path = folder / EDITION
    made = {"brief.json": (path / "brief.json").read_bytes(), "brief.pdf": b"%PDF"}
    (path / "brief.pdf").write_bytes(b"%PDF half")
    held = json.loads(made["brief.json"])
    noted = record.Record(
        "12071", NEWEST, "en", held["report_id"], ("json", "pdf"), {}, {}, record.written(made)
    )
    (path / record.NAME).write_bytes(noted.to_bytes())
    built = build_site(folder)
    assert len(built.problems) == 1
    assert "brief.pdf was changed since" in built.problems[0]
    assert "brief.pdf" not in (folder / LEE_HOME / "index.html").read_text("utf-8")
    (path / "brief.json").write_bytes(made["brief.json"] + b" ")
    built = build_site(folder)
    assert "brief.json was changed since it was made" in built.problems[0]


def test_a_sign_off_that_cannot_be_read_counts_for_nothing_and_is_named(folder):
    (folder / EDITION / "sign-off.json").write_text('[{"by": "X"}]')
    built = build_site(folder)
    assert ["sign-off.json" in line for line in built.problems] == [True]
    assert "Nobody has signed" in (folder / LEE_HOME / "index.html").read_text("utf-8")


def test_a_digest_that_cannot_be_read_is_named_and_left_out(folder):
    digest = folder / "us/digest/2026-05-11--2026-05-18"
    digest.mkdir(parents=True)
    (digest / "digest.html").write_text("<title>x</title>")
    (digest / "digest.json").write_text('{"period": {}}')
    built = build_site(folder)
    assert ["digest.json" in line for line in built.problems] == [True]
    assert "digest.html" not in (folder / "index.html").read_text("utf-8")


def test_a_folder_without_briefs_and_an_address_that_is_none(folder, tmp_path, read_all):
    (tmp_path / "empty").mkdir()
    for path, told in ((tmp_path / "empty", "no edition"), (tmp_path / "none", "no such folder")):
        with pytest.raises(InputError, match=told):
            build_site(path)
    assert list((tmp_path / "empty").iterdir()) == []
    before = read_all(folder)
    for base in ("example.org", "ftp://example.org/", "https://", "https://x.org/?a=b"):
        with pytest.raises(InputError, match="--base-url"):
            build_site(folder, base=base)
    assert read_all(folder) == before


def test_two_builds_at_once(folder):
    with publish.locked(folder), pytest.raises(OutputError, match="being built"):
        build_site(folder)


names = st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h"])
sets = st.dictionaries(names, st.binary(max_size=3), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(sets, min_size=1, max_size=4))
def test_after_any_row_of_builds_the_files_are_those_of_the_last(tmp_path_factory, builds):
    root = tmp_path_factory.mktemp("row")
    (root / "brief").write_text("mine")
    for files in builds:
        publish.publish(root, files)
        there = {
            path.relative_to(root).as_posix(): path.read_bytes()
            for path in root.rglob("*")
            if path.is_file()
        }
        there.pop(MANIFEST, None)
        assert there == {**files, "brief": b"mine"}
        assert all(any(path.iterdir()) for path in root.rglob("*") if path.is_dir())
