"""Memoranda find their agreements; a link to another's document is told."""

from __future__ import annotations

import pytest

from moa.made_roster import URL, roster_of
from reportkit.moa.matching import Content, Matcher

LEE, BAY, LEE_TX = (
    ("Lee County Sheriff's Office", "TFM", "2025-02-26", "FL"),
    ("Bay County Sheriff's Office", "WSO", "2025-03-05", "FL"),
    ("Lee County Sheriff's Office", "TFM", "2025-04-01", "TX"),
)
NARCOTICS = ("Oklahoma Bureau of Narcotics", "TFM", "2025-02-18", "OK")


def content(file="scan.pdf", agency="Lee County Sheriff's Office", model="TFM", signed=()):
    return Content("0" * 64, file, agency, model, tuple(signed))


@pytest.fixture(scope="module")
def matcher():
    return Matcher(roster_of(LEE, BAY, LEE_TX, NARCOTICS))


def test_a_link_and_what_the_document_says_agree(matcher):
    match = matcher.match(content(URL.format("lee-fl").rsplit("/", 1)[-1]))
    assert (match.agreement, match.rule) == ("fl-lee-county-sheriff-tfm-2025-02-26", "link")
    assert match.misplaced == ()


@pytest.mark.parametrize(
    ("said", "differs"),
    [
        (("Bay County Sheriff's Office", "TFM"), ("agency",)),
        (("Lee County Sheriff's Office", "JEM"), ("model",)),
        (("Gulf County Sheriff's Office", "WSO"), ("agency", "model")),
    ],
)
def test_another_document_behind_a_link_is_told(matcher, said, differs):
    match = matcher.match(content("lee-fl.pdf", *said))
    assert match.agreement != "fl-lee-county-sheriff-tfm-2025-02-26"
    assert match.misplaced == ("fl-lee-county-sheriff-tfm-2025-02-26",)
    assert match.differs == differs


def test_a_longer_form_of_the_name_is_no_other_agency(matcher):
    longer = "Oklahoma Bureau of Narcotics and Dangerous Drugs Control (OBNDD)"
    match = matcher.match(content("narcotics-ok.pdf", longer))
    assert (match.agreement, match.misplaced) == (
        "ok-oklahoma-bureau-narcotics-tfm-2025-02-18",
        (),
    )


def test_what_is_not_known_speaks_against_no_link(matcher):
    match = matcher.match(content("lee-fl.pdf", None, None))
    assert (match.agreement, match.misplaced) == ("fl-lee-county-sheriff-tfm-2025-02-26", ())


@pytest.mark.parametrize(
    ("said", "signed", "agreement", "rule"),
    [
        (("Bay County Sheriffs Office (BCSO)", "WSO"), (), "fl-bay-county-sheriff-wso-2025-03-05",
         "content"),
        (("Lee County Sheriff's Office", "TFM"), (), None, "several fit"),
        (("Lee County Sheriff's Office", "TFM"), ("2025-05-15",),
         "tx-lee-county-sheriff-tfm-2025-04-01", "content"),
        (("Lee County Sheriff's Office", "TFM"), ("2025-02-30",), None, "several fit"),
        (("Bay County Sheriff's Office", "JEM"), (), None, "none fits"),
        (("Clay County Sheriff's Office", "WSO"), (), None, "none fits"),
        ((None, "WSO"), (), None, "none fits"),
    ],
)  # fmt: skip
def test_without_a_link_the_words_decide(matcher, said, signed, agreement, rule):
    match = matcher.match(content("scan.pdf", *said, signed))
    assert (match.agreement, match.rule) == (agreement, rule)
