"""What one notebook leaves behind reaches neither the next nor the process around it."""

import asyncio
import logging
import os
import pickle
import random
import signal
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellTimeoutError
from papermill.exceptions import PapermillException

from render.test_engine_cells import cell, run, written
from reportkit.brief.assemble import open_store
from reportkit.production.files import notebook_path
from reportkit.store import default_folder

CHANGES = {
    "none": "1",
    "warnings": "import warnings\nwarnings.warn('again')\nwarnings.simplefilter('ignore')",
    "logging": "import logging\nlogging.warning('seen')\nlogging.basicConfig(level=0, force=True)\n"
    "logging.getLogger('mine').setLevel(0); logging.disable(50)",
    "modules": "import sys, random, types\nprint('fake' in sys.modules)\n"
    "sys.modules['fake'] = types.ModuleType('fake')\nsys.modules.pop('json')\n"
    "random.randint = lambda *_: 4\nfrom reportkit.brief import sections\n"
    "sections.head = sections.status = lambda *_: 'patched'",
    "facts": "import contextlib\nnational, store = brief.national, brief.store\n"
    "for held in (national.by_state, national.nation.models, national.county_models,\n"
    "             national.growth, national.sharing, national.snapshot.by_state, store.agencies,\n"
    "             store.memoranda_of, store.misplaced, store.origins, store.memoranda[0].found):\n"
    "    with contextlib.suppress(AttributeError):\n        held.clear()\n        print('cleared')\n"
    "    with contextlib.suppress(TypeError):\n        held['PR'] = None\n        print('set')\n"
    "with contextlib.suppress(AttributeError):\n    national.nation = None\n    print('set')\n"
    "store.manifest['tables'].clear(); store.tables['terms.csv'].clear()\n"
    "store.tables.clear(); store.sources.clear()\n"
    "[item.clear() for item in store.sources.values()];",
    "module data": "from reportkit.brief import charts, sections\n"
    "from reportkit.places import also_called\n"
    "charts.INK, charts.len = '#FF0000', lambda _: 7\ncharts._CONFIG['text']['color'] = '#FF0000'\n"
    "charts.COLOURS['TFM'] = '#FF0000'; del charts.SHAPES['JEM'], charts.MUTED\n"
    "sections.ORDER = sections.ORDER[:2]; also_called.STATES.clear()\ncharts.MUTED = '#00FF00'\n"
    "from reportkit.brief.charts import Bar, timeline\n"
    "timeline([Bar('a', 'TFM', '2025-02-01', None, 'a')], [('2025-02-01', 1)], '2025-03-01', 'n');",
    "imports": "import sys\nfor name in [*sys.modules]:\n"
    "    name.startswith('reportkit') and sys.modules.pop(name)",
    "imports failed": "import sys\nfor name in [*sys.modules]:\n"
    "    name.startswith('reportkit') and sys.modules.pop(name)\n1 / 0",
    "builtins": "import builtins\nprint(hasattr(builtins, 'mine'))\nbuiltins.mine = 1\n"
    "builtins.round = lambda *_: 'patched'\nround(1.5)",
    "numbers": "import decimal, random, numpy\nprint(decimal.Decimal(1) / 3, numpy.array([1 / 3]))\n"
    # Enough digits for the figures of the brief itself.
    "decimal.getcontext().prec = 20; random.seed(1); numpy.random.seed(1)\n"
    "numpy.set_printoptions(precision=1)",
    "options": "import pandas as pd\nimport altair, matplotlib\n"
    "print(pd.get_option('display.precision'), matplotlib.rcParams['lines.linewidth'])\n"
    "pd.set_option('display.precision', 1); matplotlib.rcParams['lines.linewidth'] = 9\n"
    "altair.renderers.enable('json')\naltair.data_transformers.disable_max_rows();",
    "process": "import os, sys, locale, signal, atexit, gc\n"
    "print(os.environ.get('REPORTKIT_X'), 'x' in sys.path, signal.getsignal(signal.SIGALRM))\n"
    "os.environ['REPORTKIT_X'] = 'x'; os.environ['TZ'] = 'Asia/Tokyo'; sys.path.append('x')\n"
    "os.chdir('/'); sys.argv.append('x'); locale.setlocale(locale.LC_ALL, 'C'); os.umask(0)\n"
    "signal.signal(signal.SIGALRM, lambda *_: print('rang')); signal.alarm(1000)\n"
    "atexit.register(print, 'at exit'); gc.disable(); sys.setrecursionlimit(4321);",
    "figures": "import os\nos.environ['SOURCE_DATE_EPOCH'] = '0'\n"
    "from matplotlib import pyplot\npyplot.plot([1, 2])\n"
    "%config InlineBackend.figure_formats = ['retina', 'svg']\n"
    "pyplot.rcParams['svg.hashsalt'] = 'x'",
    "tasks": "import asyncio\nprint(len(asyncio.all_tasks()))\n"
    "left = asyncio.create_task(asyncio.sleep(1000));",
    "error": "print('x')\n1 / 0",
    "exit": "import sys\nsys.exit(0)",
}  # fmt: skip

