"""Workbooks to lists: what is taken for a list, what is refused, what a cell becomes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reportkit.errors import ListError
from reportkit.roster import parse_list, read_list
from reportkit.roster.links import file_name, repair
from roster.make import P1, P2, P3, P4, Q1, Q2, Q3, book

URL = "https://www.ice.gov/doclib/287gMOA/OneCoTX_TFM_MOA_06012025.pdf"
ROW = {
    "STATE": "TEXAS",
    "AGENCY": "Lee County Sheriff's Office",
    "LAW ENFORCEMENT AGENCY": "Lee County Sheriff's Office",
    "TYPE": "County",
    "COUNTY": "Lee County",
    "SUPPORT TYPE": "Task Force Model",
    "SIGNED": dt.datetime(2025, 6, 1),
    "MOA": "link pending",
    "ADDENDUM": "",
}


def cells(header, **changes):
    return [{**ROW, **changes}.get(title, "") for title in header]


def only(data, name="participatingAgencies05182026am.xlsx"):
    ((_, printed),) = parse_list(name, data).rows
    return printed


GENERATIONS = [
    ("P1", P1, "participating", "LAW ENFORCEMENT AGENCY+MOA+SIGNED"),
    ("P2", P2, "participating", "AGENCY+MOA+SIGNED+TYPE"),
    ("P3", P3, "participating", "AGENCY+COUNTY+MOA+SIGNED+TYPE"),
    ("P4", P4, "participating", "ADDENDUM+AGENCY+COUNTY+MOA+SIGNED+TYPE"),
    ("Q1", Q1, "pending", "AGENCY+TYPE"),
    ("Q2", Q2, "pending", "AGENCY+COUNTY+TYPE"),
    ("Q3", Q3, "pending", "AGENCY+COUNTY+MOA+TYPE"),
]


@pytest.mark.parametrize(("header", "kind", "generation"), [g[1:] for g in GENERATIONS])
def test_each_generation_of_header_is_read_by_name(header, kind, generation):
    found = parse_list("some.xlsx", book(header, [cells(header)]))
    assert (found.kind, found.generation) == (kind, generation)
    ((number, printed),) = found.rows
    assert number == 2
    assert (printed.state, printed.agency) == ("TEXAS", "Lee County Sheriff's Office")
    assert printed.model == "Task Force Model"
    assert printed.type == ("County" if "TYPE" in header else "")
    assert printed.county == ("Lee County" if "COUNTY" in header else "")
    assert printed.signed == ("2025-06-01" if "SIGNED" in header else "")
    assert printed.moa == ("link pending" if "MOA" in header else "")


def test_columns_in_another_order_read_the_same():
    turned = tuple(reversed(P4))
    assert only(book(turned, [cells(turned)])) == only(book(P4, [cells(P4)]))


@pytest.mark.parametrize(
    ("name", "header", "kind"),
    [
        ("participatingAgencies09222025pm.xlsx", Q2, "pending"),
        ("pendingAgencies09222025pm.xlsx", P4, "participating"),
    ],
)
def test_the_header_decides_and_not_the_name(workbook, name, header, kind):
    assert read_list(workbook(name, header, [cells(header)])).kind == kind


def test_empty_header_columns_do_not_matter():
    header = [*P4, None, "", None, " ", None]
    assert parse_list("a.xlsx", book(header, [cells(P4)])).generation == GENERATIONS[3][3]


@pytest.mark.parametrize("title", [" agency ", "AGENCY\n", "Agency", "\xa0AGENCY"])
def test_header_cells_are_folded(title):
    header = [title if name == "AGENCY" else name for name in P3]
    assert only(book(header, [cells(P3)])).agency == "Lee County Sheriff's Office"


def test_a_second_sheet_with_tallies_is_ignored():
    more = [(("STATE", "COUNT"), [("MISSOURI ", 41), ("NEW YORK ", 9)])]
    assert len(parse_list("a.xlsx", book(P4, [cells(P4)], more=more)).rows) == 1


def test_the_list_may_be_on_the_second_sheet():
    data = book(("STATE", "COUNT"), [("TEXAS", 3)], more=[(P4, [cells(P4)])])
    assert len(parse_list("a.xlsx", data).rows) == 1


REFUSED = [
    ("two lists", book(P4, [cells(P4)], more=[(P4, [cells(P4)])]), "2 sheets"),
    ("a list and a pending list", book(P4, [cells(P4)], more=[(Q2, [cells(Q2)])]), "2 sheets"),
    ("LAST SEEN", book((*P4, "LAST SEEN"), [cells(P4)]), "0 sheets"),
    ("Status", book((*P4, "Status"), [cells(P4)]), "0 sheets"),
    ("STATUS of pending", book((*Q2, "STATUS"), [cells(Q2)]), "0 sheets"),
    ("EXTRACTED LINK", book((*P3, "EXTRACTED LINK"), [cells(P3)]), "0 sheets"),
    ("EXTRACTED_ADDENDUM", book((*P4, "EXTRACTED_ADDENDUM"), [cells(P4)]), "0 sheets"),
    ("TYPE twice", book((*Q2, "TYPE"), [cells(Q2)]), "0 sheets"),
    ("two agency columns", book((*P1, "AGENCY"), [cells(P1)]), "0 sheets"),
    ("no agency", book(("STATE", "SUPPORT TYPE", "SIGNED"), []), "0 sheets"),
    ("no state", book(P4[1:], [cells(P4[1:])]), "0 sheets"),
    ("empty sheet", book(()), "0 sheets"),
    ("header in row 2", book((), [P4, cells(P4)]), "0 sheets"),
    ("participating without rows", book(P4), "no rows"),
    ("participating with blank rows", book(P4, [None, [" ", "\xa0"]]), "no rows"),
]


@pytest.mark.parametrize(("data", "why"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_no_list_is_refused_by_name(data, why):
    with pytest.raises(ListError, match=why) as caught:
        parse_list("wrong.xlsx", data)
    assert "wrong.xlsx" in str(caught.value)


@pytest.mark.parametrize("blank", ["STATE", "AGENCY"])
def test_a_row_with_half_its_key_stops_with_the_row(blank):
    data = book(P4, [cells(P4), cells(P4, **{blank: ""})])
    with pytest.raises(ListError, match=r"half\.xlsx row 3"):
        parse_list("half.xlsx", data)


def test_a_pending_list_may_be_empty():
    assert parse_list("none.xlsx", book(Q2)).rows == ()


def test_hidden_rows_are_data_and_blank_rows_are_not():
    rows = [cells(P4), None, cells(P4, STATE="OHIO"), [" ", "", "\xa0"], cells(P4, STATE="IOWA")]
    found = parse_list("a.xlsx", book(P4, [*rows, *([None] * 30)], hidden=[4, 5]))
    assert [(number, printed.state) for number, printed in found.rows] == [
        (2, "TEXAS"),
        (4, "OHIO"),
        (6, "IOWA"),
    ]
    assert found.hidden == 1


def test_the_address_comes_from_the_hyperlink():
    other = URL.replace("TFM", "ADD")
    data = book(P4, [cells(P4, MOA="link", ADDENDUM="link")], links={"G2": URL, "H2": other})
    printed = only(data)
    assert (printed.moa, printed.moa_url) == ("link", URL)
    assert (printed.addendum, printed.addendum_url) == ("link", other)


@pytest.mark.parametrize(
    ("text", "words", "url"),
    [
        (URL, "link", URL),
        (f"https://web.archive.org/web/20210113002027/{URL}", "link", URL),
        ("link pending ", "link pending", ""),
        ("link | addendum", "link | addendum", ""),
        ("link\xa0|\xa0addendum", "link | addendum", ""),
        ("Cons", "Cons", ""),
        ("\xa0", "", ""),
        (None, "", ""),
    ],
)
def test_without_hyperlink_the_words_remain(text, words, url):
    printed = only(book(P4, [cells(P4, MOA=text)]))
    assert (printed.moa, printed.moa_url) == (words, url)


def test_a_hyperlink_that_cannot_be_opened_leaves_its_words():
    printed = only(book(P4, [cells(P4, MOA="link")], links={"G2": "javascript:alert(1)"}))
    assert (printed.moa, printed.moa_url) == ("link", "")


SAFE = (
    "https://gcc02.safelinks.protection.outlook.com/?url=https%3A%2F%2Fwww.ice.gov%2Fdoclib%2F"
    "287gMOA%2FOneCoTX_TFM_MOA_06012025.pdf&data=05%7C02%7Csome.mailbox%40agency.example%7C08dd"
    "&sdata=abc%3D&reserved=0"
)
SPACED = "https://www.ice.gov/doclib/287gMOA/One%20Co.pdf"
REPAIRED = [
    (URL, URL),
    (f"  {URL}\n", URL),
    (URL.replace("https", "http"), URL.replace("https", "http")),
    (SAFE, URL),
    (SAFE.replace("gcc02", "nam04"), URL),
    (f"https://web.archive.org/web/20210113002027/{URL}", URL),
    (f"http://web.archive.org/web/20210113002027id_/{URL}", URL),
    (f"chrome-extension://abcdefgh/{URL}", URL),
    (f"chrome-extension://abcdefgh/{URL.replace('//', '/')}", URL),
    (URL.replace("//", "/"), URL),
    ("https://www.ice.gov/doclib/287gMOA/One Co.pdf", SPACED),
    (SPACED, SPACED),
    ("https://www.ice.gov/a.pdf.pdf", "https://www.ice.gov/a.pdf.pdf"),
    ("https://www.ice.gov/Doña.pdf", "https://www.ice.gov/Do%C3%B1a.pdf"),
    ('https://www.ice.gov/"><script>', "https://www.ice.gov/%22%3E%3Cscript%3E"),
    ("javascript:alert(1)", None),
    ("JavaScript://www.ice.gov/%0aalert(1)", None),
    ("file:///etc/passwd", None),
    ("data:text/html,hello", None),
    ("mailto:someone@example.org", None),
    ("ftp://www.ice.gov/a.pdf", None),
    ("https://", None),
    ("link", None),
    ("", None),
    (None, None),
    (SAFE.replace("url=https%3A%2F%2Fwww.ice.gov%2F", "url=javascript%3Aalert%281%29%2F"), None),
    (SAFE.split("?")[0], None),
]


@pytest.mark.parametrize(("printed", "url"), REPAIRED)
def test_addresses_are_repaired_or_dropped(printed, url):
    assert repair(printed) == url


@pytest.mark.parametrize("printed", [SAFE, f"chrome-extension://abcdefgh/{SAFE}"])
def test_no_mailbox_remains(printed):
    assert "mailbox" not in str(repair(printed))
    assert "@" not in str(repair(printed))


@pytest.mark.parametrize("printed", ["https://[www.ice.gov/a.pdf", "http://[::/a", "https://[x]"])
def test_an_address_that_is_none_is_dropped(printed):
    assert repair(printed) is None


def test_a_broken_address_does_not_stop_the_list():
    printed = only(book(P4, [cells(P4, MOA="link")], links={"G2": "https://[www.ice.gov/a.pdf"}))
    assert (printed.moa, printed.moa_url) == ("link", "")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
@example("//[")
@example("http:////")
def test_any_text_is_an_address_or_none(text):
    for printed in (text, f"https://{text}", f"https://www.ice.gov/{text}"):
        url = repair(printed)
        assert url is None or url.lower().startswith(("http://", "https://"))
        assert url is None or (url.isascii() and " " not in url)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (URL, "OneCoTX_TFM_MOA_06012025.pdf"),
        (SPACED, "One Co.pdf"),
        (f"{URL}?download=1", "OneCoTX_TFM_MOA_06012025.pdf"),
        ("https://www.ice.gov", ""),
        (None, ""),
    ],
)
def test_file_name(url, name):
    assert file_name(url) == name


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Lee County Sheriff’s Office", "Lee County Sheriff's Office"),
        ("Lee County Sheriff‘s Office", "Lee County Sheriff's Office"),
        ("Lee County Sheriff's Office ", "Lee County Sheriff's Office"),
        ("\nLee\xa0County  Sheriff's\tOffice", "Lee County Sheriff's Office"),
        ("Lee County\r\nSheriff's Office", "Lee County Sheriff's Office"),
        ("Lee County Sheriff's Office\u200b", "Lee County Sheriff's Office"),
        ("LEE county Sheriff's Office", "LEE county Sheriff's Office"),
        ("Doña Ana County", "Doña Ana County"),
    ],
)
def test_blanks_and_apostrophes_are_folded_and_nothing_else(printed, read):
    assert only(book(P4, [cells(P4, AGENCY=printed, COUNTY=printed)])).agency == read
    assert only(book(P4, [cells(P4, AGENCY=printed, COUNTY=printed)])).county == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (dt.datetime(2025, 6, 1), "2025-06-01"),
        (dt.date(2025, 6, 1), "2025-06-01"),
        (dt.datetime(2025, 6, 1, 13, 30), "2025-06-01"),
        (dt.datetime(5025, 7, 7), "5025-07-07"),
        ("2020-06-08", "2020-06-08"),
        ("2020-06-08 00:00:00", "2020-06-08"),
        ("05/082025", "2025-05-08"),
        ("7/72025", "2025-07-07"),
        ("8/282025", "2025-08-28"),
        ("8/28/2025", "2025-08-28"),
        ("13/082025", "13/082025"),
        ("2/302025", "2/302025"),
        ("20026-01-02", "20026-01-02"),
        ("soon", "soon"),
        ("", ""),
        (None, ""),
    ],
)
def test_dates(cell, read):
    assert only(book(P4, [cells(P4, SIGNED=cell)])).signed == read


@pytest.mark.parametrize("cell", [True, dt.time(3, 4), dt.timedelta(days=3)])
def test_a_cell_that_is_no_date_stays_as_printed(cell):
    signed = only(book(P4, [cells(P4, SIGNED=cell)])).signed
    assert signed
    assert not signed.startswith("20")


def _zip(**content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return file.getvalue()


GOOD = book(P4, [cells(P4)])
DAMAGED = [
    ("empty file", b"", "not a workbook"),
    ("web page", b"  <!DOCTYPE html><html>Not found</html>", "a web page"),
    ("text", b"STATE,AGENCY", "something else"),
    ("old workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "something else"),
    ("no content", b"PK", "damaged"),
    ("cut short", GOOD[: len(GOOD) // 2], "damaged"),
    ("cut at the end", GOOD[:-30], "damaged"),
    ("zip without content", _zip(), "damaged"),
    ("zip of something else", _zip(note=b"hello"), "damaged"),
    ("bytes changed", GOOD[:400] + bytes(300) + GOOD[700:], "damaged"),
]


@pytest.mark.parametrize(("data", "why"), [d[1:] for d in DAMAGED], ids=[d[0] for d in DAMAGED])
def test_damaged_files_are_named(data, why):
    with pytest.raises(ListError, match=why) as caught:
        parse_list("bad.xlsx", data)
    assert str(caught.value).startswith("bad.xlsx:")


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ListError, match=r"gone\.xlsx"):
        read_list(tmp_path / "gone.xlsx")


def test_a_bomb_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in range(3):
            archive.writestr(f"xl/{part}.xml", bytes(70 * 2**20))
    with pytest.raises(ListError, match="too many"):
        parse_list("bomb.xlsx", file.getvalue())


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=60, deadline=None)
def test_random_bytes_never_get_past(data, zipped):
    with pytest.raises(ListError, match=r"noise\.xlsx"):
        parse_list("noise.xlsx", b"PK\x03\x04" + data if zipped else data)


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_damage_at_any_place_is_a_list_error_or_harmless(place, noise):
    data = GOOD[:place] + noise + GOOD[place + len(noise) :]
    try:
        found = parse_list("noise.xlsx", data)
    except ListError as error:
        assert "noise.xlsx" in str(error)
    else:
        assert [number for number, _ in found.rows] == [2]
