"""Addresses of memoranda as the lists print them: wrapped, broken or plain."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, quote, unquote, urlsplit

_ARCHIVE = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/", re.IGNORECASE)
_EXTENSION = re.compile(r"^chrome-extension://[^/]*/", re.IGNORECASE)
_ONE_SLASH = re.compile(r"^(https?):/+(?=[^/])", re.IGNORECASE)


def repair(printed: str | None) -> str | None:
    """The address behind a printed one, or None where there is none that a reader could open.

    Unwraps mail-protection wrappers (which also carry mailbox names), web-archive and browser
    prefixes; repairs a lost slash; encodes blanks. Anything but http and https is dropped.
    """
    if not printed:
        return None
    url = _ONE_SLASH.sub(r"\1://", _EXTENSION.sub("", _ARCHIVE.sub("", printed.strip())))
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if (parts.hostname or "").endswith("safelinks.protection.outlook.com"):
        return repair(next(iter(parse_qs(parts.query).get("url", [])), None))
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~")


def file_name(url: str | None) -> str:
    """The last part of the address, decoded; empty where there is no address."""
    return unquote(urlsplit(url).path.rsplit("/", 1)[-1]) if url else ""
