"""The pages of the index: what each shows, drawn from templates, in one language."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reportkit.brief.charts import COLOURS
from reportkit.brief.templates.svg import pattern
from reportkit.evidence import Value
from reportkit.messages import Catalogue, catalogue
from reportkit.messages.marks import clean
from reportkit.places import Gazetteer
from reportkit.production.folders import FIRST
from reportkit.production.formats import LANGUAGES
from reportkit.production.site.entries import Entry, by_state
from reportkit.production.site.facts import ANSWERS
from reportkit.production.site.read import Digest, Found
from reportkit.store import Store

INDEX = "index.html"
LANGUAGE_NAMES = {"en": "English", "es": "Español"}
_HATCHED = ("JEM", "WSO")
_FEEDS = {"atom": ("application/atom+xml", "Atom"), "json": ("application/feed+json", "JSON Feed")}


@dataclass(frozen=True)
class Site:
    """All that pages are drawn from.

    `base` is the address that the root will have, with a slash at its end, empty where not known.
    """

    entries: tuple[Entry, ...]
    found: Found
    store: Store
    base: str = ""

    @cached_property
    def places(self) -> int:
        """Places with a brief."""
        return len(self.entries)

    @cached_property
    def editions(self) -> int:
        """Editions that were read."""
        return len(self.found.briefs) + len(self.found.programs)

    @cached_property
    def states(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by postal code."""
        return dict(by_state(self.entries))


class Page:
    """One page in one language.

    Args:
        site: what it is drawn from.
        lang: its language.
        home: its folder below the root, without the language; empty for the index itself.
    """

    def __init__(self, site: Site, lang: str, home: str) -> None:
        self.site, self.lang, self.home = site, lang, home
        self.words: Catalogue = catalogue(lang)
        self.path = page_path(home, lang)

    def to(self, path: str) -> str:
        """The relative address of a file below the root."""
        return posixpath.relpath(path, posixpath.dirname(self.path) or ".")

    def page(self, home: str) -> str:
        """The relative address of another page in the same language."""
        return self.to(page_path(home, self.lang))

    def text(self, message: str, values: Mapping[str, Value] | None = None) -> str:
        """A message."""
        return self.words.text(message, values)

    def draw(
        self,
        template: str,
        title: str,
        trail: Sequence[tuple[str, str]] = (),
        feeds: Sequence[Mapping[str, str]] = (),
        **shown: Any,
    ) -> str:
        """The page.

        Args:
            template: name of the template.
            title: of the page.
            trail: name and relative address of the pages above it, and of itself without one.
            feeds: those that the page names.
            shown: what the template shows.
        """
        site, lang = self.site, self.lang
        prefix = prefix_of(lang)
        drawn: str = _template(f"{template}.html.j2").render(
            lang=lang,
            t=self.text,
            to=self.to,
            words=self.words,
            languages=LANGUAGE_NAMES,
            prefix=prefix,
            path=self.path,
            title=title if not self.home else self.text("site.page", {"title": title}),
            trail=[(self.text("site.name"), self.page("")), *trail] if trail else [],
            switch=[
                (other, self.to(page_path(self.home, other)))
                for other in LANGUAGES
                if other != lang
            ],
            canonical=address(site.base, self.home, lang) if site.base else "",
            alternates={other: address(site.base, self.home, other) for other in LANGUAGES},
            feeds=feeds,
            newest=site.store.lists[-1],
            read=site.editions,
            left=len(site.found.problems),
            patterns=_patterns(),
            **shown,
        )
        return drawn

    def feeds(self, home: str = "") -> list[dict[str, str]]:
        """The feeds of digests in this language: the nation's, or those of a place."""
        return [
            {"path": path, "type": kind[0], "name": kind[1]}
            for path in self.site.found.feeds.get((home, self.lang), ())
            for kind in (_FEEDS[path.rpartition(".")[2]],)
        ]

    def digests(self, shown: Iterable[Digest]) -> list[dict[str, str]]:
        """Digests, the newest first, each in this language or else in another."""
        held = sorted(shown, key=lambda item: min(item.pages.values()))
        held.sort(key=lambda item: (item.period.until, item.period.since), reverse=True)
        return [
            {
                "since": item.period.since.isoformat(),
                "until": item.period.until.isoformat(),
                "scope": clean(self.words.places(tuple(self._scope(item)))),
                "lang": lang,
                "href": self.to(item.pages[lang]),
            }
            for item in held
            for lang in (self.lang if self.lang in item.pages else min(item.pages),)
        ]

    def _scope(self, digest: Digest) -> Iterator[str]:
        for postal in digest.states:
            yield Gazetteer.load().state_by_postal(postal).name
        for place in digest.places:
            yield place.full_name

    def figures(self, entries: Iterable[Entry]) -> list[tuple[str, int]]:
        """The number of places by answer, without answers that none has."""
        numbers: Counter[str] = Counter(entry.facts.answer for entry in entries)
        return [
            (self.text(f"site.figure.{answer}"), numbers[answer])
            for answer in ANSWERS
            if numbers[answer]
        ]


def prefix_of(lang: str) -> str:
    """How paths of pages in a language begin."""
    return "" if lang == FIRST else f"{lang}/"


def page_path(home: str, lang: str) -> str:
    """The file of a page, below the root."""
    return prefix_of(lang) + (f"{home}/{INDEX}" if home else INDEX)


def address(base: str, home: str, lang: str) -> str:
    """The address of a page, absolute where the base is."""
    return f"{base}{prefix_of(lang)}{home}/" if home else f"{base}{prefix_of(lang)}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("reportkit.render", "templates/site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _template(name: str) -> Any:
    return _environment().get_template(name)


@cache
def _patterns() -> Markup:
    """The fills of the maps' areas, the same as in briefs."""
    return Markup("").join(
        Markup(pattern(model, f"fill-{model}", COLOURS[model])) for model in _HATCHED
    )
