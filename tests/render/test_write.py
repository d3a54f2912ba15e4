import errno
import os
from pathlib import Path

import pytest

from reportkit.errors import OutputError
from reportkit.render import write_all


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_writes_all(tmp_path):
    folder = tmp_path / "fl" / "lee-county"
    write_all(folder, {"brief.html": b"h", "brief.json": b"j"})
    assert names(folder) == ["brief.html", "brief.json"]
    assert (folder / "brief.html").read_bytes() == b"h"
    assert (folder / "brief.html").stat().st_mode & 0o777 == 0o666 & ~current_umask()


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


@pytest.mark.parametrize("failing", ["fsync", "replace"])
def test_a_full_disk_leaves_what_was_there(tmp_path, monkeypatch, failing):
    write_all(tmp_path, {"brief.html": b"old", "brief.pdf": b"old"})

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write_all(tmp_path, {"brief.html": b"new", "brief.pdf": b"new"})
    assert names(tmp_path) == ["brief.html", "brief.pdf"]
    assert (tmp_path / "brief.html").read_bytes() == b"old"


def test_a_move_that_fails_halfway_is_taken_back(tmp_path, monkeypatch):
    write_all(tmp_path, {"brief.html": b"old"})
    move = Path.replace

    def not_the_pdf(self, target):
        if target.suffix == ".pdf":
            raise OSError(errno.EIO, "input/output error")
        return move(self, target)

    monkeypatch.setattr(Path, "replace", not_the_pdf)
    with pytest.raises(OutputError):
        write_all(tmp_path, {"brief.html": b"new", "brief.pdf": b"new"})
    assert names(tmp_path) == ["brief.html"]
    assert (tmp_path / "brief.html").read_bytes() == b"old"


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "fl").write_text("")
    with pytest.raises(OutputError, match="fl"):
        write_all(tmp_path / "fl", {"brief.html": b""})
