"""Form fields of a page: their values, and their words where the page shows them."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from reportkit.moa.glyphs import View
from reportkit.moa.values import FormField, Word

_KINDS: Mapping[int, Literal["text", "choice", "button", "signature"]] = {
    raw.FPDF_FORMFIELD_TEXTFIELD: "text",
    raw.FPDF_FORMFIELD_COMBOBOX: "choice",
    raw.FPDF_FORMFIELD_LISTBOX: "choice",
    raw.FPDF_FORMFIELD_CHECKBOX: "button",
    raw.FPDF_FORMFIELD_RADIOBUTTON: "button",
    raw.FPDF_FORMFIELD_SIGNATURE: "signature",
}
_DRAWN = {raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP}
_UNSEEN = raw.FPDF_ANNOT_FLAG_INVISIBLE | raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_PAINTS = re.compile(r"(?:^|\s)(?:Tj|TJ|'|Do|f|f\*|S|B|sh)(?:\s|$)")
_EVENTS = (
    raw.FPDF_ANNOT_AACTION_KEY_STROKE,
    raw.FPDF_ANNOT_AACTION_FORMAT,
    raw.FPDF_ANNOT_AACTION_VALIDATE,
    raw.FPDF_ANNOT_AACTION_CALCULATE,
)
_LIMIT = 5_000
"""Annotations looked at on one page; more are no form."""
_TEXT_HEIGHT = 12.0
_SPREAD = 0.55
"""Mean width of a letter as a share of the size of its font."""


def fields(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> list[FormField]:
    """The fields of one page that hold a value or a signature, boxes in the page's own axes.

    Values are read, scripts are never run. `shown` is what the field itself says: not hidden, and
    without an appearance that draws nothing.
    """
    if pdf.formenv is None:
        return []
    found = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _LIMIT)):
        annot = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            if annot and (field := _field(pdf.formenv.raw, annot, number)) is not None:
                found.append(field)
        finally:
            raw.FPDFPage_CloseAnnot(annot)
    return found


def scripts(pdf: pdfium.PdfDocument, page: pdfium.PdfPage) -> int:
    """How many fields of a page carry a script; none of them is ever run."""
    if pdf.formenv is None:
        return 0
    found = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _LIMIT)):
        annot = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            found += any(
                raw.FPDFAnnot_GetFormAdditionalActionJavaScript(
                    pdf.formenv.raw, annot, event, None, 0
                )
                > 2
                for event in _EVENTS
            )
        finally:
            raw.FPDFPage_CloseAnnot(annot)
    return found


def _field(form: Any, annot: Any, number: int) -> FormField | None:
    kind = _KINDS.get(raw.FPDFAnnot_GetFormFieldType(form, annot))
    if kind is None:
        return None
    if kind == "button":
        checked = raw.FPDFAnnot_IsChecked(form, annot)
        value = _string(raw.FPDFAnnot_GetFormFieldExportValue, form, annot) if checked else ""
    else:
        value = _string(raw.FPDFAnnot_GetFormFieldValue, form, annot)
    if not value and kind != "signature":
        return None
    box = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annot, box)
    seen = not raw.FPDFAnnot_GetFlags(annot) & _UNSEEN and _paints(annot)
    name = _string(raw.FPDFAnnot_GetFormFieldName, form, annot)
    return FormField(
        name, kind, value, number, box.left, box.bottom, box.right, box.top, shown=seen
    )


def _paints(annot: Any) -> bool:
    """Whether a viewer draws the field: it draws those without an appearance by itself."""
    size = raw.FPDFAnnot_GetAP(annot, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0)
    if size <= 2:
        return True
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetAP(annot, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, buffer, size)
    return bool(_PAINTS.search(_decoded(buffer)))


def _string(call: Callable[..., int], form: Any, annot: Any) -> str:
    size = call(form, annot, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    call(form, annot, buffer, size)
    return " ".join(_decoded(buffer).split())


def _decoded(buffer: Any) -> str:
    return bytes(buffer).decode("utf-16-le", "replace").split("\0", 1)[0]


def drawn(page: pdfium.PdfPage) -> bool:
    """Whether anything is laid over the page that a reader sees as part of it."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), _LIMIT)):
        annot = raw.FPDFPage_GetAnnot(page.raw, index)
        try:
            if annot and raw.FPDFAnnot_GetSubtype(annot) in _DRAWN:
                return True
        finally:
            raw.FPDFPage_CloseAnnot(annot)
    return False


