"""The agency that a memorandum is with: the first blank, checked against where else it is printed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pydantic import BaseModel, ConfigDict
from rapidfuzz import fuzz

from reportkit.moa.blanks import running, spaced
from reportkit.moa.datafile import entries
from reportkit.moa.signatures import person
from reportkit.moa.values import Document, Found, Page
from reportkit.places import Gazetteer

_FIRST = re.compile(
    r"[DO0]HS\W{0,4}\w?\s*and\s*(?:the(?:\w\s+|\s*))?(?P<name>.{0,140}?)[\s,]*"
    r"(?:pursuant|purs\w+\s*to\s*which|here\s?in\s?af\s?t|,\s*in\s*which|,\s*(?:under|a\s*component|on\s*behalf)\b)",
    re.IGNORECASE,
)
_FURTHER = (
    re.compile(
        r"(?:LEA|\W)\s*represents\s*(?:the\s*)?(?P<name>.{2,110}?)\s*in\s*the\s*implem",
        re.IGNORECASE,
    ),
    re.compile(
        r"employees\s*of\s*(?:the\s*)?(?P<name>.{2,110}?)\s*\(?here\s?in\s?af\s?t", re.IGNORECASE
    ),
)
_FOOT = 0.89
"""Running feet stand below this share of the page."""
_FOOT_PAGES = 3
_FORM = re.compile(
    r"(?i)\bRe[vy][il1]?s?\w*\W*\d.*$|\bRev\W*\d.*$|\bpage\b|^\W*\d{1,2}\b\W*|\W*\b\d{1,2}\W*$"
)
_KIND = re.compile(
    r"(?i)sherif|police|depart|\bdept|\bdps\b|county|\bcity\b|\btown\b|village|office|bureau|college|university"
    r"|correction|constable|marshal|patrol|division|commission|agency|state\b|jail|detention|attorney|guard|\bPD\b"
    r"|authority|\btrib(?:e|al)\b|\bnation\b|pueblo"
)
_FEDERAL = re.compile(
    r"(?i)\bU\.? ?S\b|united states|homeland|immigration|customs|\bfederal\b|\bICE\b"
)
_TOKEN = re.compile(
    r"[A-Z][a-z]*['’.]?[A-Za-z]*['’]?[a-z]*[.,]?|of|the|and|for|at|&|[-–]|[A-Z]{2,7}|St\."
)
_MENTION = re.compile(
    r"\b((?:[A-Z][A-Za-z.'-]+ ){1,4}(?:Sheriff['’]?s?['’]? ?(?:Office|Department)|Police Department"
    r"|Department of [A-Z]\w+|Detention Center))"
)
_ALIKE = 80
_SURE = 88
_SIMILAR = 58
_EQUAL = 97
"""The blank and the running foot name the same agency from the first on, in the same letters from
the second on; between them the blank is misread: feet are read on every page."""
_ALIKE_FOOT = 90
_MISREAD = 72
_SELDOM = 2
_OFTEN = 5
_REPAIR = 76
"""A word read so seldom, and this alike (percent) to one that is read so often, is that word."""


@dataclass(frozen=True, slots=True)
class _Reading:
    name: str
    page: int
    first: bool


def lea_name(document: Document, signed: Sequence[str], second: Sequence[Page] = ()) -> Found:
    """The agency as written in the first blank of page 1.

    Where that blank is empty or its reading is noise, the reading that agrees best with the other
    places is taken (note "cross-checked").

    Args:
        document: the memorandum.
        signed: the agency lines of the signature block, in all readings.
        second: further readings of page 1.
    """
    scanned = any(page.image or page.reading == "ocr" for page in document.pages[:2])
    vocabulary = _vocabulary(document, second) if scanned else None
    pages = (*second, *document.pages[:2])
    first = [_mended(r, vocabulary) for page in pages for r in _matches(_FIRST, page, True)]
    further = [r for page in pages for pattern in _FURTHER for r in _matches(pattern, page, False)]
    lines = [
        _mended(_Reading(name, 1, False), vocabulary)
        for text in signed
        if (name := _clean(text)) and not _FEDERAL.search(name)
    ]
    feet = [
        _Reading(name, 1, False)
        for name, count in _feet(document)
        if _is_agency(name) and (count >= _FOOT_PAGES or _borne_out(name, lines))
    ]
    others = [r for r in (*further, *feet, *lines) if _is_agency(r.name)]
    best = max(first, key=lambda r: (_sound(r.name), _support(r, others + first)), default=None)
    if best and (full := _acronym(best.name, document)):
        return _found(full, best.page, "cross-checked")
    # Typed text is as it was written, whatever form of another agency it was written over.
    if best and _sound(best.name) and not scanned:
        return _found(best.name, best.page, None)
    if best and feet and _SIMILAR <= _core_likeness(best.name, feet[0].name) < _EQUAL:
        return _found(feet[0].name, best.page, "cross-checked")
    if best and _sound(best.name) and (not feet or _support(best, feet) >= _ALIKE):
        return _found(best.name, best.page, None)
    pool = [r for r in (*first, *others) if _sound(r.name)] or [*first, *others]
    if pool:
        every = (*first, *others)
        chosen = max(pool, key=lambda r: sum(_likeness(r.name, o.name) for o in every))
        alone = all(_likeness(chosen.name, o.name) < _ALIKE for o in every if o is not chosen)
        if alone and document.pages[0].image and _torn(chosen.name):
            return Found("unreadable", None, chosen.page, "I", note="unreadable")
        return _found(chosen.name, chosen.page, "cross-checked")
    mentions = Counter(
        name for page in document.pages for name in _MENTION.findall(page.text) if _is_agency(name)
    )
    if mentions:
        return _found(mentions.most_common(1)[0][0], 1, "cross-checked")
    return Found("unreadable")


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    places: frozenset[str]


@cache
def _words() -> _Words:
    return _Words.model_validate(entries("agency_words.yaml"))


def _is_agency(name: str) -> bool:
    """Whether a name has a word of local agencies, not only one of places, and is no person's."""
    return not (person(name) or _FEDERAL.search(name)) and bool(
        _KIND.search(re.sub(rf"(?i)\b({'|'.join(_words().places)})\b", "", name))
    )


