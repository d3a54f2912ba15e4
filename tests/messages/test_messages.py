"""The message catalogue and the code that uses it know the same messages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportkit
from reportkit.library import load_facts
from reportkit.messages import catalogue
from reportkit.messages.catalogue import _FORMATS

PACKAGE = Path(reportkit.__file__).parent
WORDS = catalogue("en")
# Calls whose argument at this place names a message.
CALLS = {"text": 0, "template": 0, "claim": 1}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text("utf-8"))


def pattern(node: ast.AST) -> str | None:
    """A regular expression for the texts that an expression can be, None where it is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w .-]*"
            for part in node.values
        )
    return None


def named() -> Iterator[tuple[str, str]]:
    """Where a message is named and a pattern for its id."""
    for path, tree in sources():
        if "roster" in path.parts:  # whose `text` reads cells
            continue
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            name = node.func.id if isinstance(node.func, ast.Name) else name
            if name not in CALLS or len(node.args) <= CALLS[name]:
                continue
            argument = node.args[CALLS[name]]
            branches = [argument]
            if isinstance(argument, ast.IfExp):
                branches = [argument.body, argument.orelse]
            for branch in branches:
                if found := pattern(branch):
                    yield f"{path.relative_to(PACKAGE)}:{node.lineno}", found


def test_every_message_that_code_names_exists():
    ids = list(WORDS)
    wrong = [
        (where, wanted)
        for where, wanted in named()
        if not any(re.fullmatch(wanted, i) for i in ids)
    ]
    assert wrong == []
    assert len(list(named())) > 60


def test_every_message_is_used():
    texts = set()
    for _, tree in sources():
        for node in ast.walk(tree):
            found = pattern(node)
            if found and sum(char.isalpha() for char in found) > 2:
                texts.add(found)
    used = re.compile("|".join(f"(?:{text})" for text in sorted(texts)))
    formats = {
        kind for message in WORDS for text in _texts(message)
        for kind in re.findall(r"\{\w+:([\w.]+)\}", text)
    }  # fmt: skip
    templates = " ".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.j2"))
    unused = [
        message
        for message in WORDS
        if not used.fullmatch(message) and message not in formats and message not in templates
    ]
    assert unused == []


def _texts(message: str) -> tuple[str, ...]:
    return WORDS._messages[message]


@pytest.mark.parametrize("message", list(WORDS))
def test_every_placeholder_has_a_known_format(message):
    for text in _texts(message):
        assert text
        rest = re.sub(r"\{\w+(?::[\w.]+)?\}", "", text)
        assert "{" not in rest
        assert "}" not in rest
        for kind in re.findall(r"\{\w+:([\w.]+)\}", text):
            assert kind in _FORMATS or (kind.startswith("count.") and kind in WORDS)


@pytest.mark.parametrize("fact", sorted(load_facts()))
def test_every_cited_fact_has_its_sentence(fact):
    assert f"fact.{fact}" in WORDS


@pytest.mark.parametrize("word", ["partner", "alien", "surge", "illegal"])
def test_words_that_are_not_used(word):
    said = [m for m in WORDS for text in _texts(m) if re.search(rf"\b{word}s?\b", text, re.I)]
    assert said == []
