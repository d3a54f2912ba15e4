"""The commands `site` and `serve`."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request

from click.testing import CliRunner

from index.conftest import LEE_HOME, OLDER
from reportkit.cli import main


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_site_prints_the_index_and_a_line_for_what_it_left_out(folder):
    (folder / LEE_HOME / OLDER / "brief.json").write_text("{")
    done = run("site", folder)
    assert done.exit_code == 0
    assert done.stdout == f"{folder / 'index.html'}\n"
    left, count = done.stderr.splitlines()
    assert left.startswith(f"{folder / LEE_HOME / OLDER}: left out: brief.json: ")
    assert count.startswith("2 places, 4 editions, 1 left out; ")
    told = json.loads(run("site", folder, "--json").stdout)
    assert told["places"] == 2
    assert told["left_out"] == [left]
    assert told["files"]["written"] == 0


def test_errors_are_told_in_a_line_and_nothing_is_written(folder, tmp_path, read_all):
    (folder / "index.html").write_text("mine")
    before = read_all(folder)
    for args, told in (
        ((folder,), "in the way"),
        ((tmp_path / "none",), "no such folder"),
        ((folder, "--base-url", "example"), "--base-url"),
        ((folder, "--store", tmp_path), "no evidence store"),
    ):
        failed = run("site", *args)
        assert failed.exit_code == 1
        assert failed.stdout == ""
        assert told in failed.stderr
        assert failed.stderr.startswith("Error: ")
    assert read_all(folder) == before
    failed = run("serve", folder)
    assert failed.exit_code == 1
    assert "build it with: reportkit site" in failed.stderr


def test_serve_prints_its_address_and_ends_on_ctrl_c(site):
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from reportkit.cli import main; main()",
            "serve",
            site,
            "--port",
            "0",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        address = process.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(f"{address}{LEE_HOME}/", timeout=20) as answer:
            assert b"Lee County, Florida" in answer.read()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    finally:
        process.kill()
        process.stdout.close()
