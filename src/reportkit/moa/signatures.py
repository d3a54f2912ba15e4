"""Signature blocks: two columns of lines, one a side, read by where things stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from statistics import median
from typing import Literal
from unicodedata import normalize

from rapidfuzz import fuzz

from reportkit.moa.signing_data import signing_data
from reportkit.moa.signing_dates import SigningDate, signing_date, stamp
from reportkit.moa.values import Document, FormField, Page, Word

Party = Literal["lea", "ice"]
"""The two sides: the local agency and ICE."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""

_ALIKE = 75
"""A label read with this likeness (percent) to its word is that label."""
_HEADER_LONG = 80
"""Headers with names in them have fewer letters than this, sentences that resemble them more."""
_HEADER = re.compile(r"[FP]or(the)?[A-Za-z]{2,40}.*ForICE")
_HEADER_APART = 150
"""The headers of the two columns stand at least so many points apart."""
_HEADER_OFF = 40
"""Labels begin at most so many points left of the header of their column."""
_RIGHT = 0.42
"""The right column begins beyond this share of the page's width."""
_APART = 4
"""A label of the right column stands at least so many points behind what stands left of it."""
_MARGIN = 14
"""A label starts within so many points of the left edge of its column."""
_NEAR = 17
"""A value stands within so many points, centre to centre, of the line that it fills."""
_SAME_ROW = 5
_TITLE_ALIKE = 76
"""A line this alike (percent) to a declared title is that title misread."""
_OFFICIAL = 85
"""A name this alike (percent) to a federal signatory's, with as many letters, is theirs."""
_TITLE_SAME = 95
_TITLE_SHORT = 5
_FOOT = 0.9
"""Running feet stand below this share of the page."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a signature block as one reading gives it.

    `cells` holds the words of each labelled line (date, signature, name, title, agency), of the
    header ("head") and of everything below the date ("below", lines parted by line breaks).
    `date_box` is where the date is to be written.
    """

    page: int
    cells: Mapping[str, str]
    date_box: Box | None
    scanned: bool

    @property
    def date(self) -> SigningDate | None:
        """The date on the date line, or on another line of this side where that one has none."""
        for name in ("date", "signature", "head", "name"):
            if found := signing_date(_without_stamp(self.cells.get(name, "")), self.scanned):
                return found
        return None

    @property
    def stamped(self) -> SigningDate | None:
        """The time of a digital signature that was printed into this side."""
        return stamp(self.cells.get("all", ""))

    @property
    def name(self) -> str | None:
        """The signatory: on the name line, on another line in its place, or above the title."""
        # On paper, what stands on the signature line is writing, and reads as nobody's name.
        typed = (
            ("name", "head", "title") if self.scanned else ("name", "head", "signature", "title")
        )
        for label in typed:
            if found := person(self.cells.get(label, "")):
                return found
        if both := _after_title(self.cells.get("title", "")):
            return both[1]
        if self._labelled:
            return signer(self.cells.get("all", "")) or _official(self.cells.get("signature", ""))
        above = [
            (person(upper), title(lower))
            for upper, lower in pairwise(self.cells["below"].split("\n"))
        ]
        return next((name for name, office in above if name and office), None) or next(
            (name for name, _ in above if name), None
        )

    @property
    def office(self) -> str | None:
        """The title of the signatory."""
        cell = self.cells.get("title", "")
        if both := _after_title(cell):
            return both[0]
        if self._labelled:
            return None if person(cell) else _office(cell)
        return next(filter(None, map(_office, self.cells["below"].split("\n"))), None)

    @property
    def agency(self) -> str | None:
        """The agency line, where there is one."""
        if cell := self.cells.get("agency"):
            return cell
        if self._labelled:
            return None
        lines = self.cells["below"].split("\n")
        return next((line for line in lines if _is_agency(line) and not title(line)), None)

    @property
    def _labelled(self) -> bool:
        return "title" in self.cells or "name" in self.cells


def signature_page(document: Document) -> int | None:
    """Number of the page with the signature block of the agreement; None where there is none."""
    for page in reversed(document.pages):
        if _headers(page) and not is_addendum(page):
            return page.number
    for page in document.pages:
        if re.search(r"(?i)signing\s*this\s*MOA", page.text) and not is_addendum(page):
            last = len(document.pages) == page.number
            if _date_labels(page) or last:
                return page.number
            following = document.pages[page.number]
            return following.number if _date_labels(following) else page.number
    return None


def is_addendum(page: Page) -> bool:
    """Whether the page is headed as an addendum."""
    head = "".join(line.text for line in page.lines[:6])
    return bool(re.search(r"(?i)a\W*d\W*d\W*e\W*n\W*d\W*[uo]\W*m", head))


