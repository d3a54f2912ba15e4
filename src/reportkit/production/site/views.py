"""What each kind of page shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from reportkit.evidence import Value
from reportkit.places import Gazetteer, Place
from reportkit.production.folders import place_folder
from reportkit.production.site.entries import Entry, valid
from reportkit.production.site.maps import Map, nation_map, state_map
from reportkit.production.site.package import package_name, sources
from reportkit.production.site.pages import Page, Site
from reportkit.production.site.read import Written
from reportkit.production.site.tables import TABLES

NATION, DATA = "us", "data"
"""The folders of the pages on the nation and on the data."""
_COLUMNS = ("name", "state", "answer", "models", "agreements", "gaps", "list")
_STATE_COLUMNS = tuple(name for name in _COLUMNS if name != "state")


def draw_index(site: Site, lang: str) -> str:
    """The index itself."""
    page = Page(site, lang, "")
    newest = max(site.entries, key=lambda entry: entry.facts.roster.list_date).facts
    nation: dict[str, Value] = {
        "list_date": newest.roster.list_date.isoformat(),
        "file": newest.roster.file,
        "agencies": newest.context.nation.agencies,
        "agreements": newest.context.nation.agreements,
        "states": newest.context.nation.states,
        "territories": newest.context.nation.territories,
    }
    return page.draw(
        "index",
        page.text("site.title"),
        nation=nation,
        figures=page.figures(site.entries),
        places=site.places,
        drawn=_drawn_nation(page),
        columns=_COLUMNS,
        states=[_state(page, *item) for item in site.states.items()],
        nation_page=page.page(NATION) if site.found.programs or site.found.digests else "",
        digests=page.digests(site.found.digests)[:8],
        feeds=page.feeds(),
        **_data(page),
    )


def draw_state(site: Site, lang: str, postal: str) -> str:
    """The page of a state or territory."""
    page = Page(site, lang, postal.lower())
    entries = site.states[postal]
    state = Gazetteer.load().state_by_postal(postal)
    own = next((entry for entry in entries if entry.place.kind == "state"), None)
    newest = _newest(entries)
    roster, counts = newest.facts.roster, newest.facts.context.state
    name = page.words.heading(state.name)
    return page.draw(
        "state",
        name,
        trail=[(name, "")],
        name=name,
        source_name=state.name,
        postal=postal,
        told=_told(page, own) if own else None,
        counted={
            "list_date": roster.list_date.isoformat(),
            "agencies": counts.agencies,
            "agreements": counts.agreements,
            "state": state.name,
        },
        list_date=roster.list_date.isoformat(),
        age=roster.age_days,
        figures=page.figures(entries),
        places=len(entries),
        drawn=_drawn_state(page, state, entries),
        columns=_STATE_COLUMNS,
        rows=[_row(page, entry) for entry in entries],
        digests=page.digests(
            item for item in site.found.digests if item.is_about(postal, state.geoid)
        ),
        feeds=page.feeds(place_folder(state)),
        **_data(page),
    )


def draw_nation(site: Site, lang: str) -> str:
    """The page on the nation: its briefs, and the digests."""
    page = Page(site, lang, NATION)
    title = page.text("site.nation")
    held = sorted(site.found.programs, key=lambda item: item.facts.lang)
    held.sort(key=lambda item: item.facts.as_of, reverse=True)
    return page.draw(
        "nation",
        title,
        trail=[(title, "")],
        editions=[edition_row(page, item) for item in held],
        digests=page.digests(site.found.digests),
        feeds=page.feeds(),
    )


def draw_data(site: Site, lang: str) -> str:
    """The page that describes the tables."""
    page = Page(site, lang, DATA)
    title = page.text("site.data")
    return page.draw(
        "data",
        title,
        trail=[(title, "")],
        described=[
            {
                "name": table.name,
                "title": page.text(f"site.data.{table.name}"),
                "description": page.text(f"site.data.{table.name}.about"),
                "fields": [
                    {
                        "name": field.name,
                        "type": page.text(f"type.{field.type}"),
                        "description": page.text(field.message),
                    }
                    for field in table.fields
                ],
            }
            for table in TABLES
        ],
        sources=[{"sha256": "", **item} for item in sources(site.entries, page.words)],
        **_data(page),
    )


def edition_row(page: Page, edition: Written) -> dict[str, Any]:
    """An edition as a row of a table of editions."""
    html = edition.folder + "/brief.html"
    return {
        "as_of": edition.facts.as_of.isoformat(),
        "lang": edition.facts.lang,
        "list_date": edition.facts.roster.list_date.isoformat(),
        "report_id": edition.facts.report_id,
        "href": page.to(html) if "brief.html" in edition.files else "",
        "files": list(offered(page, edition)),
        "signed": page.words.join(tuple(item.by for item in valid(edition))),
    }


def offered(page: Page, edition: Written) -> Iterator[dict[str, str]]:
    """The files of an edition that a reader may want, in a fixed order."""
    for name in _OFFERED:
        if name in edition.files:
            yield {
                "name": page.text(f"site.file.{name}"),
                "href": page.to(f"{edition.folder}/{name}"),
            }


_OFFERED = (
    *("brief.html", "brief.pdf", "brief.json", "brief.ipynb", "records-request.docx"),
    *("records-request.txt", "foia-request.docx", "foia-request.txt", "claims.csv", "claims.json"),
    *("checklist.md", "ro-crate-metadata.json"),
)


def _newest(entries: Sequence[Entry]) -> Entry:
    return max(entries, key=lambda entry: entry.facts.roster.list_date)


def _told(page: Page, entry: Entry) -> dict[str, str]:
    told = entry.told_in(page.lang)
    return {
        "answer": told.answer,
        "lang": told.facts.lang,
        "href": page.page(entry.home),
    }


def _state(page: Page, postal: str, entries: Sequence[Entry]) -> dict[str, Any]:
    newest = _newest(entries).facts
    return {
        "name": page.words.heading(entries[0].place.state_name),
        "href": page.page(postal.lower()),
        "briefs": len(entries),
        "counts": newest.context.state,
        "list": newest.roster.list_date.isoformat(),
    }


def _row(page: Page, entry: Entry) -> dict[str, Any]:
    return {
        "name": page.words.heading(entry.place.name),
        "href": page.page(entry.home),
        "answer": page.text(f"answer.{entry.facts.answer}"),
        "models": entry.models,
        "agreements": len(entry.counted),
        "gaps": len(entry.gaps),
        "list": entry.facts.roster.list_date.isoformat(),
    }


def _data(page: Page) -> dict[str, Any]:
    return {"tables": [table.name for table in TABLES], "package": package_name(page.lang)}


def _drawn_nation(page: Page) -> dict[str, Any]:
    drawn = nation_map(page.site.entries)
    gazetteer = Gazetteer.load()
    links = {}
    for postal in page.site.states:
        state = gazetteer.state_by_postal(postal)
        links[state.geoid] = (page.page(postal.lower()), page.words.heading(state.name))
    title = page.text("site.map.title", _counted(drawn))
    alt = page.text("people.map.alt", {"parts": _parts(page, drawn)})
    return _drawn(page, drawn, title, alt, links, page.text("people.map.note"))


def _drawn_state(page: Page, state: Place, entries: Iterable[Entry]) -> dict[str, Any] | None:
    held = tuple(entries)
    drawn = state_map(state.geoid, held)
    if drawn is None:
        return None
    links = {
        entry.place.geoid: (
            page.page(entry.home),
            page.text(
                "site.map.link",
                {"place": entry.place.name, "kind": kind_words(page, entry.widest)},
            ),
        )
        for entry in held
    }
    title = page.text("site.map.title.state", {**_counted(drawn), "state": state.name})
    alt = page.text("map.alt.state", {"state": state.name, "parts": _parts(page, drawn)})
    return _drawn(page, drawn, title, alt, links, "")


def _drawn(
    page: Page, drawn: Map, title: str, alt: str, links: Mapping[str, tuple[str, str]], note: str
) -> dict[str, Any]:
    key = [
        (kind, page.text("map.key", {"model": kind_words(page, kind), "n": drawn.numbers[kind]}))
        for kind in drawn.shown
    ]
    notes = f"{page.text('site.map.note')} {note}".strip()
    return {"map": drawn, "title": title, "alt": alt, "links": links, "key": key, "note": notes}


def _counted(drawn: Map) -> dict[str, Value]:
    """Counties with a county-wide agency on the list, and all that have a brief."""
    told = {kind: n for kind, n in drawn.numbers.items() if kind != "untold"}
    return {"k": sum(told.values()) - told["none"], "n": sum(told.values())}


def _parts(page: Page, drawn: Map) -> tuple[str, ...]:
    return tuple(
        page.text("map.part", {"key": kind_words(page, kind), "n": drawn.numbers[kind]})
        for kind in drawn.shown
    )


def kind_words(page: Page, kind: str) -> str:
    """What an area of a map is, in words."""
    return page.text(f"site.map.{kind}") if kind in ("none", "untold") else page.words.model(kind)
