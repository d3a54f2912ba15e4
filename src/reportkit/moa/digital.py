"""Live digital signatures: who, when, over which bytes; nothing is looked up and nobody trusted."""

from __future__ import annotations

import io
from dataclasses import dataclass

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation.generic_cms import validate_sig_integrity
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel

_MOST = 50
"""A file with more signatures than this is no memorandum; the rest is left unread."""
_COVERAGE = {
    SignatureCoverageLevel.ENTIRE_FILE: "file",
    SignatureCoverageLevel.ENTIRE_REVISION: "revision",
    SignatureCoverageLevel.CONTIGUOUS_BLOCK_FROM_START: "part",
    SignatureCoverageLevel.UNCLEAR: "unclear",
}


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """One live signature.

    `signed_at` is the signer's own clock (ISO 8601 with zone). `covers` says what bytes it is over:
    "file", "revision" (number `revision` of `revisions`; bytes were added afterwards), "part" or
    "unclear". `intact` says whether those bytes are as signed and the
    signature is by the key of its certificate; None where that could not be
    checked, and then `error` says why. `changes` names what later revisions changed ("none",
    "form_filling", "annotations", "other"). `trust` is always "not checked": no authority is
    assumed.
    """

    field: str
    signer: str | None = None
    signed_at: str | None = None
    covers: str | None = None
    revision: int | None = None
    revisions: int | None = None
    intact: bool | None = None
    changes: str | None = None
    subject: str | None = None
    issuer: str | None = None
    trust: str = "not checked"
    error: str | None = None


def digital_signatures(data: bytes) -> tuple[DigitalSignature, ...]:
    """The live signatures of a PDF in the order they were made; none for a file that has none.

    Never raises for a broken file or signature: a record says that it could not be checked.
    """
    if b"/ByteRange" not in data:
        return ()
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        embedded = list(reader.embedded_signatures)[:_MOST]
        revisions = reader.xrefs.total_revisions
    except Exception as error:  # pyhanko lets parsing errors of many kinds through
        return (DigitalSignature("", error=_why(error)),)
    return tuple(_checked(item, revisions) for item in embedded)


def _checked(item: EmbeddedPdfSignature, revisions: int) -> DigitalSignature:
    try:
        item.compute_integrity_info()
        intact, valid = validate_sig_integrity(
            item.signer_info, item.signer_cert, "data", item.compute_digest()
        )
    except Exception as error:  # a signature that breaks its reader is one that was not checked
        return DigitalSignature(str(item.field_name), error=_why(error))
    certificate = item.signer_cert
    moment = item.self_reported_timestamp
    return DigitalSignature(
        str(item.field_name),
        _common_name(certificate),
        moment.isoformat() if moment else None,
        _COVERAGE.get(item.coverage, "unclear") if item.coverage else "unclear",
        item.signed_revision + 1,
        revisions,
        bool(intact and valid),
        _changes(item),
        _name(certificate.subject) if certificate else None,
        _name(certificate.issuer) if certificate else None,
    )


def _changes(item: EmbeddedPdfSignature) -> str:
    names = {
        ModificationLevel.NONE: "none",
        ModificationLevel.LTA_UPDATES: "none",
        ModificationLevel.FORM_FILLING: "form_filling",
        ModificationLevel.ANNOTATIONS: "annotations",
    }
    result = item.diff_result
    if result is None:
        return "none" if item.coverage is SignatureCoverageLevel.ENTIRE_FILE else "other"
    return (
        names.get(result.modification_level, "other") if isinstance(result, DiffResult) else "other"
    )


def _common_name(certificate: x509.Certificate | None) -> str | None:
    return str(certificate.subject.native.get("common_name")) if certificate else None


def _name(name: x509.Name) -> str:
    """The parts of a name that say who, without mail addresses and user numbers."""
    kept = ("common_name", "organizational_unit_name", "organization_name", "country_name")
    parts = []
    for key in kept:
        value = name.native.get(key)
        parts += value if isinstance(value, list) else [value] if value else []
    return ", ".join(map(str, parts))


def _why(error: Exception) -> str:
    return f"could not be checked ({type(error).__name__})"
