"""Checks RO-Crates with roc-validator, which asks nothing of the network here."""

from __future__ import annotations

import io
from pathlib import Path

import requests
import rocrate
import urllib3
from requests_cache import CachedSession
from rocrate_validator import services
from rocrate_validator.models import Severity, ValidationSettings

_CONTEXT = "https://w3id.org/ro/crate/1.2/context"
# Its context has all terms of earlier ones.
_SHIPPED = Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld"


def crate_problems(crate: Path, cache: Path, severity: Severity = Severity.REQUIRED) -> set[str]:
    """What roc-validator finds in a folder, down to a severity: messages with the entity.

    Args:
        crate: a folder with an RO-Crate.
        cache: a folder for answers of the network, of which one is put there.
        severity: of the least that is told.
    """
    settings = ValidationSettings(
        rocrate_uri=str(crate),
        profile_identifier="ro-crate-1.2",
        requirement_severity=severity,
        offline=True,
        cache_path=_answers(cache),
    )
    return {
        f"{issue.severity.name}: {issue.message} [{issue.violatingEntity}]"
        for issue in services.validate(settings).get_issues()
    }


def _answers(folder: Path) -> Path:
    """A cache in which the context of RO-Crates is, as the library that writes them ships it."""
    text = _SHIPPED.read_bytes()
    name = folder / "answers"
    with CachedSession(str(name), backend="sqlite", expire_after=-1) as session:
        answer = requests.Response()
        answer.status_code, answer.url = 200, _CONTEXT
        answer.headers["Content-Type"] = "application/ld+json"
        answer.request = session.prepare_request(requests.Request("GET", _CONTEXT))
        answer.raw = urllib3.HTTPResponse(io.BytesIO(text), preload_content=False)
        answer._content = text
        session.cache.save_response(answer)
    return name
