"""Vega's SVG made small and self-contained: short numbers, patterns for models, no clashing ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

# Screen readers get the chart's own text and table; Vega's labels of single marks repeat neither.
_NOISE = re.compile(
    r'\s(?:aria-[a-z]+|role|class|version|xmlns:xlink|pointer-events|clip-path)="[^"]*"'
    r'| opacity="1"| display="none"| transform="translate\(0,0\)"'
)
_NUMBER = re.compile(r"-?\d+\.\d+")
_QUOTED = re.compile(r'\s(?:d|transform|x|y|x1|x2|y1|y2|width|height|font-size|viewBox)="[^"]*"')
_EMPTY = re.compile(
    r"<(g|clipPath|defs)(?:\s[^>]*)?></\1>"
    r'|<path (?:transform="[^"]*" )?d="(?:|M0,0h[\d.]+v[\d.]+h-?[\d.]+Z)"/>'
    r"|<clipPath[^>]*>.*?</clipPath>"
)
_PATH = re.compile(r"<path [^>]*>")
# Outlines of counties have round joins, squares of the key are wider than ten pixels.
_AREA = re.compile(r'stroke-linejoin="round"|h1\d')
_FONT = re.compile(r' font-family="([^"]*)"')

_PATTERNS = {
    "JEM": ('width="5" height="5" patternTransform="rotate(45)"', '<path d="M0 0v5" {line}/>'),
    "WSO": ('width="5" height="5"', '<circle cx="2.5" cy="2.5" r="1.1" fill="#FFFFFF"/>'),
}
_LINE = 'stroke="#FFFFFF" stroke-width="1.8" stroke-opacity=".75"'


def compact(svg: str, patterns: Mapping[str, str]) -> str:
    """The same drawing in fewer bytes, with the areas of a model hatched or dotted.

    Args:
        svg: What vl-convert drew.
        patterns: The colour of each model.
    """
    svg = _NOISE.sub("", svg)
    svg = _QUOTED.sub(lambda found: _NUMBER.sub(_short, found[0]), svg)
    while _EMPTY.search(svg):
        svg = _EMPTY.sub("", svg)
    svg = _one_font(svg)
    prefix = "r" + hashlib.sha256(svg.encode()).hexdigest()[:6]
    for model, (box, drawing) in _PATTERNS.items():
        svg = _patterned(svg, f"{prefix}{model}", patterns[model], box, drawing)
    return svg


def _one_font(svg: str) -> str:
    """The font once, at the root, instead of on every text."""
    font = _FONT.search(svg)
    if not font:
        return svg
    return _FONT.sub("", svg).replace("<svg ", f"<svg{font[0]} ", 1)


def _patterned(svg: str, name: str, colour: str, box: str, drawing: str) -> str:
    """Fill the areas of a colour with its pattern; small marks tell themselves by their shape."""
    fill, count = f'fill="{colour}"', 0

    def patterned(path: re.Match[str]) -> str:
        nonlocal count
        if fill not in path[0] or not _AREA.search(path[0]):
            return path[0]
        count += 1
        return path[0].replace(fill, f'fill="url(#{name})"')

    svg = _PATH.sub(patterned, svg)
    if not count:
        return svg
    ground = f'<rect width="5" height="5" fill="{colour}"/>' + drawing.format(line=_LINE)
    pattern = f'<pattern id="{name}" patternUnits="userSpaceOnUse" {box}>{ground}</pattern>'
    return re.sub(r"(<svg[^>]*>)", rf"\1<defs>{pattern}</defs>", svg, count=1)


def _short(number: re.Match[str]) -> str:
    text = f"{float(number[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
