"""The digest as e-mail, plain text and Markdown, and each block alone: one and the same text."""

import html
import os
import re
from dataclasses import replace
from pathlib import Path

import lxml.html
import mistune
import pytest

from chromium import chromium
from pages import nu_problems
from production.mail import unsupported
from reportkit.brief.digest import make_digest
from reportkit.brief.issue import make_issue
from reportkit.production.newsletter import (
    block_files,
    markdown_files,
    page_files,
    text_files,
)
from reportkit.render.email import LIMIT, email_page
from reportkit.render.plain import WIDTH, as_markdown, as_text
from store import small

SCOPE = (("MD",), ("Lee County, FL", "Cook County, IL"))
GOLDEN = Path(__file__).parent / "data"
HOSTILE = "Clay <b>&\" *County* [x](y) | _Sheriff's_ Office"


@pytest.fixture(scope="module")
def digests():
    """A period with news and places without, in both languages, and the whole archive."""
    return {
        "en": make_digest("2026-05-07", "2026-05-18", *SCOPE),
        "es": make_digest("2026-05-07", "2026-05-18", *SCOPE, lang="es"),
        "whole": make_digest("2021-01-13", "2026-05-18"),
        "whole-es": make_digest("2021-01-13", "2026-05-18", lang="es"),
    }


@pytest.fixture(scope="module")
def pages(digests, tmp_path_factory):
    """The e-mails, and a block alone."""
    folder = tmp_path_factory.mktemp("mails")
    for name in ("en", "es", "whole"):
        digest = digests[name]
        (folder / f"{name}.html").write_bytes(page_files(digest)["digest.html"])
    block = block_files(digests["en"])["block-md-state.html"].decode()
    head = '<!DOCTYPE html><html lang="en"><head><title>t</title></head>'
    page = f"{head}<body><h1>t</h1>{block}</body></html>"
    (folder / "block.html").write_text(page, "utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def little(tmp_path_factory):
    """A digest of a small store, whose inputs are pinned."""
    store = small.store(tmp_path_factory.mktemp("stores") / "small")
    return make_digest("2025-06-02", "2025-08-01", ("FL",), ("Bay County, FL",), store)


def words_of(page):
    """The words of a page as a reader sees them, blocks apart."""
    tree = lxml.html.document_fromstring(page)
    for element in tree.iter("p", "li", "h1", "h2", "h3", "h4", "td", "th", "small"):
        element.tail = f" {element.tail or ''}"
    return " ".join(tree.body.text_content().split())


@pytest.mark.parametrize("name", ["digest.html", "digest.txt", "digest.md"])
def test_an_issue_is_what_it_was(little, name):
    """Write the files anew with REPORTKIT_GOLDEN=1, then read what differs."""
    made = {**page_files(little), **text_files(little), **markdown_files(little)}[name]
    # The id of the code and of the store's tables changes with either.
    told = made.decode().replace(little.report_id, "0" * 16)
    path = GOLDEN / f"small-{name}"
    if os.environ.get("REPORTKIT_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_form_tells_every_sentence_once_and_where_it_stands(digests, lang):
    digest = digests[lang]
    text = " ".join(text_files(digest)["digest.txt"].decode().split())
    marked = markdown_files(digest)["digest.md"].decode()
    rendered = mistune.create_markdown(plugins=["table"])(marked)
    forms = (text, words_of(rendered), words_of(page_files(digest)["digest.html"].decode()))
    assert len(digest.items) >= 3
    for item in digest.items:
        for form in forms:
            assert digest.text(item.claim) in form
            for cited in item.claim.evidence:
                assert cited.source.title in form
    for claim in digest.claims("digest.", "states."):
        assert all(digest.text(claim) in form for form in forms)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_block_says_the_same_in_every_form_and_in_json(digests, lang):
    digest = digests[lang]
    files = block_files(digest)
    assert len(files) == 9
    for block, drawn in zip(digest.blocks, make_issue(digest).blocks, strict=True):
        name = f"block-{drawn.slug}"
        forms = (
            " ".join(files[f"{name}.txt"].decode().split()),
            words_of(mistune.create_markdown(plugins=["table"])(files[f"{name}.md"].decode())),
            words_of(files[f"{name}.html"].decode()),
        )
        assert drawn.text == block.text(digest.words)
        told = (drawn.name, drawn.subject, drawn.text, drawn.chart.title, drawn.chart.alt)
        for words in (*told, drawn.chart.source, "; ".join(drawn.sources)):
            assert all(words in form for form in forms), (words, forms)
        for bar in drawn.chart.bars:
            cells = " ".join((bar.name, *(number for number, _ in bar.marks)))
            table = [" ".join(form.replace("\xa0", " ").split()) for form in forms[1:]]
            assert all(cells in form for form in table)


def test_plain_text_has_lines_that_no_mail_program_breaks(digests):
    lines = text_files(digests["whole"])["digest.txt"].decode().splitlines()
    assert len(lines) > 5_000
    assert [line for line in lines if len(line) > WIDTH and " " in line.strip()] == []


@pytest.mark.parametrize("name", ["whole", "whole-es"])
def test_the_largest_e_mail_keeps_below_its_limit_and_tells_what_it_leaves_out(digests, name):
    digest = digests[name]
    page = page_files(digest)["digest.html"]
    assert LIMIT - 3_000 < len(page) <= LIMIT < 102_400
    shown = page.count(b"<li>")
    assert 50 < shown < len(digest.items)
    assert digest.words.number(len(digest.items) - shown) in words_of(page.decode())
    for state, _ in digest.by_state:
        assert digest.text(digest.claim(f"states.{state}")) in words_of(page.decode())
    # The other forms tell all.
    assert markdown_files(digest)["digest.md"].decode().count("\n- ") == len(digest.items)


def test_clients_of_e_mail_support_all_that_it_uses(pages):
    for path in pages:
        assert unsupported(path.read_text("utf-8")) == set(), path.name


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ('<p style="padding:4px">x</p>', "css-padding"),
        ('<td style="display:flex">x</td>', "display"),
        ('<p style="margin:-4px">x</p>', "css-margin"),
        ('<img src="https://example.org/a.png" alt="">', "img"),
        ('<p role="note">x</p>', "html-role"),
        ("<svg></svg>", "svg"),
        ('<p onclick="x()">x</p>', "onclick"),
        ('<p style="font-size:2rem">x</p>', "rem"),
    ],
)
def test_what_clients_do_not_support_is_found(fragment, found):
    assert any(found in line for line in unsupported(f"<html><body>{fragment}</body></html>"))


