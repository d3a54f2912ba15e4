"""The RO-Crate of an edition's folder: what it says of each file, and what roc-validator says of it."""

from __future__ import annotations

import hashlib
import json
import shutil

import pytest
from rocrate_validator.models import Severity

from crates import crate_problems
from findings.places import brief
from reportkit.brief.program import make_program
from reportkit.production import produce
from reportkit.production.crate import NAME, crate_files, told_of
from reportkit.production.sources import SourceFiles
from reportkit.production.verify import Verifier
from reportkit.store import Store

MADE = {
    "brief.html": b"<!DOCTYPE html>",
    "brief.ipynb": b"{}",
    "claims.csv": b"claim\r\n",
    "foia-request.docx": b"PK",
    "strange.xyz": b"?",
}
# Ours is no body with an address, and no organization on record. Formats have both types; the check
# asks for them in each type, of which the validator adds some of its own.
ACCEPTED = (
    "Encoding format entities SHOULD include WebPage and/or Standard types",
    "The organization SHOULD have a URL.",
    "An Organization entity SHOULD have a ROR identifier",
    "An Organization's contactPoint SHOULD reference",
    "At least one author or publisher Person/Organization SHOULD have a contactPoint",
)


def nodes(edition, files=MADE) -> dict:
    written = crate_files(edition, files)
    assert list(written) == [NAME]
    return {node["@id"]: node for node in json.loads(written[NAME])["@graph"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("crate")
    produce("Cook County, IL", as_of="2026-05-18", out=out)
    return out / "il/cook-county/2026-05-18"


def test_each_file_is_told_with_type_size_and_hash():
    found = nodes(brief("Cook County, IL"))
    assert found["claims.csv"] == {
        "@id": "claims.csv",
        "@type": "File",
        "name": "claims.csv",
        "description": "The claims with their evidence, a row for each claim and each place in a source",
        "encodingFormat": [
            "text/csv",
            {"@id": "https://www.nationalarchives.gov.uk/PRONOM/x-fmt/18"},
        ],
        "contentSize": "7",
        "sha256": hashlib.sha256(b"claim\r\n").hexdigest(),
        "inLanguage": "en",
        "dateModified": "2026-05-18",
    }
    assert found["brief.ipynb"]["@type"] == ["File", "SoftwareSourceCode"]
    assert found["strange.xyz"]["encodingFormat"] == "application/octet-stream"
    assert found["./"]["hasPart"] == [{"@id": name} for name in sorted(MADE)]
    assert found["./"]["datePublished"] == "2026-05-18"


def test_how_it_was_made_is_told_with_the_notebook_its_parameters_and_the_sources():
    edition = brief("Cook County, IL")
    found = nodes(edition)
    making = found["#making"]
    assert making["instrument"] == {"@id": "brief.ipynb"}
    assert making["endTime"] == "2026-05-18"
    assert making["result"] == [{"@id": name} for name in sorted(MADE)]
    told = [found[item["@id"]] for item in making["object"]]
    values = {node["name"]: node["value"] for node in told if node["@type"] == "PropertyValue"}
    assert values == {"jurisdiction": "17031", "as_of": "2026-05-18", "lang": "en"}
    hashes = {item.source.sha256 for _, item in edition.ledger.citations} - {None}
    assert {node["sha256"] for node in told if "sha256" in node} == hashes
    # Without the notebook it is the code that made the files.
    assert nodes(edition, {"claims.csv": b""})["#making"]["instrument"] == {"@id": "#software"}


@pytest.mark.parametrize("make", [lambda: brief("Texas"), make_program], ids=["state", "nation"])
def test_same_files_same_bytes(make):
    assert crate_files(make(), MADE) == crate_files(make(), dict(reversed(MADE.items())))


def test_roc_validator_requires_nothing_else_and_recommends_little(folder, tmp_path):
    found = crate_problems(folder, tmp_path, Severity.RECOMMENDED)
    assert {
        line for line in found if not line.removeprefix("RECOMMENDED: ").startswith(ACCEPTED)
    } == set()


def test_roc_validator_finds_what_is_missing(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    data = json.loads((copy / NAME).read_bytes())
    root = next(node for node in data["@graph"] if node["@id"] == "./")
    del root["license"]
    (copy / NAME).write_text(json.dumps(data), "utf-8")
    assert any("license" in line for line in crate_problems(copy, tmp_path))


def test_a_crate_that_tells_something_else_is_told(folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    verifier = Verifier(Store(), SourceFiles([]))
    assert verifier.verify(copy / "brief.json").problems == []
    told = (copy / NAME).read_text("utf-8")
    (copy / NAME).write_text(told.replace('"contentSize": "', '"contentSize": "1', 1), "utf-8")
    (problem,) = verifier.verify(copy / "brief.json").problems
    assert problem == f"{NAME}: is not what this brief makes; make it again"


def test_only_files_of_the_folder_are_read(tmp_path):
    (tmp_path / "inside.txt").write_bytes(b"in")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.txt").write_bytes(b"a")
    parts = [
        {"@id": name} for name in ("a.txt", "../inside.txt", "gone.txt", "https://x.org/a.txt")
    ]
    (folder / NAME).write_text(json.dumps({"@graph": [{"@id": "./", "hasPart": parts}]}), "utf-8")
    assert told_of(folder) == {"a.txt": b"a", "gone.txt": None}
    for bad in ("", "[]", "{}", '{"@graph": [{"@id": "./"}]}'):
        (folder / NAME).write_text(bad, "utf-8")
        assert told_of(folder) == {}
