"""Sign-offs: read and written whole, for one report each, and never lost by making a brief again."""

import datetime as dt
import json
import shutil
from dataclasses import astuple

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from reportkit.cli import main
from reportkit.errors import InputError
from reportkit.production import produce
from reportkit.production.outputs import LocalOutputs
from reportkit.production.record import formats_of
from reportkit.production.signoff import (
    NAME,
    SignOff,
    add_signoff,
    counts,
    read_signoffs,
    to_bytes,
)
from reportkit.render.write import write_all

ID = "0123456789abcdef"
ENTRY = {"by": "R. Viewer", "when": "2026-06-01", "report_id": ID, "notes": ""}


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    out = tmp_path_factory.mktemp("signed")
    produce("Cook County, IL", formats=["json"], out=out)
    return out / "il/cook-county/2026-05-18"


@pytest.fixture
def folder(original, tmp_path):
    return shutil.copytree(original, tmp_path / "edition")


def report_id(folder):
    return json.loads((folder / "brief.json").read_bytes())["report_id"]


def sign(*arguments):
    return CliRunner().invoke(main, ["sign", *map(str, arguments)])


def test_no_file_means_no_signoffs(tmp_path):
    assert read_signoffs(tmp_path) == ()


def test_several_sign_and_each_speaks_of_the_report(folder):
    add_signoff(folder, " Ana  Núñez ", "Rows 3 and 4 read.\nNo remarks.", "2026-06-01")
    add_signoff(folder, "B. Two", when="2026-06-02")
    ours = report_id(folder)
    assert [astuple(item) for item in read_signoffs(folder)] == [
        ("Ana Núñez", "2026-06-01", ours, "Rows 3 and 4 read.\nNo remarks."),
        ("B. Two", "2026-06-02", ours, ""),
    ]
    assert all(counts(item, ours) for item in read_signoffs(folder))
    assert json.loads((folder / NAME).read_bytes())[1] == {
        "by": "B. Two",
        "when": "2026-06-02",
        "report_id": ours,
        "notes": "",
    }


def test_signing_defaults_to_today(folder):
    assert add_signoff(folder, "A").when == dt.date.today().isoformat()


def test_the_command_names_the_file_and_the_report(folder):
    result = sign(folder, "--by", "A. Reader", "--when", "2026-06-01", "--notes", "Fine.")
    assert (result.exit_code, result.stdout) == (0, f"{folder / NAME}\n")
    assert result.stderr == f"A. Reader signed report {report_id(folder)} on 2026-06-01.\n"


def test_signing_twice_says_so_and_changes_nothing(folder):
    add_signoff(folder, "A. Reader", when="2026-06-01")
    before = (folder / NAME).read_bytes()
    result = sign(folder, "--by", "a.  reader")
    assert result.exit_code == 1
    assert "A. Reader signed report" in result.stderr
    assert "on 2026-06-01 already" in result.stderr
    assert (folder / NAME).read_bytes() == before


def test_a_signoff_stays_and_no_longer_counts_when_the_report_is_another(folder):
    add_signoff(folder, "A. Reader", when="2026-06-01")
    facts = json.loads((folder / "brief.json").read_bytes())
    (folder / "brief.json").write_text(json.dumps({**facts, "report_id": ID}), "utf-8")
    (held,) = read_signoffs(folder)
    assert not counts(held, ID)
    result = sign(folder, "--by", "A. Reader")
    assert result.exit_code == 0
    assert "1 sign-off(s) of earlier reports stay" in result.stderr
    assert [item.report_id for item in read_signoffs(folder)] == [facts["report_id"], ID]


