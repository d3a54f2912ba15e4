"""Asks for the addresses of cited facts over the network. Nothing but a command imports it."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from reportkit import __version__
from reportkit.library.facts import Fact
from reportkit.library.fields import public_host

TIMEOUT = 15.0
"""Seconds that a server has to answer."""

_LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
_AGENT = f"reportkit/{__version__}"
_AT_ONCE = 8


def unreachable(
    facts: Iterable[Fact], timeout: float = TIMEOUT, *, loopback: bool = False
) -> Iterator[tuple[Fact, str]]:
    """The facts whose address does not answer, in their order, each with the reason.

    Each address is asked once, for its head and, where that fails, for itself; no page is read.

    Args:
        facts: whose `url` to ask for.
        timeout: seconds that a server has to answer.
        loopback: also ask servers of this machine, for tests.
    """
    asked = tuple(facts)
    urls = tuple(dict.fromkeys(fact.url for fact in asked))
    opener = urllib.request.build_opener(_Redirects(loopback))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda url: _reason(url, opener, timeout, loopback), urls)
        reasons = dict(zip(urls, answers, strict=True))
    for fact in asked:
        if reasons[fact.url]:
            yield fact, reasons[fact.url]


def _reason(url: str, opener: urllib.request.OpenerDirector, timeout: float, loopback: bool) -> str:
    """Why an address does not answer, empty where it does."""
    if not _allowed(url, loopback):
        return "its host is not on the public web"
    # Some servers refuse to tell the head alone.
    return _ask(url, "HEAD", opener, timeout) and _ask(url, "GET", opener, timeout)


def _ask(url: str, method: str, opener: urllib.request.OpenerDirector, timeout: float) -> str:
    request = urllib.request.Request(url, method=method, headers={"User-Agent": _AGENT})
    try:
        with opener.open(request, timeout=timeout):
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return f"the server answers {error.code} {error.reason}".rstrip()
    except urllib.error.URLError as error:
        return f"no answer: {error.reason}"
    except (OSError, HTTPException, ValueError) as error:
        return f"no answer: {error or type(error).__name__}"


def _allowed(url: str, loopback: bool) -> bool:
    host = urlsplit(url).hostname or ""
    return public_host(host) or (loopback and host in _LOOPBACK)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a server to other hosts of the public web only."""

    def __init__(self, loopback: bool) -> None:
        self._loopback = loopback

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not _allowed(newurl, self._loopback):
            raise urllib.error.URLError("it leads to a host that is not on the public web")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
