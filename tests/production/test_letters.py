"""The letters beside a brief: what they say, and the same bytes for the same brief."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from io import BytesIO

import docx
import pytest

from findings import papers as made_up
from findings.places import CASES, brief
from reportkit.brief.letters import letters
from reportkit.library.public_records import Statute, load_statutes
from reportkit.production import letters as written
from reportkit.production.letters import as_docx, as_text, letter_files

NAMES = ["records-request.txt", "records-request.docx", "foia-request.txt", "foia-request.docx"]
FEDERAL = load_statutes()["US"]
PENDING = "Spalding County, GA", "2025-03-31"
PLACES = [*CASES, PENDING]

GOLDEN = """\
Request for public records: section 287(g) in Lee County, Florida
=================================================================

[date]

[your name]

[your address or e-mail]

To the custodian of public records, Lee County Sheriff's Office, Florida

Under the law of Florida on public records ([public-records law of
Florida: not verified, fill in]), I ask for the records listed below.

They concern agreements with U.S. Immigration and Customs Enforcement
(ICE) under section 287(g) of the Immigration and Nationality Act, 8
U.S.C. 1357(g).

ICE's list of participating agencies of 18 May 2026 shows for your agency:

- Task Force (signed 1 April 2025)
- Jail Enforcement (signed 3 March 2025)

Records asked for
-----------------

From 3 March 2025 to the day of your answer, and of any date for
agreements, applications, decisions and notices:

1.  The signed memorandum of agreement for each agreement named above,
    with all addenda, amendments and appendices.

2.  The record of the decision to apply or to sign: agenda, minutes,
    resolution or vote of a governing body, or the order of the head of
    the agency.

3.  The positions (not the names) of the officers nominated, trained and
    certified under each agreement, with the date of each certificate and
    of its end.

4.  Records of the training given under each agreement: courses, hours,
    whether in person or online, dates, and how many officers passed or
    failed the examinations.

5.  Instructions on how officers in the field reach an ICE supervisor, and
    the position (not the name) of that supervisor.

6.  Counts, by month, of encounters, arrests, warrants served, detainers
    and transfers to ICE under each agreement.

7.  Statistics and data given to ICE under each agreement, and the
    requests of ICE for them.

8.  For each complaint about work under an agreement: the date received,
    its subject, who investigated it, and the outcome with its date.

9.  Reports of inspections or reviews of the work under each agreement by
    ICE or another body, and the agency's answers.

10. Notices, agendas and minutes of steering committee meetings, of
    meetings with ICE and of public meetings about an agreement.

11. Policies on statements to the press and the public about an agreement,
    and requests to ICE to approve such statements, with its answers.

12. Costs of the work under each agreement, and reimbursement, payments or
    equipment applied for or received for it.

Form, fees and answer
---------------------

Please send electronic copies in the format in which the records are kept;
for figures a spreadsheet serves best. Where a report or summary answers
an item, that is enough.

I do not ask for names or contact details of officers, of people who
complained, or of people questioned, arrested or held. Please leave them
out.

If there is a fee, please send me the estimate before the work begins, and
say which items can be sent without one.

If you withhold a record or a part of one, please send the rest and give
the reason and the provision for each part withheld. If you hold no record
on an item, please say so.

Thank you.

[your name]

Note for the sender, not a part of the letter
---------------------------------------------

Written from the 287(g) brief of 18 May 2026 on Lee County, Florida,
report 0123456789abcdef, which gives the evidence for what the letter says
of ICE's lists. Fill in what stands in [brackets]. Whether and how a law
applies is for you to check.

