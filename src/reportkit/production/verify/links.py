"""Links of a page that lead nowhere: to a place that it lacks, or to a file that is not beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reportkit.production.verify.report import Report

_ID = re.compile(r"\s(?:id|name)=(\"[^\"]*\"|'[^']*')")
_LINK = re.compile(r"\s(?:href|src)=(\"[^\"]*\"|'[^']*')")


def check(file: Path, report: Report) -> None:
    """Note each internal link of an HTML page that does not hold, each target once.

    Links to other editions are counted: whoever was sent one folder alone has not the others.
    """
    problems = list(_broken(file))
    elsewhere = [target for target, _ in problems if target.startswith("../")]
    report.problems += (problem for target, problem in problems if target not in elsewhere)
    if elsewhere:
        report.notes.append(
            f"{file.name}: {len(elsewhere)} of its links lead to briefs that are not there, such as "
            f"{elsewhere[0]}"
        )


def _broken(file: Path) -> Iterator[tuple[str, str]]:
    text = file.read_text("utf-8", errors="replace")
    places = {_value(found) for found in _ID.findall(text)}
    for target in dict.fromkeys(map(_value, _LINK.findall(text))):
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            continue
        if not parts.path:
            if parts.fragment and unquote(parts.fragment) not in places:
                told = f"{file.name}: its link {target} leads to no place of the page"
                yield target, told
        elif not (file.parent / unquote(parts.path)).exists():
            yield target, f"{file.name}: its link {target} leads to a file that is not there"


def _value(quoted: str) -> str:
    return unescape(quoted[1:-1])
