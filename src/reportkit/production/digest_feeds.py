"""The feeds of digests: one of all digests in a folder, and one of the changes at each place.

They are made anew from what is there, so ids and days never depend on when that is done.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from reportkit.addresses import FIRST, edition_folder, place_folder
from reportkit.brief.digest import HOME, Digest, at
from reportkit.brief.digest_facts import digest_facts
from reportkit.brief.issue import sources
from reportkit.errors import InputError
from reportkit.findings.news import events
from reportkit.places import Place
from reportkit.production.feeds import Entry, Feed, feed_files, paragraphs
from reportkit.production.folders import FEEDS

_TOLD = ("digest.", "states.")


def earlier_entries(out: Path, lang: str) -> Mapping[str, Entry]:
    """The entries of the digests of a language that lie below OUT, by the names of their folders.

    Raises:
        InputError: a digest.json is damaged.
    """
    below = "" if lang == FIRST else f"{lang}/"
    found = {}
    for path in sorted(out.glob(f"{HOME}/*/{below}digest.json")):
        edition = path.relative_to(out / HOME).parts[0]
        try:
            data = json.loads(path.read_bytes())
            found[edition] = digest_entry(data, edition)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"{path}: no whole digest ({error}); make it again or remove its folder"
            ) from error
    return found


def digest_entry(data: Mapping[str, Any], edition: str) -> Entry:
    """The entry of a digest from its JSON: how many changes of each kind, and of each state."""
    texts = [item["text"] for item in data["claims"] if item["id"].startswith(_TOLD)]
    names = [item["name"] for item in data["scope"]["places"]]
    return Entry(
        f"{HOME}/{edition}",
        data["subject_line"],
        "\n\n".join(texts),
        paragraphs(texts),
        f"{edition_folder(HOME, edition, data['lang'])}/digest.html",
        dt.date.fromisoformat(data["period"]["until"]),
        (*data["scope"]["states"], *names),
    )


def digest_feeds(digest: Digest, earlier: Mapping[str, Entry]) -> Mapping[str, Mapping[str, bytes]]:
    """The files of the feeds by folder below OUT: of all digests, and of each chosen place.

    Args:
        digest: the digest just made.
        earlier: the entries of those made before.
    """
    words, edition = digest.words, digest.edition
    entries = {**earlier, edition: digest_entry(digest_facts(digest), edition)}
    newest = max(entries.values(), key=lambda item: (item.day, item.key))
    whole = _Place(FEEDS, "digest", words.text("feed.digests"), newest.address)
    files = {FEEDS: _files(digest, whole, entries.values())}
    for block in digest.blocks:
        place = block.place
        feed = _Place(
            f"{FEEDS}/{place.state.lower()}",
            place.slug,
            words.text("feed.place", {"place": place.full_name}),
            _brief(digest, place),
        )
        made = _files(digest, feed, _changes(digest, place))
        files[feed.folder] = {**files.get(feed.folder, {}), **made}
    return files


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a feed lies and what it is called; `home` is the path below OUT of what it is about."""

    folder: str
    name: str
    title: str
    home: str


def _files(digest: Digest, feed: _Place, entries: Iterable[Entry]) -> dict[str, bytes]:
    """Both forms of a feed, whose addresses lead up from its folder or from where OUT is published."""
    lang = digest.words.lang
    up = "../" * len(feed.folder.split("/"))
    root = f"{digest.address.rstrip('/')}/" if digest.address else up
    name = feed.name if lang == FIRST else f"{feed.name}.{lang}"
    here = f"{root}{feed.folder}/{name}" if digest.address else name
    made = Feed(
        f"{feed.folder}/{feed.name}",
        feed.title,
        lang,
        root + feed.home,
        {form: f"{here}.{form}" for form in ("atom", "json")},
        tuple(replace(item, address=root + item.address) for item in entries),
    )
    return feed_files(name, made)


def _brief(digest: Digest, place: Place) -> str:
    """Where below OUT the brief of a place as of the store's newest list lies, once it is made."""
    folder = edition_folder(place_folder(place), digest.store.lists[-1].date, digest.words.lang)
    return f"{folder}/brief.html"


def _changes(digest: Digest, place: Place) -> Iterator[Entry]:
    """Every change at a place that the store knows, what later lists undid included.

    A reader of the feed has seen it, and sees the return or the renewal as an entry of its own. The
    digest's own days do not matter: to make an old one again takes nothing away.
    """
    store, words = digest.store, digest.words
    for item in at(place, (event.item for event in events(store)), store):
        title = words.text(
            "feed.change.model" if item.model else "feed.change",
            {"label": (f"1 named.{item.kind}",), "agency": item.agency, "model": item.model},
        )
        text = words.text(item.claim.message, item.claim.values)
        source = f"[{'; '.join(sources(item.claim.evidence, words))}]"
        home = digest.home(item) or place
        yield Entry(
            item.claim.id,
            title,
            f"{text}\n\n{source}",
            paragraphs((text, source)),
            _brief(digest, home),
            item.until,
            (item.state, item.kind),
        )
