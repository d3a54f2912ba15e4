"""Derives the facts on the standard forms from a folder of memoranda.

`python -m reportkit.moa.derive FOLDER` writes data/fingerprints.json and data/standard.json anew.
Only files whose pages all have text of their own count.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from reportkit.errors import MemorandumError
from reportkit.moa.flow import flow
from reportkit.moa.generations import derived
from reportkit.moa.read import read
from reportkit.moa.search import Text, text
from reportkit.moa.standard import derived_terms
from reportkit.moa.template import by_marks
from reportkit.moa.terms import terms
from reportkit.moa.values import Document, Found, Template


def standards(
    documents: Iterable[Document],
) -> tuple[dict[str, list[int]], dict[str, dict[str, dict[str, object]]]]:
    """The fingerprints and the terms of each standard text: the contents of both data files."""
    texts: defaultdict[str, list[Text]] = defaultdict(list)
    found: defaultdict[str, list[dict[str, Found]]] = defaultdict(list)
    for document in documents:
        if not all(page.readable for page in document.pages):
            continue
        if generation := by_marks(document):
            passages = flow(document)
            form = Template(generation.model, None, generation.revision, None, None)
            texts[generation.text].append(text(passages))
            found[generation.text].append(dict(terms(document, passages, form)))
    return derived(dict(sorted(texts.items()))), derived_terms(found)


def documents_in(folder: Path) -> Iterable[Document]:
    """The PDFs of a folder that can be read, without recognition."""
    for path in sorted(folder.rglob("*.pdf")):
        try:
            yield read(path)
        except MemorandumError:
            continue


def write(folder: Path) -> None:
    """Write both data files beside the package's code."""
    data = Path(__file__).parent / "data"
    for name, facts in zip(
        ("fingerprints.json", "standard.json"), standards(documents_in(folder)), strict=True
    ):
        (data / name).write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
