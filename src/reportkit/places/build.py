"""Build the packed gazetteer from the Census file, us-atlas and GeoNames.

Run as ``python -m reportkit.places.build --census CSV --atlas DIR --out DIR``. The same inputs give
the same bytes, except that slugs already given in the output folder are kept: they are permanent.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from reportkit.errors import InputError
from reportkit.places.area import former_area
from reportkit.places.coextensive import COEXTENSIVE
from reportkit.places.locate import locate
from reportkit.places.names import slugify
from reportkit.places.populated import Populated, read_geonames
from reportkit.places.topology import Ring, Topology, keep, neighbours

COUNTIES = 3144
DECIMALS = 3
"""Decimals of a degree: one thousandth is about 100 m, as fine as a point for a town can be."""

STATES = """
01 AL Alabama|02 AK Alaska|04 AZ Arizona|05 AR Arkansas|06 CA California|08 CO Colorado
09 CT Connecticut|10 DE Delaware|11 DC District of Columbia|12 FL Florida|13 GA Georgia|15 HI Hawaii
16 ID Idaho|17 IL Illinois|18 IN Indiana|19 IA Iowa|20 KS Kansas|21 KY Kentucky|22 LA Louisiana
23 ME Maine|24 MD Maryland|25 MA Massachusetts|26 MI Michigan|27 MN Minnesota|28 MS Mississippi
29 MO Missouri|30 MT Montana|31 NE Nebraska|32 NV Nevada|33 NH New Hampshire|34 NJ New Jersey
35 NM New Mexico|36 NY New York|37 NC North Carolina|38 ND North Dakota|39 OH Ohio|40 OK Oklahoma
41 OR Oregon|42 PA Pennsylvania|44 RI Rhode Island|45 SC South Carolina|46 SD South Dakota
47 TN Tennessee|48 TX Texas|49 UT Utah|50 VT Vermont|51 VA Virginia|53 WA Washington
54 WV West Virginia|55 WI Wisconsin|56 WY Wyoming|60 AS American Samoa|66 GU Guam
69 MP Northern Mariana Islands|72 PR Puerto Rico|78 VI U.S. Virgin Islands
"""


def read_states() -> dict[str, tuple[str, str]]:
    """Postal code and name of each state and territory, by FIPS code."""
    entries = [e.split(" ", 2) for e in STATES.replace("\n", "|").split("|") if e]
    return {fips: (postal, name) for fips, postal, name in entries}


def read_census(path: Path) -> dict[str, tuple[str, int]]:
    """Name and population of 1 July 2023 of each state (2 digits) and county (5 digits).

    Raises:
        InputError: the file is not the Census county file of vintage 2023.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        # The Bureau has published this file in Latin-1 as well. Only "Doña Ana" shows it.
        text = data.decode("latin-1")
    result: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            # The file may have lost its leading zeros on the way through a spreadsheet.
            state, county = row["STATE"].zfill(2), row["COUNTY"].zfill(3)
            geoid = state if int(row["SUMLEV"]) == 40 else state + county
            result[geoid] = (row["CTYNAME"], int(row["POPESTIMATE2023"]))
        except (KeyError, ValueError) as error:
            raise InputError(f"{path.name}, line {number}: {error!r}; use vintage 2023") from error
    if sum(len(geoid) == 5 for geoid in result) != COUNTIES:
        raise InputError(f"{path.name} does not hold {COUNTIES} counties; use vintage 2023")
    return result


def build(census_csv: Path, us_atlas_dir: Path, out_dir: Path) -> None:
    """Write the data files of the gazetteer into `out_dir`.

    Args:
        census_csv: `co-est2023-alldata.csv` of the Census Bureau.
        us_atlas_dir: the unpacked us-atlas package, version 3.
        out_dir: the folder to write; slugs found there are kept.

    Raises:
        InputError: an input is not what it should be.
    """
    states, census = read_states(), read_census(census_csv)
    document = json.loads((us_atlas_dir / "counties-10m.json").read_text(encoding="utf-8"))
    atlas = Topology(document)
    shapes, outlines = atlas.objects["counties"], atlas.objects["states"]
    counties = {geoid: census[geoid] for geoid in sorted(census) if len(geoid) == 5}
    populated = locate(
        read_geonames({postal: fips for fips, (postal, _) in states.items()}),
        {geoid: name for geoid, (name, _) in counties.items()},
        {geoid: atlas.rings(shape) for geoid, shape in shapes.items()},
    )
    out_dir.mkdir(parents=True, exist_ok=True)
    slugs = municipal_slugs(
        populated, {g: name for g, (name, _) in counties.items()}, out_dir / "municipalities.csv"
    )
    write(
        out_dir / "states.csv",
        ("geoid", "postal", "name", "population", "lat", "lon"),
        [
            (fips, postal, name, census.get(fips, ("", ""))[1], *centre(atlas, outlines.get(fips)))
            for fips, (postal, name) in states.items()
        ],
    )
    write(
        out_dir / "counties.csv",
        ("geoid", "name", "population", "lat", "lon", "city"),
        [
            (
                geoid,
                *values,
                *centre(atlas, shapes.get(geoid)),
                "|".join(COEXTENSIVE.get(geoid, ())),
            )
            for geoid, values in counties.items()
        ],
    )
    write(
        out_dir / "municipalities.csv",
        ("id", "name", "population", "lat", "lon", "area", "slug"),
        [
            # The slug is left out where it is the name's own: most rows, a fifth of the file.
            (p.number, p.name, p.population, *rounded(p.lat, p.lon), p.area, slug)
            for p in populated
            for slug in [slugs[p.number] if slugs[p.number] != slugify(p.name) else ""]
        ],
    )
    write_geometry(document, atlas, set(counties), set(states), out_dir)


