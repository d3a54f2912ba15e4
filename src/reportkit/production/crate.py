"""Describes the folder of an edition for archives: ro-crate-metadata.json, an RO-Crate 1.2.

It tells of the files that were made together: media type, size and hash of each, what they rest on,
the notebook and its parameters. Days are those of the brief, so the same files give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import Any

from rocrate.model import ContextEntity, File
from rocrate.rocrate import ROCrate

from reportkit import __version__
from reportkit.brief.edition import Edition
from reportkit.brief.metadata import AUTHORS, LICENCE, MAKERS, PLACE, SOFTWARE, place_node

Node = Mapping[str, Any]

NAME = "ro-crate-metadata.json"
FILES = (NAME,)
VERSION = "1.2"
"""Of the RO-Crate specification."""
_NOTEBOOK, _REPORT_ID = "brief.ipynb", "#report-id"
_PYTHON = "https://www.python.org/"
_PRONOM = "https://www.nationalarchives.gov.uk/PRONOM/"
_FORMATS = {
    ".html": ("text/html", "fmt/471", "HTML 5"),
    ".pdf": ("application/pdf", "fmt/276", "PDF 1.7"),
    ".json": ("application/json", "fmt/817", "JSON"),
    ".csv": ("text/csv", "x-fmt/18", "CSV"),
    ".txt": ("text/plain", "x-fmt/111", "Plain text"),
    ".md": ("text/markdown", "fmt/1149", "Markdown"),
    ".docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "fmt/412",
        "Word document",
    ),
    ".ipynb": ("application/x-ipynb+json", "", ""),
}
"""Media type of files by their ending; the format in the PRONOM registry, with its name."""


def crate_files(brief: Edition, files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The metadata file of an edition's folder.

    Args:
        brief: the edition.
        files: the files that were made with it, by name.
    """
    crate = ROCrate(version=VERSION)
    parts = [_part(crate, brief, name, data) for name, data in sorted(files.items())]
    parameters, sources = list(_parameters(brief)), list(_sources(brief))
    made = {
        **{"@id": "#making", "@type": "CreateAction", "name": brief.words.text("crate.making")},
        "description": brief.command,
        "instrument": {"@id": _NOTEBOOK if _NOTEBOOK in files else SOFTWARE},
        "agent": {"@id": AUTHORS},
        "object": _references((*parameters, *sources)),
        "result": _references(parts),
        "endTime": brief.as_of.isoformat(),
    }
    for node in (*_context(brief), *_registered(files), *parameters, *sources, made):
        crate.add(_entity(crate, node))
    for name, value in _root(brief, sources).items():
        crate.root_dataset[name] = value
    text = json.dumps(crate.metadata.generate(), ensure_ascii=False, indent=1)
    return {NAME: (text + "\n").encode()}


def told_of(folder: Path) -> Mapping[str, bytes | None]:
    """The files of a folder that its metadata file tells of, as they are now; None for one that is gone.

    Empty where there is no such metadata file. Addresses of anything else than a file there are
    left out.
    """
    try:
        graph = json.loads((folder / NAME).read_bytes())["@graph"]
        (parts,) = (node["hasPart"] for node in graph if node["@id"] == "./")
        names = [str(part["@id"]) for part in (parts if isinstance(parts, list) else [parts])]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {
        name: (folder / name).read_bytes() if (folder / name).is_file() else None
        for name in names
        if name == PurePath(name).name
    }


def _entity(crate: ROCrate, node: Node) -> ContextEntity:
    return ContextEntity(crate, node["@id"], {name: node[name] for name in node if name != "@id"})


def _references(nodes: Iterable[Node | File]) -> list[Node]:
    """Links to nodes, by their ids."""
    return [{"@id": node.id if isinstance(node, File) else node["@id"]} for node in nodes]


