"""Fonts without a table of characters: finds by how much their letters are shifted.

Some producers leave out the table that says which character a glyph stands for. What is left is
the number of the glyph in the font; fonts are ordered like ASCII, so all letters are off by one
constant. It differs between kinds of fonts (29 in TrueType, 31 in PostScript outlines), so it is
found for each font over the whole document, from what makes words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from reportkit.moa.glyphs import MEANT, Font, Glyphs
from reportkit.moa.layout import Char
from reportkit.moa.legible import legible

SHIFTS = (29, 31, 30, 28)
"""Shifts that fonts have, the commonest first: the glyph of the space is 3, 1, 2 or 4."""
_SHAPED = 0.6
"""A shift is taken where this share of the characters then stands in tokens of a usual shape."""
_SHAPE = re.compile(
    r"""["“(]?(?:[A-Z]?[a-z]{1,20}|[A-Z]{1,12}|[A-Z]\.(?:[A-Z]\.)*|[A-Z][a-z]+[A-Z][a-z]+
    |(?:[A-Za-z]+[/&’'-])+[A-Za-z]+|[#$]?\d[\d,./:-]*|_+|-|[A-Za-z]+_+|_+[A-Za-z]+)["”)]?[.,:;]?""",
    re.VERBOSE,
)
_BREAK = "\u2028"
"""White space that no shift reaches."""
_BULLET = "•"
_THRICE = re.compile(r"([A-Za-z!-/:-@`\[\]\\^{-~])\1\1")


PICTURES = re.compile("symbol|dingbats|wingdings", re.IGNORECASE)
"""Fonts of bullets and ticks, which hold no letters."""


def unshifted(code: int, shift: int) -> int:
    """The character that a glyph number stands for: moved up where that stays printable ASCII."""
    return code + shift if 32 <= code + shift < 127 else code


def unshift(text: str, shift: int) -> str:
    """A text of glyph numbers as it was meant."""
    return "".join(chr(unshifted(ord(char), shift)) for char in text)


def shift_of(text: str, known: Iterable[int] = ()) -> int:
    """The shift that makes sense of all the text of one font, or 0 where none does.

    `known` are shifts of other fonts of the document, which are tried first. Runs of one letter
    count as blanks, never as words, so a font that holds nothing but underscores is decided too.
    """
    best, most = 0, (_SHAPED, 0.0)
    for shift in dict.fromkeys((*known, *SHIFTS)):
        meant = unshift(text, shift)
        share, _ = legible(meant)
        score = (round(_shaped(meant), 2), share)
        if score > most:
            best, most = shift, score
    return best


def _shaped(text: str) -> float:
    """Share of the characters that stand in tokens of a usual shape."""
    tokens = text.split()
    total = sum(map(len, tokens))
    usual = sum(
        len(token) for token in tokens if _SHAPE.fullmatch(token) and not _THRICE.search(token)
    )
    return usual / total if total else 0.0


def shifts(pages: Iterable[Glyphs]) -> Mapping[Font, int]:
    """For each font of a document whose glyphs name no characters, the shift that decodes it.

    Glyphs whose font names their characters are not looked at: they are never touched.
    """
    texts: defaultdict[Font, list[str]] = defaultdict(list)
    for page in pages:
        last = -2
        for index, (code, font) in page.unnamed.items():
            if not PICTURES.search(font[0]):
                if index != last + 1 or not _follows(page.chars[last], page.chars[index]):
                    texts[font].append(_BREAK)
                texts[font].append(chr(code))
            last = index
    whole = {font: "".join(parts) for font, parts in texts.items()}
    decided = Counter(shift_of(text) for text in whole.values())
    common = [shift for shift, _ in decided.most_common() if shift]
    return {font: shift_of(text, common) for font, text in whole.items()}


def _follows(before: Char, after: Char) -> bool:
    return abs(after[1] - before[3]) < 2 and before[2] < after[4]


def decoded(page: Glyphs, by_font: Mapping[Font, int]) -> list[Char]:
    """The characters of a page, with those that their font does not name decoded.

    Fonts of bullets and ticks give bullets.
    """
    chars = page.chars.copy()
    for index, (code, font) in page.unnamed.items():
        shift = by_font.get(font)
        text = _BULLET if shift is None else MEANT[unshifted(code, shift)]
        chars[index] = (text, *chars[index][1:])
    return chars
