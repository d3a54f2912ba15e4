"""Notebooks run and drawn: papermill executes, nbconvert exporters write HTML and PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportkit.render.html import HtmlBriefExporter
    from reportkit.render.notebook import execute, normalise
    from reportkit.render.pdf import PdfBriefExporter
    from reportkit.render.write import write_all

__all__ = ["HtmlBriefExporter", "PdfBriefExporter", "execute", "normalise", "write_all"]

_HOMES = {
    "HtmlBriefExporter": "html",
    "PdfBriefExporter": "pdf",
    "execute": "notebook",
    "normalise": "notebook",
    "write_all": "write",
}


def __getattr__(name: str) -> Any:
    # nbconvert asks every exporter for its name, so nothing is imported before it is used.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
