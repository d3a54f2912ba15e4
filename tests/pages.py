"""What checks pages of HTML from outside: the Nu Html Checker, once for many pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

CHECKER = "REPORTKIT_VNU"
"""The variable that names vnu.jar (`npm pack vnu-jar`, then package/build/dist/vnu.jar)."""


def nu_problems(paths: Iterable[Path], *, ignored: tuple[str, ...] = ()) -> list[str]:
    """What the Nu Html Checker says of pages of HTML: errors, warnings and notes, a line for each.

    All pages are given to one process, for its start takes most of the time. The test is skipped
    where the checker or Java is not on this machine.

    Args:
        paths: files that end in .html.
        ignored: regular expressions; what one of them matches whole is not told.
    """
    jar, java = os.environ.get(CHECKER), shutil.which("java")
    if not jar:
        pytest.skip(f"{CHECKER} does not name vnu.jar (npm pack vnu-jar)")
    if java is None:
        pytest.skip("no java on this machine; vnu.jar needs version 17 or newer")
    pages = [str(Path(path).resolve()) for path in paths]
    assert pages, "no page to check"
    ran = subprocess.run(
        [
            # The serial collector and the first compiler start fastest and keep to one processor.
            *(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss4m", "-jar", jar),
            *("--format", "json", "--stdout", "--exit-zero-always"),
            *(("--filterpattern", "|".join(ignored)) if ignored else ()),
            *pages,
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    return [
        f"{Path(item['url']).parent.name}/{Path(item['url']).name}:{item.get('lastLine', 0)}: "
        f"{item.get('subType', item['type'])}: {item['message']} [{item.get('extract', '')}]"
        for item in json.loads(ran.stdout)["messages"]
    ]
