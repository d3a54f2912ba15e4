"""What a brief can be written as, and how."""

from __future__ import annotations

from collections.abc import Mapping

DRAWN = ("html", "pdf", "ipynb")
"""What the notebook is run for."""
PROGRAM = ("html", "pdf", "json", "ipynb", "checklist", "ledger", "crate")
"""The brief on the nation; `checklist` is what its reviewer should look at, as Markdown, `ledger` its
claims with their evidence, as CSV and JSON, `crate` the RO-Crate that tells archives of the folder."""
BRIEF = (*PROGRAM, "letters")
"""The brief on a place; `letters` are the records requests, as text and for word processors."""
DIGEST = ("html", "text", "markdown", "blocks", "json", "pdf", "ipynb", "ledger", "feeds")
"""The digest: `html` is for e-mail, `blocks` are what it says of each place alone, to paste, `pdf` has
the evidence, `feeds` are Atom and JSON Feed and bring `html` and `json` with them."""
LANGUAGES = ("en", "es")
"""Those of the message catalogues, which take longer to load than this."""
ENGINES: Mapping[str, str | None] = {"reportkit": "reportkit", "kernel": None}
"""The names of papermill's engines by ours; None is its own, which starts a kernel."""
PROCESSES, SECONDS = (1, 256), (1, 86_400)
"""The least and the most processes of a run, and seconds that one brief may take."""
LIMIT = 120
"""Seconds that one brief may take, unless said otherwise."""