def sides(page: Page, fields: Sequence[FormField] = ()) -> dict[Party, Side]:
    """The sides of the signature block of a page, as far as they can be told apart.

    Args:
        page: one reading of the page.
        fields: the document's form fields, which say where their values belong.
    """
    own = [
        field for field in fields if field.page == page.number and field.kind in ("text", "choice")
    ]
    printed = [word for line in page.lines for word in line.words if not (own and word.filled)]
    words = [piece for word in printed for piece in _pieces(word)]
    words += [word for field in own if field.shown for word in _values(field)]
    top = _top(page)
    words = [w for w in words if _middle(w) > top and w.y0 < _FOOT * page.height]
    split = _split(page, words)
    left = [w for w in words if w.x0 < split]
    right = [w for w in words if w.x0 >= split]
    first: Party
    second: Party
    first, second = ("ice", "lea") if _federal(left) > _federal(right) else ("lea", "ice")
    if _federal(left) == _federal(right) == 0 and not _headers(page):
        first, second = "ice", "lea"
    edges = ((first, left, split - 6), (second, right, page.width - 30))
    return {party: _side(page, column, edge) for party, column, edge in edges if column}


def person(text: str) -> str | None:
    """A person's name, spaced as names are, without rank; None where the text is none."""
    text = _rub(text)
    text = re.sub(r"(?<=[a-z]{3})(?=[A-Z]\.|[A-Z][a-z]{2})(?<!Mac)", " ", text)
    text = re.sub(r"(?<=[A-Z]\.)(?=[A-Z])|(?<=[A-Z]{3})(?=[A-Z]\.)", " ", text)
    text = re.sub(r",?\s*\b(?=(?:Jr|Sr)\b)", " ", text)
    tokens = text.replace(",", " ").split()
    data = signing_data()
    while tokens and (_bare(tokens[0]) in data.ranks | _title_words() or len(tokens[0]) == 1):
        tokens = tokens[1:]
    core = [token for token in tokens if _bare(token) not in data.suffixes]
    if not 2 <= len(core) <= 5 or any(_bare(token) in data.agencies for token in core):
        return None
    if any(_bare(token) in data.ranks | data.never for token in core):
        return None
    # A nickname stands in quotes or brackets inside a name.
    inner = [token.strip("()\"“”‘’'") for token in core[1:-1]]
    if not all(map(_named, [core[0], *inner, core[-1]])):
        return None
    if sum(len(_bare(token)) >= 2 for token in core) < 1 + (len(core) < 3):
        return None
    return _known(" ".join(tokens))


def title(text: str) -> str | None:
    """The declared title in a line ("Sheriff, Taylor County": sheriff); None where there is none,
    or where the line names an office ("Taylor County Sheriff's Office")."""
    plain = re.sub(r"[^a-z ]", " ", text.lower().replace("'", ""))
    if re.search(r"sheriff ?s? (office|dep)|office of the|police (dep|office)", plain):
        return None
    exact = next((t for t in signing_data().titles if re.search(rf"\b{t}\b", plain)), None)
    squashed = plain.replace(" ", "")
    alike = max(signing_data().titles, key=lambda t: fuzz.ratio(squashed, t.replace(" ", "")))
    likeness = fuzz.ratio(squashed, alike.replace(" ", ""))
    if exact and likeness < _TITLE_SAME:
        return exact
    return alike if likeness >= _TITLE_ALIKE and len(squashed) >= _TITLE_SHORT else exact


def _office(text: str) -> str | None:
    """A title as printed, or as declared where recognition joined or misread its letters."""
    name = title(text)
    if name is None:
        return None
    printed = re.sub(r"(?i)^title\W*", "", _rub(text))
    return printed if name in printed.lower() else name.title().replace(" Of ", " of ")


def signer(text: str) -> str | None:
    """Who a printed digital signature says it is from ("Digitally signed by Jane Doe")."""
    match = re.search(
        r"(?i)signed\s*by:?\s*(.{3,60}?)\s*(?:Date|DN\b|\d{4})", text.replace("\n", " ")
    )
    return person(match[1].title() if match[1].isupper() else match[1]) if match else None


_PART = re.compile(
    r"(?:Mc|Mac|De|Di|Da|La|Le|Van|Von|O['’]|D['’])?(?:[A-Z][a-z]*['’]?[a-z]*|[A-Z]+)\.?"
)


@cache
def _title_words() -> frozenset[str]:
    """The words of declared titles, which stand before names and are none."""
    return frozenset(word for name in signing_data().titles for word in name.split())


