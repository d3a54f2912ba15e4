"""Files of records: whatever one holds, each reader refuses it by file, record and field."""

from __future__ import annotations

import pytest

from reportkit.errors import InputError
from reportkit.library.asking import read_questions, read_requests
from reportkit.library.conflicts import read_conflicts
from reportkit.library.entries import Entry, file_text, read_entries
from reportkit.library.facts import read_facts
from reportkit.library.figures import read_figures
from reportkit.library.public_records import read_statutes
from reportkit.library.rubric import read_rubric
from reportkit.library.statements import read_statements
from reportkit.library.voices import read_inquiries, read_sides

READERS = (
    read_conflicts, read_facts, read_figures, read_inquiries, read_questions, read_requests,
    read_rubric, read_sides, read_statements, read_statutes,
)  # fmt: skip

UNUSABLE = {
    "nothing": "",
    "one value": "hello",
    "values": "- 1\n- 2",
    "lists": "- - - 1",
    "no fields": "- {}",
    "no such day": "- id: 2025-13-45",
    "no such hour": "- id: 2025-01-01 99:99:99",
    "more digits than Python reads": f"- id: {'9' * 5000}",
    "as many in hexadecimal": f"- id: 0x{'f' * 6000}\n  weight: 0x{'f' * 6000}",
    "infinite": "- id: .inf",
    "a field that is a list": "- {[a]: b}",
    "a field that is a number": "- {1: 2, id: a}",
    "a record in itself": "- &a\n  id: *a",
    "too many levels": "[" * 100_000 + "]" * 100_000,
    "too many levels in blocks": "- " * 100_000 + "a",
    "fields taken over": "- &a {id: a}\n- &b {<<: [" + "*a," * 20_000 + "*a]}",
    "two documents": "- id: a\n---\n- id: b",
    "a zero byte": "- id: \0",
    "half of a character": '- id: "\\ud800"',
    "a long id": f"- id: {'x' * 100_000}",
}


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("text", UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_file_is_refused_in_few_words(read, text):
    with pytest.raises(InputError) as refused:
        read(text, "mine.yaml")
    lines = str(refused.value).splitlines()
    assert all(line.startswith("mine.yaml") and len(line) < 400 for line in lines)


def test_what_is_wrong_with_any_record_is_told_at_once():
    def odd(entry: Entry) -> str:
        return entry.field("id", lambda text: "is even; make it odd" if len(text) % 2 else "")

    with pytest.raises(InputError) as refused:
        read_entries("[{id: a}, {id: bb}, {id: c}, {id: bb}]", "mine.yaml", odd)
    assert str(refused.value).splitlines() == [
        "mine.yaml record 1 (a): id: is even; make it odd",
        "mine.yaml record 3 (c): id: is even; make it odd",
        "mine.yaml record 4 (bb): id: record 2 has the same; rename one",
    ]
    assert read_entries("[{id: bb}, {id: aa}]", "mine.yaml", odd) == {"bb": "bb", "aa": "aa"}


def test_many_brackets_that_do_not_nest_are_read():
    text = "- id: a\n  facts: [" + "[x], " * 2_000 + "[x]]"
    held = read_entries(text, "mine.yaml", lambda entry: entry.held["facts"])
    assert len(held["a"]) == 2_001


def test_a_file_begins_with_or_without_a_byte_order_mark(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_bytes(b"\xef\xbb\xbf- id: a")
    assert file_text(path)[0] == "- id: a"
    path.write_bytes("- id: café".encode("latin-1"))
    with pytest.raises(InputError, match=r"mine.yaml: it is no text in UTF-8; save it as UTF-8"):
        file_text(path)
