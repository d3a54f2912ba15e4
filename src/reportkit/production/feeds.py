"""Feeds as Atom and as JSON Feed 1.1. Ids are for good, times are days of lists, never a clock's."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

_OURS = UUID("6f0f4b0e-6b0f-5b52-9a3c-2f1de1a1a287")
_AUTHOR = "reportkit"
_JSON_FEED = "https://jsonfeed.org/version/1.1"
MOST = 100
"""Entries of a feed, the newest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `key` names it for good; `address` is where to read on, an address or a path.

    `day` is the day of the list that brought it.
    """

    key: str
    title: str
    text: str
    html: str
    address: str
    day: dt.date
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. `home` and `addresses` (by the name of a format) are addresses or paths."""

    key: str
    title: str
    lang: str
    home: str
    addresses: dict[str, str]
    entries: tuple[Entry, ...]

    @property
    def newest(self) -> tuple[Entry, ...]:
        """The entries that it shows, the newest first; those of one day by their keys."""
        order = sorted(self.entries, key=lambda item: (-item.day.toordinal(), item.key))
        return tuple(order[:MOST])


def urn(key: str, lang: str) -> str:
    """A permanent id: the same for the same thing in the same language, whatever else changes."""
    return f"urn:uuid:{uuid5(_OURS, f'{lang}/{key}')}"


def as_atom(feed: Feed) -> bytes:
    """A feed as Atom (RFC 4287)."""
    from feedgen.feed import FeedGenerator

    made = FeedGenerator()
    made.id(urn(feed.key, feed.lang))
    made.title(feed.title)
    made.language(feed.lang)
    made.author(name=_AUTHOR)
    made.generator(_AUTHOR)
    made.link(href=feed.home, rel="alternate", type="text/html")
    made.link(href=feed.addresses["atom"], rel="self", type="application/atom+xml")
    made.updated(_time(max((item.day for item in feed.entries), default=dt.date(1970, 1, 1))))
    for item in feed.newest:
        entry = made.add_entry(order="append")
        entry.id(urn(item.key, feed.lang))
        entry.title(item.title)
        entry.link(href=item.address, rel="alternate", type="text/html")
        entry.published(_time(item.day))
        entry.updated(_time(item.day))
        entry.content(item.html, type="html")
        for tag in item.tags:
            entry.category(term=tag)
    return bytes(made.atom_str(pretty=True))


def as_json(feed: Feed) -> bytes:
    """A feed as JSON Feed 1.1. Addresses that are paths are left out, as it knows no base."""
    data: dict[str, Any] = {
        "version": _JSON_FEED,
        "title": feed.title,
        **_whole({"home_page_url": feed.home, "feed_url": feed.addresses["json"]}),
        "language": feed.lang,
        "authors": [{"name": _AUTHOR}],
        "items": [
            {
                "id": urn(item.key, feed.lang),
                **_whole({"url": item.address}),
                "title": item.title,
                "content_html": item.html,
                "content_text": item.text,
                "date_published": _time(item.day).isoformat(),
                "date_modified": _time(item.day).isoformat(),
                **({"tags": list(item.tags)} if item.tags else {}),
            }
            for item in feed.newest
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def feed_files(name: str, feed: Feed) -> dict[str, bytes]:
    """Both forms of a feed by file name."""
    return {f"{name}.atom": as_atom(feed), f"{name}.json": as_json(feed)}


def paragraphs(texts: Sequence[str]) -> str:
    """Texts as HTML paragraphs."""
    from markupsafe import escape

    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def _time(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _whole(addresses: dict[str, str]) -> dict[str, str]:
    return {name: item for name, item in addresses.items() if item.startswith("https://")}
