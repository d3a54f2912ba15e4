"""A folder of briefs as runs leave it, and the index over it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.places import Gazetteer
from reportkit.production import produce
from reportkit.production.site import Built, build_site

LEE, OLDER, NEWEST = "12071", "2025-06-02", "2026-05-18"
LEE_HOME = "fl/lee-county"
DIGEST = "us/digest/2026-05-11--2026-05-18-md-fl-lee-county"


def _places() -> list[str]:
    """Two whole states, and one place of each kind that is different."""
    gazetteer = Gazetteer.load()
    whole = [place.geoid for state in ("DE", "MD") for place in gazetteer.counties(state)]
    others = ["10", "24", "72", LEE, "09110", "35013", "17031"]
    others += ["48439", "48085", "22051"]
    return [*whole, *others, gazetteer.by_path("fl", "cape-coral").geoid]


@pytest.fixture(scope="session")
def briefs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Editions in both languages, one of an older day, one signed off, a digest."""
    out = tmp_path_factory.mktemp("briefs")
    for geoid in _places():
        for lang in ("en", "es"):
            produce(geoid, formats=["json"], out=out, lang=lang)
    produce(LEE, OLDER, ["json"], out)
    lee = out / LEE_HOME / NEWEST
    made = json.loads((lee / "brief.json").read_bytes())
    signed = [
        {
            "by": "R. Reviewer",
            "when": "2026-05-20",
            "report_id": made["report_id"],
            "notes": "Fine.",
        },
        {"by": "A. Nother", "when": "2026-05-19", "report_id": "0" * 16, "notes": ""},
    ]
    (lee / "sign-off.json").write_text(json.dumps(signed), "utf-8")
    # Of these the index only says that they are there.
    drawn = f"{LEE_HOME}/{NEWEST}/brief.html"
    feeds = ("feeds/digest.atom", f"feeds/{LEE_HOME}.es.json")
    for name in (drawn, f"{DIGEST}/digest.html", *feeds):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text("<!DOCTYPE html><title>Drawn elsewhere</title>", "utf-8")
    about = {
        "lang": "en",
        "period": {"since": "2026-05-11", "until": "2026-05-18"},
        "scope": {"states": ["MD"], "places": [{"geoid": LEE, "name": "Lee County, Florida"}]},
    }
    (out / DIGEST / "digest.json").write_text(json.dumps(about), "utf-8")
    return out


@pytest.fixture
def folder(briefs: Path, tmp_path: Path) -> Path:
    """A copy of two of the places, to change."""
    for home in ("de/kent-county", LEE_HOME):
        shutil.copytree(briefs / home, tmp_path / "out" / home)
    return tmp_path / "out"


@pytest.fixture(scope="session")
def built(briefs: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The index over a copy of them."""
    out = tmp_path_factory.mktemp("site") / "out"
    shutil.copytree(briefs, out)
    return build_site(out, base="https://briefs.example.org/287g")


@pytest.fixture
def site(built: Built) -> Path:
    """The folder with the index."""
    return built.index.parent


Files = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="session")
def read_all() -> Files:
    """Reads every file below a folder, by its path."""
    return lambda root: {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