The same letter serves the Bonita Springs Police Department, the Cape
Coral Police Department, the Fort Myers Police Department, and the Sanibel
Police Department, with the agreements that the brief gives for them.
"""


@pytest.fixture
def made(tmp_path, monkeypatch):
    """The brief of a made-up store, in a state whose law nobody verified, with a report id of its own."""
    monkeypatch.setattr("reportkit.brief.letters.load_statutes", lambda: {"US": FEDERAL})
    made = made_up.brief(made_up.store(tmp_path / "store", made_up.memoranda()))
    made.__dict__["report_id"] = "0123456789abcdef"
    return made


def test_the_letter_to_the_agency_word_for_word(made):
    assert letter_files(made)["records-request.txt"].decode() == GOLDEN


def test_the_letter_to_ice_names_every_agency_with_what_it_holds(made):
    text = letter_files(made)["foia-request.txt"].decode()
    assert "To U.S. Immigration and Customs Enforcement, FOIA Office\n" in text
    start, end = text.index("- Lee County"), text.index("\n\nRecords asked for")
    assert text[start:end] == (
        "- Lee County Sheriff's Office: Task Force (signed 1 April 2025) and Jail\n"
        "  Enforcement (signed 3 March 2025)\n"
        "- Bonita Springs Police Department: Task Force (signed 3 April 2025)\n"
        "- Cape Coral Police Department: Task Force (signed 1 April 2026)\n"
        "- Fort Myers Police Department: Warrant Service Officer (signed 3 March\n"
        "  2025)\n"
        "- Sanibel Police Department: Task Force (signed 2 April 2025)"
    )


def test_the_law_is_cited_where_it_is_verified(made, monkeypatch):
    act = Statute("FL", "Some Act", "Fla. 1", "https://example.org/act", "A", "", "high", "here")
    monkeypatch.setattr("reportkit.brief.letters.load_statutes", lambda: {"FL": act, "US": FEDERAL})
    text = " ".join(letter_files(made)["records-request.txt"].decode().split())
    assert "Under the law of Florida on public records (Some Act, Fla. 1), I ask" in text
    assert "The law cited was read at A: https://example.org/act" in text
    assert "not verified" not in text
    # The law of the state is not that which ICE is asked under.
    assert "Some Act" not in letter_files(made)["foia-request.txt"].decode()


def test_the_federal_letter_cites_the_federal_act():
    text = letter_files(brief("Cook County, IL"))["foia-request.txt"].decode()
    assert "Under the Freedom of Information Act, 5 U.S.C. § 552, I ask" in text


@pytest.mark.parametrize(
    ("case", "to", "shown"),
    [
        (
            ("Cook County, IL",),
            "To the sheriff or chief of police of Cook County, Illinois, custodian",
            "shows no local agency that can act in Cook County, Illinois, nor does any earlier list",
        ),
        (
            ("Chicago, IL",),
            "To the chief of police of Chicago, Illinois, custodian",
            "shows no local agency that can act in Chicago, Illinois,",
        ),
        (
            ("Illinois",),
            "To the head of the chief law-enforcement agency of Illinois, custodian",
            "shows no agency of Illinois, nor does any earlier list on record.",
        ),
        (
            ("Frederick County, MD",),
            "To the custodian of public records, Frederick County Sheriff's Office, Maryland",
            "Earlier lists of participating agencies, but not that of 18 May 2026, show for your "
            "agency: - Jail Enforcement (signed 9 June 2020; last listed on 12 February 2026)",
        ),
        (
            PENDING,
            "To the custodian of public records, Spalding County Sheriff's Office, Georgia",
            "ICE's lists of pending agencies show for your agency: - Jail Enforcement "
            "(pending; last on the list of 27 March 2025)",
        ),
    ],
)
def test_whom_the_letter_goes_to_and_what_it_says_the_lists_show(case, to, shown):
    text = " ".join(letter_files(brief(*case))["records-request.txt"].decode().split())
    assert to in text
    assert shown in text


@pytest.mark.parametrize(("name", "day"), PLACES)
def test_letters_of_all_kinds_of_places(name, day):
    files = letter_files(brief(name, day))
    assert list(files) == NAMES
    for letter in letters(brief(name, day)):
        text = files[f"{letter.name}.txt"].decode()
        assert "None" not in text
        assert "{" not in text
        assert max(len(line) for line in text.splitlines() if "https://" not in line) <= 74
        for blank in ("[date]", "[your name]", "[your address or e-mail]"):
            assert blank in text
        # Nobody's telephone, mail or street; nothing that demands.
        assert not re.search(r"\d{3}[-. ]\d{3}[-. ]\d{4}|\S@\S|must|demand|lawsuit|sue\b", text)
        numbers = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
        assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
        assert numbers


def test_facts_in_letters_are_those_of_the_brief():
    made = brief("Lee County, FL")
    rows = [made.text(claim) for claim in made.claims("status.row.fl-lee-county-sheriff")]
    text = letter_files(made)["records-request.txt"].decode()
    shown = re.findall(r"^- (.+) \(signed (.+)\)$", text, re.MULTILINE)
    assert len(shown) == len(rows) == 3
    for model, signed in shown:
        assert any(f" · {model} · " in row and f" · {signed} · " in row for row in rows)


def test_of_many_agencies_eight_are_named():
    texts = {
        name: data.decode() for name, data in letter_files(brief("Texas")).items() if "txt" in name
    }
    assert "- 297 agencies more on the same lists" in texts["foia-request.txt"]
    assert "and 296 agencies more" in " ".join(texts["records-request.txt"].split())


@pytest.mark.parametrize("place", ["Lee County, FL", "Cook County, IL", "Texas"])
def test_docx_holds_the_same_paragraphs_as_the_text(place):
    made = brief(place)
    files = letter_files(made)
    for letter in letters(made):
        document = docx.Document(BytesIO(files[f"{letter.name}.docx"]))
        held = [(part.style.name, part.text) for part in document.paragraphs]
        assert held == [(written._STYLES[part.kind], part.text) for part in letter.parts]
        text = files[f"{letter.name}.txt"].decode()
        # Without the marks of lists and the lines below headings, and unwrapped.
        bare = re.sub(r"^(- |\d+\. +)|^[=-]+$", "\n", text, flags=re.MULTILINE)
        assert " ".join(bare.split()) == " ".join(" ".join(t for _, t in held).split())


def test_docx_is_a_plain_letter_on_letter_paper():
    made = brief("Lee County, FL")
    document = docx.Document(BytesIO(letter_files(made)["records-request.docx"]))
    (page,) = document.sections
    assert (page.page_width.inches, page.page_height.inches) == (8.5, 11)
    about = document.core_properties
    assert about.title == "Request for public records: section 287(g) in Lee County, Florida"
    assert (about.author, about.last_modified_by) == ("reportkit", "reportkit")
    assert about.comments == ""
    assert about.created.date() == about.modified.date() == made.as_of
    assert document.styles["Normal"].font.name == "Times New Roman"


def test_docx_made_seconds_apart_in_other_processes_are_the_same_bytes():
    code = (
        "import hashlib; from reportkit.brief import make_brief; "
        "from reportkit.production.letters import letter_files; "
        "files = letter_files(make_brief('Frederick County, MD', '2026-05-18')); "
        "print(*(hashlib.sha256(files[name]).hexdigest() for name in sorted(files)))"
    )
    command = [sys.executable, "-c", code]
    first = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    time.sleep(2.1)  # a zip archive counts time in steps of two seconds
    environment = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8"}
    second = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert len(first.split()) == 4
    assert second.stdout == first


def test_docx_depends_on_words_and_day():
    made = brief("Frederick County, MD")
    letter, other = letters(made)
    same = as_docx(letter, made.as_of)
    assert as_docx(letter, made.as_of) == same
    assert as_docx(letter, made.as_of.replace(day=1)) != same
    assert as_docx(other, made.as_of) != same


def test_a_name_that_is_markup_stays_text(tmp_path, monkeypatch):
    hostile = '<w:t>x</w:t> & "{place}" Police Department'
    monkeypatch.setattr(made_up, "ROWS", [made_up.lee(hostile, "TFM", "2025-04-01")])
    made = made_up.brief(made_up.store(tmp_path / "store", []))
    for letter in letters(made):
        found = docx.Document(BytesIO(as_docx(letter, made.as_of))).paragraphs
        assert [part.text for part in found] == [part.text for part in letter.parts]
        assert any(hostile in part.text for part in letter.parts)
        assert "{place}" in as_text(letter)


def test_briefs_without_letters_do_not_load_the_library_that_writes_them():
    code = "import sys, reportkit.production.letters, reportkit.brief.sections; print('docx' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