def _named(token: str) -> bool:
    """Whether a word is written as a part of a name is; accents make no difference."""
    token = re.sub(r"[\u0300-\u036f]", "", normalize("NFKD", token))
    if re.fullmatch(r"(?i)van|von|de|la|del|da|di", token):
        return True
    return all(_PART.fullmatch(part) for part in token.split("-"))


def _known(name: str) -> str:
    """The name, or the federal signatory whose name it is but for a scanner's slips."""
    squashed = re.sub(r"\W", "", name).lower()
    for official in signing_data().federal_signatories:
        plain = re.sub(r"\W", "", official).lower()
        if len(squashed) == len(plain) and fuzz.ratio(squashed, plain) >= _OFFICIAL:
            return official
    return name


def _official(text: str) -> str | None:
    name = person(text)
    return name if name in signing_data().federal_signatories else None


def _after_title(text: str) -> tuple[str, str] | None:
    """Office and name where a title line holds both ("Mobile County Sheriff Jane Doe")."""
    words = _rub(text).split()
    for at in range(len(words) - 1, 0, -1):
        office, name = " ".join(words[:at]), person(" ".join(words[at:]))
        if name and title(words[at - 1]) and title(office):
            return office, name
    return None


def _bare(token: str) -> str:
    return re.sub(r"[^a-z]", "", token.lower())


def _rub(text: str) -> str:
    """Without rules, dots and brackets around the words."""
    text = re.sub(r"[_|\[\]{}•·~=]+|\s[-–—.]+\s", " ", text)
    return " ".join(text.split()).strip(" -–—.,:;")


def _is_agency(text: str) -> bool:
    return any(_bare(token) in signing_data().agencies for token in text.split())


def _without_stamp(text: str) -> str:
    return re.sub(r"20\d\d\s*[.,]\s*\d\d\s*[.,]?\s*\d\d\s*\d\d\s*[:.].*", "", text)


def _values(field: FormField) -> Iterator[Word]:
    """The words of a field side by side at half its height, where labels stand as well."""
    middle = (field.y0 + field.y1) / 2
    parts = field.value.split()
    step = (field.x1 - field.x0) / max(len(parts), 1)
    for at, part in enumerate(parts):
        left = field.x0 + at * step
        yield Word(part, left, middle - 5, left + step * 0.9, middle + 5, filled=True)


def _middle(word: Word) -> float:
    return (word.y0 + word.y1) / 2


def _pieces(word: Word) -> Iterator[Word]:
    """The word, parted behind a label that recognition joined to its value ("Date:March")."""
    match = re.match(r"([A-Za-z]{3,10}[:;])_*(?=\w)", word.text)
    if match is None or not _label(match[1]):
        yield word
        return
    at = word.x0 + match.end() / len(word.text) * (word.x1 - word.x0)
    yield Word(match[1], word.x0, word.y0, at, word.y1)
    yield Word(word.text[match.end() :], at + 0.5, word.y0, word.x1, word.y1, word.filled)


def _label(text: str) -> str | None:
    """The label that a text is, exactly or, before a colon, by likeness."""
    bare = re.sub(r"[^a-z]", "", text.lower())
    colon = text.rstrip("_ ")[-1:] in ":;.·*"
    for name in signing_data().labels:
        if bare == name or (colon and fuzz.ratio(bare, name) >= _ALIKE):
            return name
    return None


_FOR = re.compile(r"(?i)\bFor\s*(?:the\s*)?(ICE|[A-Z]{2,6}|Department)\b\s*:?")


def _headers(page: Page) -> tuple[float, float] | None:
    """Top of the headers "For the LEA:" and "For ICE:" beside each other, and x of the right one."""
    for line in page.lines:
        squashed = re.sub(r"\W+", "", line.text)
        if len(squashed) > _HEADER_LONG or not _HEADER.match(squashed):
            continue
        starts = [w.x0 for w in line.words if re.match(r"(?i)for(the|ice|lea)?", w.text)]
        if starts and starts[-1] - line.x0 > _HEADER_APART:
            return line.y0, starts[-1]
    return None


def _top(page: Page) -> float:
    """Where the block begins: at its headers, or below the closing sentence."""
    if headers := _headers(page):
        return headers[0] - 2
    closing = [
        line.y1
        for line in page.lines
        if re.search(r"(?i)extent\s*allowed|signature\s*by$|both\s*pa\w+\.?$", line.text)
        or re.search(r"(?i)signing\s*this", line.text)
    ]
    return max(closing, default=0.0) - 2


def _date_labels(page: Page) -> list[Word]:
    top = _top(page)
    return [
        piece
        for line in page.lines
        for word in line.words
        for piece in _pieces(word)
        if _label(piece.text) == "date" and piece.text.strip()[-1:] in ":;." and piece.y0 > top - 4
    ]


