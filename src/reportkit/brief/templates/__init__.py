"""Blocks drawn as HTML: one fragment for the notebook and for the page."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from reportkit.brief.templates.labels import labels
from reportkit.brief.templates.prepare import prepare

__all__ = ["fragment", "labels", "prepare"]

_ACTIVE = re.compile(
    r"<\s*(script|foreignObject|iframe|style|!)|\son\w+\s*=|href\s*=", re.IGNORECASE
)
# A cell of words alone, or of one sentence, needs no box around it.
_ALONE = re.compile("<div>([^<]*|<span [^>]*>(?:[^<]|<(?!/?span|/?div))*</span>)</div></td>")
# A name in another language that is all of a cell.
_FOREIGN = re.compile(r'<(td|th scope="row")><span (lang="\w+")>([^<]*)</span>(</t[dh]>)')


def fragment(prepared: Sequence[dict[str, Any]], lang: str = "en") -> str:
    """HTML of prepared blocks. Every text is escaped here, whatever draws the page around it."""
    drawn = _template().render(blocks=prepared, labels=labels(lang))
    # No attribute that holds text stands in single quotes, so apostrophes may stand as they are.
    drawn = _ALONE.sub(r"\1</td>", drawn)
    return _FOREIGN.sub(r"<\1 \2>\3\4", drawn).replace("&#39;", "'")


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("reportkit.brief", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline_svg"] = inline_svg
    environment.filters["css_string"] = css_string
    return environment.get_template("blocks.html.j2")


def inline_svg(svg: str) -> Markup:
    """A drawing of shapes and text as it is; anything that could act or load, as an inert image."""
    if svg.lstrip().startswith("<svg") and not _ACTIVE.search(svg):
        return Markup(svg)
    data = base64.b64encode(svg.encode()).decode()
    return Markup('<img alt="" src="data:image/svg+xml;base64,{}">').format(data)


def css_string(text: str) -> str:
    """A text as a string of CSS, for the head of a column that narrow screens show in each cell."""
    escaped = re.sub(r"[\\'\x00-\x1f\x7f]", lambda char: f"\\{ord(char[0]):x} ", text)
    return f"'{escaped}'"
