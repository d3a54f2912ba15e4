"""The reviewer's checklist: what it points to on real records, and that each check can be met."""

import copy
import itertools
import json
from pathlib import Path

import mistune
import pytest
from click.testing import CliRunner

import reportkit.findings
from reportkit.brief import make_brief
from reportkit.brief.assemble import open_store
from reportkit.brief.checklist import find_points
from reportkit.brief.facts import brief_facts
from reportkit.brief.program import make_program
from reportkit.brief.program_facts import program_facts
from reportkit.cli import main
from reportkit.errors import InputError
from reportkit.library.review import PARTS, RISKS, load_checks, read_checks
from reportkit.messages import catalogue
from reportkit.production import produce
from reportkit.production.checklist import NAME, as_markdown
from reportkit.production.review import as_data
from reportkit.production.signoff import add_signoff
from reportkit.store import EMBEDDED

EN = catalogue("en")


@pytest.fixture(scope="module")
def facts():
    """The facts of a place as of a day; each made once."""
    made, store = {}, open_store(str(EMBEDDED))

    def of(geoid, day="2026-05-18"):
        if (geoid, day) not in made:
            made[geoid, day] = brief_facts(make_brief(geoid, day, store))
        return made[geoid, day]

    return of


def told(held, *checks, words=EN):
    return [point for point in find_points(held, words) if point.check in checks]


def where(held, point):
    """Title and locator of what to open."""
    by_number = {item["id"]: item for item in held["evidence"]}
    return [
        (by_number[n]["title"], by_number[n]["locator"]["value"] or None) for n in point.evidence
    ]


def test_points_stand_by_part_and_risk(facts):
    checks = load_checks()
    for geoid in ("12071", "24021", "48", "gn4556216"):
        order = [
            (PARTS.index(checks[point.check].part), RISKS.index(point.risk))
            for point in find_points(facts(geoid), EN)
        ]
        assert order == sorted(order)


def test_lee_county_says_what_to_open(facts):
    lee = facts("12071")
    (county,) = told(lee, "county")
    assert county.risk == "high"
    assert county.claims == ("status.county.fl-office-state-attorney-20th-judicial-circuit",)
    assert ("participatingAgencies05182026am.xlsx", "390") in where(lee, county)
    sanibel = told(lee, "signature-unread")[0]
    assert sanibel.text == (
        "Sanibel Police Department (Task Force): not readable on the signature page: the date for "
        "the agency."
    )
    assert where(lee, sanibel) == [
        ("SanibelPDFL_TFM_MOA_032625.pdf (Sanibel Police Department, FL)", "9")
    ]
    corrections = told(lee, "correction")
    assert [point.rows[0] for point in corrections] == [
        "participatingAgencies07152025am.xlsx#120",
        "participatingAgencies05182026am.xlsx#390",
    ]
    assert "signing date printed 2025-02-14, read as 2025-04-24" in corrections[0].text
    assert "read as Charlotte County, Collier County" in corrections[1].text


def test_dates_of_one_agreement_are_told_once(facts):
    lee = facts("12071")
    both = {point.claims[0].split(".", 2)[2] for point in told(lee, "dates")}
    alone = {point.claims[0].split(".", 2)[2] for point in told(lee, "file-date")}
    assert both == {"fl-lee-county-sheriff-jem-2025-03-03", "fl-sanibel-police-tfm-2025-04-02"}
    assert len(alone) == 4
    assert not both & alone


def test_an_answer_that_cannot_be_told_comes_with_the_agencies_in_doubt(facts):
    held = facts("gn4556216")
    assert held["answer"] == "unclear"
    assert [point.claims for point in told(held, "unclear")] == [("bottom.answer",)]
    assert {where(held, point)[0] for point in told(held, "maybe")} == {
        ("participatingAgencies05182026am.xlsx", "1162"),
        ("participatingAgencies05182026am.xlsx", "1200"),
    }


def test_a_scan_names_what_was_not_read(facts):
    held = facts("37039")
    (terms,) = told(held, "term-unread")
    assert terms.text == (
        "Cherokee County Sheriff's Office (Warrant Service Officer): not readable in the "
        "memorandum, by subject: Duration and ending and Oversight."
    )
    assert where(held, terms) == [
        ("CherokeeCountyNC_WSO_MOA_031025.pdf (Cherokee County Sheriff's Office, NC)", None)
    ]
    assert told(held, "safeguard-unread")[0].claims == ("gaps.unread",)


def test_pages_that_were_not_read(facts):
    held = copy.deepcopy(facts("37039"))
    paper = next(item for item in held["terms"] if item["basis"] == "memorandum")
    paper["unread_pages"] = [7]
    (pages,) = told(held, "pages")
    assert (pages.risk, pages.text) == (
        "high",
        "Cherokee County Sheriff's Office (Warrant Service Officer): not readable: page 7 of 10.",
    )
    assert [page for _, page in where(held, pages)] == ["7"]


def test_frederick_rests_on_an_absence_and_a_report(facts):
    held = facts("24021")
    assert [(p.check, p.claims[0]) for p in find_points(held, EN) if p.check != "reported"] == [
        ("reported-law", "context.law.sl-md"),
        ("absence", "bottom.answer"),
        ("ended", "status.ended.md-frederick-county-sheriff-jem-2020-06-09"),
        ("pending-age", "limits.pending"),
        ("list-age", "limits.list"),
    ]


