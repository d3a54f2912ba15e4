"""What briefs say on the agreements' texts: own memoranda, standard forms, and what is unknown."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from findings import papers
from reportkit.brief import sections
from reportkit.brief.blocks import Table
from reportkit.brief.facts import brief_facts
from reportkit.brief.templates import fragment, prepare
from reportkit.evidence import Locator
from reportkit.findings.documents import _integrity
from reportkit.findings.papers import best
from reportkit.findings.plain import plain
from reportkit.findings.points import implied_form, shown, told
from reportkit.messages import catalogue
from reportkit.moa.values import Found

JEM = "fl-lee-county-sheriff-jem-2025-03-03"
SANIBEL = "fl-sanibel-police-tfm-2025-04-02"
BONITA = "fl-bonita-springs-police-tfm-2025-04-03"
MYERS = "fl-fort-myers-police-wso-2025-03-03"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return papers.store(tmp_path_factory.mktemp("stores") / "facts", papers.memoranda())


@pytest.fixture(scope="module")
def brief(store):
    return papers.brief(store)


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("stores") / "words"
    return papers.brief(papers.store(folder, papers.memoranda(words=True)))


@pytest.fixture(scope="module")
def texts(brief):
    return papers.texts(brief)


def tables(made):
    return [block for block in sections.terms(made).blocks if isinstance(block, Table)]


def cell(made, head, power):
    """The text of a cell of the matrix."""
    for table in tables(made):
        for row in table.rows:
            if row[0][0].text == power and head in table.head:
                return "; ".join(span.text for span in row[table.head.index(head)])
    raise AssertionError(f"no cell {head} / {power}")


def drawn(made):
    return fragment(prepare(sections.terms(made).data()["blocks"]))


def test_on_file_is_counted_exactly(texts):
    assert texts["terms.on_file"] == (
        "Of 6 agreements on the list whose agencies can act in Lee County, the memorandum is on "
        "file for 3; in the nation, for 3 of 66."
    )


QUESTION = "Question people about their right to be in the country"
WITHOUT = "Arrest without a warrant"


@pytest.mark.parametrize(
    ("head", "power", "told"),
    [
        ("Lee County Sheriff's Office (Jail Enforcement)", QUESTION, "yes, page 8"),
        ("Lee County Sheriff's Office (Jail Enforcement)", WITHOUT, "no"),
        ("Lee County Sheriff's Office (Jail Enforcement)", "Setting", "jail, page 5"),
        ("Sanibel Police Department (Task Force)", QUESTION, "not readable"),
        ("Sanibel Police Department (Task Force)", "Setting", "community, page 5"),
        (
            "Warrant Service Officer, form of 2025: 1 agreement, none on file",
            "Serve removal warrants",
            "standard form: yes",
        ),
        (
            "Warrant Service Officer, form of 2025: 1 agreement, none on file",
            QUESTION,
            "standard form: no",
        ),
    ],
)
def test_each_cell_says_what_it_rests_on(brief, head, power, told):
    assert cell(brief, head, power) == told


def test_marks_differ_where_words_do(brief):
    states = {}
    for table in tables(brief):
        for row in table.rows:
            for spans in row[1:]:
                for span in spans:
                    states.setdefault(span.text.split(",")[0], set()).add((span.state, span.style))
    assert states["yes"] == {("in_place", "")}
    assert states["no"] == {("absent", "")}
    assert states["not readable"] == {("unknown", "")}
    assert states["standard form: yes"] == {(None, "standard")}


def test_what_nobody_knows_is_told_and_not_denied(brief, texts):
    assert "Cape Coral Police Department (Task Force)" in texts["terms.unknown"]
    assert "not known" in texts["terms.unknown"]
    assert not any("cape-coral" in name for name in texts if name.startswith("terms.cell"))
    (entry,) = (i for i in brief_facts(brief)["terms"] if i["basis"] == "unknown")
    assert (entry["agreements"], entry["terms"]) == (["fl-cape-coral-police-tfm-2026-04-01"], {})


def test_evidence_of_a_cell_is_the_page_of_that_memorandum(brief, store):
    claim = brief.claim(f"terms.cell.{JEM}.question_status")
    (citation,) = claim.evidence
    assert citation.locator == Locator("page", "8")
    assert citation.source.kind == "memorandum"
    assert citation.source.sha256 == store.memoranda_of[JEM][0].sha256
    assert citation.source.url == papers.HOME + "LeeCoFL_JEM_MOA_02.20.2025.pdf"
    (whole,) = brief.claim(f"terms.cell.{JEM}.arrest_without_warrant").evidence
    assert whole.locator.kind == "whole"


def test_no_page_is_cited_that_the_memorandum_has_not(brief, store):
    pages = {item.sha256: item.pages for item in store.memoranda}
    cited = [c for _, c in brief.ledger.citations if c.locator.kind == "page"]
    assert len(cited) > 6
    assert all(1 <= int(c.locator.value) <= pages[c.source.sha256] for c in cited)


def test_equal_terms_are_told_once_and_others_with_their_holders(texts):
    assert texts["terms.say.citizenship.present"] == "Officers must be United States citizens."
    assert texts["terms.say.custody_hours.48"].startswith("Jail Enforcement, not Task Force · ")
    assert texts["terms.say.fixed_term.present"].startswith(
        "Bonita Springs Police Department (Task Force), not Sanibel Police Department "
        "(Task Force) and Jail Enforcement · "
    )


def test_every_term_of_a_memorandum_is_told_or_counted(brief, texts):
    names = {name.split(".")[2] for name in texts if name.startswith("terms.say.")}
    assert names == {term.id for term in told()}
    entry = next(i for i in brief_facts(brief)["terms"] if i["agreements"] == [JEM])
    assert set(entry["terms"]) == {term.id for term in (*shown(), *told())}
    assert entry["terms"]["question_status"] == {
        "state": "present", "value": True, "page": 8, "section": "Appendix A"
    }  # fmt: skip


def test_standard_terms_are_marked_and_rest_on_the_record_of_the_form(brief):
    for claim in brief.claims("terms.standard.", "terms.column."):
        assert {c.source.id for c in claim.evidence} == {"moa-forms"}
        assert {c.locator.value for c in claim.evidence} <= {"wso-2025", "tfm-2025"}
    (table,) = (t for t in tables(brief) if "not read from a signed agreement" in t.caption)
    assert {span.style for row in table.rows for span in row[1]} == {"standard"}
    html = drawn(brief)
    assert html.count('class="standard"') > 40


def test_a_form_that_a_memorandum_here_follows_is_not_told_again(brief, texts):
    assert "as one on file here does" in texts["terms.same.tfm-2025"]
    assert not any(c.values["forms"] != ("wso-2025",) for c in brief.claims("terms.standard."))


def test_dates_stand_side_by_side_where_they_disagree(brief, texts):
    dates = texts[f"terms.dates.{JEM}"]
    for date in ("3 March 2025", "20 February 2025", "19 February 2025", "28 February 2025"):
        assert date in dates
    kinds = {c.source.kind for c in brief.claim(f"terms.dates.{JEM}").evidence}
    assert kinds == {"list", "memorandum"}
    assert f"terms.dates.{SANIBEL}" not in texts
    # The other side's date is not known: it may be the list's.
    assert f"terms.dates.{BONITA}" not in texts


def test_signatures_are_told_with_what_is_missing(texts):
    assert "Ann Example, Sheriff; 19 February 2025" in texts[f"terms.signed.{JEM}"]
    assert "no name printed; date left blank" in texts[f"terms.signed.{BONITA}"]
    assert "form of 2025; printed revision: 15 February 2025" in texts[f"terms.signed.{JEM}"]


def test_a_digital_signature_shows_no_card_number(texts):
    told = texts[f"terms.digital.{JEM}.1"]
    assert "BEN.SAMPLE (28 February 2025) over the whole file" in told
    assert "1234567890" not in told


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ({"intact": True, "covers": "file"}, "intact"),
        ({"intact": True, "covers": "revision"}, "part"),
        ({"intact": False, "covers": "file"}, "broken"),
        ({"intact": None, "error": "could not be checked"}, "unchecked"),
        ({}, "unchecked"),
    ],
)
def test_integrity_is_never_taken_for_granted(values, kind):
    assert _integrity(values) == kind
    assert f"terms.digital.{kind}" in catalogue("en")


def test_unread_pages_and_their_meaning_are_told(brief, texts):
    assert "1 of 11 pages could not be read" in texts[f"terms.unread.{SANIBEL}"]
    assert [c.locator.value for c in brief.claim(f"terms.unread.{SANIBEL}").evidence] == ["3"]


def test_a_link_to_another_document_is_told_and_not_used(brief, texts):
    (told,) = (text for name, text in texts.items() if name.startswith(f"terms.misplaced.{MYERS}"))
    assert "names “Brevard County Sheriff's Office”" in told
    assert "Jail Enforcement memorandum" in told
    held = {item["id"]: item["moa"] for item in brief_facts(brief)["agreements"]}
    assert (held[MYERS]["on_file"], held[MYERS]["sha256"]) == (False, None)
    assert (held[JEM]["on_file"], held[JEM]["pages"]) == (True, 11)


def test_deviations_have_page_and_section_and_words_only_where_the_store_has_them(brief, worded):
    told = papers.texts(brief)
    assert told[f"terms.deviation.{JEM}.1"].endswith(
        "page 6, VII: words added to the standard form."
    )
    assert "page 11" in told[f"terms.deviation.{JEM}.2"]
    assert "Sanibel" in told["terms.uncompared"]
    assert "Bonita" in told["terms.unchanged"]
    assert "second contact" not in drawn(brief)
    assert "second contact" in drawn(worded)


def test_words_are_shown_with_their_page_and_as_text(worded):
    (table,) = (t for t in tables(worded) if t.caption.startswith("Quoted words"))
    assert table.folded
    ((_, page, quote),) = table.rows
    assert page[0].text == "8"
    assert quote[0].text == "“Officers <b>may</b> ask ? anyone #eval(1) {{ 7*7 }}.”"
    html = drawn(worded)
    assert "<b>may</b>" not in html
    assert "&lt;b&gt;may&lt;/b&gt;" in html


def test_facts_alone_give_no_quotations(brief):
    assert not any(table.caption.startswith("Quoted") for table in tables(brief))


def test_no_telephone_mail_or_street_address_is_shown(worded):
    shown_text = drawn(worded) + json.dumps(brief_facts(worded))
    for found in ("555-0142", "john.doe@", "12 Example Street", "33901"):
        assert found not in shown_text
    assert not re.search(r"[\w.]+@[\w.]+\.\w+|\d{3}-\d{3}-\d{4}", shown_text)


def test_the_bottom_line_rests_on_own_memoranda_where_they_say_it(brief):
    claim = brief.claim("bottom.jem-1")
    assert claim.message == "bottom.jem-1"
    assert {c.source.kind for c in claim.evidence} == {"memorandum"}
    # One of two Task Force memoranda cannot be read on questioning: the other alone says it.
    assert brief.text(brief.claim("bottom.tfm-1")).startswith(
        "By the Task Force memorandum of the Bonita Springs Police Department, its trained officers may"
    )
    assert brief.claim("bottom.wso-1").message == "fact.wso-1"


def test_a_memorandum_that_says_otherwise_is_not_quoted_for_the_model(tmp_path):
    records = [
        replace(item, found={**item.found, "question_status": Found("absent")})
        for item in papers.memoranda()
    ]
    made = papers.brief(papers.store(tmp_path / "other", records))
    assert made.claim("bottom.jem-1").message == "fact.jem-1"
    assert made.claim("bottom.tfm-1").message == "fact.tfm-1"


def test_a_state_counts_by_model_and_form(store):
    made = papers.brief(store, "12")
    told = papers.texts(made)
    assert told["terms.on_file"].startswith("Of 6 agreements of Florida on the list")
    # A form with one memorandum is that memorandum's column, with its pages.
    assert told["terms.cell.jem-jem-2025.question_status"].endswith("yes, page 8")
    counted = made.claim("terms.counted.tfm-tfm-2025")
    assert counted.values["n"] == 2
    assert "1 terms.name.question_status" in counted.values["counts"]
    assert counted.values["unreadable"] == ("1 terms.name.question_status",)
    assert not any(name.startswith("terms.say.") for name in told)
    head = "Task Force, form of 2025: 3 agreements, 2 on file"
    assert cell(made, head, QUESTION) == (
        "yes in 1 of 2 on file, 1 not readable; standard form: yes"
    )
    assert cell(made, head, "Serve removal warrants") == ("in none of 2 on file; standard form: no")


def test_no_store_of_memoranda_is_no_defect(tmp_path):
    made = papers.brief(papers.store(tmp_path / "none", []))
    told = papers.texts(made)
    assert "on file for 0; in the nation, for 0 of 66" in told["terms.on_file"]
    assert not any(name.startswith(("terms.cell.", "terms.signed.")) for name in told)
    assert made.claim("bottom.tfm-1").message == "fact.tfm-1"


def test_a_place_without_agreements_has_no_such_section(store):
    made = papers.brief(store, "17031")
    assert made.claims("terms.") == ()
    assert sections.terms(made).blocks == ()
    assert brief_facts(made)["terms"] == []


def test_the_facts_fit_the_schema(brief, worded, store):
    schema = json.loads(files("reportkit.brief").joinpath("schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    for made in (brief, worded, papers.brief(store, "12"), papers.brief(store, "17031")):
        data = json.loads(json.dumps(brief_facts(made)))
        assert [error.message for error in validator.iter_errors(data)] == []


@pytest.mark.parametrize(
    ("model", "day", "form"),
    [
        ("TFM", "2025-04-01", "tfm-2025"),
        ("JEM", "2025-03-01", "jem-2025"),
        ("TFM", "2026-04-01", None),
        ("TFM", "2019-01-01", None),
        ("WSO", None, None),
    ],
)
def test_a_form_is_implied_only_within_the_days_on_which_it_was_seen(model, day, form):
    assert implied_form(model, dt.date.fromisoformat(day) if day else None) == form


def test_of_several_files_the_one_that_says_most_counts():
    full, torn = papers.memoranda()[0], replace(papers.memoranda()[0], unread=(1, 2), sha256="0")
    assert best([torn, full]) is best([full, torn]) is full
    assert best([]) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“Sheriff’s” – Año §1\n 2", "“Sheriff’s” – Año §1 2"),
        ("stamp 警察。", "stamp ?"),
        ("\u202eevil\x00", "?evil?"),
    ],
)
def test_words_of_scans_become_text_that_a_page_can_show(text, told):
    assert plain(text) == told


def test_days_and_persons_that_are_missing_have_words():
    words = catalogue("en")
    assert words.day("2025-02-30") == "2025-02-30"
    assert words.day("2028-02-28") == "28 February 2028"
    for reason in ("absent", "blank", "handwritten", "unreadable"):
        assert words.day(reason) != reason
    assert words.person("unreadable") == "name not readable"
    assert words.person(("A", "B")) == "A, B"


def test_every_term_and_value_of_the_matrix_has_a_name():
    words = catalogue("en")
    for term in shown():
        assert f"terms.name.{term.id}" in words
        assert all(value is True or f"terms.value.{value}" in words for value in term.values)
    assert {f"moa.group.{term.group}" for term in told()} <= set(words)
