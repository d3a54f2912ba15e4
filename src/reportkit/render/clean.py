"""HTML that an analyst or a library wrote, without anything that could act or load."""

from __future__ import annotations

import re

import bleach  # type: ignore[import-untyped]
from bs4 import BeautifulSoup

_TAGS = (
    "a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var"
)
_ATTRIBUTES = (
    "alt aria-label class colspan dir height href id lang rowspan scope src start title value width"
)
# Their text is no text for a reader, so it goes with them.
_SILENT = ["script", "style", "iframe", "object", "template", "noscript"]
_DATA_IMAGE = re.compile(r"data:image/(png|jpeg|gif|webp|svg\+xml);base64,", re.IGNORECASE)


def safe_html(html: str) -> str:
    """The same words, tables, lists and embedded pictures; nothing else."""
    soup = BeautifulSoup(html, "html.parser")
    for element in soup.find_all(_SILENT):
        element.decompose()
    for image in soup.find_all("img"):
        if not _DATA_IMAGE.match(str(image.get("src", ""))):
            image.replace_with(str(image.get("alt", "")))
    return str(
        bleach.clean(
            str(soup),
            tags=frozenset(_TAGS.split()),
            attributes={"*": _ATTRIBUTES.split()},
            protocols={"http", "https", "data"},
            strip=True,
        )
    )
