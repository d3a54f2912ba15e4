"""Makes the digest of what changed between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from reportkit.production.editions import DIGEST
from reportkit.production.formats import DIGEST as FORMATS
from reportkit.production.one import write_edition
from reportkit.render.write import write_all


def produce_digest(
    since: str,
    until: str | None = None,
    states: Sequence[str] = (),
    places: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
    engine: str = "reportkit",
    address: str = "",
) -> list[Path]:
    """Make the digest and return the paths written, those of its feeds among them.

    Args:
        since: the first day.
        until: the last day; None for that of the newest list.
        states: postal codes of the states that it is about.
        places: names or ids of the places that it is about; the nation where none is named.
        formats: some of `formats.DIGEST`; feeds bring the page and the data with them.
        out: the folder of all outputs.
        store: folder of the store; None for the default one.
        lang: the language.
        engine: one of `formats.ENGINES`.
        address: https:// address where `out` is published, for links; empty for links that lead up.

    Raises:
        ReportkitError: as `production.produce`.
    """
    from reportkit.brief.digest import HOME, Digest, make_digest
    from reportkit.production.digest_feeds import digest_feeds, earlier_entries

    # What lies there may be unfit for the feed: better told before anything is written.
    earlier = earlier_entries(out, lang) if "feeds" in formats else {}
    if "feeds" in formats:
        # An entry leads to the page, and later feeds take it from the data.
        formats = tuple(dict.fromkeys((*formats, "html", "json")))
    made: list[Digest] = []

    def make(folder: Path) -> Digest:
        made.append(
            replace(make_digest(since, until, states, places, folder, lang), address=address)
        )
        return made[0]

    paths = write_edition(DIGEST, make, lambda digest: HOME, out, formats, store, engine)
    if "feeds" in formats:
        for folder, files in digest_feeds(made[0], earlier).items():
            write_all(out / folder, files)
            paths += [out / folder / name for name in files]
    return paths
