"""Editions with one thing changed in their files, each of which verifying them must find.

A PDF is changed within the way that our drawing writes one, lengths and table made to fit, so that
only what it says tells. Every kind of place has a name; a sample takes from each in turn.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from reportkit.production.record import NAME, Record, written


@dataclass(frozen=True)
class Change:
    """One change: of which kind, of which file, and what the file then holds."""

    kind: str
    file: str
    data: bytes


def other(text: str, source: random.Random) -> str:
    """The text with one letter or digit changed into another of its kind."""
    places = [at for at, sign in enumerate(text) if sign.isalnum() and sign.isascii()]
    at = source.choice(places)
    signs = "0123456789" if text[at].isdigit() else "abcdefghijklmnopqrstuvwxyz"
    sign = source.choice([sign for sign in signs if sign != text[at].lower()])
    return text[:at] + sign + text[at + 1 :]


# What each kind of place looks like in a page; the group is what is changed.
HTML = {
    "sentence": r'<span[^>]* data-claim="[^"]*">([^<]*\w[^<]*)<',
    "cell": r"<td[^>]*><div>([^<]*\w[^<]*)<",
    "row head": r'<th scope="row"[^>]*>([^<]*\w[^<]*)<',
    "column head": r'<th scope="col"[^>]*>([^<]*\w[^<]*)<',
    "caption": r"<caption>([^<]+)<",
    "chart title": r"<figcaption[^>]*>([^<]+)<",
    "alternative text": r'role="img" aria-label="([^"]+)"',
    "label": r'<a href="#[^"]*" aria-label="([^"]+)"',
    "claim": r'data-claim="([^"]+)"',
    "anchor": r'\sid="([^"]+)"',
    "link in the page": r'href="#([^"]+)"',
    "address": r'href="(https?://[^"]+)"',
    "answer": r'data-answer="([^"]+)"',
    "title": r"<title>([^<]+)<",
    "language": r'<html lang="([^"]+)"',
    "day": r'<time datetime="([^"]+)"',
    "policy": r'http-equiv="Content-Security-Policy" content="([^"]+)"',
    "style": r"<style>([^<]+)<",
    "heading": r"<h2[^>]*>([^<]+)<",
    "contents": r'<li><a href="#[^"]*">([^<]+)</a></li>',
    "outline": r' d="(M[^"]+)"',
    "words in a chart": r"<text[^>]*>([^<]*\w[^<]*)</text>",
    "hash": r"SHA-256 <code>([0-9a-f]+)<",
    "locator": r"<b>\d+</b>([^<]*\d[^<]*)<",
    "number": r"<b>(\d+)</b>",
    "figure": r"<dd[^>]*>(\d[^<]*)<",
    "report id": r"<code>([0-9a-f]{16})</code>",
}


def html(folder: Path, source: random.Random, each: int) -> Iterator[Change]:
    """A word, number or attribute of a page; a script that it had not."""
    page = (folder / "brief.html").read_text("utf-8")
    for kind, pattern in HTML.items():
        for found in _shuffled(list(re.finditer(pattern, page)), source)[:each]:
            start, end = found.span(1)
            changed = page[:start] + other(page[start:end], source) + page[end:]
            yield Change(f"html {kind}", "brief.html", changed.encode())
    added = page.replace("</main>", "<script>alert(1)</script></main>")
    yield Change("html script", "brief.html", added.encode())
    yield Change("html cut off", "brief.html", page[: len(page) // 2].encode())


def facts(folder: Path, source: random.Random, each: int) -> Iterator[Change]:
    """A letter or digit of a value, anywhere in the facts; a key twice; a claim less."""
    text = (folder / "brief.json").read_text("utf-8")
    leaves = re.finditer(
        r'^\s*(?:"(\w+)": )?("(?:[^"\\]|\\.)*"|-?[\d.]+)(?=,?$)', text, re.MULTILINE
    )
    held = [leaf for leaf in leaves if re.search(r"[0-9A-Za-z]", leaf[2])]
    taken: Counter[str] = Counter()
    for found in _shuffled(held, source):
        start, end = found.span(2)
        value = text[start:end]
        # A backslash and what follows are one sign, and a number has no zero in front.
        changed = other(value, source) if "\\" not in value else f'"x{value[1:]}'
        if value[0] != '"':
            changed = str(json.loads(value) + 1)
        kind = "json number" if value[0] != '"' else "json text"
        if re.fullmatch(r'"[0-9a-f]{64}"', value):
            kind = "json hash"
        taken[kind] += 1
        if taken[kind] <= each:
            data = text[:start] + changed + text[end:]
            yield Change(kind, "brief.json", data.encode())
    twice = text.replace('"answer":', '"answer": "pending",\n "answer":', 1)
    yield Change("json key twice", "brief.json", twice.encode())
    yield Change("json cut off", "brief.json", text[: len(text) // 2].encode())
    data = json.loads(text)
    del data["claims"][source.randrange(len(data["claims"]))]
    yield Change("json claim gone", "brief.json", _json(data))


def notebook(folder: Path, source: random.Random, each: int) -> Iterator[Change]:
    """A word of what a notebook shows: the blocks, the page, the text."""
    path = folder / "brief.ipynb"
    text = path.read_text("utf-8")
    cells = json.loads(text)["cells"]
    showing = [(number, cell) for number, cell in enumerate(cells) if cell["outputs"]]
    for number, cell in _shuffled(showing, source)[:each]:
        for output in cell["outputs"]:
            for kind in ("text/html", "text/plain"):
                data = json.loads(text)
                lines = data["cells"][number]["outputs"][0]["data"][kind]
                words = [at for at, line in enumerate(lines) if re.search(r"[a-zA-Z0-9]", line)]
                if not words:
                    continue
                at = source.choice(words)
                lines[at] = other(lines[at], source)
                yield Change(f"notebook {kind}", "brief.ipynb", _json(data))
            blocks = json.dumps(output["data"]["application/vnd.reportkit.blocks+json"])
            spans = list(re.finditer(r'"text": "([^"\\]*\w[^"\\]*)"', blocks))
            if spans:
                start, end = source.choice(spans).span(1)
                changed = blocks[:start] + other(blocks[start:end], source) + blocks[end:]
                data = json.loads(text)
                shown = data["cells"][number]["outputs"][0]["data"]
                shown["application/vnd.reportkit.blocks+json"] = json.loads(changed)
                yield Change("notebook blocks", "brief.ipynb", _json(data))
    data = json.loads(text)
    data["cells"].pop()
    yield Change("notebook end gone", "brief.ipynb", _json(data))


def pdf(folder: Path, source: random.Random, each: int) -> Iterator[Change]:
    """A letter or digit drawn on a page; a title, link, description or date of the file."""
    file = Pdf((folder / "brief.pdf").read_bytes())
    for page in _shuffled(list(file.pages), source)[: 2 * each]:
        for kind, data in file.glyphs(page, source, each):
            yield Change(f"pdf {kind}", "brief.pdf", data)
    texts = {
        "alternative text": rb"/S/Figure[^\n]*?/Alt\(([^()]+)",
        "tag's title": rb"/Type/StructElem/S/H\d[^\n]*?/T\(([^()]+)",
        "contents": rb"^<</Parent[^\n]*?/Title\(([^()]+)",
        "address": rb"/URI/URI\(([^()]+)",
        "description": rb"/Annot[^\n]*?/Contents\(([^()]+)",
        "language": rb"/Lang\((\w+)",
        "title": rb"^<</Title\(([^()]+)",
        "date": rb"/ModDate\(D:(\d+)",
        "title on record": rb"<rdf:li xml:lang=\"x-default\">([^<]+)",
        "language on record": rb"<rdf:Bag><rdf:li>(\w+)<",
        "date on record": rb"<xmp:CreateDate>([\d-]+)",
        "place in the contents": rb"^<</Parent[^\n]*?/Title.*/Dest (\d+) 0 R",
        "link in the file": rb"/Annot[^\n]*?/Dest (\d+) 0 R",
    }
    for kind, pattern in texts.items():
        held = [(n, body, re.search(pattern, body)) for n, body in file.objects.items()]
        for number, body, found in _shuffled([one for one in held if one[2]], source)[:each]:
            if kind in {"place in the contents", "link in the file"}:
                places = [n for n, text in file.objects.items() if b"/XYZ " in text[:40]]
                value = b"%d" % source.choice([n for n in places if n != int(found[1])])
            else:
                value = other(found[1].decode("ascii", "replace"), source).encode()
            start, end = found.span(1)
            yield Change(
                f"pdf {kind}",
                "brief.pdf",
                file.rebuilt({number: body[:start] + value + body[end:]}),
            )
    catalog = next(n for n, body in file.objects.items() if b"/Type/Catalog" in body)
    active = file.objects[catalog].replace(
        b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    )
    yield Change("pdf script", "brief.pdf", file.rebuilt({catalog: active}))
    yield Change("pdf more behind its end", "brief.pdf", file.data + b"\n1 0 obj\nnull\nendobj\n")
    yield Change(
        "pdf between objects", "brief.pdf", file.data.replace(b"endobj\n", b"endobj\n%\n", 1)
    )
    yield Change("pdf cut off", "brief.pdf", file.data[: len(file.data) // 2])
    yield Change("pdf is none", "brief.pdf", b"<html>blocked</html>")


class Pdf:
    """A PDF as our drawing writes one, taken apart to be put together with something else."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        found = re.findall(
            rb"\n(\d+) 0 obj\n(.*?)\nendobj(?=\n(?:\d+ 0 obj|xref)\n)", data, re.DOTALL
        )
        self.objects = {int(number): body for number, body in found}
        kids = re.search(rb"/Kids\[([^\]]*)\]", self.objects[1])
        assert kids
        self.pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]

    def rebuilt(self, changed: Mapping[int, bytes]) -> bytes:
        """The file with other objects, its table made to fit."""
        head = self.data[: self.data.index(b"1 0 obj")]
        parts, starts, at = [head], [], len(head)
        for number, body in {**self.objects, **changed}.items():
            starts.append(at)
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
            at += len(parts[-1])
        trailer = self.data[self.data.rindex(b"trailer") : self.data.rindex(b"startxref")]
        rows = b"".join(b"%010d 00000 n\r\n" % start for start in starts)
        table = b"xref\n0 %d\n0000000000 65535 f\r\n%s" % (len(starts) + 1, rows)
        return b"".join((*parts, table, trailer, b"startxref\n%d\n%%%%EOF" % at))

    def content(self, page: int) -> tuple[int, bytes]:
        """The object that holds what a page draws, and what that is."""
        found = re.search(rb"/Contents (\d+) 0 R", self.objects[page])
        assert found
        number = int(found[1])
        return number, zlib.decompress(self.objects[number].split(b"stream\n", 1)[1])

    def glyphs(self, page: int, source: random.Random, each: int) -> Iterator[tuple[str, bytes]]:
        """The file with one glyph of a page exchanged for another letter or digit of its font."""
        taken: Counter[str] = Counter()
        number, content = self.content(page)
        fonts = self._fonts(page)
        runs = list(
            re.finditer(rb"/(f\d+) [\d.]+ Tf[^\[(]*([\[(].*?)T[jJ]\nET", content, re.DOTALL)
        )
        for run in _shuffled(runs, source):
            held = fonts[run[1].decode()]
            signs = [
                sign
                for sign in re.finditer(rb"\\000(\\\d{3}|\\.|[^\\()])", run[2])
                if held.get(_code(sign[1]), "").isalnum()
            ]
            if not signs:
                continue
            sign = source.choice(signs)
            true = held[_code(sign[1])]
            digits = {code: text for code, text in held.items() if text.isdigit() == true.isdigit()}
            others = [code for code, text in digits.items() if text.isalnum() and text != true]
            if not others:
                continue
            at = run.start(2) + sign.start(1)
            new = b"\\%03o" % source.choice(others)
            changed = content[:at] + new + content[at + len(sign[1]) :]
            packed = zlib.compress(changed)
            body = b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (
                len(packed),
                packed,
            )
            before = content[: run.start()]
            where = (
                "running head" if before.rfind(b"/Pagination") > before.rfind(b"MCID") else "page"
            )
            kind = f"{'number' if true.isdigit() else 'word'} on a {where}"
            taken[kind] += 1
            if taken[kind] <= each:
                yield kind, self.rebuilt({number: body})

    def _fonts(self, page: int) -> dict[str, dict[int, str]]:
        """The characters of the glyphs of each font of a page."""
        resources = re.search(rb"/Resources (\d+) 0 R", self.objects[page])
        assert resources
        found = re.findall(rb"/(f\d+) (\d+) 0 R", self.objects[int(resources[1])])
        return {name.decode(): self._characters(int(number)) for name, number in found}

    def _characters(self, font: int) -> dict[int, str]:
        table = re.search(rb"/ToUnicode (\d+) 0 R", self.objects[font])
        assert table
        text = zlib.decompress(self.objects[int(table[1])].split(b"stream\n", 1)[1])
        pairs = re.findall(rb"^<([0-9A-F]{4})> <([0-9A-F]+)>$", text, re.MULTILINE)
        return {
            int(code, 16): bytes.fromhex(sign.decode()).decode("utf-16-be") for code, sign in pairs
        }


