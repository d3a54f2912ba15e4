"""Pictures of prepared blocks as files for Typst, with the width at which they were drawn."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from typing import Any

Data = dict[str, Any]

_SVG_WIDTH = re.compile(r"<svg[^>]*?\swidth=[\"']([\d.]+)(pt|px)?[\"']")
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
# Pictures without a width of their own take about the width of the text.
_DEFAULT_WIDTH = 440.0


def packed(blocks: Sequence[Data]) -> tuple[list[Data], dict[str, bytes]]:
    """The blocks with `file` and `width` (pixels) instead of picture data, and the files."""
    files: dict[str, bytes] = {}
    drawn = []
    for block in blocks:
        if block["block"] == "chart":
            content, ending = block["svg"].encode(), "svg"
        elif block["block"] == "picture":
            content, ending = base64.b64decode(block["data"]), _ENDINGS[block["mime"]]
        else:
            drawn.append(block)
            continue
        name = f"picture-{len(files) + 1}.{ending}"
        files[name] = content
        rest = {key: value for key, value in block.items() if key not in ("svg", "data")}
        drawn.append({**rest, "file": name, "width": _width(content, ending)})
    return drawn, files


def _width(content: bytes, ending: str) -> float:
    if ending == "svg":
        found = _SVG_WIDTH.search(content.decode("utf-8", "replace"))
        if found:
            return float(found[1]) * (4 / 3 if found[2] == "pt" else 1)
    if ending == "png" and len(content) > 24:
        return float(int.from_bytes(content[16:20], "big"))
    return _DEFAULT_WIDTH
