"""The HTML in a real browser: it asks for nothing, fits small screens and passes axe-core."""

import os
import shutil
from pathlib import Path

import pytest

from reportkit.production import produce

PLACES = ("Lee County, FL", "Cook County, IL", "WY")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("pages")
    return [path for place in PLACES for path in produce(place, formats=["html"], out=out)]


@pytest.fixture(scope="module")
def browser():
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=chromium,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield opened
        opened.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_asks_for_nothing_and_fits(browser, pages, width, scheme):
    for path in pages:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
        )
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))  # noqa: B023
        page.goto(path.as_uri())
        assert asked == [path.as_uri()]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser, pages, width):
    axe = os.environ.get("REPORTKIT_AXE")
    if not axe:
        pytest.skip("REPORTKIT_AXE does not name axe.min.js (npm pack axe-core)")
    script = Path(axe).read_text("utf-8")
    for path in pages:
        for scheme in ("light", "dark"):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True
            )
            page = context.new_page()
            page.goto(path.as_uri())
            page.evaluate(script)
            found = page.evaluate("axe.run().then(result => result.violations)")
            assert [(item["id"], item["nodes"][0]["html"]) for item in found] == []
            context.close()


def test_evidence_and_back_by_link(browser, pages):
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    page.locator("[data-claim] sup a").first.click()
    number = page.evaluate("location.hash")
    assert number.startswith("#e")
    page.locator(f"{number} a").first.click()
    assert page.evaluate("location.hash").startswith("#claim-")
    page.close()
