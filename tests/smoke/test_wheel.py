"""The wheel alone, in an environment of its own: no checkout, no test extras."""

import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return path


def test_wheel_holds_data_notices_and_notebooks(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "reportkit/notebooks/brief.ipynb",
        "reportkit/store/embedded/manifest.json",
        "reportkit/notebooks/program.ipynb",
        "reportkit/messages/en/brief.po",
        "reportkit/library/data/facts.yaml",
        "reportkit/params/claims-example.yaml",
        "reportkit/brief/schema.json",
        "reportkit/places/data/NOTICE-us-atlas.txt",
        "reportkit/places/data/NOTICE-geonames.txt",
        "reportkit/places/data/NOTICE-census.txt",
    ):
        assert name in names
    assert any("NOTICE-PublicSans" in name for name in names)
    assert not [name for name in names if name.endswith(".xlsx") or "tests/" in name]


def test_wheel_alone_makes_a_brief(wheel, tmp_path):
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    python = environment / "bin" / "python"
    # The locked versions, without their hashes: pip checks hashes only where all are given.
    lock = (ROOT / "requirements.lock").read_text()
    pins = re.findall(r"^([a-z0-9][\w.-]*==.*?) *\\$", lock, re.MULTILINE)
    constraints = tmp_path / "constraints.txt"
    constraints.write_text("\n".join(pins))
    install = [str(python), "-m", "pip", "install", "-q", "-c", str(constraints), str(wheel)]
    subprocess.run(install, check=True)
    work = tmp_path / "work"
    work.mkdir()
    run = subprocess.run(
        [str(environment / "bin" / "reportkit"), "brief", "Lee County, FL"],
        cwd=work,
        env={"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    written = [work / line for line in run.stdout.splitlines()]
    letters = {
        f"{name}.{kind}" for name in ("records-request", "foia-request") for kind in ("txt", "docx")
    }
    briefs = {f"brief.{kind}" for kind in ("html", "pdf", "json", "ipynb")}
    beside = {"checklist.md", "claims.csv", "claims.json", "ro-crate-metadata.json"}
    assert {path.name for path in written} == briefs | letters | beside
    assert written[0].parent == work / "outputs/fl/lee-county/2026-05-18"
    look = "from importlib.util import find_spec as f; print(f('pytest'), f('shapely'))"
    found = subprocess.run([str(python), "-c", look], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["None", "None"]
