"""Vega's SVG made small and self-contained: short numbers, patterns for models, no clashing ids.

What many charts share is drawn once: `taken_apart` turns a drawing into a `Drawing`, and `stacked` and
`above` make one of several, the same as if Vega had drawn all their parts together.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from reportkit.errors import BriefError

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
# Outlines and lines of many points, in numbers of at most one decimal.
_POINTS = re.compile(r'(?<= d=")M[MLZ\d.,-]{40,}(?=")')
# Outlines of counties have round joins, squares of the key are wider than ten pixels.
_AREA = re.compile(r'stroke-linejoin="round"|h1\d')
_FONT = re.compile(r' font-family="([^"]*)"')

_PATTERNS = {
    "JEM": ('width="5" height="5" patternTransform="rotate(45)"', '<path d="M0 0v5" {line}/>'),
    "WSO": ('width="5" height="5"', '<circle cx="2.5" cy="2.5" r="1.1" fill="#FFFFFF"/>'),
}
_LINE = 'stroke="#FFFFFF" stroke-width="1.8" stroke-opacity=".75"'


# What Vega wraps a plot in: its padding, then three groups.
_FRAME = re.compile(
    r'<svg(?P<font> font-family="[^"]*")? xmlns="http://www\.w3\.org/2000/svg"'
    r' width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)" viewBox="[^"]*">'
    r'<g fill="none" stroke-miterlimit="10" transform="translate\((?P<left>[\d.]+),(?P<top>[\d.]+)\)">'
    r"<g><g><g>(?P<body>.*)</g></g></g></g></svg>",
    re.DOTALL,
)
_WORDS = re.compile(r"<text[^>]*>(.*?)</text>")
_PANEL = '<g><g transform="translate(0,'


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing in parts.

    Attributes:
        width, height: of the whole in pixels.
        left, top: pixels of the whole that lie outside of the plot on these sides.
        body: the marks, as SVG.
        font: the attribute that names the font, empty where there is no text.
    """

    width: float
    height: float
    left: float
    top: float
    body: str
    font: str


def taken_apart(svg: str) -> Drawing:
    """What vl-convert drew, in fewer bytes and in parts.

    Raises:
        BriefError: it is no drawing of this build's vl-convert.
    """
    found = _FRAME.fullmatch(_tidy(svg))
    if not found:
        raise BriefError(
            "a chart could not be drawn: this version of vl-convert-python writes SVG in a way that "
            "reportkit does not know; install version 1.9"
        )
    width, height, left, top = map(float, found.group("width", "height", "left", "top"))
    return Drawing(width, height, left, top, found["body"], found["font"] or "")


def stacked(drawings: Sequence[Drawing]) -> Drawing:
    """Drawings of plots of one size, one over the other, the first at the bottom."""
    left, top = (max(getattr(d, side) for d in drawings) for side in ("left", "top"))
    return Drawing(
        left + max(d.width - d.left for d in drawings),
        top + max(d.height - d.top for d in drawings),
        left,
        top,
        "".join(d.body for d in drawings),
        next((d.font for d in drawings if d.font), ""),
    )


def repeat_text(drawing: Drawing) -> Drawing:
    """A drawing of two texts, the second with the words of the first."""
    first, second = _WORDS.finditer(drawing.body)
    body = drawing.body[: second.start(1)] + first[1] + drawing.body[second.end(1) :]
    return replace(drawing, body=body)


def above(upper: Drawing, lower: Drawing) -> Drawing:
    """A panel over another one.

    Args:
        upper: the panel, and under it one that keeps the place of the lower: it reaches as far up
            as that does, and has as high a plot.
        lower: the lower panel alone.
    """
    panels = upper.body[: upper.body.rindex(_PANEL)]
    down = upper.body[len(panels) + len(_PANEL) :].partition(")")[0]
    left = max(upper.left, lower.left)
    return Drawing(
        left + max(d.width - d.left for d in (upper, lower)),
        upper.top + float(down) + lower.height - lower.top,
        left,
        upper.top,
        f'{panels}{_PANEL}{down})">{lower.body.removeprefix("<g><g>")}',
        upper.font or lower.font,
    )