# What these come to is chance, with a kernel too; what they leave behind is not.
WRECKS = {
    "len": "import builtins\nbuiltins.len = lambda _: 5",
    "json": "import json\njson.dumps = json.loads = None",
}


def notebook(folder, name):
    brief = nbformat.read(notebook_path("brief.ipynb"), as_version=4).cells[:4]
    again = [cell(each.source) for each in brief]
    path = folder / f"{name.replace(' ', '-')}.ipynb"
    return written(path, [*brief, cell((CHANGES | WRECKS)[name]), *again])


def outcome(folder, name):
    nb, error = run(notebook(folder, name), "reportkit")
    return nbformat.writes(nb), str(error)


FRESH = """
import multiprocessing, pathlib, pickle, sys
from functools import partial
import reportkit.brief.sections, reportkit.render.shell
from render.test_engine_state import CHANGES, outcome
folder, file = map(pathlib.Path, sys.argv[1:])
# A worker for each notebook; this process, which they start as copies of, has run none.
with multiprocessing.get_context("fork").Pool(2, maxtasksperchild=1) as workers:
    found = workers.map(partial(outcome, folder), CHANGES, chunksize=1)
file.write_bytes(pickle.dumps(dict(zip(CHANGES, found))))
"""


def fresh(folder):
    """What each notebook comes to in a process that has run no other."""
    file = folder / "found"
    subprocess.run([sys.executable, "-c", FRESH, folder, file], check=True, env=environment())
    return pickle.loads(file.read_bytes())


def test_nothing_passes_from_one_notebook_to_the_next(tmp_path):
    alone = fresh(tmp_path)
    names = [*CHANGES, *WRECKS]
    for seed in (1, 2):
        random.Random(seed).shuffle(names)
        for name in names:
            found = outcome(tmp_path, name)
            assert name in WRECKS or found == alone[name], name


CHARTS = """
from reportkit.brief import charts, pictures
key = (("TFM", "Task Force: 1 county"),)
print(charts._key(key, 1.0, "", 40.0), charts._counts_shape("2025-02-01", "2025-03-01"))
print(charts.COLOURS, charts.SHAPES, charts.INK, charts._CONFIG, charts.polygon([]), len("ab"))
"""


def test_charts_drawn_in_other_colours_are_not_the_next_ones(tmp_path):
    from reportkit.brief import charts

    before, held = text(run(small(tmp_path, CHARTS), "reportkit")[0]), charts._CONFIG["text"]
    change = "charts.INK = charts._CONFIG['text']['color'] = charts.COLOURS['TFM'] = '#FF0000'\n"
    seen = text(
        run(
            small(
                tmp_path,
                "from reportkit.brief import charts\ncharts._key.cache_clear()\n"
                "charts._counts_shape.cache_clear()\n" + change + CHARTS,
            ),
            "reportkit",
        )[0]
    )
    assert seen.count("#FF0000") > before.count("#FF0000") == 0
    assert text(run(small(tmp_path, CHARTS), "reportkit")[0]) == before
    assert charts._CONFIG["text"] is held


def test_what_did_not_change_keeps_what_was_made_of_it(tmp_path):
    run(small(tmp_path, "1"), "reportkit")
    store = open_store(str(default_folder()))
    run(small(tmp_path, "import reportkit.brief.charts"), "reportkit")
    assert open_store(str(default_folder())) is store


def environment():
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*sys.path, str(Path(__file__).parents[1])]),
    }


def small(folder, *sources):
    return written(folder / "nb.ipynb", [cell(source) for source in sources])


def text(nb):
    return "".join(
        output.get("text", "") for cell in nb.cells for output in cell.get("outputs", ())
    )


def test_the_process_has_its_own_state_back(tmp_path):
    handler, level = logging.NullHandler(), logging.getLogger().level
    logging.getLogger().addHandler(handler)

    def state():
        return (
            signal.getsignal(signal.SIGINT),
            signal.getsignal(signal.SIGALRM),
            signal.getitimer(signal.ITIMER_REAL),
            random.getstate(),
            sys.getrecursionlimit(),
            logging.getLogger().handlers[:],
            logging.getLogger().level,
            warnings.filters[:],
            warnings.showwarning,
            subprocess.Popen.__init__,
        )

    try:
        before = state()
        for name in CHANGES:
            outcome(tmp_path, name)
        assert state() == before
        assert logging.getLogger().level == level
    finally:
        logging.getLogger().removeHandler(handler)


