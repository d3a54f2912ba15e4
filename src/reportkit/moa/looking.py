"""A second look at image pages whose text layer a scanner made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from reportkit.moa.values import Document, Page

SecondLook = Callable[[tuple[int, ...]], Mapping[int, Page]]
"""Recognises pages (by number) that are images with a text layer of their own."""


def again(
    document: Document, numbers: tuple[int, ...], second_look: SecondLook | None
) -> list[Page]:
    """Second readings of those of the pages that are images with a text layer."""
    pages = (document.pages[number - 1] for number in numbers if number <= len(document.pages))
    layered = tuple(page.number for page in pages if page.image and page.reading == "text")
    return [] if second_look is None or not layered else list(second_look(layered).values())


def noisy(text: str) -> bool:
    """Whether a reading has more odd signs and torn words than a typed line has."""
    odd = re.findall(r"[^\w\s.,;:'’()&#/-]|\d[A-Za-z]{1,2}\d|[a-z][A-Z][a-z]?\b", text)
    torn = re.findall(r"(?<!\S)[^\sAaI&\d](?!\S)", text)
    return len(odd) + len(torn) >= 2
