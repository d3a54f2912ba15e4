"""The best loop over stock parts: one process, papermill with its own kernel engine, one HTML
exporter used again, one Chromium kept open. Run by batch.py; names come on stdin."""

from __future__ import annotations

import sys
from pathlib import Path

import papermill
from nbconvert.exporters import HTMLExporter
from playwright.sync_api import sync_playwright


def main() -> None:
    """NOTEBOOK and OUT as arguments: OUT/<name>.{ipynb,html,pdf}."""
    notebook, out = sys.argv[1], Path(sys.argv[2])
    names = sys.stdin.read().split()
    exporter = HTMLExporter()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(args=["--no-sandbox"])
        page = browser.new_page()
        page.emulate_media(media="print")
        for name in names:
            made, html = out / f"{name}.ipynb", out / f"{name}.html"
            run = papermill.execute_notebook(
                notebook,
                str(made),
                parameters={"jurisdiction": name},
                progress_bar=False,
                request_save_on_cell_execute=False,
            )
            text, _ = exporter.from_notebook_node(run)
            html.write_text(text, encoding="utf-8")
            page.goto(html.as_uri())
            page.pdf(path=out / f"{name}.pdf", print_background=True)
        browser.close()


if __name__ == "__main__":
    main()