def _part(crate: ROCrate, brief: Edition, name: str, data: bytes) -> File:
    """A file of the edition."""
    media, registered, _ = _format(name)
    description = f"crate.{_told(name)}"
    properties: dict[str, Any] = {
        "name": name,
        **({"description": brief.words.text(description)} if description in brief.words else {}),
        "encodingFormat": [media, {"@id": _PRONOM + registered}] if registered else media,
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
        "inLanguage": brief.words.lang,
        "dateModified": brief.as_of.isoformat(),
    }
    if name == _NOTEBOOK:
        properties["@type"] = ["File", "SoftwareSourceCode"]
        properties["programmingLanguage"] = {"@id": _PYTHON}
        properties["softwareRequirements"] = {"@id": SOFTWARE}
    return crate.add_file(dest_path=name, properties=properties)


def _format(name: str) -> tuple[str, str, str]:
    return _FORMATS.get(PurePath(name).suffix, ("application/octet-stream", "", ""))


def _told(name: str) -> str:
    """What files like this are told by: those of letters and ledgers together, briefs by format."""
    stem, _, ending = name.partition(".")
    return f"{stem}.{ending}" if stem in {"brief", "digest", "claims"} else stem


def _context(brief: Edition) -> Iterator[Node]:
    """What files and actions refer to."""
    nested = {"identifier": str(brief.about["geoid"]), "containedInPlace": brief.about["state"]}
    place = {**place_node(brief), **nested}
    yield {name: value for name, value in place.items() if value}
    authors, software = MAKERS
    yield authors
    # An application would need an address here, and the code has none of its own.
    version = software["softwareVersion"]
    yield {**software, "@type": "CreativeWork", "version": version}
    yield {
        "@id": _REPORT_ID,
        "@type": "PropertyValue",
        "name": "report id",
        "propertyID": "report id",
        "value": brief.report_id,
    }
    yield {
        "@id": LICENCE,
        "@type": "CreativeWork",
        "name": "MIT License",
        "description": brief.words.text("crate.licence"),
    }
    yield {
        "@id": _PYTHON,
        "@type": "ComputerLanguage",
        "name": "Python",
        "url": {"@id": _PYTHON},
        "version": "3",
    }


def _registered(files: Iterable[str]) -> Iterator[Node]:
    """The formats of files in the registry, each once."""
    kinds = dict.fromkeys(map(_format, sorted(files)))
    for _, registered, name in kinds:
        if registered:
            yield {"@id": _PRONOM + registered, "@type": ["WebPage", "Standard"], "name": name}


def _parameters(brief: Edition) -> Iterator[Node]:
    """What the notebook was run with."""
    values = {
        "jurisdiction": brief.subject,
        "as_of": brief.as_of.isoformat(),
        "lang": brief.words.lang,
    }
    for name, value in values.items():
        yield {"@id": f"#{name}", "@type": "PropertyValue", "name": name, "value": value}


def _sources(brief: Edition) -> Iterator[Node]:
    """What the brief rests on: each source whose bytes are known by their hash."""
    sources = {item.source.sha256: item.source for _, item in brief.ledger.citations}
    for sha256, source in sources.items():
        if sha256:
            node = {
                "@id": f"#source-{sha256[:16]}",
                "@type": "CreativeWork",
                "name": source.title,
                "publisher": source.publisher,
                "sha256": sha256,
                "url": source.url,
                "copyrightNotice": source.licence,
            }
            yield {name: value for name, value in node.items() if value}


def _root(brief: Edition, sources: Iterable[Node]) -> Node:
    """The folder."""
    words = brief.words
    name = words.text("crate.name", {"name": str(brief.about["name"])})
    return {
        "name": name,
        "description": next(map(brief.text, brief.ledger.claims), name),
        "datePublished": brief.as_of.isoformat(),
        "identifier": {"@id": _REPORT_ID},
        "version": __version__,
        "inLanguage": words.lang,
        "license": {"@id": LICENCE},
        "author": {"@id": AUTHORS},
        "publisher": {"@id": AUTHORS},
        "about": {"@id": PLACE},
        "isBasedOn": _references(sources),
        "mentions": {"@id": "#making"},
    }
