"""Builders of PDFs, written by hand so that a test decides about every object in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def pdf(objects: Mapping[int, bytes], root: int = 1) -> bytes:
    """A PDF of these numbered objects with its table of offsets."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    size = max(objects) + 1
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, start)
    return bytes(out)


def stream(body: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(body), body)


def show(text: str, x: float, y: float, size: float = 12, font: str = "F1") -> bytes:
    """Operators that set one text with its baseline at a point."""
    body = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font.encode(), size, x, y, body)


def pages(
    contents: Sequence[bytes],
    page_entries: bytes = b"",
    resources: bytes = b"",
    extra: Mapping[int, bytes] | None = None,
    catalog: bytes = b"",
    box: tuple[float, float, float, float] = (0, 0, 612, 792),
) -> bytes:
    """A PDF with one page for each content stream; objects from 1000 on are free for `extra`."""
    kids = b" ".join(b"%d 0 R" % (10 + 2 * at) for at in range(len(contents)))
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    }
    for at, content in enumerate(contents):
        objects[10 + 2 * at] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[%g %g %g %g]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>%s>>%s>>" % (*box, 11 + 2 * at, resources, page_entries)
        )
        objects[11 + 2 * at] = stream(content)
    return pdf({**objects, **(extra or {})})


def field(name: str, value: str, rect: Iterable[float], entries: bytes = b"") -> bytes:
    """A text field with its widget."""
    box = b" ".join(b"%g" % number for number in rect)
    return b"<</Type/Annot/Subtype/Widget/FT/Tx/T(%s)/V(%s)/Rect[%s]/DA(/F1 12 Tf 0 g)%s>>" % (
        name.encode(),
        value.encode("cp1252"),
        box,
        entries if b"/F " in entries else b"/F 4" + entries,
    )


def form(
    content: bytes, widgets: Sequence[bytes], extra: Mapping[int, bytes] | None = None
) -> bytes:
    """A PDF of one page with form fields, as objects 1000, 1001 …"""
    numbers = b" ".join(b"%d 0 R" % (1000 + at) for at in range(len(widgets)))
    return pages(
        [content],
        page_entries=b"/Annots[%s]" % numbers,
        extra={**{1000 + at: body for at, body in enumerate(widgets)}, **(extra or {})},
        catalog=b"/AcroForm<</Fields[%s]/DR<</Font<</F1 3 0 R>>>>/DA(/F1 12 Tf 0 g)>>" % numbers,
    )


def appearance(content: bytes, width: float, height: float) -> bytes:
    """An appearance stream that draws `content` in a box."""
    return stream(
        content,
        b"/Type/XObject/Subtype/Form/BBox[0 0 %g %g]/Resources<</Font<</F1 3 0 R>>>>"
        % (width, height),
    )


def unnamed_font() -> Mapping[int, bytes]:
    """Objects 1100 to 1102: a font that numbers its glyphs and names no characters."""
    widths = b"[0 [%s]]" % b" ".join([b"550"] * 130)
    return {
        1100: b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Made/Encoding/Identity-H"
        b"/DescendantFonts[1101 0 R]>>",
        1101: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Made/FontDescriptor 1102 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/W%s>>" % widths,
        1102: b"<</Type/FontDescriptor/FontName/ABCDEF+Made/Flags 4/FontBBox[0 -200 1000 800]"
        b"/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>",
    }


def show_unnamed(text: str, shift: int, x: float, y: float, size: float = 12) -> bytes:
    """Operators that set a text as glyph numbers in the font of `unnamed_font`."""
    body = b"".join(b"%04X" % (ord(char) - shift) for char in text)
    return b"BT /U1 %g Tf %g %g Td <%s> Tj ET\n" % (size, x, y, body)
