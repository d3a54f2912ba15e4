"""Marks around words that stay in another language than the text around them.

Names of agencies and quoted words stay as the source has them. In a Spanish text they are marked, so
that a page can say `lang="en"` there, which screen readers and hyphenation go by. The marks are two
characters that no text has; `clean` takes them out, `runs` makes parts of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

OPEN, CLOSE = "\ue000", "\ue001"
_MARKS = {ord(OPEN): None, ord(CLOSE): None}
_PART = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]*){CLOSE}")
SOURCE = "en"
"""The language of the sources."""


class Run(NamedTuple):
    """A part of a text and its language, None where it is that of the text."""

    text: str
    lang: str | None = None


def written(text: str) -> str:
    """A message as a catalogue writes it, with the marks that it names."""
    return text.replace(f"<{SOURCE}>", OPEN).replace(f"</{SOURCE}>", CLOSE)


def marked(text: str) -> str:
    """A text of the source's language, marked as such; figures and signs are of none."""
    return f"{OPEN}{clean(text)}{CLOSE}" if any(map(str.isalpha, text)) else text


def clean(text: str) -> str:
    """A text without marks."""
    return text.translate(_MARKS) if OPEN in text else text


def runs(text: str) -> tuple[Run, ...]:
    """The parts of a text, in order; one part where nothing is marked."""
    return tuple(_runs(text)) if OPEN in text else (Run(text),)


def merged(parts: Iterable[Run]) -> tuple[Run, ...]:
    """Runs with those of one language that follow each other as one."""
    return tuple(
        Run("".join(run.text for run in some), lang)
        for lang, some in groupby(parts, key=lambda run: run.lang)
    )


def _runs(text: str) -> Iterator[Run]:
    end = 0
    for part in _PART.finditer(text):
        if part.start() > end:
            yield Run(text[end : part.start()])
        yield Run(part[1], SOURCE)
        end = part.end()
    if end < len(text):
        yield Run(text[end:])