def test_a_module_beside_the_notebook_is_not_the_next_ones(tmp_path, monkeypatch):
    told = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "helper.py").write_text(f"name = {name!r}")
        monkeypatch.chdir(tmp_path / name)
        told.append(text(run(small(tmp_path, "import helper\nprint(helper.name)"), "reportkit")[0]))
    assert told == ["a\n", "b\n"]


def test_a_cell_that_runs_too_long_is_ended_as_with_a_kernel(tmp_path):
    path = small(tmp_path, "print('x')", "while True:\n    pass", "print('never')")
    (kernel, error), (ours, ours_error) = (
        run(path, e, execution_timeout=1) for e in (None, "reportkit")
    )
    assert type(error) is type(ours_error) is CellTimeoutError
    assert str(ours_error) == str(error)
    # papermill interrupts the kernel to end it, which may still show in the cell.
    kernel.cells[1].outputs = []
    assert nbformat.writes(ours) == nbformat.writes(kernel)


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\nawait asyncio.sleep(100)",
        "import time\ntry:\n    time.sleep(100)\nexcept BaseException:\n    time.sleep(100)",
        "import subprocess\nsubprocess.run(['sleep', '100'])",
        "!sleep 100",
    ],
)
def test_a_limit_ends_what_waits(tmp_path, source):
    before = signal.getsignal(signal.SIGALRM)
    _, error = run(small(tmp_path, source), "reportkit", execution_timeout=1)
    assert type(error) is CellTimeoutError
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


@pytest.mark.parametrize("wait", ["time.sleep(100)", "await asyncio.sleep(100)"])
def test_an_interrupt_ends_the_run_and_leaves_nothing(tmp_path, wait):
    ring = "import asyncio, os, signal, threading, time\n"
    ring += "threading.Timer(.2, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
    stdout = sys.stdout
    # A process that a shell started in the background is deaf to interrupts.
    earlier = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run(small(tmp_path, ring + wait), "reportkit")
    finally:
        signal.signal(signal.SIGINT, earlier)
    assert sys.stdout is stdout
    assert text(run(small(tmp_path, "print(1)"), "reportkit")[0]) == "1\n"


def test_any_thread_may_run_a_notebook_and_two_take_turns(tmp_path):
    names = ["none", "numbers", "warnings", "tasks"]
    expected = [outcome(tmp_path, name) for name in names]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(lambda name: outcome(tmp_path / "", name), names)) == expected
        limited = threads.submit(run, small(tmp_path, "1"), "reportkit", execution_timeout=1)
        assert isinstance(limited.result()[1], PapermillException)


def test_it_runs_inside_an_event_loop(tmp_path):
    path = small(tmp_path, "import asyncio\nawait asyncio.sleep(0, print('in'))")

    async def outer():
        nb, error = run(path, "reportkit")
        assert asyncio.get_running_loop()
        return text(nb), error

    assert asyncio.run(outer()) == ("in\n", None)


def test_other_threads_keep_their_output(tmp_path, capsys):
    go, said = threading.Event(), threading.Event()

    def other():
        go.wait()
        print("from outside")
        said.set()

    threading.Thread(target=other).start()
    sys.modules["render.flags"] = flags = type(sys)("render.flags")
    flags.go, flags.said = go, said
    source = "import render.flags as f\nf.go.set()\nf.said.wait()\nprint('from the cell')"
    nb, _ = run(small(tmp_path, source), "reportkit")
    assert text(nb) == "from the cell\n"
    assert capsys.readouterr().out == "from outside\n"


SERVER = """
import os, pathlib, sys
from render.test_engine_state import run, text
for line in sys.stdin:
    nb, error = run(pathlib.Path(line.strip()), "reportkit")
    os.write(1, f"{len(text(nb))} {error}\\n".encode())
"""


def test_a_protocol_on_the_processs_own_files_is_left_alone(tmp_path):
    source = (
        "import os, subprocess, sys\nprint('x'); os.system('echo y'); input_ = sys.stdin.read()\n"
    )
    path = small(
        tmp_path, source + "subprocess.run(['cat'])\n!echo z\nimport warnings; print(input_)"
    )
    served = subprocess.run(
        [sys.executable, "-c", SERVER],
        input=f"{path}\n{path}\n",
        capture_output=True,
        text=True,
        env=environment(),
    )
    assert served.stdout == "8 None\n8 None\n"
    assert served.stderr == ""
