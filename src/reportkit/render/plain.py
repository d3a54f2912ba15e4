"""A newsletter as plain text, in lines that e-mail programs do not break, and as Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from reportkit.brief.issue import Issue, Line, Pasted

WIDTH = 74
"""Characters of a line of plain text."""
# What Markdown could take for a mark; a backslash before it makes it a character.
_MARKS = re.compile(r"([\\`*_\[\]<>|~&#])")
_NO_LINK = re.compile(r"[\s()<>]")


def as_text(issue: Issue) -> str:
    """An issue as plain text, in lines of at most 74 characters except where an address is longer."""
    return "\n".join(_tidy(_text_lines(issue))) + "\n"


def block_as_text(block: Pasted, labels: Mapping[str, str]) -> str:
    """A block as plain text."""
    return "\n".join(_tidy(_text_block(block, labels))) + "\n"


def as_markdown(issue: Issue) -> str:
    """An issue as Markdown (CommonMark with tables)."""
    return "\n".join(_tidy(_markdown_lines(issue))) + "\n"


def block_as_markdown(block: Pasted, labels: Mapping[str, str]) -> str:
    """A block as Markdown."""
    return "\n".join(_tidy(_markdown_block(block, labels, "##"))) + "\n"


def _tidy(lines: Iterable[str]) -> Iterator[str]:
    """Lines with no more than one empty line between two others, and none at the ends."""
    empty, begun = False, False
    for line in lines:
        if line:
            if empty and begun:
                yield ""
            yield line
            begun = True
        empty = not line


def _wrapped(text: str, mark: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _titled(text: str, rule: str) -> Iterator[str]:
    lines = _wrapped(text)
    yield ""
    yield from lines
    yield rule * max(map(len, lines))
    yield ""


def _text_lines(issue: Issue) -> Iterator[str]:
    yield from _titled(issue.title, "=")
    for text in (*(line.text for line in issue.lead), issue.left):
        yield from _wrapped(text)
        yield ""
    if issue.blocks:
        yield from _titled(issue.labels["blocks"], "=")
        for block in issue.blocks:
            yield from _text_block(block, issue.labels)
    if issue.states:
        yield from _titled(issue.labels["states"], "=")
    for state in issue.states:
        yield from _titled(state.name, "-")
        if state.counts:
            yield from _wrapped(state.counts.text)
        for place in state.places:
            yield ""
            if place.name:
                yield from _wrapped(place.name)
            if place.href:
                yield place.href
            yield ""
            for line in place.lines:
                yield from _wrapped(f"{line.text} {_bracketed(line)}", "- ")
    yield ""
    for text in issue.foot:
        yield from _wrapped(text)
        yield ""


def _text_block(block: Pasted, labels: Mapping[str, str]) -> Iterator[str]:
    yield from _titled(block.name, "-")
    for text in (
        f"{labels['subject_line']} {block.subject}",
        block.text,
        block.chart.title,
        f"{block.chart.alt} {block.chart.source}",
        f"{labels['source']} {'; '.join(block.sources)}.",
        f"{labels['brief']} {block.href}",
    ):
        yield from _wrapped(text)
        yield ""


def _bracketed(line: Line) -> str:
    return f"[{'; '.join(line.sources)}]"


def _markdown_lines(issue: Issue) -> Iterator[str]:
    yield f"# {escaped(issue.title)}"
    yield ""
    for text in (*(line.text for line in issue.lead), issue.left):
        yield escaped(text)
        yield ""
    if issue.blocks:
        yield f"## {escaped(issue.labels['blocks'])}"
        for block in issue.blocks:
            yield ""
            yield from _markdown_block(block, issue.labels, "###")
    if issue.states:
        yield ""
        yield f"## {escaped(issue.labels['states'])}"
    for state in issue.states:
        yield from ("", f"### {escaped(state.name)}", "")
        if state.counts:
            yield escaped(state.counts.text)
        for place in state.places:
            yield ""
            if place.name:
                yield f"#### {_link(place.name, place.href)}"
            yield ""
            for line in place.lines:
                yield f"- {escaped(line.text)} {escaped(_bracketed(line))}"
    for text in issue.foot:
        yield ""
        yield escaped(text)


def _markdown_block(block: Pasted, labels: Mapping[str, str], level: str) -> Iterator[str]:
    chart = block.chart
    yield f"{level} {escaped(block.name)}"
    yield ""
    yield f"{escaped(labels['subject_line'])} {escaped(block.subject)}"
    yield ""
    yield escaped(block.text)
    yield ""
    yield f"**{escaped(chart.title)}**"
    yield ""
    yield _row((chart.head, *chart.dates))
    yield f"| --- |{' --: |' * len(chart.dates)}"
    for bar in chart.bars:
        yield _row((bar.name, *(number for number, _ in bar.marks)))
    yield ""
    yield f"{escaped(chart.alt)} {escaped(chart.source)}"
    yield ""
    yield f"{escaped(labels['source'])} {escaped('; '.join(block.sources))}."
    yield ""
    yield f"{escaped(labels['brief'])} {_link(block.name, block.href)}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(escaped, cells))} |"


def escaped(text: str) -> str:
    """A text as Markdown that shows it as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _link(text: str, href: str | None) -> str:
    if href is None or _NO_LINK.search(href):
        return escaped(text)
    return f"[{escaped(text)}]({href})"