def put_together(drawing: Drawing, patterns: Mapping[str, str]) -> str:
    """A drawing as SVG, the areas of a model hatched or dotted.

    Args:
        drawing: its parts.
        patterns: the colour of each model.
    """
    sizes = (drawing.width, drawing.height, drawing.left, drawing.top)
    width, height, left, top = (_one_decimal(size) for size in sizes)
    return _finished(
        f'<svg{drawing.font} xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}"><g fill="none" stroke-miterlimit="10"'
        f' transform="translate({left},{top})"><g><g><g>{drawing.body}'
        "</g></g></g></g></svg>",
        patterns,
    )


def compact(svg: str, patterns: Mapping[str, str]) -> str:
    """The same drawing in fewer bytes, with the areas of a model hatched or dotted.

    Args:
        svg: What vl-convert drew.
        patterns: The colour of each model.
    """
    return _finished(_tidy(svg), patterns)


def _tidy(svg: str) -> str:
    svg = _NOISE.sub("", svg)
    svg = _QUOTED.sub(lambda found: _NUMBER.sub(_short, found[0]), svg)
    while _EMPTY.search(svg):
        svg = _EMPTY.sub("", svg)
    return _one_font(_POINTS.sub(_relative, svg))


def _finished(svg: str, patterns: Mapping[str, str]) -> str:
    prefix = "r" + hashlib.sha256(svg.encode()).hexdigest()[:6]
    for model in _PATTERNS:
        svg = _patterned(svg, model, f"{prefix}{model}", patterns[model])
    return svg


def pattern(model: str, name: str, colour: str) -> str:
    """The fill of the areas of a model, hatched or dotted, as an SVG pattern of this id."""
    box, drawing = _PATTERNS[model]
    ground = f'<rect width="5" height="5" fill="{colour}"/>' + drawing.format(line=_LINE)
    return f'<pattern id="{name}" patternUnits="userSpaceOnUse" {box}>{ground}</pattern>'


def _one_font(svg: str) -> str:
    """The font once, at the root, instead of on every text."""
    font = _FONT.search(svg)
    if not font:
        return svg
    return _FONT.sub("", svg).replace("<svg ", f"<svg{font[0]} ", 1)


def _patterned(svg: str, model: str, name: str, colour: str) -> str:
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
    root, end, marks = svg.partition(">")
    return f"{root}{end}<defs>{pattern(model, name, colour)}</defs>{marks}"


def _relative(path: re.Match[str]) -> str:
    """The same path told by steps from point to point, which take fewer digits than places do."""
    return "".join(map(_steps, path[0].split("M")[1:]))


def _steps(line: str) -> str:
    """A run of points, "x,yLx,y…" and perhaps "Z" behind them, as a start and steps."""
    start, *others = line.removesuffix("Z").split("L")
    x, y = _tenths(start)
    steps = []
    for point in others:
        right, down = _tenths(point)
        if right != x or down != y:
            steps += [_digits(right - x), _digits(down - y)]
            x, y = right, down
    # A minus sign parts two numbers as well as a space does.
    told = " ".join(steps).replace(" -", "-")
    return f"M{start}{'l' if told else ''}{told}{'Z' if line.endswith('Z') else ''}"


def _tenths(point: str) -> tuple[int, int]:
    x, _, y = point.partition(",")
    return round(float(x) * 10), round(float(y) * 10)


@lru_cache(maxsize=4096)
def _digits(tenths: int) -> str:
    """Tenths of a pixel as pixels, without a zero before the point."""
    text = _one_decimal(tenths / 10)
    return text.replace("0.", ".", 1) if abs(tenths) < 10 else text


def _short(number: re.Match[str]) -> str:
    return _one_decimal(float(number[0]))


def _one_decimal(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text
