"""A Spanish text tells what its English twin tells: the same figures, dates, sums and citations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from babel.messages.pofile import read_po

PLACEHOLDER = re.compile(r"\{\w+(?::[\w.]+)?\}")
QUOTED = re.compile(r"“([^“”]*)”")
MARKED = re.compile(r"<en>[^<>]*</en>")
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
SUM = re.compile(rf"\$?({NUMBER.pattern})(?: (million|billion|millones)\b)?")
SCALE = {"": 1, "million": 10**6, "millones": 10**6, "billion": 10**9}
CITATION = re.compile(
    r"\d+ (?:U\.S\.C\.|CFR|COA) (?:ch\. )?[\d.]+(?:-\d+)?(?:\(\w+\))*"
    r"|\d+ F\. Supp\. 3d \d+|ch\. \d+-\d+|S\.L\. \d+-\d+|ORS \w+\.\d+|Public (?:Act|Chapter) [\d-]+"
    r"|\b(?:HB|SB|LD) \d+|\b(?:OIG|GAO)-\d\d-\d+|\bI-\d{3}\b|[A-Z]\w+ v\. \w+"
)
ENGLISH_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SPANISH_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
MONTHS = dict(zip(ENGLISH_MONTHS, SPANISH_MONTHS, strict=True))
DAY_EN = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)})(?: (\d{{4}}))?")
DAY_ES = re.compile(rf"\b(\d{{1,2}}) de ({'|'.join(MONTHS.values())})(?: de (\d{{4}}))?")
MONTH_EN = re.compile(rf"\b({'|'.join(MONTHS)})\b(?: (\d{{4}}))?")
MONTH_ES = re.compile(rf"\b({'|'.join(MONTHS.values())})\b(?: de (\d{{4}}))?")
ENGLISH_NUMBERS = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("dozen", "half", "twice", "fifth"),
)
SPANISH_NUMBERS = (
    *("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"),
    *("docena", "mitad", "doble", "quinta"),
)
NUMBERS = dict(zip(ENGLISH_NUMBERS, SPANISH_NUMBERS, strict=True))
TOLD_OTHERWISE = {
    "fact.cl-8",  # half a billion: quinientos millones
}
"""Messages whose words for numbers have other words in Spanish."""
ENGLISH = re.compile(
    r"\b(?:[tT]he|of|and|or|by|with|from|for|to|in|on|at|as|is|are|was|were|be|been|has|have|had|its|their"
    r"|that|which|who|not|an|this|these|under|than|if|would|may|must|each|other)\b"
)
FALSE_FRIENDS = re.compile(
    r"\b(evidencias?|eventual\w*|remo(?:ver|vid[oa]s?|ci[oó]n)|convicci\w+|felon\w+|ofensas?|ustedes|usted"
    r"|aplicantes?|aplicaci[oó]n para|ilegales|alien(?:s|es)?|indocumentad[oa]s?|deportables?)\b",
    re.IGNORECASE,
)
"""Words that look like an English one and mean another, that take a side, or that address a reader."""


@cache
def twins() -> dict[str, tuple[str, str, str]]:
    """File, English and Spanish text of each message and of each form of a plural."""
    folder = files("reportkit.messages")
    found = {}
    for file in sorted(folder.joinpath("es").iterdir(), key=str):
        if not file.name.endswith(".po"):
            continue
        own = dict(_texts(file))
        # The reasons on record are their own ids.
        english = (
            {key: key for key in own}
            if file.name == "notes.po"
            else dict(_texts(folder.joinpath("en", file.name)))
        )
        found |= {key: (file.name, english[key], text) for key, text in own.items()}
    return found


def _texts(file: Traversable) -> Iterator[tuple[str, str]]:
    for message in read_po(file.open("rb")):
        if message.pluralizable and message.id:
            yield from zip(message.id, message.string, strict=True)
        elif message.id:
            yield message.id, message.string


def bare(text: str) -> str:
    """A text without the names of its values."""
    return PLACEHOLDER.sub("{}", text)


def sums(text: str) -> Counter[tuple[str, float]]:
    """Each figure at its full size, with the sign of dollars where it has one."""
    return Counter(
        (
            "$" if found[0].startswith("$") else "",
            round(float(found[1].replace(",", "")) * SCALE[found[2] or ""], 2),
        )
        for found in SUM.finditer(bare(text))
    )


def percents(text: str) -> int:
    return len(re.findall(r"\bpercent\b|por ciento", bare(text)))


def days(text: str, pattern: re.Pattern[str]) -> Counter[tuple[str, ...]]:
    """Days or months with their year, in Spanish words."""
    return Counter(
        tuple(MONTHS.get(part or "", part or "") for part in found.groups())
        for found in pattern.finditer(bare(text))
    )


def number_words(text: str, names: Mapping[str, str]) -> Counter[str]:
    """Small numbers in words, as `names` has them."""
    said = re.findall(r"[a-záéíóú]+", bare(text).lower())
    return Counter(names[word] for word in said if word in names)


def wrong(holds: Callable[[str, str], bool], *names: str) -> dict[str, tuple[str, str]]:
    """The twins of these files, of all without any, of which something does not hold."""
    return {
        message: (english, spanish)
        for message, (file, english, spanish) in twins().items()
        if (not names or file in names) and not holds(english, spanish)
    }


def test_all_files_are_looked_at():
    assert len({file for file, *_ in twins().values()}) > 14
    assert sum(file == "facts.po" for file, *_ in twins().values()) == 215
    assert sums("$2.3 billion of 1,001, 41 percent") == sums(
        "$2,300 millones de 1,001, 41 por ciento"
    )
    assert sums("$2.3 million") != sums("$2,300 millones")
    assert wrong(lambda english, spanish: "48" not in spanish, "facts.po").keys() == {
        *("fact.rg-2877d", "fact.wso-2", "fact.co-3", "fact.gr-15", "fact.sl-nc", "fact.rf-11"),
    }


def test_figures_are_those_of_the_english_text():
    assert wrong(lambda english, spanish: sums(english) == sums(spanish)) == {}
    assert wrong(lambda english, spanish: percents(english) == percents(spanish)) == {}


def test_dates_are_those_of_the_english_text():
    assert wrong(lambda en, es: days(en, DAY_EN) == days(es, DAY_ES)) == {}
    assert wrong(lambda en, es: days(en, MONTH_EN) == days(es, MONTH_ES)) == {}


def test_citations_are_those_of_the_english_text():
    def cited(text: str) -> Counter[str]:
        return Counter(CITATION.findall(re.sub("</?en>", "", text)))

    assert wrong(lambda english, spanish: cited(english) == cited(spanish)) == {}
    assert sum(map(len, (cited(english) for _, english, _ in twins().values()))) > 40


def test_numbers_in_words_are_those_of_the_english_text():
    own = dict(zip(SPANISH_NUMBERS, SPANISH_NUMBERS, strict=True))
    off = wrong(
        lambda english, spanish: number_words(english, NUMBERS) == number_words(spanish, own),
        *("facts.po", "conflicts.po"),
    )
    assert set(off) == TOLD_OTHERWISE


def test_marks_stand_in_pairs():
    assert wrong(lambda _, spanish: '"' not in spanish) == {}
    for opened, closed in ("“”", "()", "[]"):
        assert wrong(lambda _, es: es.count(opened) == es.count(closed)) == {}  # noqa: B023
    assert wrong(lambda _, es: es.count("¿") == len(re.findall(r"[\w}]\?", es))) == {}


def test_spaces_and_stops():
    # In "(.txt" the stop belongs to the word.
    spaced = re.compile(r"  | [,.;:](?!\w)|[,;:]{2}|\s$|^\s")
    assert wrong(lambda _, spanish: not spaced.search(spanish)) == {}
    ends = (".", "?", ":")
    off = wrong(lambda english, spanish: english.endswith(ends) == spanish.endswith(ends))
    # A court's short name ends on a stop.
    assert {message for message in off if twins()[message][0] != "notes.po"} == set()


def test_no_english_is_left_outside_the_marks():
    assert wrong(lambda _, spanish: not ENGLISH.search(MARKED.sub("", bare(spanish)))) == {}
    assert ENGLISH.search("Según the Guardian")


def test_words_of_the_source_are_marked():
    def closed(_: str, spanish: str) -> bool:
        return not re.search("</?en>", MARKED.sub("", spanish))

    assert wrong(closed) == {}
    assert wrong(lambda _, spanish: "detainer" not in MARKED.sub("", spanish)) == {}


def test_no_false_friend():
    assert wrong(lambda _, spanish: not FALSE_FRIENDS.search(bare(spanish))) == {}


def test_quotations_stay_in_the_words_of_the_source():
    def same(english: str, spanish: str) -> bool:
        return QUOTED.findall(spanish) == [f"<en>{words}</en>" for words in QUOTED.findall(english)]

    assert wrong(same, "facts.po", "conflicts.po") == {}
