"""Reads a PDF as our own drawing writes one, and no other: what is written otherwise is no such file.

The words on the pages are read by pdfium, as any viewer reads them. The rest (titles, links,
alternative texts, language, dates) stands in objects that are taken apart here: the whole file is,
so that nothing can hide between them.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium

_HEAD = b"%PDF-1.7\n%\x80\x80\x80\x80\n\n"
_END = re.compile(
    rb"trailer\n<</Size (\d+)/Root (\d+) 0 R/Info (\d+) 0 R/ID\[\([^()]*\)\([^()]*\)\]>>\n"
    rb"startxref\n(\d+)\n%%EOF"
)
_ENTRY = 20
_STRING = rb"(?:\(((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*)\)|<([0-9A-Fa-f]+)>)"
_TEXT = re.compile(rb"/([A-Za-z]+)(?=\(|<[^<])" + _STRING, re.DOTALL)
_LINK = re.compile(rb"/Type/Annot/Subtype/Link/")
_DEST = re.compile(rb"/Dest (\d+) 0 R")
_PLACE = re.compile(rb"\[(\d+) 0 R/XYZ ([-\d.]+) ([-\d.]+) 0\]")
_NAMED = re.compile(_STRING + rb"(\d+) 0 R", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_LETTERS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# Nothing of ours does anything when it is opened, or reads out other words than it shows.
_ACTIVE = re.compile(
    rb"/(?:JS|JavaScript|AA|OpenAction|Launch|SubmitForm|EmbeddedFiles?|ActualText|E|Widget"
    rb"|AcroForm|RichMedia|OCGs|Encrypt|ObjStm)\b"
)
_NAMES = {
    *("Title", "T", "Alt", "URI", "Contents", "Lang", "ID"),
    *("Creator", "ModDate", "CreationDate", "Registry", "Ordering"),
}

Place = tuple[int, float, float]
"""Where something stands: number of the page, points down from its top, points from its left."""


class NotOurs(Exception):
    """The file is not written as our drawing writes one."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link: an address, or the number of the object that is its target, with its description."""

    address: str | None
    target: int | None
    described: str


@dataclass(frozen=True, slots=True)
class PaperFile:
    """What a PDF of ours holds besides what pdfium reads off its pages.

    `texts` has all texts of each kind, in the order of the file; `in_pages` the alternative texts
    that stand in the pages themselves. `places` says where each target is, `named` which targets
    have a name; `sections` pairs the title of each entry of the contents with its target.
    """

    data: bytes
    texts: dict[str, list[str]]
    in_pages: list[str]
    links: list[Link]
    places: dict[int, Place]
    named: dict[str, int]
    sections: list[tuple[str, int]]
    metadata: str

    def pages(self) -> list[str]:
        """The words of each page.

        Raises:
            NotOurs: pdfium cannot read the file.
        """
        try:
            with pdfium.PdfDocument(self.data) as document:
                # pdfium marks a hyphen at the end of a line.
                return [
                    page.get_textpage().get_text_range().replace("\ufffe", "-") for page in document
                ]
        except pdfium.PdfiumError as error:
            raise NotOurs(str(error)) from error


def take_apart(data: bytes) -> PaperFile:
    """The parts of a PDF of ours.

    Raises:
        NotOurs: it is written in another way, if by as much as a byte between two objects.
    """
    try:
        return _taken_apart(data)
    except (ValueError, LookupError, TypeError, zlib.error) as error:
        raise NotOurs(str(error)) from error


