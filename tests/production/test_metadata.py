"""schema.org metadata in the head of a brief: valid, true to the brief, data and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from bs4 import BeautifulSoup
from rdflib import RDF, Graph, Namespace, URIRef

from reportkit.brief.program import make_program
from reportkit.production import produce
from reportkit.production.program import produce_program

SCHEMA = Namespace("https://schema.org/")
PAGE = "https://briefs.example/page"
# Required properties: of ClaimReview and Dataset by developers.google.com/search/docs (fact check,
# dataset), of Rating and DataDownload as these need them; the rest is what a reader of any of them
# is promised here. Looked up in November 2026.
REQUIRED = {
    "ClaimReview": {"claimReviewed", "reviewRating", "url", "author", "itemReviewed", "datePublished"},
    "Rating": {"alternateName"},
    "Claim": {"author", "datePublished"},
    "Dataset": {"name", "description"},
    "DataDownload": {"contentUrl", "encodingFormat"},
    "Report": {
        "name", "description", "about", "temporalCoverage", "dateModified", "isBasedOn", "license",
        "inLanguage", "creator", "author", "reportNumber",
    },
    "PropertyValue": {"propertyID", "value"},
    "Organization": {"name"},
    "SoftwareApplication": {"name", "softwareVersion"},
}  # fmt: skip


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("metadata")
    made = {
        name: produce(name, as_of="2026-05-18", formats=["html"], out=out, lang=lang)
        for name, lang in (("Lee County, FL", "en"), ("gn4699066", "es"))
    }
    made["nation"] = produce_program("2026-05-18", formats=["html"], out=out)
    return {name: paths[0].read_text("utf-8") for name, paths in made.items()}


def script(page):
    found = BeautifulSoup(page, "html.parser").find_all("script")
    assert [item["type"] for item in found] == ["application/ld+json"]
    return found[0].string


def graph(page):
    return json.loads(script(page))["@graph"]


def of(page, kind):
    return [node for node in graph(page) if node["@type"] == kind]


def every(node):
    """A node and all nodes in it that have a type."""
    if isinstance(node, dict):
        if "@type" in node:
            yield node
        for value in node.values():
            yield from every(value)
    elif isinstance(node, list):
        for value in node:
            yield from every(value)


@pytest.mark.parametrize("name", ["Lee County, FL", "gn4699066", "nation"])
def test_required_properties_are_there_and_every_reference_is_told(pages, name):
    nodes = list(every(graph(pages[name])))
    assert {"Report", "Dataset", "DataDownload"} <= {node["@type"] for node in nodes}
    for node in nodes:
        missing = REQUIRED.get(node["@type"], set()) - {key for key, value in node.items() if value}
        assert missing == set(), node
    for node in nodes:
        if node["@type"] == "Dataset":
            assert 50 <= len(node["description"]) <= 5000
    named = {node["@id"] for node in nodes if "@id" in node}
    asked = set(re.findall(r'\{"@id":"(#[^"]+)"\}', script(pages[name])))
    assert asked
    assert asked <= named


@pytest.mark.parametrize("name", ["Lee County, FL", "nation"])
def test_a_reader_of_linked_data_understands_it(pages, name):
    # The context of schema.org in short, for no network is asked.
    data = {**json.loads(script(pages[name])), "@context": {"@vocab": str(SCHEMA)}}
    held = Graph()
    held.parse(data=json.dumps(data), format="json-ld", publicID=PAGE)
    report = URIRef(f"{PAGE}#report")
    assert (report, RDF.type, SCHEMA.Report) in held
    assert str(held.value(report, SCHEMA.temporalCoverage)) == "2026-05-18"
    place = held.value(report, SCHEMA.about)
    assert held.value(place, SCHEMA.name) is not None


def test_report_place_and_lists_of_a_county(pages):
    (report,) = of(pages["Lee County, FL"], "Report")
    (place,) = of(pages["Lee County, FL"], "AdministrativeArea")
    assert report["name"] == "287(g) in Lee County, Florida"
    assert place["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "GEOID",
        "value": "12071",
    }
    assert place["containedInPlace"] == {"@type": "State", "name": "Florida"}
    newest, pending = report["isBasedOn"]
    assert newest["identifier"].startswith("sha256:f2d0629e")
    assert (newest["datePublished"], pending["datePublished"]) == ("2026-05-18", "2026-02-17")
    assert all(re.match("https?://", item["@id"]) for item in report["citation"])
    (data,) = of(pages["Lee County, FL"], "Dataset")
    assert [item["contentUrl"] for item in data["distribution"]] == [
        "claims.csv", "claims.json", "brief.json",
    ]  # fmt: skip


def test_in_spanish_it_is_spanish_and_a_city_is_known_by_its_geonames_id(pages):
    (report,) = of(pages["gn4699066"], "Report")
    assert report["inLanguage"] == "es"
    (place,) = of(pages["gn4699066"], "City")
    assert (place["identifier"]["propertyID"], place["identifier"]["value"]) == (
        "GeoNames",
        "4699066",
    )
    (data,) = of(pages["gn4699066"], "Dataset")
    assert data["name"].startswith("Afirmaciones y fuentes de")


def test_each_statement_with_a_verdict_has_its_review(pages):
    edition = make_program("2026-05-18")
    checked = [item for item in edition.claims("check.") if "said" in item.values]
    definite = [item for item in checked if item.values["verdict"] != "check.verdict.unknown"]
    assert 0 < len(definite) < len(checked)
    reviews = of(pages["nation"], "ClaimReview")
    assert [(item["claimReviewed"], item["reviewRating"]["alternateName"]) for item in reviews] == [
        (item.values["said"], edition.words.text(item.values["verdict"])) for item in definite
    ]
    first = reviews[0]["itemReviewed"]
    assert first["author"] == {"@type": "Organization", "name": definite[0].values["publisher"]}
    assert first["appearance"]["name"]
    assert of(pages["Lee County, FL"], "ClaimReview") == []
    # The address of a review is that of its row.
    soup = BeautifulSoup(pages["nation"], "html.parser")
    for item, claim in zip(reviews, definite, strict=True):
        assert soup.find(id=item["url"][1:])["data-claim"] == claim.id


def test_the_policy_names_the_data_and_nothing_in_it_ends_the_script(pages):
    for page in pages.values():
        text = script(page)
        assert "<" not in text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)[1]
        assert f"script-src 'sha256-{digest}';" in policy
        assert "unsafe-inline" not in policy.partition("style-src")[0]


def test_previews_say_what_the_brief_answers(pages):
    soup = BeautifulSoup(pages["Lee County, FL"], "html.parser")
    (report,) = of(pages["Lee County, FL"], "Report")
    for kind, name in (("name", "description"), ("property", "og:description")):
        assert soup.find("meta", {kind: name})["content"] == report["description"]
    assert report["description"].startswith("Yes: ICE's list of 18 May 2026 shows 10 agreements")
