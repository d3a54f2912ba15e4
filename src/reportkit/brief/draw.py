"""Draws Vega-Lite charts as SVG: a line of JSON in, a line of JSON out, until the input ends.

A line is [chart, data]: the chart as JSON text, and the rows of the data sets that it names. Charts
are compiled to Vega once, then drawn with the rows of each line.

Run as a script by `brief.drawing`, so it imports nothing of the package.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from functools import lru_cache
from typing import Any


def main() -> None:
    """Get ready, then answer each specification with [drawing, error], one of them null."""
    # Go on as nobody's child: a Jupyter kernel waits long for children when it shuts down.
    if hasattr(os, "fork") and os.fork():
        os._exit(0)
    import vl_convert

    # An interrupt is for the process that asks; when that one ends, so does the input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    vl_convert.register_font_directory(sys.argv[1])
    vl_convert.vegalite_to_svg({"data": {"values": [{}]}, "mark": "point"})

    @lru_cache(maxsize=64)
    def compiled(chart: str) -> dict[str, Any]:
        return dict(vl_convert.vegalite_to_vega(chart))

    for line in sys.stdin:
        try:
            chart, rows = json.loads(line)
            answer = [vl_convert.vega_to_svg(_filled(compiled(chart), rows)), None]
        except ValueError as error:
            answer = [None, str(error)]
        print(json.dumps(answer), flush=True)


def _filled(vega: dict[str, Any], rows: dict[str, list[Any]]) -> dict[str, Any]:
    """The compiled chart with the rows of the data sets that it names."""
    data = [
        {**held, "values": rows[held["name"]]} if held["name"] in rows else held
        for held in vega.get("data", ())
    ]
    return {**vega, "data": data}


if __name__ == "__main__":
    main()
