"""One brief, whole processes: ours against papermill, nbconvert to HTML and nbconvert to webpdf.

Run with `make bench`. Prints seconds of each step, the medians and their ratio. The stock steps run
on the same notebook; webpdf uses the system's Chromium, since none is installed by a package.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUNS = 5
PLACE = "Lee County, FL"
NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "brief.ipynb"
BIN = Path(sys.executable).parent
_WEBPDF = """
import sys
from playwright.async_api import BrowserType

chromium, launch = sys.argv[1], BrowserType.launch

async def with_system_browser(self, **options):
    return await launch(self, **{**options, "executable_path": chromium, "args": ["--no-sandbox"]})

BrowserType.launch = with_system_browser
sys.argv = ["jupyter-nbconvert", "--to", "webpdf", "out.ipynb"]
from nbconvert.nbconvertapp import main

main()
"""


def seconds(*command: str | Path, cwd: Path) -> float:
    """Wall time of a whole process that must succeed."""
    start = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - start


def stock(folder: Path, chromium: str) -> dict[str, float]:
    """papermill, then nbconvert twice."""
    return {
        "papermill": seconds(
            BIN / "papermill", NOTEBOOK, "out.ipynb", "-r", "jurisdiction", PLACE, cwd=folder
        ),
        "nbconvert html": seconds(
            BIN / "jupyter-nbconvert", "--to", "html", "out.ipynb", cwd=folder
        ),
        "nbconvert webpdf": seconds(sys.executable, "-c", _WEBPDF, chromium, cwd=folder),
    }


def ours(folder: Path) -> float:
    """HTML, PDF and JSON by our command."""
    formats = [part for name in ("html", "pdf", "json") for part in ("--format", name)]
    return seconds(BIN / "reportkit", "brief", PLACE, *formats, "--out", "out", cwd=folder)


def main() -> None:
    """Run both in turn and print the table."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("this benchmark needs a system Chromium for the stock PDF step")
    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours(folder)
        for _ in range(RUNS):
            rows.append({**stock(folder, chromium), "ours": ours(folder)})
    steps = ["papermill", "nbconvert html", "nbconvert webpdf"]
    print("| step | " + " | ".join(f"run {n}" for n in range(1, RUNS + 1)) + " | median |")
    print("|---|" + "--:|" * (RUNS + 1))
    for step in (*steps, "ours"):
        values = [row[step] for row in rows]
        cells = " | ".join(f"{value:.2f}" for value in values)
        print(f"| {step} | {cells} | {statistics.median(values):.2f} |")
    ratios = [sum(row[step] for step in steps) / row["ours"] for row in rows]
    cells = " | ".join(f"{ratio:.1f}" for ratio in ratios)
    print(f"| stock / ours | {cells} | {statistics.median(ratios):.1f} |")


if __name__ == "__main__":
    main()
