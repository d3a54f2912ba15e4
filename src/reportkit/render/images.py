"""Pictures of prepared blocks as Typst takes them: content, format, the width they are drawn at."""

from __future__ import annotations

import base64
import re
from typing import Any

Data = dict[str, Any]

_SVG_WIDTH = re.compile(r"<svg[^>]*?\swidth=[\"']([\d.]+)(pt|px)?[\"']")
_FORMATS = {"image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg"}
# Pictures without a width of their own take about the width of the text.
_DEFAULT_WIDTH = 440.0


def with_picture(block: Data) -> Data:
    """A block whose picture, if it has one, is `content`, `format` and `width` in pixels."""
    if block["block"] == "chart":
        return _packed(block, block["svg"].encode(), "svg")
    if block["block"] == "picture":
        return _packed(block, base64.b64decode(block["data"]), _FORMATS[block["mime"]])
    return block


def _packed(block: Data, content: bytes, kind: str) -> Data:
    rest = {key: value for key, value in block.items() if key not in ("svg", "data")}
    # JSON has no bytes: drawings travel as text, photographs as numbers. Typst reads both.
    packed: Any = content.decode() if kind == "svg" else list(content)
    return {**rest, "content": packed, "format": kind, "width": _width(content, kind)}


def _width(content: bytes, kind: str) -> float:
    if kind == "svg":
        found = _SVG_WIDTH.search(content.decode())
        if found:
            return float(found[1]) * (4 / 3 if found[2] == "pt" else 1)
    if kind == "png" and len(content) > 24:
        return float(int.from_bytes(content[16:20], "big"))
    return _DEFAULT_WIDTH
