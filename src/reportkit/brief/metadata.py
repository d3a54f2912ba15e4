"""What search engines, fact-check tools and archives read of a brief: schema.org as JSON-LD.

Addresses are relative to the page, for a brief is read from wherever it was put.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportkit import __version__
from reportkit.brief.edition import Edition
from reportkit.brief.templates.prepare import claim_anchor
from reportkit.evidence import Claim, Source
from reportkit.findings import Citations
from reportkit.library.statements import load_statements
from reportkit.store import ListRecord

Node = dict[str, Any]

CONTEXT = "https://schema.org"
LICENCE = "https://spdx.org/licenses/MIT"
"""The licence of reportkit, and of what it writes."""
DOWNLOADS = {
    "claims.csv": "text/csv",
    "claims.json": "application/json",
    "brief.json": "application/json",
}
"""The data beside a brief and their media types."""
PLACE, SOFTWARE, AUTHORS = "#place", "#software", "#authors"
"""The ids of what is told of once: what a brief is about, what made it, who made that."""
_REPORT = "#report"
_PLACES = {"nation": "Country", "state": "State", "municipality": "City"}
# An id of a municipality is that of GeoNames, behind these letters.
_GEONAMES = "gn"
# What was published by others, and so is cited in the sense of a reader.
_PUBLISHED = {"fact", "statute"}
# Verdicts that say something of the statement.
_OPEN = "check.verdict.unknown"

MAKERS: tuple[Node, ...] = (
    {"@id": AUTHORS, "@type": "Organization", "name": "the reportkit authors"},
    {
        "@id": SOFTWARE,
        "@type": "SoftwareApplication",
        "name": "reportkit",
        "softwareVersion": __version__,
    },
)


def metadata(brief: Edition, title: str, description: str) -> Node:
    """A brief, its data and its fact check as JSON-LD.

    Args:
        brief: what is told of.
        title: of the page.
        description: a sentence on what it says.
    """
    return {
        "@context": CONTEXT,
        "@graph": [
            _report(brief, title, description),
            _dataset(brief, title),
            place_node(brief),
            *MAKERS,
            *_reviews(brief),
        ],
    }


def _common(brief: Edition) -> Node:
    """What holds of the report and of its data."""
    day = brief.as_of.isoformat()
    return {
        "inLanguage": brief.words.lang,
        "temporalCoverage": day,
        "dateModified": day,
        "license": LICENCE,
        "creator": {"@id": SOFTWARE},
    }


def _report(brief: Edition, title: str, description: str) -> Node:
    return {
        "@id": _REPORT,
        "@type": "Report",
        "name": title,
        "description": description,
        "reportNumber": brief.report_id,
        "about": {"@id": PLACE},
        "author": {"@id": AUTHORS},
        **_common(brief),
        "isBasedOn": list(_lists(brief)),
        "citation": list(_published(brief)),
    }


def _dataset(brief: Edition, title: str) -> Node:
    words = brief.words
    return {
        "@id": "#claims",
        "@type": "Dataset",
        "name": words.text("metadata.dataset", {"title": title}),
        "description": words.text("metadata.dataset.text", {"title": title}),
        "identifier": brief.report_id,
        "isPartOf": {"@id": _REPORT},
        "spatialCoverage": {"@id": PLACE},
        "isAccessibleForFree": True,
        **_common(brief),
        "distribution": [
            {"@type": "DataDownload", "contentUrl": name, "encodingFormat": kind}
            for name, kind in DOWNLOADS.items()
        ],
    }


def place_node(brief: Edition) -> Node:
    """What a brief is about, with its id."""
    about = brief.about
    kind, identity = str(about["kind"]), str(about["geoid"])
    node: Node = {
        "@id": PLACE,
        "@type": _PLACES.get(kind, "AdministrativeArea"),
        "name": about["name"],
    }
    if kind == "nation":
        return {**node, "identifier": identity.upper()}
    known_by = "GeoNames" if identity.startswith(_GEONAMES) else "GEOID"
    value = identity.removeprefix(_GEONAMES)
    node["identifier"] = {"@type": "PropertyValue", "propertyID": known_by, "value": value}
    if kind != "state":
        state = brief.national.gazetteer.state_by_postal(str(about["state"]))
        node["containedInPlace"] = {"@type": "State", "name": state.name}
    return node


def _lists(brief: Edition) -> Iterator[Node]:
    """The newest lists of the day, whose bytes the hash names."""
    snapshot, cite = brief.national.snapshot, Citations(brief.store)
    for kind, item in (("list", snapshot.list), ("pending", snapshot.pending_list)):
        if item:
            yield _list(brief, kind, item, cite.list(item).source)


def _list(brief: Edition, kind: str, item: ListRecord, source: Source) -> Node:
    values = {"date": item.date.isoformat(), "file": source.title}
    return {
        "@type": "Dataset",
        "name": brief.words.text(f"evidence.{kind}.title", values),
        "description": brief.words.text(f"metadata.{kind}"),
        "datePublished": values["date"],
        "creator": {"@type": "Organization", "name": source.publisher},
        "url": source.url,
        "identifier": f"sha256:{source.sha256}",
    }


def _published(brief: Edition) -> Iterator[Node]:
    """The addresses of what others published and the brief cites, each once."""
    sources = {item.source.url: item.source for _, item in brief.ledger.citations}
    for source in sources.values():
        if source.url and source.kind in _PUBLISHED:
            yield {"@id": source.url}


def _reviews(brief: Edition) -> Iterator[Node]:
    """A ClaimReview for each statement that the record bears on."""
    for claim in brief.claims("check."):
        if "said" in claim.values and claim.values["verdict"] != _OPEN:
            yield _review(brief, claim)


def _review(brief: Edition, claim: Claim) -> Node:
    values = claim.values
    made: Node = {
        "@type": "Claim",
        "author": {"@type": "Organization", "name": values["publisher"]},
        "datePublished": values["published"],
    }
    title, url = _appearance(claim.id.removeprefix("check."))
    if title:
        made["appearance"] = {"@type": "CreativeWork", "name": title}
    if url:
        made["appearance"]["url"] = url
    return {
        "@type": "ClaimReview",
        "url": f"#{claim_anchor(claim.id)}",
        "datePublished": brief.as_of.isoformat(),
        "author": {"@id": AUTHORS},
        "inLanguage": brief.words.lang,
        "claimReviewed": values["said"],
        "itemReviewed": made,
        "reviewRating": {
            "@type": "Rating",
            "alternateName": brief.words.text(str(values["verdict"])),
        },
    }


def _appearance(statement: str) -> tuple[str, str]:
    """Title and address of what a statement was made in; empty where they are not known."""
    for item in load_statements():
        if item.id == statement:
            return item.source.title, item.source.url
    return "", ""
