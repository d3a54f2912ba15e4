"""Bad input: each gives an error that names the file, or a note; never a silent loss."""

from __future__ import annotations

import io
import resource
import time
from pathlib import Path

import pytest
from pypdf import PdfWriter

from moa.make_pdf import pages, pdf, show, stream
from reportkit.errors import MemorandumError
from reportkit.moa.read import PAGES, read


def saved(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def locked(password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(GOOD))
    writer.encrypt(user_password=password, owner_password="owner", algorithm="RC4-128")
    return saved(writer)


GOOD = pages([show("Memorandum of agreement", 72, 700)])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"hello", "is not a PDF"),
        (b"<!DOCTYPE html><html><body>Access denied</body></html>", "is a web page"),
        (b"\n\n<HTML><head></head></HTML>", "is a web page"),
        (GOOD[: len(GOOD) // 3], "is cut off"),
        (b"%PDF-1.7\n" + b"\0" * 5000 + b"%%EOF", "is damaged or has no pages"),
        (
            pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"}),
            "no pages",
        ),
        (locked("secret"), "is locked with a password"),
    ],
    ids=["empty", "text", "html", "HTML", "cut", "rubbish", "no pages", "locked"],
)
def test_what_cannot_be_read_is_named_with_its_reason(tmp_path: Path, data: bytes, says: str):
    path = tmp_path / "some-memorandum.pdf"
    path.write_bytes(data)
    with pytest.raises(MemorandumError, match=rf"^some-memorandum\.pdf: .*{says}.*; \w+"):
        read(path)


def test_a_missing_file_and_a_folder_are_errors(tmp_path: Path):
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(MemorandumError, match="cannot be read"):
            read(path)


def test_a_file_that_opens_without_a_password_is_read(tmp_path: Path):
    path = tmp_path / "made.pdf"
    path.write_bytes(locked(""))
    assert read(path).pages[0].text == "Memorandum of agreement"


def test_a_broken_table_of_offsets_costs_nothing(tmp_path: Path):
    path = tmp_path / "made.pdf"
    path.write_bytes(GOOD.replace(b"startxref", b"startxxxx").replace(b"xref", b"xxxx"))
    assert read(path).pages[0].text == "Memorandum of agreement"


def test_a_file_without_its_end_that_still_opens_is_noted(tmp_path: Path):
    path = tmp_path / "made.pdf"
    path.write_bytes(GOOD.removesuffix(b"%%EOF\n"))
    document = read(path)
    assert document.pages[0].text == "Memorandum of agreement"
    assert document.notes == (("moa.note.cut_off", {}),)


def test_of_five_thousand_pages_the_first_are_read_and_the_others_said_unread(tmp_path: Path):
    writer = PdfWriter(clone_from=io.BytesIO(GOOD))
    for _ in range(4_999):
        writer.add_blank_page(612, 792)
    path = tmp_path / "made.pdf"
    path.write_bytes(saved(writer))
    started = time.monotonic()
    document = read(path)
    assert time.monotonic() - started < 20
    assert len(document.pages) == 5_000
    assert [page.number for page in document.pages if page.readable] == list(range(1, PAGES + 1))
    assert ("moa.note.many_pages", {"pages": 5_000, "read": PAGES}) in document.notes


def test_a_page_as_large_as_a_field_is_read(tmp_path: Path):
    path = tmp_path / "made.pdf"
    path.write_bytes(pages([show("Memorandum", 72, 700)], box=(0, 0, 14_400, 14_400)))
    assert read(path).pages[0].text == "Memorandum"


def test_a_picture_of_200_million_pixels_is_never_drawn(tmp_path: Path):
    picture = stream(
        b"x",
        b"/Type/XObject/Subtype/Image/Width 20000/Height 10000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8",
    )
    content = show("Memorandum", 72, 700) + b"q 612 0 0 792 0 0 cm /I1 Do Q"
    path = tmp_path / "made.pdf"
    path.write_bytes(pages([content], resources=b"/XObject<</I1 1000 0 R>>", extra={1000: picture}))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    document = read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000
    assert not document.pages[0].readable
    assert document.notes == (("moa.note.large_pages", {"pages": "1", "count": 1}),)


def test_a_blank_page_is_read_and_a_page_of_ink_without_words_is_not(tmp_path: Path):
    strokes = b"".join(b"72 %d 400 6 re f " % y for y in range(100, 700, 14))
    path = tmp_path / "made.pdf"
    path.write_bytes(pages([b"", strokes]))
    document = read(path)
    assert [page.readable for page in document.pages] == [True, False]
    assert document.notes[0][0].startswith("moa.note.ocr_")
    assert document.notes[0][1] == {"pages": "2", "count": 1}
