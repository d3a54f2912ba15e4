"""Links of a page that lead nowhere: to a place that it lacks, or to a file that is not beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_ID = re.compile(r"\s(?:id|name)=(\"[^\"]*\"|'[^']*')")
_LINK = re.compile(r"\s(?:href|src)=(\"[^\"]*\"|'[^']*')")


def broken(file: Path) -> Iterator[str]:
    """A line for each internal link of an HTML page that does not hold, each target once."""
    text = file.read_text("utf-8", errors="replace")
    places = {_value(found) for found in _ID.findall(text)}
    for target in dict.fromkeys(map(_value, _LINK.findall(text))):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        if not parts.path:
            if parts.fragment and unquote(parts.fragment) not in places:
                yield f"{file.name}: its link #{parts.fragment} leads to no place of the page"
        elif not (file.parent / unquote(parts.path)).exists():
            yield f"{file.name}: its link {target} leads to a file that is not there"


def _value(quoted: str) -> str:
    return unescape(quoted[1:-1])