def _taken_apart(data: bytes) -> PaperFile:
    objects, root, info = _objects(data)
    plain = {number: body for number, body in objects.items() if b"stream\n" not in body}
    together = b"\n".join(plain.values())
    if _ACTIVE.search(together):
        raise NotOurs("it does something when it is opened, or reads out other words")
    texts: dict[str, list[str]] = {}
    for name, literal, digits in _TEXT.findall(together):
        texts.setdefault(name.decode(), []).append(_text(literal, digits))
    if not texts.keys() <= _NAMES:
        raise NotOurs("it has texts of another kind")
    kids = _numbers(_after(plain[1], rb"/Kids\[([^\]]*)\]"))
    pages = {number: place for place, number in enumerate(kids, 1)}
    heights = {number: _box(plain[number]) for number in kids}
    places = {}
    for number, body in plain.items():
        if found := _PLACE.fullmatch(body):
            page = int(found[1])
            places[number] = (pages[page], heights[page] - float(found[3]), float(found[2]))
    in_pages: list[str] = []
    links: list[Link] = []
    for page in kids:
        content = _inflated(objects[int(_after(plain[page], rb"/Contents (\d+) 0 R"))])
        for name, literal, digits in _TEXT.findall(content):
            if name not in {b"Alt", b"Lang"}:
                raise NotOurs(f"a page has a text of the kind {name!r}")
            if name == b"Alt":
                in_pages.append(_text(literal, digits))
        if _ACTIVE.search(content):
            raise NotOurs("a page reads out other words")
        held = re.search(rb"/Annots\[([^\]]*)\]", plain[page])
        links += (_link(plain[number]) for number in (_numbers(held[1]) if held else ()))
    if len(links) != together.count(b"/Type/Annot"):
        raise NotOurs("it has links on no page")
    catalog = plain[root]
    names = _after(catalog, rb"/Dests<</Names\[(.*)\]>>>>")
    named = {_text(one, two): int(number) for one, two, number in _NAMED.findall(names)}
    sections = [
        (_text(*found.groups()), int(_after(body, rb"/Dest (\d+) 0 R")))
        for body in plain.values()
        if (found := re.search(rb"/Title" + _STRING + rb"/Dest", body, re.DOTALL))
    ]
    metadata = objects[int(_after(catalog, rb"/Metadata (\d+) 0 R"))]
    if len(texts["Title"]) != len(sections) + 1 or b"/Title" not in plain[info]:
        raise NotOurs("its titles are elsewhere")
    return PaperFile(
        data, texts, in_pages, links, places, named, sections, metadata.decode("utf-8")
    )


def _objects(data: bytes) -> tuple[dict[int, bytes], int, int]:
    """All objects by number, and the numbers of the catalog and of the file's facts.

    The table at the end must lead to each, and nothing may stand before, between or behind them.
    """
    end = _END.search(data, max(len(data) - 400, 0))
    if end is None or end.end() != len(data) or not data.startswith(_HEAD):
        raise NotOurs("its beginning or its end is another")
    size, root, info, table = map(int, end.groups())
    start = b"xref\n0 %d\n" % size
    entries = data[table + len(start) : end.start()]
    if not data.startswith(start, table) or len(entries) != _ENTRY * size:
        raise NotOurs("its table is another")
    starts = [int(entries[at : at + 10]) for at in range(_ENTRY, len(entries), _ENTRY)]
    if starts[0] != len(_HEAD) or starts != sorted(starts):
        raise NotOurs("its objects are not in order")
    found = {}
    for number, (begin, stop) in enumerate(pairwise([*starts, table]), 1):
        head = b"%d 0 obj\n" % number
        tail = stop - len(b"\nendobj\n")
        if not data.startswith(head, begin) or not data.startswith(b"\nendobj\n", tail):
            raise NotOurs("something stands between its objects")
        found[number] = data[begin + len(head) : tail]
    return found, root, info


def _after(body: bytes, pattern: bytes) -> bytes:
    found = re.search(pattern, body, re.DOTALL)
    if found is None:
        raise NotOurs(f"it lacks {pattern!r}")
    return found[1]


def _numbers(references: bytes) -> list[int]:
    return [int(part) for part in references.split(b" 0 R") if part.strip()]


def _box(page: bytes) -> float:
    return float(_after(page, rb"/MediaBox\[0 0 [\d.]+ ([\d.]+)\]"))


def _inflated(body: bytes) -> bytes:
    head, content = body.split(b"stream\n", 1)
    return zlib.decompress(content) if b"/FlateDecode" in head else content


def _link(body: bytes) -> Link:
    if not _LINK.search(body):
        raise NotOurs("a page has something else than links")
    texts = {name: _text(literal, digits) for name, literal, digits in _TEXT.findall(body)}
    dest = _DEST.search(body)
    return Link(texts.get(b"URI"), int(dest[1]) if dest else None, texts[b"Contents"])


def _text(literal: bytes, digits: bytes) -> str:
    """The text of a string, written in letters or in digits."""
    data = bytes.fromhex(digits.decode()) if digits else literal
    if literal and b"\\" in literal:
        data = _ESCAPE.sub(_escaped, literal)
    return data[2:].decode("utf-16-be") if data.startswith(b"\xfe\xff") else data.decode("ascii")


def _escaped(found: re.Match[bytes]) -> bytes:
    sign = found[1]
    return bytes([int(sign, 8)]) if sign[:1].isdigit() else _LETTERS.get(sign, sign)