def _code(sign: bytes) -> int:
    letters = {b"n": 10, b"r": 13, b"t": 9, b"b": 8, b"f": 12}
    if sign[:1] != b"\\":
        return sign[0]
    return int(sign[1:], 8) if len(sign) == 4 else letters.get(sign[1:], sign[1])


def sample(
    folder: Path, makers: tuple[Callable[..., Iterator[Change]], ...], each: int
) -> list[Change]:
    """So many changes of each kind, or all that there are, always the same ones."""
    source = random.Random(287)
    taken: dict[str, list[Change]] = {}
    for make in makers:
        for change in make(folder, source, each):
            some = taken.setdefault(change.kind, [])
            if len(some) < each:
                some.append(change)
    return [change for some in taken.values() for change in some]


def apply(change: Change, folder: Path, to: Path) -> Path:
    """A copy of an edition with a change: the facts and the changed file, to be quick; the facts."""
    to.mkdir()
    for name in {"brief.json", change.file}:
        shutil.copy(folder / name, to / name)
    (to / change.file).write_bytes(change.data)
    return to / "brief.json"


def recorded(folder: Path, record: Record) -> None:
    """Write the record of an edition anew, so that it tells of the files that are there."""
    files = {name: (folder / name).read_bytes() for name in record.files}
    changed = Record(
        record.geoid,
        record.as_of,
        record.lang,
        record.report_id,
        record.formats,
        record.inputs,
        record.standing,
        written(files),
    )
    (folder / NAME).write_bytes(changed.to_bytes())


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _shuffled(items: list, source: random.Random) -> list:  # type: ignore[type-arg]
    source.shuffle(items)
    return items