@pytest.mark.parametrize(
    ("day", "risk"), [("2026-05-18", "low"), ("2026-06-20", "middle"), ("2026-11-15", "high")]
)
def test_the_older_the_list_the_riskier(facts, day, risk):
    assert [point.risk for point in told(facts("17031", day), "list-age")] == [risk]


def test_conflicts_of_cited_facts_are_told_where_the_brief_does_not(facts):
    texas = facts("48")
    (law,) = told(texas, "law-conflict")
    assert law.claims == ("context.law.conflict.texas-scope",)
    untold = told(texas, "sources")
    assert law.text not in {point.text for point in untold}
    hours = next(point for point in untold if "four weeks of training in 2008" in point.text)
    assert hours.claims == ("gaps.why.hours",)


def test_the_nation_has_one_too():
    held = json.loads(json.dumps(program_facts(make_program("2026-05-18", str(EMBEDDED)))))
    found = find_points(held, EN)
    failing = {item["id"] for item in held["factcheck"] if item["verdict"] == "fails"}
    assert {p.claims[0].removeprefix("check.") for p in found if p.check == "statement"} == failing
    assert sum(point.check == "correction" for point in found) == len(held["corrections"]) == 50


@pytest.mark.parametrize("lang", ["en", "es"])
def test_markdown_is_a_list_of_boxes_with_every_part(facts, lang):
    words = catalogue(lang)
    for geoid in ("12071", "17031", "48"):
        held = facts(geoid)
        text = as_markdown(held, words)
        points = find_points(held, words)
        page = mistune.create_markdown(plugins=["task_lists"])(text)
        assert page.count('type="checkbox"') == len(points)
        assert page.count("<h2>") == len(PARTS)
        checks = load_checks()
        empty = [part for part in PARTS if part not in {checks[p.check].part for p in points}]
        assert all(words.text(f"review.none.{part}") in text for part in empty)
        # What stands in a claim is no markup.
        assert "<script" not in page


def test_markup_in_a_sentence_is_shown(facts):
    held = copy.deepcopy(facts("24021"))
    claim = next(item for item in held["claims"] if item["id"] == "bottom.answer")
    claim["text"] = "<script>alert(1)</script> *a* [b](c) `d`\n# e"
    page = mistune.html(as_markdown(held, EN))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; *a* [b](c) `d` # e" in page


def test_each_check_has_words_in_both_languages_and_can_be_met(facts):
    made = [claim["id"] for geoid in ("12071", "48", "37039") for claim in facts(geoid)["claims"]]
    code = "\n".join(
        path.read_text("utf-8") for path in Path(reportkit.findings.__file__).parent.glob("*.py")
    )
    for check in load_checks().values():
        for words, kind in itertools.product((EN, catalogue("es")), ("check", "do")):
            assert f"review.{kind}.{check.id}" in words
        for start in check.messages:
            assert any(message.startswith(start) for message in EN), start
        for start in check.claims:
            assert start in code or any(name.startswith(start) for name in made), start


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {id: a, part: medium}", "risk: is missing"),
        ("- {id: a, part: media, risk: low}", "part"),
        ("- {id: a, part: medium, risk: low, claims: status.}", "claims"),
        ("- {id: a, part: medium, risk: low, claims: ['']}", "no beginning of an id"),
        ("- {id: a, part: medium, risk: low, fact: medium}", "none are named"),
        ("- {id: a, part: medium, risk: low, weight: '1'}", "no such field"),
    ],
)
def test_a_bad_record_is_told(text, told):
    with pytest.raises(InputError, match="record 1") as raised:
        read_checks(text, "review.yaml")
    assert told in str(raised.value)


def review(*arguments):
    return CliRunner().invoke(main, ["review", *map(str, arguments)])


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    out = tmp_path_factory.mktemp("reviewed")
    produce("24021", "2025-10-31", ["json", "checklist"], out)
    return out / "md/frederick-county/2025-10-31"


def test_the_command_prints_the_file_then_what_is_known_today(edition):
    add_signoff(edition, "A. Reader", "Rows read.", "2026-06-01")
    result = review(edition)
    assert result.exit_code == 0
    start = (edition / NAME).read_text("utf-8")
    assert result.stdout.startswith(start)
    rest = result.stdout.removeprefix(start)
    assert "45 lists newer than this brief's of 31 October 2025" in rest
    assert "- A. Reader, 1 June 2026: counts for this report.\n  Rows read." in rest


def test_the_command_gives_data(edition):
    (data,) = json.loads(review("--json", edition.parent).stdout)
    facts = json.loads((edition / "brief.json").read_bytes())
    assert data["points"] == json.loads(json.dumps(as_data(facts, EN)["points"]))
    assert (len(data["newer"]["lists"]), data["place"]) == (45, "Frederick County, Maryland")
    assert all(point["what"] and point["do"] for point in data["points"])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda d: d.update(schema_version="0.9"), "version 0.9 of the facts"),
        (lambda d: d["roster"].pop("age_days"), "roster: 'age_days' is a required property"),
        (lambda d: d.update(claims={}), "claims is no list"),
        (lambda d: d.pop("jurisdiction"), "jurisdiction names no place"),
    ],
)
def test_a_damaged_brief_is_refused(edition, tmp_path, change, told):
    data = json.loads((edition / "brief.json").read_bytes())
    change(data)
    (tmp_path / "brief.json").write_text(json.dumps(data), "utf-8")
    result = review(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
