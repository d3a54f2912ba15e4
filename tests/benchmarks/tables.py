"""Records as a table in Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def markdown(title: str, rows: Sequence[Mapping[str, object]]) -> str:
    """A heading and a table; columns are the keys of the first row, None is left empty."""
    columns = list(rows[0])
    lines = [
        f"## {title}",
        "",
        f"| {' | '.join(column.replace('_', ' ') for column in columns)} |",
        f"|{'|'.join('---' if isinstance(rows[0][c], str) else '--:' for c in columns)}|",
        *(f"| {' | '.join(_cell(row[column]) for column in columns)} |" for row in rows),
    ]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return f"{value:,}" if isinstance(value, int) else str(value)
