"""Whether a PDF says what its brief says, each word, number, link and title, without drawing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from nbformat import NotebookNode

from reportkit.brief.templates import labels, prepare
from reportkit.production.verify.paper_file import NotOurs, PaperFile, take_apart
from reportkit.production.verify.paper_words import Lane, Words, dense, words_of
from reportkit.render.collect import displays, document_facts
from reportkit.render.pdf import on_paper, page_facts


def says(data: bytes, nb: NotebookNode) -> bool:
    """True where a PDF says all that the displays of a notebook say, in order, and nothing else.

    False is a doubt and no verdict: what is written otherwise than our drawing writes it is not
    judged here. Not compared are lines and colours, the places of words on the page, and whether
    the letters of the fonts look like the characters they stand for.
    """
    facts = document_facts(nb)
    words = labels(facts["lang"])
    blocks = [
        block for data in displays(nb) for drawn in data["blocks"] for block in on_paper(drawn)
    ]
    said = words_of(prepare(blocks), words)
    document = page_facts(facts, words)
    try:
        file = take_apart(data)
        return (
            _says_of_itself(file, said, document)
            and _leads(file, said, words)
            and _shows(file.pages(), said, document, words)
        )
    except NotOurs:
        return False


def _says_of_itself(file: PaperFile, said: Words, document: Mapping[str, str]) -> bool:
    """Titles, language, day and alternative texts are the brief's, wherever the file has them."""
    texts, title, lang = file.texts, document["title"], document["lang"]
    day = document["day"]
    stamps = [f"D:{day.replace('-', '')}000000Z"] if day else []
    return (
        Counter(texts["Title"]) == Counter([*said.titles, title])
        and sorted(title for title, _ in file.sections) == sorted(said.titles)
        and texts.get("T", []) == said.titles
        and texts.get("Alt", []) == file.in_pages == said.pictures
        and set(texts["Lang"]) <= {lang, *said.languages}
        and texts.get("ModDate", []) == texts.get("CreationDate", []) == stamps
        and f'<rdf:li xml:lang="x-default">{_xml(title)}</rdf:li>' in file.metadata
        and f"<dc:language><rdf:Bag><rdf:li>{lang}</rdf:li></rdf:Bag>" in file.metadata
        and (not day or file.metadata.count(f"Date>{day}T00:00:00Z</xmp:") == 2)
    )


def _xml(text: str) -> str:
    return escape(text, {"'": "&apos;", '"': "&quot;"})


def _leads(file: PaperFile, said: Words, words: Mapping[str, str]) -> bool:
    """Each link leads where the brief's does: the anchors are where the document has them."""
    if len(file.links) != len(said.links):
        return False
    targets: dict[str, int] = {}
    for link, wanted in zip(file.links, said.links, strict=True):
        if not wanted.startswith("#"):
            if link.target is not None or not link.address == link.described == wanted:
                return False
            continue
        if link.address is not None or link.target not in file.places:
            return False
        page = file.places[link.target][0]
        if link.described != f"{words['page']} {page}":
            return False
        if targets.setdefault(wanted[1:], link.target) != link.target:
            return False
    if any(targets.setdefault(name, at) != at for name, at in file.named.items()):
        return False
    lanes: dict[Lane, list[tuple[int, float]]] = {}
    for name, lane in said.anchors:
        if name in targets:
            lanes.setdefault(lane, []).append(file.places[targets[name]][:2])
    headings = (name for name, _ in said.anchors if name in file.named)
    titled = dict(zip(said.titles, headings, strict=False))
    return (
        len(set(targets.values())) == len(targets)
        and all(file.named.get(titled.get(title, "")) == at for title, at in file.sections)
        and all(places == sorted(places) for places in lanes.values())
    )


def _shows(
    pages: list[str], said: Words, document: Mapping[str, str], words: Mapping[str, str]
) -> bool:
    """The pages show the words in order, between running heads, and repeat the heads of tables."""
    at = 0
    for number, page in enumerate(pages, 1):
        above = dense(document["running"] + document["dated"]) if number > 1 else ""
        below = dense(f"{document['report']}{words['page']} {number} {words['of']} {len(pages)}")
        shown = dense(page)
        if not shown.startswith(above) or not shown.endswith(below):
            return False
        begin = len(above)
        for start, end, head in said.heads:
            if start < at < end and shown.startswith(head, begin):
                begin += len(head)
        end_of_page = at + len(shown) - len(below) - begin
        if not _same(page, shown, begin - at, at, end_of_page, said):
            return False
        at = end_of_page
    return at == len(said.text)


def _same(page: str, shown: str, shift: int, start: int, stop: int, said: Words) -> bool:
    """True where a page shows a stretch of the words, `shift` characters further on.

    pdfium may read the words in a chart in another order than they were drawn in.
    """
    at = start
    for first, last, held in said.charts:
        if start <= first and last <= stop:
            if shown[at + shift : first + shift] != said.text[at:first]:
                return False
            if shown[first + shift : last + shift] != said.text[first:last] and held != Counter(
                _between(page, first + shift, last + shift)
            ):
                return False
            at = last
    return shown[at + shift : stop + shift] == said.text[at:stop]


def _between(page: str, start: int, stop: int) -> Iterator[str]:
    """The words of a page between two places, which are counted without blanks."""
    at = 0
    for word in page.split():
        letters = len(dense(word))
        if at < stop and at + letters > start:
            yield word
        at += letters
