"""Draws Vega-Lite charts as SVG: a line of JSON in, a line of JSON out, until the input ends.

Run as a script by `brief.drawing`, so it imports nothing of the package.
"""

from __future__ import annotations

import json
import os
import signal
import sys


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
    for line in sys.stdin:
        try:
            answer = [vl_convert.vegalite_to_svg(json.loads(line)), None]
        except ValueError as error:
            answer = [None, str(error)]
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
