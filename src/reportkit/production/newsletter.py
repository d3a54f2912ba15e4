"""A digest for newsletters: e-mail, plain text, Markdown, and each block alone, by file name."""

from __future__ import annotations

from collections.abc import Mapping

from reportkit.brief.digest import Digest
from reportkit.brief.issue import make_issue
from reportkit.render.email import LIMIT, email_block, email_page, most_that_fit
from reportkit.render.plain import as_markdown, as_text, block_as_markdown, block_as_text


def page_files(digest: Digest) -> Mapping[str, bytes]:
    """The e-mail."""
    return {"digest.html": email(digest)}


def text_files(digest: Digest) -> Mapping[str, bytes]:
    """The digest as plain text."""
    return {"digest.txt": as_text(make_issue(digest)).encode()}


def markdown_files(digest: Digest) -> Mapping[str, bytes]:
    """The digest as Markdown."""
    return {"digest.md": as_markdown(make_issue(digest)).encode()}


def block_files(digest: Digest) -> Mapping[str, bytes]:
    """Each block alone, to paste: as a fragment of HTML, as plain text and as Markdown."""
    issue = make_issue(digest, 0)
    files: dict[str, bytes] = {}
    for block in issue.blocks:
        name = f"block-{block.slug}"
        files[f"{name}.html"] = email_block(block, issue.labels)
        files[f"{name}.txt"] = block_as_text(block, issue.labels).encode()
        files[f"{name}.md"] = block_as_markdown(block, issue.labels).encode()
    return files


def email(digest: Digest) -> bytes:
    """The e-mail with as many changes, the weightiest, as keep it below the limit."""
    total = len(digest.items)
    fewest, most = 0, most_that_fit(total)
    if most == total and len(page := email_page(make_issue(digest))) <= LIMIT:
        return page
    best = email_page(make_issue(digest, 0))
    while fewest < most:
        middle = (fewest + most + 1) // 2
        page = email_page(make_issue(digest, middle))
        if len(page) <= LIMIT:
            fewest, best = middle, page
        else:
            most = middle - 1
    return best
