"""What checks an e-mail from outside: every tag, attribute and property against caniemail's data.

The data is that of the npm package caniemail (version 2.0.2 holds caniemail.com's of 2026-05-13);
`npm pack caniemail@2.0.2` and name its data/caniemail.json in REPORTKIT_CANIEMAIL.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import lxml.html
import pytest

DATA = "REPORTKIT_CANIEMAIL"
CLIENTS = {
    "gmail": ("desktop-webmail", "ios", "android", "mobile-webmail"),
    # `windows` is the classic one, which draws with Word.
    "outlook": ("windows", "macos", "outlook-com", "ios", "android"),
    "apple-mail": ("macos", "ios"),
    "yahoo": ("desktop-webmail", "ios", "android"),
}
TAGS = {
    **dict.fromkeys(("table", "tbody", "tr", "td", "th"), "html-table"),
    **dict.fromkeys(("h1", "h2", "h3", "h4"), "html-h1-h6"),
    **dict.fromkeys(("ul", "li"), "html-lists"),
    **{name: f"html-{name}" for name in ("div", "p", "strong", "small", "body")},
}
ATTRIBUTES = {"lang": "html-lang", "role": "html-role"}
PROPERTIES = {
    **{
        name: f"css-{name}"
        for name in (
            *("background-color", "border-collapse", "font-size", "font-weight", "line-height"),
            *("margin", "max-width", "padding", "text-align", "vertical-align", "width"),
        )
    },
    "border-bottom": "css-border",
}
UNITS = {"px": "css-unit-px", "%": "css-unit-percent"}
# Older than any list of what is supported, and not in the data.
UNLISTED = {"html", "head", "meta", "title", "a"} | {
    *("charset", "name", "content", "class", "style", "scope", "href"),
    *("color", "font-family"),
}
Use = tuple[str, str, str]
"""A tag, and the attribute or property on it with its value; empty where the tag itself is meant."""


def _is(*tags: str) -> Callable[[Use], bool]:
    return lambda use: use[0] in tags


def _value(pattern: str) -> Callable[[Use], bool]:
    return lambda use: re.fullmatch(pattern, use[2]) is not None


_PX = r"\d+px"
NOTES: Mapping[tuple[str, str], Callable[[Use], bool]] = {
    # Replaced by a <div>: nothing is styled or named there.
    ("html-body", "1"): _is("body"),
    # Not on <td>.
    ("html-lang", "1"): _is("html"),
    # Looked up, not tried out; and dropped from all but <table>: a program that shows the e-mail in a
    # page of its own has a landmark there already.
    ("html-role", "1"): _is("table", "div"),
    ("html-role", "2"): _is("table", "div"),
    # Only <ol reversed> and <li value> are meant.
    ("html-lists", "1"): _is("ul", "li"),
    ("html-lists", "2"): _is("ul", "li"),
    ("css-width", "1"): _is("table", "td", "th"),
    ("css-max-width", "1"): _is("table"),
    ("css-padding", "1"): _is("td", "th"),
    # Cells of a row share the largest vertical padding: they all have the same.
    ("css-padding", "2"): _is("td", "th"),
    ("css-margin", "1"): _value(rf"({_PX}|0)( ({_PX}|0))*"),
    ("css-margin", "2"): _is("p", "h1", "h2", "h3", "h4", "ul", "table"),
    # What has a margin has no background.
    ("css-margin", "3"): _is("p", "h1", "h2", "h3", "h4", "ul", "table"),
    ("css-margin", "4"): _value(r"[^a]*"),
    ("css-font-size", "1"): _value(_PX),
    ("css-font-weight", "1"): _value("bold|normal"),
    ("css-font-weight", "2"): _value("bold|normal"),
    # Only lengths behave oddly.
    ("css-line-height", "1"): _value(r"[\d.]+"),
    ("css-text-align", "1"): _value("left"),
    ("css-text-align", "3"): _value("left"),
    ("css-text-align", "4"): _value("left"),
    ("css-text-align", "5"): _value("left"),
    ("css-border", "1"): _value(r"[0-8](px solid #\w{6})?"),
    ("css-border", "2"): _is("td", "th"),
}
"""What a note of the data limits, and what keeps us within the limit."""
# Some leave <body> out; nothing rests on it.
UNNEEDED = {"html-body"}


@cache
def _features() -> Mapping[str, Any]:
    named = os.environ.get(DATA)
    if not named:
        pytest.skip(f"{DATA} does not name data/caniemail.json (npm pack caniemail@2.0.2)")
    data = json.loads(Path(named).read_bytes())
    return {item["slug"]: item for item in data["data"]}


def unsupported(page: str) -> set[str]:
    """What the clients do not support of a page, or only within limits that it leaves."""
    features = _features()
    found = set()
    for slug, use in _uses(page):
        if slug not in features:
            found.add(f"{use}: unknown to caniemail")
            continue
        for family, platforms in CLIENTS.items():
            for platform in platforms:
                versions = features[slug]["stats"][family].get(platform, {"": "u"})
                answer = list(versions.values())[-1]
                if not _fits(slug, use, answer):
                    found.add(f"{slug} {use}: {answer} in {family} {platform}")
    return found


def _fits(slug: str, use: Use, answer: str) -> bool:
    if slug in UNNEEDED:
        return True
    notes = re.findall(r"#(\d+)", answer)
    return answer[0] in "ya" and all((slug, n) in NOTES and NOTES[slug, n](use) for n in notes)


def _uses(page: str) -> Iterator[tuple[str, Use]]:
    """Every tag, attribute, property and unit that is in question, by the feature's name."""
    for element in lxml.html.document_fromstring(page).iter():
        assert isinstance(element.tag, str), "a comment"
        tag = element.tag
        if tag not in UNLISTED:
            yield TAGS.get(tag, tag), (tag, "", "")
        for name, value in element.attrib.items():
            if name not in UNLISTED:
                yield ATTRIBUTES.get(name, name), (tag, name, value)
        for part in filter(None, element.get("style", "").split(";")):
            name, _, value = part.partition(":")
            if name.strip() not in UNLISTED:
                yield PROPERTIES.get(name.strip(), name), (tag, name.strip(), value.strip())
            for unit in re.findall(r"(?<![#\w])[\d.]+([a-z%]+)", value):
                yield UNITS.get(unit, unit), (tag, name.strip(), value.strip())