def _split(page: Page, words: Sequence[Word]) -> float:
    """x between the columns: where header or labels of the right one begin."""
    middle = page.width * _RIGHT
    starts = [w.x0 for w in words if w.x0 > middle and _label(w.text) and _gap(w, words) > _APART]
    if headers := _headers(page):
        return min([headers[1], *(x for x in starts if headers[1] - x < _HEADER_OFF)]) - 8
    if not starts:
        lefts = [w.x0 for w in words if w.x0 > middle and _gap(w, words) > 25]
        return min(lefts, default=page.width / 2) - 3
    return min(starts) - 8


def _gap(word: Word, words: Sequence[Word]) -> float:
    """How far from the word before it on its line a word stands."""
    before = [w.x1 for w in words if w.x0 < word.x0 and abs(_middle(w) - _middle(word)) < 6]
    return word.x0 - max(before, default=0.0)


def _federal(words: Iterable[Word]) -> int:
    text = " ".join(word.text for word in words).lower()
    squashed = re.sub(r"\W+", "", text)
    marks = sum(mark.replace(" ", "") in squashed for mark in signing_data().federal)
    return marks + 3 * ("forice" in squashed)


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        if rows and _middle(word) - median(map(_middle, rows[-1])) <= _SAME_ROW:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: w.x0) for row in rows]


def _side(page: Page, words: list[Word], edge: float) -> Side:
    left = min((w.x0 for w in words if _label(w.text)), default=min(w.x0 for w in words))
    rows = _rows(words)
    anchors: dict[str, tuple[float, Word]] = {}
    values: list[list[Word]] = []
    for row in rows:
        name, rest = _labelled_row(row, left)
        if name in anchors and name == "date":
            break  # a further signatory of the same side signs below
        if name and name not in anchors:
            anchors[name] = (_middle(row[0]), row[0])
        values.append(rest)
    cells: dict[str, list[list[Word]]] = {}
    for row in values:
        if not (
            kept := [w for w in row if re.search(r"\w", w.text.replace("_", "")) and not _rule(w)]
        ):
            continue
        at = median(map(_middle, kept))
        name = min(anchors, key=lambda key: abs(anchors[key][0] - at), default="")
        near = anchors and abs(anchors[name][0] - at) <= _NEAR
        last = max(anchors, key=lambda key: anchors[key][0], default="")
        cells.setdefault(name if near else last if _after(anchors, last, at) else "", []).append(
            kept
        )
    texts = {name: _text(rows) for name, rows in cells.items() if name}
    below = [
        _text([row]) for row in values if "date" in anchors and _lower(row, anchors["date"][0])
    ]
    every = [_text([row]) for row in values]
    texts = dict.fromkeys(anchors, "") | texts
    texts["below"] = "\n".join(filter(None, below or every))
    texts["all"] = "\n".join(filter(None, every))
    box = None
    if "date" in anchors:
        label = anchors["date"][1]
        box = (label.x1 + 2, label.y0 - 14, max(edge, label.x1 + 40), label.y1 + 3)
    return Side(page.number, texts, box, page.image or page.reading == "ocr")


def _after(anchors: Mapping[str, tuple[float, Word]], last: str, at: float) -> bool:
    return last == "agency" and at > anchors[last][0]


def _lower(row: Sequence[Word], y: float) -> bool:
    return bool(row) and median(map(_middle, row)) > y + 4


def _rule(word: Word) -> bool:
    """A drawn line that came out as letters or signs."""
    return bool(re.fullmatch(r"[B_]{3,}|[\W_]+", word.text))


def _text(rows: Iterable[Sequence[Word]]) -> str:
    words = sorted((w for row in rows for w in row), key=_middle)
    lines = _rows(words)
    return " ".join(w.text for line in lines for w in line if not _rule(w)).strip("_ ")


def _labelled_row(row: list[Word], left: float) -> tuple[str | None, list[Word]]:
    """The label that a row starts with, and the rest of the row."""
    head = "".join(w.text for w in row[:4])
    if row[0].x0 - left > _MARGIN:
        return None, row
    if re.match(r"(?i)for(the)?(LEA|ICE|[A-Z]{2,6}:)", head):
        for count in range(1, len(row) + 1):
            joined = "".join(w.text for w in row[:count])
            if re.match(r"(?i)for(the)?\w+:", joined) or count == 3:
                rest = row[count:]
                tail = joined.split(":", 1)[1] if ":" in joined else ""
                if tail:
                    last = row[count - 1]
                    rest = [Word(tail, last.x0, last.y0, last.x1, last.y1), *rest]
                return "head", rest
        return "head", []
    for count in range(1, min(4, len(row)) + 1):
        joined = "".join(w.text for w in row[:count])
        if name := _label(joined):
            return name, row[count:]
    return None, row