def _core_likeness(one: str, other: str) -> float:
    """Likeness in percent, short forms in brackets and states behind commas left out."""
    cores = [_plain(re.sub(r"\(.*|,\s*[A-Z][\w. ]*$", "", name)) for name in (one, other)]
    return float(max(fuzz.ratio(*cores), fuzz.ratio(_plain(one), _plain(other))))


def _mended(reading: _Reading, vocabulary: Counter[str] | None) -> _Reading:
    """The reading as the words of the document mend it; without them it is typed, and stays."""
    if vocabulary is None:
        return reading
    return replace(reading, name=_repaired(reading.name, vocabulary))


@cache
def _of_places() -> frozenset[str]:
    """The words of the names of counties and municipalities, lower case."""
    places = Gazetteer.load()
    counties = (item.name for state in places.states for item in places.counties(state.state))
    names = (*counties, *(name for _, name, _ in places.municipal_names()))
    return frozenset(word for name in names for word in re.findall(r"[a-z']+", name.lower()))


def _vocabulary(document: Document, second: Sequence[Page]) -> Counter[str]:
    """How often each word is printed, over all pages and readings."""
    pages = (*document.pages, *second)
    return Counter(w for page in pages for w in re.findall(r"[A-Za-z][A-Za-z'’]{2,}", page.text))


def _repaired(name: str, vocabulary: Counter[str]) -> str:
    """The name with words that stand nowhere else replaced by the like ones that are printed often,
    or that agencies' names are made of."""
    often = [word for word, count in vocabulary.items() if count >= _OFTEN and word[0].isupper()]
    for word in re.findall(r"[A-Za-z][A-Za-z'’]{2,}", name.split("(")[0]):
        lower = word.lower().replace("’", "'")
        if vocabulary[word] > _SELDOM or lower in _words().words:
            continue
        like = _closest(lower, [w for w in often if w[0] == word[0].upper()], _REPAIR)
        # "Ponce" and "Indian" are no misread "police" and "Indiana".
        if like is None and lower not in _of_places():
            like = _closest(lower, _words().words, _MISREAD)
        if like:
            name = re.sub(rf"\b{re.escape(word)}(?!\w)", like[0].upper() + like[1:], name)
    return name


