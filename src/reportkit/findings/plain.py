"""Words read off scans as text that every typeface can show."""

from __future__ import annotations

import re

# Latin letters with their marks, digits, the punctuation of Western print. Recognition of stains and
# stamps gives signs of other scripts, which no memorandum has and a PDF may not be able to show.
_OTHER = re.compile(r"[^\u0020-\u007e\u00a0-\u024f\u2010-\u2027\u2030-\u203a\u20ac]+")


def plain(text: str) -> str:
    """The text on one line, with a question mark for signs that Western print does not have."""
    return _OTHER.sub("?", " ".join(text.split()))
