"""A digest for newsletters: e-mail, plain text, Markdown, and each block alone, by file name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from reportkit.brief.issue import Issue, Link, make_issue
from reportkit.production.folders import FIRST, edition_folder, place_folder
from reportkit.render.email import LIMIT, email_block, email_page, most_that_fit
from reportkit.render.plain import as_markdown, as_text, block_as_markdown, block_as_text

if TYPE_CHECKING:
    from reportkit.brief.digest import Digest
    from reportkit.places import Place

FORMATS = ("html", "txt", "md", "blocks")
"""What is made here; `blocks` are the blocks alone, each as a fragment of HTML, text and Markdown."""
# Up from the folder of a digest, us/digest/<period>, to that of all outputs.
_UP = "../../../"


def newsletter_files(
    digest: Digest, formats: Sequence[str], base: str = ""
) -> Mapping[str, bytes]:
    """The files of a digest for newsletters, by name.

    Args:
        digest: what changed.
        formats: some of `FORMATS`.
        base: the address under which the outputs are published, which links in e-mails need; links
            lead up from the digest's folder where it is empty.
    """
    link = brief_link(digest, base)
    files: dict[str, bytes] = {}
    whole = make_issue(digest, link)
    makers: dict[str, Callable[[], bytes]] = {
        "html": lambda: email(digest, link, whole),
        "txt": lambda: as_text(whole).encode(),
        "md": lambda: as_markdown(whole).encode(),
    }
    for name, make in makers.items():
        if name in formats:
            files[f"digest.{name}"] = make()
    if "blocks" in formats:
        for block in whole.blocks:
            files[f"block-{block.slug}.html"] = email_block(block, whole.labels)
            files[f"block-{block.slug}.txt"] = block_as_text(block, whole.labels).encode()
            files[f"block-{block.slug}.md"] = block_as_markdown(block, whole.labels).encode()
    return files


def brief_link(digest: Digest, base: str = "") -> Link:
    """Gives the address of the brief on a place as of a digest's last day."""
    lang = digest.words.lang
    root = f"{base.rstrip('/')}/" if base else _UP if lang == FIRST else f"{_UP}../"

    def link(place: Place) -> str:
        return f"{root}{edition_folder(place_folder(place), digest.until, lang)}/brief.html"

    return link


def email(digest: Digest, link: Link, whole: Issue) -> bytes:
    """The e-mail with as many changes, the weightiest, as keep it below the limit.

    Args:
        digest: what changed.
        link: the address of the brief on a place.
        whole: the issue with all changes.
    """
    total = len(digest.items)
    fewest, most = 0, most_that_fit(total)
    if most == total and len(page := email_page(whole)) <= LIMIT:
        return page
    best = email_page(make_issue(digest, link, 0))
    while fewest < most:
        middle = (fewest + most + 1) // 2
        page = email_page(make_issue(digest, link, middle))
        if len(page) <= LIMIT:
            fewest, best = middle, page
        else:
            most = middle - 1
    return best
