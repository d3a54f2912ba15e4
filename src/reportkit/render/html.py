"""A brief as one HTML page: no script, no request to anywhere, readable on paper and on a phone."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from markupsafe import escape
from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from reportkit.brief.display import MIME
from reportkit.brief.templates import fragment, labels, prepare
from reportkit.brief.templates.labels import long_date
from reportkit.render.clean import safe_html
from reportkit.render.collect import displays, document_facts, replaced

_TEMPLATES = Path(__file__).parent / "templates"


class HtmlBriefExporter(HTMLExporter):
    """Draws the blocks of display objects; leaves whatever else a notebook holds to nbconvert."""

    export_from_notebook = "Brief (HTML)"
    output_mimetype = "text/html"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "reportkit"

    @default("extra_template_basedirs")
    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(_TEMPLATES)]

    @property
    def default_config(self) -> Config:
        """nbconvert's own, without input, prompts, anchors, scripts and widgets; checked once."""
        config = Config(super().default_config)
        priority = config.NbConvertBase.display_data_priority
        config.NbConvertBase.display_data_priority = [
            kind for kind in priority if not kind.startswith("application/")
        ]
        config.HTMLExporter.exclude_anchor_links = True
        config.Exporter.optimistic_validation = True
        config.TemplateExporter.exclude_input = True
        config.TemplateExporter.exclude_output_prompt = True
        return config

    def default_filters(self) -> Any:
        """nbconvert's filters and those that this template needs."""
        yield from super().default_filters()
        yield "plain", escape
        yield "safe_html", safe_html

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of a notebook, and nbconvert's resources."""
        facts = document_facts(nb)
        shown = [data["blocks"] for data in displays(nb)]
        # All at once, for anchors count through the document.
        prepared = prepare([block for blocks in shown for block in blocks], proofs=True)
        rest = iter(prepared)
        drawn = [fragment(list(islice(rest, len(blocks))), facts["lang"]) for blocks in shown]
        headings = [block for block in prepared if block["block"] == "heading"]
        resources = dict(resources or {})
        resources["brief"] = {
            **facts,
            "mime": MIME,
            "as_of_text": long_date(facts["as_of"], facts["lang"]),
            "labels": labels(facts["lang"]),
            "sections": [block for block in headings if block["level"] == 2],
            "titled": any(block["level"] == 1 for block in headings),
            "style": _style(),
            **_script(facts["metadata"]),
        }
        # nbconvert's own parses the whole page again to mend what others added; ours needs none.
        draw = super().from_notebook_node if _has_others(nb) else self._draw_ours
        page, resources = draw(replaced(nb, drawn), resources, **kw)
        return page, resources

    def _draw_ours(
        self, nb: NotebookNode, resources: dict[str, Any], **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        # The templates name it; without foreign cells nothing calls it.
        self.register_filter("highlight_code", lambda source, **options: source)
        drawn: tuple[str, dict[str, Any]] = TemplateExporter.from_notebook_node(
            self, nb, resources, **kw
        )
        return drawn


def _has_others(nb: NotebookNode) -> bool:
    """True where a cell shows anything but our blocks."""
    return any(
        cell.cell_type != "code"
        or any(MIME not in output.get("data", {}) for output in cell.outputs)
        for cell in nb.cells
    )


def _script(metadata: dict[str, Any] | None) -> dict[str, str]:
    """Metadata as the text of a script element, which no text in it can end, and what allows it.

    It is data, which no browser runs; the hash in the page's policy says so to those who ask.
    """
    if not metadata:
        return {"data": "", "policy": ""}
    # A notebook file has its keys in order.
    text = json.dumps(metadata, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    text = text.replace("<", "\\u003c")
    digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return {"data": text, "policy": f"script-src 'sha256-{digest}'; "}


@cache
def _style() -> str:
    """The style sheet on one line, without its comments."""
    text = (_TEMPLATES / "reportkit" / "brief.css").read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|\n\s*", "", text, flags=re.DOTALL)