def _closest(word: str, known: Sequence[str], least: int) -> str | None:
    like = max(known, key=lambda other: fuzz.ratio(other.lower(), word), default=None)
    return like if like and fuzz.ratio(like.lower(), word) >= least else None


def _found(name: str, page: int, note: str | None) -> Found:
    return Found("present", name, page, "I", quote=name, note=note)


def _matches(pattern: re.Pattern[str], page: Page, first: bool) -> list[_Reading]:
    match = pattern.search(running(page))
    name = _clean(match["name"]) if match else ""
    return [_Reading(name, page.number, first)] if name else []


def _clean(text: str) -> str:
    """A name as printed, without rules, the commas around it and a scanner's slips."""
    text = re.sub(r"[{\[](?=[A-Z]{2,6}\W)", "(", text.replace("’", "'").replace("|", " "))
    text = re.sub(r"\s+([,.])", r"\1", spaced(text)).strip(" ,.;:-_·~'\"`")
    text = re.sub(r"(?i)\b(sherif+)[\s’'`]*(s|rs)\b\s*(?=of+ice|dep)", _possessive, text)
    text = re.sub(r"(?<=[a-z])\.(?=[A-Z])", ". ", text)
    text = re.sub(r"\(([A-Za-z ]{2,8})\)", lambda m: f"({m[1].replace(' ', '').upper()})", text)
    text = re.sub(r"(?<=\w)\((?=[A-Z])", " (", text)
    text = re.sub(r"(?i)\bof\s+t?he\b", "of the", text)
    text = re.sub(
        r"\b[A-Za-z']*(?:[a-z][A-Z]{2,}|[A-Z]{2}[a-z]+[A-Z])[A-Za-z']*",
        lambda m: m[0].capitalize(),
        text,
    )
    text = re.sub(r"(?i)^the(?=\s|[A-Z])\s*", "", text)
    return text if len(re.sub(r"[^A-Za-z]", "", text)) >= 3 else ""


def _possessive(match: re.Match[str]) -> str:
    return f"{match[1]}'{match[2][-1]} "


def _borne_out(name: str, lines: Sequence[_Reading]) -> bool:
    return any(_core_likeness(name, line.name) >= _ALIKE_FOOT for line in lines)


def _feet(document: Document) -> list[tuple[str, int]]:
    """What stands in the feet beside page number and date of the form, the commonest first, with
    the number of pages that have it."""
    counts: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for page in document.pages:
        for line in page.lines:
            if line.y0 < _FOOT * page.height:
                continue
            text = line.text
            for _ in range(3):
                text = _FORM.sub("", text).strip()
            if name := _clean(text):
                key = _plain(name)
                counts[key] += 1
                printed.setdefault(key, name)
    return [(printed[key], count) for key, count in counts.most_common(2)]


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())


def _likeness(one: str, other: str) -> float:
    return float(fuzz.partial_ratio(_plain(one), _plain(other)))


def _support(reading: _Reading, others: Sequence[_Reading]) -> float:
    return max((_likeness(reading.name, o.name) for o in others if o is not reading), default=0.0)


def _sound(name: str) -> bool:
    """Whether a name has the looks of an agency's, letter by letter."""
    tokens = re.findall(r"[^\s()\"“”'’]+(?:['’]s)?", name)
    odd = [t for t in tokens if not _TOKEN.fullmatch(t.strip(",."))]
    return bool(_KIND.search(name)) and not odd


def _torn(name: str) -> bool:
    """Whether a name has signs inside its words, as no name has."""
    return bool(re.search(r"\w[^\w\s.'’&/()-]+\w|,,", name)) or not _KIND.search(name)


def _acronym(name: str, document: Document) -> str | None:
    """The name in full where the blank repeats its own acronym in place of the county."""
    match = re.match(r"([A-Z]{3,6})\s+(.*?)\s*\(\1\)", name)
    if match is None:
        return None
    mentions: Counter[str] = Counter()
    for page in document.pages:
        for found in _MENTION.findall(page.text):
            cleaned = re.sub(r"^(?:POC of|The|Notice of|the) ", "", _clean(found))
            if match[1] not in cleaned and _likeness(match[2], cleaned) >= _SURE:
                mentions[cleaned] += 1
    return f"{mentions.most_common(1)[0][0]} ({match[1]})" if mentions else None
