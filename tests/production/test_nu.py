"""The pages as the Nu Html Checker reads them."""

import pytest

from pages import nu_problems
from reportkit.production import produce
from reportkit.production.program import produce_program

PLACES = ("Lee County, FL", "Cook County, IL", "TX", "Frederick County, MD")


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    return tmp_path_factory.mktemp("checked")


def test_the_checker_finds_nothing_in_briefs_and_something_in_a_bad_page(out):
    pages = [path for place in PLACES for path in produce(place, formats=["html"], out=out)]
    pages += produce_program(formats=["html"], out=out)
    good = pages[0].read_text("utf-8")
    bad = out / "bad" / "brief.html"
    bad.parent.mkdir()
    bad.write_text(good.replace("<main ", "<main hidden=no ").replace("</h1>", "</h2>"), "utf-8")
    told = nu_problems([*pages, bad])
    assert [line for line in told if not line.startswith("bad/brief.html:")] == []
    assert any("Bad value “no” for attribute “hidden”" in line for line in told)