def flatten(pdf: pdfium.PdfDocument, page: pdfium.PdfPage, number: int) -> pdfium.PdfPage:
    """The page with everything that is laid over it drawn into it; `page` is closed.

    The words of fields, of typed notes and of stamps then stand among the page's own, exactly
    where a viewer shows them. Only the copy in memory changes.
    """
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    page.close()
    return pdf[number - 1]


def seen(found: Sequence[FormField], view: View) -> list[FormField]:
    """The fields with their boxes as seen on the page."""
    placed = []
    for field in found:
        x0, y0, x1, y1 = view.box(field.x0, field.y0, field.x1, field.y1)
        placed.append(replace(field, x0=x0, y0=y0, x1=x1, y1=y1))
    return placed


def mark(found: Sequence[Word], held: Sequence[FormField]) -> tuple[list[Word], list[FormField]]:
    """Words of a page with those of its fields marked as filled, and the fields as shown.

    `found` is in the order of the file, in which what is laid over comes last. A value that the
    appearance spells letter by letter, or that the viewer has to draw, becomes words here; one that
    something later covers is not shown, and its words go.
    """
    words: list[Word | None] = list(found)
    added: list[Word] = []
    fields = []
    for field in held:
        if field.kind not in ("text", "choice"):
            fields.append(field)
            continue
        inside = [
            (index, word) for index, word in enumerate(words) if word and _within(word, field)
        ]
        own, doubles = _own(inside, field.value)
        covered = any(_covered(words, index, {*own, *doubles}) for index in own)
        if covered:
            own, doubles = {}, [*own, *doubles]
        elif field.shown and (doubles or len(own) * 2 < len(field.value.split())):
            if _squeezed(field.value) in _squeezed("".join(word.text for _, word in inside)):
                doubles += [index for index, word in inside if len(word.text) == 1]
            added += _spread(field)
            own, doubles = {}, [*own, *doubles]
        for index in doubles:
            words[index] = None
        for index, text in own.items():
            if (word := words[index]) is not None:
                words[index] = replace(word, text=text, filled=True)
        fields.append(replace(field, shown=field.shown and not covered))
    return [*filter(None, words), *added], fields


def _within(word: Word, field: FormField) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return field.x0 - 1 <= x <= field.x1 + 1 and field.y0 - 2 <= y <= field.y1 + 2


def _own(inside: Sequence[tuple[int, Word]], value: str) -> tuple[dict[int, str], list[int]]:
    """Which words inside a field's box are its value's, with the value's own spelling; and those
    that set the value a second time. The last ones count: they are on top."""
    wanted: dict[str, list[str]] = {}
    for part in value.split():
        wanted.setdefault(_key(part), []).append(part)
    own: dict[int, str] = {}
    doubles = []
    for index, word in reversed(inside):
        parts = wanted.get(_key(word.text))
        if parts:
            own[index] = parts.pop()
        elif parts is not None:
            doubles.append(index)
    return own, doubles


def _key(text: str) -> str:
    """A word without marks, which fonts of appearances often spell wrongly."""
    return "".join(filter(str.isalnum, text)) or text


def _covered(words: Sequence[Word | None], index: int, own: set[int]) -> bool:
    """Whether a later word stands over this one."""
    word = words[index]
    if word is None:
        return False
    for at, over in enumerate(words[index + 1 :], start=index + 1):
        if over is None or over.filled or at in own:
            continue
        wide = min(word.x1, over.x1) - max(word.x0, over.x0)
        high = min(word.y1, over.y1) - max(word.y0, over.y0)
        if wide > 0.3 * (word.x1 - word.x0) and high > 0.5 * (word.y1 - word.y0):
            return True
    return False


def _spread(field: FormField) -> Iterator[Word]:
    """The words of a field that the viewer draws: centred in height, as large as fits."""
    parts = field.value.split()
    total = sum(len(part) + 1 for part in parts) - 1
    height = min(field.y1 - field.y0, _TEXT_HEIGHT)
    step = min((field.x1 - field.x0) / total, height * _SPREAD)
    top = (field.y0 + field.y1 - height) / 2
    at = field.x0
    for part in parts:
        end = at + len(part) * step
        yield Word(part, at, top, end, top + height, filled=True)
        at = end + step


def _squeezed(text: str) -> str:
    return "".join(text.split())
