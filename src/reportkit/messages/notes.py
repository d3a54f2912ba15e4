"""Reasons on record in another language: why a county or date was changed, what is not in a source.

The store and the gazetteer hold them in English, so they are their own ids here. An id may hold
{name} for what differs: "ICE prints {printed}". A reason of somebody's own store has no counterpart
and stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO

from babel.messages.pofile import read_po

from reportkit.messages.marks import written

NOTES = "notes.po"
"""The file of a language with its reasons; the source's language needs none."""
_NAME = re.compile(r"\\\{(\w+)\\\}")


class Notes:
    """The reasons of one language."""

    def __init__(self, lang: str) -> None:
        file = files("reportkit.messages").joinpath(lang, NOTES)
        self._exact: dict[str, str] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        for message in read_po(BytesIO(file.read_bytes())) if file.is_file() else ():
            if not message.id:
                continue
            english, own = str(message.id), written(str(message.string))
            if "{" in english:
                pattern = _NAME.sub(r"(?P<\1>[^;]+?)", re.escape(english))
                self._patterns.append((re.compile(pattern), own))
            else:
                self._exact[english] = own

    def find(self, text: str) -> tuple[str, Mapping[str, str]] | None:
        """The template of a reason in this language and its values, None where there is none."""
        if text in self._exact:
            return self._exact[text], {}
        for pattern, own in self._patterns:
            if found := pattern.fullmatch(text):
                return own, found.groupdict()
        return None
