"""The pages of the index: what they say is what the briefs say, and every link leads somewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from index.conftest import DIGEST, LEE_HOME, NEWEST, OLDER
from pages import nu_problems
from reportkit.production.signoff import add_signoff
from reportkit.production.site import build_site
from reportkit.production.site.entries import to_entries
from reportkit.production.site.read import find_written
from reportkit.production.site.script import ANSWERS, KINDS, safeguards

BASE = "https://briefs.example.org/287g/"
KINDS_OF_PAGES = (
    *("index.html", "es/index.html", "md/index.html", "es/md/index.html", "pr/index.html"),
    *("ct/index.html", f"{LEE_HOME}/index.html", f"es/{LEE_HOME}/index.html", "us/index.html"),
    *("es/us/index.html", "data/index.html", "es/data/index.html", "es/pr/state/index.html"),
)


def page(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def text(found: object) -> str:
    return " ".join(found.get_text(" ").split())  # type: ignore[attr-defined]


def facts(site: Path, folder: str) -> dict:
    return json.loads((site / folder / "brief.json").read_bytes())


def script(path: Path) -> dict:
    """What a script of the search hands over."""
    called = re.fullmatch(r'reportkit\("\w+",(.*)\)\n', path.read_text("utf-8"), re.S)
    return json.loads(called[1])


def test_every_page_is_whole_and_every_link_leads_to_a_file(site):
    paths = list(site.rglob("index.html"))
    assert len(paths) == 2 * (len(list(to_entries(find_written(site).briefs))) + 9 + 3)
    for path in paths:
        soup = page(path)
        lang = "es" if path.relative_to(site).parts[0] == "es" else "en"
        assert soup.html["lang"] == lang
        assert soup.title.string.strip()
        assert len(soup.find_all("h1")) == 1
        ids = {item["id"] for item in soup.find_all(id=True)}
        for item in soup.find_all(["a", "script", "link"]):
            address, fragment = urldefrag(item.get("href") or item.get("src") or "")
            if address.startswith(("data:", "https://")):
                continue
            target = (path.parent / unquote(address)).resolve() if address else path
            assert target.is_file(), (path, address)
            assert target.is_relative_to(site)
            if fragment and target == path:
                assert fragment in ids
            elif fragment:
                assert page(target).find(id=fragment)


def test_both_languages_have_the_same_pages_and_switch_between_them(site):
    english = {
        path.relative_to(site) for path in site.rglob("index.html") if "es" not in path.parts
    }
    spanish = {path.relative_to(site / "es") for path in (site / "es").rglob("index.html")}
    assert english == spanish
    for name in english:
        here, there = site / name, site / "es" / name
        for one, other in ((here, there), (there, here)):
            switch = page(one).find("a", attrs={"data-switch": True})
            assert (one.parent / switch["href"]).resolve() == other.resolve()


def test_a_place_is_told_in_the_words_of_its_brief(site):
    for lang, folder in (("en", NEWEST), ("es", f"{NEWEST}/es")):
        held = facts(site, f"{LEE_HOME}/{folder}")
        soup = page(site / ("" if lang == "en" else lang) / LEE_HOME / "index.html")
        answer = next(claim for claim in held["claims"] if claim["id"] == "bottom.answer")
        assert text(soup.find(class_="lead")) == answer["text"]
        rows = soup.find("table", class_="agreements").tbody.find_all("tr")
        local = [item for item in held["agreements"] if item["covers"] != "statewide"]
        assert [text(row.th) for row in rows][: len(local)] == [item["agency"] for item in local]
        gaps = [
            item
            for item in held["gaps"]
            if item["scope"] == "own" and item["state"] in {"absent", "partly"}
        ]
        assert len(soup.find("ul", class_="gaps").find_all("li")) == len(gaps) > 0


def test_editions_of_a_place_with_what_is_newer_than_each_and_who_signed(site):
    english, spanish = (page(site / prefix / LEE_HOME / "index.html") for prefix in ("", "es"))
    rows = english.find("table", class_="editions").tbody.find_all("tr")
    assert [row.th.time["datetime"] for row in rows] == [NEWEST, NEWEST, OLDER]
    assert [row.td.get("lang") for row in rows] == [None, "es", None]
    assert text(rows[0].find_all("td")[-1]) == "R. Reviewer"
    quotes = [text(item) for item in english.find_all("blockquote")]
    held = facts(site, f"{LEE_HOME}/{NEWEST}")["report_id"]
    assert quotes[0] == f"R. Reviewer, 20 May 2026, report {held}. Fine."
    assert "does not count" in quotes[1]
    # A sign-off speaks of one report id, and the edition in Spanish is another report.
    assert spanish.find("blockquote") is None
    assert "Nadie" in text(spanish.main)
    assert text(spanish.find("table", class_="editions").tbody.find_all("td")[3]) == "R. Reviewer"
    links = {link["href"] for link in english.find_all("a")}
    assert {f"{NEWEST}/brief.html", f"{NEWEST}/brief.json", f"{NEWEST}/es/brief.json"} <= links


def test_the_edition_that_was_signed_is_the_one_that_counts(folder):
    spanish = folder / LEE_HOME / NEWEST / "es"
    (folder / LEE_HOME / NEWEST / "sign-off.json").unlink()
    signed = add_signoff(spanish, "A. Lectora", when="2026-05-20")
    build_site(folder)
    english, own = (page(folder / prefix / LEE_HOME / "index.html") for prefix in ("", "es"))
    assert "Nobody has signed this edition off" in text(english.main)
    assert english.find("blockquote") is None
    told = text(own.find("blockquote"))
    assert told == f"A. Lectora, 20 de mayo de 2026, informe {signed.report_id}."


def test_a_brief_says_which_newer_list_the_store_holds(site, tmp_path, read_all):
    """The same folder without its newest edition: the store knows more than what is left."""
    import shutil

    shutil.copytree(site / LEE_HOME / OLDER, tmp_path / LEE_HOME / OLDER)
    build_site(tmp_path)
    told = text(page(tmp_path / LEE_HOME / "index.html").find(class_="newer"))
    assert "18 May 2026" in told
    assert "differs" in told
    spanish = page(tmp_path / "es" / LEE_HOME / "index.html")
    assert "18 de mayo de 2026" in text(spanish.find(class_="newer"))
    assert spanish.find(class_="lead")["lang"] == "en"
    assert "solo está aquí en inglés" in text(spanish.main)
    assert page(site / LEE_HOME / "index.html").find(class_="newer") is None


def test_index_counts_what_the_briefs_say(site):
    entries = to_entries(find_written(site).briefs)
    answers = Counter(entry.facts.answer for entry in entries)
    soup = page(site / "index.html")
    figures = {
        text(item.dt): int(text(item.dd))
        for item in soup.find("dl", class_="figures").find_all("div")
    }
    assert figures["participating"] == answers["participating"] == 5
    assert sum(figures.values()) == len(entries)
    nation = facts(site, f"{LEE_HOME}/{NEWEST}")["context"]["nation"]
    assert f"{nation['agencies']:,} agencies in {nation['states']} states" in text(soup.main)
    rows = {text(row.th): row.find_all("td") for row in soup.select("table.states tbody tr")}
    assert set(rows) == {
        *("Connecticut", "Delaware", "Florida", "Illinois", "Maryland", "New Mexico"),
        *("Puerto Rico", "Louisiana", "Texas"),
    }
    florida = facts(site, f"{LEE_HOME}/{NEWEST}")["context"]["state"]
    assert [text(cell) for cell in rows["Florida"]][:6] == [
        *("2", str(florida["agencies"]), str(florida["agreements"])),
        *(str(florida["models"][model]) for model in ("TFM", "JEM", "WSO")),
    ]


def test_a_states_page_lists_all_its_places_without_scripts(site):
    soup = page(site / "md" / "index.html")
    rows = soup.select("table.listing tbody tr")
    assert len(rows) == 25
    told = {text(row.th): row for row in rows}
    frederick = facts(site, f"md/frederick-county/{NEWEST}")
    assert frederick["answer"] == "ended"
    assert text(told["Frederick County"].find(class_="c-answer")) == "Ended"
    links = soup.select("figure.map svg a")
    assert len(links) == 24
    names = {text(link.title): link["href"] for link in links}
    assert names["Frederick County: None on the list"] == "frederick-county/index.html"


def test_maps_say_where_nothing_is_told_and_where_nothing_can_be_drawn(site):
    nation = page(site / "index.html").find("figure", class_="map")
    key = [text(item) for item in nation.find("ul", class_="key").find_all("li")]
    assert key[-1].startswith("No brief here: 3,110")
    assert text(nation.figcaption).startswith("Counties with a brief here: in ")
    assert nation.svg["aria-hidden"] == "true"
    # What no brief tells of covers the ground, which has the colour of "none on the list".
    kinds = [area["class"][0] for area in nation.svg.find_all("path")]
    assert kinds[0] == "m-none"
    fills = {area["class"][0]: area["fill"] for area in nation.find_all("path")}
    assert fills["m-untold"] == "#FFFFFF" != fills["m-none"]
    assert "No brief here" in text(nation.find(class_="unseen"))
    links = {link["href"] for link in nation.svg.find_all("a")}
    assert links == {
        f"{name}/index.html" for name in ("de", "fl", "il", "md", "nm", "ct", "la", "tx")
    }
    for name in ("pr", "ct"):
        assert page(site / name / "index.html").find("figure") is None
        assert "No map" in text(page(site / name / "index.html").main)


def test_search_knows_every_place_as_its_brief_has_it(site):
    entries = to_entries(find_written(site).briefs)
    places = script(site / "site" / "places.js")
    rows = [(state, row) for state, held in places["rows"].items() for row in held]
    assert len(rows) == len(entries)
    for entry, (state, row) in zip(entries, rows, strict=True):
        code, name, *rest = row
        listed, answer, slug, agencies, models, agreements, kinds, gaps = [
            *rest,
            *[0, 0, 0, [], 0, 0, 0, 0][len(rest) :],
        ]
        assert state == entry.place.state
        assert entry.place.geoid in {code, entry.place.state_fips + code}
        assert name == entry.place.name
        assert slug in {0, entry.place.slug}
        assert ANSWERS[answer] == entry.facts.answer
        assert places["lists"][listed] == entry.facts.roster.list_date.isoformat()
        if entry.place.kind != "state":
            assert tuple(places["agencies"][n] for n in agencies) == entry.agencies
        assert agreements == len(entry.counted)
        held = [KINDS[bit] for bit in range(len(KINDS)) if kinds >> bit & 1]
        assert sorted(held) == list(entry.kinds)
        order = safeguards()
        assert {order[bit] for bit in range(len(order)) if gaps >> bit & 1} == set(entry.gaps)
        assert bin(models).count("1") == len(entry.models)


def test_permanent_addresses_stand_in_pages_and_sitemap(site):
    listed = ElementTree.parse(site / "sitemap.xml").getroot()
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    addresses = {item.text for item in listed.iter(f"{space}loc")}
    assert len(addresses) == len(list(site.rglob("index.html")))
    assert {BASE, f"{BASE}es/", f"{BASE}{LEE_HOME}/", f"{BASE}es/{LEE_HOME}/"} <= addresses
    head = page(site / "es" / LEE_HOME / "index.html").head
    assert head.find("link", rel="canonical")["href"] == f"{BASE}es/{LEE_HOME}/"
    assert {link["hreflang"]: link["href"] for link in head.find_all("link", hreflang=True)} == {
        "en": f"{BASE}{LEE_HOME}/",
        "es": f"{BASE}es/{LEE_HOME}/",
    }


def test_digests_and_feeds_are_linked_where_they_are_about(site):
    digest = f"{DIGEST}/digest.html"
    soup = page(site / "index.html")
    feed = soup.head.find("link", type="application/atom+xml")
    assert feed["href"] == "feeds/digest.atom"
    told = soup.find("a", href=digest)
    assert text(told.parent) == "11 May 2026 to 18 May 2026 (Maryland and Lee County, Florida)"
    spanish = page(site / "es" / "index.html")
    assert spanish.head.find("link", type="application/atom+xml") is None
    told = spanish.find("a", href=f"../{digest}")
    assert told["hreflang"] == "en"
    assert text(told.parent).startswith("Del 11 de mayo de 2026 al 18 de mayo de 2026 (Maryland y")
    with_it = {
        name
        for name in ("md", "fl", LEE_HOME, "de", "md/frederick-county", "fl/cape-coral")
        if page(site / name / "index.html").find("a", href=re.compile("digest.html"))
    }
    assert with_it == {"md", "fl", LEE_HOME}
    lee = page(site / "es" / LEE_HOME / "index.html")
    assert lee.head.find("link", type="application/feed+json")["href"].endswith("county.es.json")
    assert page(site / LEE_HOME / "index.html").head.find("link", title=True) is None


def test_first_view_of_all_pages_is_light(site):
    """All that loads before a page can be read; the measured one with 3,200 places is a benchmark."""
    for name in ("index.html", "es/index.html", "md/index.html"):
        soup = page(site / name)
        loaded = [soup.find("link", rel="stylesheet")["href"], soup.find("script", src=True)["src"]]
        own = site / name
        size = sum((own.parent / item).stat().st_size for item in loaded) + own.stat().st_size
        assert size < 150_000


def test_the_checker_of_html_finds_nothing(site):
    # It reads files without their address, so no policy can allow what lies beside them.
    policy = r"Resource violates Content Security Policy \(meta tag\): external .*"
    assert nu_problems([site / name for name in KINDS_OF_PAGES], ignored=(policy,)) == []


@pytest.mark.parametrize("name", KINDS_OF_PAGES)
def test_pages_of_a_language_have_no_words_of_the_other(site, name):
    soup = page(site / name)
    lang = soup.html["lang"]
    for item in soup.find_all(lang=lambda value: value and value != lang):
        item.decompose()
    for item in soup.find_all(["code", "script"]):
        item.decompose()
    words = set(re.findall(r"[a-záéíóúñ]+", soup.get_text(" ").lower()))
    foreign = {
        "en": {"de", "los", "las", "una", "condado", "lista"},
        "es": {"the", "of", "and", "list"},
    }
    assert words & foreign[lang] == set()
