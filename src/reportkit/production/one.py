"""Makes one brief: runs the notebook, draws HTML and PDF, writes all files or none."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.errors import BriefError
from reportkit.production.files import notebook_path
from reportkit.render.kernel import running_kernel
from reportkit.render.write import write_all
from reportkit.store import Store

if TYPE_CHECKING:
    from reportkit.brief import Brief
    from reportkit.places import Place

FORMATS = ("html", "pdf", "json", "ipynb")


def brief_folder(out: Path, place: Place, as_of: dt.date) -> Path:
    """Where a brief goes: OUT/<state>/<place>/<as-of>."""
    return out / place.state.lower() / place.slug / as_of.isoformat()


def produce(
    jurisdiction: str,
    as_of: str | None = None,
    formats: Sequence[str] = FORMATS,
    out: Path = Path("outputs"),
    store: Path | None = None,
    lang: str = "en",
) -> list[Path]:
    """Make the brief of one place and return the paths written.

    The notebook runs only where a format needs it; JSON alone needs none.

    Raises:
        ReportkitError: the input cannot be used, the notebook failed or nothing can be written;
            what was there before is untouched.
    """
    opened = Store(store)
    with ExitStack() as stack:
        kernel = None
        if set(formats) - {"json"}:
            # It gets ready while the facts are computed here.
            environment = {"REPORTKIT_STORE": str(opened.folder.resolve())}
            kernel = stack.enter_context(running_kernel(environment))
        from reportkit.brief import make_brief

        brief = make_brief(jurisdiction, as_of, opened, lang)
        files = {"brief.json": to_bytes(brief)} if "json" in formats else {}
        if kernel:
            files.update(_drawn(brief, formats, kernel))
    folder = brief_folder(out, brief.place, brief.as_of)
    write_all(folder, files)
    return [folder / name for name in files]


def to_bytes(brief: Brief) -> bytes:
    """The JSON of a brief as bytes, the same for the same facts."""
    from reportkit.brief.facts import brief_facts

    return (json.dumps(brief_facts(brief), ensure_ascii=False, indent=1) + "\n").encode()


def _drawn(brief: Brief, formats: Sequence[str], kernel: Any) -> Iterator[tuple[str, bytes]]:
    import nbformat

    from reportkit.render import HtmlBriefExporter, PdfBriefExporter, execute

    html, pdf = HtmlBriefExporter(), PdfBriefExporter()
    # Templates and fonts load while the kernel is still on its way.
    for exporter in (html, pdf):
        exporter.from_notebook_node(nbformat.v4.new_notebook())
    parameters: dict[str, Any] = {
        "jurisdiction": brief.place.geoid,
        "as_of": brief.as_of.isoformat(),
        "lang": brief.words.lang,
    }
    nb = execute(notebook_path("brief.ipynb"), parameters, km=kernel)
    _require_same_facts(nb, brief)
    if "html" in formats:
        yield "brief.html", html.from_notebook_node(nb)[0].encode()
    if "pdf" in formats:
        yield "brief.pdf", pdf.from_notebook_node(nb)[0]
    if "ipynb" in formats:
        yield "brief.ipynb", (nbformat.writes(nb) + "\n").encode()


def _require_same_facts(nb: Any, brief: Brief) -> None:
    """The notebook must have drawn this brief: another store or code in its kernel would show."""
    from reportkit.render.collect import document_facts

    drawn = document_facts(nb).get("report_id")
    if drawn != brief.report_id:
        raise BriefError(
            f"brief.ipynb: the notebook drew report {drawn}, where {brief.report_id} was asked for; "
            "check that the kernel runs the same reportkit"
        )
