"""Live signatures, made with a throwaway key: who, when, over what; and what tampering shows."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

from moa.make import pdf
from reportkit.moa.digital import DigitalSignature, digital_signatures

MADE = "a page that is signed"


@pytest.fixture(scope="module")
def signer():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "US"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Sample County"),
            x509.NameAttribute(NameOID.COMMON_NAME, "JANE DOE"),
            x509.NameAttribute(NameOID.EMAIL_ADDRESS, "jane.doe@example.org"),
        ]
    )
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    bundle = serialization.pkcs12.serialize_key_and_certificates(
        b"made", key, certificate, None, serialization.NoEncryption()
    )
    return signers.SimpleSigner.load_pkcs12_data(bundle, other_certs=[])


def signed(data, signer, field="Signature1"):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(field))
    meta = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    return signers.sign_pdf(writer, meta, signer=signer).getvalue()


def test_an_intact_signature_over_the_whole_file(signer):
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    (found,) = digital_signatures(signed(pdf(MADE), signer))
    assert (found.field, found.signer, found.covers, found.intact) == (
        "Signature1",
        "JANE DOE",
        "file",
        True,
    )
    assert found.changes == "none"
    assert found.trust == "not checked"
    assert found.subject == found.issuer == "JANE DOE, Sample County, US"
    assert found.error is None
    assert before <= dt.datetime.fromisoformat(found.signed_at) <= dt.datetime.now(dt.UTC)


def test_mail_addresses_of_certificates_are_left_out(signer):
    assert "@" not in repr(digital_signatures(signed(pdf(MADE), signer)))


def test_a_changed_byte_breaks_it(signer):
    data = bytearray(signed(pdf(MADE), signer))
    at = data.index(b"/MediaBox")
    box = data.index(b"612", at)
    data[box : box + 3] = b"613"
    (found,) = digital_signatures(bytes(data))
    assert found.intact is False
    assert found.error is None


def test_of_two_signatures_the_first_covers_its_revision(signer):
    twice = signed(signed(pdf(MADE), signer), signer, "Signature2")
    first, second = digital_signatures(twice)
    assert (first.field, first.covers, first.intact) == ("Signature1", "revision", True)
    assert (second.field, second.covers, second.intact) == ("Signature2", "file", True)
    assert first.changes in ("none", "form_filling")
    assert first.revision < second.revision <= second.revisions == first.revisions


def test_unsigned_files_have_none():
    assert digital_signatures(pdf(MADE)) == ()
    assert digital_signatures(b"") == ()


def test_a_signature_that_cannot_be_parsed_says_so(signer):
    data = signed(pdf(MADE), signer)
    at = data.index(b"/Contents <") + len(b"/Contents <")
    broken = data[:at] + b"00" * 20 + data[at + 40 :]
    found = digital_signatures(broken)
    assert len(found) == 1
    assert found[0].intact is None
    assert found[0].error.startswith("could not be checked")


def test_a_truncated_file_says_so(signer):
    data = signed(pdf(MADE), signer)
    found = digital_signatures(data[: data.index(b"/ByteRange") + 40])
    assert all(item.intact is not True for item in found)


@given(st.binary(max_size=400))
def test_rubbish_never_raises(rubbish):
    found = digital_signatures(b"%PDF-1.7\n/ByteRange" + rubbish)
    assert all(isinstance(item, DigitalSignature) and item.error for item in found)