def test_nothing_in_an_e_mail_acts_or_asks_for_anything(pages):
    for path in pages:
        page = path.read_text("utf-8")
        assert not re.search(r"<(script|style|link|img|svg|iframe|object|form)\b", page)
        assert not re.search(r"url\(|@import|\bsrc=|\son\w+=", page)


def test_the_html_is_valid(pages):
    assert nu_problems(pages) == []


@pytest.fixture(scope="module")
def without_images():
    with chromium("--blink-settings=imagesEnabled=false") as opened:
        yield opened


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_narrow_screens_and_axe_finds_nothing(without_images, pages, width):
    axe = os.environ.get("REPORTKIT_AXE")
    if not axe:
        pytest.skip("REPORTKIT_AXE does not name axe.min.js (npm pack axe-core)")
    script = Path(axe).read_text("utf-8")
    context = without_images.new_context(
        viewport={"width": width, "height": 900}, offline=True, bypass_csp=True
    )
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    # A block alone is a part of an e-mail, which brings heading and landmark.
    for path in (path for path in pages if path.name in {"en.html", "es.html", "whole.html"}):
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name
        if path.name == "whole.html":
            continue  # made of the same elements
        page.evaluate(script)
        found = page.evaluate("axe.run().then(result => result.violations)")
        assert [(item["id"], item["nodes"][0]["html"]) for item in found] == [], path.name
    assert len(asked) == 3
    context.close()


def test_hostile_names_stand_as_text():
    digest = make_digest("2026-05-11", "2026-05-18", ("MD",))
    item = digest.items[0]
    claim = replace(item.claim, values={**item.claim.values, "agency": HOSTILE})
    changed = replace(digest, items=(replace(item, claim=claim, agency=HOSTILE), *digest.items[1:]))
    issue = make_issue(changed)
    page = email_page(issue).decode()
    assert "<b>" not in page and HOSTILE in words_of(page)
    assert HOSTILE in html.unescape(re.sub(r"\s+", " ", page))
    rendered = mistune.create_markdown(plugins=["table"])(as_markdown(issue))
    assert HOSTILE in words_of(rendered)
    assert "<b>" not in rendered and "<em>" not in rendered and 'href="y"' not in rendered
    assert HOSTILE in " ".join(as_text(issue).split())


def test_links_lead_up_or_from_where_the_outputs_are_published(digests):
    place = digests["en"].blocks[0].place
    assert digests["en"].brief_link(place) == "../../../md/state/2026-05-18/brief.html"
    assert digests["es"].brief_link(place) == "../../../../md/state/2026-05-18/es/brief.html"
    published = replace(digests["en"], address="https://example.org/287g/")
    page = page_files(published)["digest.html"].decode()
    assert 'href="https://example.org/287g/md/state/2026-05-18/brief.html"' in page
    assert "../" not in page
