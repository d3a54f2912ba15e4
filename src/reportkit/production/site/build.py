"""Builds the index over the briefs of a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path

from reportkit.errors import InputError
from reportkit.messages import catalogue
from reportkit.production.formats import LANGUAGES
from reportkit.production.site.entries import to_entries
from reportkit.production.site.package import package, package_name
from reportkit.production.site.pages import INDEX, Site, address, page_path
from reportkit.production.site.place import draw_place
from reportkit.production.site.publish import Published, locked, publish
from reportkit.production.site.read import find_written
from reportkit.production.site.script import labels_script, places_script
from reportkit.production.site.tables import table_files
from reportkit.production.site.views import (
    DATA,
    NATION,
    draw_data,
    draw_index,
    draw_nation,
    draw_state,
)
from reportkit.store import Store

_BASE = re.compile(r"https?://[^\s/?#]+(/[^\s?#]*)?")
_TEMPLATES = "templates"


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build: the index, places and editions in it, what was left out and why."""

    index: Path
    places: int
    editions: int
    problems: tuple[str, ...]
    published: Published


def build_site(root: Path, store: Path | None = None, base: str | None = None) -> Built:
    """Build the index over the briefs below a folder, into it.

    Args:
        root: the folder that briefs were written to.
        store: folder of the store whose newest list is told; None for the default one.
        base: the address that the folder will have on the web. With it, pages name their permanent
            addresses and there is a sitemap.

    Raises:
        InputError: there is no such folder or no brief in it, or the address is none.
        OutputError: a file is in the way that no index wrote, or nothing can be written.
        StoreError: the store cannot be opened.
    """
    if base is not None and not _BASE.fullmatch(base):
        raise InputError(f"--base-url {base}: no address like https://example.org/287g/")
    opened = Store(store)
    found = find_written(root)
    if not found.briefs:
        raise InputError(
            "\n".join(
                (
                    f"{root}: no edition of a brief on a place is there that an index could tell "
                    "of; make some, for example: reportkit batch --state MD --out " + str(root),
                    *found.problems[:5],
                )
            )
        )
    site = Site(to_entries(found.briefs), found, opened, base.rstrip("/") + "/" if base else "")
    with locked(root):
        published = publish(root, dict(_files(site)))
    return Built(root / INDEX, site.places, site.editions, tuple(found.problems), published)


def _files(site: Site) -> Iterator[tuple[str, bytes]]:
    """The files of the index by path."""
    yield from _assets(site)
    tables = table_files(site.entries)
    for name, data in tables.items():
        yield f"{DATA}/{name}", data
    for lang in LANGUAGES:
        described = package(tables, site.entries, catalogue(lang))
        yield f"{DATA}/{package_name(lang)}", described
        yield page_path("", lang), draw_index(site, lang).encode()
        yield page_path(NATION, lang), draw_nation(site, lang).encode()
        yield page_path(DATA, lang), draw_data(site, lang).encode()
        for postal in site.states:
            yield page_path(postal.lower(), lang), draw_state(site, lang, postal).encode()
        for entry in site.entries:
            yield page_path(entry.home, lang), draw_place(site, lang, entry).encode()
    if site.base:
        yield "sitemap.xml", _sitemap(site)


def _assets(site: Site) -> Iterator[tuple[str, bytes]]:
    templates = resources("reportkit.render").joinpath(_TEMPLATES)
    looks = (templates / "reportkit" / "brief.css", templates / "site" / "site.css")
    yield "site/site.css", b"".join(look.read_bytes() for look in looks)
    yield "site/site.js", (templates / "site" / "site.js").read_bytes()
    yield "site/places.js", places_script(site.entries)
    for lang in LANGUAGES:
        yield f"site/labels.{lang}.js", labels_script(site.entries, catalogue(lang))


def _sitemap(site: Site) -> bytes:
    """Every page and its day: that of the newest brief that it tells of."""
    from xml.etree import ElementTree as Xml

    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    last = max(entry.facts.as_of for entry in site.entries)
    days = {"": last, NATION: last, DATA: last}
    for postal, entries in site.states.items():
        days[postal.lower()] = max(entry.facts.as_of for entry in entries)
    days |= {entry.home: entry.facts.as_of for entry in site.entries}
    root = Xml.Element("urlset", xmlns=space)
    for home, day in days.items():
        for lang in LANGUAGES:
            page = Xml.SubElement(root, "url")
            Xml.SubElement(page, "loc").text = address(site.base, home, lang)
            Xml.SubElement(page, "lastmod").text = day.isoformat()
    Xml.indent(root, space="")
    text = Xml.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
