"""Rows as JSON, CSV or Parquet bytes."""

from __future__ import annotations

import io
import json
from typing import Any

from reportkit.findings.listing import COLUMNS

# A spreadsheet would run a cell that begins like this; a quote in front makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def cell(value: Any) -> Any:
    """A value for a cell of a CSV file, with a quote in front of what would be run as a formula."""
    return f"'{value}" if str(value).startswith(_FORMULA) else value


def table_bytes(rows: list[dict[str, Any]], kind: str) -> bytes:
    """A roster as bytes: "json", "csv" (lists joined by blanks, formulas quoted) or "parquet"."""
    if kind == "json":
        return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()
    import pandas as pd

    frame = pd.DataFrame(
        [{**row, "covers": " ".join(row["covers"])} for row in rows], columns=list(COLUMNS)
    )
    if kind == "csv":
        return frame.map(cell).to_csv(index=False, lineterminator="\n").encode()
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    return buffer.getvalue()
