"""The index in a real browser: search, filters, sort, keyboard, both languages, no other host."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest

from index.conftest import LEE_HOME
from reportkit.production.site.serve import serving

PAGES = (
    *("index.html", "es/index.html", "de/index.html", "es/de/index.html", "data/index.html"),
    *(f"{LEE_HOME}/index.html", f"es/{LEE_HOME}/index.html", "es/us/index.html"),
)
LISTING = "table.listing tbody tr"


@pytest.fixture(scope="module")
def address(built):
    """The address of the index at a server."""
    with serving(built.index.parent, 0) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        yield server.address
        server.stop()
        thread.join()


@pytest.fixture
def opened(browser):
    """Opens a page and waits until its search is ready."""
    contexts = []

    def opened(address, **options):
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 900}, "locale": "en-US", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        if options.get("java_script_enabled", True):
            page.wait_for_selector("table.listing th button")
        return page

    yield opened
    for context in contexts:
        context.close()


def names(page):
    return page.locator(f"{LISTING} th a").all_inner_texts()


def found(page):
    return page.inner_text("[data-found]")


def test_search_is_blind_to_case_and_accents_and_knows_places_agencies_and_ids(site, opened):
    page = opened((site / "index.html").as_uri())
    assert found(page) == "38 places"
    for asked, wanted in {
        "dona ana": ["Doña Ana County"],
        "DOÑA": ["Doña Ana County"],
        "lee, fl": ["Lee County", "Cape Coral"],
        "12071": ["Lee County"],
        "jefferson par": ["Jefferson Parish"],
        "county kent": ["Kent County", "Kent County"],
        "sanibel": ["Lee County"],
        "nowhere at all": [],
    }.items():
        page.fill("#q", asked)
        assert names(page) == wanted, asked
    assert found(page).startswith("No place fits")
    page.fill("#q", "sanibel police")
    assert page.inner_text(f"{LISTING} .agency") == "Agency: Sanibel Police Department"
    page.fill("#q", "ca")
    # Names that begin with it come first, then others by name.
    assert names(page)[:5] == [
        *("Calvert County", "Cape Coral", "Capitol Planning Region", "Caroline County"),
        "Carroll County",
    ]
    page.click(f"{LISTING} >> text=Cape Coral")
    assert page.inner_text("h1") == "Cape Coral, Florida"


def test_filters_sort_and_what_the_address_keeps(site, opened):
    page = opened((site / "index.html").as_uri())
    page.select_option("#state", "MD")
    assert found(page) == "25 of 38 places"
    page.select_option("#answer", "ended")
    ended = names(page)
    assert "Frederick County" in ended
    page.click("text=Clear")
    assert found(page) == "38 places"
    assert page.evaluate("document.activeElement.id") == "q"
    assert urlsplit(page.url).fragment == ""

    page.select_option("#model", "JEM")
    with_jail = set(names(page))
    assert "Lee County" in with_jail
    page.select_option("#kind", "prosecutor")
    assert set(names(page)) <= with_jail
    assert "Lee County" in names(page)
    page.select_option("#gap", "posted")
    kept = names(page)
    page.click("th >> text=Agreements")
    head = page.locator("th[data-sort=agreements]")
    assert head.get_attribute("aria-sort") == "descending"
    counts = [int(text) for text in page.locator(f"{LISTING} .c-agreements").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    page.click("th >> text=Agreements")
    assert head.get_attribute("aria-sort") == "ascending"

    # The address brings all of it back, in another window too and in the other language.
    again = opened(page.url)
    assert sorted(names(again)) == sorted(kept)
    assert again.locator("th[aria-sort]").get_attribute("data-sort") == "agreements"
    again.click("text=Español")
    again.wait_for_selector("table.listing th button")
    assert again.evaluate("document.documentElement.lang") == "es"
    assert again.input_value("#kind") == "prosecutor"
    assert len(names(again)) == len(kept)
    assert "Condado de Lee" in names(again)
    again.fill("#q", "lee county")
    assert sorted(names(again)) == ["Cape Coral", "Condado de Lee"]
    again.go_back()
    again.wait_for_selector("table.listing th button")
    assert sorted(names(again)) == sorted(kept)


def test_sort_by_every_column(site, opened):
    page = opened((site / "index.html").as_uri())
    for column, cells in (("answer", ".c-answer"), ("state", ".c-state"), ("gaps", ".c-gaps")):
        page.click(f"th[data-sort={column}] button")
        values = page.locator(f"{LISTING} {cells}").all_inner_texts()
        if column == "gaps":
            numbers = [int(value or 0) for value in values]
            assert numbers == sorted(numbers, reverse=True)
            assert numbers[0] > 0
        elif column == "state":
            assert values == sorted(values)
        else:
            order = [value for number, value in enumerate(values) if value not in values[:number]]
            assert order == ["Participating", "Ended", "Not listed"]
    page.click("th[data-sort=name] button")
    page.click("th[data-sort=name] button")
    assert names(page)[0] == "Worcester County"


def test_a_states_page_keeps_all_its_places_and_searches_them(site, opened):
    page = opened((site / "es/md/index.html").as_uri())
    assert found(page) == "25 lugares"
    assert len(names(page)) == 25
    assert page.locator("#state").count() == 0
    page.fill("#q", "frederick")
    assert names(page) == ["Condado de Frederick"]
    assert found(page) == "1 de 25 lugares"


def test_by_keyboard_alone(site, opened):
    page = opened((site / "index.html").as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.type("lee")
    page.keyboard.press("Enter")  # sends nothing anywhere
    # Cape Coral too: the sheriff of Lee County acts there.
    assert found(page) == "2 of 38 places"
    seen = []
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim()"))
        if seen[-1] == "Lee County":
            break
    heads = ["Place", "State", "Local agencies", "Models", "Agreements", "Gaps", "List of"]
    assert [text for text in seen if text in heads] == heads
    page.keyboard.press("Enter")
    page.wait_for_url("**/fl/lee-county/index.html")
    outline = page.evaluate(
        """() => { const link = document.querySelector("main a"); link.focus();
        return getComputedStyle(link).outlineStyle }"""
    )
    assert outline != "none"


def test_links_of_the_map_are_for_the_mouse_and_stand_in_the_table_too(site, opened):
    page = opened((site / "md/index.html").as_uri())
    links = page.locator("figure.map svg a")
    assert {link.get_attribute("tabindex") for link in links.all()} == {"-1"}
    hrefs = {urljoin(page.url, link.get_attribute("href")) for link in links.all()}
    table = {
        urljoin(page.url, link.get_attribute("href")) for link in page.locator(f"{LISTING} a").all()
    }
    assert len(hrefs) == 24
    assert hrefs <= table
    links.nth(3).click()
    assert page.inner_text("h1").endswith(", Maryland")


def test_more_places_than_are_shown_at_first(site, opened):
    """With the list of places doubled: the button shows the rest and moves the focus there."""
    page = opened((site / "index.html").as_uri())
    assert page.locator("p.more").is_hidden()
    many = (site / "site/places.js").read_text("utf-8")
    context = page.context
    context.route("**/site/places.js", lambda route: route.fulfill(body=_doubled(many)))
    page.reload()
    page.wait_for_selector("table.listing th button")
    assert len(names(page)) == 50
    page.click("text=Show more places")
    assert len(names(page)) == 76
    assert (
        page.evaluate(
            "[...document.querySelectorAll('table.listing tbody a')].indexOf(document.activeElement)"
        )
        == 50
    )
    assert page.locator("p.more").is_hidden()


def _doubled(script):
    import json

    data = json.loads(script[len('reportkit("places",') : -2])
    data["rows"] = {state: [*rows, *rows] for state, rows in data["rows"].items()}
    return f'reportkit("places",{json.dumps(data)})'


def test_how_long_ago_a_list_is_from_is_told_by_the_readers_clock(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.clock.set_fixed_time("2026-11-22T12:00:00Z")
    for path, told in ((LEE_HOME, "(188 days ago)"), (f"es/{LEE_HOME}", "(hace 188 días)")):
        page.goto((site / path / "index.html").as_uri())
        assert told in page.inner_text("dl.facts")
    page.clock.set_fixed_time("2026-05-18T12:00:00Z")
    page.goto((site / LEE_HOME / "index.html").as_uri())
    assert page.inner_text("[data-since]") == ""
    context.close()


def test_places_that_cannot_be_loaded_are_said_to_be_missing(site, browser):
    context = browser.new_context()
    context.route("**/site/places.js", lambda route: route.abort())
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    page.wait_for_function(
        "document.querySelector('[data-found]').textContent.startsWith('The list of places')"
    )
    context.close()


def test_without_scripts_every_place_is_reached_by_links(site, opened):
    page = opened((site / "index.html").as_uri(), java_script_enabled=False)
    assert page.locator("form.search").is_hidden()
    assert page.locator("table.listing").is_hidden()
    assert "Search and filters need scripts" in page.inner_text("main")
    page.click("table.states >> text=Maryland")
    assert page.locator("form.search").is_hidden()
    assert len(names(page)) == 25
    page.click(f"{LISTING} >> text=Frederick County")
    assert page.inner_text("h1") == "Frederick County, Maryland"
    page.click("text=Español")
    assert page.inner_text("h1") == "Condado de Frederick, Maryland"


def test_served_or_from_a_disk_nothing_else_is_asked_and_every_page_fits(browser, site, address):
    for root in (site.as_uri() + "/", address):
        for width in (360, 1280):
            context = browser.new_context(viewport={"width": width, "height": 900})
            page = context.new_page()
            asked, wrong = [], []
            page.on("request", lambda request: asked.append(request.url))  # noqa: B023
            page.on("pageerror", lambda error: wrong.append(str(error)))  # noqa: B023
            page.on("console", lambda line: wrong.append(line.text))  # noqa: B023
            for name in PAGES:
                page.goto(root + name)
                if page.locator("form.search").count():
                    page.wait_for_selector("table.listing th button")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            assert {url for url in asked if not url.startswith((root, "data:"))} == set()
            assert wrong == []
            context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, site, width):
    axe = os.environ.get("REPORTKIT_AXE")
    if not axe:
        pytest.skip("REPORTKIT_AXE does not name axe.min.js (npm pack axe-core)")
    script = Path(axe).read_text("utf-8")
    # What a page is made of is the same in the dark; its colours are not.
    for scheme, rules in (("light", "{}"), ("dark", '{runOnly: ["color-contrast"]}')):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
        )
        page = context.new_page()
        for name in PAGES if scheme == "light" else PAGES[::2]:
            page.goto((site / name).as_uri())
            if page.locator("form.search").count():
                page.wait_for_selector("table.listing th button")
            page.evaluate(script)
            violations = page.evaluate(f"axe.run({rules}).then(result => result.violations)")
            assert [(item["id"], item["nodes"][0]["html"]) for item in violations] == []
        context.close()
