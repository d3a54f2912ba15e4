"""The page of one place: the answer, the brief in each language, what is newer, who reviewed it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportkit.errors import DateError
from reportkit.evidence import Value
from reportkit.production.newer import newer, newer_text
from reportkit.production.site.entries import LACKING, Entry, valid
from reportkit.production.site.facts import STATEWIDE
from reportkit.production.site.pages import Page, Site
from reportkit.production.site.read import WrittenBrief
from reportkit.production.site.views import edition_row, offered

_MARKS = {"absent": "○", "partly": "◐"}
_SHOWN = 40
"""More agreements than this are for the brief to list."""


def draw_place(site: Site, lang: str, entry: Entry) -> str:
    """The page of a place."""
    page = Page(site, lang, entry.home)
    words, place, facts = page.words, entry.place, entry.facts
    told = entry.told_in(lang)
    name, state = words.heading(place.full_name), words.heading(place.state_name)
    whole = place.kind == "state"
    return page.draw(
        "place",
        name,
        trail=[
            (state, page.page(place.state.lower())),
            (page.text("site.whole") if whole else words.heading(place.name), ""),
        ],
        name=name,
        answer=page.text(f"answer.{facts.answer}"),
        told={"text": told.answer, "lang": told.facts.lang},
        figures=_figures(page, entry),
        as_of=facts.as_of.isoformat(),
        list_date=facts.roster.list_date.isoformat(),
        age=facts.roster.age_days,
        id_label=page.text("site.geonames" if place.kind == "municipality" else "site.geoid"),
        geoid=place.geoid.removeprefix("gn"),
        newer=_newer(page, entry.newest),
        current=[
            _current(page, item)
            for item in sorted(_of_day(entry), key=lambda item: item.facts.lang != lang)
        ],
        other_language=_other_language(page, told),
        signed=page.text("site.signed" if valid(told) else "site.unsigned"),
        signoffs=list(_signoffs(page, told)),
        agreements=list(_agreements(page, entry)),
        gaps=list(_gaps(page, entry)),
        digests=page.digests(
            item for item in site.found.digests if item.is_about(place.state, place.geoid)
        ),
        feeds=page.feeds(entry.home),
        editions=[edition_row(page, item) for item in entry.editions],
        command=f"reportkit brief {place.geoid} --as-of {facts.as_of} --lang {lang}",
    )


def _of_day(entry: Entry) -> list[WrittenBrief]:
    return [item for item in entry.editions if item.facts.as_of == entry.facts.as_of]


def _current(page: Page, edition: WrittenBrief) -> dict[str, Any]:
    html = "brief.html"
    return {
        "lang": edition.facts.lang,
        "html": page.to(f"{edition.folder}/{html}") if html in edition.files else "",
        "files": [item for item in offered(page, edition) if not item["href"].endswith(html)],
    }


def _other_language(page: Page, told: WrittenBrief) -> str:
    lang = told.facts.lang
    if lang == page.lang:
        return ""
    return page.text("site.place.only", {"language": f"site.language.{lang}"})


def _figures(page: Page, entry: Entry) -> list[tuple[str, int]]:
    """As in the brief: agencies and agreements, where there are any."""
    if not entry.counted:
        return []
    end = ".state" if entry.place.kind == "state" else ""
    agencies, agreements = len(entry.agencies), len(entry.counted)
    noun = "agency" if agencies == 1 else "agencies"
    return [
        (page.text(f"figure.{noun}{end}"), agencies),
        (page.text("figure.agreement" if agreements == 1 else "figure.agreements"), agreements),
    ]


def _newer(page: Page, edition: WrittenBrief) -> str:
    """Which newer lists the store holds, and whether they say something new of the place."""
    facts = edition.facts
    pending = facts.roster.pending_list_date
    told = {
        "as_of": facts.as_of.isoformat(),
        "jurisdiction": {"geoid": facts.jurisdiction.geoid, "kind": facts.jurisdiction.kind},
        "roster": {
            "list_date": facts.roster.list_date.isoformat(),
            "pending_list_date": pending.isoformat() if pending else None,
        },
    }
    try:
        found = newer(told, page.site.store)
    except DateError:
        return ""  # a store that ends before the brief's day holds nothing newer
    return newer_text(found, page.words) if found else ""


def _signoffs(page: Page, edition: WrittenBrief) -> Iterator[dict[str, Any]]:
    """The sign-offs of the edition that the page tells of, also those that no longer count."""
    counting = valid(edition)
    for item in edition.signoffs:
        values: dict[str, Value] = {"by": item.by, "when": item.when, "report_id": item.report_id}
        message = "site.signed.by" if item in counting else "site.signed.past"
        yield {"text": page.text(message, values), "notes": item.notes.splitlines()}


def _agreements(page: Page, entry: Entry) -> Iterator[dict[str, Any]]:
    """Listed, pending and ended agreements of local agencies; of a state only the brief tells."""
    if entry.place.kind == "state":
        return
    for held in (*entry.counted, *entry.ended)[:_SHOWN]:
        values: dict[str, Value] = {
            "first": held.first_listed.isoformat(),
            "last": held.last_listed.isoformat(),
            "absent": held.first_absent.isoformat() if held.first_absent else "",
        }
        # What the first list shows may have stood there before.
        earliest = held.status == "listed" and held.first_listed == page.site.store.lists[0].date
        before = ".before" if earliest else ""
        yield {
            "agency": held.agency,
            "model": held.model,
            "signed": held.signed.isoformat() if held.signed else "",
            "status": page.text(f"site.status.{held.status}{before}", values),
        }
    for wait in entry.facts.pending:
        if wait.covers != STATEWIDE:
            kind = "pending" if wait.status == "pending" else "waited"
            yield {
                "agency": wait.agency,
                "model": wait.model,
                "signed": "",
                "status": page.text(f"site.status.{kind}"),
            }


def _gaps(page: Page, entry: Entry) -> Iterator[dict[str, str]]:
    for item in entry.facts.gaps:
        if item.scope != "own" or item.state not in LACKING:
            continue
        share = item.share
        yield {
            "mark": _MARKS[item.state],
            "state": page.text(f"site.gap.{item.state}"),
            "name": page.text(f"gaps.name.{item.indicator}"),
            "share": page.text("site.gap.share", {"lack": share.lack, "known": share.known})
            if share and share.known
            else "",
        }
