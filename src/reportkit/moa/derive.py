"""Derives the facts on the standard forms from a folder of memoranda.

`python -m reportkit.moa.derive FOLDER` writes data/fingerprints.json and data/standard.json anew.
Only files whose pages all have text of their own count.
"""

from __future__ import annotations

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from reportkit.errors import MemorandumError
from reportkit.moa.flow import flow
from reportkit.moa.prints import derived
from reportkit.moa.read import read
from reportkit.moa.search import Text, text
from reportkit.moa.sections import ADDENDUM
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
        passages = flow(document)
        if generation := by_marks(passages):
            form = Template(generation.model, None, generation.revision, None, None)
            texts[generation.text].append(text(passages))
            found[generation.text].append(dict(terms(document, passages, form)))
    return derived(dict(sorted(texts.items()))), derived_terms(found)


def derived_terms(
    files_of: Mapping[str, Sequence[Mapping[str, Found]]],
) -> dict[str, dict[str, dict[str, object]]]:
    """The facts of data/standard.json from the terms of files, by the name of their standard text.

    Each term takes the state, value and section that most files have which could be read there.
    A term that no file shows readably is left out; what an addendum brings is not of the form.
    """
    return {
        name: {
            term: fact
            for term in (held[0] if held else {})
            if (fact := _most([found[term] for found in held]))
        }
        for name, held in sorted(files_of.items())
    }


def _most(found: Sequence[Found]) -> dict[str, object]:
    form = [item if item.section != ADDENDUM else Found("absent") for item in found]
    states = Counter(item.state for item in form if item.state != "unreadable")
    if not states:
        return {}
    state = states.most_common(1)[0][0]
    facts: dict[str, object] = {"state": state}
    if state == "present":
        kept = [item for item in form if item.state == "present"]
        facts["value"] = Counter(item.value for item in kept).most_common(1)[0][0]
        facts["section"] = Counter(item.section for item in kept).most_common(1)[0][0]
    return facts


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