def municipal_slugs(
    populated: Sequence[Populated], counties: dict[str, str], register: Path
) -> dict[int, str]:
    """A slug for each municipality, unique in its state; one given before is kept.

    Where several claim one slug, each adds its county's, or its own number if it has no county.
    """
    given: dict[int, str] = {}
    if register.exists():
        with register.open(encoding="utf-8", newline="") as file:
            given = {int(r["id"]): r["slug"] or slugify(r["name"]) for r in csv.DictReader(file)}
    taken = {(geoid[:2], slugify(name)) for geoid, name in counties.items()}
    taken |= {(p.fips, given[p.number]) for p in populated if p.number in given}
    taken |= {(p.fips, "state") for p in populated}
    new = [p for p in populated if p.number not in given]
    for choose in (_plain, _with_county, _with_number):
        wanted = Counter((p.fips, choose(p, counties)) for p in new)
        free = {claim for claim, times in wanted.items() if times == 1 and claim not in taken}
        # A slug that two claimed, and neither got, stays unused: it would not say which one.
        taken |= set(wanted)
        given |= {p.number: s for p in new if (p.fips, s := choose(p, counties)) in free}
        new = [p for p in new if p.number not in given]
    return given


def _plain(place: Populated, counties: dict[str, str]) -> str:
    return slugify(place.name)


def _with_county(place: Populated, counties: dict[str, str]) -> str:
    county = counties.get(place.area)
    return f"{slugify(place.name)}-{slugify(county) if county else place.number}"


def _with_number(place: Populated, counties: dict[str, str]) -> str:
    return f"{slugify(place.name)}-{place.number}"


def write_geometry(
    document: dict[str, Any], atlas: Topology, counties: set[str], states: set[str], out: Path
) -> None:
    """Write the reduced topology and the table of neighbours.

    Counties of 2017 that are no more stay in the topology without a name, so that a map has no
    hole there; the counties of Connecticut give way to the outline of the state. A county without
    an area is left out: Falls Church has shrunk to a line.
    """
    shapes, outlines = atlas.objects["counties"], atlas.objects["states"]
    drawn = {
        geoid: shape
        for geoid, shape in shapes.items()
        if (geoid in counties or geoid.startswith("02")) and atlas.polygons(shape)
    }
    small = keep(document, {"counties": drawn, "states": {g: outlines[g] for g in states}})
    (out / "counties-2017.json").write_text(one_arc_a_line(small), encoding="utf-8")
    touching = neighbours(shapes.values())
    write(
        out / "neighbours.csv",
        ("geoid", "neighbours", "unknown"),
        [
            (
                geoid,
                " ".join(sorted(touching[geoid] & counties)),
                " ".join(sorted({former_area(other) for other in touching[geoid] - counties})),
            )
            for geoid in sorted(counties & set(shapes))
        ],
    )


def one_arc_a_line(document: dict[str, Any]) -> str:
    """Compact JSON with one arc and one geometry a line, so that a change shows as a small one."""

    def lines(items: Iterable[Any]) -> str:
        return ",\n".join(json.dumps(item, separators=(",", ":")) for item in items)

    head = json.dumps({k: document[k] for k in ("type", "transform")}, separators=(",", ":"))
    objects = ",\n".join(
        f'"{name}":{{"type":"GeometryCollection","geometries":[\n{lines(o["geometries"])}]}}'
        for name, o in document["objects"].items()
    )
    return f'{head[:-1]},\n"objects":{{{objects}}},\n"arcs":[\n{lines(document["arcs"])}]}}\n'


def centre(atlas: Topology, shape: dict[str, Any] | None) -> tuple[str, str]:
    """Latitude and longitude of the centroid of the largest part, or two empty texts."""
    polygons = atlas.polygons(shape) if shape else []
    if not polygons:
        return "", ""
    return rounded(*max(_centroid(polygon[0]) for polygon in polygons)[1:])


def _centroid(ring: Ring) -> tuple[float, float, float]:
    """Area (square degrees), latitude and longitude of the centroid of a ring."""
    x0, y0 = ring[0]
    area = x = y = 0.0
    # Measured from the first point, so that small rings far from zero do not lose their digits.
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        area += cross
        x += (ax + bx - 2 * x0) * cross
        y += (ay + by - 2 * y0) * cross
    return abs(area) / 2, y0 + y / (3 * area), x0 + x / (3 * area)


def rounded(lat: float, lon: float) -> tuple[str, str]:
    """Degrees as text with as many decimals as are kept."""
    return str(round(lat, DECIMALS)), str(round(lon, DECIMALS))


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with Unix line ends, without quotes; a field that needs them is refused."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONE)
        writer.writerow(header)
        writer.writerows(rows)


def main() -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description="Build the packed gazetteer.")
    parser.add_argument("--census", type=Path, required=True, help="co-est2023-alldata.csv")
    parser.add_argument("--atlas", type=Path, required=True, help="unpacked us-atlas package")
    parser.add_argument("--out", type=Path, required=True, help="folder to write")
    arguments = parser.parse_args()
    build(arguments.census, arguments.atlas, arguments.out)


if __name__ == "__main__":
    main()
