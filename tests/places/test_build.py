"""The packed data: built from its inputs, small, and with its notices."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

from reportkit.errors import InputError
from reportkit.places.build import build, municipal_slugs, read_census
from reportkit.places.gazetteer import DATA
from reportkit.places.populated import Populated

MADE = ("states.csv", "counties.csv", "municipalities.csv", "neighbours.csv", "counties-2017.json")
CENSUS = "census/co-est2023-alldata.csv"


def inputs() -> tuple[Path, Path]:
    corpus, atlas = os.environ.get("REPORTKIT_CORPUS"), os.environ.get("REPORTKIT_ATLAS")
    if not corpus or not (Path(corpus) / CENSUS).exists():
        pytest.skip(f"REPORTKIT_CORPUS does not name a folder with {CENSUS}")
    if not atlas or not (Path(atlas) / "counties-10m.json").exists():
        pytest.skip(
            "REPORTKIT_ATLAS does not name the unpacked us-atlas package (npm pack us-atlas)"
        )
    pytest.importorskip("shapely", reason="shapely is needed to build the gazetteer")
    return Path(corpus) / CENSUS, Path(atlas)


@pytest.mark.corpus
def test_the_data_is_what_its_inputs_give(tmp_path: Path) -> None:
    census, atlas = inputs()
    build(census, atlas, tmp_path)
    for name in MADE:
        assert (tmp_path / name).read_bytes() == (DATA / name).read_bytes(), name


def test_files_are_small() -> None:
    sizes = [path.stat().st_size for path in DATA.iterdir()]
    assert max(sizes) < 1_000_000
    assert sum(sizes) < 2_500_000


def test_notices_are_there() -> None:
    assert "Michael Bostock" in (DATA / "NOTICE-us-atlas.txt").read_text("utf-8")
    geonames = (DATA / "NOTICE-geonames.txt").read_text("utf-8")
    assert "https://www.geonames.org" in geonames
    assert "https://creativecommons.org/licenses/by/4.0/" in geonames
    assert "Changes made" in geonames
    assert "Census Bureau" in (DATA / "NOTICE-census.txt").read_text("utf-8")


def place(number: int, name: str, area: str) -> Populated:
    return Populated(number, "FL", "12", name, 900, 27.0, -81.0, area)


COUNTIES = {"12039": "Gadsden County", "12117": "Seminole County"}


def test_slugs_of_namesakes(tmp_path: Path) -> None:
    places = [
        place(1, "Midway", "12039"),
        place(2, "Midway", "12117"),
        place(3, "Midway", "12039|12117"),
        place(4, "Gadsden County", "12039"),
        place(5, "State", "12039"),
        place(6, "Quincy", "12039"),
        place(7, "Oak", "12039"),
        place(8, "Oak", "12039"),
    ]
    assert municipal_slugs(places, COUNTIES, tmp_path / "none.csv") == {
        1: "midway-gadsden-county",
        2: "midway-seminole-county",
        3: "midway-3",
        4: "gadsden-county-gadsden-county",
        5: "state-gadsden-county",
        6: "quincy",
        7: "oak-7",
        8: "oak-8",
    }


def test_slugs_once_given_are_kept(tmp_path: Path) -> None:
    register = tmp_path / "municipalities.csv"
    with register.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([("id", "name", "slug"), (1, "Midway", ""), (6, "Quincy", "old-quincy")])
    slugs = municipal_slugs(
        [place(1, "Midway", "12039"), place(2, "Midway", "12117"), place(6, "Quincy", "12039")],
        COUNTIES,
        register,
    )
    assert slugs == {1: "midway", 2: "midway-seminole-county", 6: "old-quincy"}


def test_another_census_file_is_refused(tmp_path: Path) -> None:
    wrong = tmp_path / "co-est2020.csv"
    wrong.write_text("SUMLEV,STATE,COUNTY,CTYNAME\n50,1,1,Autauga County\n")
    with pytest.raises(InputError, match="line 2"):
        read_census(wrong)
    wrong.write_text("SUMLEV,STATE,COUNTY,CTYNAME,POPESTIMATE2023\n50,1,1,Doña Ana County,5\n")
    with pytest.raises(InputError, match="3144"):
        read_census(wrong)
