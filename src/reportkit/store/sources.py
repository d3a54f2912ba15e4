"""Inputs that come with the package rather than with a list: hashes and licences for citation."""

from __future__ import annotations

import hashlib
from importlib.resources import files

_PLACES = (
    (
        "census-2023",
        "census",
        "County population totals, vintage 2023 (co-est2023-alldata)",
        "U.S. Census Bureau",
        "https://www.census.gov/data/tables/time-series/demo/popest/2020s-counties-total.html",
        "counties.csv",
        "public domain",
    ),
    (
        "geonames",
        "gazetteer",
        "GeoNames gazetteer: populated places of the United States",
        "GeoNames",
        "https://www.geonames.org/",
        "municipalities.csv",
        "CC BY 4.0",
    ),
    (
        "us-atlas",
        "gazetteer",
        "us-atlas: county boundaries of 2017 (from U.S. Census Bureau shapefiles)",
        "us-atlas",
        "https://github.com/topojson/us-atlas",
        "neighbours.csv",
        "ISC",
    ),
)
_OWN = (
    *(
        (f"records-{name}", f"reportkit's records: {name}", "reportkit.library", f"{name}.yaml")
        for name in ("corrections", "identities", "jurisdictions")
    ),
    (
        "moa-forms",
        "reportkit's facts on the standard forms, drawn from memoranda that follow them",
        "reportkit.moa",
        "standard.json",
    ),
)


def package_sources() -> list[dict[str, object]]:
    """One row for each packed input; `sha256` is that of the packed table, which a reader can open."""
    rows: list[dict[str, object]] = []
    for identity, kind, title, publisher, url, name, licence in _PLACES:
        data = files("reportkit.places").joinpath("data", name).read_bytes()
        rows.append(
            {
                "id": identity,
                "kind": kind,
                "title": title,
                "publisher": publisher,
                "url": url,
                "sha256": hashlib.sha256(data).hexdigest(),
                "retrieved": "",
                "licence": licence,
            }
        )
    for identity, title, package, file in _OWN:
        data = files(package).joinpath("data", file).read_bytes()
        rows.append(
            {
                "id": identity,
                "kind": "fact",
                "title": title,
                "publisher": "reportkit",
                "url": "",
                "sha256": hashlib.sha256(data).hexdigest(),
                "retrieved": "",
                "licence": "MIT",
            }
        )
    return rows
