"""A newsletter as HTML that e-mail programs show: tables, inline styles, no image and no script.

They drop style sheets, SVG and images in the text, so a chart is a table with colored cells: it needs
no host, reads well with images off and is text for who cannot see it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from css_inline import CSSInliner
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reportkit.brief.issue import Issue, Pasted

LIMIT = 100_000
"""Bytes of an e-mail; Gmail cuts off what is longer than 102 KB."""
_FOLDER = Path(__file__).parent / "templates" / "email"
# Beyond so many no e-mail has room, as each takes more than this many bytes.
_LEAST = 150


def email_page(issue: Issue) -> bytes:
    """The page of an issue, however long."""
    page = _templates().get_template("digest.html.j2").render(issue=issue)
    return (_inliner().inline(page).strip() + "\n").encode()


def email_block(block: Pasted, labels: dict[str, str]) -> bytes:
    """A block alone, to paste into an e-mail: a fragment with its styles in it."""
    macro = _templates().get_template("block.html.j2").module.block  # type: ignore[attr-defined]
    fragment = _inliner().inline_fragment(str(macro(block, labels, "h2")), _style())
    return (fragment.strip() + "\n").encode()


def most_that_fit(total: int) -> int:
    """How many of so many changes an e-mail could have room for, at most."""
    return min(total, LIMIT // _LEAST)


@cache
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    return (_FOLDER / "email.css").read_text(encoding="utf-8")


@cache
def _inliner() -> CSSInliner:
    return CSSInliner(load_remote_stylesheets=False, minify_css=True, extra_css=_style())