def test_another_report_than_the_one_read_is_refused(folder):
    result = sign(folder, "--by", "A", "--report", ID)
    assert result.exit_code == 1
    assert f"on Cook County as of 2026-05-18 is there, and not {ID}" in result.stderr
    assert not (folder / NAME).exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--by", " "), "by is no name"),
        (("--by", "-"), "by is no name"),
        (("--by", "A\u202egnp"), "by has a character that cannot be seen"),
        (("--by", "A" * 201), "by is no name"),
        (("--by", "A", "--when", "18 May 2026"), "no date like 2026-05-18"),
        (("--by", "A", "--when", "2026-02-30"), "no date like 2026-05-18"),
        (("--by", "A", "--when", "2026-05-17"), "before the brief's day, 2026-05-18"),
        (("--by", "A", "--when", "9999-01-01"), "a day to come"),
        (("--by", "A", "--notes", "\x1b[2Jgone"), "notes has a character that cannot be seen"),
    ],
)
def test_what_cannot_be_signed_writes_nothing(folder, options, told):
    result = sign(folder, *options)
    assert (result.exit_code, told in result.stderr) == (1, True), result.stderr
    assert not (folder / NAME).exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", "EOF"),
        (b"{}", "valid array"),
        (b"[1]", "entry 1: "),
        (json.dumps([{**ENTRY, "when": 20260601}]).encode(), "entry 1: when"),
        (json.dumps([ENTRY, {**ENTRY, "by": None}]).encode(), "entry 2: by"),
        (json.dumps([{**ENTRY, "role": "chief"}]).encode(), "entry 1: role"),
        (json.dumps([{"by": "A"}]).encode(), "entry 1: when"),
        (json.dumps([{**ENTRY, "report_id": "../../etc"}]).encode(), "report_id is '../../etc'"),
        (json.dumps([{**ENTRY, "report_id": ID.upper()}]).encode(), "no id of a report"),
        (json.dumps([{**ENTRY, "when": "2026-6-1"}]).encode(), "no date"),
        (json.dumps([{**ENTRY, "by": "A\u2066B"}]).encode(), "cannot be seen"),
        (json.dumps([{**ENTRY, "by": "<script>\n"}]).encode(), "cannot be seen"),
        (json.dumps([{**ENTRY, "by": "\ud800"}]).encode(), "Invalid JSON"),
        (b"[" * 100_000, "recursion"),
        (b"\xff\xfe[", "expected value"),
        (b"[" + b" " * (1 << 20) + b"]", "larger than sign-offs are"),
    ],
)
def test_hostile_files_are_refused_by_name_and_left_as_they_are(folder, text, told):
    (folder / NAME).write_bytes(text)
    with pytest.raises(InputError) as raised:
        read_signoffs(folder)
    assert str(folder / NAME) in str(raised.value)
    assert told in str(raised.value)
    assert sign(folder, "--by", "A").exit_code == 1
    assert (folder / NAME).read_bytes() == text


def test_no_plain_file_is_refused(folder):
    (folder / NAME).mkdir()
    with pytest.raises(InputError, match="it is no file"):
        read_signoffs(folder)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "no brief.json there"),
        ("{", "cannot be read as JSON"),
        ("[]", "it holds no object"),
        ('{"report_id": "x"}', "report_id is no id"),
    ],
)
def test_a_folder_without_a_whole_brief_cannot_be_signed(tmp_path, text, told):
    if text is not None:
        (tmp_path / "brief.json").write_text(text, "utf-8")
    result = sign(tmp_path, "--by", "A")
    assert (result.exit_code, told in result.stderr) == (1, True), result.stderr
    assert not (tmp_path / NAME).exists()


def test_a_folder_of_several_editions_names_some(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "second")
    result = sign(tmp_path, "--by", "A")
    assert "2 editions are below it; name one, such as" in result.stderr
    assert str(tmp_path / "edition") in result.stderr


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1)
SIGNED = st.builds(
    SignOff,
    WORDS.filter(lambda text: any(map(str.isalnum, text))).map(lambda text: text[:200]),
    st.dates().map(dt.date.isoformat),
    st.text("0123456789abcdef", min_size=16, max_size=16),
    st.lists(WORDS).map("\n".join),
).filter(lambda item: any(map(str.isalnum, item.by)))


@given(st.lists(SIGNED))
def test_what_is_written_is_read(tmp_path_factory, held):
    folder = tmp_path_factory.getbasetemp()
    (folder / NAME).write_bytes(to_bytes(tuple(held)))
    assert read_signoffs(folder) == tuple(held)


def test_a_batch_that_makes_a_brief_again_leaves_the_file(folder):
    add_signoff(folder, "A", when="2026-06-01")
    before = (folder / NAME).read_bytes()
    held = LocalOutputs(folder.parent).held(folder.name)
    assert set(held) == {"brief.json", NAME}
    assert formats_of(held) == ("json",)
    write_all(folder, {"brief.json": b"{}", "made.json": b"{}"})
    assert (folder / NAME).read_bytes() == before
