"""A store travels as one piece, is checked on arrival and is kept by its hash."""

from __future__ import annotations

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from reportkit.errors import StoreError
from reportkit.store import EMBEDDED, Store
from reportkit.store.travel import apart, packed, unpacked
from store.small import store as small_store


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("REPORTKIT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def small(tmp_path):
    return small_store(tmp_path / "small")


def bytes_of(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def changed(data, name, content):
    """A packed store with other content in one file."""
    new = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(new, "w") as archive:
        for item in old.namelist():
            archive.writestr(item, content if item == name else old.read(item))
    return new.getvalue()


def test_a_store_arrives_as_it_left_under_its_hash(small, cache):
    (small.folder / "notes.txt").write_text("of no concern")
    data = packed(small)
    assert data == packed(Store(small.folder))
    folder = unpacked(small.sha256, data)
    assert folder == cache / "stores" / small.sha256
    sent = bytes_of(small.folder)
    del sent["notes.txt"]
    assert bytes_of(folder) == sent
    assert Store(folder).sha256 == small.sha256
    # What is there is not unpacked again.
    assert unpacked(small.sha256, b"") == folder
    assert [path.name for path in (cache / "stores").iterdir()] == [small.sha256]


@pytest.mark.parametrize(
    ("name", "content"), [("listings.csv", b"other"), ("manifest.json", b"{}"), ("", b"")]
)
def test_damage_on_the_way_is_found(small, cache, name, content):
    data = changed(packed(small), name, content) if name else b"no archive"
    with pytest.raises(StoreError):
        unpacked(small.sha256, data)
    assert list((cache / "stores").iterdir()) == []


def test_another_store_than_was_named_is_refused(small, cache):
    with pytest.raises(StoreError, match=r"^store 0000000000000000: changed meanwhile"):
        unpacked("0" * 64, packed(small))
    assert list((cache / "stores").iterdir()) == []


def test_a_damaged_store_does_not_leave(small):
    (small.folder / "agencies.csv").write_bytes(b"")
    with pytest.raises(StoreError, match=r"agencies\.csv: other bytes than the manifest says"):
        packed(small)


def test_a_cache_that_cannot_be_written_is_a_clear_error(small, cache):
    cache.write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be kept there .* REPORTKIT_CACHE"):
        apart(small)


def test_what_is_kept_apart_stays_when_the_store_changes(small, monkeypatch):
    folder = apart(small)
    before = bytes_of(folder)
    (small.folder / "agencies.csv").write_bytes(b"")
    assert bytes_of(folder) == before
    # The copy is there, so the damaged original is not needed.
    assert apart(small) == folder


@pytest.mark.parametrize("name", ["listings.csv", "manifest.json"])
def test_a_copy_that_was_damaged_is_made_again(small, cache, name):
    folder = apart(small)
    before = bytes_of(folder)
    for again in (apart, lambda store: unpacked(store.sha256, packed(store))):
        (folder / name).write_bytes(before[name][:20])
        assert again(small) == folder
        assert bytes_of(folder) == before
    (folder / name).unlink()
    assert apart(small) == folder
    assert bytes_of(folder) == before
    assert [path.name for path in (cache / "stores").iterdir()] == [small.sha256]


def test_many_at_once_mend_a_damaged_copy(small, cache):
    folder = apart(small)
    before = bytes_of(folder)
    (folder / "listings.csv").write_bytes(b"")
    data = packed(small)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: unpacked(small.sha256, data), range(8)))
    assert found == {folder}
    assert bytes_of(folder) == before
    assert [path.name for path in (cache / "stores").iterdir()] == [small.sha256]


def test_the_embedded_store_is_its_own():
    assert apart(Store(EMBEDDED)) == EMBEDDED.resolve()
