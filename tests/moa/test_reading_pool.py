"""Work in processes of its own: what breaks one costs one."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from moa.make_pdf import pages, show
from reportkit.errors import MemorandumError
from reportkit.moa.pool import each
from reportkit.moa.read import read
from reportkit.moa.values import Document


def behave(path: Path) -> str:
    match path.stem:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "slow":
            time.sleep(60)
        case "greedy":
            return str(len(bytearray(8 * 2**30)))
        case "wrong":
            raise ValueError("no such thing")
        case "refused":
            raise MemorandumError("refused.pdf: is not a PDF; take it again")
    return path.stem


def test_each_breaking_item_costs_itself_alone():
    names = ["one", "killed", "two", "slow", "greedy", "wrong", "refused", "three", "four"]
    told: list[tuple[int, int]] = []
    found = {
        path.stem: result
        for path, result in each(
            behave,
            [Path(f"{name}.pdf") for name in names],
            jobs=2,
            seconds=5,
            memory=3 * 2**30,
            progress=lambda done, total: told.append((done, total)),
        )
    }
    good = {name: result for name, result in found.items() if isinstance(result, str)}
    assert good == {name: name for name in ("one", "two", "three", "four")}
    bad = {name: str(result) for name, result in found.items() if name not in good}
    assert bad == {
        "killed": "killed.pdf: ended the process that read it; "
        "open it in a viewer and save a plain copy",
        "slow": "slow.pdf: took longer than 5 seconds and was given up; "
        "open it in a viewer and save a plain copy",
        "greedy": "greedy.pdf: needs more memory than one file may take; "
        "open it in a viewer and save a plain copy",
        "wrong": "wrong.pdf: could not be read (ValueError: no such thing)",
        "refused": "refused.pdf: is not a PDF; take it again",
    }
    assert told == [(done, 9) for done in range(1, 10)]


def test_nothing_to_do_starts_nothing():
    assert list(each(behave, [])) == []


def test_reading_many_keeps_the_errors(tmp_path: Path):
    paths = [tmp_path / name for name in ("b.pdf", "a.pdf", "c.pdf")]
    for path in paths:
        path.write_bytes(pages([show(f"Memorandum {path.stem}", 72, 700)]))
    paths[1].write_bytes(b"")
    found = dict(each(read, paths, jobs=2))
    assert isinstance(found[paths[1]], MemorandumError)
    good = [found[path] for path in (paths[0], paths[2])]
    assert [document.pages[0].text for document in good if isinstance(document, Document)] == [
        "Memorandum b",
        "Memorandum c",
    ]


@pytest.mark.parametrize("jobs", [1, 3])
def test_the_number_of_processes_changes_no_result(jobs: int):
    paths = [Path(f"{number}.pdf") for number in range(5)]
    assert dict(each(behave, paths, jobs=jobs)) == {path: path.stem for path in paths}
