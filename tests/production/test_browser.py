"""The HTML in a real browser: it asks for nothing, fits small screens and passes axe-core."""

import os
from pathlib import Path

import pypdfium2
import pytest

from reportkit.production import produce

PLACES = ("Lee County, FL", "Cook County, IL", "WY")


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    out = tmp_path_factory.mktemp("pages")
    return [path for place in PLACES for path in produce(place, formats=["html"], out=out)]


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


def opened(page):
    """The lines of evidence that a reader sees."""
    return page.locator(".proof dd").filter(visible=True)


def test_evidence_opens_in_place_and_leads_back_and_on(browser, pages):
    page = browser.new_page(java_script_enabled=False)
    page.goto(pages[0].as_uri())
    assert opened(page).count() == 0
    sentence = page.locator("p.lead [data-claim]").nth(1)
    numbers = sentence.locator("sup a")
    assert numbers.inner_text() == "2, 3, 4"
    numbers.click()
    line = page.locator(f"[id='{page.url.partition('#')[2]}']")
    assert line.is_visible()
    assert "row 337" in line.inner_text()
    assert "SHA-256 f2d0629e" in line.inner_text()
    # The end of the sentence stays in view with its evidence.
    assert 0 <= numbers.bounding_box()["y"] < line.bounding_box()["y"] < 720
    back = line.locator("a").first
    assert sentence.inner_text().startswith(back.inner_text().rstrip("…"))
    back.click()
    assert page.url.partition("#")[2] == sentence.get_attribute("id")
    line.locator("a[href='#e3']").click()
    assert page.locator("#e3").bounding_box()["y"] < 900
    page.locator("#e3 a").click()
    assert page.url.partition("#")[2] == sentence.get_attribute("id")
    page.close()


def test_every_number_of_a_sentence_opens_a_line_that_leads_back(browser, pages):
    page = browser.new_page()
    for path in pages:
        page.goto(path.as_uri())
        wrong = page.evaluate(
            """() => [...document.querySelectorAll("[data-claim] sup a")].filter(number => {
                const line = document.getElementById(number.hash.slice(1));
                const home = number.closest("[data-claim]").dataset.claim;
                return ![...line.querySelectorAll("a")].some(back => {
                    const there = document.getElementById(back.hash.slice(1));
                    return there && there.dataset.claim === home;
                });
            }).map(number => number.outerHTML)"""
        )
        assert wrong == []
        assert page.locator("[data-claim] sup a").count() >= 10
    page.close()


def test_evidence_by_keyboard(browser, pages):
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    summary = page.locator(".proof summary").nth(1)
    summary.focus()
    page.keyboard.press("Enter")
    assert opened(page).count() == 3
    # From the summary the first link is the way back to the first sentence.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sentence = page.evaluate("document.querySelector(':target').dataset.claim")
    assert sentence == "bottom.holder.fl-lee-county-sheriff"
    # The next link after a sentence that was led to is its own numbers.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "row 337" in page.evaluate("document.querySelector(':target').innerText")
    summary.focus()
    page.keyboard.press("Enter")
    assert opened(page).count() == 0
    page.close()


def test_what_is_opened_is_printed(browser, pages, tmp_path):
    page = browser.new_page()
    page.goto(pages[0].as_uri())
    before = printed(page)
    assert "agreements of the agency on the newest list" not in before
    # The numbered evidence and folded tables are printed all the same.
    assert "f2d0629e4a4c7f4557d90c74998be7fec37738cd2ca35de36b0b749ca25d04e0" in before
    page.locator("p.lead sup a").nth(1).click()
    after = printed(page)
    assert "agreements of the agency on the newest list" in after
    assert "3 row 339" in after
    assert "memoranda on file that say each part of the sentence" not in after
    page.close()


def printed(page):
    """The text of the page on paper, on one line."""
    document = pypdfium2.PdfDocument(page.pdf(format="Letter"))
    text = " ".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    return " ".join(text.replace("\ufffe", "").split())
